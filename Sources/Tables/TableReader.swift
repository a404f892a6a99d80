import Diagnostics

/// Reads CSV into typed columns.
///
/// Records follow RFC 4180: quotes, doubled quotes and line ends within quotes, LF, CR LF or CR between records. Lines
/// with nothing but spaces are no rows. The first record names the columns. Spaces around names, numbers, dates and
/// truths are ignored; those of names of things and texts are kept. An empty or blank field is missing, and so is
/// whatever `missing:` lists. Undeclared columns become, in this order of preference, truth (`true`, `false`), integer,
/// number, date (`YYYY-MM-DD`), category, text; numbers with leading zeros or a plus sign and whole numbers of more than
/// 64 bits are names, not numbers.
///
/// The file is read in pieces of about 1 MB and is never in memory as a whole. It is read a second time only where a
/// column first looked like numbers or dates and then held something else.
package struct TableReader: Sendable {
  package var name: String
  /// Path relative to the study.
  package var file: String
  package var options: TableOptions
  /// Bytes read at once.
  var capacity = 1 << 20
  /// The most bytes of one record, as UTF-8.
  var limit = 16 << 20

  package init(name: String, file: String, options: TableOptions = TableOptions()) {
    self.name = name
    self.file = file
    self.options = options
  }

  /// Reads the whole stream, which stands at its first byte.
  ///
  /// - Parameter reread: reads a part of the same bytes again, for exact positions of single cells later.
  /// - Returns: The table, unless there is an error among the diagnostics, of which there are at most 20 a kind and a
  ///   line that counts the rest.
  package func read(
    _ stream: inout some ByteStream, reread: Table.Reread? = nil
  ) -> (table: Table?, diagnostics: [Diagnostic]) {
    var diagnostics = DiagnosticList()
    do {
      let table = try read(&stream, reread, &diagnostics)
      return (diagnostics.hasErrors ? nil : table, diagnostics.all)
    } catch let diagnostic as Diagnostic {
      diagnostics.add(diagnostic)
    } catch let rejection as Rejection {
      diagnostics.add(contentsOf: rejection.diagnostics)
    } catch {
      diagnostics.add(TableFault.unreadable("\(error)").diagnostic(at: SourcePosition(file: file)))
    }
    return (nil, diagnostics.all)
  }

  /// Reads bytes already in memory, which stay there for positions.
  package func read(bytes: [UInt8]) -> (table: Table?, diagnostics: [Diagnostic]) {
    var stream = MemoryStream(bytes)
    return read(&stream) { offset, count in
      offset >= 0 && count >= 0 && offset + count <= bytes.count ? Array(bytes[offset..<offset + count]) : nil
    }
  }

  private func read(
    _ stream: inout some ByteStream, _ reread: Table.Reread?, _ diagnostics: inout DiagnosticList
  ) throws -> Table? {
    guard
      let opening = try Opening.look(at: &stream, file: file, options: options, diagnostics: &diagnostics)
    else { return nil }
    var pass = ReadingPass(opening, file: file, options: options, diagnostics: diagnostics)
    diagnostics = DiagnosticList()
    defer { diagnostics = pass.diagnostics }
    try pass.run(&stream, skipped: opening.skipped, capacity: capacity, limit: limit)
    guard let header = pass.header else {
      if !pass.diagnostics.hasErrors {
        pass.diagnostics.add(TableFault.empty.diagnostic(at: SourcePosition(file: file)))
      }
      return nil
    }
    if pass.rows == 0 && !pass.diagnostics.hasErrors {
      pass.diagnostics.add(TableFault.noRows.diagnostic(at: pass.headerPosition))
    }
    guard !pass.diagnostics.hasErrors else { return nil }
    var columns = finish(&pass.builders, header.names)
    var tooLarge = pass.builders.indices.filter { pass.builders[$0].isTooLarge }
    if columns.contains(where: { $0 == nil }) {
      try stream.rewind()
      var second = pass.second(opening)
      try second.run(&stream, skipped: opening.skipped, capacity: capacity, limit: limit)
      guard second.rows == pass.rows, !second.diagnostics.hasErrors else {
        pass.diagnostics.add(TableFault.changed.diagnostic(at: SourcePosition(file: file)))
        return nil
      }
      let again = finish(&second.builders, header.names)
      tooLarge += second.builders.indices.filter { second.builders[$0].isTooLarge }
      columns = columns.indices.map { columns[$0] ?? again[$0] }
    }
    let read = columns.compactMap { $0 }
    for column in tooLarge {
      pass.diagnostics.add(TableFault.textTooLarge(column: header.names[column]).diagnostic(at: pass.headerPosition))
    }
    if header.hasBlankCorner, let first = read.first {
      let isSquare = Set(first.codes().levels) == Set(header.headers.dropFirst()) && first.missingCount == 0
      let fault: TableFault = isSquare ? .cornerHeader(name: first.name) : .blankHeader(column: 1, isLast: false)
      pass.diagnostics.add(fault.diagnostic(at: pass.headerPosition))
    }
    return Table(
      name: name, file: file, columns: read, headers: header.headers, format: opening.format, places: pass.places,
      reread: reread)
  }

  /// The columns that are done, nil for those still open; builders are emptied one by one, so that no column is held
  /// twice.
  private func finish(_ builders: inout [ColumnBuilder], _ names: [String]) -> [Column?] {
    builders.indices.map { index in
      switch builders[index].kind {
      case .unsettled, .skipped: nil
      default: builders[index].finish(name: names[index])
      }
    }
  }
}
