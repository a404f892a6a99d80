import Diagnostics
import Markup
import Settings
import Testing

@Suite struct FrontMatterTests {
  @Test(arguments: ["\n", "\r\n", "\r"], ["", "\u{FEFF}"])
  func frontMatterAndBodyAreDivided(end: String, mark: String) {
    let lines = ["---", "title: One", "order: 2", "---", "# Head", "text"]
    let page = splitFrontMatter(mark + lines.joined(separator: end), file: "p.md")
    #expect(page.diagnostics.isEmpty)
    #expect(page.frontMatter?.json == #"{"title":"One","order":2}"#)
    #expect(page.frontMatter?["order"]?.position.description == "p.md:3:8")
    #expect(page.body == "# Head\(end)text")
    #expect(page.bodyFirstLine == 5)
  }

  @Test func pagesMayHaveNone() {
    for text in ["", "# Head\n---\n", "----\na", " ---\na", "--- a\n"] {
      let page = splitFrontMatter(text, file: "p.md")
      #expect(page.frontMatter == nil)
      #expect(page.body == text)
      #expect(page.bodyFirstLine == 1)
      #expect(page.diagnostics.isEmpty)
    }
  }

  @Test func emptyFrontMatterIsNone() {
    for text in ["---\n---\nbody", "---\n# c\n---  \nbody", "---\n~\n---\nbody"] {
      let page = splitFrontMatter(text, file: "p.md")
      #expect(page.frontMatter == nil)
      #expect(page.body == "body")
      #expect(page.diagnostics.isEmpty)
    }
  }

  @Test func faultsStandAtTheirPlace() {
    #expect(splitFrontMatter("---\na: 1\n", file: "p").diagnostics.map(\.id) == ["page.front-matter-open"])
    #expect(splitFrontMatter("---", file: "p").diagnostics.first?.position?.description == "p:1:1")
    let list = splitFrontMatter("---\n- a\n---\nx", file: "p")
    #expect(list.diagnostics.map { $0.text() }.first?.hasPrefix("p:2:1: error: front matter is a map") == true)
    #expect(list.frontMatter == nil)
    #expect(splitFrontMatter("---\na: 1\na: 2\n---\n", file: "p").diagnostics.first?.position?.line == 3)
  }
}
