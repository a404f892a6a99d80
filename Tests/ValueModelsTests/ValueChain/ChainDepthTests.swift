import Testing

@testable import ValueModels

/// What the chain says beyond who gives what: margins, dependence, customers, circles, communities.
@Suite struct ChainDepthTests {
  let actors = """
    actor,stage,customer_kind,own,size,lane
    Farm,1 Origin,,,12,Land
    Coop,1 Origin,,,many,Land
    Mill,2 Trade,,yes,,Town
    Family,3 Table,recommender,,,Town
    """
  let flows = """
    from,to,offering,kind,value,unit,period
    Farm,Mill,grain,product,3,t,year
    Coop,Mill,grain,product,1,t,year
    Mill,Farm,price,money,30,EUR,year
    Mill,Coop,price,money,10,EUR,year
    Coop,Farm,loan,money,5,EUR,year
    Mill,Family,flour,product,4,t,year
    Family,Mill,price,money,100,EUR,year
    Family,Farm,praise,influence,,,
    """

  func find(_ settings: String = "", actors: String? = nil, flows: String? = nil) throws -> Findings {
    try Asking(
      valueChainKind, "actors: actors\nflows: flows\n" + settings,
      ["actors": actors ?? self.actors, "flows": flows ?? self.flows]
    ).findings()
  }

  /// Payments within a stage cancel.
  @Test func marginOfAStage() throws {
    let table = try #require(try find().table("stages"))
    #expect(table.texts("stage") == ["Origin", "Trade", "Table"])
    #expect(table.numbers("money_in") == [40, 100, 0])
    #expect(table.numbers("money_out") == [0, 40, 100])
    #expect(table.numbers("margin") == [40, 60, -100])
    #expect(table.numbers("margin_share") == [1, 0.6, nil])
    #expect(table.numbers("actors") == [2, 1, 1])
  }

