import Diagnostics
import Tables

/// Nodes of a market and the volumes between them.
struct MarketNetwork {
  struct Node {
    var name: String
    /// As the table has it; nil for a node that stands under `to` only.
    var stage: String?
    var row: Int
    /// Volume in rows that lead nowhere: what is used up here.
    var ends = 0.0
    /// Shares as given, one a row, 0–1, with the volume of the row.
    var decisions: [(share: Double, volume: Double)] = []
  }
  struct Flow {
    var from: Int
    var to: Int
    var volume: Double
    var row: Int
  }

  var nodes: [Node] = []
  var flows: [Flow] = []
  /// From left to right; nodes without a stage stand in a last one of their own, named "".
  var stages: [String] = []
  private var index: [String: Int] = [:]

  /// Reads the table. Empty names and volumes, negative volumes, shares outside 0–100%, flows that stand twice, a node in two
  /// stages and names under `to` that are no node are errors at their cells.
  init(_ rows: inout SourceRows, _ ground: inout Groundwork) {
    let found = ["stage", "node", "to", "volume"].map { ground.tableColumn($0, of: rows) }
    guard let stage = found[0], let node = found[1], let to = found[2], let volume = found[3],
      let volumes = ground.numbers(volume, in: rows, as: "column")
    else { return }
    let shares = rows.table["decision_share"].flatMap { column in
      ground.numbers(column, in: rows, as: "column").map { (column: column, values: $0) }
    }
    let isPercent = shares.map { shares in rows.kept.contains { shares.values[$0] > 1 } } ?? false
    for row in rows.kept { addNode(row, node, stage, rows, &ground) }
    let declaresEnds = rows.kept.contains { to.text($0) == nil }
    // With `by`, the whole adds up what its groups hold: a flow then has one row a group.
    let group = ground.column("by", in: rows, isNeeded: false)
    var seen: [[Int]: Int] = [:]
    var seenIn: [[Int]: Set<String>] = [:]
    for row in rows.kept {
      guard let from = node.text(row).flatMap({ index[$0] }) else { continue }
      let share = shares.flatMap { decision($0.values[row], row, $0.column, isPercent, rows, &ground) }
      guard let amount = self.volume(volumes[row], row, volume, isEnd: to.text(row) == nil, rows, &ground) else {
        continue
      }
      if let share { nodes[from].decisions.append((share, amount)) }
      guard let name = to.text(row) else {
        nodes[from].ends += amount
        continue
      }
      guard let target = end(name, row, to, rows, declaresEnds, &ground) else { continue }
      if target == from {
        ground.failCell(
          "analysis.self-flow", rows, row, to,
          "a flow leads from one node to another, and '\(excerpt(name))' stands at both ends")
      } else if let first = seen[[from, target]], let part = group?.text(row),
        let at = flows.firstIndex(where: { $0.row == first }),
        seenIn[[from, target], default: []].insert(part).inserted
      {
        flows[at].volume += amount
      } else if let first = seen[[from, target]] {
        ground.failCell(
          "analysis.repeated-row", rows, row, to,
          "a flow has one row, and '\(excerpt(nodes[from].name))' to '\(excerpt(name))' stands on line \(rows.table.line(ofRow: first)) already"
        )
      } else {
        seen[[from, target]] = row
        if let part = group?.text(row) { seenIn[[from, target]] = [part] }
        flows.append(Flow(from: from, to: target, volume: amount, row: row))
      }
    }
    findCycle(rows, to, &ground)
    if flows.isEmpty, !ground.hasErrors {
      ground.fail("analysis.no-rows", at: rows.position, "a market map has flows from node to node, and there is none")
    }
  }

  private mutating func addNode(
    _ row: Int, _ node: Column, _ stage: Column, _ rows: SourceRows, _ ground: inout Groundwork
  ) {
    guard let name = node.text(row) else {
      return ground.failCell(
        "analysis.missing-name", rows, row, node, "every row names its node, and this cell is empty")
    }
    let place = stage.text(row)
    guard let at = index[name] else {
      if place == nil {
        ground.failCell(
          "analysis.missing-name", rows, row, stage, "every node stands in a stage, and this cell is empty")
      }
      index[name] = nodes.count
      nodes.append(Node(name: name, stage: place, row: row))
      return
    }
    guard let place else { return }
    if let first = nodes[at].stage, first != place {
      ground.failCell(
        "analysis.stage-order", rows, row, stage,
        "a node stands in one stage, and '\(excerpt(name))' stands in '\(excerpt(first))' on line \(rows.table.line(ofRow: nodes[at].row))"
      )
    } else {
      nodes[at].stage = place
    }
  }

  private func volume(
    _ value: Double, _ row: Int, _ column: Column, isEnd: Bool, _ rows: SourceRows, _ ground: inout Groundwork
  ) -> Double? {
    if value.isNaN {
      if isEnd { return 0 }
      ground.failCell(
        "analysis.missing-volume", rows, row, column, "every flow has a volume, and this cell is empty",
        hint: "write 0 where nothing flows")
    } else if value < 0 {
      ground.failCell(
        "analysis.negative-value", rows, row, column, "volumes are 0 or more, and \(canonical(value)) was found",
        hint: "a flow the other way is written with 'node' and 'to' changed")
    } else {
      return value
    }
    return nil
  }

