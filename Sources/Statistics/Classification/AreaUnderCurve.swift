/// The area under the receiver operating characteristic: the probability that a case of the group has a higher score than
/// one of the others, ties counted half (Mann & Whitney 1947; Hanley & McNeil 1982).
///
/// - Parameters:
///   - scores: One a case, no NaN.
///   - isPositive: Whether each case belongs to the group.
///   - weights: Case weights ≥ 0; `nil` is 1 each.
/// - Returns: 0–1; `nil` where either side has no weight, or lengths differ.
package func areaUnderCurve(scores: [Double], isPositive: [Bool], weights: [Double]? = nil) -> Double? {
  guard scores.count == isPositive.count, weights.map({ $0.count == scores.count }) ?? true else { return nil }
  let order = scores.indices.sorted { (scores[$0], $0) < (scores[$1], $1) }
  var (below, positives, area) = (0.0, 0.0, 0.0)
  var at = 0
  while at < order.count {
    var (hits, others) = (0.0, 0.0)
    let score = scores[order[at]]
    while at < order.count, scores[order[at]] == score {
      let weight = weights?[order[at]] ?? 1
      if isPositive[order[at]] { hits += weight } else { others += weight }
      at += 1
    }
    area += hits * (below + others / 2)
    below += others
    positives += hits
  }
  guard positives > 0, below > 0, area.isFinite else { return nil }
  return area / positives / below
}
