import Diagnostics
import Formats
import Testing

@testable import Pages

@Suite struct WholeReportTests {
  private func composed(
    _ pages: (String, String)..., form: PrintForm = .page, change: (inout SiteInput) -> Void = { _ in }
  ) async throws -> ComposedSite {
    var sample = SampleSite()
    sample.pages = pages
    var input = try sample.input()
    input.printRules = "p{margin:0}"
    input.printForm = form
    change(&input)
    return await composeSite(input, parallel: OneByOne())
  }

  private func report(_ site: ComposedSite) throws -> String {
    #expect(site.diagnostics.filter { $0.severity == .error } == [])
    return String(
      decoding: try #require(site.report.first { $0.path.hasSuffix("index.html") }?.bytes), as: UTF8.self)
  }

  private let prose = """
    # One

    # One

    A note[^1] and [a page](deep/er.md), [a place](deep/er.md#one), [](#fig-map), [](#one).

    ![](figure:map)

    ![](figure:map)

    ![](table:map/brands)

    | a | b |
    | :-- | --: |
    | 1 | 2 |

    [^1]: The note.
    """

  @Test func everyPageIsASectionAndEveryLinkStaysInside() async throws {
    let site = try await composed(
      ("index.md", prose),
      ("deep/er.md", "# One\n\nNote[^1].\n\n![](figure:map)\n\n[home](../index.md#one-2)\n\n[^1]: It."))
    let html = try report(site)
    #expect(faults(ofHTML: html) == [])
    let tags = tags(ofHTML: html)
    #expect(
      tags.count { $0.name == "section" && ($0.value("class") ?? "").hasPrefix("report-section") } == site.pages.count)
    #expect(tags.count { $0.name == "h1" } == 1)
    let ids = Set(tags.compactMap { $0.value("id") })
    for tag in tags where tag.name == "a" {
      let href = try #require(tag.value("href"))
      if href.hasPrefix("#") {
        #expect(ids.contains(String(href.dropFirst())), "\(href)")
      } else {
        #expect(href == "../index.html" || href.hasPrefix("../findings/"), "\(href)")
      }
    }
    #expect(ids.contains("page:one-2") && ids.contains("page/deep/er:one"))
    #expect(html.contains("href=\"#page/deep/er\">a page</a>") && html.contains("href=\"#page:one-2\">home</a>"))
  }

  @Test func eachFigureIsDrawnOnce() async throws {
    let html = try report(
      try await composed(("index.md", "![](figure:map)\n\n![](figure:map)\n"), ("a.md", "![](figure:map)")))
    #expect(tags(ofHTML: html).count { ($0.value("src") ?? "").hasSuffix("figures/map.map.1.svg") } == 1)
    #expect(html.contains("<a href=\"#fig-map\">Figure 1</a>: Who stands for Aero</p>"))
    #expect(html.contains(", under <a href=\"#page\">Index</a></p>"))
  }

  @Test func itIsNoPageOfTheSite() async throws {
    let site = try await composed(("index.md", "Words."), ("a.md", "More."))
    #expect(site.report.map(\.path) == ["print/index.html", "print/report.css"])
    #expect(!site.pages.contains { $0.path.hasPrefix("print/") })
    #expect(!site.search.contains { text($0).contains("print/") })
    for page in site.pages {
      #expect(text(page).contains("print/index.html\">Whole report, for print</a>"), "\(page.path)")
    }
  }

  @Test func aPageOfTheStudyKeepsThePlace() async throws {
    let site = try await composed(("print.md", "Ours."), ("index.md", "[x](print.md)"))
    #expect(site.pages.contains { $0.path == "print/index.html" && text($0).contains("Ours.") })
    #expect(site.report.first?.path == "whole-report/index.html")
  }

  @Test func sitesOfMoreThanThreeHundredPagesHaveNone() async throws {
    let many = (1...301).map { ("p\($0).md", "Words.") }
    var sample = SampleSite()
    sample.pages = many
    var input = try sample.input()
    input.printRules = ""
    let site = await composeSite(input, parallel: OneByOne())
    #expect(site.report.isEmpty)
    #expect(site.pages.allSatisfy { !text($0).contains("Whole report") })
  }

