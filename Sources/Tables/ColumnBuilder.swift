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
  var kind: Kind
  /// Rows the storage is likely to need.
  var expectedRows = 0
  private(set) var rows = 0
  var missingCount = 0
  /// Rows of the last batch whose value does not fit the declared type.
  var badRows: [Int] = []
  var isTooLarge = false
  /// The first row that contradicted the type found before.
  var contradiction: (row: Int, type: ColumnType)?

  var integers = IntegerValues()
  var numbers: [Double] = []
  var days: [Int32] = []
  var truths: [Int8] = []
  var codes: [Int32] = []
  var dictionary = LevelDictionary()
  var texts = PackedText()

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
