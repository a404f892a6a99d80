import Diagnostics
import Statistics
import Tables

/// The tables of `segmentation` and `segment-profile`, as `valuemap analyses` lists them.
let segmentFindings: [AnalysisKind.Description] = [
  .init(
    "segments",
    "A row a group, the largest first: size in respondents, share (0–1), base, share of the value column, stability, and as a suggestion for a name what sets the group most apart."
  ),
  .init(
    "profiles",
    "A row a variable, answer and group: value (a mean, or the share of an answer, 0–1), total, index (total = 100), difference, test value, effect size (η² for numbers, Cramér's V for categories; groups shown only), significant at 5 %, base, 95 % interval, measure, and whether the groups were formed from it."
  ),
]

/// Profiles of groups that are already in the data.
package let segmentProfileKind = AnalysisKind(
  name: "segment-profile", family: "Segmentation", question: "How do the groups in the data differ?",
  tables: [.init("data", "One row a respondent, with a column that says which group each belongs to.")],
  settings: [
    .init("group", nil, "Column of the groups: at most 40 different values. Rows without one are left out."),
    .init(
      "respondent", "respondent",
      "Column that tells respondents apart; each has one row. Without it every row is a respondent."),
    .init(
      "describe", "all other columns",
      "Columns to profile the groups by. Numbers give means, columns of 0 and 1 the share of 1, categories a share for each answer. Left to itself: every other column but names and running numbers. Empty cells are left out variable by variable."
    ),
    .init("value", nil, "Column of amounts (spend, margin): each group's share of their sum."),
    .filter, .weight,
  ],
  facts: [.init("segments", "Number of groups."), .init("base", "Respondents in them.")],
  findings: segmentFindings,
  figures: [
    .init("profile", "Differences from the total by variable, with intervals."),
    .init("sizes", "Groups as areas of their size."),
    .init("profile-<slug>", "One group's differences from the total."),
  ],
  references: [
    "Lebart, Morineau & Piron 1995 (test values)", "Wilson 1927 (intervals of shares)", "Cramér 1946 (V)",
  ],
  pages: (table: "segments", word: "Segment"), compute: segmentProfile)

@Sendable private func segmentProfile(_ input: AnalysisInput) throws(Rejection) -> Findings {
  var work = Groundwork(input, segmentProfileKind)
  guard var rows = work.rows("data") else {
    try work.check()
    throw work.unexplained
  }
  let group = work.column("group", in: rows)
  let respondent = work.column("respondent", in: rows, standard: "respondent", isNeeded: false)
  let value = work.column("value", in: rows, isNeeded: false)
  if let value { _ = work.numbers(value, in: rows, as: "value") }
  let named = work.columns("describe", in: rows)
  work.notComputed("weight", "every respondent counts once")
  work.applyWhere(to: &rows)
  if let respondent {
    rows.dropMissing(respondent, as: "no respondent")
    work.checkOneRowEach(respondent, in: rows)
  }
  guard let group else {
    try work.check()
    throw work.unexplained
  }
  rows.dropMissing(group)
  let membership = work.membership(group, rows)
  try work.check()

  let suppression = Suppression(below: input.privacy.suppressBelow)
  let (places, order) = Grouping.bySize(membership.codes, count: membership.labels.count)
  let labels = order.map { membership.labels[$0] }
  let grouping = Grouping(
    keys: labels.map { .text($0) }, names: labels, membership: places, suppression: suppression)
  let apart = [group.name] + [respondent?.name].compactMap { $0 }
  let columns =
    named?.filter { !apart.contains($0.name) }
    ?? rows.table.columns.filter { !apart.contains($0.name) && !ProfileColumns.looksLikeIdentifier($0) }
  let variables = work.profileVariables(columns, in: rows, areNamed: named != nil)
  work.record("describe", .list(variables.map { .text($0.name) }))
  guard !variables.isEmpty else {
    throw work.rejection(
      "analysis.no-variables", at: work.position(of: "describe"),
      "groups are described by other columns, and '\(rows.name)' has none that can be profiled")
  }
  let profiles = variables.compactMap { VariableProfile($0, grouping: grouping, suppression: suppression) }
  var tables = SegmentTables(grouping: grouping, profiles: profiles)
  tables.worth = work.worth(value, rows, grouping, suppression)
  work.cautions += tables.cautions(input.privacy, people: rows.people)
  if let caution = work.emptyCells(variables, people: rows.people) { work.cautions.append(caution) }

  var findings = work.findings(
    summary: "Profiles of \(grouped(rows.kept.count)) \(rows.people) in \(labels.count) groups by '\(group.name)', "
      + "each against the total, on \(profiles.count) \(profiles.count == 1 ? "variable" : "variables")",
    baseOf: rows.people, data: [rows])
  findings.facts = [Fact("segments", labels.count), Fact("base", rows.kept.count)]
  findings.tables = [
    tables.segments(title: "Groups by size"), tables.profileTable(title: "Groups by variable, against the total"),
  ]
  return findings
}

extension Groundwork {
  /// The group of each row used and the groups' labels; too many or too few groups are errors.
  fileprivate mutating func membership(_ column: Column, _ rows: SourceRows) -> (codes: [Int], labels: [String]) {
    let (codes, levels) = column.codes()
    var occurs = [Bool](repeating: false, count: levels.count)
    for row in rows.kept { occurs[Int(codes[row])] = true }
    var place = [Int](repeating: 0, count: levels.count)
    var labels: [String] = []
    for code in levels.indices where occurs[code] {
      place[code] = labels.count
      labels.append(levels[code])
    }
    if rows.kept.isEmpty {
      fail(
        "analysis.no-rows", at: position(of: "group"),
        "groups are made of rows with a value in '\(column.name)', and there is none")
    } else if labels.count < 2 {
      fail(
        "analysis.one-group", at: position(of: "group"),
        "groups are compared with each other, and '\(column.name)' has only one")
    } else if labels.count > 40 {
      fail(
        "analysis.too-many-groups", at: position(of: "group"),
        "a profile shows at most 40 groups, and '\(column.name)' has \(grouped(labels.count)) different values",
        hint: "group the values, for example by a column of classes")
    }
    return (rows.kept.map { place[Int(codes[$0])] }, labels)
  }
}