  @Test func sheetsSayWhichSectionTheyAreOf() async throws {
    let site = try await composed(("index.md", "---\ntitle: a\"}</style>b\n---\n"), ("a.md", "Words."))
    let css = String(decoding: try #require(site.report.last?.bytes), as: UTF8.self)
    #expect(css.contains("@page s1{@top-right{content:\"1  a\\22 \\7d \\3c \\2f style\\3e b\"}}"))
    #expect(css.contains(".report-section:nth-of-type(2){page:s2}"))
    #expect(!css.contains("</"))
  }

  @Test func rawHTMLGetsPlacesOfItsOwn() async throws {
    let page =
      "---\nallow_html: true\n---\n<p id=\"x\">a</p>\n\n<a href='#x'>b</a> <a href=\"../a.md\" title='a > b'>c</a>\n"
    let html = try report(try await composed(("a.md", page), ("b.md", page)))
    #expect(html.contains("id=\"page/a:x\"") && html.contains("id=\"page/b:x\"") && html.contains("href=\"#page/b:x\""))
    #expect(html.contains("title='a > b'>c"))
  }

  // MARK: One file

  private struct Files: PrintFiles {
    var styles: String { "a{color:red}" }
    var icon: String { "data:image/svg+xml;base64,AA==" }
    func address(ofAsset path: String) -> String? { path == "p.png" ? "data:image/png;base64,AAAA" : nil }
    func figure(_ path: String) -> [UInt8]? {
      let prefix = path.contains("narrow") ? "map-map-narrow-" : "map-map-"
      return Array(
        """
        <svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" id="\(prefix)svg" width="640" height="480" viewBox="0 0 640 480" role="img" aria-labelledby="\(prefix)title">
        <title id="\(prefix)title">T</title>
        <style>#\(prefix)svg{color-scheme:light dark}.\(prefix)f0{fill:red}</style>
        <defs>
        <path id="\(prefix)g0" d="m0 0h9"/>
        <path id="\(prefix)g1" d="m1 1v9"/></defs>
        <g class="\(prefix)f0"><g id="\(prefix)t0"><use xlink:href="#\(prefix)g1"/><use xlink:href="#\(prefix)g0" x="3"/></g></g><use xlink:href="#\(prefix)t0"/></svg>

        """.utf8)
    }
  }

  @Test func oneFileHoldsEverything() async throws {
    let site = try await composed(
      ("index.md", prose + "\n\n![A picture](p.png)\n\n[numbers](/findings/map.json) [](/analyses/map.md)\n"),
      ("deep/er.md", "# One\n\nWords."), form: .singleFile(Files())
    ) { $0.assets = ["p.png"] }
    #expect(site.report.map(\.path) == ["index.html"])
    let html = try report(site)
    let tags = tags(ofHTML: html)
    #expect(faults(ofHTML: html).filter { $0 != "<style>" } == [])
    for tag in tags {
      for name in ["href", "src", "srcset"] {
        guard let value = tag.value(name) else { continue }
        #expect(value.hasPrefix("#") || value.hasPrefix("data:"), "\(name)=\(value)")
      }
    }
    #expect(!tags.contains { $0.name == "script" } && !html.contains("xlink:"))
    #expect(html.contains("<img src=\"data:image/png;base64,AAAA\" alt=\"A picture\">"))
    #expect(html.contains("<p>numbers <a href=\"#page/analyses/map\">"))
    // A letter stands once for all figures.
    #expect(tags.count { $0.value("d") == "m0 0h9" } == 1)
    #expect(html.contains("<use href=\"#g1\"/><use href=\"#g0\" x=\"3\"/>") && html.contains("<use href=\"#d2-t0\"/>"))
    #expect(html.contains("id=\"d1-svg\" role=\"img\" aria-label=\"A map with Aero\" width=\"640\""))
    #expect(html.contains("noindex"))
  }

  @Test func filesLeadToTheSiteWhereItHasAnAddress() async throws {
    let site = try await composed(("index.md", "[numbers](/findings/map.json)"), form: .singleFile(Files())) {
      $0.study.siteURL = "https://example.com/s/"
    }
    #expect(try report(site).contains("<a href=\"https://example.com/s/findings/map.json\">numbers</a>"))
  }
}

private func text(_ file: ComposedSite.File) -> String { String(decoding: file.bytes ?? [], as: UTF8.self) }
