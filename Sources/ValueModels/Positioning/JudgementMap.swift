import Diagnostics
import Statistics

/// How do managers see the brands, and do they agree? (`analyses.md` §1)
let judgementMapKind = AnalysisKind(
  name: "judgement-map", family: "Positioning", question: "Where do the judges put the brands, and do buyers agree?",
  tables: [
    .init("data", "A row for each judge and brand, with the brand's place on two named axes: judge, brand, x, y.")
  ],
  needs: ["compare"],
  settings: [
    .init("judge", "judge", "Column that tells judges apart; each places a brand once."),
    .init("brand", "brand", "Column of brands."),
    .init("x", "x", "Column of places on the horizontal axis; its name is the axis' name."),
    .init("y", "y", "Column of places on the vertical axis."),
    .init("centre", "mean", "Place of a brand: mean or median of the judges, axis by axis."),
    .init(
      "rescale", "none",
      "none: all judges used the same scales. standardise: each judge's axes are brought to the mean and spread common to "
        + "all."),
    .init("own", nil, "Our own brand."),
    .init("compare", nil, "The id of a perceptual map from data: how far judgement is off, brand by brand."),
    .init("permutations", "999", "Draws of the tests whether judges, and the two maps, agree more than by chance."),
    .filter,
    .seed,
  ],
  facts: [
    .init("judges", "Judges."),
    .init("brands", "Brands placed."),
    .init("agreement_x", "Kendall's W of the judges on the horizontal axis, 0–1, corrected for ties."),
    .init("agreement_y", "The same on the vertical axis."),
    .init("agreement_p_x", "Probability of a W this high if judges ranked by chance (permutations within judges)."),
    .init("agreement_p_y", "The same on the vertical axis."),
    .init("icc_x", "Intraclass correlation ICC(2,1) on the horizontal axis: agreement of single judges in the values."),
    .init("icc_y", "The same on the vertical axis."),
    .init("outlying_judges", "Judges far from the others; known from four judges on."),
    .init("compared", "Brands that both maps have."),
    .init("congruence", "Correlation of the two maps after turning, mirroring and stretching one onto the other, 0–1."),
    .init("congruence_p", "Probability of a congruence this high if brands were dealt to places by chance."),
  ],
  findings: [
    .init(
      "brands",
      "brand, x, y, judges, sd_x, sd_y, correlation (spread between judges, where a brand has three or "
        + "more)"),
    .init(
      "gap",
      "brand, x, y (as judged, laid over the measured map), measured_x, measured_y, distance (in units of the measured map), "
        + "relative (to the measured map's spread)"),
  ],
  figures: [
    .init("map", "The brands as judged, with the spread between judges."),
    .init("gap", "From the judged to the measured place of each brand."),
  ],
  references: [
    "Kendall, M. G. (1948). Rank Correlation Methods. Griffin.",
    "Shrout, P. E. & Fleiss, J. L. (1979). Intraclass correlations: uses in assessing rater reliability. Psychological "
      + "Bulletin 86(2), 420–428.",
    "Gower, J. C. & Dijksterhuis, G. B. (2004). Procrustes Problems. Oxford University Press.",
    "Jackson, D. A. (1995). PROTEST: a Procrustean randomization test of community environment concordance. Écoscience "
      + "2(3), 297–303.",
  ],
  rowsArePeople: false, compute: computeJudgementMap)

private func computeJudgementMap(_ input: AnalysisInput) throws(Rejection) -> Findings {
  var ground = Groundwork(input, judgementMapKind)
  let usesMedian = ground.choice("centre", among: ["mean", "median"], standard: "mean") == "median"
  let standardises = ground.choice("rescale", among: ["none", "standardise"], standard: "none") == "standardise"
  let draws = ground.integer("permutations", standard: 999, in: 99...100_000)
  let seed = UInt64(clamping: ground.integer("seed", standard: 1, in: 0...Int.max))
  let own = ground.text("own").map { Groundwork.Named(name: $0, position: ground.position(of: "own")) }
  let compare = ground.text("compare")
  guard var rows = ground.rows("data") else {
    try ground.check()
    throw ground.unexplained
  }
  let judgements = Judgements(&rows, &ground)
  if let own, let judgements, !judgements.brands.contains(own.name) {
    ground.fail(
      "analysis.unknown-name", at: own.position, "'own' is a brand of the table, and there is no '\(own.name)'",
      hint: nearestHint(to: own.name, among: judgements.brands))
  }
  try ground.check()
  guard var judgements else { throw ground.unexplained }
  if standardises { judgements.standardise(&ground) }
  let places = judgements.places(usesMedian: usesMedian)
  var comparison: JudgementComparison?
  if compare != nil {
    comparison = try JudgementComparison(
      judgements.brands, places, input.others["compare"], draws: draws, seed: seed, &ground)
  }
  return judgementFindings(
    judgements, places, comparison, rows, usesMedian: usesMedian, draws: draws, seed: seed, &ground)
}
