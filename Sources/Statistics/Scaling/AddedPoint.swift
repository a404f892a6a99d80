/// A place for one more object in a configuration that stays as it is.
package struct AddedPoint: Sendable {
  /// One coordinate a dimension.
  package let place: [Double]
  /// Σ (d − d̂)² over the pairs of the configuration and those of the added point, with the disparities fitted to all of
  /// them.
  package let misfit: Double

  /// Places an object where the squared misfit of all pairs is least.
  ///
  /// Majorisation of one point alone: the mean of the places that each fixed point would give it (Borg & Groenen, *Modern
  /// Multidimensional Scaling*, 2nd ed., 2005, section 8.6, with the other rows held). The pairs of the configuration take
  /// part in the fit of the disparities, so that the added point is measured on their scale.
  ///
  /// - Parameters:
  ///   - dissimilarities: Of the objects of the configuration.
  ///   - configuration: Objects × dimensions.
  ///   - added: How unlike the added object is to each, ≥ 0; NaN where it is not known.
  ///   - start: A place to start from; without it the search starts near each of the objects and at their centre.
  /// - Returns: Nil where no dissimilarity of the object is known.
  package static func place(
    _ added: [Double], in configuration: Matrix, of dissimilarities: Dissimilarities, level: ScalingLevel,
    from start: [Double]? = nil
  ) -> AddedPoint? {
    let known = added.indices.filter { added[$0].isFinite && $0 < configuration.rows }
    guard !known.isEmpty else { return nil }
    let search = AddedPointSearch(known, added, configuration, dissimilarities, level)
    if let start { return search.run(from: start, limit: 100) }
    var best: AddedPoint?
    for start in search.starts {
      let found = search.run(from: start, limit: 1_000)
      // Of places equally good the first one stays.
      if found.misfit < (best?.misfit ?? .infinity) * (1 - 1e-9) { best = found }
    }
    return best
  }
}

private struct AddedPointSearch {
  /// The places of the objects it is compared with.
  private let points: [[Double]]
  private let values: [Double]
  private let fixed: [Double]
  private let fit: DisparityFit

  init(
    _ known: [Int], _ added: [Double], _ configuration: Matrix, _ dissimilarities: Dissimilarities,
    _ level: ScalingLevel
  ) {
    points = known.map { Array(configuration.row($0)) }
    values = known.map { added[$0] }
    fixed = dissimilarities.distances(configuration)
    fit = DisparityFit(level, dissimilarities.values + values)
  }

  /// The centre, and a step from each object towards it: at most 40 of them, the objects most alike first.
  var starts: [[Double]] {
    let dimensions = points[0].count
    let centre = (0..<dimensions).map { axis in points.reduce(0) { $0 + $1[axis] } / Double(points.count) }
    let size = points.reduce(0) { max($0, AddedPointSearch.distance($1, centre)) }
    let nearest = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }.prefix(40)
    let off = (0..<dimensions).map { size * (0.05 - 0.02 * Double($0 % 2)) }
    return [zip(centre, off).map { $0 + $1 }]
      + nearest.flatMap { at -> [[Double]] in
        let (point, opposite) = (points[at], zip(points[at], centre).map { 2 * $1 - $0 })
        return [zip(zip(point, centre), off).map { 0.9 * $0.0 + 0.1 * $0.1 + $1 }, zip(opposite, off).map { $0 + $1 }]
      }
  }

  private static func distance(_ a: [Double], _ b: [Double]) -> Double {
    zip(a, b).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
  }

  private func measured(_ place: [Double]) -> (distances: [Double], disparities: ArraySlice<Double>, misfit: Double) {
    let distances = points.map { AddedPointSearch.distance($0, place) }
    let all = fixed + distances
    let disparities = fit(all)
    let misfit = zip(all, disparities).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    return (distances, disparities.suffix(distances.count), misfit)
  }

  func run(from start: [Double], limit: Int) -> AddedPoint {
    var place = start
    var now = measured(place)
    let size = fixed.reduce(0) { $0 + $1 * $1 }
    for _ in 0..<limit {
      var next = [Double](repeating: 0, count: place.count)
      for (at, disparity) in now.disparities.enumerated() {
        let distance = now.distances[at]
        let ratio = distance > 1e-300 ? disparity / distance : 0
        for axis in place.indices { next[axis] += points[at][axis] + ratio * (place[axis] - points[at][axis]) }
      }
      next = next.map { $0 / Double(points.count) }
      let found = measured(next)
      guard found.misfit < now.misfit else { break }
      let gain = now.misfit - found.misfit
      (place, now) = (next, found)
      if gain < 1e-13 * size { break }
    }
    return AddedPoint(place: place, misfit: now.misfit)
  }
}
