import Diagnostics
import Settings
import Statistics

/// What a map of answers in categories found: facts, tables, cautions.
func categoryFindings(
  _ map: CategoryMap, _ table: CategoryTable, _ settings: PerceptualMapSettings, _ categories: CategorySettings,
  _ rows: SourceRows, _ ground: inout Groundwork
) -> Findings {
  let sheet = CategorySheet(map: map, table: table, settings: settings)
  sheet.warn(&ground)
  var findings = ground.findings(
    summary: sheet.summary(categories), baseOf: "respondents", data: [rows])
  findings.method.references = settings.method.references
  let brands = sheet.brandLevels
  if !brands.isEmpty { findings.facts.append(Fact("brands", brands.count)) }
  findings.facts += [
    Fact("attributes", sheet.answerLevels.count),
    Fact("variables", table.variables.count { !$0.isBrand }),
    Fact("base", table.respondents),
  ]
  if let base = table.effectiveBase { findings.facts.append(Fact("effective_base", base)) }
  findings.facts += [Fact("explained", map.explained, .share), Fact("inertia", map.fit.totalInertia)]
  if let regions = map.regions {
    findings.facts.append(Fact("resamples", regions.draws))
    if !brands.isEmpty { findings.facts.append(Fact("undistinguished_pairs", sheet.undistinguished.count)) }
  }
  findings.tables = [sheet.dimensions]
  if !brands.isEmpty {
    findings.tables.append(
      sheet.points("brands", "brand", "Brands: position and how well the map shows each", brands, isBrands: true))
  }
  findings.tables += [
    sheet.points(
      "attributes", "attribute", "Answers: position, mass and how well the map shows each", sheet.answerLevels,
      isBrands: false),
    sheet.variables, sheet.axes,
  ]
  if !brands.isEmpty { findings.tables.append(sheet.distances) }
  if map.regions != nil {
    if !brands.isEmpty {
      findings.tables.append(
        sheet.regions("regions", "brand", "Regions of brands: how far their places vary over resamples", brands))
    }
    findings.tables.append(
      sheet.regions(
        "attribute_regions", "attribute", "Regions of answers: how far their places vary over resamples",
        sheet.answerLevels))
  }
  return findings
}

/// The tables of a map of answers.
private struct CategorySheet {
  let map: CategoryMap
  let table: CategoryTable
  let settings: PerceptualMapSettings
  let levels: [(variable: Int, level: Int)]

  init(map: CategoryMap, table: CategoryTable, settings: PerceptualMapSettings) {
    self.map = map
    self.table = table
    self.settings = settings
    levels = table.levels
  }

  private var maps: [FurtherMap] { map.fit.axes > 2 ? settings.furtherMaps : [] }
  private func isBrand(_ level: Int) -> Bool { table.variables[levels[level].variable].isBrand }
  var brandLevels: [Int] { levels.indices.filter { isBrand($0) } }
  var answerLevels: [Int] { levels.indices.filter { !isBrand($0) && !table.hidden.contains($0) } }

  var undistinguished: [(Int, Int)] {
    let brands = brandLevels
    return brands.flatMap { a in
      brands.filter { $0 > a && distinguishes(a, $0) == false }.map { (a, $0) }
    }
  }

  private func distinguishes(_ a: Int, _ b: Int) -> Bool? {
    map.regions.map {
      $0.distinguishes(a, b, confidence: settings.confidence) && !$0.overlaps(a, b, confidence: settings.confidence)
    }
  }

  func summary(_ categories: CategorySettings) -> String {
    let active = table.variables.prefix(table.activeVariables)
    var text =
      "Multiple correspondence analysis of \(active.count) variables with \(table.activeLevels) answers of "
      + "\(grouped(table.respondents)) respondents"
    if table.rows != table.respondents { text += " (\(grouped(table.rows)) rows)" }
    switch categories.inertia {
    case .adjusted: text += ", inertias adjusted as Greenacre does"
    case .benzecri: text += ", inertias adjusted as Benzécri does"
    case .indicator: text += ", inertias of the indicator matrix"
    case .burt: text += ", inertias of the Burt table"
    }
    if table.brandVariable != nil {
      text += categories.brandRole == .active ? ", the brand one of the variables" : ", brands placed afterwards"
    }
    return text
  }

