/// Fields of some rows, as they lie in the window.
struct CellBatch {
  let base: UnsafePointer<UInt8>
  /// Row by row.
  let spans: UnsafeBufferPointer<Span>
  /// Fields in a row.
  let width: Int
  let rows: Int
  let scratch: ByteScratch

  /// The bytes of a cell, doubled quotes halved. Good until the next cell is asked for.
  @inline(__always)
  func cell(_ row: Int, _ column: Int) -> UnsafeBufferPointer<UInt8> {
    let span = spans[row * width + column]
    let start = Int(span.start)
    let bytes = UnsafeBufferPointer(start: base + start, count: span.end - start)
    return span.doubled ? scratch.halvingQuotes(bytes) : bytes
  }
}

/// Room for one cell that does not stand in the file as it is meant.
final class ByteScratch {
  private var base: UnsafeMutablePointer<UInt8> = .allocate(capacity: 256)
  private var capacity = 256

  deinit { base.deallocate() }

  /// The text of a quoted field: two quotes within it stand for one.
  func halvingQuotes(_ bytes: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
    if bytes.count > capacity {
      base.deallocate()
      capacity = bytes.count * 2
      base = .allocate(capacity: capacity)
    }
    var count = 0
    var p = 0
    while p < bytes.count {
      base[count] = bytes[p]
      count += 1
      p += bytes[p] == 0x22 ? 2 : 1
    }
    return UnsafeBufferPointer(start: base, count: count)
  }
}

/// The spellings that mean "no value".
struct MissingWords: Sendable {
  private let words: [[UInt8]]
  /// A bit for every length that occurs, the last for 63 and more.
  private let lengths: UInt64

  init(_ words: [String]) {
    self.words = words.map { word in Array(word.utf8).withUnsafeBufferPointer { Array(trimmed($0)) } }
    lengths = self.words.reduce(0) { $0 | 1 << UInt64(min($1.count, 63)) }
  }

  /// Whether a trimmed cell means "no value".
  @inline(__always)
  func contain(_ cell: UnsafeBufferPointer<UInt8>) -> Bool {
    if cell.count == 0 { return true }
    if lengths & (1 << UInt64(min(cell.count, 63))) == 0 { return false }
    return words.contains { $0.elementsEqual(cell) }
  }
}
