import Tables

extension Groundwork {
  /// An error at every wrong cell of a column that is numbers but for a few.
  ///
  /// Asked where an analysis takes all numeric columns of its own accord: a cell mistyped in a file of numbers would
  /// otherwise take its whole column out of the analysis without a word. At most a quarter of the filled cells may be
  /// something else; a column with more is words. Leading zeros and plus signs tell of codes, which are words too.
  /// A type that the study declares is taken at its word.
  /// - Parameter apart: Columns with another part to play.
  mutating func refuseSpoiledNumbers(in rows: SourceRows, apart: [String]) {
    for column in rows.table.columns where !column.isNumeric && !apart.contains(column.name) {
      guard column.type == .category || column.type == .text, isSpoiled(column) else { continue }
      failWords(
        in: column, of: rows,
        hint: "where it means no answer, list it under 'missing:' of the table; where the column holds words, say "
          + "'types: {\(column.name): category}'"
      ) { found in "a column of numbers holds numbers, and '\(column.name)' has '\(found)'" }
    }
  }

  /// True for a column of at least three quarters numbers that has something else, too.
  private func isSpoiled(_ column: Column) -> Bool {
    // A column that read as numbers up to a cell points at that cell; one declared, or words at once, at its first.
    guard let spoiled = column.firstNonNumeric, (0..<spoiled).contains(where: { !column.isMissing($0) }) else {
      return false
    }
    var numbers = 0
    var filled = 0
    for row in 0..<min(column.count, 20_000) {
      guard let text = column.text(row) else { continue }
      filled += 1
      switch Kind(text) {
      case .number: if row != spoiled { numbers += 1 }
      case .code: return false
      case .word: break
      }
    }
    return numbers * 4 >= filled * 3
  }

  private enum Kind {
    case number, code, word

    init(_ text: String) {
      let bytes = Array(text.utf8)
      let isPlain = bytes.allSatisfy { $0 &- 0x30 < 10 || $0 == 0x2E || $0 == 0x2C || $0 == 0x2D || $0 == 0x2B }
      if isPlain, bytes.count > 1, bytes[0] == 0x2B || (bytes[0] == 0x30 && bytes[1] &- 0x30 < 10) {
        self = .code
      } else {
        let point = bytes.map { $0 == 0x2C ? 0x2E : $0 }
        let isNumber = isPlain && Double(String(decoding: point, as: UTF8.self))?.isFinite == true
        self = isNumber ? .number : .word
      }
    }
  }
}
