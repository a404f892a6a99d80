/// How well scores put rows with an outcome before rows without.
package struct RankCurve: Equatable, Sendable {
  /// Why there is no curve.
  package enum Failure: Error, Equatable, Sendable {
    /// Scores, outcomes and weights are not of one length.
    case count
    /// A score that is not finite.
    case notFinite(Int)
    /// No row of weight > 0 with the outcome, or none without.
    case oneOutcome
  }

  /// The area under the receiver operating curve: P(score of a row with the outcome > score of one without), ties
  /// counting half; 0–1.
  package let area: Double
  /// Its standard error (DeLong, DeLong & Clarke-Pearson 1988); nil where there is one row of a kind.
  package let standardError: Double?
  /// The largest distance between the two distributions of scores (Kolmogorov–Smirnov), 0–1.
  package let separation: Double

  /// - Parameters:
  ///   - scores: finite, higher where the outcome is more likely.
  ///   - weights: case weights ≥ 0; 1 each where none are given.
  package init(_ scores: [Double], outcomes: [Bool], weights: [Double]? = nil) throws(Failure) {
    let n = scores.count
    guard outcomes.count == n, weights.map({ $0.count == n }) ?? true else { throw .count }
    if let bad = scores.firstIndex(where: { !$0.isFinite }) { throw .notFinite(bad) }
    let order = ascendingOrder(scores)
    func weight(_ i: Int) -> Double { weights?[i] ?? 1 }
    var (with, without) = (0.0, 0.0)
    for i in 0..<n { if outcomes[i] { with += weight(i) } else { without += weight(i) } }
    guard with > 0, without > 0 else { throw .oneOutcome }

    // One pass from the lowest score: what of either kind lies below, ties at half.
    var (withBelow, withoutBelow, widest) = (0.0, 0.0, 0.0)
    var positives = Placements()
    var negatives = Placements()
    var start = 0
    while start < n {
      var (end, tiedWith, tiedWithout) = (start, 0.0, 0.0)
      while end < n, scores[order[end]] == scores[order[start]] {
        if outcomes[order[end]] { tiedWith += weight(order[end]) } else { tiedWithout += weight(order[end]) }
        end += 1
      }
      let place = (withoutBelow + tiedWithout / 2) / without
      let counterplace = 1 - (withBelow + tiedWith / 2) / with
      for at in start..<end {
        let i = order[at]
        if outcomes[i] { positives.add(place, weight(i)) } else { negatives.add(counterplace, weight(i)) }
      }
      withBelow += tiedWith
      withoutBelow += tiedWithout
      widest = max(widest, abs(withBelow / with - withoutBelow / without))
      start = end
    }
    area = positives.mean
    separation = widest
    if let a = positives.varianceOfMean, let b = negatives.varianceOfMean {
      standardError = (a + b).squareRoot()
    } else {
      standardError = nil
    }
  }

  /// The interval of the area at a confidence (0–1, exclusive), within 0–1.
  package func interval(confidence: Double = 0.95) -> Interval? {
    guard let standardError, confidence > 0, confidence < 1 else { return nil }
    let reach = NormalDistribution.quantile(0.5 + confidence / 2) * standardError
    return Interval(lower: max(0, area - reach), upper: min(1, area + reach))
  }

  /// Each row's share of the other kind that it stands before.
  private struct Placements {
    private var weight = 0.0
    private var squaredWeights = 0.0
    private var sum = 0.0
    private var squares = 0.0

    mutating func add(_ place: Double, _ w: Double) {
      guard w > 0 else { return }
      weight += w
      squaredWeights += w * w
      sum += w * place
      squares += w * place * place
    }

    var mean: Double { sum / weight }
    var varianceOfMean: Double? {
      let base = weight * weight / squaredWeights
      guard base > 1 + 1e-12 else { return nil }
      return max(0, squares / weight - mean * mean) / (base - 1)
    }
  }
}

/// Places of values from the least, equal ones in the order given.
func ascendingOrder(_ values: [Double]) -> [Int] {
  values.withUnsafeBufferPointer { values in
    (0..<values.count).sorted { values[$0] != values[$1] ? values[$0] < values[$1] : $0 < $1 }
  }
}
