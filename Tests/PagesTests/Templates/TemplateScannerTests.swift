import Testing

@testable import Pages

@Suite struct TemplateScannerTests {
  private func scan(_ text: String) -> [String] {
    let (tags, diagnostics) = TemplateScanner.scan(text, file: "t.md")
    return tags.map {
      "\($0.position.line):\($0.position.column) \($0.kind) \(($0.formats + [$0.name]).joined(separator: ">"))"
    }
      + diagnostics.map { "\($0.position?.description ?? "") \($0.id)" }
  }

  @Test func tagsHaveTheirKindNameAndPlace() {
    #expect(
      scan("a {{b}}\n  {{#c.d}}é{{{e}}}{{/c.d}} {{^f}}{{/f}}{{>g/h}}{{&i}}") == [
        "1:3 variable b", "2:3 section c.d", "2:12 unescaped e", "2:19 end c.d", "2:28 inverted f", "2:34 end f",
        "2:40 partial g/h", "2:48 unescaped i",
      ])
  }

  @Test func formatsStandBeforeTheName() {
    #expect(scan("{{percent(a.b)}}{{ money( x ) }}") == ["1:1 variable percent>a.b", "1:17 variable money>x"])
  }

  @Test func columnsCountScalars() {
    #expect(scan("🙂é漢 {{x}}") == ["1:5 variable x"])
  }

  @Test func commentsMayRunOverLines() {
    #expect(scan("{{! a\n b }}{{x}}") == ["2:6 variable x"])
  }

  @Test(arguments: [
    ("{{", "t.md:1:1 template.unclosed-tag"), ("a\n {{b\n}}", "t.md:2:2 template.unclosed-tag"),
    ("{{{a}}", "t.md:1:1 template.unclosed-tag"), ("{{}}", "t.md:1:1 template.bad-name"),
    ("{{ }}", "t.md:1:1 template.bad-name"), ("{{a b}}", "t.md:1:1 template.bad-name"),
    ("{{a&b}}", "t.md:1:1 template.bad-name"), ("{{é}}", "t.md:1:1 template.bad-name"),
    ("{{>a b}}", "t.md:1:1 template.bad-name"), ("{{percent(a}}", "t.md:1:1 template.bad-name"),
    ("{{=<% %>=}}", "t.md:1:1 template.unsupported-tag"),
    ("x{{% CONTENT_TYPE: TEXT}}", "t.md:1:2 template.unsupported-tag"),
    ("{{<script>}}", "t.md:1:1 template.bad-name"),
  ]) func whatIsNoTagIsSaidAtItsPlace(text: String, fault: String) {
    #expect(scan(text) == [fault])
  }

  @Test(arguments: ["{{", "{{{", "{{!", "{{a", "{{{a}}"]) func whatNeverClosesIsReadOnce(sign: String) {
    let clock = ContinuousClock.now
    #expect(TemplateScanner.scan(String(repeating: sign, count: 50_000), file: "t").diagnostics.count == 1)
    #expect(ContinuousClock.now - clock < .seconds(10))
  }

  @Test func textBetweenTagsIsMeasured() {
    let tags = TemplateScanner.scan("12345{{a}}é{{b}}", file: "t").tags
    #expect(tags.map(\.textBefore) == [5, 2])
  }

  @Test func anyBytesAreScannedToTheirEnd() {
    // Short texts over the signs that matter, all of them.
    let signs = ["{", "}", "#", "/", "(", ")", "a", "\n", "!"]
    for number in 0..<6561 {
      var rest = number
      var text = ""
      for _ in 0..<4 {
        text += signs[rest % 9]
        rest /= 9
      }
      _ = TemplateScanner.scan("{{" + text + "}}", file: "t")
    }
  }
}
