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
