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
    /// 95 % interval of the value less the total.
    var difference: Interval?
    /// Kish's effective base; the base where people count alike.
    var effectiveBase: Double
    /// How far the group lies from all others together, in standard deviations: Cohen's d, for shares h.
    var distance: Double
    /// The groups that lie below this one beyond chance.
    var above: [Int] = []
  }

  struct Row: Sendable {
    /// The answer whose share it is; nil for a number.
    var level: String?
    /// NaN where it would give away what is hidden.
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
  init?(
    _ variable: ProfileVariable, grouping: Grouping, suppression: Suppression,
    letters: PairTests.Adjustment = .bonferroni
  ) {
    let bases = variable.bases(grouping)
    let answered = bases.reduce(0, +)
    guard answered > 0, suppression.showsTotal(answered) else { return nil }
    let hidden = suppression.hidden(bases, always: grouping.hidden)
    name = variable.name
    isActive = variable.isActive
    self.bases = bases
    self.hidden = hidden
    let shown = bases.indices.map { !hidden[$0] && bases[$0] > 0 }
    let concealed = bases.indices.map { hidden[$0] && bases[$0] > 0 }
    let plain = concealed.contains(true) ? variable.plainRows(in: concealed, grouping) : []
    var rows: [Row]
    switch variable.values {
    case .numbers(let numbers, let isShare):
      measure = isShare ? .share : .mean
      let parts = NumberParts(numbers, grouping)
      rows = [parts.row(shown: shown, isShare: isShare)]
      effectSize = parts.effectSize(shown: shown)
      rows[0].findLetters(letters) { a, b in
        isShare ? parts.shareProbability(a, b) : parts.meanProbability(a, b)
      }
    case .levels(let codes, let names):
      measure = .share
      let parts = LevelParts(codes, levels: names, grouping, bases: bases)
      rows = names.indices.map { parts.row($0, shown: shown, name: names[$0]) }
      // Over the groups shown only: with the others in it, a hidden group could be worked out.
      effectSize = ContingencyTest(parts.counts.selecting(rows: shown.indices.filter { shown[$0] }))?.cramersV ?? .nan
      for level in rows.indices {
        rows[level].findLetters(letters) { a, b in parts.probability(level, a, b) }
      }
    }
    self.rows = rows.indices.map { plain.contains($0) ? rows[$0].withoutTotal : rows[$0] }
  }
}

extension VariableProfile.Row {
  /// Tests all pairs of groups shown.
  fileprivate mutating func findLetters(_ adjustment: PairTests.Adjustment, _ probability: (Int, Int) -> Double?) {
    let above = PairTests.lowerGroups(cells.map { $0?.value }, adjustment: adjustment, test: probability)
    for group in cells.indices { cells[group]?.above = above[group] }
  }

  /// The row without its total and whatever would lead back to it.
  fileprivate var withoutTotal: Self {
    var row = self
    row.total = .nan
    for group in row.cells.indices {
      row.cells[group]?.index = .nan
      row.cells[group]?.vTest = .nan
      row.cells[group]?.difference = nil
      row.cells[group]?.distance = .nan
    }
    return row
  }
}

extension ProfileVariable {
  /// The rows of the profile whose totals would tell what hidden people answered, though they are hidden together: a number
  /// on which they do not differ, an answer that none or all of them gave. Totals of all answers sum to 1, so one more is
  /// left out with those that none gave: the rarest that some did.
  func plainRows(in groups: [Bool], _ grouping: Grouping) -> [Int] {
    switch values {
    case .numbers(let numbers, _):
      var first: Double?
      for (row, group) in grouping.membership.enumerated() where groups[group] && !numbers[row].isNaN {
        if let first, numbers[row] != first { return [] }
        first = numbers[row]
      }
      return [0]
    case .levels(let codes, let names):
      var counts = [Int](repeating: 0, count: names.count)
      for (row, group) in grouping.membership.enumerated() where groups[group] && codes[row] >= 0 {
        counts[Int(codes[row])] += 1
      }
      let given = counts.indices.filter { counts[$0] > 0 }
      if given.count == counts.count, counts.count > 1 { return [] }
      guard given.count > 1, let rarest = given.min(by: { (counts[$0], $0) < (counts[$1], $1) }) else {
        return Array(names.indices)
      }
      return counts.indices.filter { counts[$0] == 0 || $0 == rarest }
    }
  }
}
