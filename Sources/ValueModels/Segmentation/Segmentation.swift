import Diagnostics
import Statistics
import Tables

/// Groups of customers who want different things, found by *k*-means.
package let segmentationKind = AnalysisKind(
  name: "segmentation", family: "Segmentation", question: "Which groups of customers want different things?",
  tables: [
    .init(
      "data",
      "One row a respondent: columns of numbers to form segments from (ratings, importances, part-worths), columns of any kind to describe them."
    )
  ],
  settings: [
    .init(
      "respondent", "respondent",
      "Column that tells respondents apart; each has one row. Without it every row is a respondent."),
    .init(
      "variables", "all numeric columns",
      "Columns the segments are formed from. Left to itself: every column of numbers but the respondent, the value, those of 'describe', and one that merely counts the rows. Rows with an empty cell in one of them are left out."
    ),
    .init(
      "method", "k-means",
      "k-means; ward, gaussian-mixture, latent-class and k-prototypes are understood and not computed yet."),
    .init(
      "segments", "auto",
      "auto (2 to 8), a number, or [lowest, highest]. Of several, the number with the largest average silhouette is taken."
    ),
    .init(
      "standardize", "columns",
      "columns: each variable to mean 0 and standard deviation 1. within-person: each person's answers less their own mean and divided by their own standard deviation, so that use of the scale does not make segments; a person who answers everything alike stands at zero. none: as they are."
    ),
    .init("starts", "50", "Random starts (k-means++) for each number of segments; the best is kept."),
    .init("gap_sets", "20", "Reference sets of the gap statistic; 0 leaves it out, as do more than 10,000 rows."),
    .init("names", nil, "Names by segment number, the largest segment being 1: {1: Bargain hunters, 2: …}."),
    .init("describe", nil, "Further columns to profile the segments by; they take no part in forming them."),
    .init("value", nil, "Column of amounts (spend, margin): each segment's share of their sum; it is profiled too."),
    .init(
      "stability", "100",
      "Bootstrap samples for each segment's stability (mean Jaccard similarity, Hennig 2007); 0 leaves it out, as do more than 10,000 rows unless it is given."
    ),
    .filter, .weight, .seed,
  ],
  facts: [
    .init("segments", "Number of segments."), .init("base", "Respondents in them."),
    .init("criterion", "What decided their number: silhouette, or given."),
    .init("reason", "The same as a sentence."),
    .init("within_ss", "Sum of squares within segments, of the standardised variables."),
    .init("between_ss", "Sum of squares between segments."), .init("total_ss", "Their sum."),
    .init("best_starts", "How many of the starts came to this partition's sum of squares."),
    .init("silhouette", "Average silhouette, −1 to 1."),
    .init("stability", "Mean Jaccard similarity over segments, weighted by size."),
  ],
  findings: segmentFindings + [
    .init(
      "criteria",
      "A row a number of segments: within_ss, silhouette, gap, gap_se, calinski_harabasz, best_starts, and whether it was taken."
    ),
    .init("centres", "A row a segment and variable: the mean in the variable's own unit."),
  ],
  figures: [
    .init("sizes", "Segments as areas of their size."),
    .init("profile", "Differences from the total by variable, with intervals."),
    .init("criteria", "What speaks for each number of segments."),
    .init("profile-<slug>", "One segment's differences from the total."),
  ],
  references: [
    "Arthur & Vassilvitskii 2007 (k-means++)", "Hartigan & Wong 1979 (k-means)", "Rousseeuw 1987 (silhouette)",
    "Tibshirani, Walther & Hastie 2001 (gap statistic)", "Caliński & Harabasz 1974",
    "Rossi, Gilula & Allenby 2001 (scale use)", "Hennig 2007 (stability)",
    "Lebart, Morineau & Piron 1995 (test values)", "Wilson 1927 (intervals of shares)",
  ],
  pages: (table: "segments", word: "Segment"), compute: segmentation)

@Sendable private func segmentation(_ input: AnalysisInput) throws(Rejection) -> Findings {
  var work = Groundwork(input, segmentationKind)
  let settings = SegmentationSettings(&work)
  try work.check()
  guard let settings else { throw work.unexplained }
  let people = settings.rows.people
  guard settings.method == "k-means" else {
    work.cautions.append(
      Caution("not-computed", "segments by '\(settings.method)' are not computed yet; 'k-means' is"))
    let summary = "Segmentation by \(settings.method), not computed"
    var findings = work.findings(summary: summary, baseOf: people, data: [settings.rows])
    findings.facts = [Fact("base", settings.rows.kept.count)]
    return findings
  }
  return try kMeansFindings(&work, settings, people: people)
}

