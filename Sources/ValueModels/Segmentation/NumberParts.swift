import Statistics

/// A variable of numbers, group by group.
struct NumberParts {
  private let values: [Double]
  private let groups: [Int]
  private let weights: [Double]?
  private let all: Moments?
  private let own: [Moments?]
  private let lowest: Double

  /// - Parameter numbers: one a row used, NaN where missing.
  init(_ numbers: [Double], _ grouping: Grouping) {
    var byGroup = [[Double]](repeating: [], count: grouping.count)
    var weightsByGroup = byGroup
    var (values, groups, weights): ([Double], [Int], [Double]) = ([], [], [])
    for (row, group) in grouping.membership.enumerated() where !numbers[row].isNaN {
      byGroup[group].append(numbers[row])
      values.append(numbers[row])
      groups.append(group)
      if let all = grouping.weights {
        weightsByGroup[group].append(all[row])
        weights.append(all[row])
      }
    }
    self.values = values
    self.groups = groups
    let isWeighted = grouping.weights != nil
    self.weights = isWeighted ? weights : nil
    all = try? Moments(values, weights: isWeighted ? weights : nil)
    own = byGroup.indices.map { try? Moments(byGroup[$0], weights: isWeighted ? weightsByGroup[$0] : nil) }
    lowest = values.min() ?? 0
  }

  func row(shown: [Bool], isShare: Bool) -> VariableProfile.Row {
    guard let all else { return .init(level: nil, total: .nan, cells: shown.map { _ in nil }) }
    // A ratio to the total means something only on a scale whose zero means none.
    let hasRatio = all.mean > 0 && lowest >= 0
    let cells = shown.indices.map { g -> VariableProfile.Cell? in
      guard shown[g], let part = own[g] else { return nil }
      let rest = Moments(pooling: own.indices.filter { $0 != g }.compactMap { own[$0] })
      let test =
        weights == nil
        ? TestValue.mean(
          groupMean: part.mean, groupSize: Double(part.count), mean: all.mean, variance: all.variance,
          size: Double(all.count)) : TestValue.weighted(group: part, rest: rest, all: all)
      return VariableProfile.Cell(
        value: part.mean, index: hasRatio ? 100 * part.mean / all.mean : .nan, vTest: test ?? .nan,
        interval: isShare ? share(part).interval : part.meanInterval(),
        difference: rest.flatMap { difference(part, $0, all, isShare: isShare) }, effectiveBase: part.effectiveBase,
        distance: rest.map { isShare ? cohensH(part.mean, $0.mean) : cohensD(part, $0) } ?? .nan)
    }
    return .init(level: nil, total: all.mean, cells: cells)
  }

  /// η² over the groups shown.
  func effectSize(shown: [Bool]) -> Double {
    let seen = values.indices.filter { shown[groups[$0]] }
    let own = weights.map { weights in seen.map { weights[$0] } }
    return VarianceAnalysis(values: seen.map { values[$0] }, groups: seen.map { groups[$0] }, weights: own)?.etaSquared
      ?? .nan
  }

  func meanProbability(_ a: Int, _ b: Int) -> Double? {
    guard let a = own[a], let b = own[b] else { return nil }
    return welchTest(a, b)?.pValue
  }

  func shareProbability(_ a: Int, _ b: Int) -> Double? {
    guard let a = own[a], let b = own[b] else { return nil }
    return twoShareTest(share(a).value, base: a.effectiveBase, share(b).value, base: b.effectiveBase)?.pValue
  }

  /// A mean of zeros and ones as the share it is: rounding may put it a hair outside.
  private func share(_ part: Moments) -> (value: Double, interval: Interval?) {
    let value = min(1, max(0, part.mean))
    return (value, shareInterval(value, base: part.effectiveBase))
  }

  /// The interval of a group's difference from the total: it is the part 1 − f of its difference from the rest.
  private func difference(_ part: Moments, _ rest: Moments, _ all: Moments, isShare: Bool) -> Interval? {
    let interval =
      isShare
      ? shareDifferenceInterval(
        share(part).value, base: part.effectiveBase, share(rest).value, base: rest.effectiveBase)
      : meanDifferenceInterval(part, rest)
    let factor = rest.weight / all.weight
    return interval.map { Interval(lower: factor * $0.lower, upper: factor * $0.upper) }
  }
}

/// Wilson's interval of a share.
func shareInterval(_ share: Double, base: Double) -> Interval? {
  wilsonInterval(successes: share == 1 ? base : min(share * base, base), trials: base)
}
