import Statistics

/// One variable by group: what the rows of `profiles` are made from.
struct VariableProfile: Sendable {
  /// What a group's value is.
  enum Measure: String, Sendable { case mean, share }

  /// One number of one group; numbers that do not exist (no spread, a base of 1) are NaN.
  struct Cell: Sendable {
    var value: Double
    var index: Double
    var vTest: Double
    var interval: Interval?
  }

  struct Row: Sendable {
    /// The answer whose share it is; nil for a number.
    var level: String?
    var total: Double
    /// One a group; nil where the group is hidden or has no base.
    var cells: [Cell?]
  }

  let name: String
  let isActive: Bool
  let measure: Measure
  let bases: [Int]
  /// Groups that are not shown for this variable.
  let hidden: [Bool]
  let rows: [Row]
  /// η² for numbers, Cramér's V for categories, over the groups shown; NaN where there is no spread or one group.
  let effectSize: Double

  /// - Returns: nil where fewer respondents answered than may be shown.
  init?(_ variable: ProfileVariable, grouping: Grouping, suppression: Suppression) {
    let bases = variable.bases(grouping)
    let answered = bases.reduce(0, +)
    guard answered > 0, suppression.showsTotal(answered) else { return nil }
    let hidden = suppression.hidden(bases, always: grouping.hidden)
    name = variable.name
    isActive = variable.isActive
    self.bases = bases
    self.hidden = hidden
    let shown = bases.indices.map { !hidden[$0] && bases[$0] > 0 }
    switch variable.values {
    case .numbers(let numbers, let isShare):
      measure = isShare ? .share : .mean
      let (row, effect) = Self.numbers(numbers, grouping.membership, shown: shown, isShare: isShare)
      rows = [row]
      effectSize = effect
    case .levels(let codes, let names):
      measure = .share
      var counts = Matrix(rows: grouping.count, columns: names.count)
      for (row, group) in grouping.membership.enumerated() where codes[row] >= 0 { counts[group, Int(codes[row])] += 1 }
      rows = names.indices.map { Self.level(names[$0], counts: counts.column($0), bases: bases, shown: shown) }
      // Over the groups shown only: with the others in it, a hidden group could be worked out.
      let seen = shown.indices.filter { shown[$0] }
      effectSize = ContingencyTest(counts.selecting(rows: seen))?.cramersV ?? .nan
    }
  }

  private static func numbers(
    _ numbers: [Double], _ membership: [Int], shown: [Bool], isShare: Bool
  ) -> (Row, effect: Double) {
    var byGroup = [[Double]](repeating: [], count: shown.count)
    var (seen, groupOfSeen): ([Double], [Int]) = ([], [])
    for (row, group) in membership.enumerated() where !numbers[row].isNaN {
      byGroup[group].append(numbers[row])
      if shown[group] {
        seen.append(numbers[row])
        groupOfSeen.append(group)
      }
    }
    let present = numbers.filter { !$0.isNaN }
    guard let all = try? Moments(present) else {
      return (Row(level: nil, total: .nan, cells: shown.map { _ in nil }), .nan)
    }
    // A ratio to the total means something only on a scale whose zero means none.
    let hasRatio = all.mean > 0 && present.allSatisfy { $0 >= 0 }
    let cells = shown.indices.map { g -> Cell? in
      guard shown[g], let own = try? Moments(byGroup[g]) else { return nil }
      let interval =
        isShare
        ? wilsonInterval(successes: byGroup[g].reduce(0, +), trials: Double(own.count)) : own.meanInterval()
      let test = TestValue.mean(
        groupMean: own.mean, groupSize: Double(own.count), mean: all.mean, variance: all.variance,
        size: Double(all.count))
      return Cell(
        value: own.mean, index: hasRatio ? 100 * own.mean / all.mean : .nan, vTest: test ?? .nan, interval: interval)
    }
    let effect = VarianceAnalysis(values: seen, groups: groupOfSeen)?.etaSquared ?? .nan
    return (Row(level: nil, total: all.mean, cells: cells), effect)
  }

  private static func level(_ name: String, counts: [Double], bases: [Int], shown: [Bool]) -> Row {
    let all = bases.reduce(0, +)
    let with = counts.reduce(0, +)
    let total = with / Double(all)
    let cells = shown.indices.map { g -> Cell? in
      guard shown[g] else { return nil }
      let share = counts[g] / Double(bases[g])
      let test = TestValue.share(inGroup: Int(counts[g]), groupSize: bases[g], total: Int(with), size: all)
      return Cell(
        value: share, index: 100 * share / total, vTest: test ?? .nan,
        interval: wilsonInterval(successes: counts[g], trials: Double(bases[g])))
    }
    return Row(level: name, total: total, cells: cells)
  }
}
