import Diagnostics

/// Facts and tables of a market map.
struct MarketMapFindings {
  private struct Totals {
    var inflow = 0.0
    var outflow = 0.0
    var through: Double { max(inflow, outflow) }
  }

  private let network: MarketNetwork
  private let rules: MarketMapRules
  private let rows: SourceRows
  private let totals: [Totals]
  /// What enters the market: the outflow of nodes that get nothing.
  private let volume: Double
  private let isOfMarket: Bool
  /// Share of the market's volume decided at each node; nil where it is not known.
  private let decisions: [Double?]

  init(_ network: MarketNetwork, _ rules: MarketMapRules, _ rows: SourceRows) {
    self.network = network
    self.rules = rules
    self.rows = rows
    var totals = [Totals](repeating: Totals(), count: network.nodes.count)
    for flow in network.flows {
      totals[flow.from].outflow += flow.volume
      totals[flow.to].inflow += flow.volume
    }
    for (at, node) in network.nodes.enumerated() { totals[at].outflow += node.ends }
    self.totals = totals
    let isFed = network.flows.reduce(into: Set<Int>()) { $0.insert($1.to) }
    let volume = totals.indices.filter { !isFed.contains($0) }.reduce(0) { $0 + totals[$1].through }
    self.volume = volume
    // Rows of a node repeat its share, or split it by where the volume goes: means by volume are right for both.
    let mean = network.nodes.map { node -> Double? in
      guard let first = node.decisions.first else { return nil }
      let weight = node.decisions.reduce(0) { $0 + $1.volume }
      return weight > 0 ? node.decisions.reduce(0) { $0 + $1.share * $1.volume } / weight : first.share
    }
    let sums = network.nodes.map { node -> Double in
      let shares = distinct(node.decisions.map(\.share))
      return shares.count == 1 ? shares[0] : node.decisions.reduce(0) { $0 + $1.share }
    }
    let whole = sums.reduce(0, +)
    let known = mean.contains { $0 != nil }
    isOfMarket =
      rules.decisionBase == "market"
      || (rules.decisionBase == "auto" && known && abs(whole - 1) <= max(rules.tolerance, 1e-9))
    let ofMarket = isOfMarket
    decisions = mean.enumerated().map { at, share in
      guard let share else { return nil }
      return ofMarket ? sums[at] : volume > 0 ? share * totals[at].through / volume : nil
    }
  }

  private func name(_ node: Int) -> String { network.nodes[node].name }

  /// A share of the market; missing where it has no volume.
  private func share(_ amount: Double) -> Double { volume > 0 ? amount / volume : .nan }

  private func isBalanced(_ node: Int) -> Bool {
    let total = totals[node]
    guard total.inflow > 0, total.outflow > 0 else { return true }
    return abs(total.inflow - total.outflow) <= rules.tolerance * total.through
  }

  private var leverage: [Int] {
    network.nodes.indices.filter { (decisions[$0] ?? 0) >= rules.leverage - 1e-12 && (decisions[$0] ?? 0) > 0 }
  }

  func findings(_ ground: inout Groundwork) -> Findings {
    warn(&ground)
    ground.record("stages", .list(network.stages.filter { !$0.isEmpty }.map { .text($0) }))
    ground.record("decision_base", .text(isOfMarket ? "market" : "node"))
    let decided = decisions.compactMap(\.self)
    var findings = ground.findings(summary: summary, baseOf: nil, data: [rows])
    let top = decisions.indices.max { (decisions[$0] ?? -1, -$0) < (decisions[$1] ?? -1, -$1) }
    let isKnown = top.flatMap { decisions[$0] } ?? 0 > 0
    findings.facts = [
      Fact("stages", network.stages.count), Fact("nodes", network.nodes.count), Fact("flows", network.flows.count),
      Fact("volume", volume), Fact("decided", decided.isEmpty ? .missing : Value(decided.reduce(0, +)), .share),
      Fact("leverage_points", leverage.count),
      Fact("top_decider", isKnown ? Value(top.map { name($0) }) : .missing, .text),
      Fact("top_decider_share", isKnown ? Value(top.flatMap { decisions[$0] }) : .missing, .share),
      Fact("unbalanced", network.nodes.indices.count { !isBalanced($0) }),
    ]
    findings.tables = [nodesTable, flowsTable, stagesTable, junctionsTable]
    return findings
  }

  private var summary: String {
    "\(network.nodes.count) nodes in \(network.stages.count) stages, \(network.flows.count) flows; decisions as shares of \(isOfMarket ? "the whole market" : "what passes a node")"
  }

