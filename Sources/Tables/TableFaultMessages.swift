import Diagnostics

/// All ids this room reports, with the rule behind each.
package let tableDiagnosticRules: [(id: String, rule: String)] = [
  ("table.empty", "a table has a header row and at least one row below it"),
  ("table.no-rows", "a table has at least one row below its header"),
  ("table.binary", "a table is a text file"),
  ("table.zero-byte", "text holds no zero bytes"),
  ("table.invalid-encoding", "every byte belongs to a character of the file's encoding"),
  ("table.unknown-encoding", "an encoding is one of the known names"),
  ("table.delimiter", "a delimiter is one ASCII character other than a quote, letter, digit or line end"),
  ("table.decimal", "the decimal sign is '.' or ',' and not the delimiter"),
  ("table.encoding-mark", "a byte-order mark outranks the declared encoding"),
  ("table.ragged-row", "every row has as many fields as the header"),
  ("table.too-many-columns", "a table has at most 10,000 columns"),
  ("table.row-too-long", "a row takes at most 16 MB"),
  ("table.unterminated-quote", "an opening quote has a closing one"),
  ("table.text-after-quote", "a delimiter or line end follows a closing quote"),
  ("table.blank-header", "every column has a name"),
  ("table.duplicate-header", "column names differ"),
  ("table.unknown-column", "settings name columns the file has"),
  ("table.column-taken", "a column gets a name no other column has"),
  ("table.named-twice", "a column is renamed or typed once"),
  ("table.bad-value", "values fit the declared type of their column"),
  ("table.too-large", "a text column takes at most 4 GB"),
  ("table.changed", "a file stays the same while it is read"),
  ("table.unreadable", "the bytes of a table can be read"),
  ("table.dialect", "the build says which dialect it found"),
]

extension TableFault {
  func diagnostic(at position: SourcePosition?) -> Diagnostic {
    let (severity, id, message, hint) = parts
    return Diagnostic(severity, "table." + id, at: position, message, hint: hint)
  }

  private var parts: (Severity, String, String, String?) {
    switch self {
    case .empty: (.error, "empty", "a table has a header row and rows below it, and this file is empty", nil)
    case .noRows: (.error, "no-rows", "a table has at least one row below its header, and this one has none", nil)
    case .binary(let hint): (.error, "binary", "a table is a text file, and this one is not: it holds zero bytes", hint)
    case .zeroByte: (.error, "zero-byte", "text holds no zero bytes, and one stands here", nil)
    case .invalidText(let byte, let encoding): invalidText(byte, encoding)
    case .unknownEncoding(let name):
      (
        .error, "unknown-encoding", "an encoding is one of the known names, and '\(shown(name))' is not",
        nearestHint(to: name, among: TextEncoding.names)
      )
    case .badDelimiter(let byte):
      (
        .error, "delimiter",
        "a delimiter is one ASCII character other than a quote, letter, digit or line end, and this one is "
          + byteName(byte), "usual are ',' ';' '|' and the tab"
      )
    case .unusedDelimiter(let byte, let better):
      (
        .caution, "delimiter",
        "the declared delimiter separates the columns, and \(byteName(byte)) does not occur in the header",
        "the lines look separated by \(byteName(better))"
      )
    case .badDecimal(let byte, let delimiter):
      (
        .error, "decimal",
        "the decimal sign is '.' or ',' and not the delimiter, and it is \(byteName(byte)) with the delimiter "
          + byteName(delimiter), nil
      )
    case .encodingMark(let declared, let found):
      (
        .caution, "encoding-mark",
        "a byte-order mark outranks the declared encoding: declared is \(shown(declared)), and the mark says "
          + found.rawValue, "set 'encoding: \(found.rawValue)' or leave it out"
      )
    case .ragged(let expected, let found, let delimiter): ragged(expected, found, delimiter)
    case .tooManyColumns(let count, let limit):
      (
        .error, "too-many-columns", "a table has at most \(grouped(limit)) columns, and this one has \(grouped(count))",
        "write one row for each respondent and item instead of one column for each item"
      )
    case .recordTooLong(let limit, let openQuote):
      (
        .error, "row-too-long",
        "a row takes at most \(limit >> 20 > 0 ? "\(limit >> 20) MB" : "\(limit) bytes"), and this one is longer"
          + (openQuote ? ": the quote opened here is not closed by then" : ""),
        openQuote ? "close the quote, or double it if it is part of the text" : nil
      )
    case .unterminatedQuote:
      (
        .error, "unterminated-quote",
        "an opening quote has a closing one, and this one has none up to the end of the file",
        "close the quote; a quote that is part of the text is written twice inside quotes"
      )
    case .textAfterQuote:
      (
        .error, "text-after-quote", "a delimiter or line end follows a closing quote, and other text stands here",
        "a quote that is part of the text is written twice: \"a \"\"b\"\" c\""
      )
    case .blankHeader(let column, let isLast):
      (
        .error, "blank-header", "every column has a name, and column \(column) has none",
        isLast
          ? "remove the delimiter at the end of the lines, or name the column" : "name the column in the first line"
      )
    case .cornerHeader(let name):
      (
        .note, "blank-header",
        "every column has a name: the blank corner of this square table is called '\(shown(name))'", nil
      )
    case .duplicateHeader(let name, let first):
      (
        .error, "duplicate-header",
        "column names differ, and '\(shown(name))' stands here again"
          + (first.map { " (first at \($0))" } ?? ""), "rename one of the two in the file"
      )
    case .unknownColumn(let name, let known):
      (
        .error, "unknown-column", "settings name columns the file has, and it has no '\(shown(name))'",
        nearestHint(to: name, among: known)
      )
    case .columnTaken(let ours, let theirs):
      (
        .error, "column-taken",
        "a column gets a name no other column has, and '\(shown(theirs))' would be a second '\(shown(ours))'",
        "choose another name, or rename the other column too"
      )
    case .renamedTwice(let theirs):
      (.error, "named-twice", "a column is renamed once, and '\(shown(theirs))' is named again here", nil)
    case .typedTwice(let name):
      (.error, "named-twice", "a column is given one type, and '\(shown(name))' is named again here", nil)
    case .badValue(let column, let type, let found, let reason):
      (
        .error, "bad-value", "values of '\(shown(column))' are \(rule(of: type)), and this one is '\(found)'",
        hint(for: reason, type)
      )
    case .textTooLarge(let column):
      (.error, "too-large", "a text column takes at most 4 GB, and '\(shown(column))' takes more", nil)
    case .changed:
      (.error, "changed", "a file stays the same while it is read, and this one changed", "build again")
    case .unreadable(let cause):
      (.error, "unreadable", "the bytes of a table can be read, and these cannot: \(cause)", nil)
    case .dialect(let found): (.note, "dialect", found, nil)
    }
  }

