import Diagnostics
import Testing

@testable import Publishing

/// `by: column`: an analysis repeated for the groups of a column, one page and one findings file each.
@Suite struct GroupExpansionTests {
  private static let head = "title: Groups\nprivacy: {minimum_base: 5, suppress_below: 4}\n"

  /// So many respondents a region, half of whom are builders.
  private func people(_ counts: [(String, Int)]) -> String {
    var csv = "kind,region,spend\n"
    for (region, count) in counts {
      for at in 0..<count { csv += "\(at % 2 == 0 ? "Builder" : "Dreamer"),\(region),\(10 + (at * 7) % 13)\n" }
    }
    return csv
  }

  private func study(_ csv: String, _ more: String = "", pages: [(String, String)] = []) throws -> Scratch {
    let scratch = try Scratch(
      (
        "valuemap.yaml",
        Self.head
          + "data: {people: {file: people.csv, source: survey}}\nanalyses:\n  kinds:\n    type: segment-profile\n"
          + "    title: Two kinds\n    data: people\n    group: kind\n    describe: [spend]\n    by: region\n" + more
      ), ("content/people.csv", csv))
    for (path, text) in pages { try scratch.write(text, to: path) }
    return scratch
  }

  @Test func everyGroupHasFindingsAndAPage() async throws {
    let scratch = try study(
      people([("North", 20), ("South West", 16)]),
      pages: [("content/index.md", "{{kinds-north.base}} of {{kinds.base}}")])
    let built = try await scratch.build()
    let files = try unwrap(built.site, "errors: \(built.diagnostics.map { $0.text() })").files
    func text(_ path: String) -> String { String(decoding: files[path] ?? [], as: UTF8.self) }
    #expect(text("findings/kinds-north.json").contains("\"base\": 20"))
    #expect(text("findings/kinds-south-west.json").contains("\"title\": \"Two kinds: South West\""))
    #expect(text("findings/kinds.json").contains("\"by\": \"region\""))
    let parent = text("analyses/kinds/index.html")
    #expect(parent.contains("By region") && parent.contains("../kinds-north/index.html"))
    #expect(text("analyses/kinds-north/index.html").contains("one of the groups of"))
    #expect(text("analyses/kinds-north/builder/index.html").contains("Two kinds: North"))
    #expect(text("index.html").contains("20 of 36"))
    #expect(
      !text("index.html").contains(
        "card-question\">How do the groups in the data differ?</p>\n<h3><a href=\"analyses/kinds-north"))
    let builder = try unwrap(StudyBuilder(BuildOptions(study: scratch.path)), "no study")
    let (findings, _, _) = await builder.analyse(builder.readStudy().study, only: ["kinds-north"])
    #expect(findings.map(\.id) == ["kinds", "kinds-north"])
  }

  @Test func aSmallGroupIsHiddenWithASecond() async throws {
    let built = try await study(people([("North", 20), ("South", 16), ("West", 3)])).build()
    let files = try unwrap(built.site, "errors: \(built.diagnostics.map { $0.text() })").files
    #expect(files["findings/kinds-west.json"] == nil && files["findings/kinds-south.json"] == nil)
    #expect(files["findings/kinds-north.json"] != nil)
    #expect(built.diagnostics.contains { $0.id == "analysis.group-withheld" })
  }

  /// A group with a small part gives the part away by subtraction, though the group itself is large.
  @Test func aGroupWithASmallPartIsHiddenWithASecond() async throws {
    var csv = people([("North", 20), ("South", 16), ("East", 30)])
    for _ in 0..<12 { csv += "Builder,West,11\n" }
    csv += "Dreamer,West,12\nDreamer,West,19\n"
    let built = try await study(csv).build()
    let files = try unwrap(built.site, "errors: \(built.diagnostics.map { $0.text() })").files
    #expect(files["findings/kinds-west.json"] == nil && files["findings/kinds-south.json"] == nil)
    #expect(files["findings/kinds-north.json"] != nil && files["findings/kinds-east.json"] != nil)
  }

  @Test func anIdThatIsTakenIsAnError() async throws {
    let built = try await study(
      people([("North", 20), ("South", 16)]),
      "  kinds-north:\n    type: segment-profile\n    data: people\n    group: kind\n    describe: [spend]\n"
    ).build()
    #expect(built.site == nil)
    let found = built.diagnostics.filter { $0.severity == .error }
    #expect(found.map(\.id) == ["study.same-id"])
    #expect(found.first?.position?.line == 11)
  }

  @Test func aColumnThatIsNotThereIsAnError() async throws {
    let scratch = try study(people([("North", 20), ("South", 16)]))
    try scratch.write(
      try unwrap(scratch.text("valuemap.yaml"), "").replacing("by: region", with: "by: regoin"), to: "valuemap.yaml")
    let built = try await scratch.build()
    let found = built.diagnostics.filter { $0.severity == .error }
    #expect(found.map(\.id) == ["analysis.unknown-column"] && found.first?.hint == "did you mean 'region'?")
  }

  @Test func aRepeatedBuildIsTheSame() async throws {
    let scratch = try study(people([("North", 20), ("South", 16)]))
    let one = try await scratch.build { $0.jobs = 1 }
    let two = try await scratch.build { $0.jobs = 4 }
    #expect(one.site?.files == two.site?.files && two.counts.analysesComputed == 0)
  }
}
