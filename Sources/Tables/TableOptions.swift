import Diagnostics

/// What the cells of a column are; the raw values are the words of `types:` in the study.
package enum ColumnType: String, Sendable, Hashable, Codable, CaseIterable {
  /// A finite decimal number (a double).
  case number
  /// A whole number of 64 bits.
  case integer
  /// One of a limited set of names.
  case category
  /// Any text, each cell its own.
  case text
  /// A day of the Gregorian calendar.
  case date
  /// True or false.
  case truth
}

/// How a file differs from plain CSV: what the study declares under a table's name.
package struct TableOptions: Sendable, Hashable, Codable {
  /// One line of `columns:`, *our name: their name*.
  package struct Rename: Sendable, Hashable, Codable {
    /// The name used in the study.
    package var ours: String
    /// The name in the file's header.
    package var theirs: String
    /// Where the study says so, for diagnostics.
    package var position: SourcePosition?

    package init(ours: String, theirs: String, position: SourcePosition? = nil) {
      self.ours = ours
      self.theirs = theirs
      self.position = position
    }
  }

  /// One line of `types:`.
  package struct Typing: Sendable, Hashable, Codable {
    /// The column's name in the study (a name from the header is understood too).
    package var column: String
    package var type: ColumnType
    /// Where the study says so, for diagnostics.
    package var position: SourcePosition?

    package init(_ column: String, _ type: ColumnType, position: SourcePosition? = nil) {
      self.column = column
      self.type = type
      self.position = position
    }
  }

  /// The byte between fields; nil: found from the first rows.
  package var delimiter: UInt8?
  /// Where the study says so, for diagnostics.
  package var delimiterPosition: SourcePosition?
  /// `.` or `,`; nil: found from the first rows, and always `.` where the delimiter is a comma.
  package var decimal: UInt8?
  /// Where the study says so, for diagnostics.
  package var decimalPosition: SourcePosition?
  /// One of `TextEncoding.names`; nil: UTF-8, or UTF-16 where a byte-order mark says so.
  package var encoding: String?
  /// Where the study names the encoding, for diagnostics.
  package var encodingPosition: SourcePosition?
  package var columns: [Rename]
  package var types: [Typing]
  /// Spellings that mean "no value", beside the empty field; compared after spaces around them are removed.
  package var missing: [String]

  package init(
    delimiter: UInt8? = nil, decimal: UInt8? = nil, encoding: String? = nil, encodingPosition: SourcePosition? = nil,
    columns: [Rename] = [], types: [Typing] = [], missing: [String] = []
  ) {
    self.delimiter = delimiter
    self.decimal = decimal
    self.encoding = encoding
    self.encodingPosition = encodingPosition
    self.columns = columns
    self.types = types
    self.missing = missing
  }

  /// The byte a study means by `delimiter:` or `decimal:`: one ASCII character, or `tab`; nil for anything else.
  package static func byte(of text: String) -> UInt8? {
    if text == "tab" || text == "\\t" { return 0x09 }
    guard text.utf8.count == 1, let byte = text.utf8.first, byte < 0x80 else { return nil }
    return byte
  }
}
