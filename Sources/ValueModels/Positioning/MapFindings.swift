import Diagnostics
import Statistics

/// Facts, tables and cautions of a map that has positions.
func mapFindings(
  _ points: MapPoints, _ table: BrandTable, _ settings: PerceptualMapSettings, _ rows: SourceRows,
  _ ground: inout Groundwork
) -> Findings {
  let credibility = MapCredibility(points, table, settings)
  warn(points, table, settings, &ground)
  credibility.warn(table, &ground)
  let movement = table.waves.map { WaveMovement(points, table, $0, settings, credibility) }
  movement?.warn(table, &ground)
  if settings.method != .components, ground.setting("scale") == nil { ground.record("scale", .none) }
  var findings = ground.findings(
    summary: summary(table, settings) + (movement?.words ?? "") + turned(points, table)
      + (credibility.sentence.map { ". " + $0 } ?? ""),
    baseOf: table.baseOf,
    data: [rows])
  findings.method.references = settings.method.references
  if points.isVarimax { findings.method.references.append(MapMethod.varimaxReference) }
  findings.facts =
    table.sizes + [
      Fact("explained", points.explained, .share), Fact("inertia", points.totalInertia),
    ]
  if settings.method == .correspondence {
    // Summed in the table's own numbers, so that whole counts have a whole sum.
    let total = table.values.selecting(rows: table.activeBrands, columns: table.activeAttributes).sum
    findings.facts.append(Int(exactly: total).map { Fact("answers", $0) } ?? Fact("answers", total))
  }
  if let wilks = points.wilks {
    findings.facts.append(Fact("wilks", wilks))
    if let test = points.axisTests.first ?? nil {
      findings.facts += [Fact("f", test.statistic), Fact("f_p_value", test.pValue, .probability)]
    }
  }
  findings.facts += credibility.facts(table.shown) + (movement?.facts ?? [])
  let hasSupplementary = !(table.supplementaryBrands.isEmpty && table.supplementaryAttributes.isEmpty)
  let maps = points.axes > 2 ? settings.furtherMaps : []
  findings.tables = [
    dimensionsTable(points),
    pointsTable(
      "brands", "brand", "Brands: position, mass and how well the map shows each", table.brands, points.brands,
      shown: table.shown, drawn: points.drawn.rows, bases: table.bases, maps: maps, showsSupplementary: hasSupplementary
    ),
    pointsTable(
      "attributes", "attribute", "Attributes: position, mass and how well the map shows each", table.attributes,
      points.attributes, shown: Array(table.attributes.indices), drawn: points.drawn.columns,
      bases: table.attributeBases, maps: maps,
      showsSupplementary: hasSupplementary),
    AxisNames.table(table.attributes, points.attributes),
    distancesTable(points, table, credibility),
  ]
  if let regions = credibility.regions {
    findings.tables.append(regionsTable(regions, table.brands, shown: table.shown))
  }
  findings.tables += movement?.tables ?? []
  return findings
}

