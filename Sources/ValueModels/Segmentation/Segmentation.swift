import Diagnostics
import Statistics
import Tables

/// Groups of customers who want different things, found by one of several methods.
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
      "k-means: least sum of squares within. ward: a tree of segments, cut. gaussian-mixture: normal distributions that may overlap. latent-class: answers in categories, independent within a segment. k-prototypes: numbers and categories together."
    ),
    .init(
      "segments", "auto",
      "auto (2 to 8), a number, or [lowest, highest]. Of several, 'choose' decides (k-means, ward), or the least BIC (gaussian-mixture, latent-class)."
    ),
    .init(
      "standardize", "columns",
      "columns: each variable to mean 0 and standard deviation 1. within-person: each person's answers less their own mean and divided by their own standard deviation, so that use of the scale does not make segments; a person who answers everything alike stands at zero. none: as they are."
    ),
    .init(
      "starts", "50",
      "Random starts for each number of segments; the best is kept. Ward has none; mixtures have careful starts first, and these for the best of them."
    ),
    .init(
      "choose", "silhouette",
      "With k-means and ward, what decides of several numbers. silhouette: the largest average. gap: the gap statistic's rule. replicable: the most segments that random halves agree on (adjusted Rand index of 0.8 or more). Where what it looks at is left out (gap_sets: 0, stability: 0), the silhouette decides."
    ),
    .init("consolidate", "true", "With ward: whether k-means then moves rows to nearer centres, out of their branch."),
    .init(
      "covariance", "auto",
      "With gaussian-mixture: auto, or one or several of EII, VII, EEI, VVI, EEE, VVV (volume, shape and orientation Equal, Varying or Identity). Of several, the one of least BIC is taken."
    ),
    .init(
      "gamma", "half the mean standard deviation of the numbers",
      "Of k-prototypes: what a category that differs costs, in squared units of the (standardised) numbers. A number; left to itself Huang's rule, which is 0.5 for standardised numbers."
    ),
    .init(
      "gap_sets", "20",
      "Reference sets of the gap statistic; 0 leaves it out, as do case weights and more than 10,000 rows (3,000 with ward)."
    ),
    .init("names", nil, "Names by segment number, the largest segment being 1: {1: Bargain hunters, 2: …}."),
    .init("describe", nil, "Further columns to profile the segments by; they take no part in forming them."),
    .init("value", nil, "Column of amounts (spend, margin): each segment's share of their sum; it is profiled too."),
    .init(
      "stability", "100",
      "Bootstrap samples for each segment's stability (mean Jaccard similarity, Hennig 2007); 0 leaves it out, as do more than 10,000 rows unless it is given."
    ),
  ] + ProfileSettings.descriptions(typing: "true") + [.filter, .weight, .seed],
  facts: [
    .init("segments", "Number of segments."), .init("base", "Respondents in them."),
    .init("criterion", "What decided their number: silhouette, gap, replicable, bic, or given."),
    .init("reason", "The same as a sentence."),
    .init("log_likelihood", "Of the classes or mixtures, at its largest."),
    .init("parameters", "Free parameters of the model."),
    .init(
      "bic",
      "Bayesian information criterion, −2 ln L + parameters × ln n: less is better (mclust prints the opposite sign)."),
    .init("aic", "Akaike's criterion, −2 ln L + 2 × parameters."),
    .init("caic", "Consistent AIC, with ln n + 1 a parameter (latent classes)."),
    .init("sabic", "Sample-size adjusted BIC, with ln((n + 2) / 24) a parameter (latent classes)."),
    .init("entropy", "Entropy R², 0–1: how surely people belong to their segment."),
    .init(
      "degrees_of_freedom", "Answer patterns that could occur less 1, at most n, less the parameters (latent classes)."),
    .init("g_squared", "Likelihood-ratio statistic against the patterns without missing answers (latent classes)."),
    .init("chi_squared", "Pearson's statistic against the same (latent classes)."),
    .init("patterns", "Different answer patterns (latent classes)."),
    .init("cost", "What k-prototypes makes small: squares within plus γ for each category that differs."),
    .init("gamma", "γ of k-prototypes."),
    .init("within_ss", "Sum of squares within segments, of the standardised variables."),
    .init("between_ss", "Sum of squares between segments."), .init("total_ss", "Their sum."),
    .init(
      "best_starts", "How many of the starts came to this result; with mixtures, of the climbs that went to the end."),
    .init("silhouette", "Average silhouette, −1 to 1."),
    .init("map_explained", "The share of the differences between segments that the map shows, 0–1."),
    .init(
      "split_half", "Adjusted Rand index of random halves that are segmented apart: 1 when they agree, 0 by chance."),
    .init("covariance", "With gaussian-mixture: the family of covariances."),
    .init("icl", "BIC plus twice the uncertainty of the memberships: less is better (mixtures)."),
    .init("stability", "Mean Jaccard similarity over segments, weighted by size."),
  ] + ProfileSettings.facts,
  findings: ProfiledGroups.findings + [
    .init(
      "criteria",
      "A row a number of segments: within_ss, silhouette, gap, gap_se, calinski_harabasz, split_half, best_starts, and whether it was taken; with mixtures bic, aic, icl and entropy of the best family, and bic_… of each family."
    ),
    .init("centres", "A row a segment and variable: the mean in the variable's own unit."),
    .init("probabilities", "Of latent classes, a row a segment, variable and answer: how probable it is, 0–1."),
    .init("modes", "Of k-prototypes, a row a segment and category: its commonest value."),
    .init(
      "map",
      "A row a segment: its place and spread in the plane that tells segments apart best (discriminant axes; with two segments, the second axis is where people differ most otherwise)."
    ), .init("map_variables", "A row a variable: its correlations with the axes of the map."),
    .init("merges", "With ward: the height of each merge of its tree, from the lowest."),
  ],
  figures: [
    .init("sizes", "Segments as areas of their size."),
    .init("profile", "Differences from the total by variable, with intervals."),
    .init("map", "Segments where they lie farthest apart, with ellipses that hold about half of each."),
    .init("classes", "With latent classes: how probable each answer is in each segment."),
    .init("criteria", "What speaks for each number of segments."),
    .init("profile-<slug>", "One segment's differences from the total."),
    .init("typing", "How well few questions tell the segment, by their number."),
  ],
  references: SegmentationMethod.allReferences,
  pages: (table: "segments", word: "Segment"), compute: segmentation)