private func kMeansFindings(
  _ work: inout Groundwork, _ settings: SegmentationSettings, people: String
) throws(Rejection) -> Findings {
  let raw = settings.points
  let (points, flat) = settings.standardisation(raw)
  let distinct = distinctRows(points)
  guard distinct >= max(2, settings.count.least) else {
    throw work.rejection(
      "analysis.too-few-distinct-rows", at: work.position(of: "segments"),
      "there are at most as many segments as rows that differ, and \(max(2, settings.count.least)) segments were asked "
        + "for of \(distinct) different \(distinct == 1 ? "row" : "rows")")
  }
  let choice: ChoiceOfSegments
  do {
    choice = try ChoiceOfSegments(
      points, count: settings.count, distinct: distinct, starts: settings.starts, gapSets: settings.gapSets,
      seed: settings.seed)
  } catch {
    throw work.rejection(
      "analysis.not-computable", at: work.position(of: "variables"),
      "distances between rows are finite numbers, and these values are too far apart to have any",
      hint: "set 'standardize: columns', or look for values that are wrong by many orders of magnitude")
  }
  let partition = choice.partition
  let suppression = Suppression(below: work.input.privacy.suppressBelow)
  let numbers = (1...partition.clusters).map { $0 }
  let names = segmentNames(settings.names, numbers)
  let grouping = Grouping(
    keys: numbers.map { .integer($0) }, names: names, membership: partition.assignments, suppression: suppression)
  var variables = work.profileVariables(settings.variables, in: settings.rows, areNamed: false)
  for at in variables.indices { variables[at].isActive = true }
  let worth = [settings.value].compactMap { $0 }.filter { column in
    !(settings.variables + settings.describe).contains { $0.name == column.name }
  }
  variables += work.profileVariables(settings.describe + worth, in: settings.rows, areNamed: true)
  var tables = SegmentTables(
    grouping: grouping,
    profiles: variables.compactMap { VariableProfile($0, grouping: grouping, suppression: suppression) })
  tables.worth = work.worth(settings.value, settings.rows, grouping, suppression)
  if settings.stabilityDraws > 0 {
    tables.stability = try? PartitionMeasures.bootstrapJaccard(
      points, partition: partition, draws: settings.stabilityDraws, starts: 5, seed: settings.seed)
  }
  work.cautions += kMeansCautions(choice, settings, flat: flat, people: people)
  if let caution = tables.instability { work.cautions.append(caution) }
  work.cautions += tables.cautions(work.input.privacy, people: people)
  if let caution = work.emptyCells(variables, people: people) { work.cautions.append(caution) }
  let unused = settings.names.filter { $0.number > partition.clusters }
  if !unused.isEmpty {
    work.cautions.append(
      Caution(
        "unused-name", "there are \(partition.clusters) segments, and names are given for others",
        rows: unused.map(\.name.name)))
  }

  var findings = work.findings(
    summary: kMeansSummary(choice, settings, people: people), baseOf: people, data: [settings.rows])
  findings.facts = kMeansFacts(choice, tables, variables: settings.variables.count)
  findings.tables = [
    tables.segments(title: "Segments by size"), choice.table(),
    centres(raw, settings.variables, grouping), tables.profileTable(title: "Segments by variable, against the total"),
  ]
  return findings
}

/// Rows that differ in at least one column.
private func distinctRows(_ points: Matrix) -> Int {
  Set((0..<points.rows).map { row in points.row(row).map { $0 == 0 ? 0 : $0.bitPattern } }).count
}

/// Given names where there are some, else “Segment 1”, “Segment 2”, …
private func segmentNames(_ given: [(number: Int, name: Groundwork.Named)], _ numbers: [Int]) -> [String] {
  numbers.map { number in given.first { $0.number == number }?.name.name ?? "Segment \(number)" }
}

/// `centres`: means in the variables' own units; missing for hidden segments.
private func centres(_ raw: Matrix, _ variables: [Column], _ grouping: Grouping) -> FindingsTable {
  var table = FindingsTable(
    "centres", title: "Segment means in the variables' own units",
    columns: [.init("segment", .integer), .init("variable", .text), .init("mean")])
  for g in 0..<grouping.count {
    let members = grouping.membership.indices.filter { grouping.membership[$0] == g }
    for (column, variable) in variables.enumerated() {
      let mean = grouping.hidden[g] ? nil : (try? Moments(members.map { raw[$0, column] }))?.mean
      table.add([grouping.keys[g], .text(variable.name), Value(mean)])
    }
  }
  return table
}

private func kMeansFacts(_ choice: ChoiceOfSegments, _ tables: SegmentTables, variables: Int) -> [Fact] {
  let partition = choice.partition
  // With one variable, the sums of squares give away what is hidden.
  let givesAway = variables == 1 && tables.grouping.hidden.contains(true)
  var facts = [
    Fact("segments", partition.clusters), Fact("base", tables.grouping.total),
    Fact("criterion", .text(choice.criterion), .text), Fact("reason", .text(choice.reason), .text),
    Fact("within_ss", givesAway ? .missing : Value(partition.totalWithinSS)),
    Fact("between_ss", givesAway ? .missing : Value(partition.betweenSS)), Fact("total_ss", partition.totalSS),
    Fact("best_starts", partition.bestStarts), Fact("silhouette", choice.silhouette),
  ]
  if let stability = tables.stability {
    let total = zip(stability, tables.grouping.sizes).reduce(0) { $0 + $1.0 * Double($1.1) }
    facts.append(Fact("stability", total / Double(max(tables.grouping.total, 1))))
  }
  return facts
}
