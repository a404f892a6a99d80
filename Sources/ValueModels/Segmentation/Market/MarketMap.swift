import Diagnostics

/// Where does the volume flow, and who decides? (`analyses.md` §2)
let marketMapKind = AnalysisKind(
  name: "market-map", family: "Segmentation", question: "Where does the volume flow, and who decides?",
  tables: [
    .init(
      "data",
      "A row a node and the node it leads to: stage, node, to, volume, and where known decision_share (of what is decided there). An "
        + "empty 'to' is the end of the line.")
  ],
  settings: [
    .init("stages", "as the flows run", "The stages from left to right."),
    .init(
      "decision_base", "auto",
      "node (shares of what passes a node), market (shares of the whole market) or auto: market where the nodes' shares sum to the "
        + "whole, else node."),
    .init(
      "tolerance", "0.01",
      "How far volume in and out of a node may differ, as a share of the larger, before it is said."),
    .init(
      "leverage", "0.1", "A node at which at least this share of all volume is decided is a point of leverage, 0–1."),
    .init("unit", nil, "What volumes count, for print: bikes a year."),
    .filter,
  ],
  facts: [
    .init("stages", "Stages."), .init("nodes", "Nodes."), .init("flows", "Flows between them."),
    .init("volume", "Volume of the market: what enters it."),
    .init("decided", "Share of that volume of which it is known where it is decided."),
    .init("leverage_points", "Nodes at which at least 'leverage' of the volume is decided."),
    .init("top_decider", "The node at which most is decided."), .init("top_decider_share", "Its share of the volume."),
    .init("unbalanced", "Nodes that pass on more or less than they get."),
  ],
  findings: [
    .init(
      "nodes",
      "node, slug, stage, volume (the larger of in and out), share of the market, inflow, outflow, decision_share (of what passes the "
        + "node), decisions (share of the market's volume that is decided there), leverage"),
    .init("flows", "node, to, stage, to_stage, volume, share of the market, share_of_node (of what leaves the node)"),
    .init("stages", "stage, nodes, volume passing, share of the market, decisions"),
    .init("junctions", "node, stage, inflow, outflow, difference, sum (out as a share of in), balanced"),
  ],
  figures: [.init("flow", "Volume from left to right, with marks where it is decided.")],
  references: [
    "McDonald, M. & Dunbar, I. (2012). Market Segmentation, 4th ed. Wiley (market maps, junctions and leverage points)."
  ],
  rowsArePeople: false, compute: marketMap)

@Sendable private func marketMap(_ input: AnalysisInput) throws(Rejection) -> Findings {
  var ground = Groundwork(input, marketMapKind)
  let rules = MarketMapRules(&ground)
  guard var rows = ground.rows("data") else {
    try ground.check()
    throw ground.unexplained
  }
  _ = ground.text("data")
  ground.applyWhere(to: &rows)
  var network = MarketNetwork(&rows, &ground)
  try ground.check()
  network.settleStages(rules.stages, rows, &ground)
  try ground.check()
  return MarketMapFindings(network, rules, rows).findings(&ground)
}

struct MarketMapRules {
  var stages: [Groundwork.Named]?
  var decisionBase: String
  var tolerance: Double
  var leverage: Double

  init(_ ground: inout Groundwork) {
    stages = ground.texts("stages")
    decisionBase = ground.choice("decision_base", among: ["auto", "node", "market"], standard: "auto")
    tolerance = ground.number("tolerance", standard: 0.01, in: 0...1) ?? 0.01
    leverage = ground.number("leverage", standard: 0.1, in: 0...1) ?? 0.1
    _ = ground.text("unit")
  }
}
