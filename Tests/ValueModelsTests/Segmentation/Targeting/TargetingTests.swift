import Testing

@testable import ValueModels

/// Choosing segments: weighted scores, the grid, and how firm the choice is.
@Suite struct TargetingTests {
  private static let header = "segment,criterion,side,weight,score\n"
  private static let small =
    header
    + "North,Size,attractiveness,3,4\nNorth,Brand,strength,1,5\nSouth,Size,attractiveness,3,2\nSouth,Brand,strength,1,2\n"

  private func ask(_ csv: String, _ settings: String = "") -> Asking {
    Asking(targetingKind, "data: data\n" + settings, ["data": csv])
  }

  /// A segmentation of three segments, one hidden.
  private var segments: Findings {
    var findings = Findings(id: "needs", type: "segmentation", title: "Needs", method: Method(summary: ""))
    var table = FindingsTable(
      "segments", title: "",
      columns: [
        .init("segment", .integer), .init("slug", .text), .init("name", .text), .init("share", .share),
        .init("size", .integer),
      ])
    table.add([.integer(1), .text("builders"), .text("Builders"), .number(0.6), .integer(60)])
    table.add([.integer(2), .text("dreamers"), .text("Dreamers"), .number(0.4), .integer(40)])
    table.add([.integer(3), .text("few"), .text("Few"), .missing, .missing])
    findings.tables = [table]
    return findings
  }

  /// `Reference/targeting/targeting.py`: exact fractions, and all corners of the box of weights.
  @Test func scoresAndTheirReachMatchTheReference() throws {
    let findings = try ask(referenceText("targeting/scores.csv")).findings()
    let table = try #require(findings.table("segments"))
    let names = table.texts("segment")
    var seen = 0
    for line in try referenceText("targeting/targeting.csv").split(whereSeparator: \.isNewline).dropFirst() {
      let cells = line.split(separator: ",").map(String.init)
      let row = try #require(names.firstIndex(of: cells[0]))
      for (column, cell) in zip([cells[1], cells[1] + "_least", cells[1] + "_greatest"], cells[2...]) {
        let value = try #require(table.numbers(column)[row])
        #expect(abs(value - (Double(cell) ?? .nan)) < 1e-12)
        seen += 1
      }
    }
    #expect(seen == 30)
  }

  @Test func cellsAndChoice() throws {
    let grow = try ask(Self.small).findings()
    #expect(grow.table("segments")?.texts("cell") == ["invest to lead", "leave"])
    #expect(grow.table("segments")?.values("chosen") == [.truth(true), .truth(false)])
    // With one criterion a side, no weight can change a score.
    #expect(grow.table("segments")?.numbers("chosen_in") == [1, 0])
    #expect(grow.fact("chosen") == .integer(1) && grow.fact("firm") == .integer(1) && grow.isJudgement)
    let four = try ask(Self.small, "cuts: [4]\nchoose: 2").findings()
    #expect(four.table("segments")?.texts("cell") == ["serve first", "leave"])
    #expect(four.fact("chosen") == .integer(2))
    let named = try ask(Self.small, "choose: [South]").findings()
    #expect(named.table("segments")?.values("chosen") == [.truth(false), .truth(true)])
    #expect(named.table("segments")?.numbers("chosen_in") == [1, 0])
    #expect(named.cautions.map(\.id).contains("choice-depends-on-weights"))
    let least = try ask(Self.small, "choose: {attractiveness: 4.5}").findings()
    #expect(least.fact("chosen") == .integer(0) && least.cautions.map(\.id).contains("none-chosen"))
  }

  /// 3.2 against 2.8 where the weights are even: doubling one turns it round.
  @Test func weightsThatDecideAreNamed() throws {
    let csv =
      Self.header
      + "A,Size,attractiveness,1,5\nA,Growth,attractiveness,1,1.4\nA,Fit,strength,1,3\nB,Size,attractiveness,1,1\nB,Growth,attractiveness,1,4.6\nB,Fit,strength,1,3\n"
    let findings = try ask(csv, "choose: 1\ndraws: 4000").findings()
    #expect(findings.table("criteria")?.values("changes") == [.integer(2), .integer(2), .integer(0)])
    #expect(findings.table("criteria")?.texts("changed").first == "A, B")
    let chosenIn = try #require(findings.table("segments")?.numbers("chosen_in"))
    // A is ahead where 4 w₁ > 3.2 w₂, both uniform in 0.5 … 1.5.
    let expected = 1 - shareBelow()
    #expect(abs((chosenIn[0] ?? 0) - expected) < 0.03)
    #expect(abs((chosenIn[0] ?? 0) + (chosenIn[1] ?? 0) - 1) < 1e-12)
    #expect(try ask(csv, "choose: 1\ndraws: 4000").findings() == findings)
  }

  /// The share of the square of weights in which w₁ < 0.8 w₂, by a fine grid.
  private func shareBelow() -> Double {
    let n = 400
    var count = 0
    for i in 0..<n {
      for j in 0..<n where 0.5 + (Double(i) + 0.5) / Double(n) < 0.8 * (0.5 + (Double(j) + 0.5) / Double(n)) {
        count += 1
      }
    }
    return Double(count) / Double(n * n)
  }

