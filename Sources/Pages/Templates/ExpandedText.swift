import Markup
import Mustache

/// Markdown with its tags expanded, and where each line came from.
package struct ExpandedText: Sendable {
  package var text: String
  /// Source line of each line of `text`.
  package var lines: [Int]

  init(_ text: String, firstLine: Int) {
    self.text = text
    lines = Array(firstLine...(firstLine + text.utf8.reduce(0) { $1 == 0x0A ? $0 + 1 : $0 }))
  }

  init(text: String, lines: [Int]) {
    self.text = text
    self.lines = lines
  }

  /// The source line of a 1-based line of `text`.
  package func source(ofLine line: Int) -> Int {
    lines.indices.contains(line - 1) ? lines[line - 1] : lines.last ?? line
  }
}

/// Values in prose come out as literal words.
struct MarkdownValues: MustacheContentType {
  static let name = "MARKDOWN"

  func escapeText(_ text: String) -> String { escapeMarkdown(text) }

  static func register() { MustacheContentTypes.register(MarkdownValues(), named: name) }
}

/// Marks put at the end of source lines before they are expanded, and taken away after, so that each line of the result is known
/// to come from one of the source. The signs are noncharacters of Unicode, which no text may hold.
enum LineMarks {
  private static let open = String(decoding: [0xEF, 0xB7, 0x90] as [UInt8], as: UTF8.self)
  private static let close = String(decoding: [0xEF, 0xB7, 0x91] as [UInt8], as: UTF8.self)

  /// - Parameter takesOut: Lines without a tag are left to `unmark` and only their mark stays: a template reads its words letter
  ///   by letter, and most of a page is none of its business.
  static func mark(_ text: String, firstLine: Int, takesOut: Bool = false) -> String {
    var out = ""
    // By scalars: CR LF is one Character, and a page saved on Windows would be one line.
    for (offset, part) in text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      let line = Substring(part)
      if offset > 0 { out += "\n" }
      if takesOut, line.utf8.count > 8, !hasBraces(line) {
        out += "\(open)\(firstLine + offset)!\(close)"
        continue
      }
      out += line
      // A line that is only a section tag must stay so: the renderer then drops it.
      if !isStandalone(line) { out += "\(open)\(firstLine + offset)\(close)" }
    }
    return out
  }

  /// A comment may begin on an earlier line and end on this one.
  private static func hasBraces(_ line: Substring) -> Bool {
    line.utf8.contains { $0 == UInt8(ascii: "{") || $0 == UInt8(ascii: "}") }
  }

  private static func isStandalone(_ line: Substring) -> Bool {
    let bytes = Array(line.utf8).filter { $0 != 0x20 && $0 != 0x09 && $0 != 0x0D }
    let braces = [UInt8](repeating: UInt8(ascii: "{"), count: 2)
    guard bytes.count > 4, bytes.starts(with: braces), bytes.suffix(2).elementsEqual("}}".utf8),
      "#^/!><$".utf8.contains(bytes[2])
    else { return false }
    // Two tags on a line, or words between them, leave the line standing.
    return bytes.indices.dropFirst(2).dropLast().allSatisfy { !bytes[$0...].starts(with: braces) }
  }

  /// - Parameter source: The text that was marked.
  static func unmark(_ text: String, firstLine: Int, source: String = "") -> ExpandedText {
    let taken = Array(source.utf8).split(separator: 0x0A, omittingEmptySubsequences: false)
    var lines: [Int] = []
    var out: [UInt8] = []
    out.reserveCapacity(text.utf8.count)
    var last = firstLine
    let bytes = Array(text.utf8)
    var at = 0
    while at < bytes.count {
      // U+FDD0 is EF B7 90 and U+FDD1 is EF B7 91.
      if bytes[at] == 0xEF, at + 2 < bytes.count, bytes[at + 1] == 0xB7, bytes[at + 2] == 0x90 {
        at += 3
        var number = 0
        while at < bytes.count, (0x30...0x39).contains(bytes[at]) {
          number = number &* 10 &+ Int(bytes[at] - 0x30)
          at += 1
        }
        if at < bytes.count, bytes[at] == UInt8(ascii: "!") {
          at += 1
          let (offset, overflow) = number.subtractingReportingOverflow(firstLine)
          if !overflow, taken.indices.contains(offset) { out += taken[offset] }
        }
        if at + 2 < bytes.count, bytes[at] == 0xEF { at += 3 }
        last = number
        continue
      }
      if bytes[at] == 0x0A { lines.append(last) }
      out.append(bytes[at])
      at += 1
    }
    lines.append(last)
    return ExpandedText(text: String(decoding: out, as: UTF8.self), lines: lines)
  }
}
