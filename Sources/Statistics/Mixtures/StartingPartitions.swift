/// Partitions that mixtures start from: Ward's trees and the best *k*-means, of the points as they are and with their
/// covariance the identity.
struct StartingPartitions: Sendable {
  private let trees: [WardTree]
  private let means: [KMeansData]
  /// More different rows take no tree: its time grows with their square.
  private static let mostRowsForTree = 5_000

  init(_ rows: MixtureRows, families: [CovarianceFamily]) throws(KMeans.Failure) {
    var forms = [rows.points]
    if let white = rows.white, families.contains(where: \.isFull) { forms.append(white) }
    var trees: [WardTree] = []
    var means: [KMeansData] = []
    for form in forms {
      let points = Matrix(rows: rows.count, columns: rows.columns, storage: form)
      if rows.count <= Self.mostRowsForTree { trees.append(try WardTree(points, weights: rows.weights)) }
      means.append(try KMeansData(points, weights: rows.weights))
    }
    self.trees = trees
    self.means = means
  }

  /// The cluster of each different row: for each number of clusters a list of partitions.
  func all(_ rows: MixtureRows, clusters: [Int], seed: UInt64) -> [[[Int32]]] {
    let partitions = self
    return ParallelWork.map(clusters.count) { partitions.all(rows, clusters[$0], seed: seed) }
  }

  private func all(_ rows: MixtureRows, _ k: Int, seed: UInt64) -> [[Int32]] {
    guard k > 1, k <= rows.count else { return [[Int32](repeating: 0, count: rows.count)] }
    var result: [[Int32]] = []
    for tree in trees {
      if let cut = try? tree.partition(clusters: k, consolidating: false) {
        result.append(cut.assignments.map { Int32($0) })
      }
    }
    for data in means where k <= data.distinctRows {
      if let fit = try? data.fit(clusters: k, starts: 5, seed: seed, isThorough: false) {
        result.append(fit.assignments.map { Int32($0) })
      }
    }
    return result
  }
}

extension MixtureRows {
  /// Each row with the nearest of `k` rows drawn by chance, in proportion to their weight and apart from each other.
  func nearest(toRandomRows k: Int, white isWhite: Bool, _ generator: inout SeededGenerator) -> [Int32] {
    let values = isWhite ? white ?? points : points
    var square = [Double](repeating: .infinity, count: count)
    var cluster = [Int32](repeating: 0, count: count)
    var shares = weights
    for c in 0..<k {
      let total = shares.reduce(0, +)
      var left = generator.uniform() * total
      var chosen = count - 1
      for row in 0..<count {
        left -= shares[row]
        if left < 0, shares[row] > 0 {
          chosen = row
          break
        }
      }
      for row in 0..<count {
        var distance = 0.0
        for j in 0..<columns {
          let difference = values[row * columns + j] - values[chosen * columns + j]
          distance += difference * difference
        }
        if distance < square[row] {
          square[row] = distance
          cluster[row] = Int32(c)
        }
        // Half way between any row and far rows: outliers alone make poor components.
        shares[row] = weights[row] * square[row].squareRoot()
      }
      if shares.allSatisfy({ $0 == 0 }) { shares = weights }
    }
    return cluster
  }
}
