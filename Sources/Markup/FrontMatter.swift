import Diagnostics
import Settings

/// Divides the source of a page into its front matter and its Markdown.
///
/// Front matter stands between a first line `---` and the next line `---`; a page may have none. A byte-order mark
/// before it and line ends of any kind are fine.
///
/// - Returns: The front matter as a map (nil where there is none, or it is empty or broken), the Markdown, the line of
///   the file on which the Markdown begins, and what is wrong. Without the closing line the Markdown is empty.
package func splitFrontMatter(
  _ text: String, file: String
) -> (frontMatter: Setting?, body: String, bodyFirstLine: Int, diagnostics: [Diagnostic]) {
  var bytes = Array(text.utf8)
  if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
  var lines = LineReader(bytes: bytes)
  guard let first = lines.next(), isFence(bytes[first]) else {
    return (nil, String(decoding: bytes, as: UTF8.self), 1, [])
  }
  let start = lines.offset
  while let line = lines.next() {
    guard isFence(bytes[line]) else { continue }
    let yaml = String(decoding: bytes[start..<line.lowerBound], as: UTF8.self)
    let body = String(decoding: bytes[lines.offset...], as: UTF8.self)
    var (tree, diagnostics) = parseYAML(yaml, file: file, firstLine: 2)
    if let found = tree, !found.isNull {
      if case .map = found.value {
      } else {
        diagnostics.append(
          Diagnostic(
            "page.front-matter", at: found.position, "front matter is a map of keys and values, and this is none",
            hint: "write 'title: …'"))
        tree = nil
      }
    } else {
      tree = nil
    }
    return (tree, body, lines.number + 1, diagnostics)
  }
  let open = Diagnostic(
    "page.front-matter-open", at: SourcePosition(file: file, line: 1, column: 1),
    "front matter that '---' opens is closed by another line '---', and here is none",
    hint: "add the line, or write '***' for a rule across the page")
  return (nil, "", 1, [open])
}

private func isFence(_ line: ArraySlice<UInt8>) -> Bool {
  line.starts(with: "---".utf8) && line.dropFirst(3).allSatisfy { $0 == 0x20 || $0 == 0x09 }
}

/// Goes through the lines of a text; ends are LF, CRLF or CR.
private struct LineReader {
  let bytes: [UInt8]
  /// Where the next line begins.
  private(set) var offset = 0
  /// Lines read.
  private(set) var number = 0

  init(bytes: [UInt8]) { self.bytes = bytes }

  /// The next line without its end.
  mutating func next() -> Range<Int>? {
    guard offset < bytes.count else { return nil }
    var end = offset
    while end < bytes.count, bytes[end] != 0x0A, bytes[end] != 0x0D { end += 1 }
    let line = offset..<end
    if end + 1 < bytes.count, bytes[end] == 0x0D, bytes[end + 1] == 0x0A { end += 1 }
    offset = min(end + 1, bytes.count)
    number += 1
    return line
  }
}
