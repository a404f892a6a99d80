import Glibc

extension LogisticRegression {
  /// What the model says of rows, seen or new.
  package struct Prediction: Sendable {
    /// Log odds.
    package let logits: [Double]
    /// Standard errors of the log odds, from the estimates' covariance.
    package let standardErrors: [Double]
    /// P(outcome), 0–1.
    package var probabilities: [Double] { logits.map { logistic($0) } }

    /// The upper limit of each probability at a confidence (0–1, exclusive), two-sided.
    package func upperLimits(confidence: Double = 0.95) -> [Double] {
      let z = NormalDistribution.quantile(0.5 + confidence / 2)
      return logits.indices.map { logistic(logits[$0] + z * standardErrors[$0]) }
    }
  }

  /// - Parameter design: rows × the columns the model was fitted on, finite.
  package func prediction(_ design: Matrix) -> Prediction {
    precondition(design.columns == coefficients.count, "the design has the columns of the fit")
    var logits: [Double] = []
    var errors: [Double] = []
    logits.reserveCapacity(design.rows)
    errors.reserveCapacity(design.rows)
    let p = scaledEstimates.count
    let estimates = Matrix(rows: p, columns: 1, storage: scaledEstimates)
    // In blocks: a whole scaled copy is not needed at once.
    let block = 8_192
    for start in stride(from: 0, to: design.rows, by: block) {
      let count = min(block, design.rows - start)
      let range = start * design.columns..<(start + count) * design.columns
      let part = scaling.scaled(
        Matrix(rows: count, columns: design.columns, storage: Array(design.storage[range])))
      logits += part.multiplied(by: estimates).storage
      let spread = part.multiplied(by: scaledCovariance)
      for i in 0..<count {
        var sum = 0.0
        for j in 0..<p { sum += spread.storage[i * p + j] * part.storage[i * p + j] }
        errors.append(max(0, sum).squareRoot())
      }
    }
    return Prediction(logits: logits, standardErrors: errors)
  }
}

extension LogisticRegression.Coefficient {
  /// By what the odds are multiplied with a change by one: e to the estimate.
  package var oddsRatio: Double { exp(estimate) }

  /// Its interval at a confidence (0–1, exclusive), from the normal interval of the estimate.
  package func oddsInterval(confidence: Double = 0.95) -> Interval? {
    let reach = NormalDistribution.quantile(0.5 + confidence / 2) * standardError
    guard reach.isFinite else { return nil }
    return Interval(lower: exp(estimate - reach), upper: exp(estimate + reach))
  }
}
