import Formats
import Testing

@Suite struct LanguageNumbersTests {
  let british = Language.british
  let german: Language
  let french: Language

  init() throws {
    german = try #require(Language(identifier: "de-DE"))
    french = try #require(Language(identifier: "fr-FR"))
  }

  @Test(arguments: [
    (0, "0"), (-0.0, "0"), (7, "7"), (1234, "1,234"), (-1234, "−1,234"), (1234.56, "1,235"), (302.5, "303"),
    (12.345, "12.3"), (2.5, "2.5"), (2.999, "3"), (0.8312, "0.831"), (0.08312, "0.0831"), (-0.5, "−0.5"),
    (0.001, "0.001"), (1e15, "1E15"), (1.234e-7, "1.23E-7"), (99.96, "100"), (0.9999, "1"),
  ])
  func numbersKeepThreeSignificantDigits(value: Double, expected: String) {
    #expect(british.number(value) == expected)
  }

  @Test func decimalsAreKeptWhenAsked() {
    #expect(british.number(2, decimals: 2) == "2.00")
    #expect(british.number(0.125, decimals: 2) == "0.13")
    #expect(british.number(-0.125, decimals: 2) == "−0.13")
    #expect(british.number(2.675, decimals: 2) == "2.68")
    #expect(german.number(1234.5, decimals: 1) == "1.234,5")
    #expect(french.number(1234.5, decimals: 1) == "1\u{202F}234,5")
    #expect(british.number(1, decimals: -4) == "1")
    #expect(british.number(1, decimals: 400).utf8.count == 17)
  }

  @Test func nothingRoundsToMinusZero() {
    #expect(british.number(-0.001, decimals: 1) == "0.0")
    #expect(british.percent(-0.001) == "0%")
    #expect(british.signed(-0.04, decimals: 1) == "0.0")
    #expect(british.signed(0.04, decimals: 1) == "0.0")
    #expect(british.money(-0.001, currency: "GBP") == "£0.00")
  }

  @Test(arguments: [Double.nan, .infinity, -.infinity])
  func whatIsNotFiniteIsADash(value: Double) {
    for text in [
      british.number(value), british.number(value, decimals: 2), british.percent(value), british.signed(value),
      british.money(value, currency: "GBP"),
    ] { #expect(text == "–") }
  }

  @Test func signs() {
    #expect(british.signed(3) == "+3")
    #expect(british.signed(-3.14159) == "−3.14")
    #expect(british.signed(0) == "0")
    #expect(british.signed(1200, decimals: 1) == "+1,200.0")
  }

  @Test func percents() {
    #expect(british.percent(0.835) == "84%")
    #expect(british.percent(0.8351, decimals: 1) == "83.5%")
    #expect(british.percent(-0.07) == "−7%")
    #expect(german.percent(0.5) == "50\u{A0}%")
    #expect(french.percent(0.5) == "50\u{A0}%")
  }

  @Test func money() {
    #expect(british.money(1234, currency: "GBP") == "£1,234")
    #expect(british.money(1234.5, currency: "gbp") == "£1,235")
    #expect(british.money(12.5, currency: "GBP") == "£12.50")
    #expect(british.money(-12.5, currency: "GBP") == "−£12.50")
    #expect(british.money(12.5, currency: "JPY") == "JP¥13")
    #expect(british.money(1234.5, currency: "GBP", decimals: 2) == "£1,234.50")
    #expect(german.money(1234.5, currency: "EUR", decimals: 2) == "1.234,50\u{A0}€")
    #expect(british.money(1234, currency: "points") == "1,234\u{A0}points")
    #expect(british.money(12.5, currency: "") == "12.50")
  }

  @Test func otherScriptsAreWrittenTheirWay() throws {
    let egyptian = try #require(Language(identifier: "ar-EG"))
    #expect(egyptian.number(-1234.5, decimals: 1) == "\u{200E}−١٬٢٣٤٫٥")
    #expect(egyptian.number(-0.001, decimals: 1) == "٠٫٠")
    let indian = try #require(Language(identifier: "en-IN"))
    #expect(indian.number(1_234_567) == "12,34,567")
  }

  @Test func anyNumberIsWritten() {
    var state: UInt64 = 1
    for _ in 0..<3000 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let value = Double(bitPattern: state ^ (state >> 29))
      for text in [
        british.number(value), german.number(value, decimals: Int(state % 20)), french.signed(value),
        british.percent(value), british.money(value, currency: "EUR"),
      ] {
        #expect(!text.isEmpty && !text.contains("NaN") && !text.contains("∞"))
      }
    }
  }
}
