/// The tables that groups found and groups in the data have in common.
struct SegmentTables {
  let grouping: Grouping
  let profiles: [VariableProfile]
  /// The sum of the value column by group and the rows that have a value; nil where no value column is named.
  var worth: SegmentWorth?
  /// Bootstrap Jaccard by group, 0–1; nil where it was not asked for.
  var stability: [Double]?

  /// Two-sided 5 % of the normal distribution.
  static let significance = 1.959963984540054

  /// `segments`, a row a group from the largest. Cells of hidden groups are missing.
  func segments(title: String) -> FindingsTable {
    var table = FindingsTable(
      "segments", title: title,
      columns: [
        .init("segment", grouping.keys.contains { $0.text != nil } ? .text : .integer), .init("slug", .text),
        .init("name", .text), .init("size", .integer), .init("share", .share), .init("base", .integer),
        .init("value_share", .share), .init("stability"), .init("suggestion", .text), .init("letter", .text),
      ] + (grouping.weights == nil ? [] : [.init("effective_base")]))
    let worthShares = worth?.shares(grouping)
    let shares = grouping.shares
    let effective = grouping.effectiveBases
    for g in 0..<grouping.count {
      let size: Value = grouping.hidden[g] ? .missing : .integer(grouping.sizes[g])
      let share: Value = grouping.hidden[g] ? .missing : Value(shares[g])
      table.add(
        [
          grouping.keys[g], .text(grouping.slugs[g]), .text(grouping.names[g]), size, share, size,
          Value(worthShares?[g]), grouping.hidden[g] ? .missing : Value(stability?[g]), Value(suggestion(g)),
          .text(Self.letter(g)),
        ] + (effective.map { [grouping.hidden[g] ? .missing : Value($0[g])] } ?? []))
    }
    return table
  }

  /// `profiles`, a row a variable, level and group; the numbers of hidden groups are missing.
  func profileTable(title: String) -> FindingsTable {
    var table = FindingsTable(
      "profiles", title: title,
      columns: [
        .init("variable", .text), .init("level", .text),
        .init("segment", grouping.keys.contains { $0.text != nil } ? .text : .integer), .init("value"), .init("total"),
        .init("index"), .init("difference", .signed), .init("v_test", .signed), .init("effect_size"),
        .init("significant", .truth), .init("base", .integer), .init("lower"), .init("upper"), .init("measure", .text),
        .init("name", .text), .init("active", .truth), .init("letters", .text), .init("difference_lower", .signed),
        .init("difference_upper", .signed),
      ] + (grouping.weights == nil ? [] : [.init("effective_base")]))
    for profile in profiles {
      for row in profile.rows {
        for g in 0..<grouping.count { table.add(cells(profile, row, g)) }
      }
    }
    return table
  }

  private func cells(_ profile: VariableProfile, _ row: VariableProfile.Row, _ g: Int) -> [Value] {
    let cell = row.cells[g]
    let test = cell.map { Value($0.vTest) } ?? .missing
    return [
      .text(profile.name), Value(row.level), grouping.keys[g], Value(cell?.value), Value(row.total),
      Value(cell?.index), Value(cell.map { $0.value - row.total }), test, Value(profile.effectSize),
      test.number.map { .truth(abs($0) > Self.significance) } ?? .missing,
      profile.hidden[g] ? .missing : .integer(profile.bases[g]), Value(cell?.interval?.lower),
      Value(cell?.interval?.upper), .text(profile.measure.rawValue), .text(grouping.names[g]), .truth(profile.isActive),
      cell.map { .text($0.above.map(Self.letter).joined(separator: " ")) } ?? .missing, Value(cell?.difference?.lower),
      Value(cell?.difference?.upper),
    ] + (grouping.weights == nil ? [] : [Value(cell?.effectiveBase)])
  }

  /// The letter of a group's column: A to Z, then AA, AB, …
  static func letter(_ group: Int) -> String {
    let letters = (0..<26).map { String(UnicodeScalar(UInt8(65 + $0))) }
    return group < 26 ? letters[group] : letters[group / 26 - 1] + letters[group % 26]
  }

  /// A name to start from: the variables or answers that set a group most apart, by test value, three at most.
  private func suggestion(_ g: Int) -> String? {
    var marks: [(strength: Double, text: String)] = []
    for profile in profiles where !profile.hidden[g] {
      var own: [(strength: Double, text: String)] = []
      for row in profile.rows {
        guard let cell = row.cells[g], abs(cell.vTest) > Self.significance else { continue }
        if let level = row.level {
          // What a group is not says little where a variable has several answers.
          if cell.vTest > 0 { own.append((cell.vTest, "\(profile.name): \(level)")) }
        } else {
          own.append((abs(cell.vTest), (cell.vTest > 0 ? "high " : "low ") + profile.name))
        }
      }
      // One mark a variable.
      if let best = own.max(by: { $0.strength < $1.strength }) { marks.append(best) }
    }
    let strongest = marks.enumerated().sorted { (-$0.element.strength, $0.offset) < (-$1.element.strength, $1.offset) }
    guard !strongest.isEmpty else { return nil }
    return strongest.prefix(3).map(\.element.text).joined(separator: ", ")
  }
}

/// What the groups are worth by a column of amounts.
struct SegmentWorth: Sendable {
  /// The sum of the amounts of each group.
  let sums: [Double]
  /// Rows with an amount.
  let bases: [Int]
  let isHidden: [Bool]
  /// Whether an amount is below 0, so that parts of the sum are no shares.
  let hasNegative: Bool

  /// - Parameter amounts: one a row used, NaN where missing.
  init(_ amounts: [Double], grouping: Grouping, suppression: Suppression) {
    var sums = [Double](repeating: 0, count: grouping.count)
    var bases = [Int](repeating: 0, count: grouping.count)
    for (row, group) in grouping.membership.enumerated() where !amounts[row].isNaN {
      sums[group] += amounts[row] * (grouping.weights?[row] ?? 1)
      bases[group] += 1
    }
    self.sums = sums
    self.bases = bases
    hasNegative = amounts.contains { $0 < 0 }
    let hidden = suppression.hidden(bases, always: grouping.hidden)
    let crowd = amounts.indices.filter { hidden[grouping.membership[$0]] && !amounts[$0].isNaN }
    // Hidden people who all spend the same would be known from what the others leave.
    let isPlain = crowd.first.map { first in crowd.allSatisfy { amounts[$0] == amounts[first] } } ?? false
    isHidden = isPlain ? hidden.map { _ in true } : hidden
  }

  /// Each group's share of the sum, 0–1; nil where hidden, without amounts, or not a share at all.
  func shares(_ grouping: Grouping) -> [Double?] {
    let total = sums.reduce(0, +)
    guard total > 0, total.isFinite, !hasNegative else { return sums.map { _ in nil } }
    return sums.indices.map { isHidden[$0] || bases[$0] == 0 ? nil : sums[$0] / total }
  }
}
