import Diagnostics
import Markup
import ValueModels

/// Answers what Markdown asks about figures, links and images on one page, and remembers which files the page needs.
struct PageResolver: MarkdownResolver {
  let index: SiteIndex
  let page: PlannedPage
  private(set) var assets: Set<String> = []
  /// What was asked and how it was answered: the page is the same as long as the answers are.
  private(set) var reads = PageReads()
  private(set) var diagnostics: [Diagnostic] = []
  private var placed: [String: Int] = [:]
  /// Where the cautions of each analysis stand on this page.
  private var cautioned: [String: (number: String, anchor: String)] = [:]

  init(_ index: SiteIndex, page: PlannedPage) {
    self.index = index
    self.page = page
  }

  // MARK: Figures and tables

  private mutating func note(_ kind: PageRead.Kind, _ name: String) { reads.add(kind, name, index.answer(kind, name)) }

  mutating func block(for directive: MarkdownDirective) throws(Diagnostic) -> String {
    note(.directive, "\(directive.kind):\(directive.reference)")
    let resolved: ResolvedDirective
    do throws(Diagnostic) {
      resolved = try ResolvedDirective.resolve(directive, in: index.input)
    } catch {
      guard error.severity != .error else { throw error }
      if error.severity > .note { diagnostics.append(error) }
      return "<p class=\"nothing\">\(escapeHTML(sentence(error.message)))</p>\n"
    }
    let count = placed[resolved.anchor, default: 0] + 1
    placed[resolved.anchor] = count
    let part = index.input.parts[resolved.part]
    let anchor = count == 1 ? resolved.anchor : "\(resolved.anchor)-again-\(count)"
    let number = index.labels.number(of: resolved)
    let renderer = DirectiveRenderer(
      input: index.input, anchor: anchor, number: number, directory: page.directory, cautionsAt: cautioned[resolved.id],
      linkOfTarget: { [index] in index.page(ofTarget: $0, $1) })
    if cautioned[resolved.id] == nil { cautioned[resolved.id] = (number, anchor) }
    do throws(Rejection) {
      switch resolved.kind {
      case .figure:
        guard let figure = part.figures.first(where: { $0.name == resolved.name }) else { return "" }
        return try renderer.figure(
          figure, of: part, caption: directive.caption.isEmpty ? figure.caption : directive.caption)
      case .table:
        guard let table = part.findings.table(resolved.name) else { return "" }
        return try renderer.table(table, of: part, caption: directive.caption.isEmpty ? table.title : directive.caption)
      }
    } catch {
      diagnostics += error.diagnostics
      return ""
    }
  }

  private func sentence(_ message: String) -> String {
    message.prefix(1).uppercased() + message.dropFirst() + (message.hasSuffix(".") ? "" : ".")
  }

  // MARK: Links

  mutating func target(of link: MarkdownLink) throws(Diagnostic) -> MarkdownTarget {
    let url = link.url
    if isExternal(url) { return MarkdownTarget(url: url, text: link.text.isEmpty ? url : nil) }
    let (path, fragment) = split(url)
    if path.isEmpty { return try reference(to: fragment, link) }
    guard let absolute = resolve(path) else {
      throw Diagnostic(
        .error, "page.link-outside", at: link.position, "links stay inside the site, and '\(url)' leads out of it")
    }
    note(.page, absolute)
    if let output = index.outputs[absolute] {
      if !fragment.isEmpty { note(.anchor, output + "#" + fragment) }
      try check(fragment, on: output, link)
      let title = index.title(of: output)
      return MarkdownTarget(
        url: relativePath(from: page.directory, to: output) + (fragment.isEmpty ? "" : "#" + fragment),
        text: link.text.isEmpty ? title : nil)
    }
    note(.findings, absolute)
    if index.findingsFiles.contains(absolute) {
      return MarkdownTarget(url: relativePath(from: page.directory, to: absolute))
    }
    if absolute.hasPrefix("data/") {
      throw Diagnostic(
        .error, "page.raw-data", at: link.position, "raw data are not published, and '\(url)' is a data file",
        hint: "link the CSV of a findings table instead")
    }
    note(.asset, absolute)
    if index.input.assets.contains(absolute) {
      assets.insert(absolute)
      return MarkdownTarget(url: relativePath(from: page.directory, to: absolute))
    }
    if index.withheld.contains(absolute) {
      throw Diagnostic(
        .error, "page.link-withheld", at: link.position,
        "a link leads to a page of this build, and '\(url)' is a draft or for another audience")
    }
    if index.hasUnknownPages || mayBeOfFailed(absolute) { return MarkdownTarget(url: url) }
    throw Diagnostic(
      .error, "page.broken-link", at: link.position,
      "a link leads to a page or file of the study, and there is no '\(url)'",
      hint: nearestName(to: absolute, among: index.outputs.keys.sorted() + index.input.assets.sorted()).map {
        "did you mean '\($0)'?"
      })
  }

