import Diagnostics
import Statistics

/// Facts, tables and cautions of a judged map.
func judgementFindings(
  _ judgements: Judgements, _ places: Matrix, _ comparison: JudgementComparison?, _ rows: SourceRows,
  usesMedian: Bool, draws: Int, seed: UInt64, _ ground: inout Groundwork
) -> Findings {
  let judges = judgements.judges.count
  let outlying = judgements.outlying
  let agreement = JudgeAgreement(judgements, draws: draws, seed: seed)
  warn(judgements, outlying, agreement, comparison, &ground)
  var summary = "\(usesMedian ? "Median" : "Mean") places of \(grouped(judges)) \(judges == 1 ? "judge" : "judges")"
  if judges == 1 { summary = "Places by one judge" }
  if judgements.isStandardised { summary += ", each judge's axes standardised" }
  if let comparison { summary += "; laid over “\(comparison.title)” by Procrustes rotation" }
  var findings = ground.findings(summary: summary, baseOf: nil, data: [rows])
  // What managers draw is judgement, whether or not the study says so.
  for at in findings.data.indices { findings.data[at].source = .judgement }
  findings.facts = [Fact("judges", judges), Fact("brands", judgements.brands.count)]
  findings.facts += agreement.facts
  if let outlying { findings.facts.append(Fact("outlying_judges", outlying.count)) }
  findings.tables = [brandsTable(judgements, places)]
  if let comparison {
    findings.facts += [
      Fact("compared", comparison.brands.count), Fact("congruence", comparison.congruence),
      Fact("congruence_p", comparison.probability, .probability),
    ]
    findings.tables.append(gapTable(comparison))
  }
  return findings
}

/// Agreement of the judges over the brands that all of them placed.
private struct JudgeAgreement {
  var facts: [Fact] = []
  /// Axes on which agreement is no better than chance.
  var doubtful: [String] = []

  init(_ judgements: Judgements, draws: Int, seed: UInt64) {
    guard judgements.judges.count >= 2 else { return }
    let common = judgements.brands.indices.filter { judgements.count($0) == judgements.judges.count }
    guard common.count >= 3 else { return }
    let axes = [("x", judgements.axes.x, judgements.x), ("y", judgements.axes.y, judgements.y)]
    var (order, chance, values): ([Fact], [Fact], [Fact]) = ([], [], [])
    for (axis, name, table) in axes {
      let chosen = table.selecting(columns: common)
      if let found = Agreement.concordance(chosen) {
        order.append(Fact("agreement_\(axis)", found.coefficient))
        let p =
          Agreement.concordanceProbability(chosen, draws: draws, seed: seed) ?? found.test.pValue
        chance.append(Fact("agreement_p_\(axis)", p, .probability))
        if p > 0.05 { doubtful.append(name) }
      }
      if let found = Agreement.intraclassCorrelation(chosen) { values.append(Fact("icc_\(axis)", found.agreement)) }
    }
    facts = order + chance + values
  }
}

private func warn(
  _ judgements: Judgements, _ outlying: [Int]?, _ agreement: JudgeAgreement, _ comparison: JudgementComparison?,
  _ ground: inout Groundwork
) {
  let judges = judgements.judges.count
  if judges == 1 {
    ground.cautions.append(Caution("one-judge", "One judge drew this map: whether others agree is not known"))
  } else if judges == 2 {
    ground.cautions.append(
      Caution("few-judges", "Two judges drew this map: how far judges differ cannot be told from two"))
  }
  if !agreement.doubtful.isEmpty {
    ground.cautions.append(
      Caution(
        "judges-disagree",
        "The judges' agreement on \(quotedList(agreement.doubtful)) may be chance"))
  }
  if let outlying, !outlying.isEmpty {
    let lines = outlying.map { "\(judgements.lines[$0])" }.joined(separator: ", ")
    ground.cautions.append(
      Caution(
        "outlying-judges",
        "\(outlying.count) of \(judges) judges \(outlying.count == 1 ? "lies" : "lie") far from the others (first rows on "
          + "lines \(lines)); 'centre: median' heeds them less"))
  }
  let partly = judgements.brands.indices.filter { judgements.count($0) < judges }
  if !partly.isEmpty {
    ground.cautions.append(
      Caution(
        "incomplete-judgements", "\(partly.count) of \(judgements.brands.count) brands were not placed by every judge",
        rows: partly.map { judgements.brands[$0] }))
  }
  guard let comparison else { return }
  if comparison.probability > 0.05 {
    ground.cautions.append(
      Caution("no-congruence", "What the judged map and the measured one have in common may be chance"))
  }
  let left = comparison.onlyJudged + comparison.onlyMeasured
  if !left.isEmpty {
    ground.cautions.append(
      Caution("not-compared", "\(left.count) brands stand on one of the two maps only and are not compared", rows: left)
    )
  }
}

private func brandsTable(_ judgements: Judgements, _ places: Matrix) -> FindingsTable {
  let spreads = judgements.brands.indices.map { judgements.spread($0) }
  let hasSpread = spreads.contains { $0 != nil }
  var columns: [FindingsTable.Column] = [.init("brand", .text), .init("x"), .init("y"), .init("judges", .integer)]
  if hasSpread { columns += [.init("sd_x"), .init("sd_y"), .init("correlation")] }
  var table = FindingsTable("brands", title: "Brands: place as judged, and how far judges differ", columns: columns)
  for (at, name) in judgements.brands.enumerated() {
    var row: [Value] = [
      .text(name), Value(places[at, 0]), Value(places[at, 1]), .integer(judgements.count(at)),
    ]
    if hasSpread { row += [Value(spreads[at]?.sdX), Value(spreads[at]?.sdY), Value(spreads[at]?.correlation)] }
    table.add(row)
  }
  return table
}

private func gapTable(_ comparison: JudgementComparison) -> FindingsTable {
  var table = FindingsTable(
    "gap", title: "Brands: judged and measured place, and how far they are apart",
    columns: [
      .init("brand", .text), .init("x"), .init("y"), .init("measured_x"), .init("measured_y"), .init("distance"),
      .init("relative"),
    ])
  for (at, name) in comparison.brands.enumerated() {
    table.add([
      .text(name), Value(comparison.judged[at, 0]), Value(comparison.judged[at, 1]), Value(comparison.measured[at, 0]),
      Value(comparison.measured[at, 1]), Value(comparison.distances[at]), Value(comparison.relative[at]),
    ])
  }
  return table
}
