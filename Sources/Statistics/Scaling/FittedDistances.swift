/// How a configuration, however it was made, fits dissimilarities at a level.
package struct FittedDistances: Sendable {
  /// Of every known pair.
  package let distances: [Double]
  package let disparities: [Double]
  /// Stress-1, 0–1.
  package let stress: Double
  /// The part of each object in the squared misfit; they sum to 1 (0 where there is none).
  package let misfitShares: [Double]
}

extension Dissimilarities {
  /// Measures a configuration of objects × dimensions.
  package func fitted(_ configuration: Matrix, _ level: ScalingLevel) -> FittedDistances {
    let distances = distances(configuration)
    let disparities = DisparityFit(level, values)(distances)
    var shares = [Double](repeating: 0, count: count)
    var total = 0.0
    for (at, pair) in pairs.enumerated() {
      let misfit = (distances[at] - disparities[at]) * (distances[at] - disparities[at])
      shares[pair.first] += misfit / 2
      shares[pair.second] += misfit / 2
      total += misfit
    }
    return FittedDistances(
      distances: distances, disparities: disparities, stress: Majorisation.stress(distances, disparities),
      misfitShares: shares.map { total > 0 ? $0 / total : 0 })
  }
}
