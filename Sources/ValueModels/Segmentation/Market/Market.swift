import Diagnostics

/// How large is the market, whose is it, and how fast does it grow? (`analyses.md` §2)
let marketKind = AnalysisKind(
  name: "market", family: "Segmentation", question: "How large is the market, whose is it, and how fast does it grow?",
  tables: [
    .init(
      "data",
      "A row a period and player: period (year, date or text), player, value; where there are parts of the market, segment."
    )
  ],
  settings: [
    .init("period", "period", "Column of periods; without it all rows are one period."),
    .init("player", "player", "Column of players."),
    .init("value", "value", "Column of what they sell: 0 or more, all in one unit."),
    .init(
      "segment", "segment", "Column of parts of the market; each has its own size and concentration besides the whole."),
    .init("unit", "unit", "Column of units; a table holds one."),
    .init("own", nil, "Our own player."),
    .init(
      "others", nil,
      "Players that stand for many small ones: part of the size, not among the four largest nor in the concentration's squares."
    ),
    .filter,
  ],
  facts: [
    .init("periods", "Periods."), .init("players", "Players in the last period, those under 'others' not counted."),
    .init("period", "The last period."), .init("size", "Size of the market in it."),
    .init("unit", "Of sizes and values."),
    .init("growth", "Of the last period against the one before."),
    .init(
      "cagr",
      "Compound growth a year (a period where periods are no dates or numbers) from the first period to the last."),
    .init("hhi", "Herfindahl–Hirschman index of the last period, Σ of squared shares in percent, 0–10,000."),
    .init("hhi_greatest", "The same if each of the 'others' were one player."),
    .init("cr4", "Share of the four largest players."),
    .init("numbers_equivalent", "1 / Σ of squared shares: as many players of equal size would be as concentrated."),
    .init("leader", "The largest player."), .init("leader_share", "Its share."),
    .init("own_share", "Our own share, and its change since the period before in 'own_change'."),
    .init("own_change", "In share points, 0.01 being one."),
  ],
  findings: [
    .init(
      "periods",
      "A row a period, and one a period and segment: size, growth, players, hhi, cr4, numbers_equivalent, leader, leader_share, "
        + "own_share"),
    .init("players", "A row a player and period: value, share, change of the share, growth of the value"),
    .init("standing", "A row a player of the last period: value, share, change, growth, cagr, rank"),
    .init(
      "segments",
      "A row a segment of the last period: slug, size, share of the market, growth, cagr, hhi, leader, own_share"),
  ],
  figures: [
    .init("shares", "Shares of the players, by period where there are several."),
    .init("growth", "Share of each player against the growth of its value."),
  ],
  references: [
    "Hirschman, A. O. (1964). The paternity of an index. American Economic Review 54(5), 761–762.",
    "Adelman, M. A. (1969). Comment on the \"H\" concentration measure as a numbers-equivalent. Review of Economics and "
      + "Statistics 51(1), 99–101.",
  ],
  rowsArePeople: false, compute: market)

@Sendable private func market(_ input: AnalysisInput) throws(Rejection) -> Findings {
  var ground = Groundwork(input, marketKind)
  guard var rows = ground.rows("data") else {
    try ground.check()
    throw ground.unexplained
  }
  _ = ground.text("data")
  ground.applyWhere(to: &rows)
  let sales = MarketSales(&rows, &ground)
  let own = ground.text("own").map { Groundwork.Named(name: $0, position: ground.position(of: "own")) }
  let others = ground.texts("others") ?? []
  if let sales {
    for named in [own].compactMap(\.self) + others where !sales.players.contains(named.name) {
      ground.fail(
        "analysis.unknown-name", at: named.position,
        "a setting names players of the table, and '\(named.name)' is none",
        hint: nearestHint(to: named.name, among: sales.players))
    }
  }
  try ground.check()
  guard let sales else { throw ground.unexplained }
  return MarketFindings(sales, own: own?.name, others: others.map(\.name), rows).findings(&ground)
}
