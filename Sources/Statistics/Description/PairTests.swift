/// Tests of every pair of groups, as the letters under the columns of a survey table need them.
package enum PairTests {
  /// How the probabilities of several tests are made comparable with those of one.
  package enum Adjustment: String, Sendable, CaseIterable {
    /// Each times the number of tests: at most 5 % of rows show a difference that is none.
    case bonferroni
    /// Benjamini & Hochberg (1995): of the differences shown, at most 5 % are none.
    case fdr
  }

  /// Probabilities adjusted for their number, in the order given, each at most 1; as R's `p.adjust`.
  ///
  /// - Parameter probabilities: 0–1 each.
  package static func adjusted(_ probabilities: [Double], _ adjustment: Adjustment) -> [Double] {
    let count = Double(probabilities.count)
    switch adjustment {
    case .bonferroni: return probabilities.map { min(1, $0 * count) }
    case .fdr:
      let order = probabilities.indices.sorted { (probabilities[$0], $0) > (probabilities[$1], $1) }
      var result = probabilities
      var least = 1.0
      for (place, at) in order.enumerated() {
        least = min(least, probabilities[at] * count / (count - Double(place)))
        result[at] = least
      }
      return result
    }
  }

  /// For each group the groups that lie below it beyond chance, in their order.
  ///
  /// - Parameters:
  ///   - values: A value a group; `nil` for groups that take no part.
  ///   - level: The error allowed, 0–1.
  ///   - test: The probability of the difference of two groups; `nil` where it cannot be tested.
  package static func lowerGroups(
    _ values: [Double?], adjustment: Adjustment, level: Double = 0.05, test: (Int, Int) -> Double?
  ) -> [[Int]] {
    var pairs: [(higher: Int, lower: Int)] = []
    var probabilities: [Double] = []
    for b in values.indices {
      for a in 0..<b {
        guard let va = values[a], let vb = values[b], let p = test(a, b), p.isFinite else { continue }
        pairs.append(va >= vb ? (a, b) : (b, a))
        probabilities.append(p)
      }
    }
    var result = [[Int]](repeating: [], count: values.count)
    for (pair, p) in zip(pairs, adjusted(probabilities, adjustment))
    where p < level && values[pair.higher] != values[pair.lower] {
      result[pair.higher].append(pair.lower)
    }
    return result.map { $0.sorted() }
  }
}

/// The pooled *z* test of two shares; its square is χ² without continuity correction.
///
/// - Parameters:
///   - a, b: Shares, 0–1.
///   - baseA, baseB: Cases, > 0; effective bases where cases are weighted.
/// - Returns: `nil` where nothing varies (both 0 or both 1) or an argument is out of range.
package func twoShareTest(_ a: Double, base baseA: Double, _ b: Double, base baseB: Double) -> TestResult? {
  guard baseA > 0, baseB > 0, baseA.isFinite, baseB.isFinite, (0...1).contains(a), (0...1).contains(b) else {
    return nil
  }
  let pooled = (a * baseA + b * baseB) / (baseA + baseB)
  let error = (pooled * (1 - pooled) * (1 / baseA + 1 / baseB)).squareRoot()
  guard error > 0 else { return nil }
  let z = (a - b) / error
  return TestResult(
    statistic: z, degrees: .infinity, denominatorDegrees: nil, pValue: min(1, 2 * NormalDistribution.sf(abs(z))))
}

/// Newcombe's (1998, method 10) interval of a difference of two independent shares, from their Wilson intervals.
///
/// - Returns: Limits of a − b within −1 … 1; `nil` for arguments out of range.
package func shareDifferenceInterval(
  _ a: Double, base baseA: Double, _ b: Double, base baseB: Double, confidence: Double = 0.95
) -> Interval? {
  guard let wa = wilsonInterval(successes: min(a * baseA, baseA), trials: baseA, confidence: confidence),
    let wb = wilsonInterval(successes: min(b * baseB, baseB), trials: baseB, confidence: confidence)
  else { return nil }
  func root(_ x: Double, _ y: Double) -> Double { (x * x + y * y).squareRoot() }
  return Interval(
    lower: max(-1, a - b - root(a - wa.lower, wb.upper - b)), upper: min(1, a - b + root(wa.upper - a, b - wb.lower)))
}

/// Welch's *t* interval of a difference of two means; weighted groups count by their effective base.
///
/// - Returns: Limits of a − b; `nil` where either group has fewer than two values or neither varies.
package func meanDifferenceInterval(_ a: Moments, _ b: Moments, confidence: Double = 0.95) -> Interval? {
  guard let test = welchTest(a, b), let ea = a.standardError, let eb = b.standardError, confidence > 0, confidence < 1
  else { return nil }
  let reach = StudentT(degrees: test.degrees).quantile(0.5 + confidence / 2) * (ea * ea + eb * eb).squareRoot()
  guard reach.isFinite else { return nil }
  return Interval(lower: a.mean - b.mean - reach, upper: a.mean - b.mean + reach)
}
