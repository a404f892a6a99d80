import Diagnostics
import Settings

/// The bounds on a YAML text. What a person writes stays far below them; what is built to exhaust a reader does not.
enum YAMLLimit {
  /// Size of the text in bytes of UTF-8.
  static let bytes = 4 << 20
  /// Lists and maps inside one another, aliases written out.
  static let depth = 64
  /// Scalars, lists and maps, aliases written out.
  static let nodes = 100_000
}

/// Reads one YAML document into a tree of positioned settings.
///
/// Scalars stay text; lists, maps, quotes, block texts, anchors and aliases mean what YAML 1.2 says. Not taken:
/// further documents, tags (`!x`), merge keys (`<<`), keys that are lists or maps, keys written twice.
///
/// - Parameters:
///   - file: What positions name.
///   - firstLine: The line of `file` on which `text` begins, 1 or more.
/// - Returns: The tree, nil where the text is empty or broken beyond reading, and everything found to be wrong. With
///   errors the tree holds what could be read, so that a reader of settings can report more.
package func parseYAML(_ text: String, file: String, firstLine: Int = 1) -> (Setting?, [Diagnostic]) {
  var bytes = Array(text.utf8)
  if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
  guard bytes.count <= YAMLLimit.bytes else {
    let problem = Diagnostic(
      "yaml.too-large", at: SourcePosition(file: file),
      "a YAML text has at most \(grouped(YAMLLimit.bytes)) bytes, and this one has \(grouped(bytes.count))",
      hint: "keep data in CSV files and name them under 'data:'")
    return (nil, [problem])
  }
  if let problem = forbiddenCharacter(in: bytes, file: file, firstLine: firstLine) { return (nil, [problem]) }
  var composer = YAMLComposer(file: file, firstLine: firstLine)
  let tree = composer.compose(bytes)
  return (tree, composer.diagnostics)
}

/// YAML takes no control characters but tab and line ends.
private func forbiddenCharacter(in bytes: [UInt8], file: String, firstLine: Int) -> Diagnostic? {
  var line = firstLine
  var column = 1
  for (offset, byte) in bytes.enumerated() {
    var code = UInt32(byte)
    // C1 controls are C2 80 to C2 9F; next line (85) is a line end.
    if byte == 0xC2, offset + 1 < bytes.count, bytes[offset + 1] < 0xA0, bytes[offset + 1] != 0x85 {
      code = UInt32(bytes[offset + 1])
    } else if byte == 0xEF, offset + 2 < bytes.count, bytes[offset + 1] == 0xBF, bytes[offset + 2] > 0xBD {
      code = 0xFFC0 + UInt32(bytes[offset + 2]) - 0x80
    } else if (byte >= 0x20 && byte != 0x7F) || byte == 0x09 || byte == 0x0A || byte == 0x0D {
      if byte == 0x0A || (byte == 0x0D && (offset + 1 == bytes.count || bytes[offset + 1] != 0x0A)) {
        line += 1
        column = 1
      } else if byte & 0xC0 != 0x80 {
        column += 1
      }
      continue
    }
    return Diagnostic(
      "yaml.control-character", at: SourcePosition(file: file, line: line, column: column),
      "YAML has no control characters but tab and line end, and here stands U+\(fourHexDigits(code))",
      hint: "delete the character, or save the file as UTF-8 text")
  }
  return nil
}

func fourHexDigits(_ code: UInt32) -> String {
  let digits = String(code, radix: 16, uppercase: true)
  return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
}

extension Diagnostic {
  /// An error, for rooms that report nothing milder.
  init(_ id: String, at position: SourcePosition, _ message: String, hint: String? = nil) {
    self.init(.error, id, at: position, message, hint: hint)
  }
}
