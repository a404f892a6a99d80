import Testing

@testable import ValueModels

@Suite struct ValueChainTests {
  let actors = """
    actor,role,stage,customer_kind,own
    Farm,grows,1 Origin,,
    Mill,grinds,2 Trade,buyer,yes
    Shop,sells,2 Trade,buyer,
    Family,eats,3 Table,user,
    """
  let flows = """
    from,to,offering,kind,value,unit,period,source
    Farm,Mill,grain,product,5,t,year,desk
    Mill,Farm,price,money,10,EUR,year,desk
    Mill,Shop,flour,product,4,t,year,desk
    Shop,Mill,price,money,25,EUR,year,desk
    Family,Shop,price,money,40.5,EUR,year,judgement
    Family,Farm,praise,influence,,,,judgement
    """

  func find(_ settings: String = "", actors: String? = nil, flows: String? = nil) throws -> Findings {
    try Asking(
      valueChainKind, "actors: actors\nflows: flows\n" + settings,
      ["actors": actors ?? self.actors, "flows": flows ?? self.flows]
    ).findings()
  }

  @Test func moneyWithinOneUnit() throws {
    let findings = try find()
    #expect(findings.fact("actors") == .integer(4))
    #expect(findings.fact("flows") == .integer(6))
    #expect(findings.fact("kinds") == .integer(3))
    #expect(findings.fact("net_money_total") == .number(0))
    #expect(findings.fact("money_total") == .number(75.5))
    #expect(findings.fact("money_unit") == .text("EUR per year"))
    #expect(findings.fact("own_net_money") == .number(15))
    #expect(findings.setting("own") == .text("Mill"))
    let table = try #require(findings.table("actors"))
    #expect(table.numbers("money_in") == [10, 25, 40.5, nil])
    #expect(table.numbers("money_out") == [nil, 10, 25, 40.5])
    #expect(table.numbers("net_money") == [10, 15, 15.5, -40.5])
    #expect(table.numbers("flows_in") == [2, 2, 2, 0])
    #expect(table.numbers("flows_out") == [1, 2, 1, 2])
    #expect(table.texts("slug") == ["farm", "mill", "shop", "family"])
  }

