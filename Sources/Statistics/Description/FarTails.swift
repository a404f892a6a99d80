import Glibc

/// Test values whose probability is too small for a double: worked out in logarithms.
extension TestValue {
  /// |v| of a share far out in a tail of the hypergeometric distribution; the same definition as
  /// `share(inGroup:groupSize:total:size:)`, right where the probability itself is 0 as a number (|v| above 37).
  ///
  /// - Parameters:
  ///   - x: The count, within the support.
  ///   - isAbove: Whether it lies above the mean.
  static func farShare(_ x: Int, _ distribution: Hypergeometric, isAbove: Bool) -> Double {
    let tail = tailByPoint(x, distribution, isAbove: isAbove)
    // p/2 = (2 P(beyond x) + P(x)) / 2 = P(x) · (tail − ½)
    return farQuantile(logProbability: logProbability(x, distribution) + log(tail - 0.5))
  }

  /// log P(X = x).
  private static func logProbability(_ x: Int, _ d: Hypergeometric) -> Double {
    logChoose(d.marked, x) + logChoose(d.population - d.marked, d.draws - x) - logChoose(d.population, d.draws)
  }

  private static func logChoose(_ n: Int, _ k: Int) -> Double {
    var sign: Int32 = 0
    return lgamma_r(Double(n) + 1, &sign) - lgamma_r(Double(k) + 1, &sign) - lgamma_r(Double(n - k) + 1, &sign)
  }

  /// P(x and beyond) / P(x): terms shrink going outwards, so the sum stops when they no longer count.
  private static func tailByPoint(_ x: Int, _ d: Hypergeometric, isAbove: Bool) -> Double {
    let rest = d.population - d.marked - d.draws
    var (sum, term, at) = (1.0, 1.0, x)
    while term > sum * 1e-18 {
      if isAbove {
        term *= Double(d.marked - at) / Double(at + 1) * (Double(d.draws - at) / Double(rest + at + 1))
        at += 1
      } else {
        term *= Double(at) / Double(d.marked - at + 1) * (Double(rest + at) / Double(d.draws - at + 1))
        at -= 1
      }
      sum += term
    }
    return sum
  }

  /// The z > 0 with log P(Z > z) as given, for z above about 15: Newton's method on the asymptotic series of the tail.
  private static func farQuantile(logProbability: Double) -> Double {
    var z = (-2 * logProbability).squareRoot()
    for _ in 0..<8 {
      let square = 1 / (z * z)
      let series = 1 - square * (1 - square * (3 - square * (15 - square * 105)))
      let value = -z * z / 2 - log(z) - 0.5 * log(2 * Double.pi) + log(series)
      z += (value - logProbability) / (z + 1 / z)
    }
    return z
  }
}
