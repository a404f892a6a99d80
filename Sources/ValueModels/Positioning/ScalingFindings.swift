import Diagnostics
import Statistics

/// Facts, tables and cautions of a scaled map.
func scalingFindings(
  _ map: ScalingMap, _ table: DissimilarityTable, _ settings: PerceptualMapSettings, _ scaling: ScalingSettings,
  _ credibility: MapCredibility, _ rows: SourceRows, _ ground: inout Groundwork
) -> Findings {
  warn(map, table, settings, scaling, &ground)
  if table.respondents == nil {
    MapCredibility.sayNoRespondents(["bootstrap"], &ground)
    ground.record("confidence", .none)
  }
  let shown = Array(table.brands.indices)
  credibility.warnOfPairs(table.brands, shown: shown, &ground)
  var findings = ground.findings(
    summary: summary(map, table, settings, scaling), baseOf: table.respondents == nil ? nil : "respondents",
    data: [rows])
  findings.method.references = MapMethod.scaling.references
  if !table.supplementary.isEmpty, map.classical != nil {
    findings.method.references.append(MapMethod.addedPointReference)
  }
  findings.facts = [Fact("brands", table.brands.count)]
  if let source = table.source { findings.facts.append(Fact("attributes", source.attributes.count)) }
  if let respondents = table.respondents { findings.facts.append(Fact("base", respondents)) }
  if let effective = table.source?.effectiveBase { findings.facts.append(Fact("effective_base", effective)) }
  findings.facts.append(Fact("stress", map.stress))
  if let classical = map.classical {
    findings.facts += [
      Fact("explained", classical.goodnessOfPositive(dimensions: 2), .share),
      Fact("explained_absolute", classical.goodness(dimensions: 2), .share),
    ]
  }
  if let search = map.search {
    findings.facts += [Fact("starts", search.starts), Fact("best_starts", search.startsAtBest)]
  }
  findings.facts += credibility.facts(shown)
  findings.tables = [dimensionsTable(map), brandsTable(map, table), distancesTable(map, table, credibility)]
  if let regions = credibility.regions { findings.tables.append(regionsTable(regions, table.brands, shown: shown)) }
  return findings
}

private func summary(
  _ map: ScalingMap, _ table: DissimilarityTable, _ settings: PerceptualMapSettings, _ scaling: ScalingSettings
) -> String {
  var text = scaling.algorithm == .classical ? "Classical scaling" : "\(scaling.level.rawValue) scaling"
  text = text.prefix(1).uppercased() + text.dropFirst() + " of \(table.active.count) brands in "
  text += "\(map.configuration.columns) dimensions (\(table.content))"
  if !table.supplementary.isEmpty { text += ", \(table.supplementary.count) supplementary" }
  guard let search = map.search else { return text }
  if scaling.level == .ordinal { text += ", ties \(scaling.ties.rawValue)" }
  return text + "; stress-1 \(twoDecimals(map.stress)), best of \(search.starts) starts"
}

/// 0.098 as "0.10": enough for a sentence, the fact holds all digits.
private func twoDecimals(_ value: Double) -> String {
  let hundredths = value >= 0 && value < 1e6 ? Int((value * 100).rounded()) : 0
  return "\(hundredths / 100)." + (hundredths % 100 < 10 ? "0" : "") + "\(hundredths % 100)"
}

private func warn(
  _ map: ScalingMap, _ table: DissimilarityTable, _ settings: PerceptualMapSettings, _ scaling: ScalingSettings,
  _ ground: inout Groundwork
) {
  let limit = ground.input.privacy.minimumBase
  let small = table.brands.indices.filter { $0 < table.bases.count && table.bases[$0].map { $0 < limit } ?? false }
  if !small.isEmpty, table.respondents != nil {
    ground.cautions.append(
      Caution(
        "small-base",
        "\(small.count) of \(table.brands.count) brands \(small.count == 1 ? "rests" : "rest") on fewer than \(limit) "
          + "respondents", rows: small.map { table.brands[$0] }))
  }
  let unknown = table.unknownPairs
  if !unknown.isEmpty {
    let touched = Set(unknown.flatMap { [$0.0, $0.1] }).sorted()
    ground.cautions.append(
      Caution(
        "missing-pairs",
        "\(grouped(unknown.count)) of \(grouped(table.brands.count * (table.brands.count - 1) / 2)) pairs have no value and "
          + "have no say in the map", rows: touched.map { table.brands[$0] }))
  }
  if let search = map.search { warn(search, table, settings, scaling, &ground) }
  if map.stress > 0.2 {
    ground.cautions.append(
      Caution(
        "high-stress",
        "Stress is \(twoDecimals(map.stress)): by Kruskal's rule above 0.20 is poor, and distances on the map mislead"))
  }
  if let classical = map.classical {
    let negative = classical.eigenvalues.reduce(0) { $0 - min(0, $1) }
    let all = classical.eigenvalues.reduce(0) { $0 + abs($1) }
    if negative > 0.1 * all {
      ground.cautions.append(
        Caution(
          "not-euclidean",
          "The dissimilarities are not distances in any space (\(Int((100 * negative / all).rounded())) % of the eigenvalues' "
            + "sum is negative); 'level: interval' or 'ordinal' may fit better"))
    }
  }
  if map.configuration.columns < settings.dimensions {
    ground.cautions.append(
      Caution("one-dimension", "The brands differ in \(map.configuration.columns) dimension only; the rest is empty"))
  }
}

