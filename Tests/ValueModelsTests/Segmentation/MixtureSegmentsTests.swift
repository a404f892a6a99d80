import Testing

@testable import ValueModels

@Suite struct MixtureSegmentsTests {
  private func findings(_ more: String, _ csv: String = SegmentationTests.people) throws -> Findings {
    try asking(segmentationKind, SegmentationTests.settings + "method: gaussian-mixture\nstarts: 5\n" + more, csv)
      .findings()
  }

  /// Three round groups, drawn without chance, of 40, 30 and 20.
  private static let crowd: String = {
    var lines = ["id,price,quality,spend,city"]
    let centres = [(0.0, 0.0), (9.0, 1.0), (3.0, 10.0)]
    for row in 0..<90 {
      let group = row < 40 ? 0 : row < 70 ? 1 : 2
      let (a, b) = (Double(row * 37 % 41) / 41 - 0.5, Double(row * 23 % 29) / 29 - 0.5)
      let c = Double(row * 11 % 17) / 17 - 0.5
      lines.append(
        "p\(row),\(centres[group].0 + a + b + c),\(centres[group].1 + 2 * a - b + c),10,\(row % 2 == 0 ? "Ulm" : "Bonn")"
      )
    }
    return lines.joined(separator: "\n") + "\n"
  }()

  @Test func bicFindsTheGroupsAndSaysWhichFamily() throws {
    let found = try findings("segments: [2, 5]\nstability: 20", Self.crowd)
    #expect(found.fact("segments") == .integer(3) && found.fact("criterion") == .text("bic"))
    #expect(found.table("segments")?.values("size") == [.integer(40), .integer(30), .integer(20)])
    let (ll, p) = (try #require(found.number("log_likelihood")), try #require(found.number("parameters")))
    #expect(isClose(found.number("aic"), -2 * ll + 2 * p))
    #expect((found.number("entropy") ?? 0) > 0.95 && (found.number("icl") ?? 0) >= (found.number("bic") ?? 0))
    let criteria = try #require(found.table("criteria"))
    #expect(criteria.values("segments") == (1...5).map { .integer($0) })
    // The mixture taken has the least BIC of all.
    let all = ["bic_eii", "bic_vii", "bic_eei", "bic_vvi", "bic_eee", "bic_vvv"].flatMap { criteria.numbers($0) }
    let least = all.compactMap { $0 }.min()
    #expect(isClose(found.number("bic"), least))
    #expect(found.fact("covariance") == criteria.values("covariance")[2])
    #expect(found.number("split_half") == 1 && (found.number("stability") ?? 0) > 0.9)
    #expect(found.table("map")?.rows.count == 3 && found.table("map_variables")?.rows.count == 2)
  }

  @Test func familiesCanBeNamed() throws {
    let found = try findings("segments: 3\ncovariance: [VVI, EII]\nstability: 0", Self.crowd)
    #expect(found.setting("covariance") == .list([.text("EII"), .text("VVI")]))
    #expect(found.table("criteria")?.columns.map(\.name).filter { $0.hasPrefix("bic_") } == ["bic_eii", "bic_vvi"])
    #expect(found.fact("criterion") == .text("given"))
    let one = try findings("segments: 2\ncovariance: EEE\nstability: 0", Self.crowd)
    #expect(one.fact("covariance") == .text("EEE"))
    let wrong = asking(
      segmentationKind, SegmentationTests.settings + "method: gaussian-mixture\ncovariance: VVX", Self.crowd
    )
    .refusals()
    #expect(wrong.map(\.id).contains("settings.unknown-choice"))
  }

  /// Answers standardised within persons sum to 0: families with full covariances are refused, the others compared.
  @Test func dependentVariablesLeaveTheOtherFamilies() throws {
    let csv = "a,b,c\n" + (0..<60).map { "\($0 * 7 % 5),\($0 * 3 % 7),\($0 * 11 % 4 + ($0 < 30 ? 4 : 0))\n" }.joined()
    let found = try asking(
      segmentationKind,
      "variables: [a, b, c]\nmethod: gaussian-mixture\nstandardize: within-person\nstarts: 3\nsegments: 2\nstability: 0",
      csv
    ).findings()
    let refused = try #require(found.cautions.first { $0.id == "mixtures-refused" })
    #expect(refused.rows.contains { $0.contains("EEE") && $0.contains("depend on each other") })
  }

  @Test func tooManyParametersAreAnErrorThatSaysSo() throws {
    let csv = "a,b,c\n" + (0..<12).map { "\($0 * 7 % 12),\($0 * 5 % 12),\($0 * 11 % 13)\n" }.joined()
    let found = asking(
      segmentationKind, "variables: [a, b, c]\nmethod: gaussian-mixture\ncovariance: VVV\nsegments: 2", csv
    ).refusals()
    #expect(found.first?.id == "analysis.not-computable")
    #expect(found.first?.message.contains("more parameters than rows") == true)
  }

  @Test func theSameInputGivesTheSameFindings() throws {
    #expect(
      try findings("segments: [2, 3]\nstability: 5", Self.crowd)
        == findings("segments: [2, 3]\nstability: 5", Self.crowd))
  }
}
