import Diagnostics

/// Facts and tables of a choice of segments.
struct TargetingFindings {
  private let weighing: Weighing
  private let rules: TargetingRules
  private let source: TargetedSegments?
  private let rows: SourceRows?
  private let choice: TargetingChoice
  private let positions: [(attractiveness: Double, strength: Double)]
  private let chosen: [Bool]
  private let chosenIn: [Double]
  private let order: [Int]
  /// Standard deviation between judges on each side; none with fewer than three.
  private let spread: [(attractiveness: Double, strength: Double)]

  init(_ weighing: Weighing, _ rules: TargetingRules, _ source: TargetedSegments?, _ rows: SourceRows?) {
    self.weighing = weighing
    self.rules = rules
    self.source = source
    self.rows = rows
    choice = TargetingChoice(weighing, rules)
    positions = choice.positions(choice.even)
    chosen = choice.chosen(positions)
    chosenIn = choice.chosenIn()
    order = choice.ranking(positions)
    let even = choice.even
    let judged =
      weighing.judges.count < 3
      ? [] : weighing.judges.map { TargetingChoice(weighing.asJudged(by: $0), rules).positions(even) }
    func deviation(_ values: [Double]) -> Double {
      let mean = values.reduce(0, +) / Double(values.count)
      return (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count - 1)).squareRoot()
    }
    spread =
      judged.isEmpty
      ? []
      : weighing.segments.indices.map { s in
        (deviation(judged.map { $0[s].attractiveness }), deviation(judged.map { $0[s].strength }))
      }
  }

  private func known(_ column: String, _ segment: Int) -> Double? {
    guard let source, let at = source.names.firstIndex(of: weighing.segments[segment]) else { return nil }
    return source.number(column, at)
  }

  func findings(_ ground: inout Groundwork) -> Findings {
    warn(&ground)
    var findings = ground.findings(summary: summary, baseOf: nil, data: rows.map { [$0] } ?? [])
    for at in findings.data.indices where findings.data[at].source == nil { findings.data[at].source = .judgement }
    if rows == nil, weighing.criteria.contains(where: { $0.source == "judgement" }) {
      findings.data.append(
        DataUse(
          name: "criteria", rows: weighing.segments.count, used: weighing.segments.count, sha256: "", source: .judgement
        ))
    }
    if weighing.criteria.contains(where: { $0.source != "judgement" }) { findings.data += source?.data ?? [] }
    let firm = weighing.segments.indices.count { chosen[$0] && chosenIn[$0] >= 0.95 }
    findings.facts = [
      Fact("segments", weighing.segments.count), Fact("criteria", weighing.criteria.count),
      Fact("chosen", chosen.count(where: \.self)), Fact("firm", firm),
      Fact("doubtful", chosenIn.count { $0 > 0.05 && $0 < 0.95 }),
      Fact("judges", weighing.judges.isEmpty ? .missing : .integer(weighing.judges.count), .integer),
      Fact("chosen_share", total("share"), .share), Fact("chosen_value_share", total("value_share"), .share),
    ]
    findings.tables = [segmentsTable, scoresTable, criteriaTable]
    return findings
  }

  private func total(_ column: String) -> Value {
    let shares = weighing.segments.indices.filter { chosen[$0] }.map { known(column, $0) }
    guard !shares.isEmpty, !shares.contains(nil) else { return .missing }
    return Value(shares.reduce(0) { $0 + ($1 ?? 0) })
  }

  private var summary: String {
    let sides = TargetingSide.allCases.map { side in weighing.criteria.count { $0.side == side } }
    let rule =
      switch rules.choice {
      case .grow: "those in the cells for growth are chosen"
      case .first(let count): "the first \(count) by priority \(count == 1 ? "is" : "are") chosen"
      case .named: "the chosen are named in the study"
      case .atLeast(let a, let s):
        "those with attractiveness from \(canonical(a)) and strength from \(canonical(s)) are chosen"
      }
    return
      "\(weighing.segments.count) segments weighed by \(sides[0]) \(sides[0] == 1 ? "criterion" : "criteria") of attractiveness and \(sides[1]) of our strength; \(rule); weights varied by ±\(canonical((rules.vary * 100).rounded()))% in \(grouped(rules.draws)) draws"
  }

  private func warn(_ ground: inout Groundwork) {
    let names = weighing.segments
    if !chosen.contains(true) {
      ground.cautions.append(
        Caution("none-chosen", "No segment is chosen: none comes up to the rule, or the cuts ask too much"))
    }
    let doubtful = names.indices.filter { chosen[$0] && chosenIn[$0] < 0.8 }
    if !doubtful.isEmpty {
      ground.cautions.append(
        Caution(
          "choice-depends-on-weights",
          "\(doubtful.count == 1 ? "A chosen segment is" : "\(doubtful.count) chosen segments are") chosen in fewer than 80% of the draws: \(doubtful.count == 1 ? "its" : "their") choice rests on the weights",
          rows: doubtful.map { names[$0] }))
    }
    if weighing.judges.count == 1
      || (weighing.judges.isEmpty && weighing.criteria.contains { $0.source == "judgement" })
    {
      ground.cautions.append(
        Caution("one-judge", "Scores are one judgement: how far others would differ is not known"))
    }
  }

  private var segmentsTable: FindingsTable {
    var table = FindingsTable(
      "segments", title: "Segments by priority",
      columns: [
        .init("segment", .text), .init("slug", .text), .init("attractiveness"), .init("strength"), .init("priority"),
        .init("rank", .integer), .init("cell", .text), .init("zone", .text), .init("chosen", .truth),
        .init("chosen_in", .share), .init("attractiveness_least"), .init("attractiveness_greatest"),
        .init("strength_least"), .init("strength_greatest"),
        .init("attractiveness_sd"), .init("strength_sd"), .init("size", .integer), .init("share", .share),
        .init("value_share", .share),
      ])
    let slugs = uniqueSlugs(weighing.segments)
    for (rank, s) in order.enumerated() {
      let at = positions[s]
      let (a, b) = (choice.extremes(s, .attractiveness), choice.extremes(s, .strength))
      let cell = targetingCell(
        attractiveness: choice.level(at.attractiveness, .attractiveness),
        strength: choice.level(at.strength, .strength),
        of: rules.cuts(.attractiveness).count + 1)
      let slug = source.flatMap { source in source.names.firstIndex(of: weighing.segments[s]).map { source.slugs[$0] } }
      table.add([
        .text(weighing.segments[s]), .text(slug ?? slugs[s]), Value(at.attractiveness), Value(at.strength),
        Value(choice.priority(at)), .integer(rank + 1), .text(cell), .text(choice.zone(at).rawValue), .truth(chosen[s]),
        Value(chosenIn[s]), Value(a.least), Value(a.greatest), Value(b.least), Value(b.greatest),
        Value(spread.isEmpty ? nil : spread[s].attractiveness), Value(spread.isEmpty ? nil : spread[s].strength),
        known("size", s).flatMap { Int(exactly: $0) }.map { .integer($0) } ?? .missing, Value(known("share", s)),
        Value(known("value_share", s)),
      ])
    }
    return table
  }

  private var scoresTable: FindingsTable {
    var table = FindingsTable(
      "scores", title: "Scores by segment and criterion",
      columns: [
        .init("segment", .text), .init("criterion", .text), .init("side", .text), .init("weight"), .init("score"),
        .init("value"), .init("source", .text),
      ])
    for s in order {
      for criterion in weighing.criteria {
        table.add([
          .text(weighing.segments[s]), .text(criterion.name), .text(criterion.side.rawValue),
          Value(criterion.weights[s]),
          Value(criterion.scores[s]), Value(criterion.values[s]), .text(criterion.source),
        ])
      }
    }
    return table
  }

  private var criteriaTable: FindingsTable {
    var table = FindingsTable(
      "criteria", title: "Criteria: weight, spread, and what hangs on each",
      columns: [
        .init("criterion", .text), .init("side", .text), .init("weight"), .init("weight_share", .share),
        .init("spread"),
        .init("changes", .integer), .init("changed", .text),
      ])
    func mean(_ values: [Double?]) -> Double {
      values.reduce(0) { $0 + ($1 ?? 0) } / Double(max(values.count, 1))
    }
    for (at, criterion) in weighing.criteria.enumerated() {
      let side = weighing.criteria.filter { $0.side == criterion.side }.reduce(0) { $0 + mean($1.weights) }
      let scores = criterion.scores.compactMap(\.self)
      let changed = choice.changes(at)
      table.add([
        .text(criterion.name), .text(criterion.side.rawValue), Value(mean(criterion.weights)),
        Value(side > 0 ? mean(criterion.weights) / side : .nan), Value((scores.max() ?? 0) - (scores.min() ?? 0)),
        .integer(changed.count),
        changed.isEmpty ? .missing : .text(changed.map { weighing.segments[$0] }.joined(separator: ", ")),
      ])
    }
    return table
  }
}
