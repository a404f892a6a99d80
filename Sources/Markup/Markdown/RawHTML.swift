/// Raw HTML without its comments, which may hold what was not meant for readers; nil where one is not closed.
func withoutComments(_ html: ArraySlice<UInt8>) -> [UInt8]? {
  var out: [UInt8] = []
  var rest = html
  while let byte = rest.first {
    if byte == UInt8(ascii: "<"), rest.starts(with: "<!--".utf8) {
      var end = rest.startIndex + 4
      // `<!-->` and `<!--->` are whole comments.
      if rest[end...].starts(with: ">".utf8) {
        rest = rest[(end + 1)...]
        continue
      }
      if rest[end...].starts(with: "->".utf8) {
        rest = rest[(end + 2)...]
        continue
      }
      while end < rest.endIndex, !rest[end...].starts(with: "-->".utf8) { end += 1 }
      if end == rest.endIndex { return nil }
      rest = rest[(end + 3)...]
    } else {
      out.append(byte)
      rest = rest.dropFirst()
    }
  }
  return out
}

/// GFM's filter: tags that change how all that follows is read lose their `<`.
func withoutDangerousTags(_ html: [UInt8]) -> [UInt8] {
  let names = ["title", "textarea", "style", "xmp", "iframe", "noembed", "noframes", "script", "plaintext"]
  var out: [UInt8] = []
  for (offset, byte) in html.enumerated() {
    guard byte == UInt8(ascii: "<") else {
      out.append(byte)
      continue
    }
    var start = offset + 1
    if start < html.count, html[start] == UInt8(ascii: "/") { start += 1 }
    let word = String(decoding: html[start...].prefix(12).prefix { (0x61...0x7A).contains($0 | 0x20) }, as: UTF8.self)
    let end = start + word.utf8.count
    let isWhole = end == html.count || html[end] <= 0x20 || html[end] == 0x3E || html[end] == 0x2F
    if isWhole, names.contains(word.lowercased()) { out += "&lt;".utf8 } else { out.append(byte) }
  }
  return out
}

/// The ids that raw HTML gives to elements, in reading order.
func idsInHTML(_ html: ArraySlice<UInt8>) -> [String] {
  var found: [String] = []
  var offset = html.startIndex
  while offset + 3 < html.endIndex {
    defer { offset += 1 }
    guard html[offset] <= 0x20, html[(offset + 1)...].starts(with: "id=".utf8) else { continue }
    var start = offset + 4
    guard start < html.endIndex else { break }
    let quote = html[start]
    let isQuoted = quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'")
    if isQuoted { start += 1 }
    let value = html[start...].prefix { isQuoted ? $0 != quote : $0 > 0x20 && $0 != UInt8(ascii: ">") }
    if !value.isEmpty { found.append(String(decoding: value, as: UTF8.self)) }
  }
  return found
}

/// Attributes whose value is an id or an address.
private let placeAttributes: Set<String> = [
  "id", "for", "headers", "list", "form", "usemap", "href", "xlink:href", "src", "srcset", "poster", "action",
  "formaction", "data",
  "cite", "aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "aria-details", "aria-flowto",
  "aria-activedescendant", "aria-errormessage",
]

/// Raw HTML with every attribute that names a place changed as told; nil leaves one out. All else stays as written.
func withPlaces(of html: [UInt8], _ change: (_ name: String, _ value: String) -> String?) -> [UInt8] {
  var out: [UInt8] = []
  var at = 0
  func isSpace(_ byte: UInt8) -> Bool { byte <= 0x20 }
  while at < html.count {
    guard html[at] == UInt8(ascii: "<"), at + 1 < html.count, (0x61...0x7A).contains(html[at + 1] | 0x20) else {
      out.append(html[at])
      at += 1
      continue
    }
    // The tag's name, then its attributes up to the bracket.
    while at < html.count, !isSpace(html[at]), html[at] != UInt8(ascii: ">") {
      out.append(html[at])
      at += 1
    }
    while at < html.count, html[at] != UInt8(ascii: ">") {
      if isSpace(html[at]) || html[at] == UInt8(ascii: "/") {
        out.append(html[at])
        at += 1
        continue
      }
      let start = at
      while at < html.count, !isSpace(html[at]), ![0x3D, 0x3E, 0x2F].contains(html[at]) { at += 1 }
      if at == start { at += 1 }
      let name = String(decoding: html[start..<at], as: UTF8.self).lowercased()
      var next = at
      while next < html.count, isSpace(html[next]) { next += 1 }
      guard next < html.count, html[next] == UInt8(ascii: "=") else {
        out += html[start..<at]
        continue
      }
      next += 1
      while next < html.count, isSpace(html[next]) { next += 1 }
      let quote = next < html.count ? html[next] : 0
      let isQuoted = quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'")
      if isQuoted { next += 1 }
      let valueStart = next
      while next < html.count, isQuoted ? html[next] != quote : !isSpace(html[next]) && html[next] != UInt8(ascii: ">")
      {
        next += 1
      }
      let value = String(decoding: html[valueStart..<next], as: UTF8.self)
      if isQuoted, next < html.count { next += 1 }
      if placeAttributes.contains(name) {
        if let changed = change(name, value) {
          out += Array("\(name)=\"\(changed.replacing("\"", with: "&quot;"))\"".utf8)
        }
      } else {
        out += html[start..<next]
      }
      at = next
    }
  }
  return out
}