private func warn(
  _ points: MapPoints, _ table: BrandTable, _ settings: PerceptualMapSettings, _ ground: inout Groundwork
) {
  let limit = ground.input.privacy.minimumBase
  let small = table.brands.indices.filter { table.bases[$0].map { $0 < limit } ?? false }.map { table.brands[$0] }
  if !small.isEmpty {
    ground.cautions.append(
      Caution(
        "small-base",
        "\(small.count) of \(table.brands.count) brands\(table.waves == nil ? "" : " in their waves") "
          + "\(small.count == 1 ? "rests" : "rest") on fewer than \(limit) "
          + table.baseOf, rows: small))
  }
  if table.content.hasPrefix("sums"), let most = table.shown.compactMap({ table.bases[$0] }).max(),
    let fewest = table.shown.compactMap({ table.bases[$0] }).min(), Double(most) > 1.5 * Double(fewest)
  {
    ground.cautions.append(
      Caution(
        "uneven-bases",
        "Scores are summed, and brands have from \(grouped(fewest)) to \(grouped(most)) respondents: brands that more people "
          + "rated weigh more"))
  }
  if settings.scaling == .symmetric {
    ground.cautions.append(
      Caution(
        "between-clouds",
        "Brands and attributes are both in principal coordinates: the distance from a brand to an attribute means nothing"
      ))
  }
  if points.interchangeableAxes.contains(where: { $0 < 2 }) {
    ground.cautions.append(
      Caution("equal-dimensions", "Two dimensions show equally much: the map may be turned freely between them"))
  }
  if settings.isVarimax, !points.isVarimax {
    ground.record("rotation", .none)
    ground.cautions.append(Caution("no-rotation", "Varimax turns two dimensions, and the map has one only"))
  }
  if settings.isFocused, points.focus == nil {
    ground.record("focus", .none)
    ground.cautions.append(
      Caution(
        "no-focus",
        "The map is not turned to our own brand: it "
          + (points.axes < 2 ? "has one dimension only" : "stands at the centre or is not shown")))
  }
  if points.axes < 3, !settings.furtherMaps.isEmpty {
    ground.cautions.append(
      Caution(
        "no-third-dimension",
        "'figures' asks for a map with the third dimension, and the brands differ in "
          + "\(points.axes == 1 ? "one" : "two") only"))
  }
  if points.axes < settings.dimensions {
    ground.cautions.append(
      Caution(
        "one-dimension",
        "The brands differ in \(points.axes == 1 ? "one dimension" : "\(points.axes) dimensions") only; the rest of the map is "
          + "empty"))
  }
}

private func turned(_ points: MapPoints, _ table: BrandTable) -> String {
  if points.isVarimax { return ", the first two dimensions turned by varimax (Kaiser's normalisation)" }
  guard let own = points.focus else { return "" }
  // A supplementary brand may lie beside all dimensions.
  let extent = points.brands.quality()[own] > 0.9995 ? "whole" : "as fully as can be"
  return ", turned so that \(table.brands[own]) is shown \(extent)"
}

private func summary(_ table: BrandTable, _ settings: PerceptualMapSettings) -> String {
  var text = settings.method.words
  if settings.method == .components { text += " of the \(settings.usesCorrelation ? "correlations" : "covariances")" }
  let active = table.activeBrands.count
  text += " of \(active) brands \(table.waves?.waves.mode == .stacked ? "in waves " : "")"
  text += "by \(table.activeAttributes.count) attributes (\(table.content))"
  let extra = table.shown.count { table.supplementaryBrands.contains($0) } + table.supplementaryAttributes.count
  if extra > 0 { text += ", \(extra) supplementary" }
  if settings.method == .discriminant, settings.scaling != .attributePrincipal, settings.scaling != .symmetric {
    return text + ", brands at their mean scores, attributes by their correlations within brands"
  }
  return text + ", " + settings.scaling.words
}

extension MapScaling {
  fileprivate var words: String {
    switch self {
    case .brandPrincipal: "brands in principal coordinates, attributes as contribution arrows"
    case .attributePrincipal: "attributes in principal coordinates, brands as contribution arrows"
    case .symmetric: "brands and attributes in principal coordinates"
    case .contribution: "contribution biplot, brands in principal coordinates"
    case .biplot: "biplot, brands in principal and attributes in standard coordinates"
    }
  }
}

private func dimensionsTable(_ points: MapPoints) -> FindingsTable {
  var table = FindingsTable(
    "dimensions", title: "Dimensions: how much each shows",
    columns: [
      .init("dimension", .integer), .init("eigenvalue"), .init("percent", .percent), .init("cumulative", .percent),
    ]
      + (points.canonicalCorrelations.isEmpty
        ? []
        : [
          .init("canonical_correlation"), .init("f"), .init("degrees"), .init("denominator_degrees"),
          .init("p_value", .probability),
        ]))
  var sum = 0.0
  for axis in 0..<points.axes {
    sum += points.percentages[axis]
    var row: [Value] = [
      .integer(axis + 1), Value(points.eigenvalues[axis]), Value(points.percentages[axis]), Value(min(100, sum)),
    ]
    if !points.canonicalCorrelations.isEmpty {
      let test = points.axisTests[axis]
      row += [
        Value(points.canonicalCorrelations[axis]), Value(test?.statistic), Value(test?.degrees),
        Value(test?.denominatorDegrees), Value(test?.pValue),
      ]
    }
    table.add(row)
  }
  return table
}

