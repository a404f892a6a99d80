import Diagnostics
import Testing
import ValueModels

@testable import Pages

@Suite struct PagePlanTests {
  @Test func aStudyWithoutPagesIsAWholeSite() async throws {
    let site = try await SampleSite().compose()
    #expect(site.errors == [])
    #expect(
      site.paths == [
        "index.html", "analyses/map/index.html", "analyses/needs/index.html", "analyses/needs/builders/index.html",
        "analyses/needs/dreamers/index.html",
      ])
    for (path, html) in site.pages { #expect(faults(ofHTML: html) == [], "\(path)") }
  }

  @Test func aPageOfTheAnalysisNameReplacesTheBuiltInOne() async throws {
    let site = try await SampleSite(("map.md", "# Mine\n\n![](figure:map)"), ("index.md", "[the map](analyses/map.md)"))
      .compose()
    #expect(site.faults == [])
    #expect(!site.paths.contains("analyses/map/index.html"))
    #expect(try site.page("index.html").contains("href=\"map/index.html\""))
  }

  @Test func pagesStandByOrderThenPath() async throws {
    let site = try await SampleSite(
      ("c.md", "c"), ("a.md", "a"), ("b.md", "---\norder: 1\n---\nb"), ("index.md", "hello")
    ).compose()
    #expect(site.paths.prefix(4) == ["index.html", "b/index.html", "c/index.html", "a/index.html"])
  }

