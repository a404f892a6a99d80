import Diagnostics
import Settings
import Tables

/// Two waves of a chain: the one that is shown, and the one it is compared with.
struct ChainWaves {
  var column: Column
  /// The values of the column in their order.
  var all: [String]
  var before: String
  var after: String

  /// Reads `wave` and `waves: [before, after]`; without the latter the last two. Rows of other waves are left out.
  static func read(_ rows: inout SourceRows, _ ground: inout Groundwork) -> ChainWaves? {
    guard let column = ground.column("wave", in: rows, isNeeded: false) else {
      if ground.setting("waves") != nil {
        ground.fail(
          "settings.missing", at: ground.position(of: "waves"), "'waves' names two values of the column 'wave' gives",
          hint: "add 'wave: COLUMN'")
      }
      return nil
    }
    rows.dropMissing(column, as: "no wave")
    let all = ordered(distinct(rows.kept.compactMap { column.text($0) }))
    guard all.count > 1 else {
      ground.fail(
        "analysis.one-wave", at: ground.position(of: "wave"),
        "a comparison needs two waves, and column '\(column.name)' has \(all.count == 0 ? "none" : "one")")
      return nil
    }
    var chosen = Array(all.suffix(2))
    if let asked = ground.texts("waves") {
      for named in asked where !all.contains(named.name) {
        ground.fail(
          "analysis.unknown-value", at: named.position,
          "'waves' names values of column '\(column.name)', and there is no '\(excerpt(named.name))'",
          hint: nearestHint(to: named.name, among: all))
      }
      if asked.count != 2 {
        // One named twice has been told already.
        if case .list(let written)? = ground.setting("waves")?.value, written.count == 2 { return nil }
        ground.fail(
          "settings.wrong-length", at: ground.position(of: "waves"),
          "'waves' names two waves, the earlier first, and \(asked.count) were found")
        return nil
      }
      chosen = asked.map(\.name)
    }
    ground.record("waves", .list(chosen.map { .text($0) }))
    rows.keep(orDropAs: "of another wave") { row in column.text(row).map(chosen.contains) ?? false }
    return ChainWaves(column: column, all: all, before: chosen[0], after: chosen[1])
  }

  /// Numbers by value, everything else as it first appears: dates written year first sort as text.
  private static func ordered(_ values: [String]) -> [String] {
    let numbers = values.map { strictNumber($0) }
    if numbers.allSatisfy({ $0 != nil }) {
      return values.indices.sorted { (numbers[$0] ?? 0, $0) < (numbers[$1] ?? 0, $1) }.map { values[$0] }
    }
    let areDates = values.allSatisfy { value in
      value.utf8.prefix(4).allSatisfy { (48...57).contains($0) } && value.utf8.count >= 4
    }
    return areDates ? values.sorted() : values
  }
}

/// What became of each flow between two waves.
struct ChainChanges {
  enum Status: String { case new, gone, grown, shrunk, same, unvalued }

  struct Change {
    var flow: ChainFlows.Flow
    var before: Double?
    var after: Double?
    var status: Status
  }

  let changes: [Change]

  private struct Key: Hashable {
    var from: Int, to: Int
    var kind: FlowKind
    var offering: String?, unit: String?, period: String?

    init(_ flow: ChainFlows.Flow) {
      (from, to, kind, offering, unit, period) =
        (flow.from, flow.to, flow.kind, flow.offering, flow.unit, flow.period)
    }
  }

  /// Flows are the same where ends, kind, offering, unit and period agree; repeated ones are added.
  ///
  /// - Parameter tolerance: A change of at most this share of the value before counts as none, ≥ 0.
  init(before: [ChainFlows.Flow], after: [ChainFlows.Flow], tolerance: Double) {
    func sums(_ flows: [ChainFlows.Flow]) -> [Key: Double?] {
      var sums: [Key: Double?] = [:]
      for flow in flows {
        let key = Key(flow)
        if let so = sums[key] ?? nil { sums[key] = flow.value.map { so + $0 } ?? so } else { sums[key] = flow.value }
      }
      return sums
    }
    let (old, now) = (sums(before), sums(after))
    var seen = Set<Key>()
    changes = (after + before).compactMap { flow in
      let key = Key(flow)
      guard seen.insert(key).inserted else { return nil }
      let (a, b) = (old[key] ?? nil, now[key] ?? nil)
      let status: Status
      if !old.keys.contains(key) {
        status = .new
      } else if !now.keys.contains(key) {
        status = .gone
      } else if let a, let b {
        status = abs(b - a) <= tolerance * abs(a) ? .same : b > a ? .grown : .shrunk
      } else {
        status = .unvalued
      }
      return Change(flow: flow, before: a, after: b, status: status)
    }
  }

  func count(_ status: Status) -> Int { changes.count { $0.status == status } }

  /// `changes(from, to, offering, kind, unit, period, before, after, change, ratio, status)`.
  func table(_ names: [String]) -> FindingsTable {
    var table = FindingsTable(
      "changes", title: "What changed between the two waves",
      columns: [
        .init("from", .text), .init("to", .text), .init("offering", .text), .init("kind", .text), .init("unit", .text),
        .init("period", .text), .init("before"), .init("after"), .init("change", .signed), .init("ratio"),
        .init("status", .text),
      ])
    for change in changes {
      let difference: Double? = change.before.flatMap { before in change.after.map { $0 - before } }
      let ratio: Double? = change.before.flatMap { before in
        before > 0 ? change.after.map { $0 / before } : nil
      }
      table.add([
        .text(names[change.flow.from]), .text(names[change.flow.to]), Value(change.flow.offering),
        .text(change.flow.kind.rawValue), Value(change.flow.unit), Value(change.flow.period), Value(change.before),
        Value(change.after), Value(difference), Value(ratio), .text(change.status.rawValue),
      ])
    }
    return table
  }
}
