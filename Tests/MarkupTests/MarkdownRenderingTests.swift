import Diagnostics
import Markup
import Testing

/// Gives every figure a block, every label a number, and refuses what is called missing.
private struct Study: MarkdownResolver {
  var asked: [String] = []

  mutating func block(for directive: MarkdownDirective) throws(Diagnostic) -> String {
    asked.append("\(directive.kind.rawValue) \(directive.reference)")
    if directive.reference == "missing" {
      throw Diagnostic(.error, "t.figure", at: directive.position, "no such figure")
    }
    return "<figure id=\"\(directive.kind.rawValue)\">\(escapeHTML(directive.caption))</figure>"
  }

  mutating func target(of link: MarkdownLink) throws(Diagnostic) -> MarkdownTarget {
    asked.append("link \(link.url)")
    if link.url == "missing.md" { throw Diagnostic(.error, "t.link", at: link.position, "no such page") }
    if link.url == "#fig-a" { return MarkdownTarget(url: "other/index.html#fig-a", text: "Figure 3") }
    return MarkdownTarget(url: link.url == "evil" ? "javascript:x" : link.url)
  }

  mutating func source(of image: MarkdownImage) throws(Diagnostic) -> MarkdownImageSource {
    asked.append("image \(image.url)")
    if image.url == "missing.png" { throw Diagnostic(.error, "t.image", at: image.position, "no such image") }
    return MarkdownImageSource(url: "../" + image.url, width: 40, height: 30)
  }
}

@Suite struct MarkdownRenderingTests {
  private func html(
    _ text: String, options: MarkdownOptions = MarkdownOptions(), rendering: MarkdownRendering = MarkdownRendering()
  ) -> String {
    var resolver = PlainMarkdownResolver()
    return MarkdownDocument.parse(text, file: "p.md", options: options).0
      .html(resolver: &resolver, rendering: rendering).html
  }

  private func resolved(_ text: String) -> (html: String, asked: [String], problems: [String]) {
    var study = Study()
    let result = MarkdownDocument.parse(text, file: "p.md").0.html(resolver: &study)
    return (result.html, study.asked, result.diagnostics.map { "\($0.position?.description ?? "") \($0.id)" })
  }

  @Test(arguments: [
    ("", ""), ("text", "<p>text</p>\n"), ("a\nb", "<p>a\nb</p>\n"), ("a  \nb", "<p>a<br>\nb</p>\n"),
    ("*a* **b** ~~c~~ `d`", "<p><em>a</em> <strong>b</strong> <del>c</del> <code>d</code></p>\n"),
    ("***", "<hr>\n"), ("> a\n>\n> b", "<blockquote>\n<p>a</p>\n<p>b</p>\n</blockquote>\n"),
    ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"),
    ("- a\n\n- b", "<ul>\n<li><p>a</p>\n</li>\n<li><p>b</p>\n</li>\n</ul>\n"),
    ("7. a\n8. b", "<ol start=\"7\">\n<li>a</li>\n<li>b</li>\n</ol>\n"),
    ("- a\n  - b", "<ul>\n<li>a\n<ul>\n<li>b</li>\n</ul>\n</li>\n</ul>\n"),
    ("    a < b", "<pre tabindex=\"0\"><code>a &lt; b\n</code></pre>\n"),
    ("```r \"x\nf()\n```", "<pre tabindex=\"0\"><code class=\"language-r\">f()\n</code></pre>\n"),
    ("a &copy; &lt; \\*", "<p>a © &lt; *</p>\n"),
    (
      "- [x] a\n- [ ] b",
      """
      <ul>
      <li class="vm-task"><input type="checkbox" disabled checked aria-label="Done"> a</li>
      <li class="vm-task"><input type="checkbox" disabled aria-label="To do"> b</li>
      </ul>

      """
    ),
    ("www.x.de a@b.de", "<p><a href=\"http://www.x.de\">www.x.de</a> <a href=\"mailto:a@b.de\">a@b.de</a></p>\n"),
    ("[a](b%20ü.md \"t\\\"\")", "<p><a href=\"b%20%C3%BC.md\" title=\"t&quot;\">a</a></p>\n"),
    ("[a](<b \"c'd\\[>)", "<p><a href=\"b%20%22c&#39;d%5B\">a</a></p>\n"),
    ("![*x* y](i.png)", "<p><img src=\"i.png\" alt=\"x y\"></p>\n"),
  ])
  func blocksAndMarks(text: String, expected: String) {
    #expect(html(text) == expected)
  }

