import Diagnostics

/// What the first bytes of a file say about the rest.
struct Opening {
  /// Bytes looked at.
  static let sampleLength = 65_536

  var format: TableFormat
  /// Bytes of the file before the first record: byte-order mark and `sep=` line.
  var skipped = 0
  /// The line of the first record.
  var firstLine = 1

  /// Looks at the start of a stream, which it leaves at the first byte.
  ///
  /// - Returns: nil where an error among the diagnostics forbids to go on.
  static func look(
    at stream: inout some ByteStream, file: String, options: TableOptions, diagnostics: inout DiagnosticList
  ) throws -> Opening? {
    let (start, isWhole) = try sample(of: &stream)
    if let fault = binaryFault(start) {
      diagnostics.add(fault.diagnostic(at: SourcePosition(file: file)))
      return nil
    }
    let mark = TextEncoding.byteOrderMark(start)
    var encoding = mark?.encoding ?? .utf8
    if let name = options.encoding {
      guard let declared = TextEncoding.named(name, start: start) else {
        diagnostics.add(TableFault.unknownEncoding(name).diagnostic(at: options.encodingPosition))
        return nil
      }
      if let mark, mark.encoding != declared {
        diagnostics.add(
          TableFault.encodingMark(declared: name, found: mark.encoding).diagnostic(at: options.encodingPosition))
      } else {
        encoding = declared
      }
    }
    let text = decoded(start[(mark?.length ?? 0)...], encoding, isWhole: isWhole)
    if let fault = zeroFault(text, start: start) {
      diagnostics.add(fault.diagnostic(at: SourcePosition(file: file)))
      return nil
    }
    var sniffer = Sniffer(sample: text, isWhole: isWhole)
    var opening = Opening(
      format: TableFormat(
        delimiter: 0x2C, decimal: 0x2E, encoding: encoding, hasByteOrderMark: mark != nil, lineEnd: sniffer.lineEnd()),
      skipped: mark?.length ?? 0)
    var delimiter = options.delimiter
    if let separator = sniffer.declaredSeparator() {
      opening.skipped += separator.length * (encoding.isUTF16 ? 2 : 1)
      opening.firstLine = 2
      sniffer = Sniffer(sample: Array(text[separator.length...]), isWhole: isWhole)
      delimiter = delimiter ?? separator.delimiter
    }
    opening.format.delimiter = delimiter ?? sniffer.delimiter()
    opening.format.decimal = options.decimal ?? sniffer.decimal(delimiter: opening.format.delimiter)
    guard opening.isUsable(options, file, &diagnostics) else { return nil }
    if let delimiter = options.delimiter, let other = sniffer.better(than: delimiter) {
      let fault = TableFault.unusedDelimiter(delimiter, better: other)
      diagnostics.add(fault.diagnostic(at: options.delimiterPosition ?? SourcePosition(file: file)))
    } else if let found = opening.found(options) {
      diagnostics.add(TableFault.dialect(found).diagnostic(at: SourcePosition(file: file)))
    }
    return opening
  }

  private static func sample(of stream: inout some ByteStream) throws -> ([UInt8], isWhole: Bool) {
    var bytes = [UInt8](repeating: 0, count: sampleLength)
    var count = 0
    var isWhole = false
    while count < sampleLength {
      let got = try bytes.withUnsafeMutableBytes {
        try stream.read(into: UnsafeMutableRawBufferPointer(rebasing: $0[count...]))
      }
      if got <= 0 {
        isWhole = true
        break
      }
      count = min(count + got, sampleLength)
    }
    try stream.rewind()
    return (Array(bytes[..<count]), isWhole)
  }

  /// File kinds that are often taken for CSV.
  private static func binaryFault(_ start: [UInt8]) -> TableFault? {
    let spreadsheet = "save the sheet as CSV UTF-8 and name that file"
    if start.starts(with: [0x50, 0x4B, 0x03, 0x04]) || start.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) {
      return .binary(hint: "it looks like a spreadsheet or an archive: " + spreadsheet)
    }
    if start.starts(with: [0x1F, 0x8B]) { return .binary(hint: "it is compressed with gzip: unpack it first") }
    if start.starts(with: [0x89, 0x50, 0x4E, 0x47]) || start.starts(with: Array("%PDF-".utf8)) {
      return .binary(hint: "it looks like a picture or a PDF")
    }
    return nil
  }

  /// Many zero bytes: no text at all. Single ones are reported at their place later.
  private static func zeroFault(_ text: [UInt8], start: [UInt8]) -> TableFault? {
    let zeros = text.reduce(0) { $0 + ($1 == 0 ? 1 : 0) }
    guard zeros * 100 > text.count, zeros > 3 || zeros * 4 > text.count else { return nil }
    let pairs = start.indices.filter { start[$0] == 0 }
    let isEven = pairs.allSatisfy { $0 % 2 == 0 }
    let isOdd = pairs.allSatisfy { $0 % 2 == 1 }
    guard isEven || isOdd, pairs.count * 4 > start.count else { return .binary(hint: nil) }
    return .binary(hint: "if it is UTF-16, declare 'encoding: utf-16\(isOdd ? "le" : "be")'")
  }

  private static func decoded(_ bytes: ArraySlice<UInt8>, _ encoding: TextEncoding, isWhole: Bool) -> [UInt8] {
    if encoding == .utf8 { return Array(bytes) }
    var decoder = Decoder(encoding)
    return [UInt8](unsafeUninitializedCapacity: Decoder.room(for: bytes.count)) { out, count in
      guard let base = out.baseAddress else { return }
      count = bytes.withUnsafeBytes { decoder.decode($0, into: base) }
    }
  }

  private func isUsable(_ options: TableOptions, _ file: String, _ diagnostics: inout DiagnosticList) -> Bool {
    let whole = SourcePosition(file: file)
    switch format.delimiter {
    case 0x09, 0x20, 0x21, 0x23...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E, 0x1C...0x1F: break
    default:
      diagnostics.add(TableFault.badDelimiter(format.delimiter).diagnostic(at: options.delimiterPosition ?? whole))
      return false
    }
    if ![0x2C, 0x2E].contains(format.decimal) || format.decimal == format.delimiter {
      // A number with a decimal comma can stand in quotes in a file delimited by commas, so that is allowed.
      if format.decimal != 0x2C || format.delimiter != 0x2C {
        let fault = TableFault.badDecimal(format.decimal, delimiter: format.delimiter)
        diagnostics.add(fault.diagnostic(at: options.decimalPosition ?? whole))
        return false
      }
    }
    return true
  }

  /// What was found that nobody declared and that is not the usual.
  private func found(_ options: TableOptions) -> String? {
    var parts: [String] = []
    if options.delimiter == nil, format.delimiter != 0x2C {
      parts.append("fields separated by \(byteName(format.delimiter))")
    }
    if options.decimal == nil, format.decimal == 0x2C { parts.append("decimal commas") }
    if options.encoding == nil, format.encoding != .utf8 { parts.append("encoding \(format.encoding.rawValue)") }
    return parts.isEmpty ? nil : "the build says which dialect it found: " + parts.joined(separator: ", ")
  }
}
