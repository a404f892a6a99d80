/// What an analysis found: the one value that passes on to figures, pages and files.
/// Pages print it, figures draw it, `findings/<id>.json` holds it: so they cannot differ.
package struct Findings: Sendable, Hashable, Codable {
  package var id: String
  /// The kind of analysis: `perceptual-map`.
  package var type: String
  package var title: String
  package var facts: [Fact]
  package var tables: [FindingsTable]
  package var cautions: [Caution]
  package var method: Method
  package var data: [DataUse]
  package var dropped: [DroppedRow]

  package init(id: String, type: String, title: String, method: Method) {
    self.id = id
    self.type = type
    self.title = title
    self.method = method
    facts = []
    tables = []
    cautions = []
    data = []
    dropped = []
  }

  package func table(_ name: String) -> FindingsTable? { tables.first { $0.name == name } }
  package func fact(_ name: String) -> Value? { facts.first { $0.name == name }?.value }
  package func number(_ fact: String) -> Double? { self.fact(fact)?.number }
  /// A setting as printed, also a defaulted one; nil where the method does not name it.
  package func setting(_ name: String) -> SettingValue? { method.settings.first { $0.name == name }?.value }

  /// True where any of the data are judgement: figures then look different.
  package var isJudgement: Bool { data.contains { $0.source == .judgement } }
}

/// A doubt that travels with the findings to every page and figure that shows them.
package struct Caution: Sendable, Hashable, Codable {
  /// `small-base`, `not-computed`, …
  package var id: String
  package var message: String
  /// The brands, segments or actors it concerns.
  package var rows: [String]

  package init(_ id: String, _ message: String, rows: [String] = []) {
    self.id = id
    self.message = message
    self.rows = rows
  }
}

package struct Method: Sendable, Hashable, Codable {
  package struct NamedSetting: Sendable, Hashable, Codable {
    package var name: String
    package var value: SettingValue

    package init(_ name: String, _ value: SettingValue) {
      self.name = name
      self.value = value
    }
  }

  /// One sentence a client can read: "Correspondence analysis of 39 brands by 7 attributes, brands in principal coordinates".
  package var summary: String
  /// Every setting, also the defaulted, in the order of the kind's description.
  package var settings: [NamedSetting]
  package var references: [String]

  package init(summary: String, settings: [NamedSetting] = [], references: [String] = []) {
    self.summary = summary
    self.settings = settings
    self.references = references
  }
}

/// A setting as it was understood.
package indirect enum SettingValue: Sendable, Hashable, Codable {
  case none
  case text(String)
  case number(Double)
  case integer(Int)
  case truth(Bool)
  case list([SettingValue])
  case map([Method.NamedSetting])

  package var text: String? {
    if case .text(let text) = self { text } else { nil }
  }
}

/// Where data come from; judgement and desk figures must not look like measurement.
package enum DataSource: String, Sendable, Hashable, Codable, CaseIterable {
  case survey, transactions, judgement, desk
}

/// One table that went into the findings.
package struct DataUse: Sendable, Hashable, Codable {
  package var name: String
  package var rows: Int
  package var used: Int
  package var dropped: Int
  /// Of the file's bytes, hexadecimal.
  package var sha256: String
  package var source: DataSource?
  /// `2026-04`, as written in the study.
  package var collected: String?

  package init(
    name: String, rows: Int, used: Int, sha256: String, source: DataSource? = nil, collected: String? = nil
  ) {
    self.name = name
    self.rows = rows
    self.used = used
    dropped = rows - used
    self.sha256 = sha256
    self.source = source
    self.collected = collected
  }
}

/// A row that was left out, by its line in the file and the reason; never an answer.
package struct DroppedRow: Sendable, Hashable, Codable {
  package var data: String
  /// 1-based line in the file where the row starts.
  package var line: Int
  package var reason: String

  package init(data: String, line: Int, reason: String) {
    self.data = data
    self.line = line
    self.reason = reason
  }
}
