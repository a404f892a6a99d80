import Diagnostics
import Settings

/// Criteria that the settings list: columns of the segments' table of another analysis, or scores written beside the segments.
extension Weighing {
  private static let keys = ["name", "side", "weight", "column", "low", "high", "scores"]

  mutating func readColumns(_ rules: TargetingRules, _ source: TargetedSegments?, _ ground: inout Groundwork) {
    guard let setting = ground.setting("criteria") else { return ground.record("criteria", .none) }
    ground.record("criteria", setting.printed)
    guard case .list(let items) = setting.value else {
      return ground.bad(
        "criteria", at: setting.position, "a list of criteria: [{name: …, side: attractiveness, column: share}]")
    }
    for item in items {
      guard case .map(let entries) = item.value else {
        ground.bad("criteria", at: item.position, "a list of criteria, each with a side and a column or scores")
        continue
      }
      for entry in entries where !Self.keys.contains(entry.key) {
        ground.fail(
          "settings.unknown-key", at: entry.keyPosition, "a criterion has no setting '\(entry.key)'",
          hint: nearestHint(to: entry.key, among: Self.keys))
      }
      read(item, rules, source, &ground)
    }
  }

  private mutating func read(
    _ item: Setting, _ rules: TargetingRules, _ source: TargetedSegments?, _ ground: inout Groundwork
  ) {
    let column = item["column"]?.scalarText
    guard let name = item["name"]?.scalarText ?? column.map({ readableTitle($0) }) else {
      return ground.bad("criteria", at: item.position, "a list in which each criterion has a 'name' or a 'column'")
    }
    let known = TargetingSide.allCases.map(\.rawValue)
    guard let side = item["side"]?.scalarText.flatMap({ TargetingSide(rawValue: $0) }) else {
      return ground.fail(
        "analysis.unknown-side", at: item["side"]?.position ?? item.position,
        "a criterion speaks for the attractiveness of a segment or for our strength in it, and '\(name)' "
          + (item["side"]?.scalarText.map { "has '\($0)'" } ?? "has no side"),
        hint: item["side"]?.scalarText.flatMap { nearestHint(to: $0, among: known) })
    }
    guard let weight = number(item["weight"], "weight", &ground, standard: 1) else { return }
    if weight < 0 {
      return ground.fail(
        "analysis.negative-weight", at: item["weight"]?.position,
        "weights are 0 or more, and \(canonical(weight)) was found")
    }
    guard !criteria.contains(where: { $0.name == name && $0.side == side }) else {
      return ground.fail(
        "settings.repeated-name", at: item.position,
        "'criteria' names each once, and '\(name)' (\(side)) is there already")
    }
    var criterion = Criterion(name: name, side: side, source: "judgement")
    if let scores = item["scores"] {
      criterion.scores = self.scores(scores, rules, source, &ground)
    } else if let column, let source {
      guard let values = values(column, item["column"]?.position, source, &ground) else { return }
      criterion.source = "\(source.id): \(column)"
      criterion.values = values
      criterion.scores = scaled(values, item, name, rules, &ground)
    } else {
      return ground.bad(
        "criteria", at: item.position,
        column == nil
          ? "a list in which each criterion has a 'column' or 'scores', and '\(name)' has neither"
          : "a list of columns of the analysis that 'from' names, and 'from' is not given")
    }
    criterion.scores.grow(to: segments.count)
    criterion.weights = [Double?](repeating: weight, count: segments.count)
    criteria.append(criterion)
  }

  private func number(_ setting: Setting?, _ key: String, _ ground: inout Groundwork, standard: Double) -> Double? {
    guard let setting, !setting.isNull else { return standard }
    if case .scalar(let text, quoted: false) = setting.value, let number = strictNumber(text) { return number }
    ground.bad("criteria", at: setting.position, "a list in which '\(key)' is a number")
    return nil
  }

  /// By segment; an error where the column is not there or holds no number at all.
  private func values(
    _ column: String, _ position: SourcePosition?, _ source: TargetedSegments, _ ground: inout Groundwork
  ) -> [Double?]? {
    let known = source.table.columns.filter { $0.format != .text && $0.name != "segment" }.map(\.name)
    guard known.contains(column) else {
      ground.fail(
        "analysis.unknown-column", at: position,
        "'column' is a column of numbers of the segments of '\(source.id)', and '\(column)' is none",
        hint: nearestHint(to: column, among: known))
      return nil
    }
    let values = source.names.indices.map { source.number(column, $0) }
    guard values.contains(where: { $0 != nil }) else {
      ground.fail(
        "analysis.no-answers", at: position, "a criterion needs values, and '\(column)' of '\(source.id)' holds none")
      return nil
    }
    // Further segments cannot stand in the table: those of 'from' are all there are.
    return values
  }

  /// Values as scores: straight from the one that scores least to the one that scores most, and no farther.
  private func scaled(
    _ values: [Double?], _ item: Setting, _ name: String, _ rules: TargetingRules, _ ground: inout Groundwork
  ) -> [Double?] {
    let found = values.compactMap(\.self)
    guard let low = number(item["low"], "low", &ground, standard: found.min() ?? 0),
      let high = number(item["high"], "high", &ground, standard: found.max() ?? 1)
    else { return [] }
    let (least, greatest) = rules.scale
    guard low != high else {
      ground.cautions.append(
        Caution(
          "criterion-without-variance",
          "All segments have the same '\(excerpt(name))', which therefore tells nothing: each gets the middle of the scale",
          rows: [name]))
      return values.map { $0.map { _ in (least + greatest) / 2 } }
    }
    return values.map { value in
      value.map { least + max(0, min(1, ($0 - low) / (high - low))) * (greatest - least) }
    }
  }

  private mutating func scores(
    _ setting: Setting, _ rules: TargetingRules, _ source: TargetedSegments?, _ ground: inout Groundwork
  ) -> [Double?] {
    guard case .map(let entries) = setting.value else {
      ground.bad("criteria", at: setting.position, "a list in which 'scores' gives each segment its score")
      return []
    }
    var scores = [Double?](repeating: nil, count: segments.count)
    for entry in entries {
      let at: Int
      if let found = source.map({ $0.index(entry.key) }) ?? segments.firstIndex(of: entry.key) {
        at = found
      } else if source == nil {
        segments.append(entry.key)
        at = segments.count - 1
        scores.append(nil)
      } else {
        ground.fail(
          "analysis.unknown-segment", at: entry.keyPosition,
          "segments are those of '\(source?.id ?? "")', and it has no '\(excerpt(entry.key))'",
          hint: nearestHint(to: entry.key, among: segments))
        continue
      }
      guard let score = number(entry.value, "scores", &ground, standard: .nan) else { continue }
      guard score >= rules.scale.least, score <= rules.scale.greatest else {
        ground.fail(
          "analysis.score-outside-scale", at: entry.value.position,
          "scores lie on the scale from \(canonical(rules.scale.least)) to \(canonical(rules.scale.greatest)), and "
            + (score.isNaN ? "none was found" : "\(canonical(score)) was found"),
          hint: "'scale' says which scale was used")
        continue
      }
      scores[at] = score
    }
    return scores
  }
}
