/// Readers of single cells. Each accepts one way of writing and nothing that merely looks like it.

/// What a cell holds when read as a number.
struct NumberCell {
  enum Kind { case none, integer, decimal }
  var kind: Kind
  /// The value of an integer.
  var integer: Int64 = 0
  /// The value of a decimal number, and of an integer that fits no `Int64` exactly only when `lenient` was asked.
  var decimal: Double = 0

  static let none = NumberCell(kind: .none)
}

/// `Int64.min` marks a missing integer, so it is not a value.
let missingInteger = Int64.min
let missingDay = Int32.min

private let powersOfTen: [Double] = [
  1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
  1e21, 1e22,
]

/// Removes spaces and tabs around a cell.
@inline(__always)
func trimmed(_ cell: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
  var start = 0
  var end = cell.count
  while start < end, cell[start] == 0x20 || cell[start] == 0x09 { start += 1 }
  while end > start, cell[end - 1] == 0x20 || cell[end - 1] == 0x09 { end -= 1 }
  return start == 0 && end == cell.count ? cell : UnsafeBufferPointer(rebasing: cell[start..<end])
}

/// Reads a decimal number: sign, digits, fraction, exponent; finite. No `0x`, `nan`, `inf`, no signs between thousands.
///
/// A mantissa of at most 15 digits with a power of ten up to 22 is exact in one division; all else goes the long way.
/// - Parameter lenient: A declared column also takes `+5`, `007` and whole numbers past 64 bits; found types leave those
///   to text, since they are mostly telephone numbers, post codes and identifiers.
@inline(__always)
func parseNumber(_ cell: UnsafeBufferPointer<UInt8>, decimal: UInt8, lenient: Bool) -> NumberCell {
  let count = cell.count
  guard count > 0, let p = cell.baseAddress else { return .none }
  var i = 0
  var negative = false
  if p[0] == 0x2D {
    negative = true
    i = 1
  } else if p[0] == 0x2B {
    if !lenient { return .none }
    i = 1
  }
  let firstDigit = i
  var mantissa: UInt64 = 0
  while i < count, p[i] &- 0x30 < 10 {
    mantissa = mantissa &* 10 &+ UInt64(p[i] &- 0x30)
    i += 1
  }
  let wholeDigits = i - firstDigit
  if wholeDigits > 1, p[firstDigit] == 0x30, !lenient { return .none }
  if i == count {
    if wholeDigits == 0 { return .none }
    if wholeDigits <= 18 {
      let value = Int64(mantissa)
      return NumberCell(kind: .integer, integer: negative ? -value : value)
    }
    return parseLongInteger(cell, lenient: lenient)
  }
  var fractionDigits = 0
  if p[i] == decimal {
    i += 1
    let start = i
    while i < count, p[i] &- 0x30 < 10 {
      mantissa = mantissa &* 10 &+ UInt64(p[i] &- 0x30)
      i += 1
    }
    fractionDigits = i - start
  }
  if wholeDigits + fractionDigits == 0 { return .none }
  if i == count, wholeDigits + fractionDigits <= 15, fractionDigits <= 22 {
    let value = Double(mantissa) / powersOfTen[fractionDigits]
    return NumberCell(kind: .decimal, decimal: negative ? -value : value)
  }
  return parseLongDecimal(cell, from: i, decimal: decimal)
}

/// Whole numbers of 19 digits and more.
@inline(never)
private func parseLongInteger(_ cell: UnsafeBufferPointer<UInt8>, lenient: Bool) -> NumberCell {
  let text = String(decoding: cell, as: UTF8.self)
  if let value = Int64(text), value != missingInteger { return NumberCell(kind: .integer, integer: value) }
  guard lenient, let value = Double(text), value.isFinite else { return .none }
  return NumberCell(kind: .decimal, decimal: value)
}

