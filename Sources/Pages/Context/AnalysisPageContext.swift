import Formats
import ValueModels

/// The names that the built-in page of an analysis knows: `{{analysis.question}}`, `{{#analysis.figures}}` …
struct AnalysisPageContext {
  /// Longer tables are linked as CSV, not printed.
  static let longestPrinted = 60

  private let part: AnalysedStudyPart
  private let language: Language
  private let parentTitle: String?
  private let served: ServedSegments
  /// Other rows that a row's page links; of more the analysis' own page tells.
  private static let mostOthers = 60
  private var findings: Findings { part.findings }
  private var id: String { part.findings.id }

  init(_ part: AnalysedStudyPart, _ input: SiteInput) {
    self.part = part
    language = input.study.language.language
    let parent = part.groupOf?.id
    parentTitle = parent.flatMap { id in input.parts.first { $0.findings.id == id }?.findings.title }
    served = ServedSegments(input.parts)
  }

  var object: TemplateObject {
    var object = TemplateObject([
      ("id", .text(id)), ("title", .text(findings.title)), ("question", .text(part.question)),
      ("found", .optional(part.figures.first?.title)), ("summary", .text(findings.method.summary)),
      ("link", .text("/analyses/\(id).md")), ("json", .text("/findings/\(id).json")),
    ])
    object["facts"] = .list(
      findings.facts.filter { !$0.value.isMissing }.map {
        TemplateObject([("name", .text(readableColumn($0.name))), ("value", TemplateValue($0.value, $0.format))])
      }, fields: ["name", "value"])
    let rowSlugs = Set(
      part.kind.pages.flatMap { findings.table($0.table) }.map { pageRowNames(of: $0).map(\.slug) } ?? [])
    object["group"] =
      part.groupOf.map { group in
        .object([
          ("label", .text(group.label)), ("title", .text(parentTitle ?? readableTitle(group.id))),
          ("link", .text("/analyses/\(group.id).md")),
        ])
      } ?? .missing
    object["figures"] = .list(
      part.figures.filter { figure in !hasOwnPage(figure, rowSlugs) }.map {
        TemplateObject([("caption", .text($0.caption)), ("ref", .text("\(id)/\($0.name)"))])
      }, fields: ["caption", "ref"])
    let noFigures = part.figures.isEmpty
    object["no_figures"] = .list(
      noFigures
        ? [
          TemplateObject([
            ("reason", .text(part.whyNothing))
          ])
        ]
        : [], fields: ["reason"])
    addPages(to: &object)
    addTables(to: &object)
    object["has_cautions"] = .truth(!findings.cautions.isEmpty)
    object["cautions"] = .list(
      findings.cautions.map { TemplateObject([("message", .text($0.message))]) }, fields: ["message"])
    object["data"] = .list(
      findings.data.map { use in
        TemplateObject([
          ("name", .text(use.source.map { "\(use.name) (\($0.rawValue))" } ?? use.name)),
          ("rows", .number(Double(use.rows), .integer)), ("used", .number(Double(use.used), .integer)),
          ("dropped", .number(Double(use.dropped), .integer)),
        ])
      }, fields: ["name", "rows", "used", "dropped"])
    object["settings"] = .list(
      findings.method.settings.filter { $0.value != .none }.map {
        TemplateObject([("name", .text($0.name)), ("value", .text($0.value.words(language)))])
      },
      fields: ["name", "value"])
    object["has_references"] = .truth(!findings.method.references.isEmpty)
    object["references"] = .list(findings.method.references.map { .text($0) }, fields: [])
    return object
  }

  /// `profile-builders` is drawn on the page of the builders: what follows any of its hyphens is the slug of a row.
  /// How the figure of one row is called: a prefix and the row's slug.
  private static let ownFigures = ["profile-", "ego-", "card-"]

  private func hasOwnPage(_ figure: DrawnFigure, _ slugs: Set<String>) -> Bool {
    Self.ownFigures.contains { prefix in
      figure.name.hasPrefix(prefix) && slugs.contains(String(figure.name.dropFirst(prefix.count)))
    }
  }

  private func addPages(to object: inout TemplateObject) {
    var rows: [PageRow] = []
    if let (table, word) = part.kind.pages, let found = findings.table(table) {
      rows = pageRows(of: found)
      object["pages_title"] = .text(rows.count == 1 ? word : word + "s")
    } else {
      object["pages_title"] = .missing
    }
    object["has_pages"] = .truth(!rows.isEmpty)
    object["pages"] = .list(
      rows.map {
        TemplateObject([
          ("title", .text($0.name)), ("link", .text("/analyses/\(id)/\($0.slug).md")), ("note", .optional(note($0))),
        ])
      },
      fields: ["title", "link", "note"])
  }

