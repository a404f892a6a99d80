/// Whether probabilities said beforehand came true, judged on rows a model has not seen.
///
/// Cox 1958; Steyerberg, *Clinical Prediction Models*, 2nd ed. (2019), §15.3.
package struct Calibration: Equatable, Sendable {
  /// The log odds by which the outcome is commoner than said, all rows together: 0 where the level is right.
  package let intercept: Double
  /// What a difference in log odds said is worth in fact: 1 where right, below 1 where the model says too much.
  package let slope: Double
  package let slopeStandardError: Double

  /// - Parameters:
  ///   - logits: log odds as said, finite and not all alike.
  ///   - weights: case weights ≥ 0; 1 each where none are given.
  /// - Returns: nil where it cannot be judged: one outcome only, or outcomes separated by what was said.
  package init?(logits: [Double], outcomes: [Bool], weights: [Double]? = nil) {
    let design = Matrix(rows: logits.count, columns: 1, storage: logits)
    guard let fit = try? LogisticRegression(design, outcomes: outcomes, weights: weights), !fit.isSeparated,
      let found = fit.coefficients[0], let level = Self.level(logits, outcomes, weights)
    else { return nil }
    intercept = level
    slope = found.estimate
    slopeStandardError = found.standardError
  }

  /// The a that makes Σ w P(logit + a) the weighted number of outcomes, by Newton's steps inside a bracket.
  private static func level(_ logits: [Double], _ outcomes: [Bool], _ weights: [Double]?) -> Double? {
    var (low, high, a) = (-60.0, 60.0, 0.0)
    for _ in 0..<200 {
      var (lack, slope) = (0.0, 0.0)
      for i in logits.indices {
        let w = weights?[i] ?? 1
        let p = logistic(logits[i] + a)
        lack += w * ((outcomes[i] ? 1 : 0) - p)
        slope += w * p * (1 - p)
      }
      if lack > 0 { low = a } else { high = a }
      var next = slope > 0 ? a + lack / slope : .infinity
      if !(next > low && next < high) { next = (low + high) / 2 }
      if abs(next - a) <= 1e-13 * (1 + abs(a)) { return next }
      a = next
    }
    return high - low < 1e-9 ? a : nil
  }
}

/// Hosmer and Lemeshow's test of groups of rows that a model has not seen: Σ (O − E)² / (E (1 − E/n)), χ² with one degree
/// of freedom a group (*Applied Logistic Regression*, 3rd ed. 2013, §5.2.2).
///
/// - Parameter groups: rows, outcomes observed, sum of the probabilities said. Groups where nothing was expected are left out.
/// - Returns: nil for fewer than two groups.
package func hosmerLemeshowTest(_ groups: [(rows: Double, observed: Double, expected: Double)]) -> TestResult? {
  var (statistic, count) = (0.0, 0)
  for group in groups where group.rows > 0 && group.expected > 0 && group.expected < group.rows {
    let lack = group.observed - group.expected
    statistic += lack * lack / (group.expected * (1 - group.expected / group.rows))
    count += 1
  }
  guard count > 1, statistic.isFinite else { return nil }
  let degrees = Double(count)
  return TestResult(
    statistic: statistic, degrees: degrees, denominatorDegrees: nil,
    pValue: ChiSquared(degrees: degrees).sf(statistic))
}
