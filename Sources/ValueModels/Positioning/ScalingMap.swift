import Diagnostics
import Statistics

/// A map scaled from dissimilarities, by majorisation or the classical way.
struct ScalingMap {
  /// Of the brands that have a say.
  let data: Dissimilarities
  /// Which brands of the table these are.
  let active: [Int]
  /// All brands × dimensions, turned as `orient` says.
  private(set) var configuration: Matrix
  let distances: [Double]
  let disparities: [Double]
  let stress: Double
  /// The part of each brand in the misfit; nil for one that has no say.
  let misfitShares: [Double?]
  /// Majorisation: from one dimension up. Classical: of each dimension that there is.
  let stresses: [Double]
  let classical: ClassicalScaling?
  let search: MultidimensionalScaling?

  init(
    _ table: DissimilarityTable, _ settings: PerceptualMapSettings, _ scaling: ScalingSettings, _ ground: Groundwork
  ) throws(Rejection) {
    active = table.active
    let found: Matrix
    do {
      data = try Dissimilarities(table.values.selecting(rows: active, columns: active))
      if scaling.algorithm == .classical {
        let fit = try ClassicalScaling.fit(data)
        let axes = fit.coordinates.columns
        stresses = (1...max(1, axes)).map { [data] in data.fitted(fit.coordinates.firstColumns($0), .ratio).stress }
        found = fit.coordinates.firstColumns(settings.dimensions)
        classical = fit
        search = nil
      } else {
        var stresses: [Double] = []
        var chosen: MultidimensionalScaling?
        for dimensions in 1...min(max(4, settings.dimensions), data.count - 1) {
          let fit = try MultidimensionalScaling.fit(
            data, level: scaling.statistical, dimensions: dimensions, starts: scaling.starts, seed: scaling.seed)
          stresses.append(fit.stress)
          if dimensions == settings.dimensions { chosen = fit }
        }
        guard let chosen else { throw Dissimilarities.Failure.tooFew(data.count) }
        self.stresses = stresses
        found = chosen.configuration
        classical = nil
        search = chosen
      }
    } catch { throw ground.rejection(error as? Dissimilarities.Failure, table) }
    let fitted = data.fitted(found, scaling.statistical)
    (distances, disparities, stress) = (fitted.distances, fitted.disparities, fitted.stress)
    var shares = [Double?](repeating: nil, count: table.brands.count)
    for (at, brand) in active.enumerated() { shares[brand] = fitted.misfitShares[at] }
    misfitShares = shares
    let placing = ScalingPlacing(table.values, active: active, level: scaling.statistical)
    switch placing.all(found, data, classical, near: nil) {
    case .success(let all): configuration = all
    case .failure(let failure): throw ground.rejection(failure, table)
    }
    turn(table, settings)
  }

  /// The distance of two brands on the map.
  func distance(_ a: Int, _ b: Int) -> Double {
    zip(configuration.row(a), configuration.row(b)).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
  }

  /// Turns the axes toward what `orient` names: a brand, or an attribute where the distances come from attributes.
  private mutating func turn(_ table: DissimilarityTable, _ settings: PerceptualMapSettings) {
    var signs = [Double](repeating: 1, count: configuration.columns)
    for (axis, named) in [settings.right, settings.up].enumerated() where axis < signs.count {
      guard let named else { continue }
      let column = configuration.column(axis)
      if let source = table.source, let attribute = source.attributes.firstIndex(of: named.name) {
        if active.reduce(0, { $0 + column[$1] * source.values[$1, attribute] }) < 0 { signs[axis] = -1 }
      } else if let brand = table.brands.firstIndex(of: named.name), column[brand] < 0 {
        signs[axis] = -1
      }
    }
    configuration = configuration.scalingColumns(by: signs)
  }
}

extension Groundwork {
  /// - Parameter failure: Counts the brands that have a say; beyond these, the supplementary ones in their order.
  fileprivate func rejection(_ failure: Dissimilarities.Failure?, _ table: DissimilarityTable) -> Rejection {
    let brands = table.active + table.brands.indices.filter(table.supplementary.contains)
    func names(_ list: [Int]) -> String { quotedList(list.prefix(6).map { table.brands[brands[$0]] }) }
    func position(_ brand: Int) -> SourcePosition { table.positions[brands[brand]] }
    switch failure {
    case .disconnected(let apart):
      return rejection(
        "analysis.unconnected-brands", at: apart.first.map(position) ?? input.position,
        "a map needs brands that are all compared, directly or through others, and no pair ties \(names(apart)) to the rest"
      )
    case .missing(let a, let b):
      return rejection(
        "analysis.missing-pair", at: position(a),
        "classical scaling needs every pair, and \(names([a, b])) are not compared",
        hint: "set 'algorithm: majorisation', which leaves such pairs out")
    case .noDifferences:
      return rejection(
        "analysis.no-association", at: position(1),
        "a map needs pairs that differ, and all pairs are equally unlike")
    case .notFinite(let a, let b):
      return rejection(
        "analysis.not-computable", at: position(a), "a map needs numbers of like size, and \(names([a, b])) have none")
    default:
      return rejection(
        "analysis.not-computable", at: input.position, "a map needs finite dissimilarities of at least three brands")
    }
  }
}

/// A perceptual map by multidimensional scaling.
func computeScalingMap(
  _ form: MapForm, _ settings: PerceptualMapSettings, _ rows: inout SourceRows, _ ground: inout Groundwork
) throws(Rejection) -> Findings {
  var settings = settings
  settings.method = .scaling
  let scaling = ScalingSettings(&ground, isSimilarities: form.input == .similarities)
  if settings.segments != nil {
    ground.cautions.append(
      Caution("not-computed", "segments are not placed on a scaled map: 'supplementary' has no segments there"))
  }
  let table = DissimilarityTable.read(form, settings, scaling, &rows, &ground)
  if let attributes = table?.source?.supplementaryAttributes, !attributes.isEmpty {
    ground.cautions.append(
      Caution(
        "not-computed",
        "supplementary attributes have no say in the distances, and a scaled map shows brands only"))
  }
  if let table {
    let names = [
      (settings.own, "'own' is a brand of the table"), (settings.right, "'orient' names brands of the table"),
      (settings.up, "'orient' names brands of the table"),
    ]
    for case (let named?, let rule) in names where table.source == nil && !table.brands.contains(named.name) {
      ground.fail(
        "analysis.unknown-name", at: named.position, "\(rule), and there is no '\(named.name)'",
        hint: nearestHint(to: named.name, among: table.brands))
    }
    let fewest = max(3, settings.dimensions + 1)
    let active = table.active
    if active.count < fewest {
      ground.fail(
        "analysis.too-few-brands",
        at: active.last.map { table.positions[$0] } ?? form.brand.map(rows.headerPosition) ?? rows.position,
        "a map in \(settings.dimensions) dimensions needs at least \(fewest) brands, and \(active.count) "
          + "\(active.count == 1 ? "was" : "were") found" + named(active.map { table.brands[$0] }),
        hint: table.source?.absentBrands(rows, ground) ?? rows.lossInWords)
    }
  }
  try ground.check()
  guard let table else { throw ground.unexplained }
  let map = try ScalingMap(table, settings, scaling, ground)
  let credibility = MapCredibility(map, table, settings, scaling)
  return scalingFindings(map, table, settings, scaling, credibility, rows, &ground)
}
