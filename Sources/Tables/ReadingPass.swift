import Diagnostics

/// One way through the records of a file: header, then batches of rows handed column by column to the builders.
struct ReadingPass {
  let file: String
  let format: TableFormat
  let options: TableOptions
  var diagnostics: DiagnosticList
  var header: Header?
  var headerPosition = SourcePosition(file: "")
  var builders: [ColumnBuilder] = []
  var places = RowPlaces()
  private(set) var rows = 0

  private var scanner: RecordScanner
  /// The line the next record begins on.
  private var line: Int
  private var batchStarts: [Int] = []
  private var batchLines: [Int] = []
  private var batchRows = 1
  private let scratch = ByteScratch()
  private var bytesUsed = 0

  private enum Pause { case batchFull, windowUsed, end }

  init(_ opening: Opening, file: String, options: TableOptions, diagnostics: DiagnosticList) {
    self.file = file
    self.options = options
    self.diagnostics = diagnostics
    format = opening.format
    line = opening.firstLine
    scanner = RecordScanner(delimiter: format.delimiter, mostSpans: Header.mostColumns + 1)
  }

  /// The same file once more, for the columns still open.
  func second(_ opening: Opening) -> ReadingPass {
    var pass = ReadingPass(opening, file: file, options: options, diagnostics: DiagnosticList())
    pass.header = header
    pass.builders = builders.map { $0.forSecondPass() }
    return pass
  }

  /// Reads to the end, or to an error that leaves no way on.
  ///
  /// - Parameter skipped: bytes before the first record.
  mutating func run(
    _ stream: inout some ByteStream, skipped: Int, capacity: Int, limit: Int
  ) throws {
    let isSecond = !builders.isEmpty
    try skip(skipped, of: &stream)
    var window = ByteWindow(capacity: capacity, limit: limit, encoding: format.encoding, fileOffset: skipped)
    var hasHeader = false
    var used = 0
    while true {
      guard try window.refill(dropping: used, from: &stream) else {
        reportTooLong(window.base, limit: limit)
        break
      }
      scanner.next = 0
      var pause = Pause.batchFull
      while pause == .batchFull {
        pause = collect(&window, &hasHeader)
        flush(window.base)
      }
      if pause == .end { break }
      used = scanner.next
      bytesUsed += used
      if !isSecond { expect(stream.byteCount) }
    }
    places.fileEnd = window.fileOffset(of: scanner.next)
  }

  private func skip(_ count: Int, of stream: inout some ByteStream) throws {
    var rest = count
    var buffer = [UInt8](repeating: 0, count: 64)
    while rest > 0 {
      let got = try buffer.withUnsafeMutableBytes {
        try stream.read(into: UnsafeMutableRawBufferPointer(rebasing: $0[..<min(rest, 64)]))
      }
      if got <= 0 { return }
      rest -= got
    }
  }

  /// Scans records into the batch.
  private mutating func collect(_ window: inout ByteWindow, _ hasHeader: inout Bool) -> Pause {
    while batchStarts.count < batchRows {
      let base = UnsafePointer(window.base)
      let outcome = scanner.scan(base, end: window.count, isLast: window.atEnd)
      switch outcome {
      case .incomplete: return .windowUsed
      case .end: return .end
      case .blank: line += 1
      case .unterminated:
        report(base, isClean: window.isClean)
        return .end
      case .record:
        if !window.isClean || !scanner.faults.isEmpty { report(base, isClean: window.isClean) }
        if !hasHeader {
          hasHeader = true
          places.header = (window.fileOffset(of: scanner.recordStart), line)
          guard take(header: base) else { return .end }
        } else if scanner.fieldCount == builders.count {
          if rows % RowPlaces.stride == 0 { places.addOffset(window.fileOffset(of: scanner.recordStart)) }
          places.add(row: rows, line: line)
          scanner.keep()
          batchStarts.append(scanner.recordStart)
          batchLines.append(line)
          rows += 1
        } else {
          reportRagged(base)
        }
        line += 1 + scanner.extraLines
      }
    }
    return .batchFull
  }

  /// Hands the collected rows to the columns.
  private mutating func flush(_ base: UnsafePointer<UInt8>) {
    defer {
      scanner.clear()
      batchStarts.removeAll(keepingCapacity: true)
      batchLines.removeAll(keepingCapacity: true)
    }
    guard !batchStarts.isEmpty else { return }
    scanner.spans.withUnsafeBufferPointer { spans in
      let batch = CellBatch(
        base: base, spans: UnsafeBufferPointer(rebasing: spans[..<scanner.keptSpans]), width: builders.count,
        rows: batchStarts.count, scratch: scratch)
      for column in builders.indices {
        builders[column].append(batch)
        for row in builders[column].badRows { reportBad(batch, row, column) }
      }
    }
  }