/// Numbers with an exponent or more digits than a double holds exactly; `position` is where the mantissa ended.
@inline(never)
private func parseLongDecimal(_ cell: UnsafeBufferPointer<UInt8>, from position: Int, decimal: UInt8) -> NumberCell {
  var i = position
  if i < cell.count {
    guard cell[i] == 0x65 || cell[i] == 0x45 else { return .none }
    i += 1
    if i < cell.count, cell[i] == 0x2B || cell[i] == 0x2D { i += 1 }
    let digits = i
    while i < cell.count, cell[i] &- 0x30 < 10 { i += 1 }
    guard i == cell.count, i > digits else { return .none }
  }
  let text = String(decoding: cell.map { $0 == decimal ? 0x2E : $0 }, as: UTF8.self)
  guard let value = Double(text), value.isFinite else { return .none }
  return NumberCell(kind: .decimal, decimal: value)
}

/// Reads `YYYY-MM-DD`, a day that exists, years 0001 to 9999.
///
/// - Parameter allowTime: also takes `YYYY-MM-DDTHH:MM`, with seconds, fractions and `Z` or an offset, and a space for
///   the `T`: the day as written.
@inline(__always)
func parseDay(_ cell: UnsafeBufferPointer<UInt8>, allowTime: Bool = false) -> Int32? {
  guard cell.count >= 10, let p = cell.baseAddress else { return nil }
  if cell.count > 10 { guard allowTime, isTime(UnsafeBufferPointer(rebasing: cell[10...])) else { return nil } }
  guard p[4] == 0x2D, p[7] == 0x2D else { return nil }
  var worst: UInt8 = 0
  @inline(__always) func digit(_ i: Int) -> Int {
    let value = p[i] &- 0x30
    worst = max(worst, value)
    return Int(value)
  }
  let year = digit(0) * 1000 + digit(1) * 100 + digit(2) * 10 + digit(3)
  let month = digit(5) * 10 + digit(6)
  let day = digit(8) * 10 + digit(9)
  guard worst < 10, year > 0, month >= 1, month <= 12, day >= 1 else { return nil }
  guard day <= 28 || day <= CalendarDays.length(ofMonth: month, year: year) else { return nil }
  return CalendarDays.number(year: year, month: month, day: day)
}

private func isTime(_ cell: UnsafeBufferPointer<UInt8>) -> Bool {
  guard cell.count >= 6, cell[0] == 0x54 || cell[0] == 0x20 else { return false }
  func two(_ i: Int, below limit: UInt8) -> Bool {
    guard i + 1 < cell.count, cell[i] &- 0x30 < 10, cell[i + 1] &- 0x30 < 10 else { return false }
    return (cell[i] &- 0x30) * 10 + (cell[i + 1] &- 0x30) < limit
  }
  guard two(1, below: 24), cell[3] == 0x3A, two(4, below: 60) else { return false }
  var i = 6
  if i < cell.count, cell[i] == 0x3A {
    guard two(i + 1, below: 61) else { return false }
    i += 3
    if i < cell.count, cell[i] == 0x2E {
      i += 1
      let start = i
      while i < cell.count, cell[i] &- 0x30 < 10 { i += 1 }
      if i == start { return false }
    }
  }
  if i == cell.count { return true }
  if cell[i] == 0x5A { return i + 1 == cell.count }
  guard cell[i] == 0x2B || cell[i] == 0x2D, two(i + 1, below: 24) else { return false }
  i += 3
  if i < cell.count, cell[i] == 0x3A { i += 1 }
  return two(i, below: 60) && i + 2 == cell.count
}

/// Reads `true` or `false` in any case.
///
/// - Parameter lenient: A declared column also takes `yes`, `no`, `1` and `0`.
@inline(__always)
func parseTruth(_ cell: UnsafeBufferPointer<UInt8>, lenient: Bool) -> Int8? {
  @inline(__always) func matches(_ word: StaticString) -> Bool {
    guard cell.count == word.utf8CodeUnitCount else { return false }
    for i in 0..<cell.count where cell[i] | 0x20 != word.utf8Start[i] { return false }
    return true
  }
  switch cell.count {
  case 4: return matches("true") ? 1 : nil
  case 5: return matches("false") ? 0 : nil
  case 1 where lenient: return cell[0] == 0x31 ? 1 : cell[0] == 0x30 ? 0 : nil
  case 2 where lenient: return matches("no") ? 0 : nil
  case 3 where lenient: return matches("yes") ? 1 : nil
  default: return nil
  }
}
