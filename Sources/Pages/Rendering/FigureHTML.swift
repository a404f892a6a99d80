import Diagnostics
import Formats
import Markup
import ValueModels

/// What a figure or table needs to become HTML on one page.
struct DirectiveRenderer {
  let input: SiteInput
  /// `fig-brand-map`, unique on its page.
  let anchor: String
  let number: String
  let directory: String
  /// The first figure or table of the same findings on the page, which carries their cautions; nil on that itself.
  let cautionsAt: (number: String, anchor: String)?
  /// Path of the page that a target names (`segment/builders`), if there is one.
  let linkOfTarget: (_ target: String, _ part: AnalysedStudyPart) -> String?

  func figure(_ figure: DrawnFigure, of part: AnalysedStudyPart, caption: String) throws(Rejection) -> String {
    let findings = part.findings
    let table = figure.table.flatMap { findings.table($0) }.map { $0.rows(shownBy: figure.name) }
    let own = findings.setting("own")?.text
    let context = TemplateObject([
      ("anchor", .text(anchor)), ("number", .text(number)), ("caption", .text(caption)),
      ("svg", .text(link(figure.normal.svg))), ("width", .text("\(figure.normal.width)")),
      ("height", .text("\(figure.normal.height)")),
      ("narrow", .text(link(figure.narrow.svg))), ("narrow_width", .text("\(figure.narrow.width)")),
      ("narrow_height", .text("\(figure.narrow.height)")), ("png", .text(link(figure.png))), ("alt", .text(figure.alt)),
      ("judgement", .truth(findings.isJudgement)),
      (
        "overlay",
        .html(
          overlay(figure.normal, "", part: part, table: table)
            + overlay(figure.narrow, " narrow", part: part, table: table))
      ), ("reading", .optional(figure.reading)),
      ("has_cautions", .truth(!findings.cautions.isEmpty && cautionsAt == nil)),
      ("cautions", cautions(findings)), ("cautions_at", cautionReference(findings)),
      (
        "description", .list(([figure.title] + figure.description + [baseLine(findings)]).map { .text($0) }, fields: [])
      ),
      (
        "table",
        .html(
          table.map {
            html($0, of: part, caption: "Data of \(number): \(caption)", linked: linkedRows(figure, part, $0), own: own)
          } ?? "")
      ), ("csv", .optional(table.map { link("findings/\(findings.id).\($0.name).csv") })),
    ])
    return try input.templates.render("partials/figure", context, language: input.study.language)
  }

  func table(_ table: FindingsTable, of part: AnalysedStudyPart, caption: String) throws(Rejection) -> String {
    let findings = part.findings
    let context = TemplateObject([
      ("anchor", .text(anchor)), ("number", .text(number)), ("caption", .text(caption)),
      (
        "table",
        .html(
          html(table, of: part, caption: "\(number): \(caption)", own: findings.setting("own")?.text))
      ), ("base", .text(baseLine(findings))), ("csv", .text(link("findings/\(findings.id).\(table.name).csv"))),
      ("has_cautions", .truth(!findings.cautions.isEmpty && cautionsAt == nil)), ("cautions", cautions(findings)),
      ("cautions_at", cautionReference(findings)),
    ])
    return try input.templates.render("partials/table", context, language: input.study.language)
  }

  /// The rows of a table. Numbers in a language's way are dear, and most tables are those of the last build.
  ///
  /// - Parameter linked: The rows that something leads to, by place from 0.
  private func html(
    _ table: FindingsTable, of part: AnalysedStudyPart, caption: String, linked: [Int] = [], own: String?
  ) -> String {
    let language = input.study.language.language
    func made() -> String {
      TableHTML(table: table, language: language).html(
        caption: caption, rowAnchor: anchor, linked: Set(linked), own: own)
    }
    guard let memory = input.memory, !part.stamp.isEmpty, table.rows.count * table.columns.count >= 24 else {
      return made()
    }
    return memory.text(
      [
        "table", part.stamp, part.findings.id, table.name, "\(table.rows.count) \(linked)", language.identifier,
        caption, anchor,
        own ?? "", own == nil ? "0" : "1",
      ], made)
  }

  /// Where the page has said the cautions of these findings already: once on a page is enough to be read.
  private func cautionReference(_ findings: Findings) -> TemplateValue {
    guard let at = cautionsAt, !findings.cautions.isEmpty else { return .missing }
    let count = findings.cautions.count
    return .object([
      ("text", .text("\(count) \(count == 1 ? "caution" : "cautions"): see \(at.number)")),
      ("href", .text("#" + at.anchor)),
    ])
  }

