/// What a ranking by predicted uplift gains over contacting at random, judged on rows with and without treatment.
///
/// Radcliffe, *Using control groups to target on predicted lift* (2007). With rows from the highest prediction,
/// Q = Rₜ − R꜀ Nₜ / N꜀: outcomes among the treated so far, less those the controls so far would have given in their number.
/// The coefficient is the area between that curve and the straight line to its end, as a share of the same area of the
/// best ranking there can be: treated rows with the outcome first, controls with the outcome last.
package struct QiniCurve: Sendable {
  package enum Failure: Error, Equatable, Sendable {
    case count
    case notFinite(Int)
    /// No treated row, or no control.
    case oneArm
    /// No outcome at all, so that no ranking is better than another.
    case noOutcome
  }

  package struct Point: Equatable, Sendable {
    /// Of all rows, from the highest prediction, 0–1.
    package let share: Double
    /// Outcomes gained per treated row of the whole: Q / Nₜ.
    package let gain: Double
  }

  /// From 0, 0; one point a different prediction.
  package let points: [Point]
  /// The coefficient: 1 for the best ranking, about 0 for a random one, below 0 for a wrong one.
  package let coefficient: Double
  /// The area between curve and line without the division, in outcomes per treated row.
  package let area: Double

  private let rows: Rows

  /// - Parameters:
  ///   - scores: predicted uplift, finite.
  ///   - treated: whether the row was treated; by chance, or nothing here means anything.
  ///   - weights: case weights ≥ 0; 1 each where none are given.
  package init(
    _ scores: [Double], outcomes: [Bool], treated: [Bool], weights: [Double]? = nil
  ) throws(Failure) {
    let n = scores.count
    guard outcomes.count == n, treated.count == n, weights.map({ $0.count == n }) ?? true else { throw .count }
    if let bad = scores.firstIndex(where: { !$0.isFinite }) { throw .notFinite(bad) }
    guard treated.contains(true), treated.contains(false) else { throw .oneArm }
    guard outcomes.contains(true) else { throw .noOutcome }
    rows = Rows(scores, outcomes, treated, weights)
    var points: [Point] = []
    guard let summary = rows.summary(counts: nil, points: &points, wantsPoints: true) else { throw .noOutcome }
    self.points = points
    coefficient = summary.coefficient
    area = summary.area
  }

  /// The interval of the coefficient by the bootstrap: rows are drawn again within treated and control, the predictions stay.
  ///
  /// - Parameters:
  ///   - draws: at least 20.
  ///   - confidence: 0–1, exclusive; percentiles.
  package func bootstrapInterval(draws: Int, seed: UInt64, confidence: Double = 0.95) -> Interval? {
    guard draws >= 20 else { return nil }
    var found: [Double] = []
    var counts = [Double](repeating: 0, count: rows.count)
    var points: [Point] = []
    for draw in 0..<draws {
      var generator = SeededGenerator(seed: seed, stream: UInt64(draw) + 1)
      for i in counts.indices { counts[i] = 0 }
      for arm in [rows.treatedRows, rows.controlRows] {
        for _ in arm.indices { counts[arm[generator.index(below: arm.count)]] += 1 }
      }
      if let summary = rows.summary(counts: counts, points: &points, wantsPoints: false) {
        found.append(summary.coefficient)
      }
    }
    guard found.count * 2 > draws else { return nil }
    found.sort()
    let tail = (1 - confidence) / 2
    return Interval(lower: quantile(found, tail), upper: quantile(found, 1 - tail))
  }
}

/// The rows in the order of their predictions, the highest first.
private struct Rows: Sendable {
  let outcome: [Double]
  let isTreated: [Bool]
  let weight: [Double]
  /// Whether the row after has another prediction.
  let endsTie: [Bool]
  let treatedRows: [Int]
  let controlRows: [Int]

  var count: Int { outcome.count }

  init(_ scores: [Double], _ outcomes: [Bool], _ treated: [Bool], _ weights: [Double]?) {
    let order = Array(ascendingOrder(scores).reversed())
    outcome = order.map { outcomes[$0] ? 1 : 0 }
    isTreated = order.map { treated[$0] }
    weight = order.map { weights?[$0] ?? 1 }
    endsTie = order.indices.map { $0 + 1 == order.count || scores[order[$0]] != scores[order[$0 + 1]] }
    treatedRows = order.indices.filter { treated[order[$0]] }
    controlRows = order.indices.filter { !treated[order[$0]] }
  }

  /// - Parameter counts: how often each row counts; nil for once.
  func summary(
    counts: [Double]?, points: inout [QiniCurve.Point], wantsPoints: Bool
  ) -> (coefficient: Double, area: Double)? {
    var (treated, control, treatedOutcomes, controlOutcomes) = (0.0, 0.0, 0.0, 0.0)
    for i in outcome.indices {
      let w = weight[i] * (counts?[i] ?? 1)
      if isTreated[i] {
        treated += w
        treatedOutcomes += w * outcome[i]
      } else {
        control += w
        controlOutcomes += w * outcome[i]
      }
    }
    let all = treated + control
    guard treated > 0, control > 0 else { return nil }
    if wantsPoints { points = [QiniCurve.Point(share: 0, gain: 0)] }

    var area = 0.0
    var last = (at: 0.0, value: 0.0)
    var (t, c, to, co) = (0.0, 0.0, 0.0, 0.0)
    for i in outcome.indices {
      let w = weight[i] * (counts?[i] ?? 1)
      if isTreated[i] {
        t += w
        to += w * outcome[i]
      } else {
        c += w
        co += w * outcome[i]
      }
      guard endsTie[i] else { continue }
      let value = to - (c > 0 ? co * t / c : 0)
      area += (t + c - last.at) * (value + last.value) / 2
      last = (t + c, value)
      if wantsPoints { points.append(QiniCurve.Point(share: (t + c) / all, gain: value / treated)) }
    }
    let end = treatedOutcomes - controlOutcomes * treated / control
    let line = all * end / 2
    // The best ranking rises to all treated outcomes, stays, and falls over the controls' outcomes at its end.
    let best =
      treatedOutcomes * treatedOutcomes / 2 + (all - controlOutcomes - treatedOutcomes) * treatedOutcomes
      + controlOutcomes * (treatedOutcomes + end) / 2
    guard best > line else { return nil }
    return ((area - line) / (best - line), (area - line) / (all * treated))
  }
}

/// A quantile of sorted values, between neighbours in proportion (Hyndman & Fan 1996, type 7).
private func quantile(_ sorted: [Double], _ share: Double) -> Double {
  let place = Double(sorted.count - 1) * share
  let low = Int(place)
  guard low + 1 < sorted.count else { return sorted[sorted.count - 1] }
  return sorted[low] + (place - Double(low)) * (sorted[low + 1] - sorted[low])
}