private func warn(
  _ search: MultidimensionalScaling, _ table: DissimilarityTable, _ settings: PerceptualMapSettings,
  _ scaling: ScalingSettings, _ ground: inout Groundwork
) {
  if search.isDegenerate {
    ground.cautions.append(
      Caution(
        "degenerate",
        "The order of the pairs is kept by putting brands on few points: distances between these mean nothing; try "
          + "'level: interval' or 'ratio'"))
  }
  if scaling.level == .ordinal, table.active.count < 4 * settings.dimensions + 1 {
    ground.cautions.append(
      Caution(
        "few-brands",
        "\(table.active.count) brands are few for \(settings.dimensions) dimensions by their order alone (at least "
          + "\(4 * settings.dimensions + 1)): a low stress says little"))
  }
  if search.startsAtBest == 1, search.starts > 5, search.stress > 1e-4 {
    ground.cautions.append(
      Caution(
        "one-start",
        "Only one of \(search.starts) starts came to this map; a better one may exist, and more 'starts' may find it"))
  }
  if !search.hasConverged {
    ground.cautions.append(Caution("not-converged", "The stress still fell when the search ended"))
  }
}

private func dimensionsTable(_ map: ScalingMap) -> FindingsTable {
  guard let classical = map.classical else {
    var table = FindingsTable(
      "dimensions", title: "Stress by the number of dimensions",
      columns: [.init("dimension", .integer), .init("stress")])
    for (at, stress) in map.stresses.enumerated() { table.add([.integer(at + 1), Value(stress)]) }
    return table
  }
  var table = FindingsTable(
    "dimensions", title: "Dimensions: how much each shows, and the stress with all up to it",
    columns: [
      .init("dimension", .integer), .init("eigenvalue"), .init("percent", .percent), .init("cumulative", .percent),
      .init("stress"),
    ])
  let total = classical.eigenvalues.reduce(0) { $0 + max(0, $1) }
  var sum = 0.0
  for axis in 0..<classical.coordinates.columns {
    let percent = total > 0 ? 100 * classical.eigenvalues[axis] / total : 0
    sum += percent
    table.add([
      .integer(axis + 1), Value(classical.eigenvalues[axis]), Value(percent), Value(min(100, sum)),
      Value(map.stresses[axis]),
    ])
  }
  return table
}

private func brandsTable(_ map: ScalingMap, _ table: DissimilarityTable) -> FindingsTable {
  let axes = map.configuration.columns
  let hasBases = table.respondents != nil && table.bases.contains { $0 != nil }
  var columns: [FindingsTable.Column] = [.init("brand", .text), .init("x"), .init("y")]
  columns += (0..<axes).map { .init("dim_\($0 + 1)") }
  columns.append(.init("misfit", .share))
  let hasSupplementary = !table.supplementary.isEmpty
  if hasBases { columns.append(.init("base", .integer)) }
  if hasSupplementary { columns.append(.init("supplementary", .truth)) }
  var result = FindingsTable("brands", title: "Brands: position and part in the misfit", columns: columns)
  for (at, name) in table.brands.enumerated() {
    let place = (0..<axes).map { tidy(map.configuration[at, $0]) }
    var row: [Value] = [.text(name)] + (0..<2).map { $0 < axes ? place[$0] : .number(0) } + place
    row.append(Value(map.misfitShares[at]))
    if hasBases { row.append(table.bases[at].map { .integer($0) } ?? .missing) }
    if hasSupplementary { row.append(.truth(table.supplementary.contains(at))) }
    result.add(row)
  }
  return result
}

/// Pairs of brands that have a say and a dissimilarity, and those of a brand that has none; of the latter no disparities are
/// fitted.
private func distancesTable(
  _ map: ScalingMap, _ table: DissimilarityTable, _ credibility: MapCredibility
) -> FindingsTable {
  var columns: [FindingsTable.Column] = [
    .init("brand", .text), .init("other", .text), .init("distance"), .init("dissimilarity"), .init("disparity"),
  ]
  let hasRegions = credibility.pairs != nil
  if hasRegions { columns.append(.init("distinguished", .truth)) }
  var result = FindingsTable(
    "distances", title: "Pairs of brands: how far apart they stand and how unlike they are", columns: columns)
  var fitted: [Int: Double] = [:]
  let n = table.brands.count
  for (at, pair) in map.data.pairs.enumerated() {
    fitted[map.active[pair.first] * n + map.active[pair.second]] = map.disparities[at]
  }
  for i in table.brands.indices {
    for j in table.brands.indices.dropFirst(i + 1) {
      let disparity = fitted[i * n + j]
      guard disparity != nil || table.supplementary.contains(i) || table.supplementary.contains(j) else { continue }
      let value = table.values[i, j]
      var row: [Value] = [
        .text(table.brands[i]), .text(table.brands[j]), Value(map.distance(i, j)),
        value.isNaN ? .missing : Value(value), Value(disparity),
      ]
      if hasRegions { row.append(credibility.distinguishes(i, j).map { .truth($0) } ?? .missing) }
      result.add(row)
    }
  }
  return result
}

/// A coordinate: no minus before a zero.
private func tidy(_ number: Double) -> Value { Value(number == 0 ? 0 : number) }
