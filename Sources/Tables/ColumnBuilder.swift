/// Collects the values of one column. An undeclared column begins undetermined, takes the narrowest type of its first
/// value and is widened when a value contradicts. Whole numbers become numbers in place; where the original text is
/// needed and gone (`1.0`, then `abc`) the column is left `unsettled` and read in a second pass.
struct ColumnBuilder {
  enum Kind {
    /// Nothing but missing values so far.
    case undetermined
    case integer, number, date, truth, category, text
    /// To be read again as names.
    case unsettled
    /// Not of interest in this pass.
    case skipped
  }

  /// A found column with more levels than this is text, whatever its length.
  static let mostLevels = 65_536
  /// A found column with no more levels than this is a category, whatever its length.
  static let fewLevels = 1_000

  let column: Int
  let decimal: UInt8
  let missing: MissingWords
  let declared: ColumnType?
  private(set) var kind: Kind
  /// Rows the storage is likely to need.
  var expectedRows = 0
  private(set) var rows = 0
  private(set) var missingCount = 0
  /// Rows of the last batch whose value does not fit the declared type.
  private(set) var badRows: [Int] = []
  private(set) var isTooLarge = false
  /// The first row that contradicted the type found before.
  private(set) var contradiction: (row: Int, type: ColumnType)?

  private var integers: [Int64] = []
  private var numbers: [Double] = []
  private var days: [Int32] = []
  private var truths: [Int8] = []
  private var codes: [Int32] = []
  private var dictionary = LevelDictionary()
  private var texts = PackedText()

  init(column: Int, declared: ColumnType?, decimal: UInt8, missing: MissingWords) {
    self.column = column
    self.declared = declared
    self.decimal = decimal
    self.missing = missing
    kind =
      switch declared {
      case nil: .undetermined
      case .number: .number
      case .integer: .integer
      case .category: .category
      case .text: .text
      case .date: .date
      case .truth: .truth
      }
  }

  /// The same column, to be read again as names (if that is open), else passed over.
  func forSecondPass() -> ColumnBuilder {
    var again = ColumnBuilder(column: column, declared: nil, decimal: decimal, missing: missing)
    again.kind = kind == .unsettled ? .category : .skipped
    again.contradiction = contradiction
    again.expectedRows = rows
    again.reserve()
    return again
  }

  mutating func append(_ batch: CellBatch) {
    if !badRows.isEmpty { badRows.removeAll() }
    var row = 0
    while row < batch.rows {
      switch kind {
      case .undetermined: row = settle(batch, from: row)
      case .integer: row = appendIntegers(batch, from: row)
      case .number: row = appendNumbers(batch, from: row)
      case .date: row = appendDays(batch, from: row)
      case .truth: row = appendTruths(batch, from: row)
      case .category: row = appendCodes(batch, from: row)
      case .text: row = appendTexts(batch, from: row)
      case .unsettled, .skipped: row = batch.rows
      }
    }
    rows += batch.rows
  }

  /// Reserves room where it is known how much is needed: growing step by step would hold a column twice for a while.
  mutating func reserve() {
    switch kind {
    case .integer: integers.reserveCapacity(expectedRows)
    case .number: numbers.reserveCapacity(expectedRows)
    case .date: days.reserveCapacity(expectedRows)
    case .truth: truths.reserveCapacity(expectedRows)
    case .category: codes.reserveCapacity(expectedRows)
    case .text:
      let perRow = texts.count > 0 ? (texts.bytes.count * 17 / 16) / texts.count + 1 : 0
      texts.reserve(rows: expectedRows, bytes: perRow * expectedRows)
    case .undetermined, .unsettled, .skipped: break
    }
  }
}

// Appending, one loop a type. Each returns the row it stopped at: the end of the batch, or the first row of another kind.
extension ColumnBuilder {
  /// A trimmed cell, nil where it means "no value".
  @inline(__always)
  private func value(_ batch: CellBatch, _ row: Int) -> UnsafeBufferPointer<UInt8>? {
    let cell = trimmed(batch.cell(row, column))
    return missing.contain(cell) ? nil : cell
  }

  private mutating func settle(_ batch: CellBatch, from start: Int) -> Int {
    for row in start..<batch.rows {
      guard let cell = value(batch, row) else {
        missingCount += 1
        continue
      }
      let before = rows + row
      switch parseNumber(cell, decimal: decimal, lenient: false).kind {
      case .integer: kind = .integer
      case .decimal: kind = .number
      case .none:
        kind = parseDay(cell) != nil ? .date : parseTruth(cell, lenient: false) != nil ? .truth : .category
      }
      expectedRows = max(expectedRows, before + 1)
      reserve()
      switch kind {
      case .integer: integers.append(contentsOf: repeatElement(missingInteger, count: before))
      case .number: numbers.append(contentsOf: repeatElement(.nan, count: before))
      case .date: days.append(contentsOf: repeatElement(missingDay, count: before))
      case .truth: truths.append(contentsOf: repeatElement(-1, count: before))
      default: codes.append(contentsOf: repeatElement(-1, count: before))
      }
      return row
    }
    return batch.rows
  }

