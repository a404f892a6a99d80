/// The weighted count, mean and variance of a sample.
///
/// Weights are case weights; `effectiveBase` is Kish's (Σw)² / Σw².
package struct Moments: Equatable, Sendable {
  /// Why a sample has no moments.
  package enum Failure: Error, Equatable, Sendable {
    /// No values, or none of weight > 0.
    case empty
    /// The weights are not one a value.
    case weightCount(Int)
    /// A weight that is negative or not finite.
    case badWeight(Int)
    /// NaN or infinity.
    case notFinite(Int)
    /// A sum of squares too large to hold.
    case tooLarge
  }

  /// The number of values of weight > 0.
  package let count: Int
  /// The sum of the weights.
  package let weight: Double
  /// Kish's effective base (Σw)² / Σw², 1 … count.
  package let effectiveBase: Double
  /// The weighted mean.
  package let mean: Double
  /// The weighted variance with divisor Σw.
  package let variance: Double

  /// The variance with divisor n − 1, for weights n_eff − 1: variance · n_eff / (n_eff − 1); `nil` for one value.
  package var sampleVariance: Double? {
    effectiveBase > 1 + 1e-12 ? variance * effectiveBase / (effectiveBase - 1) : nil
  }
  /// The standard error of the mean √(s² / n_eff); `nil` for one value.
  package var standardError: Double? { sampleVariance.map { ($0 / effectiveBase).squareRoot() } }

  /// The moments of values, each of weight 1 unless weights are given.
  package init(_ values: [Double], weights: [Double]? = nil) throws(Failure) {
    if let bad = values.firstIndex(where: { !$0.isFinite }) { throw .notFinite(bad) }
    if let weights {
      guard weights.count == values.count else { throw .weightCount(weights.count) }
      if let bad = weights.firstIndex(where: { !($0 >= 0) || !$0.isFinite }) { throw .badWeight(bad) }
    }
    let largest = weights?.max() ?? 1
    guard !values.isEmpty, largest > 0 else { throw .empty }
    func share(_ i: Int) -> Double { (weights?[i] ?? 1) / largest }
    var (sum, squares, used) = (0.0, 0.0, 0)
    for i in values.indices {
      sum += share(i)
      squares += share(i) * share(i)
      if share(i) > 0 { used += 1 }
    }
    var centre = 0.0
    for i in values.indices { centre += share(i) / sum * values[i] }
    // A second pass takes off what rounding left of the mean.
    var correction = 0.0
    for i in values.indices { correction += share(i) / sum * (values[i] - centre) }
    if correction.isFinite { centre += correction }
    var spread = 0.0
    for i in values.indices { spread += share(i) / sum * ((values[i] - centre) * (values[i] - centre)) }
    guard centre.isFinite, spread.isFinite else { throw .tooLarge }
    count = used
    weight = sum * largest
    effectiveBase = sum * sum / squares
    mean = centre
    variance = spread
    guard weight.isFinite else { throw .tooLarge }
  }

  /// Moments worked out elsewhere.
  init(count: Int, weight: Double, effectiveBase: Double, mean: Double, variance: Double) {
    self.count = count
    self.weight = weight
    self.effectiveBase = effectiveBase
    self.mean = mean
    self.variance = variance
  }

  /// The t interval of the mean at a confidence (0–1, exclusive); `nil` for fewer than two values.
  package func meanInterval(confidence: Double = 0.95) -> Interval? {
    guard let standardError, confidence > 0, confidence < 1 else { return nil }
    let reach = StudentT(degrees: effectiveBase - 1).quantile(0.5 + confidence / 2) * standardError
    guard reach.isFinite else { return nil }
    return Interval(lower: mean - reach, upper: mean + reach)
  }
}

/// A closed interval of numbers.
package struct Interval: Equatable, Sendable {
  /// The lower limit.
  package let lower: Double
  /// The upper limit.
  package let upper: Double
  /// The interval between two limits.
  package init(lower: Double, upper: Double) {
    self.lower = lower
    self.upper = upper
  }
}

/// Wilson's (1927) score interval of a proportion.
///
/// - Parameters:
///   - successes: 0 … n; need not be whole (weighted shares times the effective base).
///   - trials: n > 0.
///   - confidence: 0–1, exclusive.
/// - Returns: Limits within 0–1; `nil` for arguments out of range.
package func wilsonInterval(successes: Double, trials: Double, confidence: Double = 0.95) -> Interval? {
  guard trials > 0, trials.isFinite, successes >= 0, successes <= trials, confidence > 0, confidence < 1 else {
    return nil
  }
  let z = NormalDistribution.quantile(0.5 + confidence / 2)
  let p = successes / trials
  let scale = 1 + z * z / trials
  let centre = (p + z * z / (2 * trials)) / scale
  let reach = z / scale * (p * (1 - p) / trials + z * z / (4 * trials * trials)).squareRoot()
  return Interval(
    lower: successes == 0 ? 0 : max(0, centre - reach), upper: successes == trials ? 1 : min(1, centre + reach))
}
