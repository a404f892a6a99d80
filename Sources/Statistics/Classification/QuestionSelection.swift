import Glibc

/// The few questions that tell best to which group a person belongs: forward selection by the cross-validated accuracy of
/// linear discriminant analysis.
package struct QuestionSelection: Equatable, Sendable {
  /// One question more.
  package struct Step: Equatable, Sendable {
    /// Its place among the questions given.
    package let question: Int
    /// The share of (weighted) cases put into their own group by functions fitted without their fold, 0–1.
    package let accuracy: Double
    /// Groups × groups: the weight of cases of a group (row) put into each (column); weights sum to the cases.
    package let confusion: Matrix
  }

  package let steps: [Step]
  /// How many of the steps are worth asking: the fewest whose accuracy is within one standard error of the best
  /// (Breiman, Friedman, Olshen & Stone 1984).
  package let taken: Int
  /// √(a(1 − a)/n), a the best accuracy and n the effective base.
  package let standardError: Double

  /// Selects questions one after the other; of equals the first.
  ///
  /// - Parameters:
  ///   - questions: The columns of each question: one for a number, several for the answers of a category.
  ///   - most: The most questions to select; it ends before where none is left.
  /// - Throws: `.tooFewCases` where a fold leaves no cases to fit.
  package static func forward(
    _ cases: FoldedCases, questions: [[Int]], most: Int = 8
  ) throws(ClassificationFunctions.Failure) -> QuestionSelection {
    var folds: [FoldedScores] = []
    for index in cases.folds.indices { folds.append(try FoldedScores(cases, index)) }
    var open = questions.indices.filter { !questions[$0].isEmpty }
    var steps: [Step] = []
    while steps.count < most, !open.isEmpty {
      let candidates = open
      let right = correctByFold(cases, folds, candidates.map { questions[$0] })
      var chosen = (question: candidates[0], right: -1.0)
      for (at, question) in candidates.enumerated() {
        let sum = right.reduce(0) { $0 + $1[at] }
        if sum > chosen.right + 1e-9 { chosen = (question, sum) }
      }
      let columns = questions[chosen.question]
      for at in folds.indices { folds[at].add(columns) }
      open.removeAll { $0 == chosen.question }
      steps.append(
        Step(
          question: chosen.question, accuracy: chosen.right / Double(cases.cases),
          confusion: confusion(cases, folds)))
    }
    return QuestionSelection(steps, base: cases.effectiveBase)
  }

  /// For each fold and candidate, the weight of its cases that would be put into their own group.
  private static func correctByFold(
    _ cases: FoldedCases, _ folds: [FoldedScores], _ candidates: [[Int]]
  ) -> [[Double]] {
    ParallelWork.map(folds.count) { at in
      let none = [Double](repeating: 0, count: cases.folds[at].cases.count)
      var (line, best, own) = (none, none, none)
      return candidates.map { folds[at].correct(adding: $0, &line, &best, &own) }
    }
  }

  private init(_ steps: [Step], base: Double) {
    self.steps = steps
    let best = steps.reduce(0) { max($0, $1.accuracy) }
    let error = (best * (1 - best) / max(base, 1)).squareRoot()
    standardError = error
    taken = (steps.firstIndex { $0.accuracy >= best - error }).map { $0 + 1 } ?? 0
  }

  /// Every case's group probabilities by functions fitted without its fold on all the questions.
  ///
  /// - Returns: Cases × groups, in the order of the input; rows sum to 1.
  package static func probabilities(_ cases: FoldedCases) throws(ClassificationFunctions.Failure) -> Matrix {
    var result = Matrix(rows: cases.cases, columns: cases.groups)
    for index in cases.folds.indices {
      var state = try FoldedScores(cases, index)
      state.add(Array(0..<cases.columns), areLast: true)
      state.forEachCase { row, scores in
        let shares = ClassificationFunctions.classified(scores).probabilities
        for g in shares.indices { result[row, g] = shares[g] }
      }
    }
    return result
  }

  private static func confusion(_ cases: FoldedCases, _ folds: [FoldedScores]) -> Matrix {
    var table = Matrix(rows: cases.groups, columns: cases.groups)
    for (fold, state) in zip(cases.folds, folds) {
      let n = fold.cases.count
      for g in 0..<cases.groups {
        for i in fold.ranges[g] {
          var (best, at) = (state.scores[i], 0)
          for h in 1..<max(cases.groups, 1) where state.scores[h * n + i] > best {
            (best, at) = (state.scores[h * n + i], h)
          }
          table[g, at] += fold.weights[i]
        }
      }
    }
    return table
  }
}
