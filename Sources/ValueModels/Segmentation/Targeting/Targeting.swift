import Diagnostics
import Settings

/// Which segments do we serve? (`analyses.md` §2)
let targetingKind = AnalysisKind(
  name: "targeting", family: "Segmentation", question: "Which segments do we serve?",
  tables: [
    .init(
      "data",
      "A row a segment and criterion: segment, criterion, side (attractiveness or strength), weight, score; with several judges "
        + "also judge. Not needed where 'criteria' takes all from another analysis.")
  ],
  needs: ["from"],
  settings: [
    .init("from", nil, "The id of a segmentation or segment-profile: its segments are weighed, and no others."),
    .init(
      "criteria", nil,
      "Criteria besides those of the table: [{name, side, weight, column, low, high}], the column one of the segments' table of "
        + "'from' (share, value_share, size, stability), low and high the values that score least and most (the least and the "
        + "greatest found; low above high turns it round); or scores: {segment: score} in place of a column."),
    .init("judge", "judge", "Column that tells judges apart; their scores are averaged."),
    .init("scale", "[1, 5]", "Least and greatest score."),
    .init(
      "cuts", "thirds of the scale",
      "Scores at which the grid is cut, on both sides [low, high] or each: {attractiveness: […], strength: […]}; one cut gives "
        + "quadrants, two nine cells."),
    .init(
      "choose", "grow",
      "grow (the cells of both high, or one high and the other middling), a number (so many by priority), a list of segments, or "
        + "{attractiveness: least, strength: least}."),
    .init("balance", "0.5", "Weight of attractiveness in the priority, 0–1; the rest is strength's."),
    .init("vary", "0.5", "How far weights may be wrong: each is multiplied by between 1 − vary and 1 + vary, 0–1."),
    .init("draws", "1000", "Draws of such weights."),
    .filter, .seed,
  ],
  facts: [
    .init("segments", "Segments weighed."), .init("criteria", "Criteria of both sides."),
    .init("chosen", "Segments chosen."), .init("judges", "Judges, where the table names them."),
    .init("firm", "Of the chosen, those chosen in 95% of the draws or more."),
    .init("doubtful", "Segments chosen in more than 5% and fewer than 95% of the draws."),
    .init("chosen_share", "Share of all respondents who are in a chosen segment, where it is known."),
    .init("chosen_value_share", "The same for the share of value."),
  ],
  findings: [
    .init(
      "segments",
      "A row a segment, the first by priority first: attractiveness and strength (weighted means on the scale), priority, cell and "
        + "zone of the grid, chosen, chosen_in (share of the draws), rank, the least and greatest attractiveness and strength that "
        + "weights within 'vary' can give, their standard deviation between three judges or more, size and share where 'from' knows them."
    ),
    .init("scores", "A row a segment and criterion: side, weight, score, value and where it comes from."),
    .init(
      "criteria",
      "A row a criterion: side, weight, weight_share of its side, spread of the scores, and changes: segments that come in or fall "
        + "out when its weight alone is lessened or raised by 'vary'."),
  ],
  figures: [.init("grid", "Attractiveness against our strength, with the cells of the grid.")],
  references: [
    "McDonald, M. & Dunbar, I. (2012). Market Segmentation, 4th ed. Wiley (directional policy matrix).",
    "Hedley, B. (1977). Strategy and the business portfolio. Long Range Planning 10(1), 9–15.",
  ],
  rowsArePeople: false, compute: targeting)

@Sendable private func targeting(_ input: AnalysisInput) throws(Rejection) -> Findings {
  var ground = Groundwork(input, targetingKind)
  let rules = TargetingRules(&ground)
  let source = TargetedSegments(&ground)
  var rows = ground.setting("data") == nil ? nil : ground.rows("data")
  if ground.setting("data") == nil, ground.setting("criteria") == nil {
    ground.fail(
      "settings.missing", at: input.position,
      "targeting weighs segments by criteria, and neither 'data' nor 'criteria' is given",
      hint:
        "name a table of segment, criterion, side, weight and score, or 'from' a segmentation and 'criteria' from its columns"
    )
  }
  if ground.setting("data") == nil { ground.record("data", .none) } else { _ = ground.text("data") }
  var weighing = Weighing(segments: source?.names ?? [])
  let judge = rows.flatMap { ground.column("judge", in: $0, standard: "judge", isNeeded: false) }
  if rows == nil { ground.record("judge", .none) }
  if var table = rows {
    ground.applyWhere(to: &table)
    weighing.read(&table, judge: judge, rules, source, &ground)
    rows = table
  }
  weighing.readColumns(rules, source, &ground)
  try ground.check()
  weighing.settle(rules, rows, &ground)
  rules.checkChosen(weighing.segments, &ground)
  try ground.check()
  return TargetingFindings(weighing, rules, source, rows).findings(&ground)
}
