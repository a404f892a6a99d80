/// Text as it stands between tags of HTML.
///
/// - Parameter text: Anything. Control characters, which HTML does not take, become U+FFFD.
package func escapeHTML(_ text: String) -> String {
  var out = HTMLBuffer()
  out.escaped(text.utf8)
  return out.text
}

/// Text as it stands in an attribute value within double (or single) quotes; the same rules as `escapeHTML`.
package func escapeAttribute(_ text: String) -> String { escapeHTML(text) }

/// A value from data set into Markdown so that it reads as that very text, whatever characters it has.
///
/// Every punctuation mark of ASCII gets a backslash, so that nothing is marked up and no block begins. Line ends,
/// tabs and other control characters become blanks: a value stands in a line. Leading and closing blanks are written as
/// references, which Markdown does not trim. Web addresses, found by GFM also in plain words, are hidden from it by
/// references to their dots and colons; mail addresses by a stand-in for the at-sign, which only `MarkdownDocument` undoes.
package func escapeMarkdown(_ value: String) -> String {
  var out: [UInt8] = []
  let bytes = Array(value.utf8)
  out.reserveCapacity(bytes.count + bytes.count / 2)
  let firstWord = bytes.firstIndex { $0 > 0x20 } ?? bytes.count
  let lastWord = bytes.lastIndex { $0 > 0x20 } ?? -1
  for (offset, byte) in bytes.enumerated() {
    switch byte {
    case 0...0x20, 0x7F:
      if offset < firstWord || offset > lastWord || (offset > 0 && bytes[offset - 1] <= 0x20) {
        out += "&#32;".utf8
      } else {
        out.append(0x20)
      }
    // A backslash would not keep the search for addresses from finding them, a reference does.
    case UInt8(ascii: "."): out += "&#46;".utf8
    case UInt8(ascii: ":"): out += "&#58;".utf8
    case UInt8(ascii: "@"): out += atSignStandIn
    case 0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E:
      out.append(UInt8(ascii: "\\"))
      out.append(byte)
    default: out.append(byte)
    }
  }
  return String(decoding: out, as: UTF8.self)
}

/// U+FDD0, which is no character and stands in no text. cmark-gfm looks for mail addresses in finished text, where every
/// escape is gone already.
let atSignStandIn: [UInt8] = [0xEF, 0xB7, 0x90]

/// Bytes of HTML on their way out.
struct HTMLBuffer {
  private(set) var bytes: [UInt8] = []

  var text: String { String(decoding: bytes, as: UTF8.self) }

  /// Finished HTML.
  mutating func raw(_ html: StaticString) {
    html.withUTF8Buffer { bytes.append(contentsOf: $0) }
  }

  /// Finished HTML.
  mutating func raw(_ html: some Sequence<UInt8>) { bytes.append(contentsOf: html) }

  mutating func raw(_ number: Int) { bytes.append(contentsOf: String(number).utf8) }

  /// Text, escaped for content and for quoted attributes.
  mutating func escaped(_ text: some Collection<UInt8>) {
    let done: Void? = text.withContiguousStorageIfAvailable { escapedRun($0) }
    if done == nil { Array(text).withUnsafeBufferPointer { escapedRun($0) } }
  }

  private mutating func escapedRun(_ text: UnsafeBufferPointer<UInt8>) {
    var start = 0
    var offset = 0
    while offset < text.count {
      let byte = text[offset]
      guard byte < 0x40 || byte == 0x7F || byte == 0xC2, let replacement = replacement(of: byte, at: offset, in: text)
      else {
        offset += 1
        continue
      }
      bytes.append(contentsOf: text[start..<offset])
      raw(replacement)
      offset += byte == 0xC2 ? 2 : 1
      start = offset
    }
    bytes.append(contentsOf: text[start...])
  }

  private func replacement(of byte: UInt8, at offset: Int, in text: UnsafeBufferPointer<UInt8>) -> StaticString? {
    switch byte {
    case UInt8(ascii: "&"): "&amp;"
    case UInt8(ascii: "<"): "&lt;"
    case UInt8(ascii: ">"): "&gt;"
    case UInt8(ascii: "\""): "&quot;"
    case UInt8(ascii: "'"): "&#39;"
    case 0x09, 0x0A: nil
    case 0x0D: offset + 1 < text.count && text[offset + 1] == 0x0A ? "" : "\n"
    case 0...0x1F, 0x7F: "\u{FFFD}"
    case 0xC2: offset + 1 < text.count && text[offset + 1] < 0xA0 ? "\u{FFFD}" : nil
    default: nil
    }
  }

  /// A URL for an attribute: what a URL cannot hold becomes %XX, then escaped as text.
  mutating func url(_ url: some Collection<UInt8>) {
    for byte in url {
      switch byte {
      case UInt8(ascii: "&"): raw("&amp;")
      case UInt8(ascii: "'"): raw("&#39;")
      case 0...0x20, 0x7F...0xFF, 0x22, 0x3C, 0x3E, 0x5C, 0x5E, 0x60, 0x7B...0x7D, 0x5B, 0x5D:
        bytes.append(UInt8(ascii: "%"))
        bytes.append(hexDigit(byte >> 4))
        bytes.append(hexDigit(byte & 15))
      default: bytes.append(byte)
      }
    }
  }
}

private func hexDigit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 + value : 0x37 + value }
