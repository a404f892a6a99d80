extension PartitionStability {
  /// How well two random halves of the rows agree, for several partitions of the same rows: each half is clustered by
  /// itself, both put every row into one of their clusters, and the adjusted Rand index compares the two; the mean over
  /// several halvings.
  ///
  /// - Parameters:
  ///   - rows: The number of rows, at least 2.
  ///   - halvings: How often the rows are halved.
  ///   - refit: The clusters of **every** row in partitions of a half (one for each partition compared), given how often
  ///     each row counts, 0 or 1, and a seed; nil where a half cannot be so divided.
  /// - Returns: One index a partition; nil where no halving gave one.
  package static func splitHalves(
    rows: Int, partitions: Int, halvings: Int, seed: UInt64,
    refit: @Sendable (_ times: [Double], _ seed: UInt64) -> [[Int]?]
  ) -> [Double?] {
    let indices = ParallelWork.map(max(1, halvings)) { draw -> [Double?] in
      var generator = SeededGenerator(seed: seed, stream: UInt64(draw) &+ 0x6861_6C76_0000)
      var order = Array(0..<rows)
      generator.shuffle(&order)
      var (one, other) = ([Double](repeating: 0, count: rows), [Double](repeating: 0, count: rows))
      for (place, row) in order.enumerated() { if place < rows / 2 { one[row] = 1 } else { other[row] = 1 } }
      let (a, b) = (refit(one, generator.next()), refit(other, generator.next()))
      return (0..<partitions).map { at in
        guard a.indices.contains(at), b.indices.contains(at), let first = a[at], let second = b[at] else { return nil }
        return PartitionMeasures.adjustedRand(first, second)
      }
    }
    return (0..<partitions).map { at in
      let present = indices.compactMap { $0[at] }
      return present.isEmpty ? nil : present.reduce(0, +) / Double(present.count)
    }
  }
}

extension KMeans {
  /// Partitions of a sample for several *k*, from a few starts without the search that `fit` adds: for resamples, of which
  /// there are many. Nil for more clusters than rows that differ.
  package static func sampled(
    _ points: Matrix, weights: [Double], clusters: [Int], starts: Int, seed: UInt64
  ) -> [KMeans?] {
    guard let data = try? KMeansData(points, weights: weights) else { return clusters.map { _ in nil } }
    return clusters.map { try? data.fit(clusters: $0, starts: starts, seed: seed, isThorough: false) }
  }
}
