/// Whole numbers of one column, in the fewest bytes that hold all of them: survey answers take one byte each.
///
/// The width follows from the values alone, so that equal values are equal whatever way they came. The least number of
/// each width marks a missing value.
package struct IntegerValues: Sendable, Hashable {
  private enum Width: Sendable, Hashable { case byte, short, word, long }

  private var width = Width.byte
  // Only the one of the width holds values.
  private var bytes: [Int8] = []
  private var shorts: [Int16] = []
  private var words: [Int32] = []
  private var longs: [Int64] = []

  package init() {}

  /// - Parameter values: `Int64.min` marks a missing value.
  package init(_ values: some Sequence<Int64>) {
    for value in values { append(value) }
  }

  package var count: Int {
    switch width {
    case .byte: bytes.count
    case .short: shorts.count
    case .word: words.count
    case .long: longs.count
    }
  }

  /// Bytes taken by the values.
  package var byteCount: Int {
    switch width {
    case .byte: bytes.count
    case .short: shorts.count * 2
    case .word: words.count * 4
    case .long: longs.count * 8
    }
  }

  /// `Int64.min` where the value is missing.
  package subscript(row: Int) -> Int64 {
    switch width {
    case .byte: Self.widened(bytes[row])
    case .short: Self.widened(shorts[row])
    case .word: Self.widened(words[row])
    case .long: longs[row]
    }
  }

  func isMissing(_ row: Int) -> Bool {
    switch width {
    case .byte: bytes[row] == .min
    case .short: shorts[row] == .min
    case .word: words[row] == .min
    case .long: longs[row] == .min
    }
  }

  /// All values as numbers, NaN where missing.
  package func numbers() -> [Double] {
    switch width {
    case .byte: bytes.map { $0 == .min ? .nan : Double($0) }
    case .short: shorts.map { $0 == .min ? .nan : Double($0) }
    case .word: words.map { $0 == .min ? .nan : Double($0) }
    case .long: longs.map { $0 == .min ? .nan : Double($0) }
    }
  }

  /// All values, `Int64.min` where missing.
  package func values() -> [Int64] {
    switch width {
    case .byte: bytes.map(Self.widened)
    case .short: shorts.map(Self.widened)
    case .word: words.map(Self.widened)
    case .long: longs
    }
  }

  /// Some rows as numbers, written in order from `first` on, `stride` elements apart. Rows with no value are NaN.
  package func write(
    _ rows: ArraySlice<Int>, to buffer: inout [Double], first: Int, stride: Int, less shift: Double
  ) {
    func put<Number: FixedWidthInteger & SignedInteger>(_ values: [Number]) {
      var at = first
      for row in rows {
        buffer[at] = values[row] == .min ? .nan : Double(values[row]) - shift
        at += stride
      }
    }
    switch width {
    case .byte: put(bytes)
    case .short: put(shorts)
    case .word: put(words)
    case .long: put(longs)
    }
  }

  mutating func reserveCapacity(_ count: Int) {
    switch width {
    case .byte: bytes.reserveCapacity(count)
    case .short: shorts.reserveCapacity(count)
    case .word: words.reserveCapacity(count)
    case .long: longs.reserveCapacity(count)
    }
  }

  @inline(__always)
  mutating func append(_ value: Int64) {
    if width == .byte, value > Int64(Int8.min), value <= Int64(Int8.max) {
      bytes.append(Int8(truncatingIfNeeded: value))
    } else {
      appendWide(value)
    }
  }

  mutating func appendMissing(count: Int = 1) {
    switch width {
    case .byte: bytes.append(contentsOf: repeatElement(.min, count: count))
    case .short: shorts.append(contentsOf: repeatElement(.min, count: count))
    case .word: words.append(contentsOf: repeatElement(.min, count: count))
    case .long: longs.append(contentsOf: repeatElement(.min, count: count))
    }
  }

  private mutating func appendWide(_ value: Int64) {
    if value == missingInteger { return appendMissing() }
    let needed: Width =
      if Int8(exactly: value).map({ $0 != .min }) == true {
        .byte
      } else if Int16(exactly: value).map({ $0 != .min }) == true {
        .short
      } else if Int32(exactly: value).map({ $0 != .min }) == true { .word } else { .long }
    widen(to: needed)
    switch width {
    case .byte: bytes.append(Int8(truncatingIfNeeded: value))
    case .short: shorts.append(Int16(truncatingIfNeeded: value))
    case .word: words.append(Int32(truncatingIfNeeded: value))
    case .long: longs.append(value)
    }
  }

  /// Moves the values into wider ones, with the room reserved before.
  private mutating func widen(to needed: Width) {
    switch (width, needed) {
    case (.byte, .short): shorts = Self.moved(&bytes)
    case (.byte, .word): words = Self.moved(&bytes)
    case (.byte, .long): longs = Self.moved(&bytes)
    case (.short, .word): words = Self.moved(&shorts)
    case (.short, .long): longs = Self.moved(&shorts)
    case (.word, .long): longs = Self.moved(&words)
    default: return
    }
    width = needed
  }

  private static func moved<
    From: FixedWidthInteger & SignedInteger, To: FixedWidthInteger & SignedInteger
  >(_ from: inout [From]) -> [To] {
    var to: [To] = []
    to.reserveCapacity(from.capacity)
    for value in from { to.append(value == .min ? .min : To(truncatingIfNeeded: value)) }
    from = []
    return to
  }

  @inline(__always)
  private static func widened<Number: FixedWidthInteger & SignedInteger>(_ value: Number) -> Int64 {
    value == .min ? missingInteger : Int64(truncatingIfNeeded: value)
  }
}
