import Formats
import Testing

@Suite struct LanguageTests {
  @Test(arguments: [
    ("en", "en"), ("EN-gb", "en-GB"), ("zh-hant-tw", "zh-Hant-TW"), ("de-CH", "de-CH"), ("es-419", "es-419"),
    ("sl-rozaj-biske", "sl-rozaj-biske"), ("de-DE-1996", "de-DE-1996"), ("ar-EG-u-nu-latn", "ar-EG-u-nu-latn"),
    ("en-x-plain", "en-x-plain"),
  ])
  func wellFormedTagsAreSpelledTheUsualWay(given: String, expected: String) {
    #expect(Language(identifier: given)?.identifier == expected)
  }

  @Test(arguments: [
    "", "-", "e", "english", "en_GB", "en-", "en--GB", "en-GB-", "xx", "en-XQ", "en-UK-", "12", "en GB", "en-a", "en-x",
    "ｅｎ", "en-GB\n", String(repeating: "en-", count: 5000),
  ])
  func otherTagsAreRefused(tag: String) {
    #expect(Language(identifier: tag) == nil)
  }

  @Test func directionFollowsTheScript() throws {
    #expect(Language.british.direction == .leftToRight)
    #expect(try #require(Language(identifier: "ar")).direction == .rightToLeft)
    #expect(try #require(Language(identifier: "he-IL")).direction.rawValue == "rtl")
    #expect(try #require(Language(identifier: "az-Arab")).direction == .rightToLeft)
    #expect(try #require(Language(identifier: "ur")).direction == .rightToLeft)

  }

  @Test func languagesAreComparedByTheirTag() {
    #expect(Language(identifier: "EN-GB") == Language.british)
    #expect(Language(identifier: "en-US") != Language.british)
    #expect(Language(identifier: "de-CH")?.primary == "de")
  }
}
