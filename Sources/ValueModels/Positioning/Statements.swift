import Diagnostics

/// What do we claim, for whom, against whom, and does the market agree? (`analyses.md` §1)
let positioningKind = AnalysisKind(
  name: "positioning", family: "Positioning", question: "What do we claim, for whom, against whom?",
  tables: [
    .init(
      "data",
      "A row a segment: segment, target, need, pain_point, brand, category, benefit, basis (functional, symbolic or "
        + "experiential), alternative, difference, proof, attribute.")
  ],
  needs: ["map"],
  settings: [
    .init("own", nil, "Our own brand, where a row names none, or one that is not on the map."),
    .init("map", nil, "The id of a perceptual map: are we ahead on the attribute that a statement claims?"),
    .init("value-map", nil, "The id of a value map; understood and not computed yet."),
    .filter,
  ],
  facts: [
    .init("statements", "Statements, one a segment."),
    .init("claims", "Claims that the map can check: its attribute and our brand are both on it."),
    .init("supported", "Of those, claims on which the map puts us ahead of every other brand."),
    .init("lints", "Faults found in the statements, all rules together."),
  ],
  findings: [
    .init("statements", "A row a segment: its slots, and the sentence they make."),
    .init("lint", "segment, rule, message: what a statement lacks, or claims without cover."),
    .init(
      "claims",
      "segment, attribute, brand, strength (as the map shows it), rank among the brands, ahead, leader, quality (the lower "
        + "of the brand's and the attribute's), x and y (the attribute's direction)"),
    .init("places", "brand, x, y: the named map in principal coordinates, for the cards."),
  ],
  figures: [
    .init("card", "A card a segment: whom, what, against whom, with what proof, and where the claim stands."),
    .init("card-<slug>", "One segment's card."),
  ],
  references: [
    "Moore, G. A. (1991). Crossing the Chasm. HarperBusiness.",
    "Park, C. W., Jaworski, B. J. & MacInnis, D. J. (1986). Strategic brand concept-image management. Journal of Marketing "
      + "50(4), 135–145.",
    "Greenacre, M. (2007). Correspondence Analysis in Practice, 2nd ed. Chapman & Hall/CRC.",
  ],
  pages: ("statements", "Statement"), rowsArePeople: false,
  compute: computePositioning)

private func computePositioning(_ input: AnalysisInput) throws(Rejection) -> Findings {
  var ground = Groundwork(input, positioningKind)
  let own = ground.text("own").map { Groundwork.Named(name: $0, position: ground.position(of: "own")) }
  let asksMap = ground.text("map") != nil
  ground.notComputed("value-map", "claims are checked on the perceptual map only")
  guard var rows = ground.rows("data") else {
    try ground.check()
    throw ground.unexplained
  }
  let statements = PositioningStatement.read(&rows, own: own?.name, &ground)
  let map = asksMap ? ClaimMap(input.others["map"], &ground) : nil
  if let own, let map, !map.brands.isEmpty, map.place(of: own.name) == nil {
    ground.fail(
      "analysis.unknown-name", at: own.position, "'own' is a brand of the map, and there is no '\(own.name)' on it",
      hint: nearestHint(to: own.name, among: map.brands))
  }
  try ground.check()
  let claims = statements.map { statement in map.flatMap { ClaimOnMap(statement, own: own?.name, $0) } }
  let lints = zip(statements, claims).flatMap { lint($0, $1, map, own: own?.name) }
  warn(lints, statements.count, &ground)
  return statementFindings(statements, claims, lints, map, rows, &ground)
}
