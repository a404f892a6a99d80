/// A configuration of objects whose distances follow dissimilarities as closely as any found from many starts.
package struct MultidimensionalScaling: Sendable {
  package let level: ScalingLevel
  /// Objects × dimensions, around 0, turned to principal axes, the largest coordinate of each positive. Ratio: in units
  /// of the dissimilarities; else the disparities have a mean square of 1.
  package let configuration: Matrix
  /// Stress-1, 0–1.
  package let stress: Double
  /// Of every known pair, in the order of the dissimilarities.
  package let distances: [Double]
  package let disparities: [Double]
  /// The part of each object in the squared misfit; they sum to 1 (0 where there is none).
  package let misfitShares: [Double]
  /// The classical start and the random ones.
  package let starts: Int
  /// How many of them came within 0.1 % (or 10⁻⁴) of the best stress.
  package let startsAtBest: Int
  package let hasConverged: Bool
  /// The disparities have three steps or fewer, or half of the objects share a place: the order is kept in a trivial way,
  /// and distances say nothing.
  package let isDegenerate: Bool

  /// Scales dissimilarities by majorisation, from the classical configuration and from random ones.
  ///
  /// - Parameters:
  ///   - dimensions: 1 ..< objects.
  ///   - starts: Random starts besides the classical one; a single dimension, where minima are many, gets more.
  /// - Throws: `.tooFew` where there are not more objects than dimensions.
  package static func fit(
    _ dissimilarities: Dissimilarities, level: ScalingLevel, dimensions: Int, starts: Int, seed: UInt64
  ) throws(Dissimilarities.Failure) -> MultidimensionalScaling {
    guard dimensions >= 1, dimensions < dissimilarities.count else { throw .tooFew(dissimilarities.count) }
    let search = try StartSearch(dissimilarities, level, dimensions: dimensions, seed: seed)
    let found = search.run(starts: starts)
    return try MultidimensionalScaling(dissimilarities, level, found)
  }

  /// Scales dissimilarities near those of a configuration, from that configuration alone: what a resample needs, since
  /// its best map is seldom another one.
  ///
  /// - Parameter start: Objects × dimensions.
  /// - Returns: Objects × dimensions around 0, in the units of `configuration`, not turned.
  package static func configuration(
    of dissimilarities: Dissimilarities, level: ScalingLevel, near start: Matrix
  ) throws(Dissimilarities.Failure) -> Matrix {
    let found = try Majorisation(dissimilarities, level).run(from: start, tolerance: 1e-7, limit: 200)
    return dissimilarities.sized(aroundZero(found.configuration), level)
  }

  private init(
    _ dissimilarities: Dissimilarities, _ level: ScalingLevel, _ found: StartSearch.Found
  ) throws(Dissimilarities.Failure) {
    configuration = dissimilarities.sized(try principalAxes(found.best.configuration), level)
    let fitted = dissimilarities.fitted(configuration, level)
    distances = fitted.distances
    disparities = fitted.disparities
    stress = fitted.stress
    misfitShares = fitted.misfitShares
    self.level = level
    starts = found.starts
    startsAtBest = found.startsAtBest
    hasConverged = found.best.hasConverged
    isDegenerate = Self.isDegenerate(configuration, disparities, level)
  }

  private static func isDegenerate(_ configuration: Matrix, _ disparities: [Double], _ level: ScalingLevel) -> Bool {
    guard case .ordinal = level, disparities.count >= 10 else { return false }
    let sorted = disparities.sorted()
    let largest = sorted.last ?? 0
    let steps = zip(sorted, sorted.dropFirst()).count { $1 - $0 > 1e-4 * largest } + 1
    var places: [[Double]] = []
    for i in 0..<configuration.rows {
      let point = Array(configuration.row(i))
      let isNew = places.allSatisfy { place in
        zip(place, point).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) } > 1e-6 * largest * largest
      }
      if isNew { places.append(point) }
    }
    return steps <= 3 || 2 * places.count <= configuration.rows
  }
}

extension Dissimilarities {
  /// A configuration brought to the units in which it is given: ratio: those of the dissimilarities; else disparities of
  /// mean square 1.
  fileprivate func sized(_ configuration: Matrix, _ level: ScalingLevel) -> Matrix {
    let rough = DisparityFit(level, values)(distances(configuration))
    let size = rough.reduce(0) { $0 + $1 * $1 }
    let wanted = level == .ratio ? values.reduce(0) { $0 + $1 * $1 } : Double(rough.count)
    let factor = size > 0 ? (wanted / size).squareRoot() : 1
    return configuration.map { $0 * factor }
  }
}

private func aroundZero(_ configuration: Matrix) -> Matrix {
  let means = configuration.columnSums.map { $0 / Double(max(1, configuration.rows)) }
  var result = configuration
  for i in 0..<result.rows { for j in 0..<result.columns { result[i, j] -= means[j] } }
  return result
}

/// A configuration around 0 on its principal axes, each with its largest coordinate positive.
private func principalAxes(_ configuration: Matrix) throws(Dissimilarities.Failure) -> Matrix {
  let centred = aroundZero(configuration)
  let right: Matrix
  do { right = try centred.singularValues().right } catch { throw .notConverged }
  let turned = centred.multiplied(by: right)
  return turned.scalingColumns(by: axisSigns(columns: Matrix(rows: 0, columns: turned.columns), rows: turned))
}
