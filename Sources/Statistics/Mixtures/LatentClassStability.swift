extension LatentClasses {
  /// The number of different answer patterns.
  package static func patterns(_ answers: CategoricalAnswers) -> Int { AnswerPatterns(answers).count }

  /// How probably each row belongs to each class, rows × classes, every row summing to 1.
  ///
  /// - Parameter answers: as given to `fits`, which made these classes.
  package func memberships(_ answers: CategoricalAnswers) -> Matrix {
    let patterns = AnswerPatterns(answers)
    let model = AnswerModel(classes: classes, levels: answers.levels, values: values)
    return model.posteriors(patterns).0.selecting(rows: patterns.patternOfRow.map(Int.init))
  }

  /// How far the classes come back in other samples of the same rows.
  ///
  /// Each sample is fitted from these classes and from three random starts, so that it is a matter of the sample and
  /// not of the search whether they come back.
  ///
  /// - Parameters: as given to `fits`, which made these classes.
  package func stability(
    _ answers: CategoricalAnswers, weights: [Double]? = nil, draws: Int = 100, seed: UInt64 = 1
  ) -> PartitionStability {
    let patterns = AnswerPatterns(answers)
    return PartitionStability.of(assignments, clusters: classes, draws: draws, seed: seed) { times, seed in
      refit(patterns, rowWeights: times.indices.map { times[$0] * (weights?[$0] ?? 1) }, seed: seed)
    }
  }

  /// How well random halves of the rows agree, for several models of the same answers; see
  /// `PartitionStability.splitHalves`. Halves are fitted as samples are.
  package static func splitHalves(
    _ models: [LatentClasses], _ answers: CategoricalAnswers, weights: [Double]? = nil, halvings: Int,
    seed: UInt64 = 1
  ) -> [Double?] {
    let patterns = AnswerPatterns(answers)
    return PartitionStability.splitHalves(
      rows: answers.rows, partitions: models.count, halvings: halvings, seed: seed
    ) { times, seed in
      let rowWeights = times.indices.map { times[$0] * (weights?[$0] ?? 1) }
      return models.map { $0.refit(patterns, rowWeights: rowWeights, seed: seed) }
    }
  }

  /// The most probable classes of all rows in a fit to a sample; nil where it has too few patterns.
  private func refit(_ patterns: AnswerPatterns, rowWeights: [Double], seed: UInt64) -> [Int]? {
    let drawn = patterns.weights(rowWeights)
    guard drawn.count(where: { $0 > 0 }) >= classes else { return nil }
    let search = LatentClassSearch(patterns, weights: drawn, classes: classes)
    let best = search.quickBest(near: values, starts: 3, seed: seed)
    return AnswerModel(classes: classes, levels: patterns.levels, values: best.values).assignments(patterns)
  }
}
