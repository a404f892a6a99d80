/// A stylesheet without comments and indentation: every page loads it before anything shows.
func trimmedRules(_ rules: String) -> String {
  var out: [UInt8] = []
  var quote: UInt8?
  var bytes = Array(rules.utf8)[...]
  while let byte = bytes.first {
    if let open = quote {
      // What is escaped ends no text.
      if byte == UInt8(ascii: "\\"), bytes.count > 1 { out.append(bytes.removeFirst()) }
      if byte == open { quote = nil }
    } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
      quote = byte
    } else if byte == UInt8(ascii: "/"), bytes.dropFirst().first == UInt8(ascii: "*") {
      bytes = bytes.dropFirst(2)
      while let inside = bytes.popFirst() {
        if inside == UInt8(ascii: "*"), bytes.first == UInt8(ascii: "/") { break }
      }
      bytes = bytes.dropFirst()
      // Two names stay two.
      out.append(UInt8(ascii: " "))
      continue
    }
    if let next = bytes.popFirst() { out.append(next) }
  }
  return lines(String(decoding: out, as: UTF8.self)) { _ in false }
}

/// A script without indentation and without lines that are comments. One with texts over several lines stays as it is.
func trimmedScript(_ script: String) -> String {
  guard !script.utf8.contains(UInt8(ascii: "`")), !script.contains("\\\n") else { return script }
  return lines(script) { $0.hasPrefix("//") }
}

private func lines(_ text: String, without isLeftOut: (Substring) -> Bool) -> String {
  var out = ""
  for line in text.split(separator: "\n") {
    let start = line.utf8.firstIndex { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }
    guard let start, !isLeftOut(line[start...]) else { continue }
    out += line[start...]
    out += "\n"
  }
  return out
}
