import Mustache

/// Values in templates, escaped for HTML byte by byte.
///
/// swift-mustache's own escaping goes by Characters, and a quotation mark with a combining accent behind it is another Character than the
/// mark alone: it would end an attribute.
struct HTMLValues: MustacheContentType {
  static let name = "VALUES"

  /// Set before every template. A line of its own, which the renderer drops.
  static let pragma = "{{% CONTENT_TYPE: \(name)}}\n"

  static func register() { MustacheContentTypes.register(HTMLValues(), named: name) }

  func escapeText(_ text: String) -> String {
    var out: [UInt8] = []
    out.reserveCapacity(text.utf8.count + 16)
    Self.escape(text, &out)
    return String(decoding: out, as: UTF8.self)
  }

  static func escape(_ text: String, _ out: inout [UInt8]) {
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "<"): out += "&lt;".utf8
      case UInt8(ascii: ">"): out += "&gt;".utf8
      case UInt8(ascii: "&"): out += "&amp;".utf8
      case UInt8(ascii: "\""): out += "&quot;".utf8
      case UInt8(ascii: "'"): out += "&#39;".utf8
      default: out.append(byte)
      }
    }
  }
}
