/// Readers of scalars that accept one spelling each and nothing that merely parses
/// (`Double("0x10")`, `"nan"` and `"1e400"` all do).

/// A decimal number: optional sign, digits, optional fraction and exponent; finite.
package func strictNumber(_ text: String) -> Double? {
  var digits = 0
  var state = 0  // 0 start, 1 integer digits, 2 after the point, 3 after e, 4 exponent digits
  for (offset, byte) in text.utf8.enumerated() {
    switch (byte, state) {
    case (0x2B, 0), (0x2D, 0): if offset != 0 { return nil }
    case (0x30...0x39, 0), (0x30...0x39, 1):
      state = 1
      digits += 1
    case (0x30...0x39, 2): digits += 1
    case (0x2E, 0), (0x2E, 1): state = 2
    case (0x65, 1), (0x45, 1), (0x65, 2), (0x45, 2):
      if digits == 0 { return nil }
      state = 3
    case (0x2B, 3), (0x2D, 3): state = 5
    case (0x2B, 3), (0x2D, 3): state = 5
    case (0x30...0x39, 3), (0x30...0x39, 4), (0x30...0x39, 5): state = 4
    default: return nil
    }
  }
  guard digits > 0, state != 3, state != 5, let value = Double(text), value.isFinite else { return nil }
  return value
}

/// A whole number in plain digits with an optional sign.
package func strictInteger(_ text: String) -> Int? {
  let body = text.hasPrefix("-") || text.hasPrefix("+") ? text.dropFirst() : text[...]
  guard !body.isEmpty, body.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
  return Int(text)
}

/// `true` or `false`, the only two spellings of YAML 1.2.
package func strictTruth(_ text: String) -> Bool? {
  switch text {
  case "true", "True", "TRUE": true
  case "false", "False", "FALSE": false
  default: nil
  }
}

/// A calendar day written `YYYY-MM-DD`, `YYYY-MM` or `YYYY`, checked against the calendar.
package struct CalendarDay: Sendable, Hashable, Comparable, Codable {
  package var year: Int
  /// 1 to 12, or 0 where only the year is known.
  package var month: Int
  /// 1 to 31, or 0 where only year or month are known.
  package var day: Int

  package init?(_ text: String) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard (1...3).contains(parts.count), parts[0].utf8.count == 4, let year = strictInteger(String(parts[0])), year > 0
    else { return nil }
    self.year = year
    month = 0
    day = 0
    if parts.count > 1 {
      guard parts[1].utf8.count == 2, let month = strictInteger(String(parts[1])), (1...12).contains(month) else {
        return nil
      }
      self.month = month
    }
    if parts.count > 2 {
      guard parts[2].utf8.count == 2, let day = strictInteger(String(parts[2])),
        (1...Self.days(in: month, of: year)).contains(day)
      else { return nil }
      self.day = day
    }
  }

  /// Days in a month of the Gregorian calendar.
  package static func days(in month: Int, of year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  package static func < (a: Self, b: Self) -> Bool { (a.year, a.month, a.day) < (b.year, b.month, b.day) }
}

extension CalendarDay: CustomStringConvertible {
  /// ISO 8601, as precise as it is known.
  package var description: String {
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let years = String(repeating: "0", count: max(0, 4 - String(year).count)) + String(year)
    if month == 0 { return years }
    return day == 0 ? "\(years)-\(two(month))" : "\(years)-\(two(month))-\(two(day))"
  }
}
