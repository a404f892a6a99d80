import Diagnostics

/// The bounds on a page. Parts of cmark-gfm take time or memory quadratic in how deep blocks stand, in the width of
/// tables and in the length of paragraphs and addresses; within these bounds any text is done in seconds.
enum MarkdownLimit {
  /// Size of a page in bytes of UTF-8.
  static let bytes = 2 << 20
  /// Quotes and lists inside one another.
  static let depth = 50
  /// Columns of blank before a list or quote marker.
  static let indentation = 2 * depth
  static let tableColumns = 256
  /// Cells of all tables of a page; short rows are filled up, so the size of the text does not bound them.
  static let tableCells = 400_000
  /// Squared lines before a table's dashes in one paragraph: cmark looks through all of them for the table's head.
  static let linesBeforeTables = 1_500_000_000
  /// Length times closing brackets of a word with an address, summed: each bracket at its end is weighed against all.
  static let bracketsInAddresses = 1_000_000_000
  /// Length times at-signs of a word, summed.
  static let signsInAddresses = 50_000_000_000
  /// Length times starts of addresses (`www.`, `://`) of a word, summed: each start is followed to the word's end.
  static let startsOfAddresses = 1_000_000_000
  /// Closing brackets times marks before them in one paragraph: each bracket may go back over all of them.
  static let marksBeforeBrackets = 1_000_000_000
  /// Longest link definition times opening brackets: each use of a definition copies it.
  static let definitionCopies = 50_000_000
}

/// Checks a text before it is parsed.
///
/// - Returns: The first thing that is too much, its line counted from 1 in `bytes`.
func excess(of bytes: [UInt8], file: String) -> Diagnostic? {
  guard bytes.count <= MarkdownLimit.bytes else {
    return Diagnostic(
      "markdown.too-large", at: SourcePosition(file: file),
      "a page has at most \(grouped(MarkdownLimit.bytes)) bytes, and this one has \(grouped(bytes.count))",
      hint: "split the page, and keep data in CSV files")
  }
  var scan = ExcessScan(file: file)
  return bytes.withUnsafeBufferPointer { scan.run($0) }
}

func tooDeep(at position: SourcePosition) -> Diagnostic {
  Diagnostic(
    "markdown.too-deep", at: position,
    "quotes, lists and marks stand at most \(MarkdownLimit.depth) deep in one another, and here they go deeper")
}

/// Goes through the lines of a text, adding up what parsing them can cost. It errs to the high side.
private struct ExcessScan {
  let file: String
  private var line = 0
  /// Lines since the last empty one.
  private var linesInRun = 0
  /// Columns of the widest row of dashes since the last empty line.
  private var columnsInRun = 0
  private var cells = 0
  private var linesBeforeTables = 0
  private var brackets = 0
  private var signs = 0
  private var starts = 0
  /// Runs of `*`, `_` and `~` since the last empty line.
  private var marksInRun = 0
  private var marksBeforeBrackets = 0
  private var openBrackets = 0
  /// Bytes since the last line that began a link definition, while no empty line came between.
  private var definition: Int?
  private var longestDefinition = 0

  init(file: String) { self.file = file }

  mutating func run(_ bytes: UnsafeBufferPointer<UInt8>) -> Diagnostic? {
    var start = 0
    while start < bytes.count {
      var end = start
      while end < bytes.count, bytes[end] != 0x0A, bytes[end] != 0x0D { end += 1 }
      line += 1
      if let problem = check(UnsafeBufferPointer(rebasing: bytes[start..<end])) { return problem }
      if end + 1 < bytes.count, bytes[end] == 0x0D, bytes[end + 1] == 0x0A { end += 1 }
      start = end + 1
    }
    return nil
  }

