import Diagnostics
import Markup
import ValueModels

/// Answers what Markdown asks on a page that is a section of the whole report.
///
/// What is wrong with a link was told when the page itself was rendered, and is not told again.
struct PrintResolver: MarkdownResolver {
  let index: SiteIndex
  let page: PlannedPage
  let form: PrintForm
  private var own: PageResolver
  private var placed: Set<String> = []
  /// Where the cautions of each analysis stand in this section.
  private var cautioned: [String: (number: String, anchor: String)] = [:]
  private(set) var diagnostics: [Diagnostic] = []

  init(_ index: SiteIndex, page: PlannedPage, form: PrintForm) {
    self.index = index
    self.page = page
    self.form = form
    own = PageResolver(index, page: page)
  }

  // MARK: Figures and tables

  mutating func block(for directive: MarkdownDirective) throws(Diagnostic) -> String {
    let resolved: ResolvedDirective
    do throws(Diagnostic) {
      resolved = try ResolvedDirective.resolve(directive, in: index.input)
    } catch {
      guard error.severity != .error else { throw error }
      return "<p class=\"nothing\">\(escapeHTML(sentence(error.message)))</p>\n"
    }
    let part = index.input.parts[resolved.part]
    let number = index.labels.number(of: resolved)
    let first = index.labels.labels[resolved.anchor]?.page ?? page.output
    guard first == page.output, placed.insert(resolved.anchor).inserted else {
      return reference(to: resolved, number, directive, part, on: first)
    }
    let renderer = PrintDirective(
      index: index, form: form, anchor: resolved.anchor, number: number, cautionsAt: cautioned[resolved.id])
    if cautioned[resolved.id] == nil { cautioned[resolved.id] = (number, resolved.anchor) }
    do throws(Rejection) {
      switch resolved.kind {
      case .figure:
        guard let figure = part.figures.first(where: { $0.name == resolved.name }) else { return "" }
        return try renderer.figure(figure, of: part, caption: caption(directive, resolved, part))
      case .table:
        guard let table = part.findings.table(resolved.name) else { return "" }
        return try renderer.table(table, of: part, caption: caption(directive, resolved, part))
      }
    } catch {
      diagnostics += error.diagnostics
      return ""
    }
  }

  private func caption(
    _ directive: MarkdownDirective, _ resolved: ResolvedDirective, _ part: AnalysedStudyPart
  ) -> String {
    if !directive.caption.isEmpty { return directive.caption }
    switch resolved.kind {
    case .figure: return part.figures.first { $0.name == resolved.name }?.caption ?? ""
    case .table: return part.findings.table(resolved.name)?.title ?? ""
    }
  }

  /// "Figure 3: Who stands for what, under Positions": each figure is drawn once.
  private func reference(
    to resolved: ResolvedDirective, _ number: String, _ directive: MarkdownDirective, _ part: AnalysedStudyPart,
    on first: String
  ) -> String {
    var text =
      "<p class=\"report-seen\"><a href=\"#\(escapeAttribute(resolved.anchor))\">\(escapeHTML(number))</a>: "
      + escapeHTML(caption(directive, resolved, part))
    if first != page.output, let there = index.page(at: first) {
      let href = escapeAttribute(PrintPlace.section(there))
      text += ", under <a href=\"#\(href)\">\(escapeHTML(there.title))</a>"
    }
    return text + "</p>\n"
  }

  private func sentence(_ message: String) -> String {
    message.prefix(1).uppercased() + message.dropFirst() + (message.hasSuffix(".") ? "" : ".")
  }

  // MARK: Links and images

  mutating func target(of link: MarkdownLink) throws(Diagnostic) -> MarkdownTarget {
    var target = try own.target(of: link)
    if target.url.hasPrefix("#") {
      target.url = "#" + PrintPlace.anchor(String(target.url.dropFirst()), on: page)
      return target
    }
    let pieces = target.url.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    guard let path = sitePath(pieces[0], from: page) else { return target }
    if let there = index.page(at: path) {
      target.url = "#" + PrintPlace.anchor(pieces.count > 1 ? pieces[1] : "", on: there)
      return target
    }
    switch form {
    case .page: target.url = relativePath(from: index.printFolder, to: path)
    case .singleFile:
      // There is no file beside this one. Where the site has an address, the file is found there.
      target.url = index.input.study.siteURL.map { $0 + path } ?? ""
    }
    return target
  }

  mutating func source(of image: MarkdownImage) throws(Diagnostic) -> MarkdownImageSource {
    var source = try own.source(of: image)
    guard let path = sitePath(source.url, from: page) else { return source }
    switch form {
    case .page: source.url = relativePath(from: index.printFolder, to: path)
    case .singleFile(let files):
      source.url = files.address(ofAsset: path) ?? ""
      source.isEmbedded = true
    }
    return source
  }
}
