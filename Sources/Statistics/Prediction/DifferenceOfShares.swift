/// The interval of a difference of two independent shares, p₁ − p₂, from the Wilson limits of each
/// (Newcombe 1998, method 10).
///
/// - Parameters: as for `wilsonInterval`, of either share.
/// - Returns: Limits within −1…1; nil for arguments out of range.
package func differenceInterval(
  successes a: Double, trials n: Double, successes b: Double, trials m: Double, confidence: Double = 0.95
) -> Interval? {
  guard let first = wilsonInterval(successes: a, trials: n, confidence: confidence),
    let second = wilsonInterval(successes: b, trials: m, confidence: confidence)
  else { return nil }
  let (p, q) = (a / n, b / m)
  func root(_ x: Double, _ y: Double) -> Double { (x * x + y * y).squareRoot() }
  return Interval(
    lower: p - q - root(p - first.lower, second.upper - q), upper: p - q + root(first.upper - p, q - second.lower))
}
