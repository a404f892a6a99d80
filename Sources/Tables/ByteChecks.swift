/// Bytes in a position of text that are no text.
enum ByteFault: Equatable {
  /// Not UTF-8 (Unicode 16, table 3-7): a byte out of place, an overlong form, a surrogate, a cut-off sequence.
  case invalid(UInt8)
  /// A zero byte: text files have none, programs and pictures are full of them.
  case zero
}

/// Checks that bytes are UTF-8 without zero bytes.
///
/// - Returns: How far the bytes are good. Short of `end` either a fault begins there (`clean` false) or a sequence
///   whose remaining bytes are not there yet.
func checkText(_ base: UnsafePointer<UInt8>, from start: Int, to end: Int) -> (checked: Int, clean: Bool) {
  var p = start
  while p < end {
    // Eight bytes at a time while all are ASCII and none is zero.
    while p + 8 <= end {
      let word = UnsafeRawPointer(base + p).loadUnaligned(as: UInt64.self)
      if ((word &- 0x0101_0101_0101_0101) | word) & 0x8080_8080_8080_8080 != 0 { break }
      p += 8
    }
    let stop = min(p + 8, end)
    while p < stop {
      let length = sequenceLength(base + p, available: end - p)
      if length == 0 { return (p, false) }
      if length < 0 { return (p, true) }
      p += length
    }
  }
  return (p, true)
}

/// The length of the UTF-8 sequence at `p`: 1 to 4, 0 for a fault (also a zero byte), −1 where it may go on past
/// what is available.
func sequenceLength(_ p: UnsafePointer<UInt8>, available: Int) -> Int {
  let lead = p[0]
  if lead < 0x80 { return lead == 0 ? 0 : 1 }
  let length: Int
  var lowest: UInt8 = 0x80
  var highest: UInt8 = 0xBF
  switch lead {
  case 0xC2...0xDF: length = 2
  case 0xE0...0xEF:
    length = 3
    if lead == 0xE0 { lowest = 0xA0 }
    if lead == 0xED { highest = 0x9F }
  case 0xF0...0xF4:
    length = 4
    if lead == 0xF0 { lowest = 0x90 }
    if lead == 0xF4 { highest = 0x8F }
  default: return 0
  }
  for i in 1..<length {
    if i == available { return -1 }
    if p[i] < lowest || p[i] > highest { return 0 }
    lowest = 0x80
    highest = 0xBF
  }
  return length
}

/// A place in text: line and column, both counted from 1, the column in Unicode scalars.
struct Place: Equatable {
  var line: Int
  var column: Int

  /// Moves over the bytes of `range`. A line ends at LF, CR or CR LF; a byte that is no UTF-8 counts as a character.
  mutating func advance(over base: UnsafePointer<UInt8>, _ range: Range<Int>) {
    var p = range.lowerBound
    while p < range.upperBound {
      let byte = base[p]
      if byte == 0x0A || byte == 0x0D {
        if byte == 0x0D && p + 1 < range.upperBound && base[p + 1] == 0x0A { p += 1 }
        line += 1
        column = 1
      } else if byte & 0xC0 != 0x80 {
        column += 1
      }
      p += 1
    }
  }
}

/// All faults in a range of text, each with its place.
func textFaults(
  _ base: UnsafePointer<UInt8>, _ range: Range<Int>, start: Place, _ found: (ByteFault, Place) -> Void
) {
  var place = start
  var p = range.lowerBound
  while p < range.upperBound {
    let length = sequenceLength(base + p, available: range.upperBound - p)
    if length > 0 {
      place.advance(over: base, p..<p + length)
      // CR and LF apart would count twice.
      if base[p] == 0x0A && p > range.lowerBound && base[p - 1] == 0x0D { place.line -= 1 }
      p += length
    } else {
      found(base[p] == 0 ? .zero : .invalid(base[p]), place)
      place.column += 1
      p += 1
    }
  }
}
