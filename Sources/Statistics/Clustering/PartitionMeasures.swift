/// Measures of one partition, or of two of the same cases.
package enum PartitionMeasures {
  /// Caliński & Harabasz (1974): (between / (k − 1)) / (within / (n − k)); more is better.
  ///
  /// `nil` for one cluster, as many clusters as cases, or no variance within.
  package static func calinskiHarabasz(_ partition: KMeans) -> Double? {
    let n = partition.sizes.reduce(0, +)
    let k = partition.clusters
    guard k > 1, n > k, partition.totalWithinSS > 0 else { return nil }
    return partition.betweenSS / Double(k - 1) / (partition.totalWithinSS / Double(n - k))
  }

  /// The adjusted Rand index of two partitions of the same cases (Hubert & Arabie 1985): 1 when they are the same, 0
  /// expected for chance.
  ///
  /// `nil` where the lengths differ or there are fewer than two cases. Two partitions that are both one cluster, or both
  /// all single cases, are the same: 1.
  package static func adjustedRand(_ a: [Int], _ b: [Int]) -> Double? {
    guard a.count == b.count, a.count > 1 else { return nil }
    func pairs(_ counts: some Sequence<Int>) -> Double { counts.reduce(0) { $0 + Double($1) * Double($1 - 1) / 2 } }
    var cells: [[Int]: Int] = [:]
    for (x, y) in zip(a, b) { cells[[x, y], default: 0] += 1 }
    // Sums of whole numbers: the same in any order.
    let together = pairs(cells.values)
    let inA = pairs(Dictionary(grouping: a, by: { $0 }).values.map(\.count))
    let inB = pairs(Dictionary(grouping: b, by: { $0 }).values.map(\.count))
    let expected = inA * inB / (Double(a.count) * Double(a.count - 1) / 2)
    let most = (inA + inB) / 2
    return most == expected ? 1 : (together - expected) / (most - expected)
  }

  /// The stability of each cluster under resampling (Hennig 2007): the mean Jaccard similarity of the cluster with its
  /// best counterpart in the clusterings of bootstrap samples. Below 0.6 do not trust, 0.6–0.75 a pattern, from 0.75
  /// valid, from 0.85 highly stable.
  ///
  /// - Parameters:
  ///   - points: The points of `partition`.
  ///   - weights: Their case weights; `nil` is 1 each. Samples draw cases alike and keep their weights.
  ///   - draws: The number of bootstrap samples.
  ///   - starts: Starts of k-means on each sample.
  /// - Returns: One similarity a cluster, 0–1; a sample with fewer different rows than clusters uses as many as it has.
  package static func bootstrapJaccard(
    _ points: Matrix, partition: KMeans, weights: [Double]? = nil, draws: Int = 100, starts: Int = 10, seed: UInt64 = 1
  ) throws(KMeans.Failure) -> [Double] {
    let n = points.rows
    let k = partition.clusters
    var totals = [Double](repeating: 0, count: k)
    var counted = [Double](repeating: 0, count: k)
    for draw in 0..<max(1, draws) {
      var generator = SeededGenerator(seed: seed, stream: UInt64(draw) &+ 0x626F_6F74_0000)
      var times = [Int](repeating: 0, count: n)
      for _ in 0..<n { times[generator.index(below: n)] += 1 }
      let drawn = (0..<n).filter { times[$0] > 0 }
      let data = try KMeansData(
        points.selecting(rows: drawn), weights: drawn.map { Double(times[$0]) * (weights?[$0] ?? 1) })
      let sample = try data.fit(
        clusters: min(k, data.distinctRows), starts: starts, seed: generator.next(), isThorough: false)
      // As in clusterboot, a case drawn twice counts once.
      var shared = [[Double]](repeating: [Double](repeating: 0, count: sample.clusters), count: k)
      var own = [Double](repeating: 0, count: k)
      var other = [Double](repeating: 0, count: sample.clusters)
      for (at, row) in drawn.enumerated() {
        shared[partition.assignments[row]][sample.assignments[at]] += 1
        own[partition.assignments[row]] += 1
        other[sample.assignments[at]] += 1
      }
      for c in 0..<k where own[c] > 0 {
        let best = other.indices.reduce(0) { max($0, shared[c][$1] / (own[c] + other[$1] - shared[c][$1])) }
        totals[c] += best
        counted[c] += 1
      }
    }
    return (0..<k).map { counted[$0] > 0 ? totals[$0] / counted[$0] : 0 }
  }
}
