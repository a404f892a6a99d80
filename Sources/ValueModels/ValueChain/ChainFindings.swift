import Diagnostics
import Statistics

/// Actors and flows, ready to be told.
struct ValueChain {
  let actors: ChainActors
  let flows: ChainFlows
  let influence: InfluenceSettings
  let waves: ChainWaves?
  let changes: ChainChanges?
  let seed: UInt64

  /// Flows whose receiver gives nothing of any kind back to the giver.
  private var unreciprocated: [ChainFlows.Flow] {
    struct Pair: Hashable { var from: Int, to: Int }
    let pairs = Set(flows.flows.map { Pair(from: $0.from, to: $0.to) })
    return flows.flows.filter { !pairs.contains(Pair(from: $0.to, to: $0.from)) }
  }

  func findings(_ ground: inout Groundwork) -> Findings {
    let balances = MoneyBalance.all(flows.flows, actors: actors.actors.count)
    let network = Influence(actors, flows, influence, &ground)
    ground.record("influence_kinds", .list(network.kinds.map { .text($0.rawValue) }))
    ground.record("influence_weight", .text(network.usesValues ? "value" : "count"))
    warn(balances, &ground)
    var findings = ground.findings(summary: summary(network), baseOf: nil, data: [actors.rows, flows.rows])
    // Flows that all come from one source, row by row, are a table of that source.
    let sources = distinct(flows.flows.map(\.source))
    if flows.rows.study.source == nil, sources.count == 1, let last = findings.data.indices.last {
      findings.data[last].source = sources[0]
    }
    let single = balances.count == 1 ? balances[0] : nil
    let customers = ChainCustomers(actors: actors, flows: flows.flows)
    let communities = ChainCommunities(actors.actors.count, network.edges, seed: seed)
    findings.facts = facts(single, customers, communities)
    findings.tables = [
      actorsTable(single, network, customers, communities), flowsTable(), unreciprocatedTable(), balanceTable(balances),
      ChainStages(actors: actors, flows: flows.flows).table(),
      ChainConcentration(actors: actors, flows: flows.flows).table(), customers.table(slugs: uniqueSlugs(actors.names)),
      kindsTable(), cyclesTable(&findings), communities.table(actors.names),
    ]
    if let changes { findings.tables.append(changes.table(actors.names)) }
    return findings
  }

  private func warn(_ balances: [MoneyBalance], _ ground: inout Groundwork) {
    if flows.flows.isEmpty {
      ground.cautions.append(Caution("no-flows", "There are no flows between the actors"))
    }
    if balances.count > 1 {
      ground.cautions.append(
        Caution(
          "several-money-units",
          "Money flows in \(balances.count) units or periods are not added: each has its own balance, and actors have no one net"
        ))
    }
    let unvalued = flows.flows.count { $0.kind == .money && $0.value == nil }
    if unvalued > 0 {
      ground.cautions.append(
        Caution(
          "money-without-value",
          "\(unvalued) money \(unvalued == 1 ? "flow has" : "flows have") no value and \(unvalued == 1 ? "is" : "are") not in the balance"
        ))
    }
    if actors.actors.count < 10 {
      ground.cautions.append(
        Caution("few-actors", "With \(actors.actors.count) actors, measures of influence only describe what is listed"))
    }
  }

  private func summary(_ network: Influence) -> String {
    let kinds = distinct(flows.flows.map(\.kind)).count
    let all = network.kinds.count == FlowKind.allCases.count
    return "Value chain of \(actors.actors.count) actors and \(flows.flows.count) flows of \(kinds) "
      + "\(kinds == 1 ? "kind" : "kinds"), money added within a unit and period only; influence from "
      + (all ? "all flows" : "flows of " + network.kinds.map(\.rawValue).joined(separator: ", "))
      + (network.usesValues ? " by their values" : ", each counted once") + " (PageRank 0.85)"
  }