  private mutating func appendIntegers(_ batch: CellBatch, from start: Int) -> Int {
    let lenient = declared != nil
    for row in start..<batch.rows {
      guard let cell = value(batch, row) else {
        integers.append(missingInteger)
        missingCount += 1
        continue
      }
      let parsed = parseNumber(cell, decimal: decimal, lenient: lenient)
      if parsed.kind == .integer {
        integers.append(parsed.integer)
      } else if lenient {
        integers.append(missingInteger)
        badRows.append(row)
      } else if parsed.kind == .decimal {
        numbers.reserveCapacity(max(expectedRows, integers.count))
        for value in integers { numbers.append(value == missingInteger ? .nan : Double(value)) }
        integers = []
        kind = .number
        return row
      } else {
        return contradict(.integer, at: row)
      }
    }
    return batch.rows
  }

  private mutating func appendNumbers(_ batch: CellBatch, from start: Int) -> Int {
    let lenient = declared != nil
    for row in start..<batch.rows {
      guard let cell = value(batch, row) else {
        numbers.append(.nan)
        missingCount += 1
        continue
      }
      let parsed = parseNumber(cell, decimal: decimal, lenient: lenient)
      switch parsed.kind {
      case .decimal: numbers.append(parsed.decimal)
      case .integer: numbers.append(Double(parsed.integer))
      case .none:
        if !lenient { return contradict(.number, at: row) }
        numbers.append(.nan)
        badRows.append(row)
      }
    }
    return batch.rows
  }

  private mutating func appendDays(_ batch: CellBatch, from start: Int) -> Int {
    let lenient = declared != nil
    for row in start..<batch.rows {
      guard let cell = value(batch, row) else {
        days.append(missingDay)
        missingCount += 1
        continue
      }
      if let day = parseDay(cell, allowTime: lenient) {
        days.append(day)
      } else if lenient {
        days.append(missingDay)
        badRows.append(row)
      } else {
        return contradict(.date, at: row)
      }
    }
    return batch.rows
  }

  private mutating func appendTruths(_ batch: CellBatch, from start: Int) -> Int {
    let lenient = declared != nil
    for row in start..<batch.rows {
      guard let cell = value(batch, row) else {
        truths.append(-1)
        missingCount += 1
        continue
      }
      if let truth = parseTruth(cell, lenient: lenient) {
        truths.append(truth)
      } else if lenient {
        truths.append(-1)
        badRows.append(row)
      } else {
        return contradict(.truth, at: row)
      }
    }
    return batch.rows
  }

  private mutating func appendCodes(_ batch: CellBatch, from start: Int) -> Int {
    for row in start..<batch.rows {
      let cell = batch.cell(row, column)
      if missing.contain(trimmed(cell)) {
        codes.append(-1)
        missingCount += 1
        continue
      }
      codes.append(dictionary.code(of: cell))
      if dictionary.count > Self.mostLevels && declared == nil {
        becomeText()
        return row + 1
      }
    }
    return batch.rows
  }

  private mutating func appendTexts(_ batch: CellBatch, from start: Int) -> Int {
    for row in start..<batch.rows {
      let cell = batch.cell(row, column)
      if missing.contain(trimmed(cell)) {
        texts.appendMissing()
        missingCount += 1
      } else if !texts.append(cell) {
        texts.appendMissing()
        isTooLarge = true
      }
    }
    return batch.rows
  }

  /// What has been read so far cannot be turned back into the text it was.
  private mutating func contradict(_ type: ColumnType, at row: Int) -> Int {
    contradiction = (rows + row, type)
    kind = .unsettled
    integers = []
    numbers = []
    days = []
    truths = []
    return row
  }

  private mutating func becomeText() {
    kind = .text
    for code in codes {
      if code < 0 {
        texts.appendMissing()
      } else if !dictionary.withLevel(Int(code), { texts.append($0) }) {
        texts.appendMissing()
        isTooLarge = true
      }
      if texts.count == 4096 { reserve() }
    }
    codes = []
    dictionary = LevelDictionary()
  }
}

extension ColumnBuilder {
  /// The finished column. Found names are a category while they have at most 1,000 levels or a level for every ten rows
  /// (and never more than 65,536), else text.
  mutating func finish(name: String) -> Column {
    if kind == .category, declared == nil, dictionary.count > max(Self.fewLevels, rows / 10) { becomeText() }
    let storage: Storage =
      switch kind {
      case .integer: .integer(integers)
      case .number: .number(numbers)
      case .date: .date(days)
      case .truth: .truth(truths)
      case .category: .category(codes: codes, levels: dictionary.levels)
      case .text: .text(texts)
      case .undetermined, .unsettled, .skipped: .category(codes: .init(repeating: -1, count: rows), levels: [])
      }
    // A column of numbers but for one cell should blame that cell, not its first.
    let first = (0..<storage.count).first { !storage.isMissing($0) }
    let wasNumeric = contradiction.map { [.number, .integer, .truth].contains($0.type) } ?? false
    let wasDate = contradiction?.type == .date
    return Column(
      name: name, storage: storage, missingCount: missingCount,
      firstNonNumeric: storage.isNumeric ? nil : wasNumeric ? contradiction?.row : first,
      firstNonDate: storage.type == .date ? nil : wasDate ? contradiction?.row : first)
  }
}
