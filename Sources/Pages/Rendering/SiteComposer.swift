import Diagnostics
import Markup
import Synchronization
import ValueModels

/// The finished pages of a site.
package struct ComposedSite: Sendable {
  /// A file of the site; `bytes` is nil where it is the one that stands already.
  package typealias File = (path: String, bytes: [UInt8]?)

  /// By output path, in the order of the pages.
  package var pages: [File]
  /// Files below `content/` that pages show or link.
  package var assets: [String]
  /// What the search script loads, by path.
  package var search: [File] = []
  /// The whole report as one page, and its stylesheet, by path; empty where none is made.
  package var report: [File] = []
  /// Links of all pages to other hosts, in their order, where they were to be gathered.
  package var externalLinks: [MarkdownLink] = []
  package var diagnostics: [Diagnostic]
  /// For the next build.
  package var record = SiteRecord.empty
  /// Why the page that was asked for was made anew, or was not.
  package var explanation: PageExplanation?

  package static let empty = ComposedSite(pages: [], assets: [], diagnostics: [])
}

/// How work is spread over cores, handed in so that this room starts no tasks of its own.
package protocol ParallelMap: Sendable {
  /// Results by index, whatever the order of the work.
  func map<Result: Sendable>(_ count: Int, _ body: @escaping @Sendable (Int) -> Result) async -> [Result]
}

/// Makes all pages: plans them, expands and reads each, numbers figures and tables across the site, then renders. Pages that would
/// be what they were in an earlier build are not made again.
///
/// - Parameter parallel: Runs a function for 0 ..< count, in any order and on any number of cores.
package func composeSite(_ input: SiteInput, parallel: any ParallelMap) async -> ComposedSite {
  var input = input
  input.names = studyNames(input)
  if let earlier = input.earlier,
    !SearchFiles.paths(pages: earlier.record.order.count).allSatisfy({ earlier.stands($0) })
  {
    input.earlier = nil
  }
  if let site = await SiteComposer(input: input, parallel: parallel).compose() { return site }
  // What an earlier build wrote was gone when it was needed.
  input.earlier = nil
  return await SiteComposer(input: input, parallel: parallel).compose() ?? .empty
}

private struct SiteComposer {
  let input: SiteInput
  let parallel: any ParallelMap

  /// - Returns: nil where files of the earlier build turn out to be missing.
  func compose() async -> ComposedSite? {
    let input = self.input
    let planner = PagePlanner.plan(input)
    let pages = planner.pages
    let reader = PageReader(input)
    // A tree is large and needed once: rendering takes it out.
    let documents = Mutex([MarkdownDocument?](repeating: nil, count: pages.count))
    let read = await parallel.map(pages.count) { number in
      var page = reader.read(pages[number])
      let document = page.document
      page.document = nil
      if let document { documents.withLock { $0[number] = document } }
      return page
    }
    let index = index(planner, read)
    // The whole report wants the trees once more.
    let keepsTrees = input.printForm.isSingleFile || index.printPage != nil || input.gathersExternalLinks
    let rendered = await parallel.map(pages.count) { number in
      let document = documents.withLock { documents in
        defer { if !keepsTrees { documents[number] = nil } }
        return documents[number]
      }
      return PageRenderer(index: index, reader: reader).render(number, read[number], document)
    }
    guard let search = await search(pages, rendered) else { return nil }
    let trees = documents.withLock { $0 }
    let report = WholeReport(index, reader, rendered.map(\.record), trees)
    let (reportFiles, reportFaults) = await report.files(parallel: parallel)
    var diagnostics = planner.diagnostics + input.templates.diagnostics + read.flatMap(\.diagnostics)
    diagnostics += rendered.flatMap(\.diagnostics) + reportFaults
    var site = ComposedSite(
      pages: zip(pages, rendered).map { ($0.output, $1.html) }, assets: Set(rendered.flatMap(\.assets)).sorted(),
      search: search, diagnostics: firstOfEach(diagnostics))
    site.report = reportFiles
    if input.gathersExternalLinks { site.externalLinks = externalLinks(trees.compactMap { $0 }) }
    site.record = SiteRecord(
      order: pages.map(\.output), pages: rendered.compactMap(\.record), report: report.fingerprint ?? 0,
      shell: index.shell)
    site.explanation = rendered.lazy.compactMap(\.explanation).first
    return site
  }

  private func index(_ planner: PagePlanner, _ read: [ReadPage]) -> SiteIndex {
    let pages = planner.pages
    var labels = LabelTable()
    for (page, read) in zip(pages, read) {
      for directive in read.summary.directives {
        guard let resolved = try? ResolvedDirective.resolve(directive, in: input) else { continue }
        _ = labels.number(resolved, page: page.output)
      }
    }
    var outputs: [String: String] = [:]
    outputs.reserveCapacity(pages.count)
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
    return SiteIndex(
      input: input, pages: pages, summaries: read.map(\.summary), labels: labels, outputs: outputs,
      withheld: planner.withheld, hasUnknownPages: planner.hasUnknownPages, sections: SiteSections(pages),
      findingsFiles: Set(
        input.parts.flatMap { part in
          ["findings/\(part.findings.id).json"]
            + part.findings.tables.map { "findings/\(part.findings.id).\($0.name).csv" }
            + (part.findings.dropped.isEmpty ? [] : ["findings/\(part.findings.id).dropped.csv"])
        }))
  }

  private func search(_ pages: [PlannedPage], _ rendered: [RenderedPage]) async -> [ComposedSite.File]? {
    let lines = rendered.map(\.searchLine)
    guard let earlier = input.earlier, lines.contains(where: { $0 == nil }) else {
      return await SearchFiles.files(lines.map { $0 ?? [] }, parallel: parallel)
    }
    if earlier.record.order == pages.map(\.output) { return SearchFiles.files(lines, earlier: earlier) }
    guard let all = SearchFiles.allLines(zip(pages, lines).map { ($0.output, $1) }, earlier: earlier) else {
      return nil
    }
    return await SearchFiles.files(all, parallel: parallel)
  }

  /// A fault of a template is found on every page that uses it, and told once.
  private func firstOfEach(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
    var seen: Set<Diagnostic> = []
    return diagnostics.filter { seen.insert($0).inserted }
  }
}