  @Test func criteriaFromColumnsOfASegmentation() throws {
    var asking = Asking(
      targetingKind,
      "from: needs\ncriteria: [{name: Size, side: attractiveness, column: share}, {name: Fit, side: strength, scores: {Builders: 4, 2: 2}}]",
      [:])
    asking.others = ["from": segments]
    let findings = try asking.findings()
    let table = try #require(findings.table("segments"))
    #expect(table.texts("segment") == ["Builders", "Dreamers"] && table.texts("slug") == ["builders", "dreamers"])
    #expect(table.numbers("attractiveness") == [5, 1] && table.numbers("strength") == [4, 2])
    #expect(findings.fact("chosen_share") == .number(0.6))
    #expect(findings.cautions.map(\.id).contains("not-weighed"))
    let served = ServedSegments([findings, segments])
    #expect(served.names(in: segments) == ["Builders"])
  }

  @Test func judgesAreAveraged() throws {
    var csv = "segment,criterion,side,weight,score,judge\n"
    for (judge, score) in [("Ann", 2), ("Ben", 3), ("Cem", 4)] {
      for segment in ["North", "South"] {
        csv += "\(segment),Size,attractiveness,1,3,\(judge)\n\(segment),Brand,strength,1,\(score),\(judge)\n"
      }
    }
    let findings = try ask(csv).findings()
    #expect(findings.fact("judges") == .integer(3))
    #expect(findings.table("segments")?.numbers("strength") == [3, 3])
    #expect(findings.table("segments")?.numbers("strength_sd") == [1, 1])
    #expect(findings.table("segments")?.numbers("attractiveness_sd") == [0, 0])
  }

  @Test func groupsAreAveragedInTheWhole() throws {
    var csv = "region,segment,criterion,side,weight,score\n"
    for (region, score) in [("East", 1), ("West", 4)] {
      for segment in ["North", "South"] {
        csv += "\(region),\(segment),Size,attractiveness,1,3\n\(region),\(segment),Brand,strength,1,\(score)\n"
      }
    }
    #expect(try ask(csv, "by: region").findings().table("segments")?.numbers("strength") == [2.5, 2.5])
    #expect(ask(csv).faults().allSatisfy { $0.hasSuffix("analysis.repeated-row") })
    #expect(ask(csv + "West,North,Size,attractiveness,1,2\n", "by: region").faults().count == 1)
  }

  @Test func faultsAreNamedAtTheirCells() throws {
    func faults(_ rows: String, _ settings: String = "") -> [String] { ask(Self.header + rows, settings).faults() }
    let good = "North,Brand,strength,1,5\nSouth,Size,attractiveness,3,2\nSouth,Brand,strength,1,2\n"
    #expect(faults("North,Size,attractiveness,-3,4\n" + good).first == "data/data.csv:2:27 analysis.negative-weight")
    #expect(faults("North,Size,attractiveness,3,7\n" + good).first == "data/data.csv:2:29 analysis.score-outside-scale")
    #expect(faults("North,Size,,3,4\n" + good).first == "data/data.csv:2:12 analysis.unknown-side")
    #expect(faults("North,Size,atractiveness,3,4\n" + good).first?.hasSuffix("analysis.unknown-side") == true)
    #expect(faults(good).contains { $0.hasSuffix("analysis.missing-score") })
    #expect(
      faults("North,Size,attractiveness,3,4\nNorth,Size,attractiveness,3,4\n" + good).first
        == "data/data.csv:3:7 analysis.repeated-row")
    #expect(
      faults("North,Brand,strength,1,5\nSouth,Brand,strength,1,2\n").contains { $0.hasSuffix("analysis.missing-side") })
    #expect(
      faults(
        "North,Size,attractiveness,0,4\nNorth,Brand,strength,1,5\nSouth,Size,attractiveness,0,2\nSouth,Brand,strength,1,2\n"
      )
      .contains { $0.hasSuffix("analysis.no-weight") })
    #expect(
      faults("North,Size,attractiveness,3,4\n" + good, "choose: 3") == ["valuemap.yaml:2:9 settings.out-of-range"])
    #expect(
      faults("North,Size,attractiveness,3,4\n" + good, "choose: [Nort]") == [
        "valuemap.yaml:2:10 analysis.unknown-segment"
      ])
    #expect(
      faults("North,Size,attractiveness,3,4\n" + good, "cuts: [0, 9]") == ["valuemap.yaml:2:7 settings.wrong-type"])
    var asking = ask(Self.header + "Bilders,Size,attractiveness,3,4\n", "from: needs")
    asking.others = ["from": segments]
    #expect(asking.refusals().first?.hint == "did you mean 'Builders'?")
    #expect(
      Asking(targetingKind, "seed: 2", [:]).faults().map { $0.split(separator: " ").last } == ["settings.missing"])
  }
}
