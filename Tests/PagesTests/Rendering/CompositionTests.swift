import Diagnostics
import Formats
import Testing

@testable import Pages

@Suite struct CompositionTests {
  @Test func everyPageIsWellFormed() async throws {
    var sample = SampleSite(
      ("index.md", "Welcome.\n\n## One\n\n## Two\n\n### Three\n"),
      (
        "a.md",
        "# One\n\n# One\n\ntext[^1] - [ ] task\n\n- [x] done\n- [ ] open\n\n![](figure:map)\n\n![](figure:map)\n\n![](table:map/brands)\n\n[^1]: A note.\n\n```swift\nlet x = 1 < 2\n```\n\n> quote\n\n| a | b |\n| :-- | --: |\n| 1 | 2 |"
      ),
      ("deep/er/page.md", "---\ntoc: false\nlayout: page\n---\nx<br>".replacing("<br>", with: "")))
    sample.siteURL = "https://example.com/s/"
    let site = try await sample.compose()
    #expect(site.faults == [])
    for (path, html) in site.pages {
      #expect(faults(ofHTML: html) == [], "\(path)")
      let tags = tags(ofHTML: html)
      #expect(tags.count { $0.name == "h1" } == 1, "\(path)")
      #expect(tags.count { $0.name == "main" } == 1)
      #expect(tags.count { $0.name == "script" } == 1 && html.contains(" defer></script>"))
      #expect(tags.contains { $0.value("rel") == "canonical" && $0.value("href") == "https://example.com/s/" + path })
      #expect(!html.contains("{{"))
      #expect(!html.unicodeScalars.contains { (0xFDD0...0xFDEF).contains($0.value) })
      // Nothing is asked of another host.
      for tag in tags where ["img", "link", "source", "script"].contains(tag.name) && tag.value("rel") != "canonical" {
        for name in ["src", "href", "srcset"] { #expect(!(tag.value(name) ?? "").contains("//"), "\(path)") }
      }
    }
  }

  @Test func everyLinkOfEveryPageLeadsToAPage() async throws {
    var sample = SampleSite(
      ("a/b.md", "[x](../index.md)"), ("index.md", "[y](a/b.md)"),
      (
        "who.md",
        "---\neach: needs/segments as s\nslug: w/{{s.slug}}\n---\n[](../index.md)\n".replacing("../", with: "")
      ))
    sample.segments = ["A b", "Ç"]
    let site = try await sample.compose()
    #expect(site.faults == [])
    for (path, html) in site.pages {
      let folder = path.split(separator: "/").dropLast().map(String.init)
      for tag in tags(ofHTML: html) where tag.name == "a" {
        guard let href = tag.value("href"), !href.hasPrefix("#"), !href.contains(":") else { continue }
        var parts = folder
        for part in href.split(separator: "#")[0].split(separator: "/") {
          if part == ".." { parts.removeLast() } else { parts.append(String(part)) }
        }
        let target = parts.joined(separator: "/").replacing("%C3%A7", with: "ç")
        #expect(
          site.paths.contains(target) || target.hasPrefix("findings/") || target.hasPrefix("figures/"),
          "\(href) on \(path)")
      }
    }
  }

  @Test func pagesAreTheSameOnAnyNumberOfCores() async throws {
    let input = try SampleSite(("a.md", "![](figure:map)"), ("b.md", "![](table:map/brands) [](#fig-map)")).input()
    let one = await composeSite(input, parallel: OneByOne())
    let other = await composeSite(input, parallel: Backwards())
    #expect(one.pages.map(\.bytes) == other.pages.map(\.bytes))
    #expect(one.diagnostics == other.diagnostics)
  }

  @Test func languageAndDirectionAreThePages() async throws {
    var sample = SampleSite()
    sample.language = try #require(Language(identifier: "ar"))
    #expect(try await sample.compose().page("index.html").contains("<html lang=\"ar\" dir=\"rtl\">"))
  }

  // MARK: Templates of the study

  @Test func aStudyReplacesATemplateByItsName() async throws {
    var sample = SampleSite(("a.md", "---\nlayout: mine\n---\ntext"))
    sample.templates = [
      ("partials/footer.mustache", "<footer>ours {{site.title}}</footer></main></div></body></html>"),
      ("layouts/mine.mustache", "<p>{{page.title}}</p>{{{page.body}}}"),
    ]
    let site = try await sample.compose()
    #expect(site.faults == [])
    #expect(try site.page("a/index.html") == "<p>A</p><p>text</p>\n")
    #expect(try site.page("index.html").contains("<footer>ours Phones in spring</footer>"))
  }

  @Test(arguments: [
    ("layouts/page.mustache", "<p>\n {{page.titel}}</p>", "templates/layouts/page.mustache:2:2 template.unknown-name"),
    ("layouts/page.mustache", "{{#page.crumbs}}", "templates/layouts/page.mustache:1:1 template.unbalanced-section"),
    ("layouts/page.mustache", "{{page.body}}", "templates/layouts/page.mustache:1:1 template.escaped-html"),
    ("layouts/page.mustache", "{{{page.title}}}", "templates/layouts/page.mustache:1:1 template.unescaped-value"),
    ("partials/table.mustache", "x {{nmber}}", "templates/partials/table.mustache:1:3 template.unknown-name"),
    ("partials/head.mustache", "{{>partials/head}}", "templates/partials/head.mustache:1:1 template.includes-itself"),
    (
      "pages/analysis.md", "---\ntitle: T\n---\n\n{{analysis.qestion}}",
      "templates/pages/analysis.md:5:1 template.unknown-name"
    ),
    ("layouts/page.mustache", "{{ page.title", "templates/layouts/page.mustache:1:1 template.unclosed-tag"),
    ("unused/x.mustache", "{{", "templates/unused/x.mustache:1:1 template.unclosed-tag"),
  ]) func faultsOfTemplatesStandAtTheirPlace(path: String, text: String, fault: String) async throws {
    var sample = SampleSite(("a.md", "![](table:map/brands)"))
    sample.templates = [(path, text)]
    let site = try await sample.compose()
    #expect(Set(site.faults) == [fault])
  }

  /// A partial of HTML brought into Markdown is still HTML in Markdown.
  @Test func pagesBringInNoHTML() async throws {
    var sample = SampleSite(("a.md", "text\n\n{{>mine/box}}"))
    sample.templates = [("mine/box.mustache", "<div onclick=\"x()\">{{map.best}}</div>")]
    #expect(try await Set(sample.compose().faults.map { $0.split(separator: " ").last ?? "" }) == ["markdown.raw-html"])
  }
}

private struct Backwards: ParallelMap {
  func map<Result: Sendable>(_ count: Int, _ body: @escaping @Sendable (Int) -> Result) async -> [Result] {
    (0..<count).reversed().map(body).reversed()
  }
}
