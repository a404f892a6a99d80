import Statistics

/// The people a typing tool or a test of reach may learn from: those of groups that are shown, with an answer to every
/// question. Groups that are hidden take no part at all, so that no coefficient and no count speaks of them.
struct TypedPeople: Sendable {
  let coding: DummyCoding
  let cases: FoldedCases
  /// The groups that take part, by their place in the grouping, and the group of each person among these.
  let groups: [Int]
  let membership: [Int]
  let weights: [Double]?

  /// Columns of which more than this share has no answer are not asked.
  static let mostMissing = 0.1

  /// How many people were drawn by chance to learn from, where all would be too many; nil where all take part.
  let sampled: Int?

  /// - Parameter mostCells: people × columns; of more people a sample is drawn.
  /// - Returns: nil where fewer than two groups, no question or too few people remain.
  init?(
    _ variables: [ProfileVariable], _ profiles: [VariableProfile], _ grouping: Grouping, suppression: Suppression,
    folds: Int, seed: UInt64, mostCells: Int = 8_000_000
  ) {
    var isShown = (0..<grouping.count).map { !grouping.hidden[$0] && grouping.sizes[$0] > 0 }
    var asked: [ProfileVariable] = []
    var rows: [Int] = []
    var isSampled = false
    while true {
      let shown = isShown
      let isIn = grouping.membership.map { shown[$0] }
      let people = isIn.count { $0 }
      asked = variables.filter { variable in
        guard let profile = profiles.first(where: { $0.name == variable.name }),
          !shown.indices.contains(where: { shown[$0] && profile.hidden[$0] })
        else { return false }
        let missing = isIn.indices.count { isIn[$0] && !variable.isAnswered($0) }
        return Double(missing) <= Self.mostMissing * Double(people)
      }
      rows = isIn.indices.filter { row in isIn[row] && asked.allSatisfy { $0.isAnswered(row) } }
      let most = mostCells / max(1, asked.reduce(0) { $0 + $1.columnCount })
      isSampled = rows.count > most
      if isSampled {
        var generator = SeededGenerator(seed: seed, stream: 0x7479_7065)
        generator.shuffle(&rows)
        rows = rows.prefix(most).sorted()
      }
      var bases = [Int](repeating: 0, count: grouping.count)
      for row in rows { bases[grouping.membership[row]] += 1 }
      // No total of these bases is published: leaving out the small ones is enough.
      let still = isShown.indices.map { isShown[$0] && bases[$0] >= max(2, suppression.below) }
      if still == isShown { break }
      isShown = still
    }
    let groups = isShown.indices.filter { isShown[$0] }
    let coding = DummyCoding(asked, rows: rows)
    sampled = isSampled ? rows.count : nil
    guard groups.count >= 2, !coding.terms.isEmpty else { return nil }
    var place = [Int](repeating: 0, count: grouping.count)
    for (at, group) in groups.enumerated() { place[group] = at }
    let membership = coding.rows.map { place[grouping.membership[$0]] }
    let weights = grouping.weights.map { all in coding.rows.map { all[$0] } }
    guard
      let cases = try? FoldedCases(
        coding.values, groups: membership, count: groups.count, weights: weights, folds: folds, seed: seed)
    else { return nil }
    self.coding = coding
    self.cases = cases
    self.groups = groups
    self.membership = membership
    self.weights = weights
  }

  /// The share of each group that takes part, by weight.
  var shares: [Double] {
    var sums = [Double](repeating: 0, count: groups.count)
    for (at, group) in membership.enumerated() { sums[group] += weights?[at] ?? 1 }
    let all = sums.reduce(0, +)
    return sums.map { $0 / all }
  }

  /// The share of people for whom something holds, by weight.
  func share(where holds: (Int) -> Bool) -> Double {
    var (sum, all) = (0.0, 0.0)
    for at in membership.indices {
      let weight = weights?[at] ?? 1
      all += weight
      if holds(at) { sum += weight }
    }
    return sum / all
  }
}