  private func warn(_ ground: inout Groundwork) {
    let uneven = network.nodes.indices.filter { !isBalanced($0) }
    if !uneven.isEmpty {
      let first = uneven.prefix(3).map { node in
        "\(excerpt(name(node))) gets \(canonical(rounded(totals[node].inflow))) and passes on \(canonical(rounded(totals[node].outflow)))"
      }
      ground.cautions.append(
        Caution(
          "junction-not-whole",
          "\(uneven.count == 1 ? "At one junction" : "At \(uneven.count) junctions") what goes out is not 100% of what comes in: "
            + first.joined(separator: "; ") + (uneven.count > 3 ? "; …" : ""),
          rows: uneven.map(name)))
    }
    let known = decisions.compactMap(\.self)
    if known.isEmpty {
      ground.cautions.append(Caution("no-decisions", "The table does not say where is decided ('decision_share')"))
    } else {
      let sum = known.reduce(0, +)
      if abs(sum - 1) > max(rules.tolerance, 0.005) {
        ground.cautions.append(
          Caution(
            "decisions-not-whole",
            "Each unit is decided on once, and the nodes' decisions sum to \(canonical((sum * 1000).rounded() / 10))% of the volume"
          ))
      }
    }
    if volume <= 0 {
      ground.cautions.append(Caution("no-volume", "No volume enters the market, so that there are no shares of it"))
    }
  }

  private func rounded(_ value: Double) -> Double { (value * 100).rounded() / 100 }

  private var nodesTable: FindingsTable {
    var table = FindingsTable(
      "nodes", title: "Nodes by stage",
      columns: [
        .init("node", .text), .init("slug", .text), .init("stage", .text), .init("volume"), .init("share", .share),
        .init("inflow"), .init("outflow"), .init("decision_share", .share), .init("decisions", .share),
        .init("leverage", .truth),
      ])
    let slugs = uniqueSlugs(network.nodes.map(\.name))
    let order = network.nodes.indices.sorted { (network.stage($0), $0) < (network.stage($1), $1) }
    for at in order {
      let total = totals[at]
      let ofNode = decisions[at].map { total.through > 0 && volume > 0 ? $0 * volume / total.through : .nan }
      table.add([
        .text(name(at)), .text(slugs[at]), Value(network.nodes[at].stage), Value(total.through),
        Value(share(total.through)), Value(total.inflow), Value(total.outflow), Value(ofNode), Value(decisions[at]),
        .truth(leverage.contains(at)),
      ])
    }
    return table
  }

  private var flowsTable: FindingsTable {
    var table = FindingsTable(
      "flows", title: "Flows by node",
      columns: [
        .init("node", .text), .init("to", .text), .init("stage", .text), .init("to_stage", .text), .init("volume"),
        .init("share", .share), .init("share_of_node", .share),
      ])
    for flow in network.flows {
      let out = totals[flow.from].outflow
      table.add([
        .text(name(flow.from)), .text(name(flow.to)), Value(network.nodes[flow.from].stage),
        Value(network.nodes[flow.to].stage), Value(flow.volume), Value(share(flow.volume)),
        Value(out > 0 ? flow.volume / out : .nan),
      ])
    }
    return table
  }

  private var stagesTable: FindingsTable {
    var table = FindingsTable(
      "stages", title: "Stages: what passes through each",
      columns: [
        .init("stage", .text), .init("nodes", .integer), .init("volume"), .init("share", .share),
        .init("decisions", .share),
      ])
    for (at, stage) in network.stages.enumerated() {
      let mine = network.nodes.indices.filter { network.stage($0) == at }
      let volume = mine.reduce(0) { $0 + totals[$1].through }
      let decided = mine.compactMap { decisions[$0] }
      table.add([
        stage.isEmpty ? .missing : .text(stage), .integer(mine.count), Value(volume), Value(share(volume)),
        decided.isEmpty ? .missing : Value(decided.reduce(0, +)),
      ])
    }
    return table
  }

  private var junctionsTable: FindingsTable {
    var table = FindingsTable(
      "junctions", title: "Junctions: what comes in and goes out",
      columns: [
        .init("node", .text), .init("stage", .text), .init("inflow"), .init("outflow"), .init("difference", .signed),
        .init("sum", .share), .init("balanced", .truth),
      ])
    for at in network.nodes.indices where totals[at].inflow > 0 && totals[at].outflow > 0 {
      table.add([
        .text(name(at)), Value(network.nodes[at].stage), Value(totals[at].inflow), Value(totals[at].outflow),
        Value(totals[at].outflow - totals[at].inflow), Value(totals[at].outflow / totals[at].inflow),
        .truth(isBalanced(at)),
      ])
    }
    return table
  }
}
