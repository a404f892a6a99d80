import Diagnostics

/// Writes a document from its first node to its last: each node is opened, its children written, and closed.
struct MarkdownWriter {
  let document: MarkdownDocument
  let rendering: MarkdownRendering
  var out = HTMLBuffer()
  var diagnostics: [Diagnostic] = []
  /// Open links: a link within a link is not HTML.
  var openLinks = 0
  var linkIsWritten = false
  var footnoteUses: [String: Int] = [:]
  var inFootnotes = false
  var inTableBody = false
  var inTableHead = false
  var tableNames: [String: Int] = [:]

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
  mutating func open(_ node: Int32, resolver: inout some MarkdownResolver) -> Bool {
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

  func headingLevel(_ level: Int) -> Int { min(max(level + rendering.headingOffset, 1), 6) }

  func isTight(_ paragraph: Int32) -> Bool {
    let parent = document.nodes[Int(paragraph)].parent
    guard parent > 0, case .list(_, let tight) = document.nodes[Int(document.nodes[Int(parent)].parent)].kind else {
      return false
    }
    return tight
  }

  mutating func openParagraph(_ node: Int32, resolver: inout some MarkdownResolver) -> Bool {
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

  mutating func writeCodeBlock(_ it: MarkdownDocument.Node) {
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

  mutating func writeRawHTML(_ it: MarkdownDocument.Node) {
    guard document.allowsHTML, let html = withoutComments(document.bytes(it.literal)) else { return }
    let safe = withoutDangerousTags(html)
    out.raw(rendering.rawAttribute.map { withPlaces(of: safe, $0) } ?? safe)
    if it.kind == .htmlBlock, html.last != 0x0A { out.raw("\n") }
  }

  // MARK: Closing

  mutating func close(_ node: Int32) {
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

  mutating func closeParagraph(_ node: Int32) {
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
}
