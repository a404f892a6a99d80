import Testing

@testable import Statistics

@Suite struct DescriptionTests {
  private struct Scipy: Decodable {
    let groups: [[Double]]
    let welch, anova: [Double]
    let table: [[Double]]
    let chi2, mean_interval, wilson_7_of_40_at_90: [Double]
  }
  private struct Catdes: Decodable {
    let group: [Int]
    let score: [Double]
    let level: [Int]
    let eta2, eta2_p: Double
    let score_v: [Double]
    let level_v: [[Double]]
  }

  /// scipy.stats: ttest_ind(equal_var=False), f_oneway, chi2_contingency, t.interval, Wilson's interval.
  @Test func testsAgreeWithScipy() throws {
    let expected = try reference("scipy/distributions.expected.json", as: Scipy.self)
    let groups = try expected.groups.map { try Moments($0) }
    let welch = try #require(welchTest(groups[0], groups[1]))
    #expect(agree([welch.statistic, welch.degrees, welch.pValue], expected.welch))
    let labels = expected.groups.indices.flatMap { at in expected.groups[at].map { _ in at } }
    let anova = try #require(VarianceAnalysis(values: expected.groups.flatMap { $0 }, groups: labels)?.test)
    #expect(agree([anova.statistic, anova.pValue], expected.anova))
    let table = try #require(ContingencyTest(Matrix(expected.table)))
    #expect(
      agree(
        [table.test.statistic, table.test.degrees, table.test.pValue, table.cramersV, table.smallestExpected],
        expected.chi2))
    let interval = try #require(groups[0].meanInterval())
    #expect(agree([interval.lower, interval.upper], expected.mean_interval))
    let wilson = try #require(wilsonInterval(successes: 7, trials: 40, confidence: 0.9))
    #expect(agree([wilson.lower, wilson.upper], expected.wilson_7_of_40_at_90))
  }

  /// FactoMineR's catdes: test values and η².
  @Test func testValuesAgreeWithFactoMineR() throws {
    let expected = try reference("FactoMineR/catdes.expected.json", as: Catdes.self)
    let all = try Moments(expected.score)
    let analysis = try #require(VarianceAnalysis(values: expected.score, groups: expected.group))
    #expect(agree(analysis.etaSquared, expected.eta2))
    #expect(agree(try #require(analysis.test).pValue, expected.eta2_p))
    for group in 0..<3 {
      let rows = expected.group.indices.filter { expected.group[$0] == group }
      let own = try Moments(rows.map { expected.score[$0] })
      let v = TestValue.mean(
        groupMean: own.mean, groupSize: Double(own.count), mean: all.mean, variance: all.variance, size: 100)
      #expect(agree(try #require(v), expected.score_v[group]))
      for level in 0..<3 {
        let v = TestValue.share(
          inGroup: rows.count { expected.level[$0] == level }, groupSize: rows.count,
          total: expected.level.count { $0 == level }, size: 100)
        #expect(agree(try #require(v), expected.level_v[group][level]))
      }
    }
  }

  @Test func testValuesAtTheEdges() throws {
    #expect(TestValue.mean(groupMean: 1, groupSize: 10, mean: 1, variance: 2, size: 10) == nil)
    #expect(TestValue.mean(groupMean: 1, groupSize: 1, mean: 1, variance: 0, size: 10) == nil)
    #expect(TestValue.share(inGroup: 0, groupSize: 5, total: 0, size: 10) == nil)
    #expect(TestValue.share(inGroup: 6, groupSize: 5, total: 7, size: 10) == nil)
    #expect(TestValue.share(inGroup: 2, groupSize: 4, total: 5, size: 10) == 0)
    let vast = try #require(TestValue.share(inGroup: 50_000, groupSize: 50_000, total: 50_000, size: 100_000))
    #expect(vast.isFinite && vast > 200)
    let opposite = try #require(TestValue.share(inGroup: 0, groupSize: 50_000, total: 50_000, size: 100_000))
    #expect(opposite == -vast)
  }

  @Test func weightedMoments() throws {
    let weighted = try Moments([1, 2, 9], weights: [2, 1, 0])
    #expect(agree(weighted.mean, 4 / 3.0) && agree(weighted.variance, 2 / 9.0))
    #expect(weighted.count == 2 && weighted.weight == 3 && agree(weighted.effectiveBase, 9 / 5.0))
    let plain = try Moments([1, 2, 4])
    #expect(agree(try #require(plain.sampleVariance), 7 / 3.0) && plain.effectiveBase == 3)
    let single = try Moments([5])
    #expect(single.sampleVariance == nil && single.meanInterval() == nil && single.variance == 0)
    #expect(try Moments([0.1, 0.1, 0.1]).variance < 1e-30)
  }

  @Test func badSamplesAreRefused() {
    #expect(throws: Moments.Failure.empty) { try Moments([]) }
    #expect(throws: Moments.Failure.empty) { try Moments([1], weights: [0]) }
    #expect(throws: Moments.Failure.weightCount(2)) { try Moments([1], weights: [1, 1]) }
    #expect(throws: Moments.Failure.badWeight(0)) { try Moments([1], weights: [-1]) }
    #expect(throws: Moments.Failure.notFinite(1)) { try Moments([1, .nan]) }
    #expect(throws: Moments.Failure.tooLarge) { try Moments([1e308, -1e308]) }
    #expect(wilsonInterval(successes: 1, trials: 0) == nil && wilsonInterval(successes: 2, trials: 1) == nil)
    #expect(wilsonInterval(successes: 0, trials: 5)?.lower == 0 && wilsonInterval(successes: 5, trials: 5)?.upper == 1)
    #expect(VarianceAnalysis(values: [1, 2], groups: [0, 0]) == nil)
    #expect(VarianceAnalysis(values: [1, 1], groups: [0, 1]) == nil)
    #expect(VarianceAnalysis(values: [1, 2], groups: [0, -1]) == nil)
    #expect(VarianceAnalysis(values: [1, 2], groups: [0, 1])?.test == nil)
    #expect(VarianceAnalysis(values: [1, 2], groups: [0, 1])?.etaSquared == 1)
    #expect(VarianceAnalysis(values: [], groups: []) == nil)
    #expect(ContingencyTest(Matrix([[1, 2]])) == nil && ContingencyTest(Matrix([])) == nil)
    #expect(ContingencyTest(Matrix([[1, 0], [0, -2]])) == nil && ContingencyTest(Matrix([[0, 0], [0, 0]])) == nil)
    #expect(ContingencyTest(Matrix([[5, 0, 0], [0, 5, 0]]))?.cramersV == 1)
  }

  @Test func welchAtTheEdges() throws {
    let constant = try Moments([2, 2, 2])
    #expect(welchTest(constant, constant) == nil)
    #expect(welchTest(constant, try Moments([1])) == nil)
    #expect(welchTest(constant, try Moments([1, 2]))?.pValue.isFinite == true)
  }
}
