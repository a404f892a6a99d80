import Testing
import ValueModels

@testable import Pages

/// Pages of segments draw together what other analyses know of them; served ones are marked wherever they are linked.
@Suite struct SegmentPagesTests {
  private func site(_ pages: (String, String)..., chosen: [String] = ["Builders"]) async throws -> Composed {
    var sample = SampleSite()
    sample.pages = pages
    var input = try sample.input()
    input.parts += [try targeting(chosen), try statements()]
    return Composed(site: await composeSite(input, parallel: OneByOne()))
  }

  private func targeting(_ chosen: [String]) throws -> AnalysedStudyPart {
    var findings = Findings(
      id: "targets", type: "targeting", title: "Whom to serve",
      method: Method(summary: "", settings: [.init("from", .text("needs"))]))
    var table = FindingsTable(
      "segments", title: "Segments",
      columns: [
        .init("segment", .text), .init("slug", .text), .init("attractiveness"), .init("strength"),
        .init("chosen", .truth),
      ])
    for name in ["Builders", "Dreamers"] {
      table.add([.text(name), .text(name.lowercased()), .number(4), .number(3), .truth(chosen.contains(name))])
    }
    findings.tables = [table]
    return AnalysedStudyPart(
      kind: try #require(AnalysisCatalogue.kind("targeting")), findings: findings, figures: [], undrawn: [])
  }

  private func statements() throws -> AnalysedStudyPart {
    var findings = Findings(id: "claims", type: "positioning", title: "What we say", method: Method(summary: ""))
    var table = FindingsTable(
      "statements", title: "Statements",
      columns: [.init("segment", .text), .init("slug", .text), .init("pain_point", .text), .init("statement", .text)])
    table.add([.text("Builders"), .text("builders"), .text("<b>days lost</b>"), .text("For builders, back in a day.")])
    findings.tables = [table]
    return AnalysedStudyPart(
      kind: try #require(AnalysisCatalogue.kind("positioning")), findings: findings, figures: [], undrawn: [])
  }

  @Test func everythingKnownIsDrawnTogether() async throws {
    let composed = try await site()
    #expect(composed.faults == [])
    let page = try composed.page("analyses/needs/builders/index.html")
    #expect(page.contains("We serve this segment") && page.contains("Whom to serve"))
    #expect(page.contains("<strong>50%</strong> <span>of all</span>"))
    #expect(page.contains("Chosen: attractiveness 4.0, our strength 3.0"))
    #expect(page.contains("For builders, back in a day.") && page.contains("What hurts"))
    #expect(!page.contains("<b>days lost</b>"))
    let other = try composed.page("analyses/needs/dreamers/index.html")
    #expect(!other.contains("We serve this segment") && !other.contains("What hurts"))
    #expect(other.contains("Not chosen"))
  }

  @Test func servedSegmentsAreMarkedWhereverTheyAreLinked() async throws {
    let composed = try await site(
      ("all.md", "{{#needs.tables.segments}}\n- {{name}}{{#served}}: ours{{/served}}\n{{/needs.tables.segments}}\n"))
    #expect(composed.faults == [])
    let page = try composed.page("all/index.html")
    #expect(page.contains("Builders: ours") && !page.contains("Dreamers: ours"))
    let analysis = try composed.page("analyses/needs/index.html")
    #expect(analysis.contains("we serve this segment"))
    #expect(
      try composed.page("analyses/needs/builders/index.html").contains("Builders <span class=\"served\">served</span>"))
    let none = try await site(chosen: [])
    #expect(!(try none.page("analyses/needs/index.html").contains("we serve this")))
  }

  @Test func writtenPagesNameWhatIsKnown() async throws {
    let composed = try await site(
      (
        "segment.md",
        "---\ntitle: \"{{segment.name}}\"\neach: needs/segments as segment\n---\n{{#segment.known.hurts}}\n- {{text}}\n{{/segment.known.hurts}}\n"
      ))
    #expect(composed.faults == [])
    #expect(try composed.page("segment/builders/index.html").contains("days lost"))
    #expect(try composed.page("segment/builders/index.html").contains("We serve this segment"))
  }
}
