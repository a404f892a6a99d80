import Diagnostics
import FoundationEssentials
import Settings
import Tables

@testable import ValueModels

/// Asks for an analysis the way a study does, without a study: settings in the flow notation of YAML, a key a line, the
/// first on line 1 of `valuemap.yaml`; tables as CSV.
struct Asking {
  var kind: AnalysisKind
  var settings: String
  /// CSV by the setting that names the table; its file is `data/<key>.csv`.
  var tables: [String: String]
  var privacy = Privacy(minimumBase: 0, suppressBelow: 0)
  var source: DataSource?
  /// Findings of analyses that the settings name, by the setting's key.
  var others: [String: Findings] = [:]

  init(_ kind: AnalysisKind, _ settings: String, _ tables: [String: String]) {
    self.kind = kind
    self.settings = settings
    self.tables = tables
  }

  func findings() throws -> Findings {
    var studyTables: [String: StudyTable] = [:]
    for (key, csv) in tables {
      let (table, diagnostics) = TableReader(name: key, file: "data/\(key).csv").read(bytes: Array(csv.utf8))
      guard let table else { throw Rejection(diagnostics) }
      studyTables[key] = StudyTable(name: key, table: table, sha256: "00", source: source)
    }
    var notation = FlowNotation(settings)
    return try kind.compute(
      AnalysisInput(
        id: "brand-map", settings: notation.read(), position: SourcePosition(file: "valuemap.yaml", line: 1, column: 1),
        tables: studyTables, others: others, privacy: privacy))
  }

  /// What is refused, as `file:line:column id`.
  func faults() -> [String] { refusals().map { "\($0.position?.description ?? "") \($0.id)" } }

  func refusals() -> [Diagnostic] {
    do {
      _ = try findings()
      return []
    } catch let rejection as Rejection {
      return rejection.diagnostics
    } catch {
      return [Diagnostic(.error, "test.unexpected", "\(error)")]
    }
  }
}

/// A few lines of `key: value`, values being words, quoted words, lists in brackets and maps in braces.
struct FlowNotation {
  private let lines: [[Character]]
  private var line = 0
  private var column = 0

  init(_ text: String) { lines = text.split(separator: "\n").map(Array.init) }

  mutating func read() -> Setting {
    var entries: [Setting.Entry] = []
    for at in lines.indices {
      line = at
      column = 0
      entries.append(entry())
    }
    return Setting(.map(entries), at: SourcePosition(file: "valuemap.yaml", line: 1, column: 1))
  }

  private var place: SourcePosition { SourcePosition(file: "valuemap.yaml", line: line + 1, column: column + 1) }
  private var next: Character? { column < lines[line].count ? lines[line][column] : nil }

  private mutating func skipSpaces() { while next == " " { column += 1 } }

  private mutating func entry() -> Setting.Entry {
    skipSpaces()
    let position = place
    let key = word(until: ":")
    column += 1
    return Setting.Entry(key: key, keyPosition: position, value: value())
  }

  private mutating func value() -> Setting {
    skipSpaces()
    let position = place
    switch next {
    case "[":
      var items: [Setting] = []
      column += 1
      skipSpaces()
      while let character = next, character != "]" {
        items.append(value())
        skipSpaces()
        if next == "," { column += 1 }
        skipSpaces()
      }
      column += 1
      return Setting(.list(items), at: position)
    case "{":
      var entries: [Setting.Entry] = []
      column += 1
      skipSpaces()
      while let character = next, character != "}" {
        entries.append(entry())
        skipSpaces()
        if next == "," { column += 1 }
        skipSpaces()
      }
      column += 1
      return Setting(.map(entries), at: position)
    case "\"":
      column += 1
      let text = word(until: "\"")
      column += 1
      return Setting(.scalar(text, quoted: true), at: position)
    default: return Setting(.scalar(word(until: ",]}"), quoted: false), at: position)
    }
  }

  private mutating func word(until stops: String) -> String {
    var text = ""
    while let character = next, !stops.contains(character) {
      text.append(character)
      column += 1
    }
    while text.last == " " { text.removeLast() }
    return text
  }
}

/// The real studies beside the checkout (`../shared/studies`); tests that read them are skipped where they are missing.
enum SharedStudies {
  static let folder = #filePath.split(separator: "/").dropLast(5).map { "/" + $0 }.joined() + "/shared/studies/"
  static let isThere = FileManager.default.fileExists(atPath: folder + "autos/valuemap.yaml")

  static func text(_ path: String) -> String {
    FileManager.default.contents(atPath: folder + path).map { String(decoding: $0, as: UTF8.self) } ?? ""
  }
}
