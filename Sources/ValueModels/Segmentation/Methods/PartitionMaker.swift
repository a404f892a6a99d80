import Statistics

/// A way of dividing points into clusters with centres, as far as comparing numbers of clusters needs it.
struct PartitionMaker: Sendable {
  /// Partitions of all points, one for each number of clusters.
  let partitions: @Sendable (_ clusters: [Int]) throws(KMeans.Failure) -> [KMeans]
  /// The clusters of every row in partitions of a sample, given how often each row was drawn; nil where the sample has too
  /// few rows that differ.
  let refit: @Sendable (_ times: [Double], _ clusters: [Int], _ seed: UInt64) -> [[Int]?]
  /// The gap statistic of partitions found, from so many reference sets.
  let gap:
    @Sendable (_ partitions: [(clusters: Int, withinSS: Double)], _ sets: Int) throws(KMeans.Failure) -> GapStatistic

  /// *k*-means, the best of several starts.
  static func kMeans(_ points: Matrix, weights: [Double]?, starts: Int, seed: UInt64) -> PartitionMaker {
    PartitionMaker(
      partitions: { clusters throws(KMeans.Failure) in
        try KMeans.fits(points, clusters: clusters, weights: weights, starts: starts, seed: seed)
      },
      refit: { times, clusters, seed in
        KMeans.sampled(points, weights: drawn(times, weights), clusters: clusters, starts: 3, seed: seed).map {
          $0?.assignments
        }
      },
      gap: { partitions, sets throws(KMeans.Failure) in
        try GapStatistic.compute(points, partitions: partitions, sets: sets, starts: 2, seed: seed)
      })
  }

  /// Ward's tree, cut; *k*-means then moves rows where asked.
  static func ward(
    _ tree: WardTree, _ points: Matrix, weights: [Double]?, consolidating: Bool, seed: UInt64
  ) -> PartitionMaker {
    PartitionMaker(
      partitions: { clusters throws(KMeans.Failure) in
        try tree.partitions(clusters: clusters, consolidating: consolidating)
      },
      refit: { times, clusters, seed in
        guard let sample = try? WardTree(points, weights: drawn(times, weights), seed: seed) else {
          return clusters.map { _ in nil }
        }
        return clusters.map { try? sample.partition(clusters: $0, consolidating: consolidating).assignments }
      },
      gap: { partitions, sets throws(KMeans.Failure) in
        try GapStatistic.compute(points, partitions: partitions, sets: sets, seed: seed) { drawn, clusters in
          guard let tree = try? WardTree(drawn) else { return nil }
          return try? tree.partitions(clusters: clusters, consolidating: consolidating).map(\.totalWithinSS)
        }
      })
  }
}

/// Case weights times how often each row was drawn.
func drawn(_ times: [Double], _ weights: [Double]?) -> [Double] {
  weights.map { weights in zip(times, weights).map { $0 * $1 } } ?? times
}
