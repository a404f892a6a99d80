/// A page as search knows it.
struct SearchEntry: Sendable {
  /// Path in the site.
  var path: String
  var title: String
  var headings: [(anchor: String, text: String)]
  var text: String

  /// `["segments/index.html","Segments",[["who","Who"]],"…"]`
  var line: [UInt8] {
    var out: [UInt8] = [UInt8(ascii: "[")]
    out.reserveCapacity(text.utf8.count + text.utf8.count / 16 + 200)
    Self.quote(Self.address(path), &out)
    out.append(UInt8(ascii: ","))
    Self.quote(title, &out)
    out += ",[".utf8
    for (number, heading) in headings.enumerated() {
      if number > 0 { out.append(UInt8(ascii: ",")) }
      out.append(UInt8(ascii: "["))
      Self.quote(heading.anchor, &out)
      out.append(UInt8(ascii: ","))
      Self.quote(heading.text, &out)
      out.append(UInt8(ascii: "]"))
    }
    out += "],".utf8
    Self.quote(text, &out)
    out.append(UInt8(ascii: "]"))
    return out
  }

  /// Percent-encoded where a path is no address as it stands.
  private static func address(_ path: String) -> String {
    var out = ""
    for byte in path.utf8 {
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "~"), UInt8(ascii: "/"):
        out.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        let digits = String(byte, radix: 16, uppercase: true)
        out += "%" + (digits.utf8.count == 1 ? "0" : "") + digits
      }
    }
    return out
  }

  /// A JSON string that is a JavaScript string, too, and closes no script.
  static func quoted(_ text: String) -> String {
    var out: [UInt8] = []
    quote(text, &out)
    return String(decoding: out, as: UTF8.self)
  }

  private static func quote(_ text: String, _ out: inout [UInt8]) {
    out.append(UInt8(ascii: "\""))
    var text = text
    text.withUTF8 { bytes in
      for (at, byte) in bytes.enumerated() {
        switch byte {
        case UInt8(ascii: "\""): out += "\\\"".utf8
        case UInt8(ascii: "\\"): out += "\\\\".utf8
        case UInt8(ascii: "<"): out += "\\u003c".utf8
        case UInt8(ascii: ">"): out += "\\u003e".utf8
        case UInt8(ascii: "&"): out += "\\u0026".utf8
        // The separators of lines and paragraphs, E2 80 A8 and A9, end a line of JavaScript.
        case 0xA8, 0xA9:
          if at >= 2, bytes[at - 1] == 0x80, bytes[at - 2] == 0xE2 {
            out.removeLast(2)
            out += (byte == 0xA8 ? "\\u2028" : "\\u2029").utf8
          } else {
            out.append(byte)
          }
        case 0..<0x20: out.append(0x20)
        default: out.append(byte)
        }
      }
    }
    out.append(UInt8(ascii: "\""))
  }
}