  /// By hand: the mill gets 3 t and 1 t, so (3/4)² + (1/4)².
  @Test func dependence() throws {
    let table = try #require(try find().table("concentration"))
    let row = try #require(
      table.rows.first { $0[0] == .text("Mill") && $0[1] == .text("suppliers") && $0[2] == .text("product") })
    #expect(row[5] == .integer(2) && row[6] == .number(4) && row[7] == .number(0.625) && row[8] == .number(1.6))
    #expect(row[9] == .text("Farm") && row[10] == .number(0.75))
    let channel = try #require(
      table.rows.first { $0[0] == .text("Mill") && $0[1] == .text("channels") && $0[2] == .text("money") })
    #expect(channel[5] == .integer(1) && channel[7] == .number(1) && channel[9] == .text("Family"))
  }

  @Test func customersStatedAndShown() throws {
    let findings = try find()
    let table = try #require(findings.table("customers"))
    #expect(table.texts("actor") == ["Coop", "Mill", "Family"])
    #expect(table.texts("buys") == ["", "flows", "flows"])
    #expect(table.texts("pays") == ["flows", "flows", "flows"])
    #expect(table.texts("uses") == ["", "", "flows"])
    #expect(table.texts("influences") == ["", "", "flows"])
    #expect(table.texts("recommends") == ["", "", "stated"])
    #expect(findings.fact("customers") == .integer(3))
    #expect(findings.table("actors")?.values("is_customer") == [false, true, true, true].map { .truth($0) })
    #expect(findings.table("actors")?.values("size") == [.number(12), .text("many"), .missing, .missing])
  }

  @Test func strongestLinksAndShares() throws {
    let findings = try find()
    let kinds = try #require(findings.table("kinds"))
    #expect(kinds.texts("strongest") == ["Mill → Family", "Family → Mill", ""])
    #expect(kinds.texts("weakest") == ["Coop → Mill", "Coop → Farm", ""])
    #expect(findings.table("flows")?.numbers("share").first == 3.0 / 8)
    #expect(findings.table("flows")?.numbers("share").last == Double?.none)
    let cycles = try #require(findings.table("cycles"))
    #expect(cycles.texts("actors").first == "Farm → Mill → Farm")
    #expect(cycles.texts("kinds").first == "product → money")
  }

  @Test func wavesCompared() throws {
    let waved = """
      wave,from,to,offering,kind,value,unit
      9,Farm,Mill,grain,product,3,t
      9,Mill,Farm,price,money,30,EUR
      9,Mill,Family,flour,product,4,t
      10,Farm,Mill,grain,product,4,t
      10,Mill,Farm,price,money,30.2,EUR
      10,Family,Mill,price,money,90,EUR
      8,Coop,Mill,grain,product,1,t
      """
    let findings = try find("wave: wave\ntolerance: 0.01", flows: waved)
    #expect(findings.fact("wave") == .text("10") && findings.fact("wave_before") == .text("9"))
    let changes = try #require(findings.table("changes"))
    #expect(changes.texts("status") == ["grown", "same", "new", "gone"])
    #expect(changes.numbers("before") == [3, 30, nil, 4])
    #expect(changes.numbers("after") == [4, 30.2, 90, nil])
    #expect(findings.fact("flows") == .integer(3))
    #expect(findings.fact("gone_flows") == .integer(1))
    #expect(findings.dropped.map(\.reason) == ["of another wave"])
    let asked = try find("wave: wave\nwaves: [8, 9]", flows: waved)
    #expect(asked.fact("new_flows") == .integer(3))
  }

  @Test func wavesThatCannotBeCompared() {
    func faults(_ settings: String) -> [String] {
      Asking(
        valueChainKind, "actors: actors\nflows: flows\n" + settings,
        ["actors": "actor\nA\nB", "flows": "from,to,kind,wave\nA,B,money,1\nB,A,money,1"]
      ).faults()
    }
    #expect(faults("wave: wave") == ["valuemap.yaml:3:7 analysis.one-wave"])
    #expect(faults("waves: [1, 2]") == ["valuemap.yaml:3:8 settings.missing"])
    let two = Asking(
      valueChainKind, "actors: actors\nflows: flows\nwave: wave\nwaves: [1, 1]",
      ["actors": "actor\nA\nB", "flows": "from,to,kind,wave\nA,B,money,1\nB,A,money,2"])
    #expect(two.faults() == ["valuemap.yaml:4:12 settings.repeated-name"])
  }

  @Test func stagesThatContradictThemselves() {
    let faults = Asking(
      valueChainKind, "actors: actors\nflows: flows",
      [
        "actors": "actor,stage\nA,1 Origin\nB,2 Origin\nC,3 Trade\nD,3 Table",
        "flows": "from,to,kind\nA,B,money",
      ]
    ).faults()
    #expect(faults == ["data/actors.csv:3:3 analysis.stage-order", "data/actors.csv:5:3 analysis.stage-order"])
  }

  /// Sums of these would be infinite, and figures cannot draw them.
  @Test func valuesThatCannotBeAdded() {
    let faults = Asking(
      valueChainKind, "actors: actors\nflows: flows",
      ["actors": "actor\nA\nB", "flows": "from,to,kind,value\nA,B,money,1e308\nB,A,money,1e308\nA,B,product,5"]
    ).faults()
    #expect(faults == ["data/flows.csv:2:11 analysis.not-computable"])
  }

  @Test func repeatsAreNamedByLine() throws {
    let findings = try find(flows: flows + "\nFarm,Mill,grain,product,2,t,year")
    let caution = try #require(findings.cautions.first { $0.id == "repeated-flows" })
    #expect(caution.message.contains("line 10 repeats line 2"))
  }

  @Test func communitiesOfTwoCircles() throws {
    let findings = try find(
      actors: "actor\nA\nB\nC\nD\nE",
      flows: "from,to,kind\nA,B,trust\nB,C,trust\nC,A,trust\nD,E,trust\nE,D,trust\nC,D,trust")
    #expect(findings.table("communities")?.texts("actors") == ["A, B, C", "D, E"])
    #expect(findings.table("actors")?.numbers("community") == [1, 1, 1, 2, 2])
  }
}
