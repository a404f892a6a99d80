/// The best mixture of several starts, for several families and numbers of components.
///
/// All begin from Ward's tree and *k*-means, both on the points as they are and with their covariance the identity, from
/// the best mixtures of the families that are special cases, and from the next larger mixture with two components made one.
/// Each start climbs a few steps, the best two to the end. The mixtures of best BIC are then challenged by random starts:
/// many short climbs, the better ones longer, the best few to the end (Biernacki, Celeux & Govaert 2003).
package enum MixtureSearch {
  /// Why a family has no mixture of this many components.
  package enum Refusal: Error, Equatable, Sendable {
    /// Covariances of variables that depend on each other linearly have no inverse.
    case dependentVariables
    /// Every start led to a component without spread (or nearly without rows).
    case degenerate
    /// More free parameters than rows.
    case tooManyParameters(Int)
    /// More components than rows that differ.
    case moreComponentsThanDistinctRows
  }

  /// One family and number of components.
  package struct Attempt: Sendable {
    package let family: CovarianceFamily
    package let components: Int
    package let result: Result<GaussianMixture, Refusal>

    package var mixture: GaussianMixture? { try? result.get() }
  }

  /// The share of the variance of all rows below which a component counts as having none, in its narrowest direction (full
  /// covariances), for a variable (diagonal), or on average (spherical).
  package static let varianceFloor = 1e-4

  /// How many mixtures, the best by BIC, are challenged by random starts.
  package static let challenged = 3

  /// - Parameters:
  ///   - points: Cases × variables, finite.
  ///   - components: Each at least 1.
  ///   - starts: Random starts for each of the mixtures challenged.
  /// - Returns: An attempt for each number and, within it, each family, in the order given (families by complexity).
  package static func fits(
    _ points: Matrix, weights: [Double]? = nil, components: [Int], families: [CovarianceFamily], starts: Int = 50,
    seed: UInt64 = 1, floor: Double = MixtureSearch.varianceFloor
  ) throws(KMeans.Failure) -> [Attempt] {
    let rows = try MixtureRows(points, weights: weights)
    if let bad = components.first(where: { $0 < 1 }) { throw .tooFewClusters(bad) }
    let partitions = try StartingPartitions(rows, families: families)
    var board = MixtureBoard(rows, components: components, families: families.sorted(), floor: floor)
    board.fill(from: partitions.all(rows, clusters: components, seed: seed))
    board.challenge(Self.challenged, starts: starts, seed: seed)
    return board.attempts()
  }
}