  func warn(_ ground: inout Groundwork) {
    if !table.hidden.isEmpty {
      let limit = ground.input.privacy.suppressBelow
      ground.cautions.append(
        Caution(
          "suppressed",
          "\(table.hidden.count) of \(levels.count - brandLevels.count) answers "
            + "\(table.hidden.count == 1 ? "is" : "are") counted and not shown: fewer than \(limit) respondents chose them, "
            + "or would be known by subtraction"))
    }
    let minimum = ground.input.privacy.minimumBase
    let small = (brandLevels + answerLevels).filter { table.bases[$0] < minimum }
    if !small.isEmpty {
      ground.cautions.append(
        Caution(
          "small-base",
          "\(small.count) of \(brandLevels.count + answerLevels.count) points \(small.count == 1 ? "rests" : "rest") on "
            + "fewer than \(minimum) respondents", rows: small.map { table.name($0) }))
    }
    if map.fit.interchangeableAxes.contains(where: { $0 < 2 }) {
      ground.cautions.append(
        Caution("equal-dimensions", "Two dimensions show equally much: the map may be turned freely between them"))
    }
    if map.fit.axes < settings.dimensions {
      ground.cautions.append(
        Caution(
          "one-dimension",
          "The answers go together in \(map.fit.axes == 1 ? "one dimension" : "\(map.fit.axes) dimensions") only; the rest of "
            + "the map is empty"))
    }
    if map.fit.axes < 3, !settings.furtherMaps.isEmpty {
      ground.cautions.append(
        Caution(
          "no-third-dimension",
          "'figures' asks for a map with the third dimension, and there \(map.fit.axes == 1 ? "is one" : "are two") only"
        ))
    }
    if settings.bootstrap > 0, map.regions == nil {
      ground.record("bootstrap", .integer(0))
      ground.cautions.append(
        Caution("no-regions", "There are no regions: too many resamples miss an answer that few respondents chose"))
    } else if map.replaced > 0 {
      ground.cautions.append(
        Caution(
          "resamples-replaced",
          "\(grouped(map.replaced)) resamples missed an answer that few respondents chose, and others were drawn instead"
        ))
    }
    if !undistinguished.isEmpty {
      let pairs = undistinguished.map { "\(table.name($0.0)) and \(table.name($0.1))" }
      ground.cautions.append(
        Caution(
          "not-distinguished",
          "\(pairs.count) of \(brandLevels.count * (brandLevels.count - 1) / 2) pairs of brands cannot be told apart: their "
            + "regions overlap or their difference is within chance", rows: pairs))
    }
  }

  var dimensions: FindingsTable {
    var out = FindingsTable(
      "dimensions", title: "Dimensions: how much each shows",
      columns: [
        .init("dimension", .integer), .init("eigenvalue"), .init("percent", .percent), .init("cumulative", .percent),
        .init("indicator_eigenvalue"),
      ])
    var sum = 0.0
    for axis in 0..<map.fit.axes {
      sum += map.fit.percentages[axis]
      out.add([
        .integer(axis + 1), Value(map.fit.inertias[axis]), Value(map.fit.percentages[axis]), Value(min(100, sum)),
        Value(map.fit.eigenvalues[axis]),
      ])
    }
    return out
  }