  private mutating func reference(to name: String, _ link: MarkdownLink) throws(Diagnostic) -> MarkdownTarget {
    note(.label, name)
    if let label = index.label(name),
      !(index.anchors(of: page.output)?.contains(label.anchor) ?? false) || label.page == page.output
    {
      let href =
        label.page == page.output
        ? "#" + label.anchor : relativePath(from: page.directory, to: label.page) + "#" + label.anchor
      return MarkdownTarget(url: href, text: label.text)
    }
    if let label = index.label(name) { return MarkdownTarget(url: "#" + label.anchor, text: label.text) }
    if index.anchors(of: page.output)?.contains(name) ?? false {
      return MarkdownTarget(url: "#" + name, text: link.text.isEmpty ? name : nil)
    }
    if index.hasUnknownPages || mayBeOfFailed(name) { return MarkdownTarget(url: "#" + name, text: name) }
    throw Diagnostic(
      .error, "page.broken-reference", at: link.position,
      "a reference names a figure, table or heading of the study, and there is no '#\(name)'",
      hint: nearestName(to: name, among: index.labelNames).map { "did you mean '#\($0)'?" })
  }

  /// True for `fig-brand-map`, `analyses/brand-map.md`, `findings/brand-map.json` where that analysis could not be computed: the
  /// site will not be written, and its own error says why.
  private func mayBeOfFailed(_ name: String) -> Bool {
    index.input.failed.contains { id in
      ["fig-", "tbl-", "analyses/", "findings/"].contains { name.hasPrefix($0 + id) } || name == id + ".md"
    }
  }

  private func check(_ fragment: String, on output: String, _ link: MarkdownLink) throws(Diagnostic) {
    guard !fragment.isEmpty, let anchors = index.anchors(of: output), !anchors.contains(fragment) else { return }
    throw Diagnostic(
      .error, "page.broken-anchor", at: link.position,
      "a link leads to a place that exists, and '\(link.url)' names none on that page",
      hint: nearestName(to: fragment, among: anchors.sorted()).map { "did you mean '#\($0)'?" })
  }

  // MARK: Images

  mutating func source(of image: MarkdownImage) throws(Diagnostic) -> MarkdownImageSource {
    if isExternal(image.url) {
      throw Diagnostic(
        .error, "page.external-image", at: image.position,
        "a site asks nothing of other hosts, and '\(image.url)' lies on one",
        hint: "copy the image into content/")
    }
    let (path, _) = split(image.url)
    guard let absolute = resolve(path) else {
      throw Diagnostic(
        .error, "page.link-outside", at: image.position, "images lie in content/, and '\(image.url)' leads out of it")
    }
    note(.asset, absolute)
    guard index.input.assets.contains(absolute) else {
      throw Diagnostic(
        .error, "page.broken-image", at: image.position,
        "an image is a file below content/, and there is no '\(image.url)'",
        hint: nearestName(to: absolute, among: index.input.assets.sorted()).map { "did you mean '\($0)'?" })
    }
    assets.insert(absolute)
    return MarkdownImageSource(url: relativePath(from: page.directory, to: absolute))
  }

  // MARK: Addresses

  private func isExternal(_ url: String) -> Bool {
    guard let colon = url.firstIndex(of: ":") else { return url.hasPrefix("//") }
    return url[..<colon].utf8.allSatisfy {
      $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "#") && $0 != UInt8(ascii: "?")
    }
  }

  private func split(_ url: String) -> (path: String, fragment: String) {
    guard let hash = url.firstIndex(of: "#") else { return (percentDecoded(url), "") }
    return (percentDecoded(String(url[..<hash])), percentDecoded(String(url[url.index(after: hash)...])))
  }

  /// A path written on this page as one from `content/`; nil where it climbs out.
  private func resolve(_ path: String) -> String? {
    var parts = path.hasPrefix("/") ? [] : page.folder.split(separator: "/").map(String.init)
    for piece in path.split(separator: "/") {
      if piece == "." { continue }
      if piece == ".." {
        if parts.isEmpty { return nil }
        parts.removeLast()
      } else {
        parts.append(String(piece))
      }
    }
    return parts.joined(separator: "/")
  }
}

/// `%20` and the like as the bytes they stand for; anything malformed stays as written.
private func percentDecoded(_ text: String) -> String {
  guard text.utf8.contains(UInt8(ascii: "%")) else { return text }
  let bytes = Array(text.utf8)
  var out: [UInt8] = []
  var at = 0
  while at < bytes.count {
    if bytes[at] == UInt8(ascii: "%"), at + 2 < bytes.count,
      let value = UInt8(String(decoding: bytes[(at + 1)...(at + 2)], as: UTF8.self), radix: 16)
    {
      out.append(value)
      at += 3
    } else {
      out.append(bytes[at])
      at += 1
    }
  }
  return String(validating: out, as: UTF8.self) ?? text
}
