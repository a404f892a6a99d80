/// A partition of points into *k* clusters of least within-cluster sum of squares.
///
/// Seeds by k-means++ (Arthur & Vassilvitskii 2007), batches by Lloyd with Hamerly's bounds (2010), then single moves by
/// Hartigan's rule (Hartigan & Wong 1979) until no move of one point lowers the sum: a true local optimum. The best of
/// several starts. Unless nearly all starts agree on the best (above 1,000 rows: a fifth of them), each is combined with
/// the result of another, the better of two drawn by chance, and keeps what comes of it when that is better, in up to 8
/// rounds (2 above 5,000 rows); then, up to 5,000 rows, single centres of the best are moved elsewhere by chance as long
/// as that helps. This finds sums of squares that thousands of starts miss. Above 20,000 rows starts go down on samples, and
/// the best of them on all rows. The same seed gives the same partition on any number of threads.
package struct KMeans: Sendable {
  /// Why points cannot be clustered; indices are those of the matrix given.
  package enum Failure: Error, Equatable, Sendable {
    /// There are no rows.
    case noRows
    /// There are no columns.
    case noColumns
    /// NaN or infinity.
    case notFinite(row: Int, column: Int)
    /// k < 1.
    case tooFewClusters(Int)
    /// More clusters than rows that differ (and weigh more than 0).
    case moreClustersThanDistinctRows(clusters: Int, distinct: Int)
    /// The weights are not one a row.
    case weightCount(Int)
    /// A weight that is negative or not finite, or all weights are 0 (row 0).
    case badWeight(row: Int)
    /// Values so far apart that their sum of squares is not a finite number.
    case tooLarge
  }

  /// The cluster of each row, 0 ..< k. A row of weight 0 goes to the nearest centre.
  package let assignments: [Int]
  /// The weighted mean of each cluster, k × columns, clusters ordered by size (weight) from the largest; ties by centre,
  /// the smaller first.
  package let centres: Matrix
  /// The number of rows of weight > 0 in each cluster, each ≥ 1.
  package let sizes: [Int]
  /// The weight of each cluster.
  package let weights: [Double]
  /// The sum of weighted squared distances to the centre, a cluster each.
  package let withinSS: [Double]
  /// The sum of weighted squared distances to the mean of all.
  package let totalSS: Double
  /// The number of starts.
  package let starts: Int
  /// How many starts, once combined, came to the best sum of squares, to 1 part in 10⁹; at least 1. Few of many means that
  /// a better one may exist.
  package let bestStarts: Int

  /// The number of clusters.
  package var clusters: Int { sizes.count }
  /// The sum over clusters, which the method makes small.
  package var totalWithinSS: Double { withinSS.reduce(0, +) }
  /// The part of the total between clusters.
  package var betweenSS: Double { max(0, totalSS - totalWithinSS) }

  /// Clusters the rows of a matrix.
  ///
  /// - Parameters:
  ///   - points: Cases × variables, finite, already standardised as wanted.
  ///   - clusters: *k*, at least 1 and at most the number of rows that differ.
  ///   - weights: One a row, ≥ 0; `nil` is 1 each.
  ///   - starts: How many random starts, at least 1.
  ///   - seed: The seed of the starts; start *s* has a sequence of its own.
  package static func fit(
    _ points: Matrix, clusters: Int, weights: [Double]? = nil, starts: Int = 50, seed: UInt64 = 1
  ) throws(Failure) -> KMeans {
    try KMeansData(points, weights: weights).fit(clusters: clusters, starts: starts, seed: seed)
  }

  /// Clusters the same rows for several *k*, checking and centring them once.
  package static func fits(
    _ points: Matrix, clusters: [Int], weights: [Double]? = nil, starts: Int = 50, seed: UInt64 = 1
  ) throws(Failure) -> [KMeans] {
    let data = try KMeansData(points, weights: weights)
    var results: [KMeans] = []
    for k in clusters { results.append(try data.fit(clusters: k, starts: starts, seed: seed)) }
    return results
  }

  /// The best partition of several starts, its clusters put in order.
  init(_ data: KMeansData, assignments given: [Int32], clusters k: Int, starts: Int, bestStarts: Int) throws(Failure) {
    let summary = ClusterSummary(data, assignments: given, clusters: k)
    let order = (0..<k).sorted { a, b in
      if summary.weights[a] != summary.weights[b] { return summary.weights[a] > summary.weights[b] }
      return summary.centres.row(a).lexicographicallyPrecedes(summary.centres.row(b))
    }
    var place = [Int](repeating: 0, count: k)
    for (new, old) in order.enumerated() { place[old] = new }
    let ordered = summary.centres.selecting(rows: order)
    let square = data.unit * data.unit
    assignments = data.assignmentsOfAllRows(given.map { place[Int($0)] }, centres: ordered)
    var inOwnUnit = ordered
    for c in 0..<k { for j in 0..<ordered.columns { inOwnUnit[c, j] = ordered[c, j] * data.unit + data.means[j] } }
    centres = inOwnUnit
    sizes = order.map { summary.sizes[$0] }
    weights = order.map { summary.weights[$0] * data.weightUnit }
    withinSS = order.map { summary.withinSS[$0] * data.weightUnit * square }
    totalSS = data.totalSS * data.weightUnit * square
    self.starts = starts
    self.bestStarts = bestStarts
    guard totalSS.isFinite else { throw .tooLarge }
  }
}

/// Centres, weights and sums of squares of a partition, computed afresh.
private struct ClusterSummary {
  var centres: Matrix
  var sizes: [Int]
  var weights: [Double]
  var withinSS: [Double]

  init(_ data: KMeansData, assignments: [Int32], clusters k: Int) {
    let d = data.columns
    centres = Matrix(rows: k, columns: d)
    sizes = [Int](repeating: 0, count: k)
    weights = [Double](repeating: 0, count: k)
    withinSS = weights
    for i in 0..<data.rows {
      let c = Int(assignments[i])
      sizes[c] += 1
      weights[c] += data.weights[i]
      for j in 0..<d { centres.storage[c * d + j] += data.weights[i] * data.points[i * d + j] }
    }
    for c in 0..<k where weights[c] > 0 { for j in 0..<d { centres.storage[c * d + j] /= weights[c] } }
    for i in 0..<data.rows {
      let c = Int(assignments[i])
      var square = 0.0
      for j in 0..<d {
        let difference = data.points[i * d + j] - centres.storage[c * d + j]
        square += difference * difference
      }
      withinSS[c] += data.weights[i] * square
    }
  }
}
