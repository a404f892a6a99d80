/// One mixture fitted again to resamples of its rows.
package struct MixtureRefit: Sendable {
  private let rows: MixtureRows
  private let family: CovarianceFamily
  private let components: Int
  private let weights: [Double]
  /// Of each different row in the mixture fitted to all.
  private let assignments: [Int32]
  private let floor: Double

  package init(
    _ points: Matrix, weights: [Double]?, mixture: GaussianMixture, floor: Double = MixtureSearch.varianceFloor
  ) throws(KMeans.Failure) {
    rows = try MixtureRows(points, weights: weights)
    family = mixture.family
    components = mixture.components
    self.weights = weights ?? [Double](repeating: 1, count: points.rows)
    self.floor = floor
    var own = [Int32](repeating: 0, count: rows.count)
    for (row, place) in rows.places.enumerated() { own[Int(place)] = Int32(mixture.assignments[row]) }
    assignments = own
  }

  /// The likeliest component of **every** row in the mixture fitted to a sample; the better of two climbs, from *k*-means
  /// of the sample and from the components of the whole.
  ///
  /// - Parameter times: How often each row was drawn.
  /// - Returns: nil where the sample has too few different rows or both climbs degenerate.
  package func assignments(times: [Double], seed: UInt64) -> [Int]? {
    let sample = rows.weighted(by: times.indices.map { times[$0] * weights[$0] })
    guard sample.weighted > components else { return nil }
    var ascent = GaussianAscent(sample, family, components: components, floor: floor)
    var ends: [Climbed] = []
    let values = family.isFull ? sample.white ?? sample.points : sample.points
    let points = Matrix(rows: sample.count, columns: sample.columns, storage: values)
    if let data = try? KMeansData(points, weights: sample.weights),
      let fit = try? data.fit(clusters: components, starts: 2, seed: seed, isThorough: false)
    {
      ascent.start(from: fit.assignments.map { Int32($0) })
      if let end = ascent.end(within: 60) { ends.append(end) }
    }
    ascent.start(from: assignments)
    if let end = ascent.end(within: 60) { ends.append(end) }
    guard let best = ends.max(by: { $0.logLikelihood < $1.logLikelihood }) else { return nil }
    ascent.start(from: best.sums)
    guard let found = ascent.memberships() else { return nil }
    let own = (0..<sample.count).map { row in
      (0..<components).reduce(0) { found[row, $1] > found[row, $0] ? $1 : $0 }
    }
    return rows.places.map { own[Int($0)] }
  }
}
