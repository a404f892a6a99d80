import Diagnostics
import FoundationEssentials
import ValueModels

/// What moved between the findings of two builds.
package struct FindingsComparison: Sendable {
  package struct Change: Sendable, Hashable {
    /// Fact, or `table: row: column`.
    package var what: String
    package var before: String
    package var after: String
    /// "beyond its interval", "within its interval"; empty where no uncertainty is known.
    package var judgement: String
  }

  package struct Analysis: Sendable, Hashable {
    package var id: String
    /// `new`, `gone`, `changed` or `same`.
    package var status: String
    package var changes: [Change]
  }

  package private(set) var analyses: [Analysis] = []

  /// Compares the findings of two sites, or of two folders of findings.
  ///
  /// - Throws: `diff.no-findings` where a folder holds none; `diff.unreadable` where a file is no findings.
  package init(old: String, new: String) throws(Rejection) {
    let before = try Self.read(old)
    let after = try Self.read(new)
    for id in Set(before.keys).union(after.keys).sorted() {
      guard let a = before[id] else {
        analyses.append(Analysis(id: id, status: "new", changes: []))
        continue
      }
      guard let b = after[id] else {
        analyses.append(Analysis(id: id, status: "gone", changes: []))
        continue
      }
      let changes = Self.changes(a, b)
      analyses.append(Analysis(id: id, status: changes.isEmpty ? "same" : "changed", changes: changes))
    }
  }

  private struct File: Decodable {
    struct Table: Decodable {
      var columns: [String]
      var rows: [[Cell]]
    }
    var facts: [String: Cell]
    var tables: [String: Table]
  }

  private enum Cell: Decodable, Equatable {
    case none
    case number(Double)
    case text(String)
    case truth(Bool)

    init(from decoder: any Decoder) throws {
      let value = try decoder.singleValueContainer()
      if value.decodeNil() {
        self = .none
      } else if let truth = try? value.decode(Bool.self) {
        self = .truth(truth)
      } else if let number = try? value.decode(Double.self) {
        self = .number(number)
      } else {
        self = .text(try value.decode(String.self))
      }
    }

    var number: Double? { if case .number(let number) = self { number } else { nil } }

    var words: String {
      switch self {
      case .none: "–"
      case .number(let number): number == number.rounded() && abs(number) < 1e15 ? "\(Int(number))" : "\(Float(number))"
      case .text(let text): text
      case .truth(let truth): truth ? "yes" : "no"
      }
    }

    /// Equal but for the last digits, which another machine may round otherwise.
    func isAlike(_ other: Cell) -> Bool {
      guard let a = number, let b = other.number else { return self == other }
      return abs(a - b) <= 1e-9 * max(1, abs(a), abs(b))
    }
  }

  private static func read(_ folder: String) throws(Rejection) -> [String: File] {
    let inner = folder + "/findings"
    let place = entries(of: inner).isEmpty ? folder : inner
    var files: [String: File] = [:]
    for entry in entries(of: place) where !entry.isFolder && entry.name.hasSuffix(".json") {
      guard let bytes = readWhole(place + "/" + entry.name),
        let file = try? JSONDecoder().decode(File.self, from: Data(bytes))
      else {
        throw Rejection(
          Diagnostic(.error, "diff.unreadable", "findings are the JSON of a build, and '\(place)/\(entry.name)' is not")
        )
      }
      files[String(entry.name.dropLast(".json".count))] = file
    }
    guard !files.isEmpty else {
      throw Rejection(
        Diagnostic(
          .error, "diff.no-findings", "two builds are compared by their findings, and '\(folder)' holds none",
          hint: "name a folder that 'valuemap build -o' wrote"))
    }
    return files
  }

  private static func changes(_ a: File, _ b: File) -> [Change] {
    var changes: [Change] = []
    for name in Set(a.facts.keys).union(b.facts.keys).sorted() {
      let (before, after) = (a.facts[name] ?? .none, b.facts[name] ?? .none)
      guard !before.isAlike(after) else { continue }
      let old = interval(of: name) { a.facts[$0]?.number }
      let new = interval(of: name) { b.facts[$0]?.number }
      changes.append(
        Change(what: name, before: before.words, after: after.words, judgement: judgement(old, new)))
    }
    for name in Set(a.tables.keys).union(b.tables.keys).sorted() {
      switch (a.tables[name], b.tables[name]) {
      case (let before?, let after?): changes += rows(name, before, after)
      case (nil, _?): changes.append(Change(what: name, before: "–", after: "new table", judgement: ""))
      default: changes.append(Change(what: name, before: "table", after: "gone", judgement: ""))
      }
    }
    return changes
  }

  /// Rows are the same where their leading words are; repeated ones are told apart by their order.
  private static func keyed(_ table: File.Table) -> (keys: [String], rows: [String: [Cell]]) {
    var seen: [String: Int] = [:]
    var rows: [String: [Cell]] = [:]
    var keys: [String] = []
    for row in table.rows {
      let lead = row.prefix { if case .text = $0 { true } else { false } }
      let words = (lead.isEmpty ? row.prefix(1) : lead).map(\.words).joined(separator: " / ")
      let count = seen[words, default: 0]
      seen[words] = count + 1
      let key = count == 0 ? words : "\(words) (\(count + 1))"
      keys.append(key)
      rows[key] = row
    }
    return (keys, rows)
  }

  private static func rows(_ name: String, _ a: File.Table, _ b: File.Table) -> [Change] {
    let (old, new) = (keyed(a), keyed(b))
    var changes: [Change] = []
    let all = old.keys + new.keys.filter { old.rows[$0] == nil }
    for key in all {
      guard let before = old.rows[key] else {
        changes.append(Change(what: "\(name): \(key)", before: "–", after: "new", judgement: ""))
        continue
      }
      guard let after = new.rows[key] else {
        changes.append(Change(what: "\(name): \(key)", before: "there", after: "gone", judgement: ""))
        continue
      }
      func cell(_ row: [Cell], _ columns: [String], _ column: String) -> Cell? {
        columns.firstIndex(of: column).flatMap { row.indices.contains($0) ? row[$0] : nil }
      }
      let bounds: Set<String> = ["lower", "upper"]
      for column in a.columns where b.columns.contains(column) && !bounds.contains(column) {
        guard let x = cell(before, a.columns, column), let y = cell(after, b.columns, column), !x.isAlike(y) else {
          continue
        }
        let isMeasured = ["value", "rate", "share", "uplift", "accuracy", "estimate"].contains(column)
        let first = isMeasured ? interval { cell(before, a.columns, $0)?.number } : nil
        let second = isMeasured ? interval { cell(after, b.columns, $0)?.number } : nil
        changes.append(
          Change(
            what: "\(name): \(key): \(column)", before: x.words, after: y.words, judgement: judgement(first, second)))
      }
    }
    return changes
  }

  /// `name_lower … name_upper` of a fact, or `lower … upper` of a row.
  private static func interval(of name: String = "", _ number: (String) -> Double?) -> ClosedRange<Double>? {
    let prefix = name.isEmpty ? "" : name + "_"
    guard let lower = number(prefix + "lower"), let upper = number(prefix + "upper"), lower <= upper else { return nil }
    return lower...upper
  }

  private static func judgement(_ a: ClosedRange<Double>?, _ b: ClosedRange<Double>?) -> String {
    guard let a, let b else { return "" }
    return a.overlaps(b) ? "within its interval" : "beyond its interval"
  }
}

extension FindingsComparison {
  /// The same as JSON: one object an analysis.
  package var json: String {
    let items = analyses.map { analysis in
      let changes = analysis.changes.map {
        "{\"what\": \(quoted($0.what)), \"before\": \(quoted($0.before)), \"after\": \(quoted($0.after)), "
          + "\"judgement\": \(quoted($0.judgement))}"
      }
      return "{\"id\": \(quoted(analysis.id)), \"status\": \(quoted(analysis.status)), \"changes\": ["
        + changes.joined(separator: ", ") + "]}"
    }
    return "[\n  " + items.joined(separator: ",\n  ") + "\n]\n"
  }

  private func quoted(_ text: String) -> String { Value.text(text).json }
}
