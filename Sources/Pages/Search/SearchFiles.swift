import FoundationEssentials

/// A page as search knows it.
struct SearchEntry: Sendable {
  /// Path in the site.
  var path: String
  var title: String
  var headings: [(anchor: String, text: String)]
  var text: String
}

/// The files search reads: script files that call a function with data, so that they load from a disk as from a host and need no
/// request of their own kind.
///
/// Up to 1,000 pages one file holds all, text included. Above, words lie in shards by their first two letters and texts in
/// parts of 100 pages, and a search loads only what its words need.
struct SearchFiles {
  static let largestWhole = 1000
  static let pagesInPart = 100
  static let shards = 61

  /// - Returns: Path in the site and content.
  static func files(_ entries: [SearchEntry]) -> [(path: String, text: String)] {
    guard entries.count > largestWhole else {
      return [("assets/search.js", "valuemapPages([\n" + entries.map(json).joined(separator: ",\n") + "\n]);\n")]
    }
    var files = [
      (
        "assets/search.js",
        "valuemapShards({\"words\":\(shards),\"part\":\(pagesInPart),\"pages\":\(entries.count)});\n"
      )
    ]
    for part in stride(from: 0, to: entries.count, by: pagesInPart) {
      let pages = entries[part..<min(part + pagesInPart, entries.count)].map(json)
      let number = part / pagesInPart
      files.append(
        ("assets/search/pages-\(number).js", "valuemapPart(\(number),[\n" + pages.joined(separator: ",\n") + "\n]);\n"))
    }
    var pagesOf: [String: [Int]] = [:]
    for (number, entry) in entries.enumerated() {
      for word in Set(words(entry.title + " " + entry.headings.map(\.text).joined(separator: " ") + " " + entry.text)) {
        pagesOf[word, default: []].append(number)
      }
    }
    var lines = [[String]](repeating: [], count: shards)
    for word in pagesOf.keys.sorted() {
      let numbers = (pagesOf[word] ?? []).map(String.init).joined(separator: ",")
      lines[shard(of: word)].append("\(quoted(word)):[\(numbers)]")
    }
    for (number, words) in lines.enumerated() {
      files.append(
        ("assets/search/words-\(number).js", "valuemapWords(\(number),{\n" + words.joined(separator: ",\n") + "\n});\n")
      )
    }
    return files
  }

  /// The same sum as in the script: over the first two UTF-16 units.
  static func shard(of word: String) -> Int {
    word.utf16.prefix(2).reduce(0) { $0 * 31 + Int($1) } % shards
  }

  /// Words as the script finds them: lower case, without accents, letters and digits only.
  static func words(_ text: String) -> [String] {
    folded(text).split { !($0.isLetter || $0.isNumber) }.map(String.init)
  }

  static func folded(_ text: String) -> String {
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.lowercased() }
    let decomposed = text.decomposedStringWithCompatibilityMapping
    var scalars = String.UnicodeScalarView()
    for scalar in decomposed.unicodeScalars {
      switch scalar.properties.generalCategory {
      case .nonspacingMark, .spacingMark, .enclosingMark: continue
      default: scalars.append(scalar)
      }
    }
    return String(scalars).lowercased()
  }

  private static func json(_ entry: SearchEntry) -> String {
    let headings = entry.headings.map { "[\(quoted($0.anchor)),\(quoted($0.text))]" }.joined(separator: ",")
    return "[\(quoted(address(entry.path))),\(quoted(entry.title)),[\(headings)],\(quoted(entry.text))]"
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
    var out: [UInt8] = [UInt8(ascii: "\"")]
    let bytes = Array(text.utf8)
    out.reserveCapacity(bytes.count + bytes.count / 16 + 2)
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
    out.append(UInt8(ascii: "\""))
    return String(decoding: out, as: UTF8.self)
  }
}