  @Test func addressesAreSlugs() async throws {
    let site = try await SampleSite(
      ("Über uns/Fragen & Antworten.md", "x"), ("deep/index.md", "y"), ("日本.md", "z")
    ).compose()
    #expect(site.faults == [])
    #expect(site.paths.contains("deep/index.html"))
    for path in site.paths { #expect(path.utf8.allSatisfy { $0 > 0x20 && $0 != UInt8(ascii: "&") }, "\(path)") }
    #expect(Set(site.paths).count == site.paths.count)
  }

  @Test func twoPagesOfOneAddressAreRefused() async throws {
    let site = try await SampleSite(("a.md", "x"), ("a/index.md", "y")).compose()
    #expect(site.faults == ["content/a/index.md page.same-address"])
    let slugs = try await SampleSite(("a.md", "x"), ("b.md", "---\nslug: A\n---\n")).compose()
    #expect(slugs.faults == ["content/b.md:2:7 page.same-address"])
  }

  @Test(arguments: ["../up", "/", "a/../b", ".", "''", "{{map.none}}"]) func slugsStayBelowTheSite(slug: String)
    async throws
  {
    let site = try await SampleSite(("a.md", "---\nslug: \(slug)\n---\n")).compose()
    #expect(site.faults == ["content/a.md:2:7 page.bad-slug"])
  }

  // MARK: One page for every row

  private static let each = """
    ---
    title: "{{segment.name}}: who they are"
    description: About {{segment.name}}
    each: needs/segments as segment
    slug: who/{{segment.slug}}
    ---
    {{segment.name}} are {{segment.size}}, {{segment.share}} of {{map.base}}.
    """

  @Test func everyRowGetsAPage() async throws {
    let site = try await SampleSite(("who.md", Self.each)).compose()
    #expect(site.faults == [])
    #expect(site.paths.contains("who/builders/index.html"))
    #expect(!site.paths.contains("analyses/needs/builders/index.html"))
    let page = try site.page("who/dreamers/index.html")
    #expect(page.contains("<h1>Dreamers: who they are</h1>"))
    #expect(page.contains("Dreamers are 40, 50"))
    #expect(page.contains("content=\"About Dreamers\""))
    #expect(!page.contains("{{"))
  }

  @Test func rowsWithoutASlugStandBelowTheirPage() async throws {
    let site = try await SampleSite(("who.md", "---\neach: needs/segments as s\n---\n{{s.name}}")).compose()
    #expect(site.faults == [])
    #expect(site.paths.contains("who/builders/index.html"))
  }

  @Test func namesOfAnyScriptGetAddressesOfTheirOwn() async throws {
    var sample = SampleSite(("who.md", Self.each))
    sample.segments = ["Träumer", "夢見る人", "мечтатели", "!!!", "???", "träumer", "CON", "index"]
    let site = try await sample.compose()
    #expect(site.faults == [])
    #expect(site.paths.count { $0.hasPrefix("who/") } == 8)
  }

  @Test func rowsOfOneSlugAreRefused() async throws {
    let site = try await SampleSite(("who.md", "---\neach: needs/segments as s\nslug: same\n---\n{{s.name}}")).compose()
    #expect(site.faults == ["content/who.md:3:7 page.same-address"])
  }

  @Test(arguments: [
    ("each: nedes/segments as s", "content/a.md:2:7 page.unknown-analysis"),
    ("each: needs/segmnts as s", "content/a.md:2:7 page.unknown-table"),
    ("each: needs as s", "content/a.md:2:7 page.front-matter"),
    ("each: needs/segments", "content/a.md:2:7 page.front-matter"),
    ("each: [a]", "content/a.md:2:7 page.front-matter"), ("titel: x", "content/a.md:2:1 page.unknown-key"),
    ("order: first", "content/a.md:2:8 page.front-matter"), ("draft: maybe", "content/a.md:2:8 page.front-matter"),
    ("audience: {a: b}", "content/a.md:2:11 page.front-matter"), ("title: [a]", "content/a.md:2:8 page.front-matter"),
    ("title: x {{map.brnds}}", "content/a.md:2:8 template.unknown-name"),
    ("description: x {{map.brnds}}", "content/a.md:2:14 template.unknown-name"),
    ("slug: x/{{map.brnds}}", "content/a.md:2:7 template.unknown-name"),
    ("layout: pag", "content/a.md:2:9 page.unknown-layout"),
    ("layout: ../../etc/passwd", "content/a.md:2:9 page.unknown-layout"),
  ]) func frontMatterIsChecked(line: String, fault: String) async throws {
    let site = try await SampleSite(("a.md", "---\n\(line)\n---\ntext")).compose()
    #expect(site.faults == [fault])
    #expect(site.errors.allSatisfy { !$0.message.isEmpty })
  }

  @Test func titlesThatAreTagsNeedNoQuotes() async throws {
    for end in ["\n", "\r\n"] {
      let text = ["---", "title: {{map.best}} it's", "---", "text"].joined(separator: end)
      let site = try await SampleSite(("a.md", text)).compose()
      #expect(site.faults == [])
      #expect(try site.page("a/index.html").contains("<h1>Aero it&#39;s</h1>"))
    }
  }

  // MARK: Drafts and audiences

  @Test func draftsStayOutUnlessAskedFor() async throws {
    var sample = SampleSite(("a.md", "---\ndraft: true\n---\nsecret"), ("b.md", "[see](a.md)"))
    var site = try await sample.compose()
    #expect(site.faults == ["content/b.md:1:1 page.link-withheld"])
    #expect(!site.paths.contains("a/index.html"))
    sample.withDrafts = true
    site = try await sample.compose()
    #expect(site.faults == [])
    #expect(try site.page("a/index.html").contains("Draft: not for handing over."))
  }

  @Test func pagesForAnAudienceAreRenderedOnlyForIt() async throws {
    var sample = SampleSite(("a.md", "---\naudience: [board, sales]\n---\nfor few"), ("b.md", "for all"))
    #expect(try await !sample.compose().paths.contains("a/index.html"))
    sample.audience = "press"
    #expect(try await !sample.compose().paths.contains("a/index.html"))
    sample.audience = "board"
    #expect(try await sample.compose().paths.contains("a/index.html"))
    #expect(try await sample.compose().paths.contains("b/index.html"))
  }

  /// A name of what failed is not called unknown as well.
  @Test func anAnalysisThatFailedIsNotReportedTwice() async throws {
    var sample = SampleSite(
      (
        "a.md",
        "{{map.brands}} {{#map.tables.brands}}{{brand}}{{/map.tables.brands}} [](#fig-map)\n\n![](figure:map)\n\n[m](analyses/map.md)"
      ),
      ("b.md", "---\neach: map/brands as brand\n---\n{{brand.x}}"))
    sample.failed = ["map"]
    #expect(try await sample.compose().faults == [])
  }
}
