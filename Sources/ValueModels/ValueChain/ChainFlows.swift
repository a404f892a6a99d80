import Diagnostics
import Tables

/// What can flow between actors, in the order in which they are listed.
package enum FlowKind: String, Sendable, CaseIterable {
  case product, service, money, information, influence, trust
}

/// The flows of a value chain, in the order of the file; ends are indices of actors.
struct ChainFlows {
  struct Flow {
    var from: Int
    var to: Int
    var offering: String?
    var kind: FlowKind
    /// ≥ 0; nil where the file gives none.
    var value: Double?
    var unit: String?
    var period: String?
    var source: DataSource?
    /// Its row in the table, from 0.
    var row: Int
  }

  var flows: [Flow] = []
  let rows: SourceRows

  /// Reads the table. Unknown actors and kinds, flows from an actor to itself, negative values and values without a
  /// number are errors at their cells.
  init?(_ rows: SourceRows, _ actors: ChainActors, _ ground: inout Groundwork) {
    self.rows = rows
    let ends = ["from", "to"].map { ground.tableColumn($0, of: rows) }
    guard let kinds = ground.tableColumn("kind", of: rows), let from = ends[0], let to = ends[1] else { return nil }
    let table = rows.table
    let indices = Dictionary(actors.names.enumerated().map { ($1, $0) }) { first, _ in first }
    var values: [Double]?
    if let column = table["value"] { values = ground.numbers(column, in: rows, as: "column") }
    for row in rows.kept {
      let ends = [from, to].map { end(row, $0, indices, actors.names, &ground) }
      let kind = flowKind(row, kinds, &ground)
      let source = flowSource(row, &ground)
      let value = values.flatMap { $0[row].isNaN ? nil : $0[row] }
      if let value, value < 0, let column = table["value"] {
        ground.failCell(
          "analysis.negative-value", rows, row, column,
          "the value of a flow is 0 or more, and \(canonical(value)) was found",
          hint: "a flow the other way is written with 'from' and 'to' changed")
      }
      guard let a = ends[0], let b = ends[1], let kind else { continue }
      if a == b {
        ground.failCell(
          "analysis.self-flow", rows, row, to,
          "a flow joins two actors, and '\(excerpt(actors.names[a]))' stands at both ends")
        continue
      }
      flows.append(
        Flow(
          from: a, to: b, offering: table["offering"]?.text(row), kind: kind, value: value,
          unit: table["unit"]?.text(row), period: table["period"]?.text(row), source: source ?? rows.study.source,
          row: row))
    }
    refuseOverflow(&ground)
  }

  /// Values of one kind are added and compared; sums that leave the range of numbers can be neither told nor drawn.
  private func refuseOverflow(_ ground: inout Groundwork) {
    guard let column = rows.table["value"] else { return }
    for kind in FlowKind.allCases {
      var total = 0.0
      for flow in flows where flow.kind == kind {
        total += flow.value ?? 0
        // Figures scale by squares and ratios of sums; this keeps them far from the limit.
        guard total > 1e150 else { continue }
        ground.failCell(
          "analysis.not-computable", rows, flow.row, column,
          "values of a kind can be added, and with \(canonical(flow.value ?? 0)) those of \(kind.rawValue) exceed 1e150"
        )
        break
      }
    }
  }

  /// The flows of one wave.
  func of(_ wave: String, _ column: Column) -> ChainFlows {
    var some = self
    some.flows = flows.filter { column.text($0.row) == wave }
    return some
  }

  private func end(
    _ row: Int, _ column: Column, _ indices: [String: Int], _ names: [String], _ ground: inout Groundwork
  ) -> Int? {
    guard let name = column.text(row) else {
      ground.failCell(
        "analysis.missing-name", rows, row, column, "a flow names the actors at both ends, and this cell is empty")
      return nil
    }
    if let index = indices[name] { return index }
    ground.failCell(
      "analysis.unknown-actor", rows, row, column,
      "a flow joins actors of the table of actors, and there is no '\(excerpt(name))'",
      hint: nearestHint(to: name, among: names))
    return nil
  }

