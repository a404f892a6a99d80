import Diagnostics
import Markup
import ValueModels

/// A figure or table as HTML in the whole report: whole, without parts to point at and files to load.
struct PrintDirective {
  let index: SiteIndex
  let form: PrintForm
  let anchor: String
  let number: String
  /// The first figure or table of the same findings in the section, which carries their cautions; nil on that itself.
  let cautionsAt: (number: String, anchor: String)?

  private var language: TemplateLanguage { index.input.study.language }

  func figure(_ figure: DrawnFigure, of part: AnalysedStudyPart, caption: String) throws(Rejection) -> String {
    var context = shared(part, caption)
    context["judgement"] = .truth(part.findings.isJudgement)
    context["picture"] = .html(picture(figure))
    context["reading"] = .optional(figure.reading)
    var data = ""
    var description: [String] = []
    // Beside a site the figure's own page has them; a file that stands alone has them itself.
    if case .singleFile = form {
      description = [figure.title] + figure.description + [baseLine(part.findings)]
      data =
        figure.table.flatMap { part.findings.table($0) }.map {
          html($0.rows(shownBy: figure.name), of: part, caption: "Data of \(number): \(caption)")
        } ?? ""
    }
    context["has_data"] = .truth(!description.isEmpty)
    context["description"] = .list(description.filter { !$0.isEmpty }.map { .text($0) }, fields: [])
    context["table"] = .html(data)
    return try index.input.templates.render("partials/print-figure", context, language: language)
  }

  func table(_ table: FindingsTable, of part: AnalysedStudyPart, caption: String) throws(Rejection) -> String {
    var context = shared(part, caption)
    context["table"] = .html(html(table, of: part, caption: "\(number): \(caption)"))
    context["base"] = .text(baseLine(part.findings))
    context["long"] = .truth(table.rows.count > Self.rowsKeptTogether)
    context["wide"] = .truth(table.columns.count > Self.columnsOfASheet)
    return try index.input.templates.render("partials/print-table", context, language: language)
  }

  /// A table of up to so many rows fits on a sheet under a heading and is not cut; a longer one is cut between rows.
  private static let rowsKeptTogether = 24
  /// A table of more columns is set smaller on paper, and its words may be broken.
  private static let columnsOfASheet = 8

  private func shared(_ part: AnalysedStudyPart, _ caption: String) -> TemplateObject {
    let cautions = part.findings.cautions
    var at = TemplateValue.missing
    if let cautionsAt, !cautions.isEmpty {
      at = .object([
        ("text", .text("\(cautions.count) \(cautions.count == 1 ? "caution" : "cautions"): see \(cautionsAt.number)")),
        ("href", .text("#" + cautionsAt.anchor)),
      ])
    }
    return TemplateObject([
      ("anchor", .text(anchor)), ("number", .text(number)), ("caption", .text(caption)),
      ("has_cautions", .truth(!cautions.isEmpty && cautionsAt == nil)),
      ("cautions", .list(cautions.map { TemplateObject([("message", .text($0.message))]) }, fields: ["message"])),
      ("cautions_at", at),
    ])
  }

  private func picture(_ figure: DrawnFigure) -> String {
    switch form {
    case .page:
      func link(_ path: String) -> String { escapeAttribute(relativePath(from: index.printFolder, to: path)) }
      return """
        <picture><source media="screen and (max-width: 600px)" srcset="\(link(figure.narrow.svg))">\
        <img src="\(link(figure.normal.svg))" width="\(figure.normal.width)" height="\(figure.normal.height)" \
        alt="\(escapeAttribute(figure.alt))"></picture>
        """
    case .singleFile:
      return "<div class=\"wide\">\(InlineDrawings.mark(figure.normal.svg, alt: figure.alt))</div>"
        + "<div class=\"narrow\">\(InlineDrawings.mark(figure.narrow.svg, alt: figure.alt))</div>"
    }
  }

  /// Nothing leads to a row here: rows have no names of their own.
  private func html(_ table: FindingsTable, of part: AnalysedStudyPart, caption: String) -> String {
    let own = part.findings.setting("own")?.text
    func made() -> String {
      TableHTML(table: table, language: language.language).html(caption: caption, rowAnchor: nil, own: own)
    }
    guard let memory = index.input.memory, !part.stamp.isEmpty, table.rows.count * table.columns.count >= 24 else {
      return made()
    }
    return memory.text(
      [
        "print table", part.stamp, part.findings.id, table.name, anchor, language.language.identifier, caption,
        own ?? "",
        own == nil ? "0" : "1",
      ], made)
  }

  /// Base and source in words, as under the picture.
  private func baseLine(_ findings: Findings) -> String { baseAndSource(of: findings, language.language) }
}
