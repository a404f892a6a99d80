import Diagnostics
import Markup

/// The whole report of a site: every page a section, joined. Sections that would be what they were are not made again.
struct WholeReport {
  let index: SiteIndex
  let reader: PageReader
  /// What is known of each page after it was rendered; nil for one that must be made anew.
  let records: [PageRecord?]
  /// Trees of the pages that were read in this build.
  let documents: [MarkdownDocument?]

  /// Changes with everything in the report; nil where something in it can be anything.
  private(set) var fingerprint: UInt64?
  private var keys: [UInt64?] = []

  init(_ index: SiteIndex, _ reader: PageReader, _ records: [PageRecord?], _ documents: [MarkdownDocument?]) {
    self.index = index
    self.reader = reader
    self.records = records
    self.documents = documents
    guard !index.input.printForm.isSingleFile, let path = index.printPage else { return }
    let templates = ["layouts/print", "partials/print-section", "partials/print-figure", "partials/print-table"]
    var all = Fingerprint()
    for name in templates { all.add(index.input.templates.fingerprint(of: name)) }
    all.add(path)
    all.add(index.input.printRules)
    all.add(index.input.studyFingerprint)
    keys = index.pages.indices.map { number in
      records[number].map { key(number, $0, templates: templates) }
    }
    for (number, entry) in PrintOutline(index).entries.enumerated() {
      all.add([entry.title, entry.anchor, entry.sheet])
      all.add(entry.head)
      all.add(entry.running)
      all.add(entry.level)
      all.add(keys[number] ?? 0)
    }
    fingerprint = keys.contains { $0 == nil } ? nil : all.value
  }

  /// Of all that a page's section shows.
  private func key(_ number: Int, _ record: PageRecord, templates: [String]) -> UInt64 {
    let page = index.pages[number]
    var print = Fingerprint()
    print.add([record.output, record.file])
    print.add(record.source)
    for read in record.planReads + record.bodyReads + record.reads {
      print.add(read.name)
      print.add(read.answer)
    }
    for name in templates { print.add(index.input.templates.fingerprint(of: name)) }
    print.add(index.input.studyFingerprint)
    print.add(record.surroundings.own)
    print.add(record.surroundings.cards)
    print.add(page.servedBy != nil)
    print.add(PrintOutline.level(of: number, index))
    print.add(index.printFolder)
    // A figure is drawn where it stands first; elsewhere that page is named.
    for directive in record.summary.directives {
      guard let resolved = try? ResolvedDirective.resolve(directive, in: index.input) else { continue }
      let first = index.labels.labels[resolved.anchor]?.page
      print.add(first)
      print.add(first.flatMap { index.title(of: $0) })
    }
    return print.value
  }

  /// - Returns: The page and its stylesheet by path, and faults of templates; no files where the site has no report.
  func files(parallel: any ParallelMap) async -> (files: [ComposedSite.File], diagnostics: [Diagnostic]) {
    let form = index.input.printForm
    guard form.isSingleFile || index.printPage != nil else { return ([], []) }
    if let kept = keptFiles { return (kept, []) }
    let fragments = await parallel.map(index.pages.count) { fragment($0) }
    return joinedReport(fragments, index)
  }

  /// The report as it stands, where it would be the same.
  private var keptFiles: [ComposedSite.File]? {
    guard let earlier = index.input.earlier, let fingerprint, earlier.record.report == fingerprint,
      let path = index.printPage
    else { return nil }
    let paths = [path, reportStylesheet(path)]
    return paths.allSatisfy { earlier.stands($0) } ? paths.map { ($0, nil) } : nil
  }

  private func fragment(_ number: Int) -> PrintFragment {
    let form = index.input.printForm
    func made() -> PrintFragment {
      let page = index.pages[number]
      let again = documents[number] == nil ? reader.parse(page) : nil
      let document = documents[number] ?? again?.document ?? MarkdownDocument.parse("", file: page.file).0
      var fragment = printFragment(number, document, index, form: form)
      fragment.diagnostics += (again?.diagnostics ?? []).filter { $0.severity == .error }
      return fragment
    }
    guard keys.indices.contains(number), let key = keys[number], let memory = index.input.memory else { return made() }
    let name = ["section", String(key, radix: 16)]
    if let html = memory.find(name) { return PrintFragment(html: html, diagnostics: []) }
    let fragment = made()
    if fragment.diagnostics.isEmpty { memory.keep(fragment.html, name) }
    return fragment
  }
}

private func reportStylesheet(_ path: String) -> String { path.dropLast("index.html".count) + "report.css" }

/// The files of the whole report from its sections, in the order of the site.
func joinedReport(
  _ fragments: [PrintFragment], _ index: SiteIndex
) -> (files: [ComposedSite.File], diagnostics: [Diagnostic]) {
  let form = index.input.printForm
  guard let path = form.isSingleFile ? "index.html" : index.printPage else { return ([], []) }
  let diagnostics = fragments.flatMap(\.diagnostics)
  let stylesheet = reportStylesheet(path)
  do throws(Rejection) {
    let html = try printPage(fragments, index, stylesheet: stylesheet, form: form)
    let page = (path: path, bytes: Optional(Array(html.utf8)))
    guard !form.isSingleFile else { return ([page], diagnostics) }
    let rules = printStylesheet(index.input.printRules ?? "", index)
    return ([page, (path: stylesheet, bytes: Array(rules.utf8))], diagnostics)
  } catch {
    return ([], diagnostics + error.diagnostics)
  }
}
