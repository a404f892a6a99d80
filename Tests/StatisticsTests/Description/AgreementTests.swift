import Testing

@testable import Statistics

/// vegan::kendall.global, psych::ICC and vegan::protest (`Reference/agreement`).
@Suite struct AgreementTests {
  struct Expected: Decodable {
    let judges: [[Double]]
    let w, chi2, icc2, icc3: Double
    let first, second: [[Double]]
    let procrustes, p: Double
  }
  private let expected: Expected

  init() throws { expected = try reference("agreement/judges.expected.json") }

  @Test func concordanceWithTies() throws {
    let found = try #require(Agreement.concordance(Matrix(expected.judges)))
    #expect(agree(found.coefficient, expected.w) && agree(found.test.statistic, expected.chi2))
    #expect(found.test.degrees == 8 && found.test.pValue > 0 && found.test.pValue < 0.05)
    let p = try #require(Agreement.concordanceProbability(Matrix(expected.judges), draws: 199, seed: 1))
    #expect(p < 0.02)
    // Two judges of four objects in the same order: one of 4! = 24 orders is as good.
    let pair = Matrix([[1, 2, 3, 4], [1, 2, 3, 4]])
    let chance = try #require(Agreement.concordanceProbability(pair, draws: 2_399, seed: 1))
    #expect(abs(chance - 1.0 / 24) < 0.015)
  }

  @Test func intraclassCorrelations() throws {
    let found = try #require(Agreement.intraclassCorrelation(Matrix(expected.judges)))
    #expect(agree(found.agreement, expected.icc2) && agree(found.consistency, expected.icc3))
  }

  @Test func theCongruenceOfTwoMapsAndItsChance() throws {
    let (first, second) = (Matrix(expected.first), Matrix(expected.second))
    let fit = try Procrustes.fit(second, to: first, scaling: true)
    #expect(agree((1 - fit.statistic).squareRoot(), expected.procrustes))
    let p = try Procrustes.permutationProbability(second, to: first, draws: 1_999, seed: 1)
    #expect(abs(p - expected.p) < 0.01)
  }

  @Test func extremes() throws {
    let same = Matrix([[1, 2, 3, 4], [10, 20, 30, 40], [1, 5, 6, 7]])
    #expect(try #require(Agreement.concordance(same)).coefficient == 1)
    let opposite = Matrix([[1, 2, 3], [3, 2, 1]])
    #expect(try #require(Agreement.concordance(opposite)).coefficient == 0)
    #expect(Agreement.concordance(Matrix([[1, 2, 3]])) == nil)
    #expect(Agreement.concordance(Matrix([[1, 1], [2, 2]])) == nil)
    #expect(Agreement.intraclassCorrelation(Matrix([[2, 2], [2, 2]])) == nil)
    #expect(Agreement.intraclassCorrelation(Matrix([[1, .nan], [2, 2]])) == nil)
  }
}