  @Test func columnsAreThoseOfTheContract() throws {
    let findings = try find()
    #expect(
      findings.table("actors")?.columns.map(\.name) == [
        "actor", "slug", "role", "stage", "customer_kind", "money_in", "money_out", "net_money", "flows_in",
        "flows_out",
        "pagerank", "betweenness", "eigenvector", "strength_in", "strength_out", "own", "size", "lane", "community",
        "is_customer",
      ])
    #expect(
      findings.table("flows")?.columns.map(\.name)
        == ["from", "to", "offering", "kind", "value", "unit", "period", "source", "share"])
    #expect(findings.table("unreciprocated")?.columns.map(\.name) == ["from", "to", "offering", "kind"])
  }

  /// A flow is answered by any flow back, of whatever kind.
  @Test func unreciprocatedFlows() throws {
    let table = try #require(try find().table("unreciprocated"))
    #expect(table.texts("from") == ["Family", "Family"])
    #expect(table.texts("to") == ["Shop", "Farm"])
  }

  @Test func unitsAndPeriodsAreNeverAdded() throws {
    let findings = try find(
      flows: flows + "\nShop,Farm,bonus,money,3,USD,year,desk\nShop,Farm,fee,money,1,EUR,week,desk")
    #expect(findings.cautions.map(\.id) == ["mixed-units", "judgement", "several-money-units", "few-actors"])
    #expect(findings.fact("net_money_total") == .missing)
    #expect(findings.fact("money_total") == .missing)
    #expect(findings.table("actors")?.numbers("net_money") == [nil, nil, nil, nil])
    let balance = try #require(findings.table("balance"))
    #expect(balance.texts("unit") == ["EUR", "EUR", "EUR", "EUR", "USD", "USD", "EUR", "EUR"])
    #expect(balance.texts("period").suffix(4) == ["year", "year", "week", "week"])
    #expect(balance.numbers("net_money") == [10, 15, 15.5, -40.5, 3, -3, 1, -1])
    // Kinds stay apart too.
    #expect(findings.table("kinds")?.texts("kind") == ["product", "money", "money", "money", "influence"])
    #expect(findings.table("kinds")?.numbers("total") == [9, 75.5, 3, 1, nil])
  }

  /// PageRank of a chain of three with a damping of 0.85, by hand: a dangling node gives to all alike.
  @Test func influenceByKindAndWeight() throws {
    let people = "actor\nA\nB\nC"
    let soft =
      "from,to,kind,value,unit\nA,B,influence,2,points\nA,B,influence,1,points\nB,C,influence,4,points\nC,A,money,9,EUR"
    let findings = try find(actors: people, flows: soft)
    #expect(findings.setting("influence_kinds") == .list([.text("information"), .text("influence"), .text("trust")]))
    #expect(findings.setting("influence_weight") == .text("value"))
    let table = try #require(findings.table("actors"))
    #expect(table.numbers("strength_out") == [3, 4, 0])
    #expect(table.numbers("strength_in") == [0, 3, 4])
    #expect(table.numbers("betweenness") == [0, 0.5, 0])
    let a = 1 / (1 + 1.85 + 1 + 0.85 * 1.85)
    let ranks = table.numbers("pagerank").compactMap { $0 }
    #expect(abs(ranks[0] - a) < 1e-12 && abs(ranks[1] - 1.85 * a) < 1e-12)
    // No way back, so no eigenvector.
    #expect(table.values("eigenvector") == [.missing, .missing, .missing])
    let all = try find("influence_kinds: [influence, money]\ninfluence_weight: value", actors: people, flows: soft)
    #expect(all.setting("influence_weight") == .text("count"))
    #expect(all.cautions.map(\.id).contains("influence-counts"))
    #expect(all.table("actors")?.numbers("strength_out") == [2, 1, 1])
  }

  @Test func doubtsAreSaid() throws {
    let findings = try find(
      actors: actors + "\nMoon,,,guest,",
      flows: flows + "\nShop,Mill,price,money,,EUR,year,desk\nShop,Mill,price,money,,EUR,year,desk")
    #expect(
      findings.cautions.map(\.id) == [
        "unknown-customer-kind", "repeated-flows", "no-flows", "judgement", "money-without-value", "few-actors",
      ])
    #expect(findings.cautions[2].rows == ["Moon"])
    #expect(findings.cautions[3].message == "2 of 8 flows rest on judgement, not on measurement")
    #expect(findings.cautions[4].message == "2 money flows have no value and are not in the balance")
  }

  @Test func optionalColumnsMayBeAbsent() throws {
    let findings = try find(actors: "actor\nA\nB", flows: "from,to,kind\nA,B,money\nB,A,service")
    #expect(findings.fact("net_money_total") == .missing)
    #expect(findings.table("balance")?.rows.isEmpty == true)
    #expect(findings.table("cycles")?.texts("actors") == ["A → B → A"])
    #expect(findings.setting("own") == SettingValue.none)
  }
}

@Suite struct ValueChainFaultTests {
  func faults(_ settings: String, _ actors: String, _ flows: String) -> [String] {
    Asking(valueChainKind, "actors: actors\nflows: flows\n" + settings, ["actors": actors, "flows": flows]).faults()
  }

  @Test func everyBadCellHasItsPlace() {
    #expect(
      faults(
        "own: Mil", "actor,own\nFarm,\nMill,yes\nFarm,\n,",
        """
        from,to,kind,value,source
        Farm,Mlil,product,5,desk
        Mill,Mill,money,2,desk
        Mill,Farm,monney,2,desk
        Mill,Farm,money,-2,gossip
        ,Farm,,1,desk
        """) == [
          "data/actors.csv:4:1 analysis.repeated-actor", "data/actors.csv:5:1 analysis.missing-name",
          "data/flows.csv:2:6 analysis.unknown-actor", "data/flows.csv:3:6 analysis.self-flow",
          "data/flows.csv:4:11 analysis.unknown-kind", "data/flows.csv:5:17 analysis.negative-value",
          "data/flows.csv:5:20 analysis.unknown-source", "data/flows.csv:6:1 analysis.missing-name",
          "data/flows.csv:6:7 analysis.unknown-kind", "valuemap.yaml:3:6 analysis.unknown-name",
        ])
  }

  @Test func missingColumns() {
    #expect(
      faults("", "name\nA", "from,target,kind\nA,B,money") == ["data/actors.csv:1 analysis.missing-column"])
    #expect(
      faults("", "actor\nA\nB", "from,target,kind\nA,B,money") == ["data/flows.csv:1 analysis.missing-column"])
  }

  @Test func valuesThatAreNoNumbers() {
    #expect(
      faults("", "actor\nA\nB", "from,to,kind,value\nA,B,money,lots\nB,A,money,2")
        == ["data/flows.csv:2:11 analysis.not-a-number"])
  }

  @Test func tablesNotGiven() {
    #expect(
      Asking(valueChainKind, "own: A", [:]).faults()
        == ["valuemap.yaml:1:1 settings.missing", "valuemap.yaml:1:1 settings.missing"])
  }
}