  private func decision(
    _ value: Double, _ row: Int, _ column: Column, _ isPercent: Bool, _ rows: SourceRows, _ ground: inout Groundwork
  ) -> Double? {
    guard !value.isNaN else { return nil }
    let share = isPercent ? value / 100 : value
    guard (0...1).contains(share) else {
      ground.failCell(
        "analysis.bad-share", rows, row, column,
        "a share lies between 0 and \(isPercent ? "100" : "1"), and \(canonical(value)) was found")
      return nil
    }
    return share
  }

  /// The node a flow leads to. A name that stands under `to` only is an end of the line, unless the ends have rows of their own or
  /// it is nearly the name of a node.
  private mutating func end(
    _ name: String, _ row: Int, _ column: Column, _ rows: SourceRows, _ declaresEnds: Bool, _ ground: inout Groundwork
  ) -> Int? {
    if let at = index[name] { return at }
    let known = nodes.filter { $0.stage != nil }.map(\.name)
    let near = nearestName(to: name, among: known).flatMap { isSlip($0, name) ? $0 : nil }
    if declaresEnds || near != nil {
      ground.failCell(
        "analysis.unknown-node", rows, row, column,
        "a flow leads to a node of the table, and there is no '\(excerpt(name))'",
        hint: near.map { "did you mean '\($0)'?" } ?? nearestHint(to: name, among: known))
      return nil
    }
    index[name] = nodes.count
    nodes.append(Node(name: name, stage: nil, row: row))
    return nodes.count - 1
  }

  /// Names that differ in their last sign or word only are two of a kind ("Region A", "Region B"), not a slip.
  private func isSlip(_ a: String, _ b: String) -> Bool {
    let (p, q) = (a.split(separator: " "), b.split(separator: " "))
    if p.count == q.count, p.count > 1 {
      let differing = zip(p, q).filter { $0 != $1 }
      // A whole short word is another word.
      if differing.count == 1, let (x, y) = differing.first, min(x.count, y.count) <= 3 { return false }
    }
    return abs(a.count - b.count) <= 2
  }

  /// Goods do not come back to where they were.
  private func findCycle(_ rows: SourceRows, _ column: Column, _ ground: inout Groundwork) {
    var next = [[Int]](repeating: [], count: nodes.count)
    for (at, flow) in flows.enumerated() { next[flow.from].append(at) }
    var state = [Int](repeating: 0, count: nodes.count)
    for start in nodes.indices where state[start] == 0 {
      var stack = [(node: start, next: 0)]
      state[start] = 1
      while let top = stack.last {
        guard top.next < next[top.node].count else {
          state[top.node] = 2
          stack.removeLast()
          continue
        }
        stack[stack.count - 1].next += 1
        let flow = flows[next[top.node][top.next]]
        if state[flow.to] == 0 {
          state[flow.to] = 1
          stack.append((flow.to, 0))
        } else if state[flow.to] == 1 {
          let from = stack.firstIndex { $0.node == flow.to } ?? 0
          let path = stack[from...].map { nodes[$0.node].name } + [nodes[flow.to].name]
          ground.failCell(
            "analysis.cycle", rows, flow.row, column,
            "volume flows one way, and here it comes back to where it was: \(path.prefix(8).map { excerpt($0) }.joined(separator: " > "))"
          )
          return
        }
      }
    }
  }

  // MARK: Stages

  func stage(_ node: Int) -> Int { stages.firstIndex(of: nodes[node].stage ?? "") ?? stages.count - 1 }

  /// Puts the stages in order: as the setting has them, else as the flows run, of those not joined by flows the one that stands
  /// first in the table. Flows that lead back or stay in a stage are errors.
  mutating func settleStages(_ given: [Groundwork.Named]?, _ rows: SourceRows, _ ground: inout Groundwork) {
    let found = distinct(nodes.compactMap(\.stage))
    if let given {
      for named in given where !found.contains(named.name) {
        ground.fail(
          "analysis.unknown-value", at: named.position,
          "'stages' names stages of the table, and '\(named.name)' is none",
          hint: nearestHint(to: named.name, among: found))
      }
      let names = given.map(\.name)
      let missing = found.filter { !names.contains($0) }
      if !missing.isEmpty {
        ground.fail(
          "analysis.stage-order", at: ground.position(of: "stages"),
          "'stages' puts all stages in order, and \(quotedList(missing.map { excerpt($0) })) \(missing.count == 1 ? "is" : "are") not in it"
        )
      }
      stages = names.filter { found.contains($0) }
    } else {
      stages = Self.sorted(
        found,
        flows.compactMap { flow in
          guard let a = nodes[flow.from].stage, let b = nodes[flow.to].stage, a != b else { return nil }
          return (a, b)
        })
    }
    if nodes.contains(where: { $0.stage == nil }) { stages.append("") }
    guard let to = rows.table["to"] else { return }
    for flow in flows where stage(flow.to) <= stage(flow.from) {
      let (a, b) = (nodes[flow.from], nodes[flow.to])
      ground.failCell(
        "analysis.stage-order", rows, flow.row, to,
        "a flow leads to a later stage, and '\(excerpt(a.name))' (\(excerpt(a.stage ?? ""))) leads to '\(excerpt(b.name))' (\(excerpt(b.stage ?? "the end")))",
        hint: given == nil ? "'stages' says in which order they stand" : nil)
    }
  }

  /// Each stage after all that lead to it; where they lead in a circle, in the order of the table.
  private static func sorted(_ stages: [String], _ pairs: [(String, String)]) -> [String] {
    var left = stages
    var result: [String] = []
    while !left.isEmpty {
      let next = left.first { stage in !pairs.contains { $0.1 == stage && left.contains($0.0) } } ?? left[0]
      result.append(next)
      left.removeAll { $0 == next }
    }
    return result
  }
}
