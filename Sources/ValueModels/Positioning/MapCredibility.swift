import Statistics

/// How far a map can be believed: regions of brands over resamples of respondents, and whether its first two dimensions
/// show more than chance.
struct MapCredibility {
  /// In the coordinates drawn.
  var regions: PointRegions?
  /// In principal coordinates, where distances between brands mean something.
  var pairs: PointRegions?
  var confidence = 0.95
  /// Resamples that could not be analysed and were replaced.
  var replaced = 0
  /// As `pairs`, of counts in waves drawn again as if every answer were independent: for movements only.
  var movesOfAnswers: PointRegions?
  var pValue: Double?
  /// Permutations behind the probability; nil where it is that of a χ² test.
  var permutations: Int?
  /// Whether brands changed places between respondents, each of whom answered about one only.
  var permutesBetween = false

  init() {}

  init(_ points: MapPoints, _ table: BrandTable, _ settings: PerceptualMapSettings) {
    confidence = settings.confidence
    guard let sample = table.sample else {
      pValue = points.independence
      if table.waves != nil, table.content == "counts", settings.bootstrap > 0 {
        movesOfAnswers = resampledCounts(points, table, settings)
      }
      return
    }
    var fit = MapFit(sample, table, settings)
    fit.focus = points.focus
    if settings.bootstrap > 0 { resample(points, table, settings, fit) }
    if settings.permutation > 0 { permute(points, table, settings, fit) }
  }

  /// True where the brands' regions overlap or their difference is within chance.
  func distinguishes(_ a: Int, _ b: Int) -> Bool? {
    pairs.map {
      $0.distinguishes(a, b, confidence: confidence) && !$0.overlaps(a, b, confidence: confidence)
    }
  }

  private mutating func resample(
    _ points: MapPoints, _ table: BrandTable, _ settings: PerceptualMapSettings, _ fit: MapFit
  ) {
    let axes = min(2, points.axes)
    let base = fit.observed(points, table, axes: axes)
    let active = table.activeBrands
    let wanted = settings.bootstrap
    var places: [Double] = []
    places.reserveCapacity(wanted * base.storage.count)
    var done = 0
    var asked = 0
    // A resample can miss all answers of a small brand; another takes its place, up to as many again.
    while done < wanted, asked < 2 * wanted {
      let next = asked..<min(2 * wanted, asked + wanted - done)
      Resamples.totals(fit.sample.contributions, draws: next, seed: settings.seed, strata: fit.sample.strata) {
        _, totals in
        guard let found = fit.positions(totals, axes: axes, cases: fit.sample.cases) else { return }
        places += found.turnedOnto(base, deciding: active).storage
        done += 1
      }
      asked = next.upperBound
    }
    replaced = asked - done
    guard done == wanted else { return }
    let resampled = Matrix(rows: done, columns: base.storage.count, storage: places)
    pairs = PointRegions(base, resampled: resampled)
    if let transform = points.drawnFromPrincipal {
      // Brand after brand stands in each row, two coordinates each.
      let moved = Matrix(rows: done * base.rows, columns: axes, storage: places).multiplied(by: transform)
      regions = PointRegions(
        points.drawn.rows.firstColumns(axes),
        resampled: Matrix(rows: done, columns: base.storage.count, storage: moved.storage))
      return
    }
    let stretch = points.stretch(axes: axes)
    regions = PointRegions(
      points.drawn.rows.firstColumns(axes), resampled: resampled.scalingColumns(by: stretch.storage))
  }

  private mutating func permute(
    _ points: MapPoints, _ table: BrandTable, _ settings: PerceptualMapSettings, _ fit: MapFit
  ) {
    let blocks = fit.sample.blocks
    guard blocks.canPermute else { return }
    // Where respondents rated many different sets of brands, fewer permutations keep the time in bounds.
    let affordable = 600_000_000 / max(1, blocks.work)
    let draws = min(settings.permutation, max(199, affordable))
    let observed = points.leadingInertia
    guard let statistic = PermutedStatistic(fit, table) else { return }
    var reached = 0
    for draw in 0..<draws {
      var generator = SeededGenerator(seed: settings.seed, stream: 1 << 40 + UInt64(draw))
      // One that cannot be analysed speaks for chance.
      guard let value = statistic(blocks.permuted(&generator)) else {
        reached += 1
        continue
      }
      if value >= observed * (1 - 1e-9) { reached += 1 }
    }
    pValue = Double(reached + 1) / Double(draws + 1)
    permutations = draws
    permutesBetween = blocks.isBetween
  }
}

/// What the first two dimensions show of totals in which brands have changed places, in the units of the map.
private struct PermutedStatistic {
  private let fit: MapFit
  private let original: Matrix
  private let deviations: [Double]
  private let products: Matrix
  private let supplementary: Set<Int>

  init?(_ fit: MapFit, _ table: BrandTable) {
    self.fit = fit
    let values = table.values
    original = values
    supplementary = Set(table.supplementaryBrands)
    let active = table.activeBrands
    // The map's own standard deviations: those of the permuted means would blow chance up to the size of the map.
    deviations = (0..<values.columns).map { column in
      guard fit.scale == .correlation else { return 1 }
      let mean = active.reduce(0) { $0 + values[$1, column] } / Double(active.count)
      let variance =
        active.reduce(0) {
          $0 + (values[$1, column] - mean) * (values[$1, column] - mean)
        } / Double(active.count)
      return variance > 0 ? variance.squareRoot() : 1
    }
    let moments = fit.moments(fit.totals[...], cases: fit.sample.cases)
    if fit.method == .discriminant, moments == nil { return nil }
    products = moments?.crossProducts ?? Matrix(rows: 0, columns: 0)
    factor = moments == nil ? 1 : fit.factor(fit.totals[...], cases: fit.sample.cases)
  }

  private let factor: Double

  func callAsFunction(_ totals: Matrix) -> Double? {
    let p = fit.sample.attributes
    var values = totals.firstColumns(p)
    switch fit.method {
    case .correspondence:
      for brand in supplementary { for j in 0..<p { values[brand, j] = original[brand, j] } }
      let found = try? CorrespondenceAnalysis.fit(
        values, supplementaryRows: fit.supplementaryBrands, supplementaryColumns: fit.supplementaryAttributes)
      return found?.principalInertias.prefix(2).reduce(0, +)
    case .components:
      for brand in 0..<values.rows {
        for j in 0..<p {
          if supplementary.contains(brand) {
            values[brand, j] = original[brand, j]
          } else {
            let weight = totals[brand, fit.sample.content == .cellMeans ? p + j : p]
            guard weight > 0 else { return nil }
            values[brand, j] /= weight
          }
          values[brand, j] /= deviations[j]
        }
      }
      let found = try? PrincipalComponents.fit(
        values, scale: .covariance, supplementaryRows: fit.supplementaryBrands,
        supplementaryColumns: fit.supplementaryAttributes)
      return found?.eigenvalues.prefix(2).reduce(0, +)
    case .discriminant:
      let active = (0..<values.rows).filter { !supplementary.contains($0) }
      let chosen = values.selecting(rows: active).map { $0 * factor }
      // Squares and products do not change when brands change places.
      let found = try? DiscriminantAnalysis.fit(
        GroupMoments(weights: active.map { totals[$0, p] * factor }, sums: chosen, crossProducts: products),
        supplementaryColumns: fit.supplementaryAttributes)
      return found?.eigenvalues.prefix(2).reduce(0, +)
    case .scaling, .categories: return nil
    }
  }
}
