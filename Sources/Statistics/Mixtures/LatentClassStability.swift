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
  ) -> PartitionStability? {
    guard let sample = try? AnswerSample(answers, weights: weights) else { return nil }
    let patterns = sample.patterns
    let k = classes
    return PartitionStability.of(assignments, clusters: k, draws: draws, seed: seed) { times, seed in
      let rowWeights = times.indices.map { times[$0] * (weights?[$0] ?? 1) }
      let drawn = patterns.weights(rowWeights)
      guard drawn.count(where: { $0 > 0 }) >= k else { return nil }
      let search = LatentClassSearch(patterns, weights: drawn, classes: k)
      let best = search.quickBest(near: values, starts: 3, seed: seed)
      return AnswerModel(classes: k, levels: patterns.levels, values: best.values).assignments(patterns)
    }
  }
}