  private func invalidText(_ byte: UInt8, _ encoding: TextEncoding) -> (Severity, String, String, String?) {
    if encoding.isUTF16 {
      return (
        .error, "invalid-encoding", "every character of \(encoding.rawValue) is whole, and this one is half a pair",
        "check the 'encoding:' of this table"
      )
    }
    return (
      .error, "invalid-encoding", "files are UTF-8 unless declared otherwise, and \(byteName(byte)) here is not",
      "save the file as UTF-8, or declare 'encoding: windows-1252'"
    )
  }

  private func ragged(_ expected: Int, _ found: Int, _ delimiter: UInt8) -> (Severity, String, String, String?) {
    (
      .error, "ragged-row",
      "every row has as many fields as the header: expected \(grouped(expected)), found \(grouped(found))",
      found > expected
        ? "a value that contains \(byteName(delimiter)) is written in quotes"
        : "a missing value keeps its delimiter \(byteName(delimiter))"
    )
  }

  private func rule(of type: ColumnType) -> String {
    switch type {
    case .number: "numbers"
    case .integer: "whole numbers"
    case .date: "dates written YYYY-MM-DD"
    case .truth: "true or false (yes or no, 1 or 0)"
    case .category, .text: "text"
    }
  }

  private func hint(for reason: BadValueReason, _ type: ColumnType) -> String? {
    switch reason {
    case .plain: "correct the value, or list it under 'missing:' if it means that there is none"
    case .decimalSign(let sign): "if '\(sign)' is the decimal sign of this file, set 'decimal: \"\(sign)\"'"
    case .thousands: "write numbers without separators between thousands"
    case .notFinite: "numbers are finite decimal numbers; leave the field empty where there is none"
    case .noSuchDay: "there is no such day in the calendar"
    case .fraction: "declare the column as a number, or correct the value"
    }
  }
}

/// A piece of the file as it may stand in a message: short.
func shown(_ text: String) -> String {
  let scalars = text.unicodeScalars
  guard scalars.count > 40 else { return text }
  return String(String.UnicodeScalarView(scalars.prefix(40))) + "…"
}

/// A byte as a person knows it.
func byteName(_ byte: UInt8) -> String {
  switch byte {
  case 0x09: return "a tab"
  case 0x20: return "a space"
  case 0x21...0x7E: return "'\(Character(Unicode.Scalar(byte)))'"
  default:
    let hex = String(byte, radix: 16, uppercase: true)
    return "the byte 0x" + (hex.count < 2 ? "0" : "") + hex
  }
}
