import Diagnostics
import Markup

/// What the rest of the site knows of a page's text: enough to number its figures and to lead to its headings without reading it.
///
/// A class, as ten thousand of them are handed around.
final class PageSummary: Sendable {
  let headings: [MarkdownHeading]
  let directives: [MarkdownDirective]
  /// Every id its HTML has besides those of figures and tables.
  let anchors: [String]
  let firstParagraph: String?

  init(
    headings: [MarkdownHeading], directives: [MarkdownDirective], anchors: [String], firstParagraph: String?
  ) {
    self.headings = headings
    self.directives = directives
    self.anchors = anchors
    self.firstParagraph = firstParagraph
  }

  init(_ document: MarkdownDocument) {
    headings = document.headings
    directives = document.directives
    anchors = document.anchors
    firstParagraph = document.firstParagraph
  }

  /// The page's title is its first heading; one written as '#' comes below it.
  var headingOffset: Int { headings.contains { $0.level == 1 } ? 1 : 0 }
}

extension Packer {
  mutating func add(_ position: SourcePosition) {
    add(position.line)
    add(position.column)
  }

  mutating func add(_ summary: PageSummary) {
    add(summary.headings) {
      $0.add($1.level)
      $0.add($1.text)
      $0.add($1.anchor)
      $0.add($1.position)
    }
    add(summary.directives) {
      $0.add($1.kind == .figure)
      $0.add($1.reference)
      $0.add($1.caption)
      $0.add($1.title)
      $0.add($1.position)
    }
    // Those of headings, in their order, are most of them.
    let own = summary.headings.map(\.anchor)
    let isPlain = summary.anchors == own
    add(isPlain)
    if !isPlain { add(summary.anchors) { $0.add($1) } }
    add(summary.firstParagraph)
  }
}

extension Unpacker {
  mutating func position(file: String) throws(Damaged) -> SourcePosition {
    SourcePosition(file: file, line: try integer(), column: try integer())
  }

  mutating func summary(file: String) throws(Damaged) -> PageSummary {
    let headings = try list { (r) throws(Damaged) in
      MarkdownHeading(
        level: try r.integer(), text: try r.text(), anchor: try r.text(), position: try r.position(file: file))
    }
    let directives = try list { (r) throws(Damaged) in
      MarkdownDirective(
        kind: try r.truth() ? .figure : .table, reference: try r.text(), caption: try r.text(), title: try r.text(),
        position: try r.position(file: file))
    }
    let anchors = try truth() ? headings.map(\.anchor) : try list { (r) throws(Damaged) in try r.text() }
    return PageSummary(
      headings: headings, directives: directives, anchors: anchors, firstParagraph: try optionalText())
  }
}
