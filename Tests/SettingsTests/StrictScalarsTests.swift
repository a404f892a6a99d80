import Settings
import Testing

@Suite struct StrictScalarsTests {
  @Test(arguments: [("0", 0.0), ("-1.5", -1.5), ("+2", 2), (".5", 0.5), ("5.", 5), ("1e3", 1000), ("1E-3", 0.001)])
  func numbers(text: String, expected: Double) { #expect(strictNumber(text) == expected) }

  @Test(arguments: [
    "", "-", "+", ".", "e3", "1e", "1e+", "1e400", "nan", "inf", "0x10", "1_000", "1,5", " 1", "1 ", "--1", "1-", "٣",
    "1e1.5", "-.e1",
  ])
  func otherTextsAreNoNumbers(text: String) { #expect(strictNumber(text) == nil) }

  @Test func integers() {
    #expect(strictInteger("-12") == -12)
    #expect(strictInteger("+12") == 12)
    for text in ["", "-", "1.0", "1e3", "99999999999999999999", " 1", "+-1", "0x1"] {
      #expect(strictInteger(text) == nil)
    }
  }

  @Test func truths() {
    #expect(strictTruth("true") == true)
    #expect(strictTruth("FALSE") == false)
    for text in ["yes", "no", "on", "1", "tRue", ""] { #expect(strictTruth(text) == nil) }
  }

  @Test func daysOfTheCalendar() {
    #expect(CalendarDay("2024-02-29")?.description == "2024-02-29")
    #expect(CalendarDay("2026-05")?.description == "2026-05")
    #expect(CalendarDay("0999")?.description == "0999")
    for text in ["2026-02-30", "2026-13", "2026-1-1", "26-01-01", "2026-05-04T00:00", "", "-", "2026-05-", "0000"] {
      #expect(CalendarDay(text) == nil)
    }
    #expect(CalendarDay("1900-02-29") == nil)
    #expect(CalendarDay("2000-02-29") != nil)
  }

  @Test func daysAreOrdered() throws {
    let days = try ["2025", "2025-12-31", "2026-01", "2026-01-01"].map { try #require(CalendarDay($0)) }
    #expect(days == days.sorted())
  }
}
