import Diagnostics
import Statistics

/// A map scaled from dissimilarities, by majorisation or the classical way.
struct ScalingMap {
  let data: Dissimilarities
  /// Brands × dimensions, turned as `orient` says.
  private(set) var configuration: Matrix
  let distances: [Double]
  let disparities: [Double]
  let stress: Double
  /// The part of each brand in the misfit.
  let misfitShares: [Double]
  /// Majorisation: from one dimension up. Classical: of each dimension that there is.
  let stresses: [Double]
  let classical: ClassicalScaling?
  let search: MultidimensionalScaling?

  init(
    _ table: DissimilarityTable, _ settings: PerceptualMapSettings, _ scaling: ScalingSettings, _ ground: Groundwork
  ) throws(Rejection) {
    do {
      data = try Dissimilarities(table.values)
      if scaling.algorithm == .classical {
        let fit = try ClassicalScaling.fit(data)
        let axes = fit.coordinates.columns
        stresses = (1...max(1, axes)).map { [data] in data.fitted(fit.coordinates.firstColumns($0), .ratio).stress }
        configuration = fit.coordinates.firstColumns(settings.dimensions)
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
        configuration = chosen.configuration
        classical = nil
        search = chosen
      }
    } catch { throw ground.rejection(error as? Dissimilarities.Failure, table) }
    let fitted = data.fitted(configuration, scaling.statistical)
    (distances, disparities, stress, misfitShares) =
      (fitted.distances, fitted.disparities, fitted.stress, fitted.misfitShares)
    turn(table, settings)
  }

  /// Turns the axes toward what `orient` names: a brand, or an attribute where the distances come from attributes.
  private mutating func turn(_ table: DissimilarityTable, _ settings: PerceptualMapSettings) {
    var signs = [Double](repeating: 1, count: configuration.columns)
    for (axis, named) in [settings.right, settings.up].enumerated() where axis < signs.count {
      guard let named else { continue }
      let column = configuration.column(axis)
      if let source = table.source, let attribute = source.attributes.firstIndex(of: named.name) {
        let product = zip(column, source.values.column(attribute)).reduce(0) { $0 + $1.0 * $1.1 }
        if product < 0 { signs[axis] = -1 }
      } else if let brand = table.brands.firstIndex(of: named.name), column[brand] < 0 {
        signs[axis] = -1
      }
    }
    configuration = configuration.scalingColumns(by: signs)
  }
}

extension Groundwork {
  fileprivate func rejection(_ failure: Dissimilarities.Failure?, _ table: DissimilarityTable) -> Rejection {
    func names(_ list: [Int]) -> String { quotedList(list.prefix(6).map { table.brands[$0] }) }
    func position(_ brand: Int) -> SourcePosition { table.positions[brand] }
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
        "analysis.no-association", at: input.position,
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
  if !settings.supplementaryBrands.isEmpty || !settings.supplementaryAttributes.isEmpty || settings.segments != nil {
    ground.cautions.append(
      Caution("not-computed", "'supplementary' is not computed with scaling yet; every brand has a say in the map"))
  }
  let table = DissimilarityTable.read(form, settings, scaling, &rows, &ground)
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
    if table.brands.count < fewest {
      ground.fail(
        "analysis.too-few-brands", at: rows.position,
        "a map in \(settings.dimensions) dimensions needs at least \(fewest) brands, and \(table.brands.count) "
          + "\(table.brands.count == 1 ? "was" : "were") found")
    }
  }
  try ground.check()
  guard let table else { throw ground.unexplained }
  let map = try ScalingMap(table, settings, scaling, ground)
  return scalingFindings(map, table, settings, scaling, rows, &ground)
}
