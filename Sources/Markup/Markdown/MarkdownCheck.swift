import Diagnostics

/// Looks a document through once: what is wrong in it, and what pages want to know of it.
struct MarkdownCheck {
  private(set) var document: MarkdownDocument
  private(set) var diagnostics: [Diagnostic] = []
  private var anchors: MarkdownAnchors
  private let reserved: [String]
  /// The paragraph looked at last, and whether it holds nothing but directives; it may hold thousands.
  private var paragraph: (node: Int32, isOfDirectives: Bool) = (-1, false)

  init(_ document: MarkdownDocument, reserved: [String]) {
    self.document = document
    self.reserved = reserved
    anchors = MarkdownAnchors(reserved: reserved)
  }

  mutating func run() {
    // Ids of raw HTML come first: headings can step aside, they cannot.
    for node in document.nodes.indices where document.allowsHTML {
      if document.nodes[node].kind == .htmlBlock || document.nodes[node].kind == .htmlInline {
        document.anchors += idsInHTML(document.bytes(document.nodes[node].literal))
      }
    }
    anchors = MarkdownAnchors(reserved: reserved + document.anchors)
    var references: [String: Int] = [:]
    for number in document.nodes.indices {
      let node = Int32(number)
      switch document.nodes[number].kind {
      case .heading(let level): addHeading(node, level: level)
      case .htmlBlock, .htmlInline: checkHTML(node)
      case .link: checkLink(node)
      case .image: checkImage(node)
      case .footnoteReference:
        let name = document.string(document.nodes[number].literal)
        references[name, default: 0] += 1
        document.anchors.append(footnoteReferenceID(name, references[name, default: 1]))
      case .footnoteDefinition:
        document.anchors.append("footnote-" + document.string(document.nodes[number].literal))
      default: break
      }
    }
  }

  private mutating func addHeading(_ node: Int32, level: Int) {
    let text = document.plainText(of: node)
    if text.allSatisfy(\.isWhitespace) {
      diagnostics.append(
        Diagnostic(
          .caution, "markdown.empty-heading", at: document.position(of: node),
          "a heading has words, and this one has none"
        ))
    }
    let anchor = anchors.anchor(for: text)
    document.anchorOfNode[node] = anchor
    document.anchors.append(anchor)
    document.headings.append(
      MarkdownHeading(level: level, text: text, anchor: anchor, position: document.position(of: node)))
  }

  private mutating func checkHTML(_ node: Int32) {
    let html = document.bytes(document.nodes[Int(node)].literal)
    guard let rest = withoutComments(html) else {
      report("markdown.open-comment", node, "a comment is closed by '-->', and this one is not")
      return
    }
    let isBlank = rest.allSatisfy { $0 <= 0x20 }
    if isBlank || document.allowsHTML { return }
    let found = String(decoding: rest.drop { $0 <= 0x20 }.prefix(40).prefix { $0 != 0x0A }, as: UTF8.self)
    if !found.hasPrefix("<") {
      report(
        "markdown.raw-html", node,
        "a comment at the start of a line has the line to itself, and here follows '\(found)'",
        hint: "begin the text on the next line, after an empty one")
      return
    }
    report(
      "markdown.raw-html", node, "a page holds Markdown without HTML, and here stands '\(found)'",
      hint: "write '&lt;' for a plain '<', or set 'allow_html: true' in the front matter")
  }

  private mutating func checkLink(_ node: Int32) {
    let link = document.link(at: node)
    document.links.append(link)
    if document.directiveKind(of: node) != nil {
      report(
        "markdown.unsafe-link", node, "figures and tables are set in by '![caption](\(link.url))', and this is a link",
        hint: "write '!' before it, or link to its label: '[](#fig-…)'")
    } else if link.url.isEmpty {
      report("markdown.empty-link", node, "a link leads somewhere, and '[\(link.text)]()' has no address")
    } else if !LinkScheme(link.url.utf8).isSafeForLinks {
      report(
        "markdown.unsafe-link", node,
        "links are relative or begin with https:, http:, mailto: or tel:, and here stands '\(link.url.prefix(60))'")
    }
  }

  private mutating func checkImage(_ node: Int32) {
    if document.directiveKind(of: node) != nil {
      let directive = document.directive(at: node)
      document.directives.append(directive)
      let parent = document.nodes[Int(node)].parent
      if paragraph.node != parent {
        let isParagraph = document.nodes[Int(parent)].kind == .paragraph
        paragraph = (parent, isParagraph && document.directiveNodes(in: parent) != nil)
      }
      if !paragraph.isOfDirectives {
        report(
          "markdown.inline-directive", node,
          "figures and tables stand alone in their paragraph, and '\(directive.kind):\(directive.reference)' does not",
          hint: "put an empty line before and after it")
      }
      return
    }
    let image = document.image(at: node)
    document.images.append(image)
    if image.url.isEmpty {
      report("markdown.empty-link", node, "an image has an address, and '![\(image.alt)]()' has none")
    } else if !LinkScheme(image.url.utf8).isSafeForImages {
      report(
        "markdown.unsafe-link", node,
        "images are files of the study or begin with https: or http:, and here stands '\(image.url.prefix(60))'")
    }
    if image.alt.allSatisfy(\.isWhitespace) {
      diagnostics.append(
        Diagnostic(
          .caution, "markdown.image-without-alt", at: image.position,
          "an image has a text for those who cannot see it, and '\(image.url.prefix(60))' has none",
          hint: "write what it shows between the brackets"))
    }
  }

  private mutating func report(_ id: String, _ node: Int32, _ message: String, hint: String? = nil) {
    diagnostics.append(Diagnostic(id, at: document.position(of: node), message, hint: hint))
  }
}

/// The id of the place where a footnote is named, so that the note can lead back to it.
func footnoteReferenceID(_ name: String, _ occurrence: Int) -> String {
  occurrence == 1 ? "footnote-\(name)-back" : "footnote-\(name)-back-\(occurrence)"
}
