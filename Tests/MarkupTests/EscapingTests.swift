import Markup
import Testing

@Suite struct EscapingTests {
  @Test func htmlTakesNoMarkupFromText() {
    #expect(escapeHTML("<a href=\"x\" b='y'>&amp;") == "&lt;a href=&quot;x&quot; b=&#39;y&#39;&gt;&amp;amp;")
    #expect(escapeAttribute("\"><script>") == "&quot;&gt;&lt;script&gt;")
    #expect(escapeHTML("plain é 😀\t\n") == "plain é 😀\t\n")
    #expect(escapeHTML("a\0b\u{7F}c\u{9B}d\u{1B}") == "a\u{FFFD}b\u{FFFD}c\u{FFFD}d\u{FFFD}")
    #expect(escapeHTML("a\r\nb\rc\u{A0}") == "a\nb\nc\u{A0}")
    #expect(escapeHTML("") == "")
  }

  /// What a reader sees of a value that was set into a page.
  private func shown(_ value: String, in frame: (before: String, after: String) = ("", "")) -> String {
    let (page, problems) = MarkdownDocument.parse(frame.before + escapeMarkdown(value) + frame.after, file: "p.md")
    #expect(problems.isEmpty, "\(value): \(problems.map { $0.text() })")
    #expect(page.links.isEmpty && page.images.isEmpty && page.headings.isEmpty, "\(value)")
    var resolver = PlainMarkdownResolver()
    let html = page.html(resolver: &resolver).html
    return html.trimmingEnds()
  }

  private func expected(_ value: String) -> String {
    let line = value.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7F ? " " : String($0) }.joined()
    return escapeHTML(line)
  }

  @Test(arguments: [
    "# head", "- item", "1. item", "1) item", "+ x", "* x", "> quote", "    code", "\tcode", "```", "~~~", "***", "---",
    "===", "a | b", "|-|", "[x](y)", "![x](y)", "[x]", "[x]: y", "[^1]", "<b>", "<!-- x", "&amp;", "&copy;", "&#35;",
    "*a*", "__b__", "~~c~~", "`d`", "\\", "\\\\|", "\\*", "a  ", "  a  b  ", "a\\", "www.example.com", "https://x.de/a",
    "a@b.de", "mailto:a@b.de", "ftp://x.y", "a\nb", "a\r\n\r\n# b", "{{x}}", "$x$", "a_b_c", "- [ ] x", "é", "😀*",
    "\u{A0}x\u{A0}", "<https://x.de>", "a@b@c.de", "x\u{0}y", "x <a@b.de>", "©", "1", "2026.", "-5", "+3%",
  ])
  func valuesComeOutAsTheyAre(value: String) {
    #expect(shown(value) == "<p>\(expected(value))</p>")
    #expect(shown(value, in: ("- ", "")) == "<ul>\n<li>\(expected(value))</li>\n</ul>")
    #expect(shown(value, in: ("a\n", "\nb")) == "<p>a\n\(expected(value))\nb</p>")
  }

  @Test(arguments: ["a|b", "\\|", "\\\\|x", "|", "a@b.de", "`|`", "*x*", "\\", "www.a.de"])
  func valuesStayInTheirTableCell(value: String) {
    let html = shown(value, in: ("| A | B |\n|--|--|\n| ", " | z |"))
    #expect(html.contains("<tr><td>\(expected(value))</td><td>z</td></tr>"), "\(html)")
  }

  /// Seeded: the same values each run.
  @Test func anyValueComesOutAsItIs() {
    let pieces = [
      "a", "B", "1", " ", "  ", "\n", "\t", "*", "_", "#", "-", "+", ".", ")", "(", "[", "]", "<", ">", "!", "`", "~",
      "|", "\\", "&", "&amp;", ";", ":", "//", "@", "www.", "http", "x.de", "=", "\"", "'", "{", "}", "^", "é", "😀",
      "/",
      "\u{A0}", "\u{2028}", "\r", "\0", "ﬀ", "中",
    ]
    var state: UInt64 = 7
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    for _ in 0..<6000 {
      let value = (0...next(14)).map { _ in pieces[next(pieces.count)] }.joined()
      let wanted = expected(value)
      // A line of blanks is written as references and stays a paragraph.
      #expect(shown(value) == "<p>\(wanted)</p>", "\(value.debugDescription)")
    }
  }
}

extension String {
  /// Without the line end that closes a block.
  fileprivate func trimmingEnds() -> String {
    var text = self
    while text.hasSuffix("\n") { text.removeLast() }
    return text
  }
}
