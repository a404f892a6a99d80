import Statistics

/// Counts have no respondents to draw again, only answers.
extension MapCredibility {
  /// Where brands stand over tables drawn anew: each count a Poisson number of its own mean, which, apart from the table's
  /// size that no map shows, is drawing as many independent answers again.
  func resampledCounts(_ points: MapPoints, _ table: BrandTable, _ settings: PerceptualMapSettings) -> PointRegions? {
    let empty = RespondentSample(
      .sums, brands: table.brands.count, attributes: table.attributes.count, respondents: 0, respondentOf: [],
      brandOf: [], shift: [Double](repeating: 0, count: table.attributes.count), seed: settings.seed)
    var fit = MapFit(empty, table, settings)
    fit.focus = points.focus
    let axes = min(2, points.axes)
    let base = fit.observed(points, table, axes: axes)
    let laws = table.values.storage.map(PoissonDraws.init)
    var places: [Double] = []
    var done = 0
    for draw in 0..<2 * settings.bootstrap where done < settings.bootstrap {
      var generator = SeededGenerator(seed: settings.seed, stream: UInt64(draw) + 1)
      let counts = laws.map { $0.next(&generator) }
      guard let found = fit.positions(counts[...], axes: axes, cases: 0) else { continue }
      places += found.turnedOnto(base, deciding: table.activeBrands).storage
      done += 1
    }
    guard done == settings.bootstrap else { return nil }
    return PointRegions(base, resampled: Matrix(rows: done, columns: base.storage.count, storage: places))
  }
}

/// Poisson numbers of one mean.
private struct PoissonDraws {
  private let mean: Double
  private let limit: Double

  init(_ mean: Double) {
    self.mean = mean
    // e^−mean by products alone: the same digits on every processor.
    var (term, sum) = (1.0, 1.0)
    let part = mean / 64
    for k in 1...14 {
      term *= -part / Double(k)
      sum += term
    }
    for _ in 0..<6 { sum *= sum }
    limit = mean < 30 ? sum : 0
  }

  /// Knuth's products of uniform numbers; from 30 on the normal distribution is near enough.
  func next(_ generator: inout SeededGenerator) -> Double {
    guard mean > 0 else { return 0 }
    guard mean < 30 else { return max(0, (mean + mean.squareRoot() * generator.normal()).rounded()) }
    var product = generator.uniform()
    var count = 0.0
    while product > limit {
      product *= generator.uniform()
      count += 1
    }
    return count
  }
}
