import Diagnostics
import Markup

/// The whole report of a site whose pages are read: every page a section, joined.
///
/// - Parameter documents: One a page, in the order of the site.
/// - Returns: The page and its stylesheet by path, and faults of templates; no files where the site has no report.
func wholeReport(
  _ index: SiteIndex, _ documents: [MarkdownDocument], parallel: ParallelMap
) async -> (files: [(path: String, text: String)], diagnostics: [Diagnostic]) {
  let form = index.input.printForm
  guard form.isSingleFile || index.printPage != nil else { return ([], []) }
  let fragments = await parallel.map(documents.count) { printFragment($0, documents[$0], index, form: form) }
  return joinedReport(fragments, index)
}

/// The files of the whole report from its sections, in the order of the site.
func joinedReport(
  _ fragments: [PrintFragment], _ index: SiteIndex
) -> (files: [(path: String, text: String)], diagnostics: [Diagnostic]) {
  let form = index.input.printForm
  guard let path = form.isSingleFile ? "index.html" : index.printPage else { return ([], []) }
  let diagnostics = fragments.flatMap(\.diagnostics)
  let stylesheet = path.dropLast("index.html".count) + "report.css"
  do throws(Rejection) {
    let html = try printPage(fragments, index, stylesheet: String(stylesheet), form: form)
    guard !form.isSingleFile else { return ([(path, html)], diagnostics) }
    return ([(path, html), (String(stylesheet), printStylesheet(index.input.printRules ?? "", index))], diagnostics)
  } catch {
    return ([], diagnostics + error.diagnostics)
  }
}
