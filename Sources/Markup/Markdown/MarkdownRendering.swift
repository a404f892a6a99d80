import Diagnostics

/// How a document becomes HTML.
package struct MarkdownRendering: Sendable {
  /// Added to every heading's level; levels stop at 6.
  package var headingOffset = 0
  /// Set before every id of a heading or footnote, for several pages in one.
  package var anchorPrefix = ""
  package var words = MarkdownWords()

  package init() {}
}

extension MarkdownDocument {
  /// The page's HTML, well-formed, without inline styles and scripts.
  ///
  /// - Parameter resolver: Asked for each figure, link and image in reading order.
  /// - Returns: The HTML, and what the resolver threw.
  package func html(
    resolver: inout some MarkdownResolver, rendering: MarkdownRendering = MarkdownRendering()
  ) -> (html: String, diagnostics: [Diagnostic]) {
    guard !nodes.isEmpty else { return ("", []) }
    var writer = MarkdownWriter(document: self, rendering: rendering)
    writer.write(resolver: &resolver)
    return (writer.out.text, writer.diagnostics)
  }
}

/// Writes a document from its first node to its last: each node is opened, its children written, and closed.
struct MarkdownWriter {
  let document: MarkdownDocument
  let rendering: MarkdownRendering
  var out = HTMLBuffer()
  var diagnostics: [Diagnostic] = []
  /// Open links: a link within a link is not HTML.
  private var openLinks = 0
  private var footnoteUses: [String: Int] = [:]
  private var inFootnotes = false
  private var inTableBody = false
  private var inTableHead = false
  private var tableNames: [String: Int] = [:]

  init(document: MarkdownDocument, rendering: MarkdownRendering) {
    self.document = document
    self.rendering = rendering
  }

  mutating func write(resolver: inout some MarkdownResolver) {
    var node: Int32 = 0
    while node >= 0 {
      if open(node, resolver: &resolver), document.nodes[Int(node)].firstChild >= 0 {
        node = document.nodes[Int(node)].firstChild
        continue
      }
      // Close this node and all above that end with it.
      while true {
        close(node)
        if node == 0 { return }
        let next = document.nodes[Int(node)].next
        node = next >= 0 ? next : document.nodes[Int(node)].parent
        if next >= 0 { break }
      }
    }
  }

  // MARK: Opening

  /// Returns false where the children are not to be written; `close` is called all the same.
  private mutating func open(_ node: Int32, resolver: inout some MarkdownResolver) -> Bool {
    let it = document.nodes[Int(node)]
    switch it.kind {
    case .document: break
    case .blockQuote: out.raw("<blockquote>\n")
    case .list(let start, _):
      if let start {
        out.raw("<ol")
        if start != 1 {
          out.raw(" start=\"")
          out.raw(start)
          out.raw("\"")
        }
        out.raw(">\n")
      } else {
        out.raw("<ul>\n")
      }
    case .item: out.raw("<li>")
    case .task(let done):
      out.raw("<li class=\"vm-task\"><input type=\"checkbox\" disabled")
      if done { out.raw(" checked") }
      out.raw(" aria-label=\"")
      out.escaped((done ? rendering.words.done : rendering.words.toDo).utf8)
      out.raw("\"> ")
    case .paragraph: return openParagraph(node, resolver: &resolver)
    case .heading(let level):
      out.raw("<h")
      out.raw(headingLevel(level))
      out.raw(" id=\"")
      out.escaped((rendering.anchorPrefix + (document.anchorOfNode[node] ?? "")).utf8)
      out.raw("\">")
    case .thematicBreak: out.raw("<hr>\n")
    case .codeBlock: writeCodeBlock(it)
    case .htmlBlock, .htmlInline: writeRawHTML(it)
    case .table, .tableHead, .tableRow, .tableCell: openTablePart(node, it)
    case .footnoteDefinition: openFootnote(it)
    case .text: out.escaped(document.bytes(it.literal))
    case .softBreak: out.raw("\n")
    case .lineBreak: out.raw("<br>\n")
    case .code:
      out.raw("<code>")
      out.escaped(document.bytes(it.literal))
      out.raw("</code>")
    case .emphasis: out.raw("<em>")
    case .strong: out.raw("<strong>")
    case .strikethrough: out.raw("<del>")
    case .link: return openLink(node, it, resolver: &resolver)
    case .image:
      writeImage(node, it, resolver: &resolver)
      return false
    case .footnoteReference: writeFootnoteReference(it)
    }
    return true
  }

  private func headingLevel(_ level: Int) -> Int { min(max(level + rendering.headingOffset, 1), 6) }

  private func isTight(_ paragraph: Int32) -> Bool {
    let parent = document.nodes[Int(paragraph)].parent
    guard parent > 0, case .list(_, let tight) = document.nodes[Int(document.nodes[Int(parent)].parent)].kind else {
      return false
    }
    return tight
  }

  private mutating func openParagraph(_ node: Int32, resolver: inout some MarkdownResolver) -> Bool {
    if let directives = document.directiveNodes(in: node) {
      for directive in directives {
        do throws(Diagnostic) {
          out.raw(try resolver.block(for: document.directive(at: directive)).utf8)
          out.raw("\n")
        } catch {
          diagnostics.append(error)
        }
      }
      return false
    }
    if !isTight(node) { out.raw("<p>") }
    return true
  }

