import Diagnostics
import Testing

@testable import Pages

@Suite struct TemplateCheckerTests {
  private static let context = TemplateObject([
    ("brand", .text("Aero")), ("share", .number(0.5, .share)), ("day", .date("2026-05-04")), ("none", .missing),
    ("html", .html("<b>")), ("group", .object([("inner", .text("x"))])),
    ("rows", .list([TemplateObject([("brand", .text("B")), ("x", .number(1, .number))])], fields: ["brand", "x"])),
    ("empty", .list([TemplateValue](), fields: ["brand", "x"])),
    ("words", .list([TemplateValue.text("a")], fields: [])), ("yes", .truth(true)),
  ])

  private func check(_ text: String, partials: [(path: String, text: String)] = []) -> [Diagnostic] {
    let (tags, found) = TemplateScanner.scan(text, file: "t.md")
    var checker = TemplateChecker(library: TemplateLibrary(overrides: partials))
    checker.check(tags, in: Self.context)
    return found + checker.diagnostics
  }

  private func ids(_ text: String, partials: [(path: String, text: String)] = []) -> [String] {
    check(text, partials: partials).map { "\($0.position?.line ?? 0):\($0.position?.column ?? 0) \($0.id)" }
  }

  @Test(arguments: [
    "{{brand}} {{percent(share)}} {{date(day)}} {{none}} {{{html}}} {{group.inner}}",
    "{{#rows}}{{brand}}{{x}}{{share}}{{/rows}}", "{{#empty}}{{brand}} {{number(x)}}{{/empty}}",
    "{{#words}}{{.}}{{/words}}", "{{#yes}}{{brand}}{{/yes}}{{^none}}{{brand}}{{/none}}",
    "{{#none}}{{anything.at.all}}{{/none}}", "{{#group}}{{inner}}{{/group}}", "{{#brand}}{{.}}{{/brand}}",
    "{{none.of.it}}", "{{percent(none)}}",
  ]) func whatIsThereIsFine(text: String) {
    #expect(ids(text) == [])
  }

  @Test(arguments: [
    ("a\n {{brnd}}", "2:2 template.unknown-name", "did you mean 'brand'?"),
    ("{{group.iner}}", "1:1 template.unknown-name", "did you mean 'inner'?"),
    ("{{#rows}}{{brnd}}{{/rows}}", "1:10 template.unknown-name", "did you mean 'brand'?"),
    ("{{#empty}}{{brnd}}{{/empty}}", "1:11 template.unknown-name", "did you mean 'brand'?"),
    ("{{brand.x}}", "1:1 template.unknown-name", nil),
    ("{{rows.x}}", "1:1 template.unknown-name", "write {{#rows}} … {{x}} … {{/rows}}"),
    ("{{rows}}", "1:1 template.not-a-value", "write {{#rows}} … {{/rows}}"),
    ("{{group}}", "1:1 template.not-a-value", "write {{#group}} … {{/group}}"),
    ("{{percnt(share)}}", "1:1 template.unknown-format", "did you mean 'percent'?"),
    ("{{number(percent(share))}}", "1:1 template.unknown-format", nil),
    ("{{percent(brand)}}", "1:1 template.wrong-format", nil), ("{{date(share)}}", "1:1 template.wrong-format", nil),
    ("{{html}}", "1:1 template.escaped-html", "write {{{html}}}"),
    ("{{{brand}}}", "1:1 template.unescaped-value", "write {{brand}}"),
    ("{{&brand}}", "1:1 template.unescaped-value", "write {{brand}}"),
    ("{{>nobody}}", "1:1 template.unknown-partial", nil),
    ("{{>partials/figur}}", "1:1 template.unknown-partial", "did you mean 'partials/figure'?"),
  ]) func whatIsNotThereIsSaidWithItsPlaceAndAWayOut(text: String, fault: String, hint: String?) {
    let found = check(text)
    #expect(found.map { "\($0.position?.line ?? 0):\($0.position?.column ?? 0) \($0.id)" } == [fault])
    if let hint { #expect(found.first?.hint == hint) }
  }

  @Test(arguments: [
    ("{{#brand}}", "1:1 template.unbalanced-section"), ("x{{/brand}}", "1:2 template.unbalanced-section"),
    ("{{#brand}}{{#yes}}{{/brand}}{{/yes}}", "1:19 template.unbalanced-section"),
    ("{{#rows}}{{/share}}{{/rows}}", "1:10 template.unbalanced-section"),
  ]) func sectionsClose(text: String, fault: String) {
    #expect(ids(text) == [fault])
  }

  @Test func allFaultsAreTold() {
    #expect(ids("{{a1}}\n{{a2}}\n{{a3}}").count == 3)
  }

  @Test func aPartialDoesNotIncludeItself() {
    #expect(
      ids("{{>mine/a}}", partials: [("mine/a.mustache", "{{>mine/b}}"), ("mine/b.mustache", "\n{{>mine/a}}")])
        == ["2:1 template.includes-itself"])
    #expect(ids("{{>mine/a}}", partials: [("mine/a.mustache", "{{>mine/a}}")]) == ["1:1 template.includes-itself"])
  }

  @Test func sectionsNestOnlySoDeep() {
    let deep = String(repeating: "{{#yes}}", count: 5000) + String(repeating: "{{/yes}}", count: 5000)
    #expect(ids(deep).map { String($0.split(separator: " ")[1]) } == ["template.too-deep"])
    let fine = String(repeating: "{{#yes}}", count: 30) + String(repeating: "{{/yes}}", count: 30)
    #expect(ids(fine) == [])
  }

  /// Twelve templates that each bring in the next ten times: a billion tags from a page of text.
  @Test func templatesThatMultiplyAreStopped() {
    let partials = (0..<12).map { level in
      (path: "bomb/l\(level).mustache", text: String(repeating: "{{>bomb/l\(level + 1)}}", count: 10))
    }
    let found = check("{{>bomb/l0}}", partials: partials + [(path: "bomb/l12.mustache", text: "x")])
    #expect(found.map(\.id) == ["template.too-large"])
  }

  @Test func sectionsThatMultiplyAreStopped() {
    let rows = TemplateValue.list(Array(repeating: TemplateObject([("x", .text("1"))]), count: 2000), fields: ["x"])
    let (tags, _) = TemplateScanner.scan(
      "{{#t}}{{#t}}{{#t}}{{#t}}{{#t}}{{x}}{{/t}}{{/t}}{{/t}}{{/t}}{{/t}}", file: "t.md")
    var checker = TemplateChecker(library: TemplateLibrary(overrides: []))
    checker.check(tags, in: TemplateObject([("t", rows)]))
    #expect(checker.diagnostics.map(\.id) == ["template.too-large"])
  }

  @Test func longTextsThatMultiplyAreStopped() {
    let rows = TemplateValue.list(Array(repeating: TemplateObject([("x", .text("1"))]), count: 2000), fields: ["x"])
    let (tags, _) = TemplateScanner.scan("{{#t}}" + String(repeating: "word ", count: 20_000) + "{{/t}}", file: "t.md")
    var checker = TemplateChecker(library: TemplateLibrary(overrides: []))
    checker.check(tags, in: TemplateObject([("t", rows)]))
    #expect(checker.diagnostics.map(\.id) == ["template.too-large"])
  }
}
