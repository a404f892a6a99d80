import Diagnostics
import Markup
import ValueModels

/// The finished pages of a site.
package struct ComposedSite: Sendable {
  /// By output path, in the order of the pages.
  package var pages: [(path: String, html: String)]
  /// Files below `content/` that pages show or link.
  package var assets: [String]
  /// What the search script loads, by path.
  package var search: [(path: String, text: String)] = []
  /// The whole report as one page, and its stylesheet, by path; empty where none is made.
  package var report: [(path: String, text: String)] = []
  /// Links of all pages to other hosts, in their order, where they were to be gathered.
  package var externalLinks: [MarkdownLink] = []
  package var diagnostics: [Diagnostic]

  package static let empty = ComposedSite(pages: [], assets: [], diagnostics: [])
}

/// Makes all pages: plans them, expands and reads each, numbers figures and tables across the site, then renders.
///
/// - Parameter parallel: Runs a function for 0 ..< count, in any order and on any number of cores.
package func composeSite(_ input: SiteInput, parallel: ParallelMap) async -> ComposedSite {
  var input = input
  input.names = studyNames(input)
  return await composeSite(named: input, parallel: parallel)
}

private func composeSite(named input: SiteInput, parallel: ParallelMap) async -> ComposedSite {
  let planner = PagePlanner.plan(input)
  var diagnostics = planner.diagnostics + input.templates.diagnostics
  let pages = planner.pages
  let reserved = ["main", "toc-title", "study-map-title", "groups-title"] + directiveAnchors(input)
  let read = await parallel.map(pages.count) { readPage(pages[$0], input, reserved: reserved) }
  diagnostics += read.flatMap(\.diagnostics)

  var labels = LabelTable()
  var anchors: [String: Set<String>] = [:]
  for (page, content) in zip(pages, read) {
    var own = Set(content.document.anchors + ["main"])
    if !content.document.headings.isEmpty { own.insert("toc-title") }
    for directive in content.document.directives {
      guard let resolved = try? ResolvedDirective.resolve(directive, in: input) else { continue }
      _ = labels.number(resolved, page: page.output)
      own.insert(resolved.anchor)
    }
    for heading in content.document.headings { labels.add(heading, page: page.output) }
    anchors[page.output] = own
  }
  var outputs: [String: String] = [:]
  for page in pages {
    outputs[page.linkName] = page.output
    // An analysis that somebody wrote the page of is still found under its own name.
    if case .analysis(let id) = page.group { outputs["\(id).md"] = outputs["\(id).md"] ?? page.output }
    // So is a row that a written page shows.
    if let own = page.rowLinkName, outputs[own] == nil { outputs[own] = page.output }
  }
  for part in input.parts {
    let own = "analyses/\(part.findings.id).md"
    if outputs[own] == nil, let written = outputs["\(part.findings.id).md"] { outputs[own] = written }
  }
  let index = SiteIndex(
    input: input, pages: pages, labels: labels, anchors: anchors, outputs: outputs, withheld: planner.withheld,
    hasUnknownPages: planner.hasUnknownPages, sections: SiteSections(pages),
    findingsFiles: Set(
      input.parts.flatMap { part in
        ["findings/\(part.findings.id).json"]
          + part.findings.tables.map { "findings/\(part.findings.id).\($0.name).csv" }
          + (part.findings.dropped.isEmpty ? [] : ["findings/\(part.findings.id).dropped.csv"])
      }))

  let rendered = await parallel.map(pages.count) { number in renderPage(number, read[number], index) }
  diagnostics += rendered.flatMap(\.diagnostics)
  let report = await wholeReport(index, read.map(\.document), parallel: parallel)
  diagnostics += report.diagnostics
  let entries = zip(zip(pages, read), rendered).map { page, rendered in
    SearchEntry(
      path: page.0.output, title: page.0.title, headings: page.1.document.headings.map { ($0.anchor, $0.text) },
      text: rendered.text)
  }
  return ComposedSite(
    pages: zip(pages, rendered).map { ($0.output, $1.html) }, assets: Set(rendered.flatMap(\.assets)).sorted(),
    search: SearchFiles.files(entries), report: report.files,
    externalLinks: input.gathersExternalLinks ? externalLinks(read.map(\.document)) : [],
    diagnostics: firstOfEach(diagnostics))
}