  private func cautions(_ findings: Findings) -> TemplateValue {
    .list(findings.cautions.map { TemplateObject([("message", .text($0.message))]) }, fields: ["message"])
  }

  private func link(_ path: String) -> String { relativePath(from: directory, to: path) }

  private func baseLine(_ findings: Findings) -> String { baseAndSource(of: findings, input.study.language.language) }

  /// Focusable areas over the picture: they scale with it and need no script.
  private func overlay(_ picture: DrawnPicture, _ variant: String, part: AnalysedStudyPart, table: FindingsTable?)
    -> String
  {
    guard !picture.areas.isEmpty else { return "" }
    let box = "0 0 \(picture.width) \(picture.height)"
    var out =
      "<div class=\"hits\(variant)\" role=\"group\" aria-label=\"Parts of \(escapeAttribute(number))\">\n<svg viewBox=\"\(box)\">\n"
    let rows = table.map { RowIndex($0) }
    for area in picture.areas {
      let words = area.detail.isEmpty ? area.name : "\(area.name): \(area.detail)"
      let shape = area.shape.replacing("/>", with: " class=\"hit\"/>")
      let title = "<title>\(escapeHTML(words))</title>"
      if let href = href(area, part: part, rows: rows) {
        out += "<a href=\"\(escapeAttribute(href))\" aria-label=\"\(escapeAttribute(words))\">\(title)\(shape)</a>\n"
      } else {
        out += "<g role=\"img\" aria-label=\"\(escapeAttribute(words))\">\(title)\(shape)</g>\n"
      }
    }
    return out + "</svg>\n</div>\n"
  }

  private func href(_ area: FigureArea, part: AnalysedStudyPart, rows: RowIndex?) -> String? {
    guard let target = area.target else { return nil }
    if let page = linkOfTarget(target, part) { return relativePath(from: directory, to: page) }
    return row(target, in: rows).map { "#\(anchor)-row-\($0 + 1)" }
  }

  /// What has no page of its own leads to its row of the data table under the figure.
  private func row(_ target: String, in rows: RowIndex?) -> Int? {
    target.split(separator: "/", omittingEmptySubsequences: true).last.flatMap { rows?.row(String($0)) }
  }

  /// The rows that areas of the figure lead to, in order.
  private func linkedRows(_ figure: DrawnFigure, _ part: AnalysedStudyPart, _ table: FindingsTable) -> [Int] {
    let index = RowIndex(table)
    let targets = Set((figure.normal.areas + figure.narrow.areas).compactMap(\.target)).sorted()
    return Set(targets.filter { linkOfTarget($0, part) == nil }.compactMap { row($0, in: index) }).sorted()
  }
}

extension FindingsTable {
  /// The rows that a figure of one thing (`profile-uptime-first`) shows: those that name the thing, where a column does. All of them
  /// are in the CSV.
  func rows(shownBy figure: String) -> FindingsTable {
    guard let hyphen = figure.utf8.firstIndex(of: UInt8(ascii: "-")) else { return self }
    let thing = String(figure[figure.index(after: hyphen)...])
    for column in columns.indices {
      let kept = rows.filter { $0[column].text.map { slug($0) == thing } ?? false }
      guard !kept.isEmpty else { continue }
      var shown = FindingsTable(name, title: title, columns: columns)
      for row in kept { shown.add(row) }
      return shown
    }
    return self
  }
}

/// Finds the first row of a table that holds a name, as written or as a slug.
private struct RowIndex {
  private var rows: [String: Int] = [:]

  init(_ table: FindingsTable) {
    for (number, row) in table.rows.enumerated() {
      for case .text(let text) in row where rows[text] == nil {
        rows[text] = number
        let address = slug(text)
        if rows[address] == nil { rows[address] = number }
      }
    }
  }

  func row(_ key: String) -> Int? { rows[key] ?? rows[slug(key)] }
}

/// Base and source in words, as under the picture.
func baseAndSource(of findings: Findings, _ language: Language) -> String {
  var parts: [String] = []
  if let base = findings.number("base") {
    parts.append(
      "Base: \(language.number(base)) \(findings.setting("base_of")?.text ?? "")".trimmed)
  }
  let sources = findings.data.map { use in
    [use.source?.rawValue ?? use.name, use.collected ?? ""].filter { !$0.isEmpty }.joined(separator: " ")
  }
  var shown: [String] = []
  for source in sources where !shown.contains(source) { shown.append(source) }
  if !shown.isEmpty { parts.append("Source: " + shown.joined(separator: ", ")) }
  return parts.joined(separator: " · ")
}
