import Testing

@testable import Pages

/// Contexts that differ in their words only are filled into what was rendered before, and read as if rendered in full.
@Suite struct TemplateSkeletonTests {
  private static let layout = """
    <h1>{{page.title}}</h1>{{#page.lead}}<p>{{page.lead}}|{{.}}</p>{{/page.lead}}{{^page.lead}}none{{/page.lead}}
    {{>partials/own}}
    {{{page.body}}}{{#page.items}}<li class="{{name}}">{{number(size)}} {{name}}</li>{{/page.items}}
    """

  private func context(_ title: String, lead: String, body: String, items: [(String, Double)]) -> TemplateObject {
    TemplateObject([
      (
        "page",
        .object([
          ("title", .text(title)), ("lead", lead.isEmpty ? .missing : .text(lead)), ("body", .html(body)),
          (
            "items",
            .list(
              items.map { TemplateObject([("name", .text($0.0)), ("size", .number($0.1, .number))]) },
              fields: ["name", "size"])
          ),
        ])
      )
    ])
  }

  private var contexts: [TemplateObject] {
    var all: [TemplateObject] = []
    let words = ["a", "<b> & \"c\" 'd'", "", "é\nzwei\n", "{{page.title}}", "0", "\"\u{301} onfocus=x", "<\u{338}b>"]
    for title in words {
      for body in ["<p>1</p>\n", "", "{{x}} & <b>"] {
        all.append(context(title, lead: "", body: body, items: []))
        all.append(context(title, lead: title, body: body, items: [("n", 1), (title, 2)]))
        all.append(context("z" + title, lead: title, body: body, items: [("m", 1), ("o" + title, 2)]))
      }
    }
    return all
  }

  @Test(arguments: [
    layout, "{{<partials/base}}{{$a}}  {{{page.body}}}{{/a}}{{/partials/base}}", "  {{>partials/own}}\n",
  ])
  func whatIsFilledIsWhatIsRendered(layout: String) throws {
    let overrides = [
      ("layouts/mine.mustache", layout), ("partials/own.mustache", "<i>\n{{page.title}}\n{{{page.body}}}</i>\n"),
      ("partials/base.mustache", "<u>{{$a}}{{/a}}</u>"),
    ]
    let language = TemplateLanguage(.british, currency: "GBP")
    let kept = TemplateLibrary(overrides: overrides)
    for _ in 0..<3 {
      for context in contexts {
        // A library of its own has met no shape before.
        let fresh = try TemplateLibrary(overrides: overrides).render("layouts/mine", context, language: language)
        #expect(try kept.render("layouts/mine", context, language: language) == fresh)
      }
    }
  }

  /// A mark with an accent behind it is one Character, and two signs to a browser.
  @Test func signsWithAccentsAreEscaped() throws {
    let library = TemplateLibrary(overrides: [
      ("layouts/mine.mustache", "<p title=\"{{page.title}}\">{{>partials/own}}"),
      ("partials/own.mustache", "{{page.title}}"),
    ])
    let object = context("\"\u{301} <\u{338} &\u{301} '\u{301}", lead: "", body: "", items: [])
    for _ in 0..<3 {
      let html = try library.render("layouts/mine", object, language: TemplateLanguage(.british, currency: "GBP"))
      let escaped = "&quot;\u{301} &lt;\u{338} &amp;\u{301} &#39;\u{301}"
      #expect(Array(html.utf8) == Array("<p title=\"\(escaped)\">\(escaped)".utf8))
    }
  }

  @Test func aShapeThatFailsIsToldEachTime() throws {
    let library = TemplateLibrary(overrides: [("layouts/mine.mustache", "{{page.nothing}}")])
    for _ in 0..<3 {
      #expect(throws: (any Error).self) {
        try library.render(
          "layouts/mine", context("a", lead: "", body: "", items: []),
          language: TemplateLanguage(.british, currency: "GBP"))
      }
    }
  }
}
