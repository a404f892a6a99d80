import Diagnostics

/// A page's Markdown as a tree, kept flat: nodes in reading order, joined by indices, their texts in one pool of bytes.
///
/// Walks go from index to index and never call themselves, so no nesting can exhaust the stack.
package struct MarkdownDocument: Sendable {
  enum Alignment: UInt8 { case none, left, centre, right }

  enum Kind: Equatable {
    case document, blockQuote, item, paragraph, thematicBreak, htmlBlock, footnoteDefinition
    case list(start: Int?, tight: Bool)
    case task(done: Bool)
    case heading(Int)
    case codeBlock
    case table, tableHead, tableRow
    case tableCell(Alignment)
    case text, softBreak, lineBreak, code, htmlInline, emphasis, strong, strikethrough, link, image, footnoteReference
  }

  struct Node {
    var kind: Kind
    var parent: Int32
    var firstChild: Int32 = -1
    var next: Int32 = -1
    var line: Int32
    var column: Int32
    /// Text, code, raw HTML, number of a footnote.
    var literal: Range<Int32> = 0..<0
    /// Address of a link or image; language of a code block.
    var url: Range<Int32> = 0..<0
    var title: Range<Int32> = 0..<0
  }

  /// Relative to the study folder.
  package let file: String
  var nodes: [Node] = []
  var pool: [UInt8] = []
  var allowsHTML = false

  /// In reading order, each with its anchor.
  package internal(set) var headings: [MarkdownHeading] = []
  /// In reading order.
  package internal(set) var directives: [MarkdownDirective] = []
  /// In reading order.
  package internal(set) var links: [MarkdownLink] = []
  /// In reading order, without the directives.
  package internal(set) var images: [MarkdownImage] = []
  /// Every id the HTML will have: headings, footnotes, and ids in raw HTML where that is allowed.
  package internal(set) var anchors: [String] = []
  /// Anchor of each heading by its node.
  var anchorOfNode: [Int32: String] = [:]

  init(file: String) { self.file = file }

  func bytes(_ range: Range<Int32>) -> ArraySlice<UInt8> { pool[Int(range.lowerBound)..<Int(range.upperBound)] }
  func string(_ range: Range<Int32>) -> String { String(decoding: bytes(range), as: UTF8.self) }

  func position(of node: Int32) -> SourcePosition {
    let node = nodes[Int(node)]
    return SourcePosition(file: file, line: Int(node.line), column: Int(node.column))
  }

  /// The node after `node` in reading order that is not below it, or -1; stays below `root`.
  func nodeAfter(_ node: Int32, below root: Int32) -> Int32 {
    var node = node
    while node != root {
      let next = nodes[Int(node)].next
      if next >= 0 { return next }
      node = nodes[Int(node)].parent
    }
    return -1
  }

  /// The next node in reading order below `root`, or -1.
  func nodeInReadingOrder(_ node: Int32, below root: Int32) -> Int32 {
    let child = nodes[Int(node)].firstChild
    return child >= 0 ? child : nodeAfter(node, below: root)
  }

  /// Text and code below a node, marks left out; breaks are blanks.
  func plainText(of root: Int32) -> String {
    var out: [UInt8] = []
    var node = nodes[Int(root)].firstChild
    while node >= 0 {
      switch nodes[Int(node)].kind {
      case .text, .code: out += bytes(nodes[Int(node)].literal)
      case .softBreak, .lineBreak: out.append(0x20)
      case .footnoteDefinition, .footnoteReference: break
      default: if isBlock(nodes[Int(node)].kind), out.last != 0x20, !out.isEmpty { out.append(0x20) }
      }
      node = nodeInReadingOrder(node, below: root)
    }
    return String(decoding: out, as: UTF8.self)
  }

  private func isBlock(_ kind: Kind) -> Bool {
    switch kind {
    case .text, .softBreak, .lineBreak, .code, .htmlInline, .emphasis, .strong, .strikethrough, .link, .image,
      .footnoteReference:
      false
    default: true
    }
  }

  /// The text of the first paragraph that is more than a directive, for descriptions; nil where there is none.
  package var firstParagraph: String? {
    var node = nodes.first?.firstChild ?? -1
    while node >= 0 {
      if nodes[Int(node)].kind == .paragraph, directiveNodes(in: node) == nil {
        let text = singleSpaced(plainText(of: node))
        if !text.isEmpty { return text }
      }
      node = nodes[Int(node)].next
    }
    return nil
  }

  /// All words of the page without marks, for search.
  package var plainText: String { nodes.isEmpty ? "" : plainText(of: 0) }

  /// The images of a paragraph that holds nothing but directives; nil for any other paragraph.
  func directiveNodes(in paragraph: Int32) -> [Int32]? {
    var found: [Int32] = []
    var node = nodes[Int(paragraph)].firstChild
    while node >= 0 {
      switch nodes[Int(node)].kind {
      case .softBreak, .lineBreak: break
      case .text where bytes(nodes[Int(node)].literal).allSatisfy { $0 == 0x20 || $0 == 0x09 }: break
      case .htmlInline where isComment(node): break
      case .image where directiveKind(of: node) != nil: found.append(node)
      default: return nil
      }
      node = nodes[Int(node)].next
    }
    return found.isEmpty ? nil : found
  }

  func isComment(_ node: Int32) -> Bool {
    withoutComments(bytes(nodes[Int(node)].literal))?.allSatisfy { $0 <= 0x20 } ?? false
  }

  func directiveKind(of image: Int32) -> MarkdownDirective.Kind? {
    let url = bytes(nodes[Int(image)].url)
    if url.starts(with: "figure:".utf8) { return .figure }
    return url.starts(with: "table:".utf8) ? .table : nil
  }

  func directive(at node: Int32) -> MarkdownDirective {
    let url = string(nodes[Int(node)].url)
    return MarkdownDirective(
      kind: directiveKind(of: node) ?? .figure, reference: String(url.drop { $0 != ":" }.dropFirst()),
      caption: plainText(of: node), title: string(nodes[Int(node)].title), position: position(of: node))
  }

  func link(at node: Int32) -> MarkdownLink {
    MarkdownLink(
      url: string(nodes[Int(node)].url), title: string(nodes[Int(node)].title), text: plainText(of: node),
      position: position(of: node))
  }

  func image(at node: Int32) -> MarkdownImage {
    MarkdownImage(
      url: string(nodes[Int(node)].url), title: string(nodes[Int(node)].title), alt: plainText(of: node),
      position: position(of: node))
  }
}

/// Words with one blank between them. Most text is ASCII, where a blank is a byte.
private func singleSpaced(_ text: String) -> String {
  guard text.utf8.allSatisfy({ $0 < 0x80 }) else {
    return text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
  var out: [UInt8] = []
  out.reserveCapacity(text.utf8.count)
  var isPending = false
  for byte in text.utf8 {
    if byte == 0x20 || (0x09...0x0D).contains(byte) {
      isPending = !out.isEmpty
    } else {
      if isPending { out.append(0x20) }
      isPending = false
      out.append(byte)
    }
  }
  return String(decoding: out, as: UTF8.self)
}
