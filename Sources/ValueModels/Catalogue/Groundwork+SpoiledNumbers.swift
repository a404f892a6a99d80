import Tables

extension Groundwork {
  /// An error at the first wrong cell of every column that is numbers but for a few cells.
  ///
  /// Asked where an analysis takes all numeric columns of its own accord: a cell mistyped in a file of numbers would
  /// otherwise take its whole column out of the analysis without a word. At most a quarter of the filled cells may be
  /// something else; a column with more is words. Leading zeros and plus signs tell of codes, which are words too.
  /// A type that the study declares is taken at its word.
  /// - Parameter apart: Columns with another part to play.
  mutating func refuseSpoiledNumbers(in rows: SourceRows, apart: [String]) {
    for column in rows.table.columns where !column.isNumeric && !apart.contains(column.name) {
      guard column.type == .category || column.type == .text, let row = firstSpoiled(column) else { continue }
      fail(
        "analysis.not-a-number", at: rows.position(row, column),
        "a column of numbers holds numbers, and '\(column.name)' has '\(excerpt(column.text(row) ?? ""))'",
        hint: "where it means no answer, list it under 'missing:' of the table; where the column holds words, say "
          + "'types: {\(column.name): category}'")
    }
  }

  /// The first cell that is no number in a column of at least three quarters numbers; nil in a column of words.
  private func firstSpoiled(_ column: Column) -> Int? {
    // A column that read as numbers up to a cell points at that cell; one declared, or words at once, at its first.
    guard let spoiled = column.firstNonNumeric, (0..<spoiled).contains(where: { !column.isMissing($0) }) else {
      return nil
    }
    var numbers = 0
    var filled = 0
    for row in 0..<min(column.count, 20_000) {
      guard let text = column.text(row) else { continue }
      filled += 1
      switch Kind(text) {
      case .number: if row != spoiled { numbers += 1 }
      case .code: return nil
      case .word: break
      }
    }
    return numbers * 4 >= filled * 3 ? spoiled : nil
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