@Sendable private func segmentation(_ input: AnalysisInput) throws(Rejection) -> Findings {
  var work = Groundwork(input, segmentationKind)
  let settings = SegmentationSettings(&work)
  try work.check()
  guard let settings else { throw work.unexplained }
  let people = settings.rows.people
  guard let method = SegmentationMethod.named(settings.method) else { throw work.unexplained }
  let solution = try method.solve(&work, settings)
  var findings = describedSegments(&work, settings, solution, people: people)
  findings.method.references = method.references + SegmentationMethod.commonReferences
  return findings
}

/// What is said of the segments of any method.
private func describedSegments(
  _ work: inout Groundwork, _ settings: SegmentationSettings, _ solution: any SegmentSolution, people: String
) -> Findings {
  let suppression = Suppression(below: work.input.privacy.suppressBelow)
  let numbers = (1...solution.count).map { $0 }
  let grouping = Grouping(
    keys: numbers.map { .integer($0) }, names: segmentNames(settings.names, numbers),
    membership: solution.assignments, weights: settings.weights, suppression: suppression)
  var variables = work.profileVariables(settings.variables, in: settings.rows, areNamed: false)
  for at in variables.indices { variables[at].isActive = true }
  let worth = distinctColumns([settings.value, settings.profile.response]).filter { column in
    !(settings.variables + settings.describe).contains { $0.name == column.name }
  }
  variables += work.profileVariables(settings.describe + worth, in: settings.rows, areNamed: true)
  work.cautions += solution.cautions(people: people)
  let profiled = ProfiledGroups(
    &work, grouping, variables, settings.profile, settings.rows, value: settings.value, stability: solution.stability,
    suppression: suppression)
  if let caution = work.emptyCells(variables, people: people) { work.cautions.append(caution) }
  let unused = settings.names.filter { $0.number > solution.count }
  if !unused.isEmpty {
    work.cautions.append(
      Caution(
        "unused-name", "there are \(solution.count) segments, and names are given for others",
        rows: unused.map(\.name.name)))
  }
  var findings = work.findings(
    summary: solution.summary(people: people), baseOf: people, data: [settings.rows])
  let map = SegmentMap(solution.points, grouping, variables: settings.variables.map(\.name))
  findings.facts = segmentFacts(solution, grouping) + (map?.facts ?? []) + profiled.facts
  findings.tables =
    [profiled.segments(title: "Segments by size")] + solution.tables(grouping)
    + [profiled.profiles(title: "Segments by variable, against the total")] + (map?.tables ?? []) + profiled.further
  return findings
}

/// Given names where there are some, else “Segment 1”, “Segment 2”, …
private func segmentNames(_ given: [(number: Int, name: Groundwork.Named)], _ numbers: [Int]) -> [String] {
  numbers.map { number in given.first { $0.number == number }?.name.name ?? "Segment \(number)" }
}

private func segmentFacts(_ solution: any SegmentSolution, _ grouping: Grouping) -> [Fact] {
  var facts = [
    Fact("segments", solution.count), Fact("base", grouping.total),
    Fact("criterion", .text(solution.criterion), .text), Fact("reason", .text(solution.reason), .text),
  ]
  facts += solution.facts(grouping)
  if let stability = solution.stability {
    facts.append(Fact("stability", zip(stability, grouping.shares).reduce(0) { $0 + $1.0 * $1.1 }))
  }
  return facts
}
