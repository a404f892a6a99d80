import Diagnostics

/// How a document becomes HTML.
package struct MarkdownRendering: Sendable {
  /// Added to every heading's level; levels stop at 6.
  package var headingOffset = 0
  /// Set before every id of a heading or footnote, for several pages in one.
  package var anchorPrefix = ""
  package var words = MarkdownWords()
  /// Asked for each attribute of raw HTML that names a place (`id`, `href`, `src`, `for`, `aria-labelledby`, …), where HTML is allowed and
  /// the page becomes a part of another: what it is there, or nil to leave it out.
  package var rawAttribute: (@Sendable (_ name: String, _ value: String) -> String?)?

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