  private mutating func writeCodeBlock(_ it: MarkdownDocument.Node) {
    out.raw("<pre tabindex=\"0\"><code")
    let language = document.bytes(it.url).prefix { $0 > 0x20 }
    if !language.isEmpty {
      out.raw(" class=\"language-")
      out.escaped(language)
      out.raw("\"")
    }
    out.raw(">")
    out.escaped(document.bytes(it.literal))
    out.raw("</code></pre>\n")
  }

  private mutating func writeRawHTML(_ it: MarkdownDocument.Node) {
    guard document.allowsHTML, let html = withoutComments(document.bytes(it.literal)) else { return }
    out.raw(withoutDangerousTags(html))
    if it.kind == .htmlBlock, html.last != 0x0A { out.raw("\n") }
  }

  private mutating func openTablePart(_ node: Int32, _ it: MarkdownDocument.Node) {
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
  private mutating func tableName(_ table: Int32) -> String {
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

  private mutating func openFootnote(_ it: MarkdownDocument.Node) {
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

  // MARK: Links, images and notes

  private mutating func openLink(
    _ node: Int32, _ it: MarkdownDocument.Node, resolver: inout some MarkdownResolver
  ) -> Bool {
    openLinks += 1
    let link = document.link(at: node)
    guard openLinks == 1, LinkScheme(link.url.utf8).isSafeForLinks, !link.url.isEmpty else { return true }
    do throws(Diagnostic) {
      let target = try resolver.target(of: link)
      guard LinkScheme(target.url.utf8).isSafeForLinks else { return true }
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

  private var linkIsWritten = false

  private mutating func writeImage(
    _ node: Int32, _ it: MarkdownDocument.Node, resolver: inout some MarkdownResolver
  ) {
    let image = document.image(at: node)
    // Directives inside a line were reported when the page was read.
    if document.directiveKind(of: node) != nil { return out.escaped(image.alt.utf8) }
    do throws(Diagnostic) {
      let source = try resolver.source(of: image)
      guard LinkScheme(image.url.utf8).isSafeForImages, LinkScheme(source.url.utf8).isSafeForImages else {
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

  private mutating func writeTitle(_ it: MarkdownDocument.Node) {
    guard !it.title.isEmpty else { return }
    out.raw(" title=\"")
    out.escaped(document.bytes(it.title))
    out.raw("\"")
  }

  private mutating func writeFootnoteReference(_ it: MarkdownDocument.Node) {
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

  // MARK: Closing

  private mutating func close(_ node: Int32) {
    let it = document.nodes[Int(node)]
    switch it.kind {
    case .document: if inFootnotes { out.raw("</ol>\n</section>\n") }
    case .blockQuote: out.raw("</blockquote>\n")
    case .list(let start, _): out.raw(start == nil ? "</ul>\n" : "</ol>\n")
    case .item, .task: out.raw("</li>\n")
    case .paragraph: closeParagraph(node)
    case .heading(let level):
      out.raw("</h")
      out.raw(headingLevel(level))
      out.raw(">\n")
    case .table:
      out.raw(inTableBody ? "</tbody>\n</table></div>\n" : "</table></div>\n")
      inTableBody = false
    case .tableHead:
      out.raw("</tr>\n</thead>\n")
      inTableHead = false
    case .tableRow: out.raw("</tr>\n")
    case .tableCell: out.raw(inTableHead && it.firstChild >= 0 ? "</th>" : "</td>")
    case .footnoteDefinition:
      if lastParagraph(of: node) == nil { writeBackLink(node) }
      out.raw("</li>\n")
    case .emphasis: out.raw("</em>")
    case .strong: out.raw("</strong>")
    case .strikethrough: out.raw("</del>")
    case .link:
      openLinks -= 1
      if openLinks == 0, linkIsWritten {
        out.raw("</a>")
        linkIsWritten = false
      }
    default: break
    }
  }

  private mutating func closeParagraph(_ node: Int32) {
    if document.directiveNodes(in: node) != nil { return }
    let parent = document.nodes[Int(node)].parent
    if document.nodes[Int(parent)].kind == .footnoteDefinition, document.nodes[Int(node)].next < 0 {
      out.raw(" ")
      writeBackLink(parent)
    }
    if isTight(node) {
      if document.nodes[Int(node)].next >= 0 { out.raw("\n") }
    } else {
      out.raw("</p>\n")
    }
  }

  /// The paragraph that ends a footnote, where the way back fits in; nil where a footnote ends otherwise.
  private func lastParagraph(of footnote: Int32) -> Int32? {
    var last = document.nodes[Int(footnote)].firstChild
    while last >= 0, document.nodes[Int(last)].next >= 0 { last = document.nodes[Int(last)].next }
    guard last >= 0, document.nodes[Int(last)].kind == .paragraph, document.directiveNodes(in: last) == nil else {
      return nil
    }
    return last
  }

  private mutating func writeBackLink(_ footnote: Int32) {
    let name = document.string(document.nodes[Int(footnote)].literal)
    out.raw("<a href=\"#")
    out.url((rendering.anchorPrefix + footnoteReferenceID(name, 1)).utf8)
    out.raw("\" role=\"doc-backlink\" aria-label=\"")
    out.escaped("\(rendering.words.backToText) (\(name))".utf8)
    out.raw("\">↩</a>")
  }
}
