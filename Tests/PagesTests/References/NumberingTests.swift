import Testing

@testable import Pages

@Suite struct NumberingTests {
  @Test func figuresAreNumberedAcrossPagesInTheirOrder() async throws {
    let site = try await SampleSite(
      ("b.md", "---\norder: 2\n---\n![](figure:map/scree)\n\nSee [](#fig-map) and [](#tbl-map-brands)."),
      ("a.md", "---\norder: 1\n---\n![Mine](figure:map)\n\n![](table:map/brands)"),
      ("index.md", "First [](#fig-map-scree), then [here](#fig-map).")
    ).compose()
    #expect(site.faults == [])
    let (a, b, index) = (try site.page("a/index.html"), try site.page("b/index.html"), try site.page("index.html"))
    #expect(a.contains("<span class=\"number\">Figure 1</span> Mine"))
    #expect(a.contains("<span class=\"number\">Table 1</span>"))
    #expect(b.contains("<span class=\"number\">Figure 2</span>"))
    #expect(b.contains("<a href=\"../a/index.html#fig-map\">Figure 1</a>"))
    #expect(b.contains("<a href=\"../a/index.html#tbl-map-brands\">Table 1</a>"))
    #expect(index.contains("<a href=\"b/index.html#fig-map-scree\">Figure 2</a>"))
    #expect(index.contains("<a href=\"a/index.html#fig-map\">here</a>"))
  }

  @Test func aFigureShownAgainKeepsItsNumber() async throws {
    let site = try await SampleSite(
      ("a.md", "![](figure:map)\n\n![](figure:map/map)\n\n[](#fig-map)"), ("b.md", "![](figure:map)\n\n[](#fig-map)")
    ).compose()
    #expect(site.faults == [])
    for path in ["a/index.html", "b/index.html"] {
      let page = try site.page(path)
      #expect(page.contains("<a href=\"#fig-map\">Figure 1</a>"))
      #expect(!page.contains("Figure 2"))
      #expect(faults(ofHTML: page) == [])
    }
  }

  @Test(arguments: [
    ("![](figure:mp)", "content/a.md:3:1 page.unknown-analysis", "did you mean 'map'?"),
    ("![](figure:map/skree)", "content/a.md:3:1 page.unknown-figure", "did you mean 'scree'?"),
    ("![](figure:map/a/b)", "content/a.md:3:1 page.bad-reference", nil),
    ("![](table:map)", "content/a.md:3:1 page.bad-reference", nil),
    ("![](table:map/brnds)", "content/a.md:3:1 page.unknown-table", "did you mean 'brands'?"),
    ("[](#fig-mapp)", "content/a.md:3:1 page.broken-reference", "did you mean '#fig-map'?"),
    ("x [](#nowhere)", "content/a.md:3:3 page.broken-reference", nil),
    ("[a](bb.md)", "content/a.md:3:1 page.broken-link", "did you mean 'b.md'?"),
    ("[a](b.md#hed)", "content/a.md:3:1 page.broken-anchor", "did you mean '#head'?"),
    ("[a](../b.md)", "content/a.md:3:1 page.link-outside", nil),
    ("[a](data/x.csv)", "content/a.md:3:1 page.raw-data", nil),
    ("![a](logo.svg)", "content/a.md:3:1 page.broken-image", "did you mean 'logo.png'?"),
    ("![a](https://example.com/x.png)", "content/a.md:3:1 page.external-image", nil),
    ("![a](//example.com/x.png)", "content/a.md:3:1 markdown.unsafe-link", nil),
    ("![a](../../etc/passwd)", "content/a.md:3:1 page.link-outside", nil),
    ("![a](%2e%2e/%2e%2e/etc/passwd)", "content/a.md:3:1 page.link-outside", nil),
    ("[a](javascript:alert(1))", "content/a.md:3:1 markdown.unsafe-link", nil),
    ("[a](data:text/html,x)", "content/a.md:3:1 markdown.unsafe-link", nil),
    ("<b>x</b>", "content/a.md:3:1 markdown.raw-html", nil),
  ]) func whatLeadsNowhereIsAnError(text: String, fault: String, hint: String?) async throws {
    var sample = SampleSite(
      ("a.md", "intro\n\n\(text)\n"), ("b.md", "# Head\n\n![](figure:map)\n\n![](figure:map/scree)"))
    sample.assets = ["logo.png"]
    let site = try await sample.compose()
    #expect(site.faults.first == fault)
    #expect(site.errors.allSatisfy { $0.position?.line == 3 })
    if let hint { #expect(site.errors.first?.hint == hint) }
  }

  @Test func linksAreRelativeAndKeepTheirPlaces() async throws {
    var sample = SampleSite(
      (
        "a/b/c.md",
        "[d](../d.md) [e](/e.md#head) [j](/findings/map.json) [pic](../../pic%20one.png)\n\n![p](/pic%20one.png)"
      ),
      ("a/d.md", "[back](b/c.md)"), ("e.md", "## Head\n\n[mail](mailto:a@example.com) [out](https://example.com/)"))
    sample.assets = ["pic one.png"]
    let site = try await sample.compose()
    #expect(site.faults == [])
    let page = try site.page("a/b/c/index.html")
    #expect(page.contains("href=\"../../d/index.html\""))
    #expect(page.contains("href=\"../../../e/index.html#head\""))
    #expect(page.contains("href=\"../../../findings/map.json\""))
    #expect(page.contains("src=\"../../../pic%20one.png\""))
    #expect(site.site.assets == ["pic one.png"])
    for tag in tags(ofHTML: page) {
      for name in ["href", "src"] {
        guard let value = tag.value(name) else { continue }
        #expect(!value.hasPrefix("/") && !value.hasSuffix("/"), "\(value)")
      }
    }
  }

  @Test func aFaultAfterALoopStandsAtItsLine() async throws {
    let loop = "{{#map.tables.brands}}\n- {{brand}}\n{{/map.tables.brands}}\n"
    let text = "---\ntitle: x\n---\n" + loop + "\n" + String(repeating: "words\n\n", count: 16) + "[a](nobody.md)\n"
    for text in [text, text.unicodeScalars.map { $0 == "\n" ? "\r\n" : String($0) }.joined()] {
      let site = try await SampleSite(("a.md", text)).compose()
      #expect(site.faults == ["content/a.md:40:1 page.broken-link"])
    }
  }

  @Test func whatIsNotDrawnIsSaidOnThePage() async throws {
    let site = try await SampleSite(("a.md", "![](figure:needs)\n\n![](figure:map/regions)")).compose()
    #expect(site.faults == [])
    #expect(site.site.diagnostics.map(\.id) == ["page.no-figure", "page.no-figure"])
    #expect(try site.page("a/index.html").contains("<p class=\"nothing\">"))
  }

  @Test func idsOfFiguresAreTheirsAlone() async throws {
    let site = try await SampleSite(
      (
        "a.md",
        "# Fig map\n\n## Fig map data\n\n## Tbl map brands\n\n## Main\n\n## Toc title\n\n![](figure:map)\n\n![](table:map/brands)\n\n[](#fig-map)\n\ntext[^1]\n\n[^1]: note"
      )
    ).compose()
    #expect(site.faults == [])
    let page = try site.page("a/index.html")
    #expect(faults(ofHTML: page) == [])
    #expect(page.contains("<a href=\"#fig-map\">Figure 1</a>"))
  }
}
