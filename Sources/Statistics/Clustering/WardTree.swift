/// The tree of Ward's method (1963) on Euclidean distances, squared: “ward.D2” of R's `hclust`.
///
/// Identical rows are merged first, at height 0. Above `mostRows` different rows, all pairs would take too long: the rows
/// are first divided into `fineGroups` groups by one run of *k*-means, and the tree joins those.
package struct WardTree: Sendable {
  /// The height of each merge, rising: √2 times the root of what it adds to the sum of squares within, so that two single
  /// points merge at their distance. Identical rows (of weight > 0) have 0. Rows − 1 heights; from fine groups,
  /// `fineGroups` − 1.
  package let heights: [Double]
  /// How many groups the tree starts from where there were too many different rows; nil where it starts from the rows.
  package let fineGroups: Int?
  /// Different rows of weight > 0.
  package var distinctRows: Int { data.distinctRows }

  private let data: KMeansData
  /// The leaf of each row of `data`.
  private let leaves: [Int32]
  private let merges: [WardChain.Merge]

  /// More different rows are grouped by *k*-means first: at this number the tree takes some 6 s for ten variables.
  package static let mostRows = 20_000
  /// Into so many groups.
  package static let groupsOfMany = 1_000

  /// - Parameters:
  ///   - points: Cases × variables, finite, already standardised as wanted.
  ///   - weights: One a row, ≥ 0; `nil` is 1 each. A row of weight 2 is two rows.
  ///   - mostRows: Above this many different rows, fine groups are formed first.
  package init(
    _ points: Matrix, weights: [Double]? = nil, mostRows: Int = WardTree.mostRows, seed: UInt64 = 1
  ) throws(KMeans.Failure) {
    let data = try KMeansData(points, weights: weights)
    self.data = data
    let isMany = data.distinctRows > mostRows
    let count: Int
    if isMany {
      count = min(Self.groupsOfMany, mostRows)
      leaves = data.fineGroups(count, seed: seed)
    } else {
      (leaves, count) = data.identicalRows()
    }
    fineGroups = isMany ? count : nil
    let d = data.columns
    var masses = [Double](repeating: 0, count: count)
    var centres = [Double](repeating: 0, count: count * d)
    for row in 0..<data.rows {
      let leaf = Int(leaves[row])
      masses[leaf] += data.weights[row]
      // Identical rows are taken as they are: a mean of them would round.
      let share = isMany ? data.weights[row] / masses[leaf] : 1
      for j in 0..<d { centres[leaf * d + j] += (data.points[row * d + j] - centres[leaf * d + j]) * share }
    }
    merges = WardChain(points: centres, columns: d, weights: masses).merges()
    let zeros = isMany ? 0 : data.rows - count
    let unit = data.unit
    let scale = data.weightUnit
    heights =
      [Double](repeating: 0, count: zeros) + merges.map { (2 * $0.rise * scale).squareRoot() * unit }
  }

  /// The clusters of the tree cut into *k*, and what *k*-means makes of them.
  ///
  /// - Parameter consolidating: Whether rows then move to nearer centres until none helps (*k*-means from the centres of
  ///   the cut), which lowers the sum of squares and leaves the tree.
  package func partition(clusters k: Int, consolidating: Bool) throws(KMeans.Failure) -> KMeans {
    try partitions(clusters: [k], consolidating: consolidating)[0]
  }

  /// The same for several *k*.
  package func partitions(clusters: [Int], consolidating: Bool) throws(KMeans.Failure) -> [KMeans] {
    var results: [KMeans] = []
    for k in clusters {
      guard k >= 1 else { throw .tooFewClusters(k) }
      guard k <= merges.count + 1 else {
        throw .moreClustersThanDistinctRows(clusters: k, distinct: merges.count + 1)
      }
      var assignments = cut(k)
      if consolidating, k > 1 { assignments = data.consolidated(assignments, clusters: k) }
      results.append(try KMeans(data, assignments: assignments, clusters: k, starts: 1, bestStarts: 1))
    }
    return results
  }

  /// The cluster of each row of `data` where the tree has *k* branches.
  private func cut(_ k: Int) -> [Int32] {
    let count = merges.count + 1
    // From the top down: the last k − 1 merges are undone, each node below takes the branch of the one above.
    var branch = [Int32](repeating: -1, count: count + merges.count)
    var next: Int32 = 0
    for step in merges.indices.reversed() {
      let isUndone = step > merges.count - k
      for node in [Int(merges[step].first), Int(merges[step].second)] {
        if isUndone {
          branch[node] = -1
        } else {
          if branch[count + step] < 0 {
            branch[count + step] = next
            next += 1
          }
          branch[node] = branch[count + step]
        }
      }
    }
    for leaf in 0..<count where branch[leaf] < 0 {
      branch[leaf] = next
      next += 1
    }
    return leaves.map { branch[Int($0)] }
  }
}

extension KMeansData {
  /// The group of each row, equal rows together, numbered as they come.
  func identicalRows() -> (groups: [Int32], count: Int) {
    var known: [ArraySlice<UInt64>: Int32] = [:]
    // −0 is 0.
    let bits = points.map { $0 == 0 ? 0 : $0.bitPattern }
    var groups = [Int32](repeating: 0, count: rows)
    for row in 0..<rows {
      let key = bits[row * columns..<(row + 1) * columns]
      if let group = known[key] {
        groups[row] = group
      } else {
        groups[row] = Int32(known.count)
        known[key] = groups[row]
      }
    }
    return (groups, known.count)
  }

  /// Rows in about `count` groups of neighbours.
  func fineGroups(_ count: Int, seed: UInt64) -> [Int32] {
    var descent = KMeansDescent(self, clusters: count)
    var generator = SeededGenerator(seed: seed, stream: 1)
    descent.seed(&generator)
    descent.settle(steps: 10)
    return descent.assignments
  }

  /// What k-means makes of clusters given.
  func consolidated(_ assignments: [Int32], clusters k: Int) -> [Int32] {
    var centres = [Double](repeating: 0, count: k * columns)
    var masses = [Double](repeating: 0, count: k)
    for row in 0..<rows {
      let c = Int(assignments[row])
      masses[c] += weights[row]
      for j in 0..<columns { centres[c * columns + j] += weights[row] * points[row * columns + j] }
    }
    for c in 0..<k where masses[c] > 0 { for j in 0..<columns { centres[c * columns + j] /= masses[c] } }
    var descent = KMeansDescent(self, clusters: k)
    descent.setCentres(centres)
    descent.descend()
    return descent.assignments
  }
}
