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
    .init(
      "wave", nil, "Column of flows that tells waves apart: the later one is shown, and compared with the one before."),
    .init("waves", nil, "[before, after]: the two waves compared; the last two where not given."),
    .init("tolerance", "0", "Waves: a change of at most this share of the value before counts as none, 0–1."),
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
    .init("customers", "Actors that buy, pay, use, influence or recommend, stated or shown by the flows."),
    .init("communities", "Groups by modularity in the network of influence."),
    .init("modularity", "Newman's modularity of these groups."),
    .init("wave", "The wave shown."),
    .init("wave_before", "The wave it is compared with."),
    .init("new_flows", "Flows that were not there before; likewise gone_flows, grown_flows, shrunk_flows."),
    .init("gone_flows", "Flows that are no longer there."),
    .init("grown_flows", "Flows whose value rose."),
    .init("shrunk_flows", "Flows whose value fell."),
  ],
  findings: [
    .init(
      "actors",
      "actor, slug, role, stage, customer_kind, money_in, money_out, net_money, flows_in, flows_out, pagerank, betweenness, "
        + "eigenvector, strength_in, strength_out, own, size, lane, community, is_customer"),
    .init("flows", "from, to, offering, kind, value, unit, period, source, share (of its kind, unit and period, 0–1)"),
    .init("unreciprocated", "from, to, offering, kind"),
    .init("balance", "unit, period, actor, money_in, money_out, net_money: one row an actor, unit and period"),
    .init(
      "stages",
      "stage, actors, unit, period, money_in, money_out, margin, margin_share: money from and to outside the stage"),
    .init(
      "concentration",
      "actor, side (suppliers or channels), kind, unit, period, partners, total, hhi (0–1), equivalent (1 / hhi), largest, "
        + "largest_share"),
    .init(
      "customers",
      "actor, slug, buys, pays, uses, influences, recommends: 'stated' by customer_kind, or 'flows' where the flows show it"
    ),
    .init(
      "kinds",
      "kind, unit, period, flows, valued, total, strongest, weakest: never added across kinds, units or periods"),
    .init(
      "cycles",
      "cycle, actors, length, kinds: how value comes back to where it began, up to six actors; the kinds of each step"),
    .init("communities", "community, size, actors: groups with more flows among themselves than chance would give"),
    .init(
      "changes",
      "with waves: from, to, offering, kind, unit, period, before, after, change, ratio, status (new, gone, grown, shrunk, "
        + "same, unvalued)"),
  ],
  figures: [
    .init("diagram", "Actors in their stages and the flows between them."),
    .init("money", "Where the money comes from and goes to."),
    .init(
      "diagram-money",
      "One kind alone, likewise for the other kinds with two flows or more: diagram-product, diagram-service, …"),
    .init("matrix", "Over 25 flows: giver by receiver, a mark a kind."),
    .init("influence", "Who stands at the centre: PageRank and betweenness."),
    .init("change", "With waves: flows that are new, gone, grown or shrunk."),
    .init("swimlanes", "With a column 'lane': actors in a lane each, stages across."),
    .init("ego-<slug>", "One actor: what it gives, gets and keeps."),
  ],
  references: [
    "Gordijn, J. & Akkermans, H. (2001). Designing and evaluating e-business models. IEEE Intelligent Systems 16(4), 11–17.",
    "Allee, V. (2008). Value network analysis and value conversion. Journal of Intellectual Capital 9(1), 5–24.",
    "Page, L., Brin, S., Motwani, R. & Winograd, T. (1998). The PageRank citation ranking. Stanford University.",
    "Brandes, U. (2001). A faster algorithm for betweenness centrality. Journal of Mathematical Sociology 25(2), 163–177.",
    "Blondel, V., Guillaume, J.-L., Lambiotte, R. & Lefebvre, E. (2008). Fast unfolding of communities in large networks. "
      + "Journal of Statistical Mechanics P10008.",
    "Bonacich, P. (1972). Factoring and weighting approaches to status scores. Journal of Mathematical Sociology 2(1), 113–120.",
  ],
  pages: (table: "actors", word: "Actor"), compute: computeValueChain)

private func computeValueChain(_ input: AnalysisInput) throws(Rejection) -> Findings {
  var ground = Groundwork(input, valueChainKind)
  let actorRows = ground.rows("actors")
  var flowRows = ground.rows("flows")
  let own = ground.text("own").map {
    Groundwork.Named(name: $0, position: ground.position(of: "own"))
  }
  let influence = InfluenceSettings(&ground)
  let seed = UInt64(ground.integer("seed", standard: 1, in: 0...Int.max))
  let tolerance = ground.number("tolerance", standard: 0, in: 0...1) ?? 0
  var waves: ChainWaves?
  if var rows = flowRows {
    ground.applyWhere(to: &rows)
    waves = ChainWaves.read(&rows, &ground)
    flowRows = rows
  }
  let actors = actorRows.flatMap { ChainActors($0, own: own, &ground) }
  let flows = flowRows.flatMap { rows in actors.flatMap { ChainFlows(rows, $0, &ground) } }
  try ground.check()
  guard let actors, let flows else { throw ground.unexplained }
  var shown = flows
  var changes: ChainChanges?
  if let waves {
    shown = flows.of(waves.after, waves.column)
    changes = ChainChanges(
      before: flows.of(waves.before, waves.column).flows, after: shown.flows, tolerance: tolerance)
  }
  shown.warn(actors, &ground)
  let chain = ValueChain(actors: actors, flows: shown, influence: influence, waves: waves, changes: changes, seed: seed)
  return chain.findings(&ground)
}
