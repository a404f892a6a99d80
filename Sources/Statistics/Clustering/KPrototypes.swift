/// A partition of cases described by numbers and categories (Huang 1998): each cluster has the means of the numbers and
/// the commonest level of each category, and
/// Σ weight · (squared distance to the means + γ · categories that differ from the commonest level) is made small.
///
/// Seeds as in k-means++, batches of all cases, then single cases moved with what the move really costs, which goes on
/// where the batches of other programs stop; the best of several starts, which are combined where few agree. The same
/// seed gives the same partition on any number of cores.
package struct KPrototypes: Sendable {
  /// Why cases cannot be clustered; indices are those of the tables given.
  package enum Failure: Error, Equatable, Sendable {
    /// There are no rows, or no columns.
    case noCases
    /// Numbers and categories have different numbers of rows.
    case rowCount
    /// NaN or infinity among the numbers.
    case notFinite(row: Int, column: Int)
    /// A category without a value.
    case missingCategory(row: Int, category: Int)
    /// γ is negative or not finite.
    case badGamma(Double)
    /// The weights are not one a row.
    case weightCount(Int)
    /// A weight that is negative or not finite, or all weights are 0 (row 0).
    case badWeight(row: Int)
    /// Fewer than one cluster.
    case tooFewClusters(Int)
    /// More clusters than rows that differ (and weigh more than 0).
    case moreClustersThanDistinctRows(clusters: Int, distinct: Int)
    /// Values so far apart that their sum of squares is not a finite number.
    case tooLarge
  }

  /// The cluster of each row; clusters stand in order of weight, the largest first.
  package let assignments: [Int]
  /// Clusters × numbers, in the unit given.
  package let centres: Matrix
  /// The commonest level of each category, cluster by cluster; of equals the first level.
  package let modes: [[Int]]
  /// The number of rows of weight > 0 in each cluster.
  package let sizes: [Int]
  /// What the search makes small, in the weights given.
  package let objective: Double
  /// Its part from the numbers; the rest comes from the categories.
  package let withinSS: Double
  package let gamma: Double
  /// Rows of weight > 0 that differ.
  package let distinctRows: Int
  /// The number of starts.
  package let starts: Int
  /// How many of them, once combined, came to the best objective, to 1 part in 10⁹.
  package let bestStarts: Int

  package var clusters: Int { sizes.count }

  /// Huang's rule for γ: half the mean standard deviation (divisor *n* − 1) of the numbers; 1 where there are none.
  package static func gamma(_ numbers: Matrix, weights: [Double]? = nil) -> Double {
    let spreads = (0..<numbers.columns).compactMap { column in
      (try? Moments(numbers.column(column), weights: weights))?.sampleVariance?.squareRoot()
    }
    let sum = spreads.reduce(0, +)
    return sum > 0 ? sum / Double(spreads.count) / 2 : 1
  }

  /// Clusters the same cases for several *k*.
  ///
  /// - Parameters:
  ///   - numbers: Rows × numbers, finite, standardised as wanted; no columns for categories alone.
  ///   - categories: Rows × categories, without missing answers; no questions for numbers alone.
  ///   - gamma: What a differing category costs, ≥ 0, in squared units of the numbers.
  ///   - clusters: Each at least 1 and at most the number of rows that differ.
  ///   - weights: One a row, ≥ 0; nil is 1 each.
  ///   - starts: How many random starts, at least 1.
  ///   - seed: Start *s* has a random sequence of its own.
  package static func fits(
    _ numbers: Matrix, _ categories: CategoricalAnswers, gamma: Double, clusters: [Int], weights: [Double]? = nil,
    starts: Int = 50, seed: UInt64 = 1
  ) throws(Failure) -> [KPrototypes] {
    let cases = try MixedCases(numbers, categories, gamma: gamma, weights: weights)
    var results: [KPrototypes] = []
    for k in clusters {
      guard k >= 1 else { throw .tooFewClusters(k) }
      guard k <= cases.distinctRows else {
        throw .moreClustersThanDistinctRows(clusters: k, distinct: cases.distinctRows)
      }
      let search = KPrototypesSearch(cases: cases, clusters: k)
      let (best, hits) = search.best(starts: starts, seed: seed)
      results.append(KPrototypes(cases, best, numbers, categories, starts: k == 1 ? 1 : max(1, starts), hits: hits))
    }
    return results
  }

  init(
    _ cases: MixedCases, _ found: KPrototypesSearch.Descended, _ numbers: Matrix, _ categories: CategoricalAnswers,
    starts: Int, hits: Int
  ) {
    let k = found.prototypes.clusters
    let (p, q) = (cases.numbers, cases.categories)
    var weights = [Double](repeating: 0, count: k)
    var counts = [Int](repeating: 0, count: k)
    var first = [Int](repeating: cases.rows, count: k)
    for (row, cluster) in found.assignments.enumerated() {
      weights[Int(cluster)] += cases.weights[row]
      counts[Int(cluster)] += 1
      first[Int(cluster)] = min(first[Int(cluster)], row)
    }
    let order = (0..<k).sorted { (-weights[$0], first[$0]) < (-weights[$1], first[$1]) }
    var place = [Int](repeating: 0, count: k)
    for (new, old) in order.enumerated() { place[old] = new }
    var means = Matrix(rows: k, columns: p)
    var within = 0.0
    for (new, old) in order.enumerated() {
      for j in 0..<p { means[new, j] = found.prototypes.means[old * p + j] + cases.means[j] }
    }
    for (row, cluster) in found.assignments.enumerated() {
      for j in 0..<p {
        let difference = cases.points[row * p + j] - found.prototypes.means[Int(cluster) * p + j]
        within += cases.weights[row] * difference * difference
      }
    }
    let commonest = order.map { old in
      (0..<q).map { Int(found.prototypes.places[old * q + $0]) - cases.starts[$0] }
    }
    centres = means
    modes = commonest
    sizes = order.map { counts[$0] }
    objective = found.objective * cases.weightUnit
    withinSS = within * cases.weightUnit
    gamma = cases.gamma
    distinctRows = cases.distinctRows
    self.starts = starts
    bestStarts = hits
    let gamma = cases.gamma
    assignments = cases.ofAllRows(found.assignments.map { place[Int($0)] }) { row in
      Self.nearest(row, numbers, categories, means, commonest, gamma)
    }
  }

  /// The cluster whose prototype is nearest to a row, the first of equals.
  private static func nearest(
    _ row: Int, _ numbers: Matrix, _ categories: CategoricalAnswers, _ centres: Matrix, _ modes: [[Int]],
    _ gamma: Double
  ) -> Int {
    var best = (cluster: 0, cost: Double.infinity)
    for c in modes.indices {
      var cost = 0.0
      for j in 0..<centres.columns {
        cost += (numbers[row, j] - centres[c, j]) * (numbers[row, j] - centres[c, j])
      }
      for (category, mode) in modes[c].enumerated() where Int(categories.codes[category][row]) != mode { cost += gamma }
      if cost < best.cost { best = (c, cost) }
    }
    return best.cluster
  }
}
