/// Whole columns in the shape an analysis wants, whatever they were read as.
extension Column {
  /// All values as numbers, truths as 1 and 0; NaN where missing, and throughout where the column is not numeric
  /// (ask `isNumeric`, and point at `firstNonNumeric`).
  package func numbers() -> [Double] {
    switch storage {
    case .number(let values): values
    case .integer(let values): values.numbers()
    case .truth(let values): values.map { $0 < 0 ? .nan : Double($0) }
    case .category(let codes, _): [Double](repeating: .nan, count: codes.count)
    case .text(let texts): [Double](repeating: .nan, count: texts.count)
    case .date(let days): [Double](repeating: .nan, count: days.count)
    }
  }

  /// All values as days since 1970-01-01, nil where missing; nil for a column that holds no dates.
  package func days() -> [Int32?]? {
    guard case .date(let days) = storage else {
      return missingCount == count ? .init(repeating: nil, count: count) : nil
    }
    return days.map { $0 == missingDay ? nil : $0 }
  }

  /// All values as text, see `text(_:)`.
  package var texts: [String?] {
    if case .category(let codes, let levels) = storage { return codes.map { $0 < 0 ? nil : levels[Int($0)] } }
    return (0..<count).map(text)
  }

  /// All values as codes into levels, −1 where missing.
  ///
  /// Levels of numbers, days and truths stand in their own order, levels of categories and texts in order of first
  /// appearance. Only levels that occur are listed.
  package func codes() -> (codes: [Int32], levels: [String]) {
    switch storage {
    case .category(let codes, let levels): return (codes, levels)
    case .number(let values):
      // Both zeros are one level.
      return ordered(values.map { $0.isNaN ? nil : $0 == 0 ? 0 : $0 }, text: canonicalText)
    case .integer(let values): return ordered(values.values().map { $0 == missingInteger ? nil : $0 }) { String($0) }
    case .date(let days): return ordered(days.map { $0 == missingDay ? nil : $0 }, text: CalendarDays.text)
    case .truth(let values):
      return ordered(values.map { $0 < 0 ? nil : $0 }) { $0 == 1 ? "true" : "false" }
    case .text(let texts):
      var dictionary = LevelDictionary()
      let codes = texts.bytes.withUnsafeBufferPointer { bytes in
        (0..<texts.count).map { row -> Int32 in
          let range = texts.range(row)
          return range.isEmpty ? -1 : dictionary.code(of: UnsafeBufferPointer(rebasing: bytes[range]))
        }
      }
      return (codes, dictionary.levels)
    }
  }

  private func ordered<Value: Hashable & Comparable>(
    _ values: [Value?], text: (Value) -> String
  ) -> (codes: [Int32], levels: [String]) {
    let levels = Set(values.lazy.compactMap { $0 }).sorted()
    var codeOf: [Value: Int32] = [:]
    codeOf.reserveCapacity(levels.count)
    for (code, level) in levels.enumerated() { codeOf[level] = Int32(clamping: code) }
    return (values.map { $0.flatMap { codeOf[$0] } ?? -1 }, levels.map(text))
  }
}

extension Table {
  /// The rows whose cell in a column is filled and holds no number as this file writes numbers; only the first of them in a column
  /// that holds none at all, which is a column of words. Empty for a numeric column.
  package func rowsWithoutNumber(in column: Column) -> [Int] {
    guard let first = column.firstNonNumeric else { return [] }
    let decimal = format?.decimal ?? 0x2E
    func isNumber(_ row: Int) -> Bool {
      guard var text = column.text(row) else { return true }
      return text.withUTF8 { parseNumber(trimmed($0), decimal: decimal, lenient: false).kind != .none }
    }
    let filled = (0..<column.count).filter { !column.isMissing($0) }
    let words = filled.filter { $0 == first || !isNumber($0) }
    return words.count == filled.count ? [first] : words
  }
}

extension Column {
  /// A column of numbers, nil where missing; a value that is not finite counts as missing.
  package init(name: String, numbers: [Double?]) {
    self.init(name: name, storage: .number(numbers.map { $0.flatMap { $0.isFinite ? $0 : nil } ?? .nan }))
  }

  package init(name: String, integers: [Int?]) {
    self.init(
      name: name, storage: .integer(IntegerValues(integers.lazy.map { $0.map { Int64($0) } ?? missingInteger })))
  }

  /// A category column; nil and the empty text are missing.
  package init(name: String, categories: [String?]) {
    var dictionary = LevelDictionary()
    let codes = categories.map { text -> Int32 in
      guard var text, !text.isEmpty else { return -1 }
      return text.withUTF8 { dictionary.code(of: $0) }
    }
    self.init(name: name, storage: .category(codes: codes, levels: dictionary.levels))
  }

  /// A text column; nil and the empty text are missing.
  package init(name: String, texts: [String?]) {
    var packed = PackedText()
    for text in texts { packed.append(text ?? "") }
    self.init(name: name, storage: .text(packed))
  }

  /// A date column of days since 1970-01-01.
  package init(name: String, days: [Int32?]) {
    self.init(name: name, storage: .date(days.map { $0 ?? missingDay }))
  }

  package init(name: String, truths: [Bool?]) {
    self.init(name: name, storage: .truth(truths.map { $0.map { $0 ? 1 : 0 } ?? -1 }))
  }
}

/// The shortest text that reads back as the same double; whole numbers below 10¹⁵ without a fraction.
func canonicalText(_ value: Double) -> String {
  if value == value.rounded(), abs(value) < 1e15 { return String(Int64(value)) }
  return "\(value)"
}
