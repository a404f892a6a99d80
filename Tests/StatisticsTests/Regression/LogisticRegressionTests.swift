import Testing

@testable import Statistics

/// Against R's `glm` and glmnet; see `Reference/logistic/make.R`.
@Suite struct LogisticRegressionTests {
  private func expect(_ fit: LogisticRegression, is expected: MailReference.Fit) {
    let found: [LogisticRegression.Coefficient?] = [fit.intercept] + fit.coefficients
    #expect(found.count == expected.estimate.count)
    for (at, own) in found.enumerated() {
      guard let own, let estimate = expected.estimate[at], let error = expected.standard_error[at] else {
        #expect(own == nil && expected.estimate[at] == nil, "term \(at)")
        continue
      }
      #expect(agree(own.estimate, estimate), "term \(at)")
      #expect(agree(own.standardError, error), "term \(at)")
      #expect(agree(own.z, expected.z[at] ?? .nan, 1e-7), "term \(at)")
      #expect(agree(own.pValue, expected.p_value[at] ?? .nan, 1e-7), "term \(at)")
    }
    #expect(agree(fit.deviance, expected.deviance))
    #expect(agree(-2 * fit.nullLogLikelihood, expected.null_deviance))
    #expect(!fit.isSeparated && fit.ridge == 0)
  }

  @Test func `estimates, errors and deviance are glm's, a column that follows from others has none`() throws {
    let mail = try MailTable()
    let fit = try LogisticRegression(mail.design(0..<420), outcomes: Array(mail.truths("responded").prefix(420)))
    expect(fit, is: try MailReference.read().plain)
    #expect(fit.coefficients[7] == nil)
    #expect(fit.iterations < 10)
  }

  @Test func `case weights are rescaled to the base`() throws {
    let mail = try MailTable()
    let weights = Array(mail.numbers("weight").prefix(420))
    let outcomes = Array(mail.truths("responded").prefix(420))
    let fit = try LogisticRegression(mail.design(0..<420), outcomes: outcomes, weights: weights)
    expect(fit, is: try MailReference.read().weighted)
    let scaled = try LogisticRegression(mail.design(0..<420), outcomes: outcomes, weights: weights.map { $0 * 1e9 })
    #expect(agree(scaled.intercept.standardError, fit.intercept.standardError))
  }

  @Test func `new rows get log odds with standard errors`() throws {
    let mail = try MailTable()
    let expected = try MailReference.read().link
    let fit = try LogisticRegression(mail.design(0..<420), outcomes: Array(mail.truths("responded").prefix(420)))
    let said = fit.prediction(mail.design(420..<600))
    #expect(agree(said.logits, expected.fit))
    #expect(agree(said.standardErrors, expected.standard_error))
    #expect(zip(said.probabilities, said.upperLimits()).allSatisfy { $0 < $1 && $1 < 1 })
  }

  @Test func `separated outcomes get the ridge of glmnet, and it is said who ran away`() throws {
    let mail = try MailTable()
    let outcomes = mail.rows.map { $0["responded"] == "1" || $0["town"] == "Derwent" }
    let fit = try LogisticRegression(mail.design(0..<600, withBackup: false), outcomes: outcomes)
    let expected = try MailReference.read().ridge
    #expect(fit.isSeparated && fit.ridge == 1)
    #expect(fit.runaways == [4])
    #expect(agree(fit.intercept.estimate, expected.intercept, 1e-6))
    #expect(agree(fit.coefficients.map { $0?.estimate ?? .nan }, expected.coefficients, 1e-6, floor: 1e-7))
    let plain = try LogisticRegression(mail.design(0..<600, withBackup: false), outcomes: outcomes, ridge: 1)
    #expect(plain.coefficients == fit.coefficients && !plain.isSeparated)
  }

  @Test func `complete separation is found`() throws {
    let x = Matrix((0..<40).map { [Double($0), Double($0 % 7)] })
    let fit = try LogisticRegression(x, outcomes: (0..<40).map { $0 >= 20 })
    #expect(fit.isSeparated && fit.runaways.contains(0))
    #expect(fit.coefficients.allSatisfy { $0?.estimate.isFinite == true && $0?.standardError.isFinite == true })
  }

  @Test func `a rare outcome is no separation`() throws {
    var generator = SeededGenerator(seed: 5)
    let x = Matrix((0..<20_000).map { _ in [generator.normal(), generator.normal() * 1e6] })
    let outcomes = (0..<20_000).map { i in generator.uniform() < 0.003 * (x[i, 0] > 1 ? 5 : 1) }
    let fit = try LogisticRegression(x, outcomes: outcomes)
    #expect(!fit.isSeparated)
  }

  @Test func `constant and repeated columns get no coefficient`() throws {
    let mail = try MailTable()
    let age = mail.numbers("age")
    let x = Matrix(age.map { [3, $0, 2 * $0 + 1, $0 * $0] })
    let fit = try LogisticRegression(x, outcomes: mail.truths("responded"))
    #expect(fit.coefficients.map { $0 == nil } == [true, false, true, false])
    #expect(fit.prediction(x).logits.allSatisfy { $0.isFinite })
  }

  @Test func `what cannot be fitted is refused`() {
    let x = Matrix([[1], [2], [3]])
    #expect(
      thrown { () throws(LogisticRegression.Failure) in _ = try LogisticRegression(x, outcomes: [true]) } == .count(1))
    #expect(
      thrown { () throws(LogisticRegression.Failure) in
        _ = try LogisticRegression(x, outcomes: [true, true, true])
      } == .oneOutcome)
    #expect(
      thrown { () throws(LogisticRegression.Failure) in
        _ = try LogisticRegression(x, outcomes: [true, false, true], weights: [1, 0, 1])
      } == .oneOutcome)
    #expect(
      thrown { () throws(LogisticRegression.Failure) in
        _ = try LogisticRegression(x, outcomes: [true, false, true], weights: [1, -1, 1])
      } == .badWeight(1))
    #expect(
      thrown { () throws(LogisticRegression.Failure) in
        _ = try LogisticRegression(Matrix([[1], [.nan], [3]]), outcomes: [true, false, true])
      } == .notFinite(column: 0))
    #expect(
      thrown { () throws(LogisticRegression.Failure) in
        _ = try LogisticRegression(Matrix([[1e300], [-1e300], [3]]), outcomes: [true, false, true])
      } == .notFinite(column: 0))
  }
}
