import Diagnostics

/// The bounds on a page. They keep cmark-gfm, parts of which take time quadratic in what stands in one paragraph or in
/// how deep blocks stand, within seconds for any text.
enum MarkdownLimit {
  /// Size of a page in bytes of UTF-8.
  static let bytes = 2 << 20
  /// Quotes, lists and marks inside one another.
  static let depth = 100
  /// Columns before a list or quote marker.
  static let indentation = 200
}

/// Checks a text before it is parsed: its size, and how deep its quotes and lists may stand in one another.
///
/// - Returns: What is too much, its line counted from 1 in `bytes`.
func excess(of bytes: [UInt8], file: String) -> Diagnostic? {
  guard bytes.count <= MarkdownLimit.bytes else {
    return Diagnostic(
      "markdown.too-large", at: SourcePosition(file: file),
      "a page has at most \(grouped(MarkdownLimit.bytes)) bytes, and this one has \(grouped(bytes.count))",
      hint: "split the page, and keep data in CSV files")
  }
  var line = 1
  var start = 0
  while start < bytes.count {
    var end = start
    while end < bytes.count, bytes[end] != 0x0A, bytes[end] != 0x0D { end += 1 }
    let (markers, column) = markers(in: bytes[start..<end])
    if markers > MarkdownLimit.depth || (markers > 0 && column > MarkdownLimit.indentation) {
      return tooDeep(at: SourcePosition(file: file, line: line, column: 1))
    }
    if end + 1 < bytes.count, bytes[end] == 0x0D, bytes[end + 1] == 0x0A { end += 1 }
    start = end + 1
    line += 1
  }
  return nil
}

func tooDeep(at position: SourcePosition) -> Diagnostic {
  Diagnostic(
    "markdown.too-deep", at: position,
    "quotes, lists and marks stand at most \(MarkdownLimit.depth) deep in one another, and here they go deeper")
}

/// Counts the quote and list markers a line begins with, and the columns before the first.
private func markers(in line: ArraySlice<UInt8>) -> (count: Int, column: Int) {
  var count = 0
  var column = 0
  var offset = line.startIndex
  var rule: UInt8?
  func followedByBlank(_ offset: Int) -> Bool {
    offset + 1 >= line.endIndex || line[offset + 1] == 0x20 || line[offset + 1] == 0x09
  }
  while offset < line.endIndex {
    let byte = line[offset]
    switch byte {
    case 0x20, 0x09: if count == 0 { column += byte == 0x09 ? 4 : 1 }
    case UInt8(ascii: ">"):
      count += 1
      rule = 0
    case UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "*"):
      guard followedByBlank(offset) else { return (count, column) }
      count += 1
      if rule == nil { rule = byte } else if rule != byte { rule = 0 }
    case 0x30...0x39:
      var last = offset
      while last < line.endIndex, last < offset + 10, (0x30...0x39).contains(line[last]) { last += 1 }
      guard last < line.endIndex, line[last] == UInt8(ascii: ".") || line[last] == UInt8(ascii: ")"),
        followedByBlank(last)
      else { return (count, column) }
      offset = last
      count += 1
      rule = 0
    default: return (count, column)
    }
    offset += 1
  }
  // A line of nothing but one sign is a rule across the page, not nested lists.
  return rule == UInt8(ascii: "-") || rule == UInt8(ascii: "*") ? (min(count, 1), column) : (count, column)
}
