import Diagnostics

/// Tables, links, images and footnotes.
extension MarkdownWriter {
  // MARK: Tables

  mutating func openTablePart(_ node: Int32, _ it: MarkdownDocument.Node) {
    switch it.kind {
    case .table:
      let name = tableName(node)
      out.raw("<div class=\"vm-scroll\" tabindex=\"0\" role=\"region\" aria-label=\"")
      out.escaped(name.utf8)
      out.raw("\"><table>\n")
      inTableBody = false
    case .tableHead:
      out.raw("<thead>\n<tr>")
      inTableHead = true
    case .tableRow:
      if !inTableBody { out.raw("<tbody>\n") }
      inTableBody = true
      out.raw("<tr>")
    case .tableCell(let alignment):
      // A header without words would announce nothing.
      out.raw(inTableHead && it.firstChild >= 0 ? "<th scope=\"col\"" : "<td")
      switch alignment {
      case .none: break
      case .left: out.raw(" class=\"vm-left\"")
      case .centre: out.raw(" class=\"vm-centre\"")
      case .right: out.raw(" class=\"vm-right\"")
      }
      out.raw(">")
    default: break
    }
  }

  /// "Table: Brand, Price"; a second table with the same head gets a number, since regions have different names.
  mutating func tableName(_ table: Int32) -> String {
    var names: [String] = []
    let head = document.nodes[Int(table)].firstChild
    var cell = head >= 0 ? document.nodes[Int(head)].firstChild : -1
    while cell >= 0, names.count < 8 {
      let text = document.plainText(of: cell)
      if !text.isEmpty { names.append(text) }
      cell = document.nodes[Int(cell)].next
    }
    let name = rendering.words.table + (names.isEmpty ? "" : ": " + names.joined(separator: ", "))
    tableNames[name, default: 0] += 1
    let count = tableNames[name, default: 1]
    return count == 1 ? name : "\(name) (\(count))"
  }

  // MARK: Links and images

  mutating func openLink(
    _ node: Int32, _ it: MarkdownDocument.Node, resolver: inout some MarkdownResolver
  ) -> Bool {
    openLinks += 1
    let link = document.link(at: node)
    guard openLinks == 1, LinkScheme(link.url.utf8).isSafeForLinks, !link.url.isEmpty else { return true }
    do throws(Diagnostic) {
      let target = try resolver.target(of: link)
      if target.url.isEmpty, it.firstChild < 0 { out.escaped((target.text ?? "").utf8) }
      guard !target.url.isEmpty, LinkScheme(target.url.utf8).isSafeForLinks else { return true }
      out.raw("<a href=\"")
      out.url(target.url.utf8)
      out.raw("\"")
      writeTitle(it)
      out.raw(">")
      linkIsWritten = true
      if it.firstChild < 0 { out.escaped((target.text ?? target.url).utf8) }
    } catch {
      diagnostics.append(error)
    }
    return true
  }

  mutating func writeImage(
    _ node: Int32, _ it: MarkdownDocument.Node, resolver: inout some MarkdownResolver
  ) {
    let image = document.image(at: node)
    // Directives inside a line were reported when the page was read.
    if document.directiveKind(of: node) != nil { return out.escaped(image.alt.utf8) }
    do throws(Diagnostic) {
      let source = try resolver.source(of: image)
      guard LinkScheme(image.url.utf8).isSafeForImages, !source.url.isEmpty,
        source.isEmbedded || LinkScheme(source.url.utf8).isSafeForImages
      else {
        return out.escaped(image.alt.utf8)
      }
      out.raw("<img src=\"")
      out.url(source.url.utf8)
      out.raw("\" alt=\"")
      out.escaped(image.alt.utf8)
      out.raw("\"")
      if let width = source.width, let height = source.height {
        out.raw(" width=\"")
        out.raw(width)
        out.raw("\" height=\"")
        out.raw(height)
        out.raw("\"")
      }
      writeTitle(it)
      out.raw(">")
    } catch {
      diagnostics.append(error)
      out.escaped(image.alt.utf8)
    }
  }

  mutating func writeTitle(_ it: MarkdownDocument.Node) {
    guard !it.title.isEmpty else { return }
    out.raw(" title=\"")
    out.escaped(document.bytes(it.title))
    out.raw("\"")
  }

  // MARK: Footnotes

  mutating func openFootnote(_ it: MarkdownDocument.Node) {
    if !inFootnotes {
      out.raw("<section class=\"vm-footnotes\" role=\"doc-endnotes\" aria-label=\"")
      out.escaped(rendering.words.footnotes.utf8)
      out.raw("\">\n<ol>\n")
      inFootnotes = true
    }
    out.raw("<li id=\"")
    out.escaped((rendering.anchorPrefix + "footnote-" + document.string(it.literal)).utf8)
    out.raw("\">")
  }

  mutating func writeFootnoteReference(_ it: MarkdownDocument.Node) {
    let name = document.string(it.literal)
    footnoteUses[name, default: 0] += 1
    let id = rendering.anchorPrefix + footnoteReferenceID(name, footnoteUses[name, default: 1])
    out.raw("<sup>")
    if linkIsWritten {
      out.raw("<span id=\"")
      out.escaped(id.utf8)
      out.raw("\">")
    } else {
      out.raw("<a id=\"")
      out.escaped(id.utf8)
      out.raw("\" href=\"#")
      out.url((rendering.anchorPrefix + "footnote-" + name).utf8)
      out.raw("\" role=\"doc-noteref\" aria-label=\"")
      out.escaped("\(rendering.words.footnote) \(name)".utf8)
      out.raw("\">")
    }
    out.escaped(name.utf8)
    out.raw(linkIsWritten ? "</span></sup>" : "</a></sup>")
  }

  /// The paragraph that ends a footnote, where the way back fits in; nil where a footnote ends otherwise.
  func lastParagraph(of footnote: Int32) -> Int32? {
    var last = document.nodes[Int(footnote)].firstChild
    while last >= 0, document.nodes[Int(last)].next >= 0 { last = document.nodes[Int(last)].next }
    guard last >= 0, document.nodes[Int(last)].kind == .paragraph, document.directiveNodes(in: last) == nil else {
      return nil
    }
    return last
  }

  mutating func writeBackLink(_ footnote: Int32) {
    let name = document.string(document.nodes[Int(footnote)].literal)
    out.raw("<a href=\"#")
    out.url((rendering.anchorPrefix + footnoteReferenceID(name, 1)).utf8)
    out.raw("\" role=\"doc-backlink\" aria-label=\"")
    out.escaped("\(rendering.words.backToText) (\(name))".utf8)
    out.raw("\">↩</a>")
  }
}
