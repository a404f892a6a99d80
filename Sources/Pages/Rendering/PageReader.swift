import Diagnostics
import Markup

/// A page's text as the rest of the site needs it.
struct ReadPage: Sendable {
  var summary: PageSummary
  /// nil where it was not read: it is as the earlier build found it.
  var document: MarkdownDocument?
  /// What its tags asked.
  var reads: [PageRead] = []
  var diagnostics: [Diagnostic] = []
  /// False for a text that was expanded and read now.
  var isKept = false
  /// Why it was read: what its tags ask has other answers now.
  var changes: [PageRead] = []
}

/// Reads pages: expands their tags, then parses what comes out.
struct PageReader: Sendable {
  let input: SiteInput
  /// Ids that are not for headings.
  private let reserved: [String]

  init(_ input: SiteInput) {
    self.input = input
    reserved =
      ["main", "toc-title", "study-map-title", "groups-title"]
      // What figures and tables are called on any page: a heading of that name is called otherwise.
      + input.parts.flatMap { part in
        let id = part.findings.id
        let figures = ["fig-\(id)"] + part.figures.map { "fig-\(id)-\($0.name)" }
        return figures + figures.map { $0 + "-data" } + part.findings.tables.map { "tbl-\(id)-\($0.name)" }
      }
  }

  /// The page's text, or what is remembered of it where all it depends on is the same.
  func read(_ page: PlannedPage) -> ReadPage {
    guard let record = known(page) else { return parse(page) }
    let changes = record.bodyReads.filter { input.answer($0.kind, $0.name, own: page.names) != $0.answer }
    guard changes.isEmpty else {
      var read = parse(page)
      read.changes = changes
      return read
    }
    return ReadPage(summary: record.summary, reads: record.bodyReads, isKept: true)
  }

  /// What is remembered of a page made from the same text. Headings never take the names of figures; ids in raw HTML may, and depend
  /// on which there are.
  func known(_ page: PlannedPage) -> PageRecord? {
    guard page.source != 0, let record = input.earlier?.record[page.output], record.file == page.file,
      record.source == page.source, !page.matter.allowsHTML
    else { return nil }
    return record
  }

  func parse(_ page: PlannedPage) -> ReadPage {
    do throws(Rejection) {
      let (body, firstLine) = try self.body(of: page)
      var asks = TemplateAsks()
      // Most pages have no tags, and need no names.
      let hasTags = body.utf8.contains(UInt8(ascii: "{"))
      let expanded = try input.templates.expand(
        body, file: page.file, firstLine: firstLine, hasTags ? pageNames(page.names, input) : TemplateObject(),
        language: input.study.language, asks: &asks)
      let (document, diagnostics) = MarkdownDocument.parse(
        expanded.text, file: page.file,
        options: MarkdownOptions(allowsHTML: page.matter.allowsHTML, firstLine: 1, reservedAnchors: reserved),
        lineMap: { expanded.source(ofLine: $0) })
      return ReadPage(
        summary: PageSummary(document), document: document, reads: input.reads(asks, own: page.names),
        diagnostics: diagnostics)
    } catch {
      let empty = MarkdownDocument.parse("", file: page.file).0
      return ReadPage(summary: PageSummary(empty), document: empty, diagnostics: error.diagnostics)
    }
  }

  private func body(of page: PlannedPage) throws(Rejection) -> (String, firstLine: Int) {
    if let body = page.body { return (body, page.firstLine) }
    let text = try input.reread(page.linkName)
    let split = splitFrontMatter(quotingTags(text), file: page.file)
    return (split.body, split.bodyFirstLine)
  }
}
