import Statistics

/// What makes a group worth serving (Wedel & Kamakura 2000): whether it is large, distinct, stable, can be reached and
/// responds. Each verdict is a word with the number behind it.
struct SegmentVerdicts: Sendable {
  let grouping: Grouping
  let profiles: [VariableProfile]
  let stability: [Double]?
  /// The probability that a member gets a higher score than another, by the describing columns; nil where there are none.
  let areas: [Double?]
  /// The column that says who responds.
  let response: String?
  let minimumBase: Int

  /// The least share of all that is worth a programme of its own.
  static let leastShare = 0.05
  /// The distance from the others, in standard deviations, from which one sees it (Cohen 1988: medium).
  static let marked = 0.5

  static let findings = AnalysisKind.Description(
    "verdicts",
    "A row a group (Wedel & Kamakura 2000). size: substantial from the minimum base and 5 % of all, else small. distinct: distinct where it lies half a standard deviation or more from the others (Cohen's d or h) on two variables, partly on one, alike on none. stable: stable from a mean Jaccard similarity of 0.75, a pattern from 0.6, else unstable (Hennig 2007). reachable: reachable from an area under the curve of 0.7 by the describing columns, partly from 0.6, else hard. responsive: more or less than the total at 5 % on the response or value column, else as others. With the numbers behind them."
  )

  func table() -> FindingsTable {
    var table = FindingsTable(
      "verdicts", title: "Is each group large, distinct, stable, reachable, responsive?",
      columns: [
        .init("segment", grouping.keys.contains { $0.text != nil } ? .text : .integer), .init("name", .text),
        .init("size", .text), .init("distinct", .text), .init("stable", .text), .init("reachable", .text),
        .init("responsive", .text), .init("base", .integer), .init("share", .share),
        .init("marked_variables", .integer), .init("largest_distance"), .init("stability"),
        .init("reach_auc"), .init("response_difference", .signed), .init("response_v_test", .signed),
      ])
    let shares = grouping.shares
    for g in 0..<grouping.count {
      guard !grouping.hidden[g] else {
        table.add([grouping.keys[g], .text(grouping.names[g])] + [Value](repeating: .missing, count: 13))
        continue
      }
      let distances = distances(g)
      let marked = distances.count { $0 >= Self.marked }
      let answer = answer(g)
      let isLarge = grouping.sizes[g] >= minimumBase && shares[g] >= Self.leastShare
      table.add([
        grouping.keys[g], .text(grouping.names[g]), .text(isLarge ? "substantial" : "small"),
        distances.isEmpty ? .missing : .text(marked >= 2 ? "distinct" : marked == 1 ? "partly" : "alike"),
        Value(stability.map { $0[g] >= 0.75 ? "stable" : $0[g] >= 0.6 ? "a pattern" : "unstable" }),
        Value(areas[g].map { $0 >= 0.7 ? "reachable" : $0 >= 0.6 ? "partly" : "hard" }),
        Value(
          answer.map { abs($0.vTest) <= SegmentTables.significance ? "as others" : $0.vTest > 0 ? "more" : "less" }),
        .integer(grouping.sizes[g]), Value(shares[g]), .integer(marked), Value(distances.max()), Value(stability?[g]),
        Value(areas[g]), Value(answer?.difference), Value(answer?.vTest),
      ])
    }
    return table
  }

  /// How far a group lies from the others on each variable: those it was formed from, where there are some.
  private func distances(_ g: Int) -> [Double] {
    let formed = profiles.filter(\.isActive)
    return (formed.isEmpty ? profiles : formed).compactMap { profile in
      profile.rows.compactMap { row in row.cells[g].map { abs($0.distance) } }.filter { !$0.isNaN }.max()
    }
  }

  /// The response of a group against the total: of a column of two answers, the share of the yes or of the rarer one.
  private func answer(_ g: Int) -> (difference: Double, vTest: Double)? {
    guard let profile = profiles.first(where: { $0.name == response }) else { return nil }
    let row: VariableProfile.Row?
    switch profile.rows.count {
    case 1: row = profile.rows[0]
    case 2:
      let yes = profile.rows.first {
        ["yes", "true", "1", "ja", "oui", "sí", "sì", "sim"].contains($0.level?.lowercased() ?? "")
      }
      row = yes ?? (profile.rows[0].total <= profile.rows[1].total ? profile.rows[0] : profile.rows[1])
    default: row = nil
    }
    guard let row, let cell = row.cells[g], !cell.vTest.isNaN, !row.total.isNaN else { return nil }
    return (cell.value - row.total, cell.vTest)
  }
}
