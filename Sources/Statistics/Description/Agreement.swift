/// How far several judges agree on the order or the values of the same objects.
package enum Agreement {
  package struct Concordance: Equatable, Sendable {
    /// Kendall's *W*, corrected for ties, 0–1.
    package let coefficient: Double
    /// χ² = m(n − 1)W with n − 1 degrees of freedom: good from about seven objects on.
    package let test: TestResult
  }

  package struct IntraclassCorrelation: Equatable, Sendable {
    /// ICC(2,1) of Shrout & Fleiss: judges drawn from many, absolute agreement of a single one. At most 1, may be below 0.
    package let agreement: Double
    /// ICC(3,1): agreement up to a constant of each judge.
    package let consistency: Double
  }

  /// Kendall's coefficient of concordance, W = 12S / (m²(n³ − n) − m ΣT), T = Σ(t³ − t) over a judge's ties
  /// (Kendall, *Rank Correlation Methods*, 1948).
  ///
  /// - Parameter values: Judges × objects, any values; each judge's are ranked, ties at their middle rank.
  /// - Returns: nil below two judges or two objects, where no judge tells objects apart, or for numbers not finite.
  package static func concordance(_ values: Matrix) -> Concordance? {
    let (m, n) = (Double(values.rows), Double(values.columns))
    guard values.rows >= 2, values.columns >= 2, values.firstNonFinite == nil else { return nil }
    var sums = [Double](repeating: 0, count: values.columns)
    var ties = 0.0
    for judge in 0..<values.rows {
      let (ranks, correction) = midRanks(Array(values.row(judge)))
      for (object, rank) in ranks.enumerated() { sums[object] += rank }
      ties += correction
    }
    let mean = sums.reduce(0, +) / n
    let spread = sums.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let most = m * m * (n * n * n - n) - m * ties
    guard most > 0 else { return nil }
    let w = min(1, 12 * spread / most)
    let statistic = m * (n - 1) * w
    return Concordance(
      coefficient: w,
      test: TestResult(
        statistic: statistic, degrees: n - 1, denominatorDegrees: nil,
        pValue: ChiSquared(degrees: n - 1).sf(statistic)))
  }

  /// The probability of a concordance at least this high if every judge ranked by chance: each judge's values are
  /// dealt anew among the objects. χ² is too cautious for few judges (Legendre, Journal of Agricultural, Biological and
  /// Environmental Statistics 10, 2005).
  ///
  /// - Returns: The share of draws, the real one among them, in (0, 1]; nil where there is no concordance.
  package static func concordanceProbability(_ values: Matrix, draws: Int, seed: UInt64) -> Double? {
    guard let real = concordance(values)?.coefficient else { return nil }
    var generator = SeededGenerator(seed: seed, stream: 78)
    var asHigh = 1
    for _ in 0..<max(1, draws) {
      var dealt = values
      for judge in 0..<values.rows {
        var row = Array(values.row(judge))
        generator.shuffle(&row)
        for (object, value) in row.enumerated() { dealt[judge, object] = value }
      }
      if let found = concordance(dealt)?.coefficient, found >= real - 1e-12 { asHigh += 1 }
    }
    return Double(asHigh) / Double(max(1, draws) + 1)
  }

  /// Intraclass correlations from the two-way analysis of variance (Shrout & Fleiss, Psychological Bulletin 86, 1979).
  ///
  /// - Parameter values: Judges × objects, all finite.
  /// - Returns: nil below two judges or two objects, or where nothing varies.
  package static func intraclassCorrelation(_ values: Matrix) -> IntraclassCorrelation? {
    let (k, n) = (Double(values.rows), Double(values.columns))
    guard values.rows >= 2, values.columns >= 2, values.firstNonFinite == nil else { return nil }
    let largest = values.storage.reduce(0) { max($0, abs($1)) }
    guard largest > 0 else { return nil }
    let scaled = values.map { $0 / largest }
    let mean = scaled.sum / (k * n)
    func squares(_ sums: [Double], _ size: Double) -> Double {
      sums.reduce(0) { $0 + ($1 / size - mean) * ($1 / size - mean) } * size
    }
    let objects = squares(scaled.columnSums, k)
    let judges = squares(scaled.rowSums, n)
    let total = scaled.storage.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let betweenObjects = objects / (n - 1)
    let betweenJudges = judges / (k - 1)
    let rest = max(0, total - objects - judges) / ((n - 1) * (k - 1))
    let first = betweenObjects + (k - 1) * rest + k * (betweenJudges - rest) / n
    let second = betweenObjects + (k - 1) * rest
    guard total > 1e-24, first > 0, second > 0 else { return nil }
    return IntraclassCorrelation(
      agreement: (betweenObjects - rest) / first, consistency: (betweenObjects - rest) / second)
  }

  /// Ranks from 1 with ties at their middle, and Σ(t³ − t) over groups of ties.
  private static func midRanks(_ values: [Double]) -> (ranks: [Double], ties: Double) {
    let order = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
    var ranks = [Double](repeating: 0, count: values.count)
    var ties = 0.0
    var start = 0
    while start < order.count {
      var end = start + 1
      while end < order.count, values[order[end]] == values[order[start]] { end += 1 }
      for at in start..<end { ranks[order[at]] = Double(start + end + 1) / 2 }
      let length = Double(end - start)
      ties += length * length * length - length
      start = end
    }
    return (ranks, ties)
  }
}