  private func facts(
    _ money: MoneyBalance?, _ customers: ChainCustomers, _ communities: ChainCommunities
  ) -> [Fact] {
    let count = actors.actors.count
    var facts = [
      Fact("actors", count), Fact("flows", flows.flows.count),
      Fact("kinds", distinct(flows.flows.map(\.kind)).count), Fact("unreciprocated", unreciprocated.count),
    ]
    // All that one actor pays another receives: summed as in and out, so that the total is exactly nothing.
    facts.append(Fact("net_money_total", money == nil ? .missing : .number(0)))
    facts.append(Fact("money_total", Value(money?.total)))
    facts.append(Fact("money_unit", Value(money.map { measure($0.unit, $0.period) }), .text))
    if let own = actors.actors.firstIndex(where: \.isOwn), actors.own.count == 1 {
      facts.append(Fact("own_net_money", Value(money?.net(own)), .signed))
    }
    facts.append(Fact("customers", customers.isCustomer.count { $0 }))
    if let modularity = communities.modularity {
      facts += [Fact("communities", communities.count), Fact("modularity", modularity)]
    }
    if let waves, let changes {
      facts += [
        Fact("wave", .text(waves.after), .text), Fact("wave_before", .text(waves.before), .text),
        Fact("new_flows", changes.count(.new)), Fact("gone_flows", changes.count(.gone)),
        Fact("grown_flows", changes.count(.grown)), Fact("shrunk_flows", changes.count(.shrunk)),
      ]
    }
    return facts
  }

  private func actorsTable(
    _ money: MoneyBalance?, _ network: Influence, _ customers: ChainCustomers, _ communities: ChainCommunities
  ) -> FindingsTable {
    let isCustomer = customers.isCustomer
    var table = FindingsTable(
      "actors", title: "Actors: their money, flows and influence",
      columns: [
        .init("actor", .text), .init("slug", .text), .init("role", .text), .init("stage", .text),
        .init("customer_kind", .text), .init("money_in"), .init("money_out"), .init("net_money", .signed),
        .init("flows_in", .integer), .init("flows_out", .integer), .init("pagerank"), .init("betweenness"),
        .init("eigenvector"), .init("strength_in"), .init("strength_out"), .init("own", .truth),
        .init("size"), .init("lane", .text), .init("community", .integer), .init("is_customer", .truth),
      ])
    let slugs = uniqueSlugs(actors.names)
    for (at, actor) in actors.actors.enumerated() {
      table.add([
        .text(actor.name), .text(slugs[at]), Value(actor.role), Value(actor.stage), Value(actor.customerKind),
        Value(money?.moneyIn[at]), Value(money?.moneyOut[at]), Value(money?.net(at)),
        .integer(flows.flows.count { $0.to == at }), .integer(flows.flows.count { $0.from == at }),
        Value(network.pageRank[at]), Value(network.betweenness[at]), Value(network.eigenvector?[at]),
        Value(network.strengthIn[at]), Value(network.strengthOut[at]), .truth(actor.isOwn), actor.size,
        Value(actor.lane), communities.modularity == nil ? .missing : .integer(communities.memberOf[at]),
        .truth(isCustomer[at]),
      ])
    }
    return table
  }

  private func flowsTable() -> FindingsTable {
    var table = FindingsTable(
      "flows", title: "Flows: who gives what to whom",
      columns: [
        .init("from", .text), .init("to", .text), .init("offering", .text), .init("kind", .text), .init("value"),
        .init("unit", .text), .init("period", .text), .init("source", .text), .init("share", .share),
      ])
    var totals: [Measure: Double] = [:]
    for flow in flows.flows { totals[Measure(flow), default: 0] += flow.value ?? 0 }
    for flow in flows.flows {
      let total = totals[Measure(flow)] ?? 0
      table.add([
        .text(actors.names[flow.from]), .text(actors.names[flow.to]), Value(flow.offering), .text(flow.kind.rawValue),
        Value(flow.value), Value(flow.unit), Value(flow.period), Value(flow.source?.rawValue),
        total > 0 ? Value(flow.value.map { $0 / total }) : .missing,
      ])
    }
    return table
  }

