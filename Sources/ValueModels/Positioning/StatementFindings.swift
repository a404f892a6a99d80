/// Facts and tables of positioning statements.
func statementFindings(
  _ statements: [PositioningStatement], _ claims: [ClaimOnMap?], _ lints: [StatementLint], _ map: ClaimMap?,
  _ rows: SourceRows, _ ground: inout Groundwork
) -> Findings {
  let checked = claims.compactMap(\.self)
  var summary = "\(statements.count) positioning \(statements.count == 1 ? "statement" : "statements")"
  if let map, !map.attributes.isEmpty {
    summary += ", \(checked.count) \(checked.count == 1 ? "claim" : "claims") checked on “\(map.title)”"
  }
  var findings = ground.findings(summary: summary, baseOf: nil, data: [rows])
  // What a team writes down is judgement unless the study says that it was looked up or asked.
  for at in findings.data.indices where findings.data[at].source == nil { findings.data[at].source = .judgement }
  findings.facts = [
    Fact("statements", statements.count), Fact("claims", checked.count),
    Fact("supported", checked.count(where: \.isAhead)), Fact("lints", lints.count),
  ]
  findings.tables = [statementsTable(statements), lintTable(lints)]
  if let map, !map.attributes.isEmpty { findings.tables += [claimsTable(checked), placesTable(map)] }
  return findings
}

private func statementsTable(_ statements: [PositioningStatement]) -> FindingsTable {
  let names = [
    "segment", "slug", "target", "need", "pain_point", "brand", "category", "benefit", "basis", "alternative",
    "difference", "proof", "attribute", "statement",
  ]
  var table = FindingsTable(
    "statements", title: "Statements: what we promise, to whom, against whom",
    columns: names.map { .init($0, .text) })
  for (statement, slug) in zip(statements, uniqueSlugs(statements.map(\.segment))) {
    let texts = [
      statement.segment, slug, statement.target, statement.need, statement.painPoint, statement.brand,
      statement.category, statement.benefit, statement.bases.map(\.rawValue).joined(separator: ", "),
      statement.alternative, statement.difference, statement.proof, statement.attribute, statement.sentence,
    ]
    table.add(texts.map { $0.isEmpty ? .missing : .text($0) })
  }
  return table
}

private func lintTable(_ lints: [StatementLint]) -> FindingsTable {
  var table = FindingsTable(
    "lint", title: "Faults of the statements",
    columns: [.init("segment", .text), .init("rule", .text), .init("message", .text)])
  for lint in lints { table.add([.text(lint.segment), .text(lint.rule), .text(lint.message)]) }
  return table
}

private func claimsTable(_ claims: [ClaimOnMap]) -> FindingsTable {
  var table = FindingsTable(
    "claims", title: "Claims: where the map puts us on what we claim",
    columns: [
      .init("segment", .text), .init("attribute", .text), .init("brand", .text), .init("strength", .signed),
      .init("rank", .integer), .init("brands", .integer), .init("ahead", .truth), .init("leader", .text),
      .init("leader_strength", .signed), .init("quality", .share), .init("x"), .init("y"),
    ])
  for claim in claims {
    table.add([
      .text(claim.segment), .text(claim.attribute), .text(claim.brand), Value(claim.strength), .integer(claim.rank),
      .integer(claim.brands), .truth(claim.isAhead), .text(claim.leader), Value(claim.leaderStrength),
      Value(claim.quality), Value(claim.direction.x), Value(claim.direction.y),
    ])
  }
  return table
}

private func placesTable(_ map: ClaimMap) -> FindingsTable {
  var table = FindingsTable(
    "places", title: "The map that claims are checked on: brands in principal coordinates",
    columns: [.init("brand", .text), .init("x"), .init("y")])
  for brand in map.brands {
    let place = map.place(of: brand)
    table.add([.text(brand), Value(place?.x), Value(place?.y)])
  }
  return table
}
