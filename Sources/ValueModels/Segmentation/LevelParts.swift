import Glibc
import Statistics

/// A variable of categories, group by group.
struct LevelParts {
  /// The weight of each answer (columns) in each group.
  let counts: Matrix
  private let isWeighted: Bool
  /// The weight of those who answered, by group, and their effective bases.
  private let weights: [Double]
  private let effective: [Double]
  private let bases: [Int]

  init(_ codes: [Int32], levels: [String], _ grouping: Grouping, bases: [Int]) {
    var counts = Matrix(rows: grouping.count, columns: levels.count)
    var weights = [Double](repeating: 0, count: grouping.count)
    var squares = weights
    for (row, group) in grouping.membership.enumerated() where codes[row] >= 0 {
      let weight = grouping.weights?[row] ?? 1
      counts[group, Int(codes[row])] += weight
      weights[group] += weight
      squares[group] += weight * weight
    }
    self.counts = counts
    self.weights = weights
    self.bases = bases
    isWeighted = grouping.weights != nil
    effective = weights.indices.map { squares[$0] > 0 ? weights[$0] * weights[$0] / squares[$0] : 0 }
  }

  func row(_ level: Int, shown: [Bool], name: String) -> VariableProfile.Row {
    let column = counts.column(level)
    let with = column.reduce(0, +)
    let all = weights.reduce(0, +)
    let total = with / all
    let squares = weights.indices.map { effective[$0] > 0 ? weights[$0] * weights[$0] / effective[$0] : 0 }
    let allSquares = squares.reduce(0, +)
    let cells = shown.indices.map { g -> VariableProfile.Cell? in
      guard shown[g] else { return nil }
      let share = min(1, column[g] / weights[g])
      let rest = all - weights[g]
      let restSquares = allSquares - squares[g]
      let restShare = rest > 0 ? min(1, max(0, (with - column[g]) / rest)) : .nan
      let restBase = isWeighted ? rest * rest / restSquares : rest
      let hasRest = bases.indices.contains { $0 != g && bases[$0] > 0 } && restBase > 0
      let between =
        hasRest ? shareDifferenceInterval(share, base: effective[g], restShare, base: restBase) : nil
      return VariableProfile.Cell(
        value: share, index: 100 * share / total,
        vTest: hasRest ? test(level, g, share, total: total, restBase: restBase, column: column) ?? .nan : .nan,
        interval: shareInterval(share, base: effective[g]),
        difference: between.map { Interval(lower: rest / all * $0.lower, upper: rest / all * $0.upper) },
        effectiveBase: effective[g], distance: hasRest ? cohensH(share, restShare) : .nan)
    }
    return .init(level: name, total: total, cells: cells)
  }

  private func test(
    _ level: Int, _ g: Int, _ share: Double, total: Double, restBase: Double, column: [Double]
  ) -> Double? {
    guard isWeighted else {
      return TestValue.share(
        inGroup: Int(column[g]), groupSize: bases[g], total: Int(column.reduce(0, +)), size: bases.reduce(0, +))
    }
    let other = 1 - weights[g] / weights.reduce(0, +)
    let error = other * (total * (1 - total) * (1 / effective[g] + 1 / restBase)).squareRoot()
    let value = (share - total) / error
    return value.isFinite ? value : nil
  }

  func probability(_ level: Int, _ a: Int, _ b: Int) -> Double? {
    func share(_ g: Int) -> Double { min(1, counts[g, level] / weights[g]) }
    return twoShareTest(share(a), base: effective[a], share(b), base: effective[b])?.pValue
  }
}

/// Cohen's h of two shares: the difference of 2 arcsin √p; 0.2 small, 0.5 medium, 0.8 large.
func cohensH(_ a: Double, _ b: Double) -> Double {
  func angle(_ share: Double) -> Double { 2 * asin(min(1, max(0, share)).squareRoot()) }
  return angle(a) - angle(b)
}

/// Cohen's d of two means, in standard deviations pooled by weight; NaN where nothing varies.
func cohensD(_ a: Moments, _ b: Moments) -> Double {
  let pooled = (a.weight * a.variance + b.weight * b.variance) / (a.weight + b.weight)
  let value = (a.mean - b.mean) / pooled.squareRoot()
  return value.isFinite ? value : .nan
}
