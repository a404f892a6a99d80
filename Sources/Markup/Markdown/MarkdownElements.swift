import Diagnostics

/// A heading of a page, for its table of contents.
package struct MarkdownHeading: Sendable, Hashable {
  /// 1 to 6, as written.
  package var level: Int
  /// Without marks of emphasis and the like.
  package var text: String
  /// Unique on the page; see `MarkdownAnchors`.
  package var anchor: String
  package var position: SourcePosition

  package init(level: Int, text: String, anchor: String, position: SourcePosition) {
    self.level = level
    self.text = text
    self.anchor = anchor
    self.position = position
  }
}

/// A link as written: `[text](url "title")`, `<url>` or a bare address.
package struct MarkdownLink: Sendable, Hashable {
  package var url: String
  package var title: String
  /// What stands between the brackets, without marks; empty for `[](#label)`.
  package var text: String
  package var position: SourcePosition
}

/// An image as written: `![alt](url "title")`.
package struct MarkdownImage: Sendable, Hashable {
  package var url: String
  package var title: String
  /// The text in its stead, without marks.
  package var alt: String
  package var position: SourcePosition
}

/// An image whose address is `figure:…` or `table:…` and that stands alone in its paragraph.
package struct MarkdownDirective: Sendable, Hashable {
  package enum Kind: String, Sendable, Hashable {
    case figure
    case table
  }

  package var kind: Kind
  /// What follows the colon: `brand-map` or `brand-map/brands`.
  package var reference: String
  /// What stands between the brackets, without marks.
  package var caption: String
  package var title: String
  package var position: SourcePosition

  package init(kind: Kind, reference: String, caption: String, title: String, position: SourcePosition) {
    self.kind = kind
    self.reference = reference
    self.caption = caption
    self.title = title
    self.position = position
  }
}

/// Where a link leads in the finished page.
package struct MarkdownTarget: Sendable, Hashable {
  /// Relative, a fragment, or with one of the schemes a link may have; not escaped. Empty: the words stand there without a link.
  package var url: String
  /// Stands in for the text of a link that has none.
  package var text: String?

  package init(url: String, text: String? = nil) {
    self.url = url
    self.text = text
  }
}

/// Where an image lies in the finished site, and its size in CSS pixels where it is known.
package struct MarkdownImageSource: Sendable, Hashable {
  /// Relative or http(s); not escaped.
  package var url: String
  package var width: Int?
  package var height: Int?
  /// The address is none: it holds the image itself (`data:`), and who answers says that it is safe.
  package var isEmbedded = false

  package init(url: String, width: Int? = nil, height: Int? = nil) {
    self.url = url
    self.width = width
    self.height = height
  }
}

/// What the page knows and Markdown does not: figures, tables, and where links lead. Asked in reading order.
///
/// What is thrown is reported; the text of the link, or the text instead of the image, stands in the page meanwhile.
package protocol MarkdownResolver {
  /// - Returns: Finished block HTML that stands in place of the paragraph.
  mutating func block(for directive: MarkdownDirective) throws(Diagnostic) -> String
  mutating func target(of link: MarkdownLink) throws(Diagnostic) -> MarkdownTarget
  mutating func source(of image: MarkdownImage) throws(Diagnostic) -> MarkdownImageSource
}

/// Leaves links and images as written and knows no figures; for texts that stand outside a site.
package struct PlainMarkdownResolver: MarkdownResolver {
  package init() {}

  package func block(for directive: MarkdownDirective) throws(Diagnostic) -> String {
    throw Diagnostic(
      "markdown.unknown-figure", at: directive.position,
      "a \(directive.kind.rawValue) comes from the study's findings, and here are none")
  }
  package func target(of link: MarkdownLink) throws(Diagnostic) -> MarkdownTarget { MarkdownTarget(url: link.url) }
  package func source(of image: MarkdownImage) throws(Diagnostic) -> MarkdownImageSource {
    MarkdownImageSource(url: image.url)
  }
}

/// The few words that the HTML of a page has and its author did not write.
package struct MarkdownWords: Sendable, Hashable {
  package var footnotes = "Footnotes"
  package var footnote = "Footnote"
  package var backToText = "Back to the text"
  package var table = "Table"
  package var done = "Done"
  package var toDo = "To do"

  package init() {}
}
