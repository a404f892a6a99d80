import Testing

@testable import ValueModels

/// Scaled maps of single respondents: how far brands' places can be believed.
@Suite struct ScalingRegionsTests {
  private func ask(_ settings: String, _ csv: String) -> Asking {
    Asking(perceptualMapKind, "data: data\n" + settings, ["data": csv])
  }

  private func near(_ a: [Double?], _ b: [Double?]) -> Bool {
    !a.isEmpty && a.count == b.count && zip(a, b).allSatisfy { abs(($0 ?? .nan) - ($1 ?? .nan)) < 1e-7 }
  }

  /// Classical scaling of distances over standardised means is the principal components of these means, and so are their
  /// resamples.
  @Test func classicalRegionsAreThoseOfComponents() throws {
    let csv = MapCredibilityTests.ticks(40, effect: 0.3)
    let draws = "bootstrap: 60\npermutation: 0\n"
    let scaled = try ask(draws + "method: multidimensional-scaling\nlevel: ratio", csv).findings()
    let components = try ask(draws + "method: principal-components", csv).findings()
    #expect(scaled.fact("resamples") == .integer(60))
    #expect(scaled.fact("undistinguished_pairs") == components.fact("undistinguished_pairs"))
    for column in ["sd_x", "sd_y"] {
      let (a, b) = (scaled.table("regions")?.numbers(column), components.table("regions")?.numbers(column))
      #expect(near(a ?? [], b ?? [nil]), "\(column)")
    }
    #expect(
      scaled.table("distances")?.values("distinguished") == components.table("distances")?.values("distinguished"))
    #expect(scaled.setting("bootstrap") == .integer(60) && scaled.setting("confidence") == .number(0.95))
  }

  @Test(arguments: ["ordinal", "interval", "ratio\nalgorithm: majorisation"])
  func brandsThatDoNotDifferAreNotToldApart(_ level: String) throws {
    // A and B are alike, C and D stand out, E is as C.
    let csv = MapCredibilityTests.ticks(60, effect: 0.4)
    let lines = csv.split(separator: "\n").map(String.init)
    let more = lines.filter { $0.contains(",C,") }.map { $0.replacing(",C,", with: ",E,") }
    let findings = try ask(
      "method: multidimensional-scaling\nbootstrap: 40\nstarts: 3\nlevel: \(level)\nsupplementary: {brands: [E]}",
      (lines + more).joined(separator: "\n")
    ).findings()
    let distances = try #require(findings.table("distances"))
    #expect(distances.rows.count == 10)
    func told(_ a: String, _ b: String) -> Value? {
      distances.rows.first { $0[0] == .text(a) && $0[1] == .text(b) }?.last
    }
    #expect(told("C", "E") == .truth(false))
    #expect(findings.table("regions")?.rows.count == 5)
    #expect(findings.fact("resamples") == .integer(40))
    let sd = findings.table("regions")?.numbers("sd_x").compactMap(\.self) ?? []
    #expect(sd.count == 5 && sd.allSatisfy { $0 > 0 && $0 < 2 }, "\(sd)")
  }

  @Test(arguments: ["similarity", "dissimilarity"], ["level: ratio", "level: interval\nstarts: 3"])
  func respondentsWhoJudgedPairsAreDrawnAgain(_ word: String, _ level: String) throws {
    let places = [("A", 0.0, 0.0), ("B", 4.0, 0.0), ("C", 0.0, 3.0), ("D", 4.0, 3.2), ("E", 4.1, 3.0)]
    var csv = "respondent,brand,other,\(word)\n"
    var state: UInt64 = 5
    for who in 0..<40 {
      for (at, a) in places.enumerated() {
        for b in places.dropFirst(at + 1) {
          state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
          let distance = ((a.1 - b.1) * (a.1 - b.1) + (a.2 - b.2) * (a.2 - b.2)).squareRoot()
          let said = distance + Double(state >> 33 & 1023) / 1023
          csv += "\(who),\(a.0),\(b.0),\(word == "similarity" ? 9 - said : said)\n"
        }
      }
    }
    let findings = try ask("bootstrap: 60\n" + level, csv).findings()
    #expect(findings.table("regions")?.rows.count == 5)
    let distances = try #require(findings.table("distances"))
    #expect(distances.rows.first?.last == .truth(true))
    #expect(distances.rows.last?[0] == .text("D") && distances.rows.last?.last != .missing)
    #expect(findings.fact("undistinguished_pairs") != nil)
  }

  @Test func tablesWithoutRespondentsHaveNoRegions() throws {
    let csv = "town,A,B,C,D\nA,0,3,5,4\nB,3,0,4,5\nC,5,4,0,3\nD,4,5,3,0"
    let findings = try ask("level: ratio\nbootstrap: 500", csv).findings()
    #expect(findings.cautions.map(\.id) == ["no-respondents"])
    #expect(findings.table("regions") == nil && findings.fact("resamples") == nil)
    #expect(findings.setting("bootstrap") == SettingValue.none)
    #expect(try ask("level: ratio", csv).findings().cautions.isEmpty)
  }

  /// Four corners, and a brand in their middle that has no say.
  @Test(arguments: ["", "\nalgorithm: majorisation"]) func aSupplementaryBrandIsPlaced(_ algorithm: String) throws {
    let csv = "town,A,B,M,C,D\nA,0,3,2.5,5,4\nB,3,0,2.5,4,5\nM,2.5,2.5,0,2.5,2.5\nC,5,4,2.5,0,3\nD,4,5,2.5,3,0"
    let findings = try ask("level: ratio\nsupplementary: {brands: [M]}\(algorithm)", csv).findings()
    let brands = try #require(findings.table("brands"))
    #expect(brands.texts("brand") == ["A", "B", "M", "C", "D"])
    #expect(brands.values("supplementary") == [false, false, true, false, false].map { .truth($0) })
    #expect(brands.values("misfit")[2] == .missing)
    let (x, y) = (brands.numbers("x"), brands.numbers("y"))
    #expect(abs(x[2] ?? 9) < 1e-4 && abs(y[2] ?? 9) < 1e-4, "\(x) \(y)")
    #expect((findings.number("stress") ?? 1) < 1e-5)
    let distances = try #require(findings.table("distances"))
    #expect(distances.rows.count == 10)
    #expect(distances.values("disparity").count { $0 == .missing } == 4)
    #expect(abs((distances.numbers("distance")[1] ?? 0) - 2.5) < 1e-4)
    #expect(findings.method.summary.contains("of 4 brands") && findings.method.summary.contains("1 supplementary"))
  }

  @Test func supplementaryBrandsThatCannotBePlaced() {
    let csv = "town,A,B,M,C,D\nA,0,3,,5,4\nB,3,0,2.5,4,5\nM,,2.5,0,2.5,2.5\nC,5,4,2.5,0,3\nD,4,5,2.5,3,0"
    let passive = "supplementary: {brands: [M]}"
    #expect(ask("level: ratio\n" + passive, csv).faults() == ["data/data.csv:2:1 analysis.missing-pair"])
    #expect(ask("level: ratio\nalgorithm: majorisation\n" + passive, csv).faults().isEmpty)
    let apart = "brand,other,dissimilarity\nA,B,3\nA,C,5\nB,C,4\nM,N,2"
    #expect(
      ask("level: interval\nsupplementary: {brands: [M, N]}", apart).faults()
        == ["data/data.csv:5:1 analysis.unconnected-brands"])
    #expect(
      ask("level: ratio\nsupplementary: {brands: [Z], attributes: [a]}", csv).faults() == [
        "valuemap.yaml:3:26 analysis.unknown-name", "valuemap.yaml:3:43 settings.wrong-type",
      ])
  }
}
