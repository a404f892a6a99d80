import Diagnostics
import Testing

@testable import Markup

/// A page that becomes a part of another: what its raw HTML and its resolver may say about places.
@Suite struct RawPlacesTests {
  private func changed(_ html: String) -> String {
    let bytes = withPlaces(of: Array(html.utf8)) { name, value in name == "srcset" ? nil : "\(name)!\(value)" }
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test(arguments: [
    ("plain < text", "plain < text"), ("<p>a</p>", "<p>a</p>"), ("<p id=\"x\">", "<p id=\"id!x\">"),
    ("<p id=x>", "<p id=\"id!x\">"), ("<A HREF='#x' title='b > c'>", "<A href=\"href!#x\" title='b > c'>"),
    ("<img srcset=\"a 2x\" src=a/b.png alt>", "<img  src=\"src!a/b.png\" alt>"), ("<br/>", "<br/>"),
    ("<p\nid = \"x\" >", "<p\nid=\"id!x\" >"), ("<p id=\"x", "<p id=\"id!x\""), ("<p id=", "<p id=\"id!\""),
    ("<p =x>", "<p =x>"),
    ("<label for='a\"b'>", "<label for=\"for!a&quot;b\">"), ("</p id=\"x\">", "</p id=\"x\">"), ("<", "<"),
  ])
  func onlyPlacesChange(_ html: String, _ expected: String) { #expect(changed(html) == expected) }

  private struct Elsewhere: MarkdownResolver {
    mutating func block(for directive: MarkdownDirective) throws(Diagnostic) -> String { "" }
    mutating func target(of link: MarkdownLink) throws(Diagnostic) -> MarkdownTarget {
      MarkdownTarget(url: "", text: "Figure 1")
    }
    mutating func source(of image: MarkdownImage) throws(Diagnostic) -> MarkdownImageSource {
      var source = MarkdownImageSource(url: image.url == "gone.png" ? "" : "data:image/png;base64,AA==")
      source.isEmbedded = image.url != "own.png"
      return source
    }
  }

  private func html(_ text: String) -> String {
    var resolver = Elsewhere()
    return MarkdownDocument.parse(text, file: "a.md").0.html(resolver: &resolver).html
  }

  @Test func wordsStayWhereNothingIsLed() {
    #expect(html("[a *b*](c.md), [](#d)") == "<p>a <em>b</em>, Figure 1</p>\n")
  }

  @Test func anImageMayHoldItself() {
    #expect(html("![a](b.png)") == "<p><img src=\"data:image/png;base64,AA==\" alt=\"a\"></p>\n")
    // Only where who answers says so.
    #expect(html("![a](own.png)") == "<p>a</p>\n" && html("![a](gone.png)") == "<p>a</p>\n")
  }
}
