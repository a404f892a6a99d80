import Diagnostics
import Statistics

/// A map of answers in categories, brands among them, with regions over resamples of respondents.
struct CategoryMap {
  let fit: MultipleCorrespondence
  /// Of all levels, in the coordinates drawn; nil without resamples.
  private(set) var regions: PointRegions?
  private(set) var replaced = 0

  var explained: Double { min(1, fit.percentages.prefix(2).reduce(0, +) / 100) }

  init(
    _ table: CategoryTable, _ settings: PerceptualMapSettings, _ categories: CategorySettings,
    _ ground: inout Groundwork
  ) throws(Rejection) {
    let targets = Self.targets(table, settings, &ground)
    try ground.check()
    let (burt, crossings) = table.tables(table.contributions.columnSums[...])
    do {
      fit = try MultipleCorrespondence.fit(
        burt: burt, sizes: table.sizes, supplementary: crossings, inertia: categories.inertia
      ).turned(toward: targets)
    } catch { throw ground.rejection(error, table, categories) }
    if settings.bootstrap > 0 { resample(table, settings, categories) }
  }

  /// The levels that `orient` names.
  private static func targets(
    _ table: CategoryTable, _ settings: PerceptualMapSettings, _ ground: inout Groundwork
  ) -> [Int?] {
    let names = (0..<table.levels.count).map { table.name($0) }
    let words = table.levels.map { table.variables[$0.variable].levels[$0.level] }
    return [settings.right, settings.up].map { named in
      guard let named else { return nil }
      let short = words.indices.filter { words[$0] == named.name }
      if let at = names.firstIndex(of: named.name) ?? (short.count == 1 ? short[0] : nil) { return at }
      ground.fail(
        "analysis.unknown-name", at: named.position,
        "'orient' names an answer ('variable: answer') or a brand, and there is no '\(named.name)'",
        hint: nearestHint(to: named.name, among: names))
      return nil
    }
  }

  private mutating func resample(
    _ table: CategoryTable, _ settings: PerceptualMapSettings, _ categories: CategorySettings
  ) {
    let axes = min(2, fit.axes)
    let base = fit.levels.principal.firstColumns(axes)
    let wanted = settings.bootstrap
    var places: [Double] = []
    places.reserveCapacity(wanted * base.storage.count)
    var (done, asked) = (0, 0)
    while done < wanted, asked < 2 * wanted {
      let next = asked..<min(2 * wanted, asked + wanted - done)
      Resamples.totals(table.contributions, draws: next, seed: settings.seed) { _, totals in
        guard let found = Self.positions(table, totals, base, categories.inertia) else { return }
        places += found.turnedOnto(base, deciding: Array(0..<table.activeLevels)).storage
        done += 1
      }
      asked = next.upperBound
    }
    replaced = asked - done
    guard done == wanted else { return }
    regions = PointRegions(base, resampled: Matrix(rows: done, columns: base.storage.count, storage: places))
  }

  /// All levels in a resample. One that nobody drawn chose stays at its base position if it is not shown anyway; nil where
  /// one that is shown is missing.
  private static func positions(
    _ table: CategoryTable, _ totals: ArraySlice<Double>, _ base: Matrix, _ inertia: MultipleCorrespondence.Inertia
  ) -> Matrix? {
    let (burt, crossings) = table.tables(totals)
    let active = (0..<burt.rows).filter { burt[$0, $0] > 0 }
    let passive = (0..<crossings.rows).filter { crossings.row($0).reduce(0, +) > 0 }
    let there = active + passive.map { burt.rows + $0 }
    if there.count < base.rows {
      let found = Set(there)
      guard (0..<base.rows).allSatisfy({ found.contains($0) || table.hidden.contains($0) }) else { return nil }
    }
    var sizes = [Int](repeating: 0, count: table.activeVariables)
    let levels = table.levels
    for level in active { sizes[levels[level].variable] += 1 }
    guard
      let fit = try? MultipleCorrespondence.fit(
        burt: burt.selecting(rows: active, columns: active), sizes: sizes,
        supplementary: crossings.selecting(rows: passive, columns: active), inertia: inertia)
    else { return nil }
    var result = base
    for (at, level) in there.enumerated() {
      for axis in 0..<base.columns { result[level, axis] = axis < fit.axes ? fit.levels.principal[at, axis] : 0 }
    }
    return result
  }
}

extension Groundwork {
  fileprivate func rejection(
    _ failure: MultipleCorrespondence.Failure, _ table: CategoryTable, _ categories: CategorySettings
  ) -> Rejection {
    switch failure {
    case .noAssociation:
      let isAdjusted = categories.inertia == .adjusted || categories.inertia == .benzecri
      return rejection(
        "analysis.no-association", at: input.position,
        "a map needs answers to different variables that go together, and here they do so no more than chance would have it",
        hint: isAdjusted ? "'inertia: indicator' draws what there is" : nil)
    default:
      return rejection(
        "analysis.not-computable", at: input.position,
        "multiple correspondence analysis needs counts of like size: \(failure)")
    }
  }
}

/// A perceptual map by multiple correspondence analysis.
func computeCategoryMap(
  _ settings: PerceptualMapSettings, _ rows: inout SourceRows, _ ground: inout Groundwork
) throws(Rejection) -> Findings {
  let categories = CategorySettings(settings, &ground)
  let columns = CategoryColumns(rows, settings, categories, &ground)
  ground.applyWhere(to: &rows)
  try ground.check()
  let table = CategoryTable(
    columns, categories, seed: settings.seed, draws: settings.bootstrap, &rows, &ground)
  if let own = settings.own, let table {
    let brands = table.brandVariable.map { table.variables[$0].levels } ?? []
    if !brands.contains(own.name), !table.suppressedBrands.contains(own.name) {
      ground.fail(
        "analysis.unknown-name", at: own.position, "'own' is a brand of the table, and there is no '\(own.name)'",
        hint: nearestHint(to: own.name, among: brands))
    }
  }
  try ground.check()
  guard let table else { throw ground.unexplained }
  let map = try CategoryMap(table, settings, categories, &ground)
  return categoryFindings(map, table, settings, categories, rows, &ground)
}
