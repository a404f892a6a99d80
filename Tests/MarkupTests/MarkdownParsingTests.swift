import Diagnostics
import Markup
import Testing

@Suite struct MarkdownParsingTests {
  private func problems(_ text: String, _ options: MarkdownOptions = MarkdownOptions()) -> [String] {
    MarkdownDocument.parse(text, file: "p.md", options: options).1.map {
      "\($0.position?.line ?? 0):\($0.position?.column ?? 0) \($0.id)"
    }
  }

  @Test func elementsAreListedInReadingOrder() {
    let text = "# Ä *b*\n\né [x *y*](a.md \"t\") ![z](i.png)\n\n![C](figure:m)\n![](table:m/n)\n\n> ## B\n"
    let (page, problems) = MarkdownDocument.parse(text, file: "p.md", options: MarkdownOptions(firstLine: 5))
    #expect(problems.isEmpty)
    #expect(
      page.headings.map { "\($0.level) \($0.text) \($0.anchor) \($0.position)" } == [
        "1 Ä b ä-b p.md:5:1", "2 B b p.md:12:3",
      ])
    #expect(page.links.map { "\($0.url) \($0.title) \($0.text) \($0.position)" } == ["a.md t x y p.md:7:3"])
    #expect(page.images.map { "\($0.url) \($0.alt) \($0.position)" } == ["i.png z p.md:7:21"])
    #expect(
      page.directives.map { "\($0.kind) \($0.reference) \($0.caption) \($0.position)" } == [
        "figure m C p.md:9:1", "table m/n  p.md:10:1",
      ])
    #expect(page.anchors == ["ä-b", "b"])
    #expect(page.firstParagraph == "é x y z")
  }

  @Test func linesGoThroughTheMap() {
    let found = MarkdownDocument.parse("a\n\n<b>", file: "p.md", options: MarkdownOptions(firstLine: 3)) { $0 * 10 }.1
    #expect(found.map { $0.position?.line } == [50])
    let deep = MarkdownDocument.parse("a\n" + String(repeating: ">", count: 99), file: "p.md") { $0 + 7 }.1
    #expect(deep.map { $0.position?.line } == [9])
  }

  @Test(arguments: [
    ("a <b>c", "1:3 markdown.raw-html"), ("<div>\nx\n</div>", "1:1 markdown.raw-html"),
    ("x\n\n<!-- a --> <i>b", "3:1 markdown.raw-html"), ("<!-- a --> b", "1:1 markdown.raw-html"),
    ("a <?php ?>", "1:3 markdown.raw-html"),
    ("<!-- never closed\n\ntext", "1:1 markdown.open-comment"), ("[a](javascript:x)", "1:1 markdown.unsafe-link"),
    ("[a](JaVaScRiPt:x)", "1:1 markdown.unsafe-link"), ("[a](<java\tscript:x>)", "1:1 markdown.unsafe-link"),
    ("[a](&#10;javascript:x)", "1:1 markdown.unsafe-link"), ("[a](java&#10;script:x)", "1:1 markdown.unsafe-link"),
    ("[a](&#1;javascript:x)", "1:1 markdown.unsafe-link"), ("[a](vbscript:x)", "1:1 markdown.unsafe-link"),
    ("[a](data:text/html,x)", "1:1 markdown.unsafe-link"), ("[a](file:///etc)", "1:1 markdown.unsafe-link"),
    ("[a](//x.de)", "1:1 markdown.unsafe-link"), ("[a](/\\x.de)", "1:1 markdown.unsafe-link"),
    ("[a](\\\\\\\\x.de)", "1:1 markdown.unsafe-link"), ("<javascript:x>", "1:1 markdown.unsafe-link"),
    ("[a]\n\n[a]: javascript:x", "1:1 markdown.unsafe-link"),
    ("![a](data:image/png;base64,x)", "1:1 markdown.unsafe-link"),
    ("![a](mailto:x)", "1:1 markdown.unsafe-link"), ("[a](figure:x)", "1:1 markdown.unsafe-link"),
    ("[a]()", "1:1 markdown.empty-link"), ("![a]()", "1:1 markdown.empty-link"),
    ("a ![](figure:x)", "1:3 markdown.inline-directive"), ("# a ![](figure:x)", "1:5 markdown.inline-directive"),
    ("[![](figure:x)](b)", "1:2 markdown.inline-directive"), ("**![](figure:x)**", "1:3 markdown.inline-directive"),
    ("|a|\n|-|\n|![](table:x)|", "3:2 markdown.inline-directive"), ("![](x.png)", "1:1 markdown.image-without-alt"),
    ("#", "1:1 markdown.empty-heading"),
  ])
  func faultsStandAtTheirPlace(text: String, expected: String) {
    #expect(problems(text) == [expected])
  }

  @Test(arguments: [
    "[a](b.md) [c](#d) [e](?f) [g](../h) [i](/j) [k](https://l) [m](HTTP://n) [o](mailto:p) [q](tel:+1)",
    "a <!-- d --> b\n\n<!-- e\n\nf -->", "a < b & c > d", "![a](b.png) ![c](https://d)",
    "![](figure:a)  \n![](table:b)",
  ])
  func whatIsFineIsNotReported(text: String) {
    #expect(problems(text) == [])
  }

  @Test func htmlIsTakenWhereItIsAllowed() {
    let options = MarkdownOptions(allowsHTML: true)
    #expect(problems("a <b>c</b>\n\n<div id=x>\n</div>", options).isEmpty)
    #expect(problems("<!-- open", options) == ["1:1 markdown.open-comment"])
    let page = MarkdownDocument.parse("# X\n\n<p id=\"x\">a <b id=y></b></p>", file: "p.md", options: options).0
    #expect(page.anchors == ["x", "y", "x-2"])
  }

  @Test func reservedAnchorsAreLeftAlone() {
    let page = MarkdownDocument.parse("# Main\n# Fig 1", file: "p", options: MarkdownOptions(reservedAnchors: ["main"]))
      .0
    #expect(page.headings.map(\.anchor) == ["main-2", "section-fig-1"])
  }

  @Test(arguments: [
    ("Über uns & Sie!", "über-uns-sie"), ("  A -- B__c  ", "a-b-c"), ("???", "section"), ("2. Was?", "2-was"),
    ("日本 語", "日本-語"), ("Don’t", "dont"), ("A–B", "a-b"), ("Fig 1", "section-fig-1"), ("Figures", "figures"),
    ("हिन्दी", "हिन्दी"), ("İ", "i̇"),
  ])
  func slugs(heading: String, expected: String) {
    #expect(MarkdownAnchors.slug(heading) == expected)
  }

  @Test func anchorsAreUnique() {
    var anchors = MarkdownAnchors(reserved: ["b"])
    #expect(["a", "A!", "a-2", "a", "b"].map { anchors.anchor(for: $0) } == ["a", "a-2", "a-2-2", "a-3", "b-2"])
    var many = MarkdownAnchors()
    for _ in 0..<20_000 { _ = many.anchor(for: "same") }
    #expect(many.anchor(for: "same") == "same-20001")
  }

  /// cmark-gfm's extensions share global tables; without a lock some of these come out wrong.
  @Test func twoThreadsDoNotDisturbEachOther() async {
    let texts = [
      "~~a~~ www.x.de *b* a@b.de", "plain ~c~ `d` http://y.de/z", "| a |\n|-|\n| ~~b~~ |", "- [x] *e* [^1]\n\n[^1]: f",
    ]
    func html(_ text: String) -> String {
      var resolver = PlainMarkdownResolver()
      return MarkdownDocument.parse(text, file: "p").0.html(resolver: &resolver).html
    }
    let expected = texts.map(html)
    let wrong = await withTaskGroup(of: Int.self) { group in
      for _ in 0..<4 {
        group.addTask {
          (0..<600).reduce(0) { $0 + (html(texts[$1 % texts.count]) == expected[$1 % texts.count] ? 0 : 1) }
        }
      }
      return await group.reduce(0, +)
    }
    #expect(wrong == 0)
  }
}
