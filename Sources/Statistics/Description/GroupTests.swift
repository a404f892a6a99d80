/// The result of a test of a hypothesis.
package struct TestResult: Equatable, Sendable {
  /// The test statistic: *t*, *F* or χ².
  package let statistic: Double
  /// Degrees of freedom (of the numerator for *F*).
  package let degrees: Double
  /// Degrees of freedom of the denominator for *F*, else `nil`.
  package let denominatorDegrees: Double?
  /// The probability of a statistic at least this extreme if there were no difference, 0–1.
  package let pValue: Double
}

/// Lebart's test values: by how many standard deviations a group differs from what a random draw would give
/// (Lebart, Morineau & Piron 1995; FactoMineR catdes). Beyond ±1.96 is rarer than 5 %; exploratory where the variable
/// helped to form the groups.
package enum TestValue {
  /// The test value of a mean: (m_k − m) / √(s²/n_k · (N − n_k)/(N − 1)), s² of divisor N.
  ///
  /// - Parameters:
  ///   - groupMean: The mean of the group.
  ///   - groupSize: n_k, 1 ..< N.
  ///   - mean: The mean of all.
  ///   - variance: The variance of all with divisor N, > 0.
  ///   - size: N.
  /// - Returns: `nil` where no group remains to differ from (n_k = N or 0), or nothing varies.
  package static func mean(
    groupMean: Double, groupSize: Double, mean: Double, variance: Double, size: Double
  ) -> Double? {
    guard groupSize > 0, size > 1, groupSize < size, variance > 0 else { return nil }
    let error = (variance / groupSize * ((size - groupSize) / (size - 1))).squareRoot()
    let value = (groupMean - mean) / error
    return value.isFinite ? value : nil
  }

  /// The test value of a share: the normal quantile of the two-sided hypergeometric mid-sum probability
  /// min(2P(X < x) + P(x), 2P(X > x) + P(x)), negative where the group has less than its share.
  ///
  /// - Parameters:
  ///   - inGroup: Cases of the group with the category, x.
  ///   - groupSize: n_k.
  ///   - total: Cases of all with the category.
  ///   - size: N.
  /// - Returns: `nil` for impossible counts, or where nothing can differ (no such category, all of it, or no other
  ///   group). A probability below 10⁻³⁰⁰ is worked out in logarithms.
  package static func share(inGroup: Int, groupSize: Int, total: Int, size: Int) -> Double? {
    guard size > 1, groupSize > 0, groupSize < size, total > 0, total < size else { return nil }
    guard inGroup >= max(0, groupSize - (size - total)), inGroup <= min(groupSize, total) else { return nil }
    let distribution = Hypergeometric(population: size, marked: total, draws: groupSize)
    let p = probability(inGroup, distribution)
    let expected = Double(groupSize) * Double(total) / Double(size)
    let difference = Double(inGroup) - expected
    guard p >= 1e-300 else {
      let value = farShare(inGroup, distribution, isAbove: difference > 0)
      return value.isFinite ? (difference > 0 ? value : -value) : nil
    }
    guard p < 1 - 1e-12 else { return 0 }
    return difference > 0 ? NormalDistribution.inverseSF(p / 2) : -NormalDistribution.inverseSF(p / 2)
  }

  /// The two-sided mid-sum probability of `share(inGroup:groupSize:total:size:)`, 0–1.
  static func probability(_ x: Int, _ distribution: Hypergeometric) -> Double {
    let at = distribution.pmf(x)
    return min(1, 2 * distribution.cdf(x - 1) + at, 2 * distribution.sf(x) + at)
  }
}

/// Welch's test of two means.
///
/// - Returns: *t* = (m_a − m_b) / se with Welch–Satterthwaite degrees of freedom; `nil` where either group has fewer than
///   two values or neither varies. Weighted groups count by their effective base.
package func welchTest(_ a: Moments, _ b: Moments) -> TestResult? {
  guard let ea = a.standardError, let eb = b.standardError else { return nil }
  let (va, vb) = (ea * ea, eb * eb)
  guard va + vb > 0 else { return nil }
  let t = (a.mean - b.mean) / (va + vb).squareRoot()
  let (sa, sb) = (va / (va + vb), vb / (va + vb))
  let degrees = 1 / (sa * sa / (a.effectiveBase - 1) + sb * sb / (b.effectiveBase - 1))
  let p = StudentT(degrees: degrees).twoSided(t)
  guard t.isFinite, degrees.isFinite, p.isFinite else { return nil }
  return TestResult(statistic: t, degrees: degrees, denominatorDegrees: nil, pValue: p)
}