  private func unreciprocatedTable() -> FindingsTable {
    var table = FindingsTable(
      "unreciprocated", title: "Flows for which nothing comes back",
      columns: [.init("from", .text), .init("to", .text), .init("offering", .text), .init("kind", .text)])
    for flow in unreciprocated {
      table.add([
        .text(actors.names[flow.from]), .text(actors.names[flow.to]), Value(flow.offering), .text(flow.kind.rawValue),
      ])
    }
    return table
  }

  private func balanceTable(_ balances: [MoneyBalance]) -> FindingsTable {
    var table = FindingsTable(
      "balance", title: "Money in and out, within each unit and period",
      columns: [
        .init("unit", .text), .init("period", .text), .init("actor", .text), .init("money_in"), .init("money_out"),
        .init("net_money", .signed),
      ])
    for balance in balances {
      for (at, name) in actors.names.enumerated() {
        guard let net = balance.net(at) else { continue }
        table.add([
          Value(balance.unit), Value(balance.period), .text(name), Value(balance.moneyIn[at] ?? 0),
          Value(balance.moneyOut[at] ?? 0), Value(net),
        ])
      }
    }
    return table
  }

  private func kindsTable() -> FindingsTable {
    var table = FindingsTable(
      "kinds", title: "Kinds of flow and what they add up to within a unit and period",
      columns: [
        .init("kind", .text), .init("unit", .text), .init("period", .text), .init("flows", .integer),
        .init("valued", .integer), .init("total"), .init("strongest", .text), .init("weakest", .text),
      ])
    for kind in FlowKind.allCases {
      let ofKind = flows.flows.filter { $0.kind == kind }
      for group in distinct(ofKind.map { [$0.unit, $0.period] }) {
        let members = ofKind.filter { [$0.unit, $0.period] == group }
        let values = members.compactMap(\.value)
        table.add([
          .text(kind.rawValue), Value(group[0]), Value(group[1]), .integer(members.count), .integer(values.count),
          values.isEmpty ? .missing : Value(values.reduce(0, +)), link(members, by: >), link(members, by: <),
        ])
      }
    }
    return table
  }

  /// The link whose value comes first; nothing where fewer than two have a value or all are alike.
  private func link(_ flows: [ChainFlows.Flow], by precedes: (Double, Double) -> Bool) -> Value {
    let valued = flows.filter { $0.value != nil }
    guard valued.count > 1, var best = valued.first, Set(valued.map(\.value)).count > 1 else { return .missing }
    for flow in valued where precedes(flow.value ?? 0, best.value ?? 0) { best = flow }
    return .text("\(actors.names[best.from]) → \(actors.names[best.to])")
  }

  private func cyclesTable(_ findings: inout Findings) -> FindingsTable {
    var table = FindingsTable(
      "cycles", title: "How value comes back to where it began",
      columns: [.init("cycle", .integer), .init("actors", .text), .init("length", .integer), .init("kinds", .text)])
    let edges = flows.flows.map { DirectedGraph.Edge(from: $0.from, to: $0.to) }
    guard let graph = try? DirectedGraph(nodes: actors.actors.count, edges: edges) else { return table }
    let found = graph.simpleCycles(longest: 6, limit: 100, steps: 200_000)
    if found.isTruncated {
      findings.cautions.append(
        Caution(
          "cycles-truncated", "There are more cycles than are listed: the search ends at 100 cycles or 200,000 steps"))
    }
    for (at, cycle) in found.cycles.enumerated() {
      let names = (cycle + cycle.prefix(1)).map { actors.names[$0] }.joined(separator: " → ")
      let steps = zip(cycle, cycle.dropFirst() + cycle.prefix(1)).map { from, to in
        distinct(flows.flows.filter { $0.from == from && $0.to == to }.map(\.kind.rawValue)).joined(separator: "/")
      }
      table.add([.integer(at + 1), .text(names), .integer(cycle.count), .text(steps.joined(separator: " → "))])
    }
    return table
  }
}

/// What may be added: values of one kind, unit and period.
private struct Measure: Hashable {
  var kind: FlowKind
  var unit: String?
  var period: String?

  init(_ flow: ChainFlows.Flow) { (kind, unit, period) = (flow.kind, flow.unit, flow.period) }
}
