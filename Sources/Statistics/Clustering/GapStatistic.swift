/// The gap between the within-cluster sum of squares found and that expected without clusters.
///
/// Tibshirani, Walther & Hastie (2001): Gap(k) = mean of log W* over reference sets − log W, W the within-cluster sum
/// of squares (squared distances, as in the paper; clusGap of the R package cluster uses plain ones unless d.power = 2).
package struct GapStatistic: Equatable, Sendable {
  /// Where reference points are drawn from, uniformly.
  package enum Reference: String, Sendable {
    /// The box along the principal axes of the points.
    case principalAxes
    /// The box along the variables.
    case variables
  }

  /// The numbers of clusters, rising.
  package let clusters: [Int]
  /// log W of the partitions found.
  package let logWithinSS: [Double]
  /// The mean of log W* over the reference sets.
  package let expected: [Double]
  /// `expected` − `logWithinSS`.
  package let gaps: [Double]
  /// The standard deviation (divisor B) of log W* × √(1 + 1/B).
  package let standardErrors: [Double]
  /// The number of reference sets, B.
  package let sets: Int

  /// The smallest k whose gap is at least that of the next k less its standard error (“Tibs2001SEmax”); the last where
  /// none is.
  package var choice: Int {
    for at in clusters.indices.dropLast() where gaps[at] >= gaps[at + 1] - standardErrors[at + 1] {
      return clusters[at]
    }
    return clusters.last ?? 1
  }

  /// Computes the statistic for partitions already found.
  ///
  /// - Parameters:
  ///   - points: The points clustered, each of weight 1.
  ///   - partitions: The numbers of clusters and the sums of squares found, in any order; a sum of 0 (every point on a
  ///     centre) has no logarithm and is left out.
  ///   - sets: The number of reference sets, B ≥ 1. Time grows with rows × sets: 0.4 s for 1,800 × 9 and k = 2 … 8; for
  ///     tens of thousands of rows take fewer.
  ///   - starts: Starts of k-means on the first set, at least 20. On each later one, the sets being alike, it begins from
  ///     the centres found on the one before, as good as two starts at a third of the time, and from 1,500 / n new starts
  ///     (at most 10). Log W* comes out some 0.001–0.003 above that of ten starts a set, a fraction of its standard error.
  ///   - seed: The seed of the sets.
  package static func compute(
    _ points: Matrix, partitions: [(clusters: Int, withinSS: Double)], reference: Reference = .principalAxes,
    sets: Int = 50, starts: Int = 20, seed: UInt64 = 1
  ) throws(KMeans.Failure) -> GapStatistic {
    let data = try KMeansData(points, weights: nil)
    let wanted = partitions.filter { $0.withinSS > 0 && $0.clusters <= points.rows }.sorted {
      $0.clusters < $1.clusters
    }
    let count = max(1, sets)
    let box = try ReferenceBox(data, reference: reference)
    var logs = [[Double]](repeating: [], count: wanted.count)
    let fresh = min(10, 1_500 / data.rows)
    var hints = [[Double]](repeating: [], count: wanted.count)
    for set in 0..<count {
      var generator = SeededGenerator(seed: seed, stream: UInt64(set) &+ 0x6761_7000_0000)
      let drawn = try KMeansData(box.draw(rows: data.rows, &generator), weights: nil)
      for (at, partition) in wanted.enumerated() {
        let within = drawn.leastWithinSS(
          clusters: min(partition.clusters, drawn.distinctRows), starts: set == 0 ? max(20, starts) : fresh,
          seed: generator.next(), hint: &hints[at])
        logs[at].append(logarithm(max(within, .leastNonzeroMagnitude)) + 2 * logarithm(data.unit))
      }
    }
    return GapStatistic(partitions: wanted, logs: logs)
  }

  /// The same for another way of clustering.
  ///
  /// - Parameter withinSS: The sums of squares within of a reference set for each number of clusters, > 0; nil where it
  ///   cannot be clustered, which leaves the set out.
  package static func compute(
    _ points: Matrix, partitions: [(clusters: Int, withinSS: Double)], reference: Reference = .principalAxes,
    sets: Int, seed: UInt64 = 1, withinSS: @Sendable (_ drawn: Matrix, _ clusters: [Int]) -> [Double]?
  ) throws(KMeans.Failure) -> GapStatistic {
    let data = try KMeansData(points, weights: nil)
    let wanted = partitions.filter { $0.withinSS > 0 && $0.clusters <= points.rows }.sorted {
      $0.clusters < $1.clusters
    }
    let box = try ReferenceBox(data, reference: reference)
    let clusters = wanted.map(\.clusters)
    let drawn = ParallelWork.map(max(1, sets)) { set -> [Double]? in
      var generator = SeededGenerator(seed: seed, stream: UInt64(set) &+ 0x6761_7000_0000)
      return withinSS(box.draw(rows: data.rows, &generator), clusters)
    }.compactMap { $0 }
    let logs = wanted.indices.map { at in
      drawn.map { logarithm(max($0[at], .leastNonzeroMagnitude)) + 2 * logarithm(data.unit) }
    }
    return GapStatistic(partitions: wanted, logs: logs)
  }

  private init(partitions: [(clusters: Int, withinSS: Double)], logs: [[Double]]) {
    clusters = partitions.map(\.clusters)
    let found = partitions.map { logarithm($0.withinSS) }
    logWithinSS = found
    sets = logs.first?.count ?? 0
    let count = Double(max(sets, 1))
    let means = logs.map { $0.reduce(0, +) / count }
    expected = means
    gaps = zip(means, found).map { $0 - $1 }
    standardErrors = zip(logs, means).map { values, mean in
      let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
      return (variance * (1 + 1 / count)).squareRoot()
    }
  }
}

/// The box reference points are drawn from, in the working unit of the points.
private struct ReferenceBox {
  let lowest: [Double]
  let widths: [Double]

  init(_ data: KMeansData, reference: GapStatistic.Reference) throws(KMeans.Failure) {
    var points = Matrix(rows: data.rows, columns: data.columns, storage: data.points)
    if reference == .principalAxes {
      // Distances are the same in the turned box, so points drawn there need not be turned back.
      let axes: SymmetricEigen
      do {
        axes = try points.multiplied(by: points, transposingSelf: true).symmetricEigen()
      } catch { throw .tooLarge }
      points = points.multiplied(by: axes.vectors)
    }
    var low = [Double](repeating: .infinity, count: points.columns)
    var high = [Double](repeating: -.infinity, count: points.columns)
    for i in 0..<points.rows {
      for j in 0..<points.columns {
        low[j] = min(low[j], points[i, j])
        high[j] = max(high[j], points[i, j])
      }
    }
    lowest = low
    widths = zip(low, high).map { $1 - $0 }
  }

  func draw(rows: Int, _ generator: inout SeededGenerator) -> Matrix {
    var result = Matrix(rows: rows, columns: lowest.count)
    for i in 0..<rows {
      for j in lowest.indices { result.storage[i * lowest.count + j] = lowest[j] + widths[j] * generator.uniform() }
    }
    return result
  }
}
