/// Answer patterns with the weights of the people who gave them, checked.
struct AnswerSample: Sendable {
  let patterns: AnswerPatterns
  /// One a pattern; they sum to `base`.
  let weights: [Double]
  /// Rows of weight > 0.
  let base: Int
  /// Patterns of weight > 0.
  let distinctPatterns: Int
  /// Whether a pattern has no missing answer.
  private let isComplete: [Bool]

  init(_ answers: CategoricalAnswers, weights given: [Double]?) throws(LatentClasses.Failure) {
    guard answers.rows > 0, answers.questions > 0 else { throw .noAnswers }
    var scaled: [Double]?
    var base = answers.rows
    if let given {
      guard given.count == answers.rows else { throw .weightCount(given.count) }
      if let bad = given.firstIndex(where: { !($0 >= 0) || !$0.isFinite }) { throw .badWeight(row: bad) }
      let largest = given.reduce(0) { max($0, $1) }
      guard largest > 0 else { throw .badWeight(row: 0) }
      base = given.count { $0 > 0 }
      let sum = given.reduce(0) { $0 + $1 / largest }
      scaled = given.map { $0 / largest * Double(base) / sum }
    }
    self.init(AnswerPatterns(answers), rowWeights: scaled, base: base)
  }

  /// - Parameter rowWeights: They sum to `base`.
  init(_ patterns: AnswerPatterns, rowWeights: [Double]?, base: Int) {
    self.patterns = patterns
    weights = patterns.weights(rowWeights)
    self.base = base
    distinctPatterns = weights.count { $0 > 0 }
    var complete = [Bool](repeating: true, count: patterns.count)
    for (b, block) in patterns.blocks.enumerated() {
      let width = block.questions.count
      let hasGap = (0..<block.codeCount).map { block.answers[$0 * width..<($0 + 1) * width].contains(-1) }
      for pattern in 0..<patterns.count where hasGap[Int(patterns.codes[pattern * patterns.blocks.count + b])] {
        complete[pattern] = false
      }
    }
    isComplete = complete
  }

  func fit(classes k: Int, starts: Int, seed: UInt64) throws(LatentClasses.Failure) -> LatentClasses {
    guard k >= 1 else { throw .tooFewClasses(k) }
    guard k <= distinctPatterns else { throw .moreClassesThanPatterns(classes: k, patterns: distinctPatterns) }
    let search = LatentClassSearch(patterns, weights: weights, classes: k)
    let runs = k == 1 ? 1 : max(1, starts)
    let (best, hits) = search.best(starts: runs, seed: seed)
    return LatentClasses(self, search, best, starts: runs, hits: hits)
  }

  /// Patterns that could occur less 1, but at most the rows, less the parameters.
  func degrees(parameters: Int) -> Int {
    var possible = 1
    for levels in patterns.levels {
      let (product, overflows) = possible.multipliedReportingOverflow(by: levels)
      if overflows || product > base {
        return base - parameters
      }
      possible = product
    }
    return min(base, possible - 1) - parameters
  }

  /// The likelihood-ratio and Pearson statistics over complete patterns; nil where there are none.
  func fitOfCompletePatterns(_ densities: [Double]) -> (gSquared: Double, chiSquared: Double)? {
    let kept = weights.indices.filter { isComplete[$0] && weights[$0] > 0 }
    let total = kept.reduce(0) { $0 + weights[$1] }
    guard total > 0 else { return nil }
    var ratio = 0.0
    var pearson = 0.0
    var expectedSum = 0.0
    for pattern in kept {
      let observed = weights[pattern]
      let expected = total * exponential(densities[pattern])
      ratio += observed * (logarithm(observed / total) - densities[pattern])
      pearson += (observed - expected) * (observed - expected) / expected
      expectedSum += expected
    }
    // Patterns nobody gave add what was expected of them.
    return (2 * ratio, pearson + max(0, total - expectedSum))
  }
}
