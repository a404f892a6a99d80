import Testing

@testable import ValueModels

/// Volume through the stages of a market, and where it is decided.
@Suite struct MarketMapTests {
  private static let header = "stage,node,to,volume,decision_share\n"
  private static let chain =
    header + "Make,Us,Shops,60,\nMake,Them,Shops,30,\nMake,Them,Users,10,\nSell,Shops,Users,90,40\nUse,Users,,100,64\n"

  private func ask(_ csv: String, _ settings: String = "") -> Asking {
    Asking(marketMapKind, "data: data\n" + settings, ["data": csv])
  }

  @Test func volumesAndDecisions() throws {
    let findings = try ask(Self.chain).findings()
    #expect(findings.fact("volume") == .number(100) && findings.fact("unbalanced") == .integer(0))
    #expect(findings.fact("top_decider") == .text("Users"))
    // 40% of the 90 that pass the shops, and 64% of all.
    #expect(abs((findings.number("decided") ?? 0) - 1) < 1e-12)
    #expect(findings.fact("leverage_points") == .integer(2))
    #expect(findings.table("stages")?.texts("stage") == ["Make", "Sell", "Use"])
    #expect(findings.table("flows")?.numbers("share_of_node").first == 1)
    #expect(findings.setting("decision_base") == .text("node") && findings.cautions.isEmpty)
  }

  @Test func sharesOfTheMarketAreKnownByTheirSum() throws {
    let csv = Self.header + "Make,Us,Shops,100,\nSell,Shops,Users,100,0.3\nUse,Users,,100,0.7\n"
    let findings = try ask(csv).findings()
    #expect(findings.setting("decision_base") == .text("market"))
    #expect(findings.table("nodes")?.numbers("decisions") == [nil, 0.3, 0.7])
  }

  @Test func junctionsThatAreNotWholeAreSaid() throws {
    let csv = Self.header + "Make,Us,Shops,100,\nSell,Shops,Users,80,20\n"
    let findings = try ask(csv).findings()
    #expect(findings.cautions.map(\.id) == ["junction-not-whole", "decisions-not-whole"])
    #expect(findings.cautions.first?.message.contains("Shops gets 100 and passes on 80") == true)
    #expect(findings.table("junctions")?.numbers("sum") == [0.8])
    // What stands under 'to' only is the end of the line.
    #expect(findings.table("stages")?.rows.count == 3)
    #expect(try ask(csv, "tolerance: 0.25").findings().cautions.map(\.id) == ["decisions-not-whole"])
  }

  @Test func faultsAreNamedAtTheirCells() throws {
    func faults(_ rows: String, _ settings: String = "") -> [String] { ask(Self.header + rows, settings).faults() }
    #expect(faults("Make,Us,Shops,-1,\nSell,Shops,,1,\n") == ["data/data.csv:2:15 analysis.negative-value"])
    #expect(faults("Make,Us,Shops,,\nSell,Shops,,1,\n") == ["data/data.csv:2:15 analysis.missing-volume"])
    #expect(faults("Make,Us,Shosp,5,\nSell,Shops,,1,\n") == ["data/data.csv:2:9 analysis.unknown-node"])
    #expect(ask(Self.header + "Make,Us,Shosp,5,\nSell,Shops,,1,\n").refusals().first?.hint == "did you mean 'Shops'?")
    #expect(faults("Make,Us,Us,5,\n").contains("data/data.csv:2:9 analysis.self-flow"))
    #expect(
      faults("Make,Us,Shops,5,\nSell,Shops,Us,5,\n").contains("data/data.csv:3:12 analysis.cycle"))
    #expect(
      faults("Make,Us,Shops,5,\nSell,Us,,5,\nSell,Shops,,5,\n").contains("data/data.csv:3:1 analysis.stage-order"))
    #expect(
      faults("Make,Us,Shops,5,\nSell,Shops,,5,\n", "stages: [Sell, Make]") == ["data/data.csv:2:9 analysis.stage-order"]
    )
    #expect(faults("Make,Us,Shops,5,120\nSell,Shops,,5,\n") == ["data/data.csv:2:17 analysis.bad-share"])
    #expect(
      faults("Make,Us,Shops,5,\nMake,Us,Shops,5,\nSell,Shops,,5,\n") == ["data/data.csv:3:9 analysis.repeated-row"])
  }

  /// Regions that hold the same flows add up; within a region a flow still has one row.
  @Test func groupsAddUp() throws {
    let header = "stage,node,to,volume,region\n"
    let csv = header + "Make,Us,Shops,60,N\nMake,Us,Shops,20,S\nSell,Shops,,60,N\nSell,Shops,,20,S\n"
    let findings = try ask(csv, "by: region").findings()
    #expect(findings.fact("volume") == .number(80) && findings.fact("flows") == .integer(1))
    #expect(findings.cautions.map(\.id) == ["no-decisions"])
    #expect(
      ask(csv + "Make,Us,Shops,1,S\n", "by: region").faults() == ["data/data.csv:6:9 analysis.repeated-row"])
  }
}
