import Diagnostics

/// Who gives what to whom? (`analyses.md` §7)
let valueChainKind = AnalysisKind(
  name: "value-chain", family: "ValueChain", question: "Who gives what to whom?",
  tables: [
    .init("actors", "A row an actor: actor, and where known role, stage, customer_kind, size, own."),
    .init("flows", "A row a flow: from, to, kind, and where known offering, value, unit, period, source."),
  ],
  settings: [
    .init("own", nil, "Our own actor; otherwise the actors whose column 'own' says yes."),
    .init(
      "influence_kinds", nil,
      "Kinds of flow that PageRank, betweenness, eigenvector and strengths are computed from: information, influence and "
        + "trust where there are any, else all."),
    .init(
      "influence_weight", nil,
      "value or count. Values where all these flows have one, in one unit and period; else a flow counts 1."),
    .init("where", nil, "Keeps the flows that have one of the values given: {column: [values]}."),
    .init("wave", nil, "Column of waves; not computed yet."),
    .init("by", nil, "Column of groups; not computed yet."),
    .seed,
  ],
  facts: [
    .init("actors", "Actors in the table of actors."),
    .init("flows", "Flows between them."),
    .init("kinds", "Kinds of flow that occur."),
    .init("unreciprocated", "Flows whose receiver gives nothing at all back to the giver."),
    .init(
      "net_money_total", "Sum of net money over all actors: 0 but for rounding; missing with several units or periods."),
    .init("money_total", "Sum of the money flows; missing with several units or periods."),
    .init("money_unit", "Unit and period of the money flows, as 'GBP per cup'."),
    .init("own_net_money", "Net money of our own actor."),
  ],
  findings: [
    .init(
      "actors",
      "actor, slug, role, stage, customer_kind, money_in, money_out, net_money, flows_in, flows_out, pagerank, betweenness, "
        + "eigenvector, strength_in, strength_out"),
    .init("flows", "from, to, offering, kind, value, unit, period, source"),
    .init("unreciprocated", "from, to, offering, kind"),
    .init("balance", "unit, period, actor, money_in, money_out, net_money: one row an actor, unit and period"),
    .init("kinds", "kind, unit, period, flows, valued, total: never added across kinds, units or periods"),
    .init("cycles", "cycle, actors, length: how value comes back to where it began, up to six actors"),
  ],
  figures: [
    .init("diagram", "Actors in their stages and the flows between them."),
    .init("money", "Where the money comes from and goes to."),
  ],
  references: [
    "Gordijn, J. & Akkermans, H. (2001). Designing and evaluating e-business models. IEEE Intelligent Systems 16(4), 11–17.",
    "Allee, V. (2008). Value network analysis and value conversion. Journal of Intellectual Capital 9(1), 5–24.",
    "Page, L., Brin, S., Motwani, R. & Winograd, T. (1998). The PageRank citation ranking. Stanford University.",
    "Brandes, U. (2001). A faster algorithm for betweenness centrality. Journal of Mathematical Sociology 25(2), 163–177.",
    "Bonacich, P. (1972). Factoring and weighting approaches to status scores. Journal of Mathematical Sociology 2(1), 113–120.",
  ],
  compute: computeValueChain)

private func computeValueChain(_ input: AnalysisInput) throws(Rejection) -> Findings {
  var ground = Groundwork(input, valueChainKind)
  let actorRows = ground.rows("actors")
  var flowRows = ground.rows("flows")
  let own = ground.text("own").map {
    Groundwork.Named(name: $0, position: ground.position(of: "own"))
  }
  let influence = InfluenceSettings(&ground)
  _ = ground.integer("seed", standard: 1, in: 0...Int.max)
  ground.notComputed("wave", "all flows are taken together")
  ground.notComputed("by", "all flows are taken together")
  if var rows = flowRows {
    ground.applyWhere(to: &rows)
    flowRows = rows
  }
  let actors = actorRows.flatMap { ChainActors($0, own: own, &ground) }
  let flows = flowRows.flatMap { rows in actors.flatMap { ChainFlows(rows, $0, &ground) } }
  try ground.check()
  guard let actors, let flows else { throw ground.unexplained }
  let chain = ValueChain(actors: actors, flows: flows, influence: influence)
  return chain.findings(&ground)
}
