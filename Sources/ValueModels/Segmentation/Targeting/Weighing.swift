import Diagnostics
import Settings
import Tables

/// Segments, criteria, and the scores that join them.
struct Weighing {
  struct Criterion {
    var name: String
    var side: TargetingSide
    /// By segment: a criterion may weigh more for one segment than for another.
    var weights: [Double?] = []
    /// By segment, averaged over judges.
    var scores: [Double?] = []
    /// By segment, for criteria from a column: the value behind the score.
    var values: [Double?] = []
    /// `judgement`, or the column the values come from.
    var source: String
  }

  var segments: [String]
  /// As they were read, with those that nothing was said of.
  private(set) var segmentsRead: [String] = []
  var criteria: [Criterion] = []
  var judges: [String] = []
  /// Scores of each judge by criterion and segment, where several judged.
  private var sums: [String: (score: Double, weight: Double, count: Int)] = [:]
  private var judged: [String: (score: Double, count: Int)] = [:]

  init(segments: [String]) { self.segments = segments }

  private mutating func criterion(_ name: String, _ side: TargetingSide, _ source: String) -> Int {
    if let at = criteria.firstIndex(where: { $0.name == name && $0.side == side }) { return at }
    criteria.append(Criterion(name: name, side: side, source: source))
    return criteria.count - 1
  }

  // MARK: The table

  /// Reads the rows. Unknown segments and sides, empty cells, scores outside the scale, negative weights and rows that stand
  /// twice are errors at their cells.
  mutating func read(
    _ rows: inout SourceRows, judge: Column?, _ rules: TargetingRules, _ source: TargetedSegments?,
    _ ground: inout Groundwork
  ) {
    let names = ["segment", "criterion", "side", "score"].map { ground.tableColumn($0, of: rows) }
    guard let segment = names[0], let criterion = names[1], let side = names[2], let score = names[3] else { return }
    guard let scores = ground.numbers(score, in: rows, as: "column") else { return }
    let weight = rows.table["weight"]
    var weights: [Double]?
    if let weight {
      guard let numbers = ground.numbers(weight, in: rows, as: "column") else { return }
      weights = numbers
    } else {
      ground.cautions.append(Caution("no-weights", "The table has no column 'weight': all criteria weigh the same"))
    }
    if let judge { rows.dropMissing(judge, as: "no judge") }
    // Where the same is asked of several groups, the whole is the average over them, as over judges.
    let group = ground.setting("by") == nil ? nil : ground.column("by", in: rows)
    var first: [[String]: Int] = [:]
    for row in rows.kept {
      let found = self.segment(row, segment, rows, source, &ground)
      let side = self.side(row, side, rows, &ground)
      guard let name = ground.name(row, criterion, rows, "every row names its criterion"), let found, let side else {
        continue
      }
      let who = judge?.text(row) ?? ""
      let key = [segments[found], name, side.rawValue, who, group?.text(row) ?? ""]
      if let earlier = first[key] {
        ground.failCell(
          "analysis.repeated-row", rows, row, criterion,
          "a segment has one score on a criterion\(judge == nil ? "" : " from each judge")\(group == nil ? "" : " in each group"), and '\(excerpt(name))' of "
            + "'\(excerpt(segments[found]))' stands on line \(rows.table.line(ofRow: earlier)) already")
        continue
      }
      first[key] = row
      let worth = checked(weights?[row] ?? 1, row, weight ?? score, rows, &ground)
      guard let score = checked(scores[row], row, score, rows, rules, &ground), let worth else { continue }
      if !who.isEmpty, !judges.contains(who) { judges.append(who) }
      let place = self.criterion(name, side, "judgement")
      judged["\(who) \(place) \(found)", default: (0, 0)].score += score
      judged["\(who) \(place) \(found)", default: (0, 0)].count += 1
      add(score, worth, place, found)
    }
  }

  private mutating func add(_ score: Double, _ weight: Double, _ criterion: Int, _ segment: Int) {
    let key = "\(criterion) \(segment)"
    let sum = sums[key] ?? (0, 0, 0)
    sums[key] = (sum.score + score, sum.weight + weight, sum.count + 1)
  }

  private mutating func segment(
    _ row: Int, _ column: Column, _ rows: SourceRows, _ source: TargetedSegments?, _ ground: inout Groundwork
  ) -> Int? {
    guard let name = ground.name(row, column, rows, "every row names its segment") else { return nil }
    guard let source else {
      if let at = segments.firstIndex(of: name) { return at }
      segments.append(name)
      return segments.count - 1
    }
    if let at = source.index(name) { return at }
    ground.failCell(
      "analysis.unknown-segment", rows, row, column,
      "segments are those of '\(source.id)', and it has no '\(excerpt(name))'",
      hint: nearestHint(to: name, among: source.names))
    return nil
  }

  private func side(_ row: Int, _ column: Column, _ rows: SourceRows, _ ground: inout Groundwork) -> TargetingSide? {
    let text = column.text(row)
    if let side = text.flatMap({ TargetingSide(rawValue: $0.lowercased()) }) { return side }
    let known = TargetingSide.allCases.map(\.rawValue)
    ground.failCell(
      "analysis.unknown-side", rows, row, column,
      "a criterion speaks for the attractiveness of a segment or for our strength in it, and "
        + (text.map { "'\(excerpt($0))' was found" } ?? "this cell is empty"),
      hint: text.flatMap { nearestHint(to: $0.lowercased(), among: known) })
    return nil
  }

