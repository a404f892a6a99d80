import Diagnostics
import Settings
import Tables

/// One kind of analysis: what it asks, what it takes, what it finds, and the pure function that computes it.
package struct AnalysisKind: Sendable {
  package struct SettingDescription: Sendable {
    package var name: String
    /// As a user would write it; nil where there is none.
    package var standard: String?
    package var meaning: String

    package init(_ name: String, _ standard: String?, _ meaning: String) {
      self.name = name
      self.standard = standard
      self.meaning = meaning
    }
  }

  package struct Description: Sendable {
    package var name: String
    package var meaning: String

    package init(_ name: String, _ meaning: String) {
      self.name = name
      self.meaning = meaning
    }
  }

  /// `perceptual-map`
  package var name: String
  /// The folder of its family in every room: `Positioning`.
  package var family: String
  package var question: String
  /// Settings whose value names a table of the study, and the columns that table needs.
  package var tables: [Description]
  /// Settings whose value names another analysis whose findings this one reads.
  package var needs: [String]
  package var settings: [SettingDescription]
  package var facts: [Description]
  package var findings: [Description]
  /// The first is the one meant by `figure:id`.
  package var figures: [Description]
  package var references: [String]
  /// The findings table whose rows each get a page of their own, and the word for such a row.
  package var pages: (table: String, word: String)?
  /// Whether a row of `data` stands for a person where no column tells respondents apart: small groups are then not shown.
  package var rowsArePeople: Bool
  /// Whether the bases of its rows in all groups of `by` sum to those of the whole, so that one group can be had from the others.
  package var addsUp: Bool
  package var compute: @Sendable (AnalysisInput) throws(Rejection) -> Findings
  /// A file about single persons, where the settings ask for one; written outside the site.
  package var privateFile: (@Sendable (AnalysisInput) throws(Rejection) -> PrivateFile?)?

  package init(
    name: String, family: String, question: String, tables: [Description], needs: [String] = [],
    settings: [SettingDescription], facts: [Description], findings: [Description], figures: [Description],
    references: [String], pages: (table: String, word: String)? = nil,
    rowsArePeople: Bool = true, addsUp: Bool = false,
    compute: @escaping @Sendable (AnalysisInput) throws(Rejection) -> Findings,
    privateFile: (@Sendable (AnalysisInput) throws(Rejection) -> PrivateFile?)? = nil
  ) {
    self.name = name
    self.family = family
    self.question = question
    self.tables = tables
    self.needs = needs
    let isRepeatable = tables.contains { $0.name == "data" }
    self.settings = settings + (isRepeatable && !settings.contains { $0.name == "by" } ? [.groups] : [])
    self.facts = facts
    self.findings = findings
    self.figures = figures
    self.references = references
    self.pages = pages
    self.rowsArePeople = rowsArePeople
    self.addsUp = addsUp
    self.compute = compute
    self.privateFile = privateFile
  }

  /// True where `by: column` repeats the analysis for each group of its one table of cases.
  package var isRepeatable: Bool { tables.contains { $0.name == "data" } }
}

/// All that an analysis may see.
package struct AnalysisInput: Sendable {
  package var id: String
  /// The map below `analyses.<id>`, with the position of every key.
  package var settings: Setting
  /// Where the id stands in the file.
  package var position: SourcePosition
  /// The tables its settings name, by the setting's key (`data`, `actors`, `flows`).
  package var tables: [String: StudyTable]
  /// Findings of the analyses its settings name, by the setting's key.
  package var others: [String: Findings]
  package var privacy: Privacy

  package init(
    id: String, settings: Setting, position: SourcePosition, tables: [String: StudyTable],
    others: [String: Findings] = [:], privacy: Privacy = Privacy()
  ) {
    self.id = id
    self.settings = settings
    self.position = position
    self.tables = tables
    self.others = others
    self.privacy = privacy
  }
}

/// A table as the study declares it.
package struct StudyTable: Sendable {
  /// Its name in the study.
  package var name: String
  package var table: Table
  package var sha256: String
  package var source: DataSource?
  package var collected: String?

  package init(name: String, table: Table, sha256: String, source: DataSource? = nil, collected: String? = nil) {
    self.name = name
    self.table = table
    self.sha256 = sha256
    self.source = source
    self.collected = collected
  }
}

package struct Privacy: Sendable, Hashable {
  /// Below it a base is marked as small.
  package var minimumBase: Int
  /// Below it nothing is shown.
  package var suppressBelow: Int

  package init(minimumBase: Int = 30, suppressBelow: Int = 10) {
    self.minimumBase = minimumBase
    self.suppressBelow = suppressBelow
  }
}
