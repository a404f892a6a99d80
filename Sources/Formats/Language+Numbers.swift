import FoundationEssentials
import FoundationInternationalization

/// What stands where a number is not finite: no reader should meet "NaN".
private let missing = "–"
private let minus = "\u{2212}"

extension Language {
  /// A number with the language's grouping and decimal mark, a true minus (U+2212), halves rounded away from zero.
  ///
  /// - Parameters:
  ///   - value: Anything; what is not finite is written "–".
  ///   - decimals: Digits after the mark, 0 to 15, also when they are zeros. By default whole numbers have none and
  ///     others keep three significant digits without closing zeros: 1,235 · 12.3 · 0.831.
  package func number(_ value: Double, decimals: Int? = nil) -> String {
    guard value.isFinite else { return missing }
    return withSign(of: value, plus: false) { magnitude in
      if decimals == nil, needsPowerOfTen(magnitude) {
        return numbers.notation(.scientific).precision(.significantDigits(1...3)).format(magnitude)
      }
      return numbers.precision(.fractionLength(fractionLength(decimals, magnitude))).format(magnitude)
    }
  }

  /// A number with its sign always shown, for changes and differences: +3, −2, 0.
  ///
  /// - Parameters: as for `number`.
  package func signed(_ value: Double, decimals: Int? = nil) -> String {
    guard value.isFinite else { return missing }
    return withSign(of: value, plus: true) { number($0, decimals: decimals) }
  }

  /// A share as per cent: 0.835 is 84%.
  ///
  /// - Parameters:
  ///   - fraction: 1 is 100%; what is not finite is written "–".
  ///   - decimals: Digits after the mark, 0 to 15.
  package func percent(_ fraction: Double, decimals: Int = 0) -> String {
    guard fraction.isFinite else { return missing }
    return withSign(of: fraction, plus: false) {
      percents.precision(.fractionLength(min(max(decimals, 0), 15))).format($0)
    }
  }

  /// An amount of money in the language's order: £1,234.50 · 1.234,50 €.
  ///
  /// - Parameters:
  ///   - amount: In whole units of the currency; what is not finite is written "–".
  ///   - currency: An ISO 4217 code. Other text is set after the number as a unit.
  ///   - decimals: 0 to 15. By default none for whole amounts and from 1,000 on, otherwise the currency's own.
  package func money(_ amount: Double, currency: String, decimals: Int? = nil) -> String {
    guard amount.isFinite else { return missing }
    let isCode = currency.utf8.count == 3 && currency.utf8.allSatisfy { (0x61...0x7A).contains($0 | 0x20) }
    return withSign(of: amount, plus: false) { magnitude in
      let plain = magnitude == magnitude.rounded() || magnitude >= 1000
      guard isCode else {
        let number = number(magnitude, decimals: decimals ?? (plain ? 0 : 2))
        return currency.isEmpty ? number : number + "\u{A0}" + currency
      }
      let style = FloatingPointFormatStyle<Double>.Currency(code: currency.uppercased(), locale: locale)
        .rounded(rule: .toNearestOrAwayFromZero)
      guard let decimals = decimals ?? (plain ? 0 : nil) else { return style.format(magnitude) }
      return style.precision(.fractionLength(min(max(decimals, 0), 15))).format(magnitude)
    }
  }

  /// Formats the magnitude and sets the sign before it, unless all that is left after rounding is zero.
  private func withSign(of value: Double, plus: Bool, _ format: (Double) -> String) -> String {
    let text = format(value.magnitude)
    guard value != 0, value < 0 || plus, value.magnitude >= 1 || hasNonzeroDigit(text) else { return text }
    // Right-to-left languages need a mark, or the sign lands behind the number.
    let mark = direction == .rightToLeft ? "\u{200E}" : ""
    return mark + (value < 0 ? minus : "+") + text
  }
}

private func fractionLength(_ decimals: Int?, _ magnitude: Double) -> ClosedRange<Int> {
  if let decimals {
    let count = min(max(decimals, 0), 15)
    return count...count
  }
  if magnitude == magnitude.rounded() || magnitude >= 100 { return 0...0 }
  if magnitude >= 10 { return 0...1 }
  if magnitude >= 1 { return 0...2 }
  var count = 3
  var edge = 0.1
  while magnitude < edge, count < 9 {
    count += 1
    edge /= 10
  }
  return 0...count
}

/// Below a millionth and from 10^15 on plain digits would only be noise.
private func needsPowerOfTen(_ magnitude: Double) -> Bool {
  magnitude >= 1e15 || (magnitude > 0 && magnitude < 1e-6)
}

/// Digits of any script, since several languages do not write 0 to 9.
private func hasNonzeroDigit(_ text: String) -> Bool {
  text.unicodeScalars.contains { scalar in
    if scalar.isASCII { return (0x31...0x39).contains(scalar.value) }
    return scalar.properties.numericType == .decimal && scalar.properties.numericValue != 0
  }
}
