import Testing

@testable import ValueModels

@Suite struct WardSegmentsTests {
  private func findings(_ more: String) throws -> Findings {
    try asking(segmentationKind, SegmentationTests.settings + "method: ward\n" + more, SegmentationTests.people)
      .findings()
  }

  /// The clear groups of `SegmentationTests`: the tree joins them last, at the height worked out there.
  @Test func theLastMergeJoinsTheTwoGroups() throws {
    let found = try findings("segments: auto")
    #expect(found.fact("segments") == .integer(2) && found.fact("criterion") == .text("silhouette"))
    #expect(isClose(found.number("within_ss"), 14.5) && isClose(found.number("total_ss"), 14.5 + 7.5 * 85))
    let merges = try #require(found.table("merges"))
    #expect(merges.values("step") == (1...31).map { .integer($0) })
    // √(2 × what it adds to the sum of squares).
    #expect(isClose(merges.numbers("height").last ?? nil, (2 * 7.5 * 85).squareRoot()))
    #expect(found.method.summary.contains("consolidated by k-means, which moved nobody"))
    #expect(
      found.method.references.contains("Ward 1963") && !found.method.references.contains { $0.contains("k-means++") })
    #expect(found.fact("best_starts") == nil && found.number("split_half") == 1)
    #expect(found.table("segments")?.numbers("stability") == [1, 1])
  }

  @Test func consolidationCanBeLeftOut() throws {
    let found = try findings("segments: 3\nconsolidate: false\nstability: 0")
    #expect(found.method.summary.contains("cut without consolidation"))
    #expect(found.setting("consolidate") == .truth(false))
    let heights = try #require(found.table("merges")).numbers("height").compactMap { $0 }
    // What is left within three branches is what all but the last two merges added.
    #expect(isClose(found.number("within_ss"), heights.dropLast(2).reduce(0) { $0 + $1 * $1 / 2 }))
  }

  /// Rows of weight 2 are two rows, though bases count people. No two distances are equal, so that there is one tree.
  @Test func weightsCountAsRepeatedRows() throws {
    func line(_ row: Int) -> String { "\(row * 7 % 11).\(10 + row * 37 % 89),\(row * 5 % 13).\(10 + row * 53 % 83)" }
    let csv = "x,y,w\n" + (0..<40).map { "\(line($0)),\(1 + $0 % 2)\n" }.joined()
    let repeated =
      "x,y\n" + (0..<40).map { row in String(repeating: "\(line(row))\n", count: 1 + row % 2) }.joined()
    let settings =
      "variables: [x, y]\nstandardize: none\nmethod: ward\nconsolidate: false\nsegments: 3\nstability: 0\ngap_sets: 0\n"
      + "typing: false\n"
    let weighted = try asking(segmentationKind, settings + "weight: w", csv).findings()
    let plain = try asking(segmentationKind, settings, repeated).findings()
    // Weights are rescaled to the number of people.
    #expect(isClose(weighted.number("within_ss").map { $0 * 60 / 40 }, plain.number("within_ss")))
    #expect(weighted.fact("base") == .integer(40))
  }
}
