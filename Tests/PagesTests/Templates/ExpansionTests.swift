import Diagnostics
import Formats
import Testing

@testable import Pages

@Suite struct ExpansionTests {
  private static let rows = TemplateValue.list(
    (1...5).map { TemplateObject([("n", .text("row \($0)"))]) }, fields: ["n"])
  private static let context = TemplateObject([
    ("rows", rows), ("name", .text("Aero")), ("number", .number(1234.5, .number)), ("share", .number(0.834, .share)),
    ("lead", .number(1.5, .signed)), ("rank", .number(2, .integer)), ("day", .date("2026-05-04")), ("none", .missing),
    ("yes", .truth(true)),
  ])
  private let library = TemplateLibrary(overrides: [])

  /// Such lines never pass through a template; what a comment or a section takes away goes all the same.
  @Test func linesWithoutTagsComeOutAsTheyWere() throws {
    let text =
      "A long line of words, é & <b>\r\n{{#rows}}\nanother long line of words\n{{n}}\n{{/rows}}\n{{! a comment that runs\nover these long lines\nup to here }}\nthe last long line {{name}}"
    let expanded = try expand(text, firstLine: 5)
    #expect(expanded.text.hasPrefix("A long line of words, é & <b>\r\nanother long line of words\n"))
    #expect(!expanded.text.contains("over these"))
    #expect(expanded.text.unicodeScalars.allSatisfy { !(0xFDD0...0xFDEF).contains($0.value) })
    #expect(expanded.lines.first == 5)
    #expect(expanded.lines.last == 13)
    #expect(expanded.lines[1] == 7)
  }

  private func expand(_ text: String, _ language: Language = .british, firstLine: Int = 1) throws -> ExpandedText {
    var asks = TemplateAsks()
    return try library.expand(
      text, file: "p.md", firstLine: firstLine, Self.context, language: TemplateLanguage(language, currency: "EUR"),
      asks: &asks)
  }

  @Test func linesAfterALoopKeepTheirSource() throws {
    var lines = (1...30).map { "line \($0)" }
    lines[4] = "{{#rows}}"
    lines[5] = "- {{n}}"
    lines[6] = "{{/rows}}"
    lines[29] = "the end {{name}}"
    let expanded = try expand(lines.joined(separator: "\n"), firstLine: 11)
    let out = expanded.text.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(out.count == 32)
    #expect(out[4] == "- row 1")
    #expect(out[8] == "- row 5")
    #expect((5...9).map { expanded.source(ofLine: $0) } == [16, 16, 16, 16, 16])
    #expect(out[31] == "the end Aero")
    #expect(expanded.source(ofLine: 32) == 40)
    #expect(expanded.source(ofLine: 10) == 18)
  }

  @Test func aLineOfTwoTagsKeepsItsSource() throws {
    let expanded = try expand("a\nb\n{{#yes}}x{{/yes}}\n{{#rows}}{{n}}{{/rows}}\nlast {{name}}")
    #expect(expanded.text == "a\nb\nx\nrow 1row 2row 3row 4row 5\nlast Aero")
    #expect((1...5).map { expanded.source(ofLine: $0) } == [1, 2, 3, 4, 5])
  }

  @Test func linesEndAsTheyWereWritten() throws {
    let expanded = try expand("a\r\n{{#rows}}\r\n- {{n}}\r\n{{/rows}}\r\nb {{name}}\r\n")
    let lines = expanded.text.split(separator: "\r\n", omittingEmptySubsequences: false)
    #expect(lines.count == 8)
    #expect((1...7).map { expanded.source(ofLine: $0) } == [1, 3, 3, 3, 3, 3, 5])
  }

  @Test func aTextWithoutTagsIsLeftAlone() throws {
    let expanded = try expand("a } { b\n\nc", firstLine: 4)
    #expect(expanded.text == "a } { b\n\nc")
    #expect(expanded.lines == [4, 5, 6])
  }

  @Test func formatsFollowTheLanguage() throws {
    let text =
      "{{number}}|{{share}}|{{percent(share)}}|{{signed(lead)}}|{{ordinal(rank)}}|{{date(day)}}|{{none}}|{{yes}}"
    let british = try expand(text).text.replacing("\\", with: "").split(
      separator: "|", omittingEmptySubsequences: false)
    #expect(british[0] == "1,235")
    #expect(british[5] == "4 May 2026")
    #expect(british[6] == "")
    let german = try #require(Language(identifier: "de-DE"))
    let there = try expand(text, german).text.replacing("\\", with: "").split(separator: "|")
    #expect(there[0] == "1&#46;235")
  }

  @Test func allFaultsAreThrownAtOnce() {
    #expect(throws: Rejection.self) { try expand("{{a}}\n{{b}}") }
    do {
      _ = try expand("{{#rows}}\n{{n}}\n{{/rows}}\n{{nme}}\nx {{b", firstLine: 7)
    } catch let rejection as Rejection {
      #expect(
        rejection.diagnostics.map { "\($0.position?.description ?? "") \($0.id)" }.sorted() == [
          "p.md:10:1 template.unknown-name", "p.md:11:3 template.unclosed-tag",
        ])
    } catch {}
  }

  @Test func titlesAreWords() throws {
    var asks = TemplateAsks()
    let title = try library.expandPlain(
      "{{name}} & {{rank}}", at: SourcePosition(file: "p.md", line: 2, column: 8), Self.context,
      language: TemplateLanguage(.british, currency: "GBP"), asks: &asks)
    #expect(title == "Aero & 2")
    #expect(asks.names == ["name", "rank"])
  }
}
