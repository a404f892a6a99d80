import Testing

@testable import ValueModels

/// Two clear groups, worked out by hand: 20 people round (1.5, 7.5) and 12 round (8.5, 1.5).
@Suite struct SegmentationTests {
  static let people: String = {
    var lines = ["id,price,quality,spend,city"]
    let quarters = [-0.75, -0.25, 0.25, 0.75]
    for i in 0..<20 {
      let (price, quality) = (1.5 + [-0.5, -0.25, 0, 0.25, 0.5][i % 5], 7.5 + quarters[i % 4])
      lines.append("\(i + 1),\(price),\(quality),10,\(i < 15 ? "Ulm" : "Bonn")")
    }
    for i in 0..<12 {
      lines.append("\(i + 21),\(8.5 + [-0.5, 0, 0.5][i % 3]),\(1.5 + quarters[i % 4]),30,Bonn")
    }
    return lines.joined(separator: "\n") + "\n"
  }()
  static let settings =
    "respondent: id\nvariables: [price, quality]\nstandardize: none\nvalue: spend\ndescribe: [city]\n"

  private func findings(_ more: String = "") throws -> Findings {
    try asking(segmentationKind, Self.settings + more, Self.people).findings()
  }

  @Test func findsThemBySizeWithTheirShares() throws {
    let found = try findings("names: {1: Careful, 2: Careful buyers}")
    let segments = try #require(found.table("segments"))
    #expect(
      segments.columns.map(\.name) == [
        "segment", "slug", "name", "size", "share", "base", "value_share", "stability", "suggestion", "letter",
      ])
    #expect(segments.values("segment") == [.integer(1), .integer(2)])
    #expect(segments.texts("name") == ["Careful", "Careful buyers"])
    #expect(segments.texts("slug") == ["careful", "careful-buyers"])
    #expect(segments.values("size") == [.integer(20), .integer(12)])
    #expect(segments.numbers("share") == [0.625, 0.375])
    // 20 × 10 against 12 × 30.
    #expect(isClose(segments.numbers("value_share")[0], 200.0 / 560))
    #expect(found.fact("segments") == .integer(2) && found.fact("base") == .integer(32))
    #expect(found.fact("criterion") == .text("silhouette"))
  }

  @Test func centresAndSumsOfSquaresAreThoseByHand() throws {
    let found = try findings()
    let centres = try #require(found.table("centres"))
    #expect(zip(centres.numbers("mean"), [1.5, 7.5, 8.5, 1.5]).allSatisfy { isClose($0, $1) })
    // Price 4 × 0.625 and 4 × 0.5, quality 5 × 1.25 and 3 × 1.25.
    #expect(isClose(found.number("within_ss"), 2.5 + 2 + 6.25 + 3.75))
    // n₁n₂/n × squared distance of the centres.
    #expect(isClose(found.number("between_ss"), 20.0 * 12 / 32 * (49 + 36)))
    #expect(isClose(found.number("total_ss"), 14.5 + 7.5 * 85))
    #expect(found.fact("best_starts") == .integer(50))
  }

  @Test func profilesTellWhatFormedThem() throws {
    let found = try findings()
    let profiles = try #require(found.table("profiles"))
    let price = profiles.rows(where: ["variable": .text("price")])
    #expect(price.map { $0["active"] } == [.truth(true), .truth(true)])
    let bonn = try #require(
      profiles.rows(where: ["variable": .text("city"), "level": .text("Bonn"), "segment": .integer(1)]).first)
    #expect(bonn["value"] == .number(0.25) && isClose(bonn["total"]?.number, 17.0 / 32))
    #expect(bonn["active"] == .truth(false) && bonn["base"] == .integer(20))
    #expect(found.cautions.contains { $0.id == "descriptive-tests" })
    #expect(found.table("segments")?.texts("suggestion")[1].contains("high price") == true)
  }

  @Test func theNumberCanBeGiven() throws {
    let found = try findings("segments: 4")
    #expect(found.fact("segments") == .integer(4) && found.fact("criterion") == .text("given"))
    // The other numbers stand beside it.
    #expect(found.table("criteria")?.values("segments") == (2...8).map { .integer($0) })
    #expect(found.table("criteria")?.values("taken").firstIndex(of: .truth(true)) == 2)
  }

  @Test func theSameInputGivesTheSameFindings() throws {
    #expect(try findings("segments: [2, 3]") == findings("segments: [2, 3]"))
  }

  @Test func allNumericColumnsAreVariablesButThoseWithAnotherPart() throws {
    let found = try asking(segmentationKind, "value: spend", Self.people).findings()
    #expect(found.setting("variables") == .list([.text("price"), .text("quality")]))
    #expect(found.cautions.contains { $0.id == "identifier-left-out" })
  }

  @Test func rowsWithEmptyCellsAreLeftOutAndCounted() throws {
    let found = try asking(segmentationKind, Self.settings, Self.people + "33,,5,1,Ulm\n34,5,,1,Ulm\n").findings()
    #expect(found.fact("base") == .integer(32))
    #expect(found.data[0].dropped == 2)
    #expect(found.dropped.map(\.line) == [34, 35])
    #expect(found.dropped[0].reason == "no value in 'price'")
  }

  @Test func stabilityIsComputedWhenAskedFor() throws {
    let found = try findings("stability: 20")
    #expect(found.table("segments")?.numbers("stability") == [1, 1])
    #expect(found.number("stability") == 1)
  }

  /// Nothing in the findings tells one person from another.
  @Test func noRespondentIsNamed() throws {
    let csv = Self.people.replacing("\n7,", with: "\nsecret-name,")
    let found = try asking(segmentationKind, Self.settings, csv).findings()
    #expect(!found.json().contains("secret-name"))
    let profile = try asking(segmentProfileKind, "group: city", csv).findings()
    #expect(!profile.json().contains("secret-name"))
  }

  /// Twenty-five people, each with a name: a share for each name would put every person on the page.
  @Test func namesOfPersonsAreNeverProfiled() throws {
    let csv = "name,group,x\n" + (0..<25).map { "person \($0),\($0 % 2 == 0 ? "a" : "b"),\($0 % 5)\n" }.joined()
    for settings in ["group: group", "group: group\ndescribe: [name, x]"] {
      let found = try asking(segmentProfileKind, settings, csv).findings()
      #expect(!found.json().contains("person 3"))
      #expect(found.table("profiles")?.rows.count == 2)
    }
  }
}
