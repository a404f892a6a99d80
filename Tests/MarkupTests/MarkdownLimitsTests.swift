import Diagnostics
import Markup
import Testing

/// Texts that keep a naive reader busy for hours, or fill its memory or stack.
@Suite struct MarkdownLimitsTests {
  private func ids(_ text: String) -> [String] {
    let (page, problems) = MarkdownDocument.parse(text, file: "p.md")
    var resolver = PlainMarkdownResolver()
    _ = page.html(resolver: &resolver)
    return Array(Set(problems.map(\.id))).sorted()
  }

  private func times(_ text: String, _ count: Int) -> String { String(repeating: text, count: count) }

  @Test func nestingIsBounded() {
    let staircase = (0..<300).map { times("  ", $0) + "- a\n" }.joined()
    for text in [
      times(">", 100_000), times("> ", 100_000), times("- ", 100_000) + "a", times("1. ", 100_000) + "a",
      times("> - 1) ", 20_000) + "a", staircase, times("*a **b ", 30_000) + times("** a*", 30_000),
    ] {
      #expect(ids(text) == ["markdown.too-deep"])
    }
    #expect(ids(times("> ", 40) + "a").isEmpty)
    #expect(ids(times("- ", 200) + "\n" + times("* ", 200)).isEmpty)
    #expect(ids(times("[", 20_000) + "a" + times("]", 20_000)).isEmpty)
  }

  @Test func sizesAreBounded() {
    let reference = "[a]: " + times("u", 50_000) + "\n\n" + times("[a] ", 50_000)
    for text in [
      times("a\n\n", 1 << 20), times("|a", 300) + "\n" + times("|-", 300),
      times("|a", 200) + "\n" + times("|-", 200) + "\n" + times("b\n", 20_000), times("a\n", 60_000) + "|-",
      "www.a" + times(")", 100_000), times("a@b", 200_000), reference, times("[^a]*", 80_000),
      times("[x](u)_b\n", 80_000), times("www.(<!--*", 40_000),
      "[a]: u '" + times("x\n", 50_000) + "'\n\n" + times("[a]", 50_000),
    ] {
      #expect(ids(text) == ["markdown.too-large"], "\(text.prefix(20))")
    }
  }

  @Test func largeHonestPagesPass() {
    let table = "| a | b | c |\n|---|---|---|\n" + times("| one | 2 | [x](y.md) |\n", 5000)
    let references =
      times("see [a] and [b][c] ", 400) + "\n\n" + (0..<400).map { "[r\($0)]: https://example.com/\($0)\n" }.joined()
    #expect(ids(times("Words of *some* length, [linked](a.md).\n", 20_000)).isEmpty)
    #expect(ids(table).isEmpty)
    #expect(ids(references).isEmpty)
    #expect(ids(times("![](figure:a)\n", 20_000)).isEmpty)
  }

  /// Seeded: the same texts each run.
  @Test func noTextBreaksTheParserOrGivesBrokenHTML() {
    let pieces = [
      "a", "b ", "\n", "\n\n", "# ", "- ", "1. ", "> ", "    ", "```", "~~~\n", "*", "**", "_", "~~", "`", "[", "]",
      "(", ")",
      "](u)", "![", "](figure:x)", "<", ">", "<b>", "</b>", "<!--", "-->", "&amp;", "\\", "|", "|-|\n", "a|b\n", "[^1]",
      "[^1]: ", "- [ ] ", "www.x.de", "a@b.de", "http://y", "é", "😀", "\t", "\r", "\0",
      String(decoding: [0xEF, 0xB7, 0x90], as: UTF8.self), "===\n", "---\n",
      "[a]: b\n",
      "\"", "'",
    ]
    var state: UInt64 = 3
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    for round in 0..<5000 {
      let text = (0...next(40)).map { _ in pieces[next(pieces.count)] }.joined()
      let (page, problems) = MarkdownDocument.parse(text, file: "p.md")
      for problem in problems { #expect((problem.position?.line ?? 0) >= 1 && (problem.position?.column ?? 0) >= 1) }
      var resolver = PlainMarkdownResolver()
      let html = page.html(resolver: &resolver).html
      if let fault = faultOfNesting(html) {
        #expect(Bool(false), "round \(round): \(fault)\n\(text.debugDescription)\n\(html)")
      }
    }
  }

  /// Every tag closed in order, no id twice, no paragraph or link within another.
  private func faultOfNesting(_ html: String) -> String? {
    var open: [Substring] = []
    var ids: Set<Substring> = []
    for piece in html.split(separator: "<", omittingEmptySubsequences: false).dropFirst() {
      let tag = piece.prefix { $0 != ">" }
      guard tag.count < piece.count else { return "'<' without '>'" }
      let name = tag.prefix { $0 != " " }
      if name.hasPrefix("/") {
        guard open.popLast() == name.dropFirst() else { return "</\(name.dropFirst())> closes nothing" }
      } else if !["br", "hr", "img", "input"].contains(name) {
        if name == "p" || name == "a", open.contains(name) { return "<\(name)> in <\(name)>" }
        open.append(name)
      }
      if let start = tag.firstRange(of: " id=\"") {
        let id = tag[start.upperBound...].prefix { $0 != "\"" }
        guard ids.insert(id).inserted else { return "id \(id) twice" }
      }
    }
    return open.isEmpty ? nil : "\(open) open at the end"
  }
}
