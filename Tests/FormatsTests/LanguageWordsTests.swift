import Formats
import Testing

@Suite struct LanguageWordsTests {
  @Test(arguments: [
    ("en-GB", "4 May 2026", "May 2026", "2026"), ("en-US", "May 4, 2026", "May 2026", "2026"),
    ("de", "4. Mai 2026", "Mai 2026", "2026"), ("fr", "4 mai 2026", "mai 2026", "2026"),
    ("ja", "2026年5月4日", "2026年5月", "2026年"),
  ])
  func datesInLongForm(tag: String, day: String, month: String, year: String) throws {
    let language = try #require(Language(identifier: tag))
    #expect(language.date(year: 2026, month: 5, day: 4) == day)
    #expect(language.date(year: 2026, month: 5) == month)
    #expect(language.date(year: 2026) == year)
  }

  @Test func theGregorianCalendarEverywhere() throws {
    #expect(try #require(Language(identifier: "th-TH")).date(year: 2026).contains("2026"))
    #expect(Language.british.date(year: 2024, month: 2, day: 29) == "29 February 2024")
    #expect(Language.british.date(year: 1, month: 1, day: 1).hasPrefix("1 January"))
  }

  @Test(arguments: [(2026, 2, 29), (2026, 13, 1), (2026, 0, 4), (0, 1, 1), (10000, 1, 1), (2026, 4, 31), (-5, 1, 1)])
  func daysThatDoNotExistAreADash(year: Int, month: Int, day: Int) {
    #expect(Language.british.date(year: year, month: month, day: day) == "–")
  }

  @Test(arguments: [
    (1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (12, "12th"), (13, "13th"), (21, "21st"),
    (112, "112th"), (1001, "1,001st"), (0, "0th"), (-1, "−1st"),
  ])
  func englishOrdinals(place: Int, expected: String) {
    #expect(Language.british.ordinal(place) == expected)
  }

  @Test(arguments: [
    ("de", "1.", "2."), ("fr", "1er", "2e"), ("es", "1.º", "2.º"), ("it", "1º", "2º"), ("nl", "1e", "2e"),
    ("sv", "1:a", "2:a"), ("ja", "第1", "第2"), ("pl", "1.", "2."),
  ])
  func otherOrdinals(tag: String, first: String, second: String) throws {
    let language = try #require(Language(identifier: tag))
    #expect(language.ordinal(1) == first)
    #expect(language.ordinal(2) == second)
  }

  @Test func lists() throws {
    let british = Language.british
    #expect(british.list([]) == "")
    #expect(british.list(["a"]) == "a")
    #expect(british.list(["a", "b"]) == "a and b")
    #expect(british.list(["a", "b", "c"]) == "a, b and c")
    #expect(try #require(Language(identifier: "en-US")).list(["a", "b", "c"]) == "a, b, and c")
    #expect(try #require(Language(identifier: "de")).list(["a", "b", "c"]) == "a, b und c")
  }
}
