import Testing

@testable import Statistics

/// Against R's prop.test, t.test and p.adjust (Reference/pairs/pairs.R).
@Suite struct PairTestsTests {
  private struct Expected: Decodable {
    var yes, n: [Double]
    var values: [[Double]]
    var first, second: [Int]
    var share, mean, lower, upper, shareBonferroni, shareFDR, meanBonferroni, meanFDR: [Double]
  }

  private let expected: Expected

  init() throws { expected = try reference("pairs/pairs.json") }

  @Test func sharesAgreeWithPropTest() throws {
    let found = zip(expected.first, expected.second).map { a, b in
      twoShareTest(
        expected.yes[a] / expected.n[a], base: expected.n[a], expected.yes[b] / expected.n[b], base: expected.n[b])?
        .pValue ?? .nan
    }
    #expect(agree(found, expected.share))
    #expect(agree(PairTests.adjusted(found, .bonferroni), expected.shareBonferroni))
    #expect(agree(PairTests.adjusted(found, .fdr), expected.shareFDR))
  }

  @Test func meansAgreeWithWelch() throws {
    let moments = try expected.values.map { try Moments($0) }
    let found = zip(expected.first, expected.second).map { welchTest(moments[$0], moments[$1])?.pValue ?? .nan }
    #expect(agree(found, expected.mean))
    #expect(agree(PairTests.adjusted(found, .bonferroni), expected.meanBonferroni))
    #expect(agree(PairTests.adjusted(found, .fdr), expected.meanFDR))
    let limits = zip(expected.first, expected.second).map { meanDifferenceInterval(moments[$0], moments[$1]) }
    #expect(agree(limits.map { $0?.lower ?? .nan }, expected.lower))
    #expect(agree(limits.map { $0?.upper ?? .nan }, expected.upper))
  }

  /// Newcombe, Statistics in Medicine 17 (1998), table II, contrast a: 0.0524 to 0.3339.
  @Test func differencesOfSharesHaveNewcombesInterval() throws {
    let found = try #require(shareDifferenceInterval(56.0 / 70, base: 70, 48.0 / 80, base: 80))
    #expect(abs(found.lower - 0.0524) < 5e-5 && abs(found.upper - 0.3339) < 5e-5)
    let extreme = try #require(shareDifferenceInterval(1, base: 10, 0, base: 20))
    #expect(abs(extreme.lower - 0.6791) < 5e-5 && extreme.upper == 1)
  }

  @Test func onlyTheHigherGroupCarriesTheLetter() {
    let low = PairTests.lowerGroups([0.2, 0.6, nil, 0.6], adjustment: .bonferroni) { _, _ in 0.001 }
    #expect(low == [[], [0], [], [0]])
    // Three pairs: 0.03 is not below 0.05 once it is tripled.
    #expect(PairTests.lowerGroups([1, 2, 3], adjustment: .bonferroni) { _, _ in 0.03 } == [[], [], []])
    #expect(PairTests.lowerGroups([1, 2, 3], adjustment: .fdr) { _, _ in 0.03 } == [[], [0], [0, 1]])
    #expect(PairTests.lowerGroups([1, 2], adjustment: .fdr) { _, _ in nil } == [[], []])
  }

  @Test func nothingVariesNothingIsTested() {
    #expect(twoShareTest(0, base: 10, 0, base: 12) == nil)
    #expect(twoShareTest(1, base: 10, 1, base: 12) == nil)
    #expect(twoShareTest(1.2, base: 10, 0.5, base: 12) == nil)
    #expect(shareDifferenceInterval(0.5, base: 0, 0.5, base: 2) == nil)
  }
}