/// A fault of a template is found on every page that uses it, and told once.
private func firstOfEach(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
  var seen: Set<Diagnostic> = []
  return diagnostics.filter { seen.insert($0).inserted }
}

/// How work is spread over cores, handed in so that this room starts no tasks of its own.
package protocol ParallelMap: Sendable {
  /// Results by index, whatever the order of the work.
  func map<Result: Sendable>(_ count: Int, _ body: @escaping @Sendable (Int) -> Result) async -> [Result]
}

private struct ReadPage: Sendable {
  var document: MarkdownDocument
  var diagnostics: [Diagnostic]
}

/// What figures and tables are called on any page: a heading of that name is called otherwise.
private func directiveAnchors(_ input: SiteInput) -> [String] {
  input.parts.flatMap { part in
    let id = part.findings.id
    let figures = ["fig-\(id)"] + part.figures.map { "fig-\(id)-\($0.name)" }
    return figures + figures.map { $0 + "-data" } + part.findings.tables.map { "tbl-\(id)-\($0.name)" }
  }
}

private func readPage(_ page: PlannedPage, _ input: SiteInput, reserved: [String]) -> ReadPage {
  do throws(Rejection) {
    let expanded = try input.templates.expand(
      page.body, file: page.file, firstLine: page.firstLine, pageNames(page.names, input),
      language: input.study.language)
    let (document, diagnostics) = MarkdownDocument.parse(
      expanded.text, file: page.file,
      options: MarkdownOptions(
        allowsHTML: page.matter.allowsHTML, firstLine: 1, reservedAnchors: reserved),
      lineMap: { expanded.source(ofLine: $0) })
    return ReadPage(document: document, diagnostics: diagnostics)
  } catch {
    let empty = MarkdownDocument.parse("", file: page.file).0
    return ReadPage(document: empty, diagnostics: error.diagnostics)
  }
}

private struct RenderedPage: Sendable {
  var html: String
  /// What search finds it by.
  var text = ""
  var assets: Set<String>
  var diagnostics: [Diagnostic]
}

private func renderPage(_ number: Int, _ content: ReadPage, _ index: SiteIndex) -> RenderedPage {
  let page = index.pages[number]
  var resolver = PageResolver(index, page: page)
  var rendering = MarkdownRendering()
  // The page's title is its first heading; one written as '#' comes below it.
  rendering.headingOffset = content.document.headings.contains { $0.level == 1 } ? 1 : 0
  let (body, found) = content.document.html(resolver: &resolver, rendering: rendering)
  var diagnostics = found + resolver.diagnostics
  let context = PageContext(
    index: index, number: number, document: content.document, headingOffset: rendering.headingOffset)
  let layout = page.group == .index && page.matter.layout == "page" ? "index" : page.matter.layout
  do throws(Rejection) {
    guard index.input.templates.has("layouts/" + layout) else {
      throw Rejection(
        Diagnostic(
          .error, "page.unknown-layout", at: page.matter.layoutPosition,
          "a layout is a file below templates/layouts/, and there is none named '\(layout)'",
          hint: nearestHint(to: layout, among: index.input.templates.layouts)))
    }
    let html = try index.input.templates.render(
      "layouts/" + layout, context.object(body: body), language: index.input.study.language)
    return RenderedPage(
      html: html, text: plainText(ofHTML: body), assets: resolver.assets, diagnostics: diagnostics)
  } catch {
    diagnostics += error.diagnostics
    return RenderedPage(html: "", assets: resolver.assets, diagnostics: diagnostics)
  }
}
