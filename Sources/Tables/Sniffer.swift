/// Guesses delimiter and decimal sign from the first bytes of a file.
///
/// For each candidate the sample is cut into records, quotes heeded. The delimiter is the one for which most records
/// have as many fields as the header (at least two); of equals the one whose fields look most like numbers and dates,
/// then the one with more fields, then the first of `, ; tab |`.
struct Sniffer {
  static let candidates: [UInt8] = [0x2C, 0x3B, 0x09, 0x7C]
  /// Records looked at for each candidate.
  static let mostRecords = 1_000

  let sample: [UInt8]
  /// The sample is the whole file.
  let isWhole: Bool

  private struct Score {
    var agreeing = 0.0
    var clean = 0.0
    var fields = 0
  }

  func delimiter() -> UInt8 {
    var best: (delimiter: UInt8, score: Score)?
    for candidate in Self.candidates {
      let score = score(candidate)
      guard score.fields > 1 else { continue }
      if let now = best?.score,
        (now.agreeing, now.clean, now.fields) >= (score.agreeing, score.clean, score.fields)
      {
        continue
      }
      best = (candidate, score)
    }
    return best?.delimiter ?? 0x2C
  }

  /// Another delimiter, where the declared one does not occur in the header and the other gives columns throughout.
  func better(than declared: UInt8) -> UInt8? {
    guard score(declared).fields == 1 else { return nil }
    let found = delimiter()
    let score = score(found)
    return score.fields > 1 && score.agreeing == 1 ? found : nil
  }

  private func score(_ delimiter: UInt8) -> Score {
    var header = 0
    var records = 0
    var agreeing = 0
    var cells = 0
    var clean = 0
    let decimal: UInt8 = delimiter == 0x2C ? 0x2E : 0x2C
    forEachRecord(delimiter) { fields, count in
      if records == 0 { header = count }
      records += 1
      if count == header { agreeing += 1 }
      guard records > 1 else { return }
      for field in fields {
        cells += 1
        let cell = trimmed(field)
        let isNumber =
          parseNumber(cell, decimal: 0x2E, lenient: true).kind != .none
          || parseNumber(cell, decimal: decimal, lenient: true).kind != .none
        if isNumber || parseDay(cell) != nil { clean += 1 }
      }
    }
    return Score(
      agreeing: Double(agreeing) / Double(max(records, 1)), clean: Double(clean) / Double(max(cells, 1)),
      fields: header)
  }

  /// A comma where more cells need it than need the point; only where the comma does not delimit.
  func decimal(delimiter: UInt8) -> UInt8 {
    guard delimiter != 0x2C else { return 0x2E }
    var commas = 0
    var points = 0
    forEachRecord(delimiter) { fields, _ in
      for field in fields {
        let cell = trimmed(field)
        if parseNumber(cell, decimal: 0x2C, lenient: true).kind == .decimal, cell.contains(0x2C) { commas += 1 }
        if parseNumber(cell, decimal: 0x2E, lenient: true).kind == .decimal, cell.contains(0x2E) { points += 1 }
      }
    }
    return commas > points ? 0x2C : 0x2E
  }

  func lineEnd() -> TableFormat.LineEnd {
    var feeds = 0
    var returns = 0
    var pairs = 0
    for (index, byte) in sample.enumerated() {
      if byte == 0x0A {
        if index > 0 && sample[index - 1] == 0x0D { pairs += 1 } else { feeds += 1 }
      } else if byte == 0x0D, index + 1 < sample.count, sample[index + 1] != 0x0A {
        returns += 1
      } else if byte == 0x0D, index + 1 == sample.count, isWhole {
        returns += 1
      }
    }
    if pairs > 0 && feeds == 0 && returns == 0 { return .crlf }
    if returns > 0 && feeds == 0 && pairs == 0 { return .cr }
    return pairs == 0 && returns == 0 ? .lf : .mixed
  }

  /// Excel's first line `sep=;`: its delimiter and the length of the line with its end.
  func declaredSeparator() -> (delimiter: UInt8, length: Int)? {
    guard sample.count >= 6, sample.starts(with: Array("sep=".utf8)) else { return nil }
    guard sample[5] == 0x0D || sample[5] == 0x0A else { return nil }
    let isPair = sample[5] == 0x0D && sample.count > 6 && sample[6] == 0x0A
    return (sample[4], isPair ? 7 : 6)
  }

  private func forEachRecord(_ delimiter: UInt8, _ body: ([UnsafeBufferPointer<UInt8>], Int) -> Void) {
    var scanner = RecordScanner(delimiter: delimiter, mostSpans: 200)
    sample.withUnsafeBufferPointer { bytes in
      guard let base = bytes.baseAddress else { return }
      var seen = 0
      while seen < Self.mostRecords {
        switch scanner.scan(base, end: bytes.count, isLast: isWhole || seen == 0) {
        case .blank: continue
        case .record:
          seen += 1
          body(
            scanner.spans.map {
              UnsafeBufferPointer(start: base + Int($0.start), count: $0.end - Int($0.start))
            }, scanner.fieldCount)
        case .incomplete, .unterminated, .end: return
        }
      }
    }
  }
}