private func pointsTable(
  _ name: String, _ word: String, _ title: String, _ names: [String], _ points: OrdinationPoints, shown: [Int],
  drawn: Matrix,
  bases: [Int?], maps: [FurtherMap], showsSupplementary: Bool
) -> FindingsTable {
  let axes = points.principal.columns
  var columns: [FindingsTable.Column] = [.init(word, .text), .init("x"), .init("y")]
  if !maps.isEmpty { columns.append(.init("z")) }
  columns += (0..<axes).map { .init("dim_\($0 + 1)") }
  columns += [.init("mass", .share), .init("inertia"), .init("quality", .share)]
  columns += maps.map { .init($0.qualityColumn, .share) }
  columns += (0..<axes).map { .init("contribution_\($0 + 1)", .percent) }
  columns.append(.init("base", .integer))
  if showsSupplementary { columns.append(.init("supplementary", .truth)) }
  var table = FindingsTable(name, title: title, columns: columns)
  let quality = points.quality(axes: 2)
  for at in shown {
    var row: [Value] = [.text(names[at])]
    row += (0..<2).map { $0 < axes ? finite(drawn[at, $0]) : .number(0) }
    if !maps.isEmpty { row.append(finite(drawn[at, 2])) }
    row += (0..<axes).map { finite(points.principal[at, $0]) }
    row += [finite(points.masses[at]), finite(points.inertias[at]), finite(quality[at])]
    row += maps.map { map in
      finite(min(1, map.plane.reduce(0) { $0 + points.squaredCosines[at, $1] }))
    }
    row += (0..<axes).map { finite(points.contributions[at, $0]) }
    row.append(bases[at].map { .integer($0) } ?? .missing)
    if showsSupplementary { row.append(.truth(points.isSupplementary[at])) }
    table.add(row)
  }
  return table
}

private func distancesTable(
  _ points: MapPoints, _ brands: BrandTable, _ credibility: MapCredibility
) -> FindingsTable {
  var table = FindingsTable(
    "distances", title: "Pairs of brands: how far apart they are seen, over all dimensions",
    columns: [.init("brand", .text), .init("other", .text), .init("distance"), .init("distinguished", .truth)])
  for (at, i) in brands.shown.enumerated() {
    for j in brands.shown.dropFirst(at + 1) {
      // Without regions it is not known whether a pair is told apart.
      table.add([
        .text(brands.brands[i]), .text(brands.brands[j]), finite(points.distance(i, j)),
        credibility.distinguishes(i, j).map { .truth($0) } ?? .missing,
      ])
    }
  }
  return table
}

/// - Parameter shown: The brands on the map.
func regionsTable(_ regions: PointRegions, _ brands: [String], shown: [Int]) -> FindingsTable {
  var table = FindingsTable(
    "regions", title: "Regions of brands: how far their places vary over resamples of respondents",
    columns: [
      .init("brand", .text), .init("x"), .init("y"), .init("sd_x"), .init("sd_y"), .init("correlation"),
    ])
  for at in shown {
    let spread = regions.spread(at)
    table.add([
      .text(brands[at]), finite(regions.positions[at, 0]),
      regions.positions.columns > 1 ? finite(regions.positions[at, 1]) : .number(0),
      finite(max(0, spread.xx).squareRoot()), finite(max(0, spread.yy).squareRoot()), finite(spread.correlation),
    ])
  }
  return table
}

/// A number of the findings: no minus before a zero.
private func finite(_ number: Double) -> Value { Value(number == 0 ? 0 : number) }