  private mutating func check(_ text: UnsafeBufferPointer<UInt8>) -> Diagnostic? {
    let opening = Opening(of: text)
    if opening.markers > MarkdownLimit.depth
      || (opening.markers > 0 && opening.indentation > MarkdownLimit.indentation)
    {
      return tooDeep(at: place)
    }
    if text.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) {
      linesInRun = 0
      columnsInRun = 0
      marksInRun = 0
      definition = nil
      return nil
    }
    weighDefinitions(text, opening)
    weighMarks(text)
    if let columns = columnsOfDashes(text[opening.end...]) {
      if columns == 0 {
        // Three dashes and more end every paragraph.
        linesInRun = 0
      } else {
        linesBeforeTables += linesInRun * linesInRun
        columnsInRun = max(columnsInRun, columns)
      }
    }
    linesInRun += 1
    cells += columnsInRun
    weighWords(text)
    if columnsInRun > MarkdownLimit.tableColumns {
      return tooLarge("a table has at most \(MarkdownLimit.tableColumns) columns, and this one has more")
    }
    if cells > MarkdownLimit.tableCells {
      return tooLarge(
        "the tables of a page have at most \(grouped(MarkdownLimit.tableCells)) cells, and these have more")
    }
    if linesBeforeTables > MarkdownLimit.linesBeforeTables {
      return tooLarge("tables are set off by empty lines, and here thousands of lines stand before the dashes of one")
    }
    if longestDefinition.multipliedReportingOverflow(by: openBrackets).partialValue > MarkdownLimit.definitionCopies {
      return tooLarge("a link definition is a line, and here is one far longer, with thousands of brackets to use it")
    }
    if marksBeforeBrackets > MarkdownLimit.marksBeforeBrackets {
      return tooLarge("paragraphs are set off by empty lines, and here one has thousands of marks and brackets")
    }
    if brackets > MarkdownLimit.bracketsInAddresses || signs > MarkdownLimit.signsInAddresses
      || starts > MarkdownLimit.startsOfAddresses
    {
      return tooLarge("words have fewer than ten thousand letters, and here is an address far longer")
    }
    return nil
  }

  private var place: SourcePosition { SourcePosition(file: file, line: line, column: 1) }

  private func tooLarge(_ rule: String) -> Diagnostic {
    Diagnostic("markdown.too-large", at: place, rule, hint: "keep data in CSV files and set it in with 'table:'")
  }

  /// Columns of a row such as `|--|:-:|`; 0 for a bare rule of dashes; nil for other lines.
  private func columnsOfDashes(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> Int? {
    var pipes = 0
    var dashes = 0
    var others = false
    for byte in text {
      switch byte {
      case UInt8(ascii: "-"): dashes += 1
      case UInt8(ascii: "|"): pipes += 1
      case UInt8(ascii: ":"), 0x20, 0x09: others = true
      default: return nil
      }
    }
    guard dashes > 0 else { return nil }
    if dashes >= 3, pipes == 0, !others, text.startIndex == 0 { return 0 }
    return pipes + 1
  }

  /// Finds lines that may begin `[label]: address "title"`; the title may go on over the next lines.
  private mutating func weighDefinitions(_ text: UnsafeBufferPointer<UInt8>, _ opening: Opening) {
    var hasDefinition = false
    var before: UInt8 = 0
    for byte in text {
      if byte == UInt8(ascii: "[") { openBrackets += 1 }
      if byte == UInt8(ascii: ":"), before == UInt8(ascii: "]") { hasDefinition = true }
      before = byte
    }
    if hasDefinition {
      let rest = text[opening.end...].drop { $0 == 0x20 || $0 == 0x09 }
      let isFootnote = opening.indentation < 4 && rest.starts(with: "[^".utf8)
      definition = isFootnote ? nil : 0
    }
    guard let length = definition else { return }
    definition = length + text.count
    longestDefinition = max(longestDefinition, length + text.count)
  }

  private mutating func weighMarks(_ text: UnsafeBufferPointer<UInt8>) {
    var before: UInt8 = 0
    for byte in text {
      switch byte {
      case UInt8(ascii: "*"), UInt8(ascii: "_"), UInt8(ascii: "~"): if byte != before { marksInRun += 1 }
      case UInt8(ascii: "]"): marksBeforeBrackets += marksInRun
      default: break
      }
      before = byte
    }
  }

  private mutating func weighWords(_ text: UnsafeBufferPointer<UInt8>) {
    guard text.count > 1024 else { return }
    for word in text.split(whereSeparator: { $0 == 0x20 || $0 == 0x09 }) where word.count > 1024 {
      var closing = 0
      var at = 0
      var begun = 0
      for offset in word.indices {
        let byte = word[offset]
        if byte == UInt8(ascii: "w") || byte == UInt8(ascii: ":") {
          let rest = word[offset...]
          if rest.starts(with: "www.".utf8) || rest.starts(with: "://".utf8) { begun += 1 }
        }
        if byte == UInt8(ascii: ")") { closing += 1 }
        if byte == UInt8(ascii: "@") { at += 1 }
      }
      brackets += closing * word.count
      signs += at * word.count
      starts += begun * word.count
    }
  }
}

/// The quote and list markers a line begins with.
private struct Opening {
  private(set) var markers = 0
  /// Columns before the first marker.
  private(set) var indentation = 0
  /// Where what follows the markers begins; 0 where there are none.
  private(set) var end = 0

  init(of line: UnsafeBufferPointer<UInt8>) {
    var offset = 0
    // A line of nothing but one sign is a rule across the page, not nested lists.
    var sign: UInt8?
    var isRule = true
    scan: while offset < line.count {
      let byte = line[offset]
      switch byte {
      case 0x20, 0x09:
        if markers == 0 { indentation += byte == 0x09 ? 4 : 1 }
        offset += 1
        continue
      case UInt8(ascii: ">"): isRule = false
      case UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "*"):
        guard Self.isBlank(line, offset + 1) else {
          isRule = false
          break scan
        }
        if sign == nil { sign = byte }
        if sign != byte || byte == UInt8(ascii: "+") { isRule = false }
      case 0x30...0x39:
        isRule = false
        var last = offset
        while last < line.count, last < offset + 10, (0x30...0x39).contains(line[last]) { last += 1 }
        guard last < line.count, line[last] == UInt8(ascii: ".") || line[last] == UInt8(ascii: ")"),
          Self.isBlank(line, last + 1)
        else { break scan }
        offset = last
      default:
        isRule = false
        break scan
      }
      markers += 1
      offset += 1
      end = offset
    }
    if isRule { markers = min(markers, 1) }
  }

  private static func isBlank(_ line: UnsafeBufferPointer<UInt8>, _ offset: Int) -> Bool {
    offset >= line.count || line[offset] == 0x20 || line[offset] == 0x09
  }
}
