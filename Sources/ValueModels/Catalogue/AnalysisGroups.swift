import Diagnostics
import Settings
import Tables

/// The groups into which `by: column` divides the table of an analysis: the analysis is repeated for each of them.
package struct AnalysisGroups: Sendable, Hashable {
  package struct Group: Sendable, Hashable {
    /// The value in the column, as `where` names it.
    package var label: String
    /// What the group adds to the analysis' id: letters a to z, digits and hyphens.
    package var suffix: String

    package init(label: String, suffix: String) {
      self.label = label
      self.suffix = suffix
    }
  }

  /// The column's name.
  package var column: String
  /// Groups to compute, in the order of the column's values.
  package var groups: [Group]
  /// Values of groups that are too small, or are hidden so that a small one cannot be had by subtraction.
  package var withheld: [String]
  /// Rows that name no group.
  package var ungrouped: Int

  package init(column: String, groups: [Group], withheld: [String], ungrouped: Int) {
    self.column = column
    self.groups = groups
    self.withheld = withheld
    self.ungrouped = ungrouped
  }

  /// More groups than this are no groups but a running number.
  package static let most = 40

  /// Divides the table of an analysis; nil where its settings ask for no groups.
  ///
  /// A group counts by its distinct respondents where the kind tells them apart by a column that is there, else by its rows, unless
  /// the rows of the kind are no people (`AnalysisKind.rowsArePeople`).
  /// - Throws: A column that does not exist, one group only, more than `most`; also what is wrong with `where`.
  package static func divide(_ input: AnalysisInput, _ kind: AnalysisKind) throws(Rejection) -> AnalysisGroups? {
    guard let asked = input.settings["by"], !asked.isNull, kind.isRepeatable else { return nil }
    var ground = Groundwork(input, kind)
    guard var rows = ground.rows("data"), let column = ground.column("by", in: rows) else {
      try ground.problems.throwIfErrors()
      return nil
    }
    ground.applyWhere(to: &rows)
    try ground.problems.throwIfErrors()
    let before = rows.kept.count
    rows.dropMissing(column)
    let (codes, levels) = column.codes()
    var rowsOf = [Int](repeating: 0, count: levels.count)
    for row in rows.kept { rowsOf[Int(codes[row])] += 1 }
    let found = levels.indices.filter { rowsOf[$0] > 0 }
    if found.count < 2 {
      ground.fail(
        "analysis.one-group", at: asked.position,
        "groups are compared with each other, and '\(column.name)' has "
          + (found.first.map { "only '\(excerpt(levels[$0]))'" } ?? "no value"))
    } else if found.count > most {
      ground.fail(
        "analysis.too-many-groups", at: asked.position,
        "an analysis is repeated for at most \(most) groups, and '\(column.name)' has \(grouped(found.count)) different values",
        hint: "group the values, for example by a column of classes")
    }
    try ground.problems.throwIfErrors()
    let bases = ground.bases(of: found, codes, rowsOf, rows)
    let hidden = bases.map { Suppression(below: input.privacy.suppressBelow).hidden($0) }
    let labels = found.map { levels[$0] }
    let suffixes = uniqueSuffixes(labels)
    var groups: [Group] = []
    var withheld: [String] = []
    for (at, label) in labels.enumerated() {
      if hidden?[at] ?? false {
        withheld.append(label)
      } else {
        groups.append(Group(label: label, suffix: suffixes[at]))
      }
    }
    return AnalysisGroups(
      column: column.name, groups: groups, withheld: withheld, ungrouped: before - rows.kept.count)
  }

  /// Ids hold ASCII only; what has none of it gets its number.
  private static func uniqueSuffixes(_ labels: [String]) -> [String] {
    let plain = labels.enumerated().map { at, label in
      let text = slug(label).utf8.filter { $0 < 0x80 }.map { $0 == 0x5F ? UInt8(ascii: "-") : $0 }
      let kept = String(decoding: text, as: UTF8.self).split(separator: "-").joined(separator: "-").prefix(40)
      return kept.isEmpty || (kept == "item" && label.lowercased() != "item") ? "group-\(at + 1)" : String(kept)
    }
    return uniqueSlugs(plain)
  }
}

extension Groundwork {
  /// Distinct respondents of each group, or its rows; nil where rows are no people.
  fileprivate func bases(of levels: [Int], _ codes: [Int32], _ rowsOf: [Int], _ rows: SourceRows) -> [Int]? {
    let names = kind.settings.map(\.name)
    let key = ["respondent", "customer"].first { names.contains($0) }
    let column = key.flatMap { key in rows.table[input.settings[key]?.scalarText ?? key] }
    guard let column else { return kind.rowsArePeople ? levels.map { rowsOf[$0] } : nil }
    let people = column.codes().codes
    var seen = [Set<Int32>](repeating: [], count: rowsOf.count)
    for row in rows.kept where people[row] >= 0 { seen[Int(codes[row])].insert(people[row]) }
    return levels.map { seen[$0].count }
  }
}

extension Setting {
  var scalarText: String? {
    if case .scalar(let text, _) = value, !isNull { text } else { nil }
  }
}

extension AnalysisInput {
  /// The settings of one group: those of the analysis, with its title and `where` narrowed to the group.
  package static func settings(_ settings: Setting, of group: AnalysisGroups.Group, in column: String, title: String)
    -> Setting
  {
    guard case .map(var entries) = settings.value else { return settings }
    let position = settings["by"]?.position ?? settings.position
    func scalar(_ text: String) -> Setting { Setting(.scalar(text, quoted: true), at: position) }
    func entry(_ key: String, _ value: Setting) -> Setting.Entry {
      Setting.Entry(key: key, keyPosition: position, value: value)
    }
    let only = entry(column, scalar(group.label))
    if let at = entries.firstIndex(where: { $0.key == "where" }), case .map(var filters) = entries[at].value.value {
      filters.removeAll { $0.key == column }
      entries[at].value.value = .map(filters + [only])
    } else {
      entries.removeAll { $0.key == "where" }
      entries.append(entry("where", Setting(.map([only]), at: position)))
    }
    entries.removeAll { $0.key == "title" }
    entries.append(entry("title", scalar("\(title): \(group.label)")))
    return Setting(.map(entries), at: settings.position)
  }
}
