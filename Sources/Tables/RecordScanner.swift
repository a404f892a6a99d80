/// Where a field lies in the bytes: without its quotes, if it had any.
struct Span {
  var start: UInt32
  /// The end in the low 30 bits, and two marks above them.
  private var endAndMarks: UInt32

  private static let quotedMark: UInt32 = 1 << 31
  private static let doubledMark: UInt32 = 1 << 30

  @inline(__always)
  init(start: Int, end: Int, quoted: Bool = false, doubled: Bool = false) {
    self.start = UInt32(truncatingIfNeeded: start)
    endAndMarks =
      UInt32(truncatingIfNeeded: end) | (quoted ? Self.quotedMark : 0) | (doubled ? Self.doubledMark : 0)
  }

  @inline(__always) var end: Int { Int(endAndMarks & 0x3FFF_FFFF) }
  @inline(__always) var quoted: Bool { endAndMarks & Self.quotedMark != 0 }
  /// True where a quote within the field is written twice and must be halved.
  @inline(__always) var doubled: Bool { endAndMarks & Self.doubledMark != 0 }
  /// Where the cell begins in the file: its opening quote, if it has one.
  @inline(__always) var cellStart: Int { Int(start) - (quoted ? 1 : 0) }
}

/// Cuts bytes into records and fields as RFC 4180 has it; lines end at LF, CR LF or CR.
///
/// A quote counts only as the first character of a field; elsewhere it stands for itself.
struct RecordScanner {
  enum Outcome {
    /// A record lies in `recordStart..<next`, its fields in `spans`.
    case record
    /// A line with nothing on it.
    case blank
    /// The record goes on past the bytes at hand; `next` still stands at its start.
    case incomplete
    /// A quote opened at `faults` never closes.
    case unterminated
    /// No bytes left.
    case end
  }

  enum Fault {
    /// Something between a closing quote and the next delimiter.
    case textAfterQuote(at: Int)
    /// The quote that is never closed.
    case unterminatedQuote(at: Int)
  }

  let delimiter: UInt8
  /// 1 for the delimiter, LF and CR.
  private let special: [UInt8]
  /// At most this many spans of a record are kept; `fieldCount` goes on counting.
  var mostSpans: Int
  /// Fields of finished records that are to be kept, followed by those of the record at hand.
  var spans: [Span] = []
  /// How many spans belong to records before this one.
  var keptSpans = 0
  /// Where the next record begins.
  var next = 0
  private(set) var recordStart = 0
  private(set) var fieldCount = 0
  /// Line ends within quotes.
  private(set) var extraLines = 0
  private(set) var faults: [Fault] = []
  /// The quote left open where an incomplete record was given up.
  private(set) var openQuote: Int?

  init(delimiter: UInt8, mostSpans: Int) {
    self.delimiter = delimiter
    self.mostSpans = mostSpans
    var special = [UInt8](repeating: 0, count: 256)
    special[Int(delimiter)] = 1
    special[0x0A] = 1
    special[0x0D] = 1
    self.special = special
  }

  /// Reads the record at `next`.
  ///
  /// - Parameters:
  ///   - end: bytes at hand.
  ///   - isLast: nothing follows them.
  mutating func scan(_ base: UnsafePointer<UInt8>, end: Int, isLast: Bool) -> Outcome {
    if spans.count > keptSpans { spans.removeLast(spans.count - keptSpans) }
    if !faults.isEmpty { faults.removeAll() }
    extraLines = 0
    fieldCount = 0
    recordStart = next
    openQuote = nil
    if next == end { return isLast ? .end : .incomplete }
    return special.withUnsafeBufferPointer { fields(base, end: end, isLast: isLast, special: $0) }
  }

  @inline(__always)
  private mutating func fields(
    _ base: UnsafePointer<UInt8>, end: Int, isLast: Bool, special: UnsafeBufferPointer<UInt8>
  ) -> Outcome {
    var p = next
    var count = 0
    while true {
      let start = p
      if p < end, base[p] == 0x22 {
        guard let closed = quoted(base, from: p, end: end, isLast: isLast) else {
          if !isLast {
            openQuote = start
            return .incomplete
          }
          faults.append(.unterminatedQuote(at: start))
          next = end
          return .unterminated
        }
        p = closed.end + 1
        if p < end, special[Int(base[p])] == 0 { p = afterQuote(base, from: p, end: end, special: special) }
        if p == end, !isLast { return .incomplete }
        if count < mostSpans {
          spans.append(Span(start: start + 1, end: closed.end, quoted: true, doubled: closed.doubled))
        }
      } else {
        while p < end, special[Int(base[p])] == 0 { p += 1 }
        if p == end, !isLast { return .incomplete }
        if count < mostSpans { spans.append(Span(start: start, end: p)) }
      }
      count += 1
      if p < end {
        let byte = base[p]
        p += 1
        if byte == delimiter { continue }
        if byte == 0x0D {
          if p < end {
            if base[p] == 0x0A { p += 1 }
          } else if !isLast {
            return .incomplete
          }
        }
      }
      next = p
      fieldCount = count
      return count == 1 && isBlank(base) ? .blank : .record
    }
  }

  /// The place of the closing quote, or nil where there is none.
  private mutating func quoted(
    _ base: UnsafePointer<UInt8>, from open: Int, end: Int, isLast: Bool
  ) -> (end: Int, doubled: Bool)? {
    var p = open + 1
    var doubled = false
    while p < end {
      switch base[p] {
      case 0x22:
        if p + 1 == end { return isLast ? (p, doubled) : nil }
        if base[p + 1] != 0x22 { return (p, doubled) }
        doubled = true
        p += 1
      case 0x0A: extraLines += 1
      case 0x0D: if p + 1 == end || base[p + 1] != 0x0A { extraLines += 1 }
      default: break
      }
      p += 1
    }
    return nil
  }

  /// Spaces may follow a closing quote; anything else is a fault, and is skipped.
  private mutating func afterQuote(
    _ base: UnsafePointer<UInt8>, from start: Int, end: Int, special: UnsafeBufferPointer<UInt8>
  ) -> Int {
    var p = start
    while p < end, base[p] == 0x20 { p += 1 }
    if p < end, special[Int(base[p])] == 0 {
      faults.append(.textAfterQuote(at: p))
      while p < end, special[Int(base[p])] == 0 { p += 1 }
    }
    return p
  }

  private func isBlank(_ base: UnsafePointer<UInt8>) -> Bool {
    guard let span = spans.last, !span.quoted else { return false }
    for p in Int(span.start)..<span.end where base[p] != 0x20 && base[p] != 0x09 { return false }
    return true
  }

  /// Makes the record just read part of those to keep.
  mutating func keep() { keptSpans = spans.count }

  /// Forgets all kept records.
  mutating func clear() {
    keptSpans = 0
    spans.removeAll(keepingCapacity: true)
  }
}
