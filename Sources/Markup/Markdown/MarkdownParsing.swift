import CCmarkGFM
import Diagnostics
import Synchronization

/// How a page's Markdown is read.
package struct MarkdownOptions: Sendable {
  /// Raw HTML is an error unless this is true.
  package var allowsHTML = false
  /// The line of the file on which the text begins, 1 or more.
  package var firstLine = 1
  /// Ids that the page has besides its headings.
  package var reservedAnchors: [String] = []

  package init(allowsHTML: Bool = false, firstLine: Int = 1, reservedAnchors: [String] = []) {
    self.allowsHTML = allowsHTML
    self.firstLine = firstLine
    self.reservedAnchors = reservedAnchors
  }
}

/// cmark-gfm keeps the special characters of its extensions in global tables that each parse sets and clears:
/// two parses at once silently spoil one another.
private let parserLock = Mutex<Bool>(false)

extension MarkdownDocument {
  /// Reads CommonMark with GFM's tables, task lists, strikethrough and bare addresses, and footnotes.
  ///
  /// - Parameters:
  ///   - file: What positions name, relative to the study folder.
  ///   - lineMap: From a line of `text` (counted from `firstLine`) to the line of the file it came from, for texts in
  ///     which templates were expanded.
  /// - Returns: The document, and everything wrong in it: raw HTML, unsafe addresses, directives inside a line,
  ///   images without text. A text that is too large or too deeply nested gives an empty document.
  package static func parse(
    _ text: String, file: String, options: MarkdownOptions = MarkdownOptions(), lineMap: @escaping (Int) -> Int = { $0 }
  ) -> (MarkdownDocument, [Diagnostic]) {
    var document = MarkdownDocument(file: file)
    document.allowsHTML = options.allowsHTML
    var bytes = Array(text.utf8)
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
    if var problem = excess(of: bytes, file: file) {
      if let line = problem.position?.line, line > 0 { problem.position?.line = lineMap(line + options.firstLine - 1) }
      return (document, [problem])
    }
    guard let root = parseWithCmark(bytes) else {
      return (document, [Diagnostic("markdown.too-large", at: SourcePosition(file: file), "a page fits into memory")])
    }
    defer { cmark_node_free(root) }
    var builder = MarkdownTreeBuilder(document, source: bytes) { lineMap($0 + options.firstLine - 1) }
    if let problem = builder.build(from: root) { return (MarkdownDocument(file: file), [problem]) }
    var check = MarkdownCheck(builder.document, reserved: options.reservedAnchors)
    check.run()
    return (check.document, check.diagnostics)
  }
}

private func parseWithCmark(_ bytes: [UInt8]) -> OpaquePointer? {
  parserLock.withLock { registered -> SendablePointer in
    if !registered {
      cmark_gfm_core_extensions_ensure_registered()
      registered = true
    }
    guard let parser = cmark_parser_new(CMARK_OPT_FOOTNOTES) else { return SendablePointer(nil) }
    defer { cmark_parser_free(parser) }
    for name in ["table", "strikethrough", "autolink", "tasklist"] {
      if let syntax = cmark_find_syntax_extension(name) { cmark_parser_attach_syntax_extension(parser, syntax) }
    }
    bytes.withUnsafeBytes { buffer in
      cmark_parser_feed(parser, buffer.baseAddress?.assumingMemoryBound(to: CChar.self), buffer.count)
    }
    return SendablePointer(cmark_parser_finish(parser))
  }.pointer
}

/// A finished tree has one owner, so it may leave the lock.
private struct SendablePointer: @unchecked Sendable {
  let pointer: OpaquePointer?
  init(_ pointer: OpaquePointer?) { self.pointer = pointer }
}