  func points(_ name: String, _ word: String, _ title: String, _ shown: [Int], isBrands: Bool) -> FindingsTable {
    let axes = map.fit.axes
    let points = map.fit.levels
    var columns: [FindingsTable.Column] = [.init(word, .text)]
    if !isBrands { columns += [.init("variable", .text), .init("level", .text)] }
    columns += [.init("x"), .init("y")]
    if !maps.isEmpty { columns.append(.init("z")) }
    columns += (0..<axes).map { .init("dim_\($0 + 1)") }
    columns += [.init("mass", .share), .init("inertia"), .init("quality", .share)]
    columns += maps.map { .init($0.qualityColumn, .share) }
    columns += (0..<axes).map { .init("contribution_\($0 + 1)", .percent) }
    columns += [.init("base", .integer), .init("supplementary", .truth)]
    var out = FindingsTable(name, title: title, columns: columns)
    let quality = points.quality(axes: 2)
    for level in shown {
      let (variable, at) = levels[level]
      var row: [Value] = [.text(table.name(level))]
      if !isBrands { row += [.text(table.variables[variable].name), .text(table.variables[variable].levels[at])] }
      row += (0..<2).map { plain($0 < axes ? points.principal[level, $0] : 0) }
      if !maps.isEmpty { row.append(plain(points.principal[level, 2])) }
      row += (0..<axes).map { plain(points.principal[level, $0]) }
      row += [plain(points.masses[level]), plain(points.inertias[level]), plain(quality[level])]
      row += maps.map { map in plain(min(1, map.plane.reduce(0) { $0 + points.squaredCosines[level, $1] })) }
      row += (0..<axes).map { plain(points.contributions[level, $0]) }
      row += [.integer(table.bases[level]), .truth(points.isSupplementary[level])]
      out.add(row)
    }
    return out
  }

  var axes: FindingsTable {
    // Brands that are a variable of their own are no names for axes.
    AxisNames.table(
      levels.indices.map { table.name($0) }, map.fit.levels, hidden: table.hidden.union(brandLevels))
  }

  var variables: FindingsTable {
    let axes = map.fit.axes
    var out = FindingsTable(
      "variables", title: "Variables: how much each tells about the dimensions",
      columns: [.init("variable", .text), .init("levels", .integer), .init("ordered", .truth)]
        + (0..<axes).map { .init("eta_squared_\($0 + 1)", .share) } + [.init("supplementary", .truth)])
    for (at, variable) in table.variables.enumerated() where !variable.isBrand || at < table.activeVariables {
      let isActive = at < table.activeVariables
      let ratios: [Value] = (0..<axes).map {
        isActive ? plain(min(1, map.fit.correlationRatios[at, $0])) : .missing
      }
      out.add(
        [.text(variable.name), .integer(variable.levels.count), .truth(variable.isOrdered)] + ratios
          + [.truth(!isActive)])
    }
    return out
  }

  var distances: FindingsTable {
    var out = FindingsTable(
      "distances", title: "Pairs of brands: how far apart they are seen, over all dimensions",
      columns: [.init("brand", .text), .init("other", .text), .init("distance"), .init("distinguished", .truth)])
    let places = map.fit.levels.principal
    for a in brandLevels {
      for b in brandLevels where b > a {
        let square = (0..<map.fit.axes).reduce(0) {
          $0 + (places[a, $1] - places[b, $1]) * (places[a, $1] - places[b, $1])
        }
        out.add([
          .text(table.name(a)), .text(table.name(b)), plain(square.squareRoot()),
          distinguishes(a, b).map { .truth($0) } ?? .missing,
        ])
      }
    }
    return out
  }

  func regions(_ name: String, _ word: String, _ title: String, _ shown: [Int]) -> FindingsTable {
    var out = FindingsTable(
      name, title: title,
      columns: [.init(word, .text), .init("x"), .init("y"), .init("sd_x"), .init("sd_y"), .init("correlation")])
    guard let regions = map.regions else { return out }
    for level in shown {
      let spread = regions.spread(level)
      out.add([
        .text(table.name(level)), plain(regions.positions[level, 0]),
        plain(regions.positions.columns > 1 ? regions.positions[level, 1] : 0),
        plain(max(0, spread.xx).squareRoot()), plain(max(0, spread.yy).squareRoot()), plain(spread.correlation),
      ])
    }
    return out
  }

  /// No minus before a zero.
  private func plain(_ number: Double) -> Value { Value(number == 0 ? 0 : number) }
}