  private mutating func take(header base: UnsafePointer<UInt8>) -> Bool {
    headerPosition = SourcePosition(file: file, line: line, column: 1)
    guard scanner.fieldCount <= Header.mostColumns else {
      let fault = TableFault.tooManyColumns(scanner.fieldCount, limit: Header.mostColumns)
      diagnostics.add(fault.diagnostic(at: headerPosition))
      return false
    }
    if header == nil {
      var place = Place(line: line, column: 1)
      var reached = scanner.recordStart
      let cells = scanner.spans.map { span -> (text: String, position: SourcePosition) in
        place.advance(over: base, reached..<span.cellStart)
        reached = span.cellStart
        let bytes = UnsafeBufferPointer(start: base + Int(span.start), count: span.end - Int(span.start))
        let text = String(decoding: trimmed(span.doubled ? scratch.halvingQuotes(bytes) : bytes), as: UTF8.self)
        return (text, SourcePosition(file: file, line: place.line, column: place.column))
      }
      let header = Header(cells, options: options, diagnostics: &diagnostics)
      let missing = MissingWords(options.missing)
      builders = header.declared.enumerated().map {
        ColumnBuilder(column: $0, declared: $1, decimal: format.decimal, missing: missing)
      }
      self.header = header
    }
    scanner.mostSpans = builders.count + 1
    batchRows = max(1, min(1024, 32_768 / max(1, builders.count)))
    return true
  }

  /// Reserves the rows the rest of the file is likely to hold, from the length of those read.
  private mutating func expect(_ byteCount: Int?) {
    guard let byteCount, rows > 0, bytesUsed > 0, let expected = builders.first?.expectedRows else { return }
    let share = Double(byteCount) / Double(bytesUsed) * (format.encoding == .utf8 ? 1 : 0.5)
    let estimate = Int(min(Double(rows) * share * 1.02, Double(byteCount))) + 64
    guard estimate > expected, estimate > rows + rows / 50 else { return }
    for column in builders.indices {
      builders[column].expectedRows = estimate
      builders[column].reserve()
    }
  }
}

// Reports.
extension ReadingPass {
  private func position(_ place: Place) -> SourcePosition {
    SourcePosition(file: file, line: place.line, column: place.column)
  }

  /// The place of a byte of the record at hand.
  private func place(_ base: UnsafePointer<UInt8>, _ at: Int) -> Place {
    var place = Place(line: line, column: 1)
    place.advance(over: base, scanner.recordStart..<at)
    return place
  }

  private mutating func report(_ base: UnsafePointer<UInt8>, isClean: Bool) {
    for fault in scanner.faults {
      let cause: TableFault
      let id: String
      let offset: Int
      switch fault {
      case .textAfterQuote(let at): (cause, id, offset) = (.textAfterQuote, "table.text-after-quote", at)
      case .unterminatedQuote(let at): (cause, id, offset) = (.unterminatedQuote, "table.unterminated-quote", at)
      }
      // Places are counted from the start of the record: not for thousands of faults in one.
      if diagnostics.countIfFull(.error, id, file: file) { continue }
      diagnostics.add(cause.diagnostic(at: position(place(base, offset))))
    }
    guard !isClean else { return }
    let range = scanner.recordStart..<scanner.next
    textFaults(base, range, start: Place(line: line, column: 1)) { fault, place in
      let cause: TableFault =
        switch fault {
        case .zero: .zeroByte
        case .invalid(let byte): .invalidText(byte, format.encoding)
        }
      if diagnostics.countIfFull(.error, fault == .zero ? "table.zero-byte" : "table.invalid-encoding", file: file) {
        return
      }
      diagnostics.add(cause.diagnostic(at: position(place)))
    }
  }

  private mutating func reportRagged(_ base: UnsafePointer<UInt8>) {
    if diagnostics.countIfFull(.error, "table.ragged-row", file: file) { return }
    let found = scanner.fieldCount
    let expected = builders.count
    // The first field too many, or the end of the line where one is missing.
    var at = found > expected ? scanner.spans[scanner.keptSpans + expected].cellStart : scanner.next
    if found < expected {
      while at > scanner.recordStart, base[at - 1] == 0x0A || base[at - 1] == 0x0D { at -= 1 }
    }
    let fault = TableFault.ragged(expected: expected, found: found, delimiter: format.delimiter)
    diagnostics.add(fault.diagnostic(at: position(place(base, at))))
  }

  private mutating func reportBad(_ batch: CellBatch, _ row: Int, _ column: Int) {
    if diagnostics.countIfFull(.error, "table.bad-value", file: file) { return }
    guard let header, let type = builders[column].declared else { return }
    var place = Place(line: batchLines[row], column: 1)
    place.advance(over: batch.base, batchStarts[row]..<batch.spans[row * batch.width + column].cellStart)
    let cell = trimmed(batch.cell(row, column))
    let fault = TableFault.badValue(
      column: header.names[column], type: type, found: shown(String(decoding: cell, as: UTF8.self)),
      reason: BadValueReason(cell, type, decimal: format.decimal))
    diagnostics.add(fault.diagnostic(at: position(place)))
  }

  private mutating func reportTooLong(_ base: UnsafePointer<UInt8>, limit: Int) {
    // A quote that opens late in the record is not what made it long.
    let openQuote = scanner.openQuote.flatMap { $0 - scanner.recordStart < limit / 2 ? $0 : nil }
    let at = openQuote ?? scanner.recordStart
    let fault = TableFault.recordTooLong(limit: limit, openQuote: openQuote != nil)
    diagnostics.add(fault.diagnostic(at: position(place(base, at))))
  }
}