/// One-way analysis of variance with the effect size η².
package struct VarianceAnalysis: Equatable, Sendable {
  /// Sum of squares between groups / total: the share of variance the groups explain, 0–1.
  package let etaSquared: Double
  /// The *F* test; `nil` where no degrees of freedom or no variance within groups remain.
  package let test: TestResult?

  /// Compares the means of groups.
  ///
  /// - Parameters:
  ///   - values: One a case, finite.
  ///   - groups: The group of each case, from 0; groups without cases do not count.
  ///   - weights: Case weights rescaled to sum to the number of cases; `nil` is 1 each.
  /// - Returns: `nil` for lengths that differ, values or weights that are not finite, fewer than two groups, or values
  ///   that do not vary.
  package init?(values: [Double], groups: [Int], weights: [Double]? = nil) {
    guard values.count == groups.count, groups.allSatisfy({ $0 >= 0 && $0 <= values.count + 1_000_000 }),
      let all = try? Moments(values, weights: weights), all.variance > 0
    else { return nil }
    let scale = Double(all.count) / all.weight
    let k = (groups.max() ?? 0) + 1
    var sums = [Double](repeating: 0, count: k)
    var sizes = sums
    for i in values.indices {
      let w = (weights?[i] ?? 1) * scale
      sizes[groups[i]] += w
      sums[groups[i]] += w * (values[i] - all.mean)
    }
    let present = (0..<k).filter { sizes[$0] > 0 }
    guard present.count > 1 else { return nil }
    let between = present.reduce(0) { $0 + sums[$1] / sizes[$1] * sums[$1] }
    let total = all.variance * Double(all.count)
    guard between.isFinite, total.isFinite else { return nil }
    etaSquared = min(1, between / total)
    let free = all.count - present.count
    var within = 0.0
    for i in values.indices {
      let difference = values[i] - all.mean - sums[groups[i]] / max(sizes[groups[i]], .leastNormalMagnitude)
      within += (weights?[i] ?? 1) * scale * difference * difference
    }
    guard free > 0, within > 1e-14 * total else {
      test = nil
      return
    }
    let f = between / Double(present.count - 1) / (within / Double(free))
    let distribution = FisherF(numerator: Double(present.count - 1), denominator: Double(free))
    test = TestResult(
      statistic: f, degrees: Double(present.count - 1), denominatorDegrees: Double(free), pValue: distribution.sf(f))
  }
}

/// Pearson's χ² test of a table of counts, with Cramér's *V*.
package struct ContingencyTest: Equatable, Sendable {
  /// χ², its degrees of freedom and probability, without continuity correction.
  package let test: TestResult
  /// √(χ² / (n · (min(r, c) − 1))), 0–1, rows and columns without counts left out.
  package let cramersV: Double
  /// The smallest expected count; below 5 the probability is rough.
  package let smallestExpected: Double

  /// Tests rows against columns.
  ///
  /// - Returns: `nil` for counts that are negative or not finite, or fewer than two rows or columns with counts.
  package init?(_ counts: Matrix) {
    guard counts.storage.allSatisfy({ $0 >= 0 && $0.isFinite }) else { return nil }
    let n = counts.sum
    guard n > 0, n.isFinite else { return nil }
    let rowSums = counts.rowSums
    let columnSums = counts.columnSums
    let rows = counts.rows == 0 ? [] : (0..<counts.rows).filter { rowSums[$0] > 0 }
    let columns = (0..<counts.columns).filter { columnSums[$0] > 0 }
    guard rows.count > 1, columns.count > 1 else { return nil }
    var (square, smallest) = (0.0, Double.infinity)
    for i in rows {
      for j in columns {
        let expected = rowSums[i] * (columnSums[j] / n)
        let difference = counts[i, j] - expected
        square += difference / expected * difference
        smallest = min(smallest, expected)
      }
    }
    guard square.isFinite else { return nil }
    let degrees = Double((rows.count - 1) * (columns.count - 1))
    test = TestResult(
      statistic: square, degrees: degrees, denominatorDegrees: nil, pValue: ChiSquared(degrees: degrees).sf(square))
    cramersV = min(1, (square / n / Double(min(rows.count, columns.count) - 1)).squareRoot())
    smallestExpected = smallest
  }
}