  private func checked(
    _ score: Double, _ row: Int, _ column: Column, _ rows: SourceRows, _ rules: TargetingRules,
    _ ground: inout Groundwork
  ) -> Double? {
    if score.isNaN {
      ground.failCell(
        "analysis.missing-score", rows, row, column,
        "every segment has a score on every criterion, and this cell is empty")
    } else if score < rules.scale.least || score > rules.scale.greatest {
      ground.failCell(
        "analysis.score-outside-scale", rows, row, column,
        "scores lie on the scale from \(canonical(rules.scale.least)) to \(canonical(rules.scale.greatest)), and "
          + "\(canonical(score)) was found", hint: "'scale' says which scale was used")
    } else {
      return score
    }
    return nil
  }

  private func checked(
    _ weight: Double, _ row: Int, _ column: Column, _ rows: SourceRows, _ ground: inout Groundwork
  ) -> Double? {
    if weight.isNaN {
      ground.failCell(
        "analysis.missing-score", rows, row, column, "every criterion has a weight, and this cell is empty")
    } else if weight < 0 {
      ground.failCell(
        "analysis.negative-weight", rows, row, column, "weights are 0 or more, and \(canonical(weight)) was found")
    } else {
      return weight
    }
    return nil
  }

  /// The weighing with the scores of one judge, and those of all where the judge gave none.
  func asJudged(by judge: String) -> Weighing {
    var one = self
    for c in criteria.indices {
      for (s, name) in segments.enumerated() {
        // Rows were read before segments without scores were left out.
        guard let place = segmentsRead.firstIndex(of: name), let sum = judged["\(judge) \(c) \(place)"] else {
          continue
        }
        one.criteria[c].scores[s] = sum.score / Double(sum.count)
      }
    }
    return one
  }

  // MARK: After reading

  /// Closes the means over judges, and checks that every segment is scored on every criterion, that both sides have one and
  /// that weights weigh.
  mutating func settle(_ rules: TargetingRules, _ rows: SourceRows?, _ ground: inout Groundwork) {
    for c in criteria.indices {
      for s in segments.indices {
        if let sum = sums["\(c) \(s)"] {
          criteria[c].scores.grow(to: s + 1)
          criteria[c].weights.grow(to: s + 1)
          criteria[c].scores[s] = sum.score / Double(sum.count)
          criteria[c].weights[s] = sum.weight / Double(sum.count)
        }
      }
      criteria[c].scores.grow(to: segments.count)
      criteria[c].weights.grow(to: segments.count)
      criteria[c].values.grow(to: segments.count)
    }
    let place = rows?.position ?? ground.input.position
    dropUnweighed(&ground)
    for criterion in criteria {
      let missing = segments.indices.filter { criterion.scores[$0] == nil }.map { segments[$0] }
      if !missing.isEmpty {
        ground.fail(
          "analysis.missing-score", at: place,
          "every segment has a score on every criterion, and '\(excerpt(criterion.name))' (\(criterion.side)) has none for "
            + quotedList(missing.prefix(6).map { excerpt($0) }))
      }
    }
    for side in TargetingSide.allCases {
      let mine = criteria.filter { $0.side == side }
      if mine.isEmpty {
        ground.fail(
          "analysis.missing-side", at: place,
          "segments are weighed on both sides, and no criterion speaks for \(side == .strength ? "our strength" : "their attractiveness") ('\(side)')"
        )
      } else if segments.indices.contains(where: { s in mine.reduce(0) { $0 + ($1.weights[s] ?? 0) } <= 0 }) {
        ground.fail(
          "analysis.no-weight", at: place, "the weights of a side sum to more than 0, and those of '\(side)' do not")
      }
    }
    if segments.count < 2, !ground.hasErrors {
      ground.fail(
        "analysis.one-group", at: place,
        "a choice is made among segments, and there is \(segments.isEmpty ? "none" : "only one")")
    }
    let uneven = criteria.filter { criterion in
      let weights = criterion.weights.compactMap(\.self)
      return weights.contains { abs($0 - (weights.first ?? 0)) > 1e-12 }
    }
    if !uneven.isEmpty {
      ground.cautions.append(
        Caution(
          "uneven-weights",
          "\(uneven.count == 1 ? "A criterion weighs" : "\(uneven.count) criteria weigh") more for one segment than for another: scores are then hard to compare",
          rows: uneven.map(\.name)))
    }
  }

  /// Segments of `from` that nothing was said of stay out.
  private mutating func dropUnweighed(_ ground: inout Groundwork) {
    let out = segments.indices.filter { s in criteria.allSatisfy { $0.scores[s] == nil } }
    segmentsRead = segments
    guard !out.isEmpty, out.count < segments.count else { return }
    ground.cautions.append(
      Caution(
        "not-weighed",
        "\(out.count) \(out.count == 1 ? "segment has" : "segments have") no scores and \(out.count == 1 ? "is" : "are") not weighed",
        rows: out.map { segments[$0] }))
    let stay = segments.indices.filter { !out.contains($0) }
    for c in criteria.indices {
      criteria[c].scores = stay.map { criteria[c].scores[$0] }
      criteria[c].weights = stay.map { criteria[c].weights[$0] }
      criteria[c].values = stay.map { criteria[c].values[$0] }
    }
    segments = stay.map { segments[$0] }
  }
}

extension [Double?] {
  mutating func grow(to count: Int) {
    if self.count < count { self += [Double?](repeating: nil, count: count - self.count) }
  }
}

extension Groundwork {
  /// A name in a cell, without spaces around it; an error where it is empty.
  mutating func name(_ row: Int, _ column: Column, _ rows: SourceRows, _ rule: String) -> String? {
    let text = column.text(row)?.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    if let text, !text.isEmpty { return text }
    failCell("analysis.missing-name", rows, row, column, "\(rule), and this cell is empty")
    return nil
  }
}