  private func flowKind(_ row: Int, _ column: Column, _ ground: inout Groundwork) -> FlowKind? {
    let text = column.text(row)
    if let kind = text.flatMap({ FlowKind(rawValue: $0.lowercased()) }) { return kind }
    let known = FlowKind.allCases.map(\.rawValue)
    ground.failCell(
      "analysis.unknown-kind", rows, row, column,
      "a flow is of the kind \(known.joined(separator: ", ")), and "
        + (text.map { "'\(excerpt($0))' was found" } ?? "this cell is empty"),
      hint: text.flatMap { nearestName(to: $0, among: known) }.map { "did you mean '\($0)'?" })
    return nil
  }

  private func flowSource(_ row: Int, _ ground: inout Groundwork) -> DataSource? {
    guard let column = rows.table["source"], let text = column.text(row) else { return nil }
    if let source = DataSource(rawValue: text.lowercased()) { return source }
    let known = DataSource.allCases.map(\.rawValue)
    ground.failCell(
      "analysis.unknown-source", rows, row, column,
      "a source is \(known.joined(separator: ", ")), and '\(excerpt(text))' was found",
      hint: nearestName(to: text, among: known).map { "did you mean '\($0)'?" })
    return nil
  }

  /// Says what is odd about the flows as a whole.
  func warn(_ actors: ChainActors, _ ground: inout Groundwork) {
    warnOfRepeats(&ground)
    warnOfIdle(actors, &ground)
    for kind in FlowKind.allCases {
      let valued = flows.filter { $0.kind == kind && $0.value != nil }
      let units = distinct(valued.map { measure($0.unit, $0.period) })
      if units.count > 1 {
        ground.cautions.append(
          Caution(
            "mixed-units",
            "Flows of \(kind) are in \(units.count) units (\(units.prefix(4).joined(separator: "; "))\(units.count > 4 ? "; …" : "")): "
              + "they are compared within a unit only and never added"))
      }
    }
    let judged = flows.count { $0.source == .judgement }
    if judged > 0, rows.study.source != .judgement {
      ground.cautions.append(
        Caution("judgement", "\(judged) of \(flows.count) flows rest on judgement, not on measurement"))
    }
  }

  private func warnOfRepeats(_ ground: inout Groundwork) {
    struct Key: Hashable {
      var from: Int, to: Int
      var kind: FlowKind
      var offering: String?, unit: String?, period: String?
    }
    var first: [Key: Int] = [:]
    var lines: [(line: Int, first: Int)] = []
    for flow in flows {
      let key = Key(
        from: flow.from, to: flow.to, kind: flow.kind, offering: flow.offering, unit: flow.unit, period: flow.period)
      if let before = first[key] {
        lines.append((rows.table.line(ofRow: flow.row), rows.table.line(ofRow: before)))
      } else {
        first[key] = flow.row
      }
    }
    guard !lines.isEmpty else { return }
    let named = lines.prefix(4).map { "line \($0.line) repeats line \($0.first)" }.joined(separator: ", ")
    ground.cautions.append(
      Caution(
        "repeated-flows",
        "\(lines.count) \(lines.count == 1 ? "flow repeats" : "flows repeat") another of the same ends, kind and offering "
          + "(\(named)\(lines.count > 4 ? ", …" : "")); each counts"))
  }

  private func warnOfIdle(_ actors: ChainActors, _ ground: inout Groundwork) {
    var joined = Set<Int>()
    for flow in flows { joined.formUnion([flow.from, flow.to]) }
    let idle = actors.names.indices.filter { !joined.contains($0) }.map { actors.names[$0] }
    if !idle.isEmpty, !flows.isEmpty {
      ground.cautions.append(
        Caution(
          "no-flows",
          "\(idle.count) of \(actors.names.count) actors \(idle.count == 1 ? "has" : "have") no flow: "
            + idle.prefix(4).map { excerpt($0) }.joined(separator: ", ") + (idle.count > 4 ? ", …" : ""),
          rows: idle))
    }
  }
}

/// Unit and period in words: "GBP per cup".
func measure(_ unit: String?, _ period: String?) -> String {
  switch (unit, period) {
  case (let unit?, let period?): "\(unit) per \(period)"
  case (let unit?, nil): unit
  case (nil, let period?): "per \(period)"
  case (nil, nil): "no unit"
  }
}

/// Each value once, in order of first appearance.
func distinct<Element: Hashable>(_ values: [Element]) -> [Element] {
  var seen = Set<Element>()
  return values.filter { seen.insert($0).inserted }
}
