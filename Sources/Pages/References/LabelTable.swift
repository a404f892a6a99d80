import Diagnostics
import Markup
import ValueModels

/// Where a figure, table or heading can be found, and how a reference calls it.
struct Label: Sendable {
  var text: String
  /// Output path of the page.
  var page: String
  var anchor: String
}

/// The numbers of figures and tables across the whole site, and the places of theirs that a reference may lead to.
///
/// A figure is numbered where it first appears in the order of the pages and keeps its number wherever it appears again.
struct LabelTable: Sendable {
  private(set) var labels: [String: Label] = [:]
  private(set) var names: [String] = []
  /// By `figure:id/name` or `table:id/name` with the name resolved.
  private var numbers: [String: Int] = [:]
  private var figureCount = 0
  private var tableCount = 0

  /// "Figure 3" for a resolved directive; numbers it if it has none yet.
  mutating func number(_ directive: ResolvedDirective, page: String) -> String {
    let text: String
    if let number = numbers[directive.key] {
      text = directive.word + " \(number)"
    } else {
      switch directive.kind {
      case .figure: figureCount += 1
      case .table: tableCount += 1
      }
      let number = directive.kind == .figure ? figureCount : tableCount
      numbers[directive.key] = number
      text = directive.word + " \(number)"
    }
    for anchor in directive.labels { add(Label(text: text, page: page, anchor: directive.anchor), as: anchor) }
    return text
  }

  func number(of directive: ResolvedDirective) -> String { directive.word + " \(numbers[directive.key] ?? 0)" }

  /// The first place of a label is the one other pages mean.
  private mutating func add(_ label: Label, as name: String) {
    guard labels[name] == nil else { return }
    labels[name] = label
    names.append(name)
  }
}

/// `figure:brand-map` with the analysis and figure it means.
struct ResolvedDirective: Sendable {
  var kind: MarkdownDirective.Kind
  var part: Int
  var id: String
  /// Name of the figure or table, also where the reference leaves it out.
  var name: String
  var isMain: Bool

  var key: String { "\(kind):\(id)/\(name)" }
  var word: String { kind == .figure ? "Figure" : "Table" }
  /// `fig-brand-map` for the main figure, `fig-brand-map-scree` for others, `tbl-brand-map-brands` for tables.
  var anchor: String { kind == .figure ? isMain ? "fig-\(id)" : "fig-\(id)-\(name)" : "tbl-\(id)-\(name)" }
  /// Everything a reference may call it.
  var labels: [String] { kind == .figure && isMain ? [anchor, "fig-\(id)-\(name)"] : [anchor] }

  /// Finds what a reference names.
  static func resolve(_ directive: MarkdownDirective, in input: SiteInput) throws(Diagnostic) -> ResolvedDirective {
    let parts = input.parts
    let pieces = directive.reference.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    let word = directive.kind == .figure ? "figure" : "table"
    guard (1...2).contains(pieces.count), let id = pieces.first, !id.isEmpty else {
      throw Diagnostic(
        .error, "page.bad-reference", at: directive.position, "a \(word) is named '\(word):id' or '\(word):id/name'",
        hint: nil)
    }
    guard let part = parts.firstIndex(where: { $0.findings.id == id }) else {
      if input.failed.contains(id) {
        throw Diagnostic(.note, "page.no-figure", at: directive.position, "'\(id)' could not be computed")
      }
      throw Diagnostic(
        .error, "page.unknown-analysis", at: directive.position,
        "a \(word) belongs to an analysis of the study, and there is no '\(id)'",
        hint: nearestHint(to: id, among: parts.map(\.findings.id)))
    }
    switch directive.kind {
    case .figure:
      let figures = parts[part].figures
      guard let first = figures.first else {
        throw Diagnostic(
          .caution, "page.no-figure", at: directive.position,
          "'\(id)' has no figure to show: \(parts[part].whyNothing)"
        )
      }
      let name = pieces.count == 2 ? pieces[1] : first.name
      guard figures.contains(where: { $0.name == name }) else {
        if let undrawn = parts[part].undrawn.first(where: { $0.name == name }) {
          throw Diagnostic(
            .caution, "page.no-figure", at: directive.position, "'\(id)/\(name)' is not drawn: \(undrawn.reason)")
        }
        throw Diagnostic(
          .error, "page.unknown-figure", at: directive.position, "'\(id)' has no figure '\(name)'",
          hint: nearestHint(to: name, among: figures.map(\.name)))
      }
      return ResolvedDirective(kind: .figure, part: part, id: id, name: name, isMain: name == first.name)
    case .table:
      let tables = parts[part].findings.tables
      guard pieces.count == 2 else {
        throw Diagnostic(
          .error, "page.bad-reference", at: directive.position, "a table is named 'table:id/name'",
          hint: nearestHint(to: "", among: tables.map(\.name)))
      }
      guard tables.contains(where: { $0.name == pieces[1] }) else {
        if tables.isEmpty {
          throw Diagnostic(
            .caution, "page.no-table", at: directive.position,
            "'\(id)' has no tables: \(parts[part].whyNothing)")
        }
        throw Diagnostic(
          .error, "page.unknown-table", at: directive.position, "'\(id)' has no table '\(pieces[1])'",
          hint: nearestHint(to: pieces[1], among: tables.map(\.name)))
      }
      return ResolvedDirective(kind: .table, part: part, id: id, name: pieces[1], isMain: false)
    }
  }
}
