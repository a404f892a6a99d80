import Diagnostics
import Statistics
import Tables

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
    .init(
      "order", "size",
      "size (the largest first), data (as they first occur), the name of a column (the groups' own: by its values; another: by the group's mean, rising), or a list of the groups."
    ),
    .init("names", nil, "Other names for groups: {label in the data: name}."),
  ] + ProfileSettings.descriptions(typing: "false") + [.filter, .weight, .seed],
  facts: [.init("segments", "Number of groups."), .init("base", "Respondents in them.")] + ProfileSettings.facts,
  findings: ProfiledGroups.findings,
  figures: [
    .init("profile", "Differences from the total by variable, with intervals."),
    .init("sizes", "Groups as areas of their size."),
    .init("profile-<slug>", "One group's differences from the total."),
    .init("typing", "How well few questions tell the group, by their number."),
  ],
  references: [
    "Cramér 1946 (V)"
  ] + ProfileSettings.references,
  pages: (table: "segments", word: "Segment"), addsUp: true, compute: segmentProfile)

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
  let order = work.groupOrder(group, in: rows)
  let settings = ProfileSettings(&work, rows, typing: false)
  work.applyWhere(to: &rows)
  if let respondent {
    rows.dropMissing(respondent, as: "no respondent")
    work.checkOneRowEach(respondent, in: rows)
  }
  let weight = work.caseWeights(in: &rows)
  guard let group else {
    try work.check()
    throw work.unexplained
  }
  rows.dropMissing(group)
  let membership = work.membership(group, rows)
  let (places, labels) = work.ordered(membership.codes, membership.labels, by: order, group, rows)
  let names = work.groupNames(labels, group)
  try work.check()

  let suppression = Suppression(below: input.privacy.suppressBelow)
  let grouping = Grouping(
    keys: labels.map { .text($0) }, names: names, membership: places, weights: weight?.rescaled(rows.kept),
    suppression: suppression)
  let apart = [group.name] + [respondent?.name, weight?.column.name].compactMap { $0 }
  let columns =
    named?.filter { !apart.contains($0.name) }
    ?? rows.table.columns.filter { !apart.contains($0.name) && !ProfileColumns.looksLikeIdentifier($0) }
  let further = distinctColumns([value, settings.response]).filter { column in
    !(apart + columns.map(\.name)).contains(column.name)
  }
  let variables = work.profileVariables(columns + further, in: rows, areNamed: named != nil)
  work.record("describe", .list(variables.map { .text($0.name) }))
  guard !variables.isEmpty else {
    throw work.rejection(
      "analysis.no-variables", at: work.position(of: "describe"),
      "groups are described by other columns, and '\(rows.name)' has none that can be profiled")
  }
  let profiled = ProfiledGroups(
    &work, grouping, variables, settings, rows, value: value, stability: nil, suppression: suppression)
  if let caution = work.emptyCells(variables, people: rows.people) { work.cautions.append(caution) }

  var findings = work.findings(
    summary: "Profiles of \(grouped(rows.kept.count)) \(rows.people) in \(labels.count) groups by '\(group.name)', "
      + "each against the total, on \(profiled.count) \(profiled.count == 1 ? "variable" : "variables")",
    baseOf: rows.people, data: [rows])
  findings.facts = [Fact("segments", labels.count), Fact("base", rows.kept.count)] + profiled.facts
  findings.tables =
    [profiled.segments(title: "Groups")] + [profiled.profiles(title: "Groups by variable, against the total")]
    + profiled.further
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
