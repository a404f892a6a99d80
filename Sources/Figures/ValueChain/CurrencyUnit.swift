import Formats

/// A unit of money: an ISO 4217 code, alone or with a word for thousands, millions or billions on either side of it:
/// "GBP", "m GBP", "EUR million".
struct CurrencyUnit {
  private static let words: [(word: String, spelled: String)] = [
    ("k", "thousand"), ("thousand", "thousand"), ("tsd", "Tsd."), ("tsd.", "Tsd."), ("m", "million"),
    ("mn", "million"), ("mln", "million"), ("mio", "Mio."), ("mio.", "Mio."), ("million", "million"),
    ("millions", "million"), ("bn", "billion"), ("billion", "billion"), ("mrd", "Mrd."), ("mrd.", "Mrd."),
  ]

  let code: String
  /// As the data write it: "m"; empty where the unit is the currency itself.
  let scale: String

  /// - Returns: nil where the unit is no money.
  init?(_ unit: String) {
    let parts = unit.split(separator: " ").map(String.init)
    guard (1...2).contains(parts.count), let at = parts.firstIndex(where: Self.isCode) else { return nil }
    let rest = parts.count == 2 ? parts[1 - at] : ""
    guard rest.isEmpty || Self.words.contains(where: { $0.word == rest.lowercased() }) else { return nil }
    code = parts[at]
    scale = rest
  }

  /// "£1.60" and "£1.2 m"; where the currency's sign comes last, "1,2 m €".
  func amount(_ value: Double, _ language: Language) -> String {
    guard !scale.isEmpty else {
      // Small sums keep their pence, and "£0.10" stands beside "£0.03".
      return language.money(value, currency: code, decimals: abs(value) < 1000 && value != value.rounded() ? 2 : nil)
    }
    let text = language.money(value, currency: code, decimals: Self.decimals(value))
    guard let last = text.lastIndex(where: \.isNumber) else { return text }
    return "\(text[...last])\u{A0}\(scale)\(text[text.index(after: last)...])"
  }

  /// The unit as running words say it: "m GBP" is "million GBP"; what is no money stays.
  static func spelled(_ unit: String) -> String {
    guard let money = CurrencyUnit(unit), !money.scale.isEmpty else { return unit }
    return "\(words.first { $0.word == money.scale.lowercased() }?.spelled ?? money.scale) \(money.code)"
  }

  /// As many digits as the value has, three significant ones at most unless before the mark.
  private static func decimals(_ value: Double) -> Int {
    let size = abs(value)
    let most = size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : size >= 0.1 ? 3 : size >= 0.01 ? 4 : 5
    var power = 1.0
    for count in 0..<most {
      if abs((size * power).rounded() - size * power) < 1e-7 { return count }
      power *= 10
    }
    return most
  }

  private static func isCode(_ part: String) -> Bool {
    part.utf8.count == 3 && part.utf8.allSatisfy { (0x41...0x5A).contains($0) }
  }
}
