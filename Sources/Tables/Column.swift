/// How a column's values lie in memory. Every case holds one entry a row.
package enum Storage: Sendable, Hashable {
  /// NaN marks a missing value; all others are finite.
  case number([Double])
  case integer(IntegerValues)
  /// Codes count from 0 into the levels, which stand in order of first appearance; −1 is missing.
  case category(codes: [Int32], levels: [String])
  /// An empty text is missing.
  case text(PackedText)
  /// Days since 1970-01-01; `Int32.min` marks a missing value.
  case date([Int32])
  /// 1 true, 0 false, −1 missing.
  case truth([Int8])
}

/// One column of a table: a name and a value, or none, for every row. Rows count from 0.
package struct Column: Sendable, Hashable {
  /// The name used in the study, after `columns:` has renamed it.
  package var name: String
  package let storage: Storage
  /// Rows without a value.
  package let missingCount: Int
  /// The first row whose value is no number, where the column is not numeric: what to point at when a number is needed.
  package let firstNonNumeric: Int?
  /// The same for a column that is needed as dates.
  package let firstNonDate: Int?

  init(name: String, storage: Storage, missingCount: Int, firstNonNumeric: Int?, firstNonDate: Int?) {
    self.name = name
    self.storage = storage
    self.missingCount = missingCount
    self.firstNonNumeric = firstNonNumeric
    self.firstNonDate = firstNonDate
  }

  /// A column made in memory.
  package init(name: String, storage: Storage) {
    self.name = name
    self.storage = storage
    var missing = 0
    var first: Int?
    for row in 0..<storage.count {
      if storage.isMissing(row) { missing += 1 } else if first == nil { first = row }
    }
    missingCount = missing
    firstNonNumeric = storage.isNumeric ? nil : first
    firstNonDate = storage.type == .date ? nil : first
  }

  package var type: ColumnType { storage.type }
  package var count: Int { storage.count }
  /// Numbers, whole numbers or truths (as 1 and 0), or nothing but missing values.
  package var isNumeric: Bool { storage.isNumeric || missingCount == count }

  package func isMissing(_ row: Int) -> Bool { storage.isMissing(row) }

  /// The value as a number; nil where it is missing or the column is not numeric.
  package func number(_ row: Int) -> Double? {
    switch storage {
    case .number(let values): values[row].isNaN ? nil : values[row]
    case .integer(let values): values[row] == missingInteger ? nil : Double(values[row])
    case .truth(let values): values[row] < 0 ? nil : Double(values[row])
    case .category, .text, .date: nil
    }
  }

  /// The value as text, numbers in their shortest form (`3`, `0.5`), days as `YYYY-MM-DD`; nil where it is missing.
  package func text(_ row: Int) -> String? {
    switch storage {
    case .number(let values): values[row].isNaN ? nil : canonicalText(values[row])
    case .integer(let values): values[row] == missingInteger ? nil : String(values[row])
    case .category(let codes, let levels): codes[row] < 0 ? nil : levels[Int(codes[row])]
    case .text(let texts): texts[row]
    case .date(let days): days[row] == missingDay ? nil : CalendarDays.text(days[row])
    case .truth(let values): values[row] < 0 ? nil : values[row] == 1 ? "true" : "false"
    }
  }

  /// The value as days since 1970-01-01; nil where it is missing or the column holds no dates.
  package func day(_ row: Int) -> Int32? {
    guard case .date(let days) = storage, days[row] != missingDay else { return nil }
    return days[row]
  }
}

extension Storage {
  /// Numbers compare by their bits, so that columns with missing values can be equal.
  package static func == (a: Self, b: Self) -> Bool {
    switch (a, b) {
    case (.number(let x), .number(let y)): x.elementsEqual(y) { $0.bitPattern == $1.bitPattern }
    case (.integer(let x), .integer(let y)): x == y
    case (.category(let x, let xLevels), .category(let y, let yLevels)): x == y && xLevels == yLevels
    case (.text(let x), .text(let y)): x == y
    case (.date(let x), .date(let y)): x == y
    case (.truth(let x), .truth(let y)): x == y
    default: false
    }
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(type)
    switch self {
    case .number(let values): for value in values { hasher.combine(value.bitPattern) }
    case .integer(let values): hasher.combine(values)
    case .category(let codes, let levels):
      hasher.combine(codes)
      hasher.combine(levels)
    case .text(let texts): hasher.combine(texts)
    case .date(let days): hasher.combine(days)
    case .truth(let values): hasher.combine(values)
    }
  }

  package var type: ColumnType {
    switch self {
    case .number: .number
    case .integer: .integer
    case .category: .category
    case .text: .text
    case .date: .date
    case .truth: .truth
    }
  }

  package var count: Int {
    switch self {
    case .number(let values): values.count
    case .integer(let values): values.count
    case .category(let codes, _): codes.count
    case .text(let texts): texts.count
    case .date(let days): days.count
    case .truth(let values): values.count
    }
  }

  var isNumeric: Bool {
    switch self {
    case .number, .integer, .truth: true
    case .category, .text, .date: false
    }
  }

  /// Bytes taken by the values.
  package var byteCount: Int {
    switch self {
    case .number(let values): values.count * 8
    case .integer(let values): values.byteCount
    case .category(let codes, let levels): codes.count * 4 + levels.reduce(0) { $0 + 16 + $1.utf8.count }
    case .text(let texts): texts.bytes.count + texts.count * 4
    case .date(let days): days.count * 4
    case .truth(let values): values.count
    }
  }

  func isMissing(_ row: Int) -> Bool {
    switch self {
    case .number(let values): values[row].isNaN
    case .integer(let values): values.isMissing(row)
    case .category(let codes, _): codes[row] < 0
    case .text(let texts): texts.range(row).isEmpty
    case .date(let days): days[row] == missingDay
    case .truth(let values): values[row] < 0
    }
  }
}
