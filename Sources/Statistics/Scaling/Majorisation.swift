/// Stress minimised by majorisation (SMACOF): each step replaces the configuration by its Guttman transform.
///
/// De Leeuw, *Applications of convex analysis to multidimensional scaling* (1977); Borg & Groenen, *Modern
/// Multidimensional Scaling*, 2nd ed. (2005), chapters 8 and 9. Pairs that are not known have weight 0.
struct Majorisation: Sendable {
  struct Outcome: Sendable {
    /// Objects × dimensions, in an arbitrary position.
    var configuration: Matrix
    /// Stress-1.
    var stress: Double
    var steps: Int
    var hasConverged: Bool
  }

  let dissimilarities: Dissimilarities
  let fit: DisparityFit
  /// The generalised inverse of the Laplacian of the weights; nil where all pairs are known.
  private let inverse: Matrix?

  init(_ dissimilarities: Dissimilarities, _ level: ScalingLevel) throws(Dissimilarities.Failure) {
    self.dissimilarities = dissimilarities
    fit = DisparityFit(level, dissimilarities.values)
    guard !dissimilarities.isComplete else {
      inverse = nil
      return
    }
    let n = dissimilarities.count
    let share = 1 / Double(n)
    var laplacian = Matrix(rows: n, columns: n, repeating: share)
    for pair in dissimilarities.pairs {
      laplacian[pair.first, pair.second] -= 1
      laplacian[pair.second, pair.first] -= 1
      laplacian[pair.first, pair.first] += 1
      laplacian[pair.second, pair.second] += 1
    }
    var identity = Matrix(rows: n, columns: n)
    for i in 0..<n { identity[i, i] = 1 }
    do { inverse = try laplacian.solvingPositiveDefinite(identity).map { $0 - share } } catch { throw .notConverged }
  }

  /// Stress-1 of distances against their disparities: √(Σ(d − d̂)² / Σd²); 1 where all points coincide.
  static func stress(_ distances: [Double], _ disparities: [Double]) -> Double {
    var (misfit, size) = (0.0, 0.0)
    for (distance, disparity) in zip(distances, disparities) {
      misfit += (distance - disparity) * (distance - disparity)
      size += distance * distance
    }
    return size > 0 ? (misfit / size).squareRoot() : 1
  }

  /// Improves a configuration until a step lowers the squared stress by less than `tolerance`.
  func run(from start: Matrix, tolerance: Double = 1e-10, limit: Int = 2_000) -> Outcome {
    var configuration = start
    var distances = dissimilarities.distances(configuration)
    var disparities = fit(distances)
    var stress = Self.stress(distances, disparities)
    for step in 1...max(1, limit) {
      let plain = transform(configuration, distances, disparities)
      // Twice the step converges in half the steps (de Leeuw & Heiser 1980), but may climb: then the plain one is taken.
      var next = Matrix(
        rows: plain.rows, columns: plain.columns,
        storage: zip(plain.storage, configuration.storage).map { 2 * $0 - $1 })
      var nextDistances = dissimilarities.distances(next)
      var nextDisparities = fit(nextDistances)
      var found = Self.stress(nextDistances, nextDisparities)
      if !(found < stress) {
        next = plain
        nextDistances = dissimilarities.distances(next)
        nextDisparities = fit(nextDistances)
        found = Self.stress(nextDistances, nextDisparities)
      }
      // Only rounding can make a plain step climb.
      guard found < stress else {
        return Outcome(configuration: configuration, stress: stress, steps: step, hasConverged: true)
      }
      let gain = stress * stress - found * found
      (configuration, distances, disparities, stress) = (next, nextDistances, nextDisparities, found)
      if gain < tolerance {
        return Outcome(configuration: configuration, stress: stress, steps: step, hasConverged: true)
      }
    }
    return Outcome(configuration: configuration, stress: stress, steps: limit, hasConverged: false)
  }

  /// The Guttman transform; the disparities are brought to the size of the distances first, so that the two can be
  /// added in a longer step.
  private func transform(_ configuration: Matrix, _ distances: [Double], _ disparities: [Double]) -> Matrix {
    let p = configuration.columns
    var moved = Matrix(rows: configuration.rows, columns: p)
    configuration.storage.withUnsafeBufferPointer { x in
      moved.storage.withUnsafeMutableBufferPointer { target in
        for (at, pair) in dissimilarities.pairs.enumerated() where distances[at] > 1e-300 {
          let ratio = disparities[at] / distances[at]
          for k in 0..<p {
            let (a, b) = (pair.first * p + k, pair.second * p + k)
            let pull = ratio * (x[a] - x[b])
            target[a] += pull
            target[b] -= pull
          }
        }
      }
    }
    if let inverse { return inverse.multiplied(by: moved) }
    let share = 1 / Double(dissimilarities.count)
    return moved.map { $0 * share }
  }
}
