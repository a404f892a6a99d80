import Diagnostics
import Settings
import Tables

/// What every analysis does before it computes: it reads its settings, finds its columns and leaves out the rows it
/// cannot use. All that is wrong on the way is gathered, so that a user sees every error at once.
///
/// Use: make one, read all settings and columns, `check()`, compute, and close with `findings(…)`.
struct Groundwork {
  let input: AnalysisInput
  /// The kind's own settings: only keys described there may be asked for, and only those are printed.
  let kind: AnalysisKind
  let reader: SettingsReader
  var problems = DiagnosticList()
  var cautions: [Caution] = []
  /// Looked up by key only; printed in the order of the kind's description.
  private var recorded: [String: SettingValue] = [:]
  let title: String

  init(_ input: AnalysisInput, _ kind: AnalysisKind) {
    self.input = input
    self.kind = kind
    reader = SettingsReader(input.settings, at: "analyses.\(input.id)")
    // All keys described count as known, whether or not this run comes to ask for them.
    let known = ["type", "title"] + kind.tables.map(\.name) + kind.needs + kind.settings.map(\.name)
    for key in known { _ = reader.setting(key) }
    reader.finish()
    let given = reader.string("title") ?? ""
    title = given.isEmpty ? readableTitle(input.id) : given
    // The study repeats the analysis; here it is only printed.
    if kind.isRepeatable { record("by", reader.setting("by")?.printed ?? .none) }
  }

  var hasErrors: Bool { problems.hasErrors || !reader.diagnostics.isEmpty }

  private var all: DiagnosticList {
    var all = problems
    all.add(contentsOf: reader.diagnostics)
    return all
  }

  /// Throws everything gathered so far if there is an error among it.
  func check() throws(Rejection) { try all.throwIfErrors() }

  mutating func fail(_ id: String, at position: SourcePosition?, _ message: String, hint: String? = nil) {
    problems.add(Diagnostic(id, at: position, message, hint: hint))
  }

  /// The same at a cell; past the limit of the list it is only counted, since finding the cell costs.
  mutating func failCell(
    _ id: String, _ rows: SourceRows, _ row: Int, _ column: Column, _ message: @autoclosure () -> String,
    hint: String? = nil
  ) {
    if problems.countIfFull(.error, id, file: rows.table.file) { return }
    fail(id, at: rows.position(row, column), message(), hint: hint)
  }

  /// A rejection with one more error, for faults found while computing.
  func rejection(_ id: String, at position: SourcePosition?, _ message: String, hint: String? = nil) -> Rejection {
    var all = all
    all.add(Diagnostic(id, at: position, message, hint: hint))
    return Rejection(all.all)
  }

  /// For ways that end without a reported error: there should be none, and a user must not see an empty refusal.
  var unexplained: Rejection {
    rejection("analysis.not-computable", at: input.position, "an analysis needs data of the form its kind describes")
  }

  /// A setting as understood, for print beside the figures. Overwrites what reading it recorded.
  mutating func record(_ key: String, _ value: SettingValue) { recorded[key] = value }

  /// The findings without facts and tables: title, method with every setting in the order of the description,
  /// cautions, and the tables used with the rows they lost.
  ///
  /// - Parameter baseOf: What bases count: "respondents", "customers".
  func findings(summary: String, baseOf: String?, data: [SourceRows]) -> Findings {
    var settings: [Method.NamedSetting] = []
    // A table named inside another setting is printed there.
    for name in kind.tables.map(\.name).filter({ !$0.contains(".") }) + kind.settings.map(\.name) {
      settings.append(Method.NamedSetting(name, recorded[name] ?? .none))
    }
    if let baseOf { settings.append(Method.NamedSetting("base_of", .text(baseOf))) }
    var findings = Findings(
      id: input.id, type: kind.name, title: title,
      method: Method(summary: summary, settings: settings, references: kind.references))
    findings.cautions = cautions
    findings.data = data.map(\.use)
    findings.dropped = data.flatMap(\.droppedInOrder)
    return findings
  }
}

/// `brand-map` becomes "Brand map".
package func readableTitle(_ id: String) -> String {
  let words = id.map { $0 == "-" || $0 == "_" ? " " : String($0) }.joined()
  return words.prefix(1).uppercased() + words.dropFirst()
}

extension Diagnostic {
  init(_ id: String, at position: SourcePosition?, _ message: String, hint: String? = nil) {
    self.init(.error, id, at: position, message, hint: hint)
  }
}