  /// A row's size in a few words, where it has one.
  private func note(_ row: PageRow) -> String? {
    let mark = served.choice(of: row.name, in: id) == nil ? nil : "we serve this segment"
    guard case .number(let share, _)? = row.object["share"] else { return mark }
    var note = language.percent(share)
    if case .number(let size, _)? = row.object["size"] { note += " (\(language.number(size)))" }
    return [note, mark].compactMap(\.self).joined(separator: ", ")
  }

  private func addTables(to object: inout TemplateObject) {
    let tables = findings.tables.filter { !$0.rows.isEmpty }
    let printed = tables.filter { $0.rows.count <= Self.longestPrinted }
    let linked = tables.filter { $0.rows.count > Self.longestPrinted }
    object["has_tables"] = .truth(!tables.isEmpty)
    object["printed_tables"] = .list(
      printed.map { TemplateObject([("caption", .text($0.title)), ("ref", .text("\(id)/\($0.name)"))]) },
      fields: ["caption", "ref"])
    object["linked_tables"] = .list(
      linked.map {
        TemplateObject([
          ("caption", .text($0.title)), ("rows", .number(Double($0.rows.count), .integer)),
          ("file", .text("\(id).\($0.name).csv")),
          ("link", .text("/findings/\(id).\($0.name).csv")),
        ])
      }, fields: ["caption", "rows", "file", "link"])
  }

  /// The names of a row's own page.
  func row(_ row: PageRow, word: String) -> TemplateObject {
    var facts: [TemplateObject] = []
    let hidden: Set<String> = ["segment", "slug", "name", "title"]
    for name in row.object.names where !hidden.contains(name) {
      guard let value = row.object[name] else { continue }
      switch value {
      case .missing, .truth(false): continue
      case .text(row.name): continue
      case .truth(true):
        facts.append(TemplateObject([("name", .text(readableColumn(name))), ("value", .text("yes"))]))
      default: facts.append(TemplateObject([("name", .text(readableColumn(name))), ("value", value)]))
      }
    }
    let figure = part.figures.first { figure in Self.ownFigures.contains { figure.name == $0 + row.slug } }
    var object = TemplateObject([
      ("title", .text(row.name)), ("word", .text(word)), ("figure", .optional(figure.map { "\(id)/\($0.name)" })),
      ("caption", .optional(figure?.caption)),
    ])
    object["facts"] = .list(facts, fields: ["name", "value"])
    object["is_hidden"] = .truth(facts.isEmpty && figure == nil)
    let others = part.kind.pages.flatMap { findings.table($0.table) }.map { pageRowNames(of: $0) } ?? []
    object["others"] = .list(
      others.prefix(Self.mostOthers).filter { $0.slug != row.slug }.map {
        TemplateObject([("title", .text($0.name)), ("link", .text("/analyses/\(id)/\($0.slug).md"))])
      }, fields: ["title", "link"])
    object["has_others"] = .truth(others.count > 1)
    return object
  }
}

/// `net_money` reads "Net money", `dim_1` "Dimension 1".
func readableColumn(_ name: String) -> String {
  switch name {
  case "x": return "x"
  case "y": return "y"
  case "v_test": return "v-test"
  case "p_value": return "p-value"
  case "pagerank": return "PageRank"
  case "calinski_harabasz": return "Caliński–Harabasz"
  case "within_ss": return "Sum of squares within"
  case "between_ss": return "Sum of squares between"
  case "total_ss": return "Sum of squares, total"
  case "gap_se": return "Standard error of the gap"
  case "sd_x": return "Standard deviation, x"
  case "sd_y": return "Standard deviation, y"
  default: break
  }
  var words = name.split(separator: "_").map(String.init)
  if words.first == "dim" { words[0] = "dimension" }
  let initials: Set = ["clv", "crv", "civ", "hhi", "cagr", "cr4"]
  words = words.map { initials.contains($0) ? $0.uppercased() : $0 }
  let text = words.joined(separator: " ")
  return text.prefix(1).uppercased() + text.dropFirst()
}

extension SettingValue {
  /// As a person reads it.
  func words(_ language: Language) -> String {
    switch self {
    case .none: "–"
    case .text(let text): text
    case .number(let number): language.number(number)
    case .integer(let number): language.number(Double(number))
    case .truth(let truth): truth ? "yes" : "no"
    case .list(let items): items.isEmpty ? "–" : items.map { $0.words(language) }.joined(separator: ", ")
    case .map(let entries):
      entries.isEmpty ? "–" : entries.map { "\($0.name): \($0.value.words(language))" }.joined(separator: "; ")
    }
  }
}
