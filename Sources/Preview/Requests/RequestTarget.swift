/// The path and query of a request, decoded strictly: what is not spelt right is refused, never mended.
struct RequestTarget: Hashable {
  enum Refusal: Error, Hashable {
    case notAPath, badEscape, forbiddenCharacter, notUTF8, tooLong
  }

  static let limit = 4096

  /// Decoded once; begins with `/`.
  var path: String
  /// As sent, without `?`.
  var query: String
  /// The host of an absolute address, which must be one of ours.
  var authority: String?

  init(_ raw: String) throws(Refusal) {
    var bytes = Array(raw.utf8)[...]
    guard bytes.count <= Self.limit else { throw .tooLong }
    // A space, a control character or a raw byte beyond ASCII has no place in a request line; neither has a backslash,
    // which some take for a slash, nor '#', which never leaves a browser.
    let isPlain = { (byte: UInt8) in
      byte > 0x20 && byte < 0x7F && byte != UInt8(ascii: "#") && byte != UInt8(ascii: "\\")
    }
    guard bytes.allSatisfy(isPlain) else { throw .forbiddenCharacter }
    let scheme = Array("http://".utf8)
    if bytes.prefix(scheme.count).map(lowered) == scheme {
      let rest = bytes.dropFirst(scheme.count)
      let end = rest.firstIndex { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "?") } ?? rest.endIndex
      authority = String(decoding: rest[..<end], as: UTF8.self)
      bytes = rest[end...]
      if bytes.isEmpty { bytes = Array("/".utf8)[...] }
    }
    guard bytes.first == UInt8(ascii: "/") else { throw .notAPath }
    let mark = bytes.firstIndex(of: UInt8(ascii: "?")) ?? bytes.endIndex
    path = try Self.decoded(bytes[..<mark])
    query = String(decoding: bytes[mark...].dropFirst(), as: UTF8.self)
  }

  private static func decoded(_ bytes: ArraySlice<UInt8>) throws(Refusal) -> String {
    var out: [UInt8] = []
    out.reserveCapacity(bytes.count)
    var index = bytes.startIndex
    while index < bytes.endIndex {
      guard bytes[index] == UInt8(ascii: "%") else {
        out.append(bytes[index])
        index += 1
        continue
      }
      guard index + 2 < bytes.endIndex, let high = digit(bytes[index + 1]), let low = digit(bytes[index + 2]) else {
        throw .badEscape
      }
      let byte = high << 4 | low
      // An escaped slash would change where the folders are; a control character is in no name of ours.
      guard byte >= 0x20, byte != 0x7F, byte != UInt8(ascii: "/"), byte != UInt8(ascii: "\\") else {
        throw .forbiddenCharacter
      }
      out.append(byte)
      index += 3
    }
    guard let text = String(validating: out, as: UTF8.self) else { throw .notUTF8 }
    return text
  }

  /// The value of a plain query parameter; none of ours needs escapes.
  func parameter(_ name: String) -> String? {
    for pair in query.split(separator: "&") where pair.hasPrefix(name + "=") {
      return String(pair.dropFirst(name.count + 1))
    }
    return nil
  }
}

private func lowered(_ byte: UInt8) -> UInt8 {
  (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
}

private func digit(_ byte: UInt8) -> UInt8? {
  switch byte {
  case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
  case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
  case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
  default: nil
  }
}

/// A path of the site as it stands in an address: every byte that is not plain is escaped.
func escapedPath(_ path: String) -> String {
  let hex = Array("0123456789ABCDEF".utf8)
  var out: [UInt8] = []
  for byte in path.utf8 {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
      UInt8(ascii: "~"), UInt8(ascii: "/"):
      out.append(byte)
    default: out += [UInt8(ascii: "%"), hex[Int(byte >> 4)], hex[Int(byte & 15)]]
    }
  }
  return String(decoding: out, as: UTF8.self)
}
