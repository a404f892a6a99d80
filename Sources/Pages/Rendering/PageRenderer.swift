import Diagnostics
import Markup

struct RenderedPage: Sendable {
  /// nil where the page that stands is the same.
  var html: [UInt8]?
  /// Its line in the search file; nil where that is the same, too.
  var searchLine: [UInt8]?
  var assets: [String]
  var diagnostics: [Diagnostic]
  /// nil for a page that must be made anew each time: one with something to say about it.
  var record: PageRecord?
  var explanation: PageExplanation?
}

/// Makes the HTML of pages, or finds that it would be what stands there.
struct PageRenderer {
  let index: SiteIndex
  let reader: PageReader

  func render(_ number: Int, _ read: ReadPage, _ document: MarkdownDocument?) -> RenderedPage {
    let page = index.pages[number]
    let surroundings = index.surroundings(of: number, after: index.input.earlier)
    let isExplained = index.input.explained.map { page.isCalled($0) } ?? false
    var reasons: [String] = []
    if let earlier = index.input.earlier {
      reasons = self.reasons(number, read, surroundings, earlier, all: isExplained)
      if reasons.isEmpty, let record = earlier.record[page.output] {
        var kept = RenderedPage(assets: record.assets, diagnostics: [], record: record)
        if isExplained { kept.explanation = PageExplanation(page, reasons: [], reads: record.bodyReads + record.reads) }
        return kept
      }
    } else if isExplained {
      reasons = ["no earlier build of this site is remembered"]
    }
    let again = document == nil ? reader.parse(page) : nil
    var made = make(number, read, document ?? again?.document, surroundings)
    // What is remembered of the page was read without a fault; read again, its file may not open.
    let faults = (again?.diagnostics ?? []).filter { $0.severity == .error && !read.diagnostics.contains($0) }
    if !faults.isEmpty {
      made.diagnostics = faults + made.diagnostics
      made.record = nil
    }
    if isExplained {
      made.explanation = PageExplanation(
        page, reasons: reasons, reads: made.record.map { $0.bodyReads + $0.reads } ?? [])
    }
    return made
  }

  /// Why a page must be made anew; empty where it need not.
  ///
  /// - Parameter all: Every reason; otherwise the first is enough.
  private func reasons(
    _ number: Int, _ read: ReadPage, _ surroundings: PageSurroundings, _ earlier: any EarlierSite, all: Bool
  ) -> [String] {
    let page = index.pages[number]
    guard let record = earlier.record[page.output] else {
      // Only an explanation wants to know which: the order of all pages is long.
      guard all else { return ["nothing is remembered of it"] }
      return [
        earlier.record.order.contains(page.output)
          ? "it is made anew each time, as there is something to say about it" : "it is new"
      ]
    }
    guard record.file == page.file else { return ["it is made from \(page.file) now, and was from \(record.file)"] }
    guard record.source == page.source, page.source != 0 else { return ["\(page.file) has changed"] }
    var reasons: [String] = []
    if !read.isKept {
      reasons += read.changes.map { "\($0.words) has changed" }
      if reasons.isEmpty { reasons.append("its text depends on all figures and tables there are") }
      if !all { return reasons }
    }
    if surroundings != record.surroundings {
      reasons += surroundings.differences(from: record.surroundings).map { $0 + " changed" }
      if !all { return reasons }
    }
    for ask in record.reads where index.answer(ask.kind, ask.name) != ask.answer {
      reasons.append("\(ask.words) has changed")
      if !all { return reasons }
    }
    if !earlier.stands(page.output) { reasons.append("the file in the output folder was not as it was written") }
    return reasons
  }

  private func make(_ number: Int, _ read: ReadPage, _ document: MarkdownDocument?, _ surroundings: PageSurroundings)
    -> RenderedPage
  {
    let page = index.pages[number]
    let document = document ?? MarkdownDocument.parse("", file: page.file).0
    var resolver = PageResolver(index, page: page)
    var rendering = MarkdownRendering()
    rendering.headingOffset = read.summary.headingOffset
    let (body, found) = document.html(resolver: &resolver, rendering: rendering)
    var diagnostics = found + resolver.diagnostics
    let context = PageContext(index: index, number: number)
    do throws(Rejection) {
      guard index.input.templates.has("layouts/" + page.layout) else {
        throw Rejection(
          Diagnostic(
            .error, "page.unknown-layout", at: page.matter.layoutPosition,
            "a layout is a file below templates/layouts/, and there is none named '\(page.layout)'",
            hint: nearestHint(to: page.layout, among: index.input.templates.layouts)))
      }
      let html = try index.input.templates.render(
        "layouts/" + page.layout, context.object(body: body), language: index.input.study.language)
      let entry = SearchEntry(
        path: page.output, title: page.title, headings: read.summary.headings.map { ($0.anchor, $0.text) },
        text: plainText(ofHTML: body))
      var made = RenderedPage(
        html: Array(html.utf8), searchLine: entry.line, assets: resolver.assets.sorted(), diagnostics: diagnostics)
      if read.diagnostics.isEmpty, diagnostics.isEmpty {
        made.record = record(page, read, resolver, surroundings)
      }
      return made
    } catch {
      diagnostics += error.diagnostics
      return RenderedPage(html: [], searchLine: [], assets: resolver.assets.sorted(), diagnostics: diagnostics)
    }
  }

  private func record(
    _ page: PlannedPage, _ read: ReadPage, _ resolver: PageResolver, _ surroundings: PageSurroundings
  ) -> PageRecord? {
    let reads = resolver.reads.list
    // A figure whose findings have no stamp can be anything next time.
    guard page.source != 0, !reads.contains(where: { $0.kind == .directive && $0.answer == 0 }) else { return nil }
    var plan = page
    plan.body = nil
    return PageRecord(
      output: page.output, file: page.file, source: page.source, plan: page.isWritten ? plan : nil,
      planReads: index.input.reads(page.asks, own: page.names), bodyReads: read.reads, summary: read.summary,
      reads: reads, surroundings: surroundings, assets: resolver.assets.sorted())
  }
}

extension PlannedPage {
  /// Made from a file below `content/` that makes no other page.
  var isWritten: Bool {
    self.matter.each == nil && (self.group == .written || self.group == .index) && self.source != 0
  }

  /// True for the page's address in the site, its source, and its name in links.
  func isCalled(_ name: String) -> Bool {
    name == self.output || name == self.linkName || name == self.file || name + "/index.html" == self.output
      || name == String(directory.dropLast()) && !directory.isEmpty
  }
}
