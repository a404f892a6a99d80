import Testing

@testable import Statistics

/// Against pROC, R, scikit-uplift and statsmodels; see `Reference/logistic/`.
@Suite struct PredictionTests {
  private struct Qini: Decodable {
    struct Curve: Decodable {
      var rows: [Double]
      var gain: [Double]
    }
    struct Limits: Decodable {
      var lower: Double
      var upper: Double
    }
    var young_first: Double
    var old_first: Double
    var curve: Curve
    var difference: Limits
  }

  @Test func `area, its DeLong interval and the Kolmogorov-Smirnov distance, with ties`() throws {
    let mail = try MailTable()
    let expected = try MailReference.read().roc
    let curve = try RankCurve(mail.numbers("score"), outcomes: mail.truths("responded"))
    let interval = try #require(curve.interval())
    #expect(agree(curve.area, expected.area))
    #expect(agree([interval.lower, interval.upper], [expected.lower, expected.upper]))
    #expect(agree(curve.separation, expected.ks))
  }

  @Test func `a row of weight two counts as two`() throws {
    let scores = [0.1, 0.4, 0.4, 0.7, 0.9]
    let outcomes = [false, true, false, false, true]
    let weighted = try RankCurve(scores, outcomes: outcomes, weights: [1, 2, 1, 2, 1])
    let repeated = try RankCurve(
      [0.1, 0.4, 0.4, 0.4, 0.7, 0.7, 0.9], outcomes: [false, true, true, false, false, false, true])
    #expect(agree(weighted.area, repeated.area) && agree(weighted.separation, repeated.separation))
  }

  @Test func `scores that tell nothing or everything`() throws {
    let outcomes = [true, false, true, false]
    #expect(try RankCurve([1, 1, 1, 1], outcomes: outcomes).area == 0.5)
    let perfect = try RankCurve([2, 1, 2, 1], outcomes: outcomes)
    #expect(perfect.area == 1 && perfect.separation == 1)
    #expect(perfect.interval() == Interval(lower: 1, upper: 1))
    #expect(
      thrown { () throws(RankCurve.Failure) in _ = try RankCurve([1, 2], outcomes: [true, true]) } == .oneOutcome)
    #expect(
      thrown { () throws(RankCurve.Failure) in _ = try RankCurve([1, .nan], outcomes: [true, false]) } == .notFinite(1))
  }

  @Test func `calibration of rows a model has not seen`() throws {
    let mail = try MailTable()
    let expected = try MailReference.read()
    let found = try #require(
      Calibration(logits: expected.link.fit, outcomes: Array(mail.truths("responded").suffix(180))))
    #expect(agree(found.slope, expected.calibration.slope, 1e-7))
    #expect(agree(found.slopeStandardError, expected.calibration.slope_se, 1e-7))
    #expect(agree(found.intercept, expected.calibration.level, 1e-7))
    #expect(Calibration(logits: [1, 1, 1], outcomes: [true, true, true]) == nil)
  }

  @Test func `the test of groups is chi-squared with a degree a group`() throws {
    let test = try #require(hosmerLemeshowTest([(100, 12, 10), (100, 30, 25), (0, 0, 0)]))
    #expect(agree(test.statistic, 4 / 9 + 25 / 18.75))
    #expect(test.degrees == 2)
    #expect(hosmerLemeshowTest([(10, 1, 1)]) == nil)
  }

  @Test func `the Qini coefficient and its curve`() throws {
    let mail = try MailTable()
    let expected: Qini = try reference("logistic/qini.expected.json")
    let (outcomes, treated) = (mail.truths("responded"), mail.truths("treated"))
    let old = try QiniCurve(mail.numbers("age"), outcomes: outcomes, treated: treated)
    let young = try QiniCurve(mail.numbers("age").map { -$0 }, outcomes: outcomes, treated: treated)
    #expect(agree(old.coefficient, expected.old_first))
    #expect(agree(young.coefficient, expected.young_first))
    let count = Double(treated.count { $0 })
    #expect(agree(young.points.map { $0.share * 600 }, expected.curve.rows))
    #expect(agree(young.points.map { $0.gain * count }, expected.curve.gain, 1e-8, floor: 1e-8))
    let interval = try #require(young.bootstrapInterval(draws: 200, seed: 1))
    #expect(interval.lower < young.coefficient && young.coefficient < interval.upper)
    #expect(interval == young.bootstrapInterval(draws: 200, seed: 1))
  }

  @Test func `uplift needs both arms and an outcome`() {
    func failure(_ outcomes: [Bool], _ treated: [Bool]) -> QiniCurve.Failure? {
      thrown { () throws(QiniCurve.Failure) in _ = try QiniCurve([1, 2], outcomes: outcomes, treated: treated) }
    }
    #expect(failure([true, false], [true, true]) == .oneArm)
    #expect(failure([false, false], [true, false]) == .noOutcome)
    #expect(failure([true, false], [true]) == .count)
  }

  @Test func `the interval of a difference of shares`() throws {
    let mail = try MailTable()
    let expected: Qini = try reference("logistic/qini.expected.json")
    let (outcomes, treated) = (mail.truths("responded"), mail.truths("treated"))
    func count(_ arm: Bool, _ only: Bool) -> Double {
      Double(outcomes.indices.count { treated[$0] == arm && (outcomes[$0] || !only) })
    }
    let found = try #require(
      differenceInterval(
        successes: count(true, true), trials: count(true, false), successes: count(false, true),
        trials: count(false, false)))
    #expect(agree([found.lower, found.upper], [expected.difference.lower, expected.difference.upper]))
    #expect(differenceInterval(successes: 3, trials: 2, successes: 1, trials: 2) == nil)
  }
}
