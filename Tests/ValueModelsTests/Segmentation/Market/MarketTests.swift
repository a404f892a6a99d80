import Testing

@testable import ValueModels

/// Size, growth and concentration of a market.
@Suite struct MarketTests {
  private func ask(_ csv: String, _ settings: String = "") -> Asking {
    Asking(marketKind, "data: data\n" + settings, ["data": csv])
  }

  /// `Reference/market/market.py`: exact fractions.
  @Test func measuresMatchTheReference() throws {
    let findings = try ask(referenceText("market/sales.csv"), "own: Kestrow\nothers: Others").findings()
    let table = try #require(findings.table("periods"))
    var seen = 0
    for line in try referenceText("market/market.csv").split(whereSeparator: \.isNewline).dropFirst() {
      let cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      let row = try #require(
        table.rows.indices.first { row in
          table.texts("period")[row] == cells[1] && (table.texts("segment")[row] == (cells[0] == "all" ? "" : cells[0]))
        })
      for (column, at) in [("size", 2), ("growth", 3), ("hhi", 5), ("cr4", 6), ("numbers_equivalent", 7)] {
        let expected = Double(cells[at])
        let value = table.numbers(column)[row]
        #expect((value == nil) == (expected == nil))
        if let value, let expected { #expect(abs(value - expected) <= 1e-12 * max(1, abs(expected))) }
        seen += 1
      }
      if cells[0] == "all", cells[1] == "2025" {
        #expect(abs((findings.number("cagr") ?? 0) - (Double(cells[4]) ?? 1)) < 1e-14)
      }
    }
    #expect(seen == 75)
  }

  @Test func onePeriodNeedsNoColumnOfPeriods() throws {
    let findings = try ask("player,value\nA,50\nB,30\nC,20\n").findings()
    #expect(findings.number("hhi") == 3800 && findings.number("cr4") == 1)
    #expect(findings.fact("leader") == .text("A") && findings.fact("growth") == .missing)
    #expect(findings.number("numbers_equivalent") == 1 / 0.38)
  }

  @Test func datesAreCountedInYears() throws {
    let findings = try ask("period,player,value\n2020-01-01,A,100\n2022-01-01,A,121\n").findings()
    #expect(abs((findings.number("cagr") ?? 0) - 0.1) < 1e-3)
    let texts = try ask("period,player,value\nQ1 2024,A,100\nQ2 2024,A,110\n").findings()
    #expect(abs((texts.number("cagr") ?? 0) - 0.1) < 1e-12)
    #expect(texts.cautions.map(\.id) == ["periods-without-time"])
  }

  @Test func othersAreNoPlayer() throws {
    let findings = try ask("player,value\nA,50\nB,20\nOthers,30\n", "others: Others").findings()
    #expect(
      abs((findings.number("hhi") ?? 0) - 2900) < 1e-9 && abs((findings.number("hhi_greatest") ?? 0) - 3800) < 1e-9)
    #expect(findings.fact("players") == .integer(2) && findings.cautions.map(\.id) == ["others-large"])
  }

  @Test func faultsAreNamedAtTheirCells() throws {
    #expect(ask("player,value\nA,-1\nB,2\n").faults() == ["data/data.csv:2:3 analysis.negative-value"])
    #expect(ask("player,value\nA,1\nA,2\n").faults() == ["data/data.csv:3:1 analysis.repeated-row"])
    #expect(ask("player,value,unit\nA,1,kg\nB,2,t\n").faults() == ["data/data.csv:3:5 analysis.mixed-units"])
    #expect(ask("player,value\nA,0\n").faults() == ["data/data.csv analysis.no-rows"])
    #expect(ask("player,value\nA,x\n").faults() == ["data/data.csv:2:3 analysis.not-a-number"])
    #expect(ask("player,value\nA,1\n", "own: B").faults() == ["valuemap.yaml:2:6 analysis.unknown-name"])
  }

  /// The whole market is the sum of the regions that `by` names.
  @Test func groupsAddUp() throws {
    let csv = "period,player,value,region\n2025,A,6,N\n2025,A,2,S\n2025,B,2,N\n"
    let findings = try Asking(marketKind, "data: data\nby: region", ["data": csv]).findings()
    #expect(findings.number("size") == 10 && findings.number("leader_share") == 0.8)
    #expect(
      Asking(marketKind, "data: data\nby: region", ["data": csv + "2025,A,2,S\n"]).faults()
        == ["data/data.csv:5:6 analysis.repeated-row"])
  }
}
