import Testing

@testable import Pages

/// A name from the data is literal text wherever it lands.
@Suite struct LiteralTextTests {
  static let names = [
    "<script>alert(1)</script> & \"x\" *y* [z](javascript:1)", "`code` _under_ ~~gone~~ | cell", "# head", "1. one",
    "![](figure:map)", "![x](https://example.com/p.png)", "{{study.title}}", "{{{page.body}}}", "</title><script>",
    "\" onmouseover=\"alert(1)", "' onfocus='x", "<!--", "-->", "]]>", "&lt;b&gt; &amp;", "a\\b", "\u{202E}tfel",
    "[^1]", "- item", "> quote", "---", "https://example.com", "<https://example.com>", "a  b", "$x$", "+++", "=x",
    "&#60;script&#62;", "m\u{FEFF}ark", "::: x", "|---|", "*", "**", "__", "``", "[x]: /url",
  ]

  private static let page = """
    {{map.best}}

    before {{map.best}} after *{{map.best}}* and [{{map.best}}](b.md)

    # Head {{map.best}}

    {{#map.tables.brands}}
    - {{brand}}
    {{/map.tables.brands}}

    | Brand | x |
    | --- | --- |
    {{#map.tables.brands}}
    | {{brand}} | {{x}} |
    {{/map.tables.brands}}

    ![{{map.best}}](figure:map)

    ![](table:map/brands)

    ![{{map.best}}](pic.png)
    """

  @Test(arguments: names) func namesComeOutAsTheyAre(name: String) async throws {
    var sample = SampleSite(
      ("a.md", "---\ntitle: x {{map.best}}\ndescription: d {{map.best}}\n---\n" + Self.page), ("b.md", "b"))
    sample.brands = [name, "Bolt"]
    sample.segments = [name, "Other"]
    sample.title = name
    sample.client = name
    sample.assets = ["pic.png"]
    let site = try await sample.compose()
    #expect(site.faults == [])
    for (path, html) in site.pages { #expect(faults(ofHTML: html) == [], "\(path) with \(name)") }
    let page = try site.page("a/index.html")
    let tags = tags(ofHTML: page)
    let allowed: Set<String> = [
      "html", "head", "meta", "title", "link", "body", "a", "header", "div", "span", "p", "nav", "details", "summary",
      "ul",
      "li", "main", "ol", "h1", "h2", "h3", "em", "table", "thead", "tbody", "tr", "th", "td", "figure", "figcaption",
      "picture", "source", "img", "svg", "g", "circle", "caption", "footer", "small",
    ]
    #expect(tags.filter { !allowed.contains($0.name) }.map(\.name) == ["script"])
    #expect(tags.count { $0.name == "img" && ($0.value("src") ?? "").hasPrefix("http") } == 0)
    #expect(tags.filter { $0.name == "a" && ($0.value("href") ?? "").contains(":") }.isEmpty)
    // The words are all there: in the first paragraph, in the heading of the browser, in the alt text.
    let plain = unescaped(page)
    #expect(plain.contains("<h1>x \(name)</h1>"))
    #expect(plain.contains("<p>\(name)</p>"))
    #expect(plain.contains("alt=\"A map with \(name)\""))
    #expect(plain.contains("<li>\(name)</li>") || plain.contains("<li><p>\(name)</p></li>"))
    #expect(plain.contains("<td>\(name)</td>"))
    #expect(plain.contains("<title>\(name): at \(name)</title>"))
  }

  /// The five entities a page of ours writes.
  private func unescaped(_ html: String) -> String {
    html.replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&quot;", with: "\"")
      .replacing("&#39;", with: "'").replacing("&amp;", with: "&")
  }
}