  @Test func tablesAreLabelledRegionsWithoutStyles() {
    let table = "| A | B | C | |\n|:--|--:|:-:|--|\n| 1 | *2* | 3 |\n"
    #expect(
      html(table) == """
        <div class="vm-scroll" tabindex="0" role="region" aria-label="Table: A, B, C"><table>
        <thead>
        <tr><th scope="col" class="vm-left">A</th><th scope="col" class="vm-right">B</th>\
        <th scope="col" class="vm-centre">C</th><td></td></tr>
        </thead>
        <tbody>
        <tr><td class="vm-left">1</td><td class="vm-right"><em>2</em></td><td class="vm-centre">3</td><td></td></tr>
        </tbody>
        </table></div>

        """)
    let twice = html(table + "\n" + table)
    #expect(twice.contains("aria-label=\"Table: A, B, C (2)\""))
    #expect(!html("|a|\n|-|").contains("<tbody>"))
  }

  @Test func headingsHaveAnchorsAndAnOffset() {
    var rendering = MarkdownRendering()
    rendering.headingOffset = 1
    rendering.anchorPrefix = "p1-"
    #expect(html("# A *b*", rendering: rendering) == "<h2 id=\"p1-a-b\">A <em>b</em></h2>\n")
    rendering.headingOffset = 4
    #expect(html("### A", rendering: rendering) == "<h6 id=\"p1-a\">A</h6>\n")
  }

  @Test func footnotesLeadThereAndBack() {
    let text = "a[^x] b[^y] c[^x]\n\n[^y]: Second.\n\n[^x]: First.\n\n    - list\n\n[^z]: never named"
    #expect(
      html(text) == """
        <p>a<sup><a id="footnote-1-back" href="#footnote-1" role="doc-noteref" aria-label="Footnote 1">1</a></sup> \
        b<sup><a id="footnote-2-back" href="#footnote-2" role="doc-noteref" aria-label="Footnote 2">2</a></sup> \
        c<sup><a id="footnote-1-back-2" href="#footnote-1" role="doc-noteref" aria-label="Footnote 1">1</a></sup></p>
        <section class="vm-footnotes" role="doc-endnotes" aria-label="Footnotes">
        <ol>
        <li id="footnote-1"><p>First.</p>
        <ul>
        <li>list</li>
        </ul>
        <a href="#footnote-1-back" role="doc-backlink" aria-label="Back to the text (1)">↩</a></li>
        <li id="footnote-2"><p>Second. \
        <a href="#footnote-2-back" role="doc-backlink" aria-label="Back to the text (2)">↩</a></p>
        </li>
        </ol>
        </section>

        """)
  }

  @Test func aFootnoteInALinkIsNoLinkInALink() {
    let page = html("[a[^1]](b)\n\n[^1]: x")
    #expect(page.contains("<a href=\"b\">a<sup><span id=\"footnote-1-back\">1</span></sup></a>"), "\(page)")
  }

  @Test func figuresAndTablesStandInPlaceOfTheirParagraph() {
    let result = resolved("![Cap *x*](figure:a)\n![](table:a/b)\n\n- ![i](figure:c)\n\n![](figure:missing)\n\nend")
    #expect(
      result.html == """
        <figure id="figure">Cap x</figure>
        <figure id="table"></figure>
        <ul>
        <li><figure id="figure">i</figure>
        </li>
        </ul>
        <p>end</p>

        """)
    #expect(result.asked == ["figure a", "table a/b", "figure c", "figure missing"])
    #expect(result.problems == ["p.md:6:1 t.figure"])
  }

  @Test func linksAndImagesAreResolved() {
    let result = resolved("[](#fig-a) [*x*](#fig-a) [y](missing.md) [z](evil) [i ![a](b.png)](c.md) ![q](missing.png)")
    #expect(
      result.html == """
        <p><a href="other/index.html#fig-a">Figure 3</a> <a href="other/index.html#fig-a"><em>x</em></a> y z \
        <a href="c.md">i <img src="../b.png" alt="a" width="40" height="30"></a> q</p>

        """)
    #expect(result.problems == ["p.md:1:26 t.link", "p.md:1:74 t.image"])
  }

  @Test func rawHTMLIsLeftOutUnlessAllowed() {
    let text = "a <b>c</b> <!-- hidden --> d\n\n<div>\ne <script>x</script>\n</div>\n"
    #expect(html(text) == "<p>a c  d</p>\n")
    #expect(
      html(text, options: MarkdownOptions(allowsHTML: true))
        == "<p>a <b>c</b>  d</p>\n<div>\ne &lt;script>x&lt;/script>\n</div>\n")
  }

  @Test func controlCharactersAreReplaced() {
    #expect(html("a\u{1}b `\u{1B}`") == "<p>a\u{FFFD}b <code>\u{FFFD}</code></p>\n")
    #expect(html("a\0b") == "<p>a\u{FFFD}b</p>\n")
  }

  @Test func wordsComeFromTheLanguage() {
    var rendering = MarkdownRendering()
    rendering.words.table = "Tabelle"
    rendering.words.done = "Erledigt \"ja\""
    #expect(html("|a|\n|-|", rendering: rendering).contains("aria-label=\"Tabelle: a\""))
    #expect(html("- [x] a", rendering: rendering).contains("aria-label=\"Erledigt &quot;ja&quot;\""))
  }
}
