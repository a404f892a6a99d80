extension KPrototypes {
  /// How far the clusters come back in other samples of the same rows, each clustered from five starts.
  ///
  /// - Parameters: as given to `fits`, which made this partition.
  package func stability(
    _ numbers: Matrix, _ categories: CategoricalAnswers, weights: [Double]? = nil, draws: Int = 100, seed: UInt64 = 1
  ) -> PartitionStability {
    let (k, gamma) = (clusters, gamma)
    return PartitionStability.of(assignments, clusters: k, draws: draws, seed: seed) { times, seed in
      let drawn = times.indices.map { times[$0] * (weights?[$0] ?? 1) }
      return Self.sampled(numbers, categories, gamma, weights: drawn, clusters: [k], seed: seed)[0]
    }
  }

  /// How well random halves of the rows agree, for several numbers of clusters; see `PartitionStability.splitHalves`.
  package static func splitHalves(
    _ numbers: Matrix, _ categories: CategoricalAnswers, gamma: Double, clusters: [Int], weights: [Double]? = nil,
    halvings: Int, seed: UInt64 = 1
  ) -> [Double?] {
    let rows = numbers.columns > 0 ? numbers.rows : categories.rows
    return PartitionStability.splitHalves(
      rows: rows, partitions: clusters.count, halvings: halvings, seed: seed
    ) { times, seed in
      let drawn = times.indices.map { times[$0] * (weights?[$0] ?? 1) }
      return sampled(numbers, categories, gamma, weights: drawn, clusters: clusters, seed: seed)
    }
  }

  /// The clusters of all rows in partitions of a sample, from five starts; nil for more clusters than rows that differ.
  private static func sampled(
    _ numbers: Matrix, _ categories: CategoricalAnswers, _ gamma: Double, weights: [Double], clusters: [Int],
    seed: UInt64
  ) -> [[Int]?] {
    guard let cases = try? MixedCases(numbers, categories, gamma: gamma, weights: weights) else {
      return clusters.map { _ in nil }
    }
    return clusters.map { k in
      guard k <= cases.distinctRows else { return nil }
      let best = KPrototypesSearch(cases: cases, clusters: k).best(starts: 5, seed: seed, isThorough: false)
      return KPrototypes(cases, best.best, numbers, categories, starts: 5, hits: best.hits).assignments
    }
  }
}
