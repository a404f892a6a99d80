import Diagnostics

/// What was found out about a file on the way.
package struct TableFormat: Sendable, Hashable, Codable {
  package enum LineEnd: String, Sendable, Hashable, Codable { case lf, crlf, cr, mixed }

  package var delimiter: UInt8
  /// `.` or `,`
  package var decimal: UInt8
  package var encoding: TextEncoding
  package var hasByteOrderMark: Bool
  /// Of the first 64 KB.
  package var lineEnd: LineEnd
}

/// Rows and typed columns, with the place in the file each value came from.
package struct Table: Sendable {
  /// Reads bytes of the file again: offset and count in, nil where that is not possible.
  package typealias Reread = @Sendable (_ offset: Int, _ count: Int) -> [UInt8]?

  /// The table's name in the study.
  package var name: String
  /// Path relative to the study.
  package var file: String
  /// In the order of the file; names differ.
  package let columns: [Column]
  package let rowCount: Int
  /// Nil for a table made in memory.
  package let format: TableFormat?
  /// Columns in the file (before renaming), by position in `columns`.
  package let headers: [String]
  let places: RowPlaces
  let reread: Reread?
  private let positions: [String: Int]

  init(
    name: String, file: String, columns: [Column], headers: [String], format: TableFormat?, places: RowPlaces,
    reread: Reread?
  ) {
    self.name = name
    self.file = file
    self.columns = columns
    self.headers = headers
    self.format = format
    self.places = places
    self.reread = reread
    rowCount = columns.map(\.count).min() ?? 0
    positions = Dictionary(columns.enumerated().map { ($1.name, $0) }) { first, _ in first }
  }

  /// A table made in memory. Rows past the end of the shortest column are not counted; its rows have no lines.
  package init(name: String, file: String = "", columns: [Column]) {
    self.init(
      name: name, file: file, columns: columns, headers: columns.map(\.name), format: nil, places: RowPlaces(),
      reread: nil)
  }

  package subscript(name: String) -> Column? { index(of: name).map { columns[$0] } }

  /// The place of a column among `columns`.
  package func index(of name: String) -> Int? { positions[name] }

  package var columnNames: [String] { columns.map(\.name) }

  /// The latest day in any date column, since 1970-01-01.
  package var newestDate: Int32? {
    columns.compactMap { column -> Int32? in
      guard case .date(let days) = column.storage, let newest = days.max(), newest != missingDay else { return nil }
      return newest
    }.max()
  }

  /// The line, from 1, on which a row (from 0) begins; 0 for a table made in memory.
  package func line(ofRow row: Int) -> Int { places.line(ofRow: row) }

  /// Where a cell begins (its opening quote, if it has one); line and column from 1.
  ///
  /// Exact where the file can be read again; else the line on which the row begins, and column 0.
  package func position(row: Int, column: Int) -> SourcePosition {
    let line = line(ofRow: row)
    guard let place = cellPlace(row: row, column: column) else { return SourcePosition(file: file, line: line) }
    return SourcePosition(file: file, line: place.line, column: place.column)
  }

  /// The same, by name; the row's line where there is no such column.
  package func position(row: Int, column name: String) -> SourcePosition {
    position(row: row, column: index(of: name) ?? -1)
  }

  /// Where the name of a column begins in the row of names; line and column from 1.
  ///
  /// Exact where the file can be read again; else the line of the names, and column 0.
  package func headerPosition(column: Int) -> SourcePosition {
    guard let header = places.header else { return SourcePosition(file: file) }
    let line = SourcePosition(file: file, line: header.line)
    guard let format, let reread, let end = places.offsets.first, end > header.offset, columns.indices.contains(column),
      let bytes = reread(header.offset, end - header.offset), bytes.count == end - header.offset
    else { return line }
    let text = decoded(bytes, format.encoding)
    var scanner = RecordScanner(delimiter: format.delimiter, mostSpans: columns.count)
    return text.withUnsafeBufferPointer { text -> SourcePosition in
      guard let base = text.baseAddress, scanner.scan(base, end: text.count, isLast: true) == .record,
        column < scanner.spans.count
      else { return line }
      var place = Place(line: header.line, column: 1)
      place.advance(over: base, scanner.recordStart..<scanner.spans[column].cellStart)
      return SourcePosition(file: file, line: place.line, column: place.column)
    }
  }

  /// The same, by name; the line of the names where there is no such column.
  package func headerPosition(column name: String) -> SourcePosition {
    headerPosition(column: index(of: name) ?? -1)
  }

  private func cellPlace(row: Int, column: Int) -> Place? {
    guard let format, let reread, columns.indices.contains(column), (0..<rowCount).contains(row),
      let stretch = places.stretch(around: row), let bytes = reread(stretch.offset, stretch.count),
      bytes.count == stretch.count
    else { return nil }
    let text = decoded(bytes, format.encoding)
    var scanner = RecordScanner(delimiter: format.delimiter, mostSpans: columns.count)
    return text.withUnsafeBufferPointer { text -> Place? in
      guard let base = text.baseAddress else { return nil }
      var at = stretch.firstRow
      while true {
        switch scanner.scan(base, end: text.count, isLast: true) {
        case .blank: continue
        case .record where at < row: at += 1
        case .record:
          guard column < scanner.spans.count else { return nil }
          var place = Place(line: line(ofRow: row), column: 1)
          place.advance(over: base, scanner.recordStart..<scanner.spans[column].cellStart)
          return place
        case .incomplete, .unterminated, .end: return nil
        }
      }
    }
  }

  private func decoded(_ bytes: [UInt8], _ encoding: TextEncoding) -> [UInt8] {
    if encoding == .utf8 { return bytes }
    var decoder = Decoder(encoding)
    return [UInt8](unsafeUninitializedCapacity: Decoder.room(for: bytes.count)) { out, count in
      guard let base = out.baseAddress else { return }
      count = bytes.withUnsafeBytes { decoder.decode($0, into: base) }
    }
  }
}
