import Testing

@testable import Statistics

/// Against MASS::lda refitted without each case (Reference/typing/typing.R): with as many folds as cases no chance is left.
@Suite struct QuestionSelectionTests {
  private struct Expected: Decodable {
    var groups: [Int]
    var columns: [[Double]]
    var chosen: [Int]
    var accuracies: [Double]
    var confusion, coefficients, posterior: [[Double]]
    var constants, auc: [Double]
  }

  private let expected: Expected
  private let questions = [[0], [1], [2], [3], [4], [5, 6]]

  init() throws { expected = try reference("typing/typing.json") }

  private func cases(folds: Int, weights: [Double]? = nil, seed: UInt64 = 1) throws -> FoldedCases {
    try FoldedCases(expected.columns, groups: expected.groups, count: 4, weights: weights, folds: folds, seed: seed)
  }

  @Test func selectionAgreesWithRefitting() throws {
    let found = try QuestionSelection.forward(cases(folds: 90), questions: questions, most: 6)
    #expect(found.steps.map(\.question) == expected.chosen)
    #expect(agree(found.steps.map(\.accuracy), expected.accuracies))
    #expect(agree(found.steps[2].confusion, expected.confusion))
  }

  @Test func functionsAreFishers() throws {
    let columns = expected.chosen.prefix(3).flatMap { questions[$0] }
    let found = try cases(folds: 10).functions(columns)
    #expect(agree(found.coefficients, expected.coefficients))
    #expect(agree(found.constants, expected.constants))
    for (row, posterior) in zip([0, 39, 69, 89], expected.posterior) {
      let scores = found.scores(columns.map { expected.columns[$0][row] })
      #expect(agree(ClassificationFunctions.classified(scores).probabilities, posterior, floor: 1e-9))
    }
    let all = (0..<90).map { row in
      ClassificationFunctions.classified(found.scores(columns.map { expected.columns[$0][row] })).probabilities
    }
    let areas = (0..<4).map { group in
      areaUnderCurve(
        scores: all.map { ($0[group] * 10).rounded() }, isPositive: expected.groups.map { $0 == group }) ?? .nan
    }
    #expect(agree(areas, expected.auc))
  }

  /// Elimination step by step comes to the same as functions fitted on the other folds.
  @Test func foldsAgreeWithFunctionsFittedWithoutThem() throws {
    let weights = (0..<90).map { 0.5 + Double($0 % 4) }
    let data = try cases(folds: 5, weights: weights)
    let found = try QuestionSelection.probabilities(data)
    for fold in data.folds {
      let training = data.total.adding(fold.moments, -1)
      let functions = try ClassificationFunctions(
        training, columns: Array(0..<7), centres: data.centres, scales: data.scales)
      for row in fold.cases {
        let scores = functions.scores(expected.columns.map { $0[row] })
        #expect(agree(Array(found.row(row)), ClassificationFunctions.classified(scores).probabilities, floor: 1e-9))
      }
    }
    #expect(data.folds.map(\.cases.count).allSatisfy { $0 == 18 })
  }

  @Test func aWeightIsAsGoodAsARowTwice() throws {
    let twice = (0..<90).filter { $0 % 3 == 0 }
    let rows = Array(0..<90) + twice
    let doubled = try FoldedCases(
      expected.columns.map { column in rows.map { column[$0] } }, groups: rows.map { expected.groups[$0] }, count: 4)
    let weighted = try cases(folds: 10, weights: (0..<90).map { $0 % 3 == 0 ? 2 : 1 })
    let (a, b) = (try doubled.functions([0, 2]), try weighted.functions([0, 2]))
    // The same but for the divisor of W: 120 − 4 against 90 − 4 of rescaled weights.
    let factor = (116.0 / 120) / (86.0 / 90)
    #expect(
      agree(
        a.coefficients.map { $0 / factor },
        [
          Array(b.coefficients.row(0)), Array(b.coefficients.row(1)), Array(b.coefficients.row(2)),
          Array(b.coefficients.row(3)),
        ]))
    #expect(weighted.effectiveBase < 90 && weighted.effectiveBase > 70)
  }

  @Test func columnsThatFollowFromOthersHaveNoSay() throws {
    var columns = expected.columns
    columns.append(zip(columns[0], columns[1]).map { $0 - 2 * $1 })
    columns.append([Double](repeating: 3, count: 90))
    let data = try FoldedCases(columns, groups: expected.groups, count: 4)
    let found = try QuestionSelection.forward(data, questions: questions + [[7], [8]], most: 8)
    #expect(found.steps.count == 8)
    #expect(found.steps.allSatisfy { $0.accuracy > 0.3 && $0.accuracy <= 1 })
    let functions = try data.functions([0, 1, 7, 8])
    #expect((0..<4).allSatisfy { functions.coefficients[$0, 2] == 0 && functions.coefficients[$0, 3] == 0 })
  }

  /// A column that is the group itself would have no variance within.
  @Test func perfectSeparationStaysFinite() throws {
    let data = try FoldedCases([expected.groups.map(Double.init)] + expected.columns, groups: expected.groups, count: 4)
    let found = try QuestionSelection.forward(data, questions: [[0], [1], [2]], most: 3)
    #expect(found.steps[0].question == 0 && found.steps[0].accuracy == 1 && found.taken == 1)
    let functions = try data.functions([0])
    #expect(functions.coefficients.firstNonFinite == nil)
  }

  @Test func impossibleInputIsRefused() {
    #expect(throws: ClassificationFunctions.Failure.tooFewGroups) {
      try FoldedCases([[1, 2, 3, 4]], groups: [1, 1, 1, 1], count: 2)
    }
    #expect(throws: ClassificationFunctions.Failure.tooFewCases) { try FoldedCases([[1]], groups: [0], count: 2) }
    #expect(throws: ClassificationFunctions.Failure.notFinite) {
      try FoldedCases([[1, .nan, 3]], groups: [0, 1, 0], count: 2)
    }
    #expect(areaUnderCurve(scores: [1, 2], isPositive: [true, true]) == nil)
    #expect(areaUnderCurve(scores: [1, 2], isPositive: [true]) == nil)
  }
}
