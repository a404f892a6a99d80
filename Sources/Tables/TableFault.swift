import Diagnostics

/// What can be wrong with a table: the causes. Their wording stands in `TableFaultMessages.swift`.
enum TableFault {
  case empty
  case noRows
  case binary(hint: String?)
  case zeroByte
  case invalidText(UInt8, TextEncoding)
  case unknownEncoding(String)
  case badDelimiter(UInt8)
  case unusedDelimiter(UInt8, better: UInt8)
  case badDecimal(UInt8, delimiter: UInt8)
  case encodingMark(declared: String, found: TextEncoding)
  case ragged(expected: Int, found: Int, delimiter: UInt8)
  case tooManyColumns(Int, limit: Int)
  case recordTooLong(limit: Int, openQuote: Bool)
  case unterminatedQuote
  case textAfterQuote
  case blankHeader(column: Int, isLast: Bool)
  case cornerHeader(name: String)
  case duplicateHeader(String, first: SourcePosition?)
  case unknownColumn(String, known: [String])
  case columnTaken(ours: String, theirs: String)
  case renamedTwice(theirs: String)
  case typedTwice(String)
  case badValue(column: String, type: ColumnType, found: String, reason: BadValueReason)
  case textTooLarge(column: String)
  case changed
  case unreadable(String)
  case dialect(String)
}

/// Why a value does not fit its declared type, as far as that can be told.
enum BadValueReason {
  case plain
  /// It would fit with the other decimal sign.
  case decimalSign(String)
  /// It has separators between thousands.
  case thousands
  /// Not finite, or past the range of a double.
  case notFinite
  /// Written like a day, but no such day exists.
  case noSuchDay
  /// A fraction where a whole number is asked for.
  case fraction
}
