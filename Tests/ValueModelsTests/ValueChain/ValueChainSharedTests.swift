import Testing

@testable import ValueModels

/// The coffee chain of `../shared`, skipped where it is missing.
@Suite(.enabled(if: SharedStudies.isThere)) struct ValueChainSharedTests {
  func coffee() throws -> Findings {
    try Asking(
      valueChainKind, "actors: actors\nflows: flows",
      [
        "actors": SharedStudies.text("coffee-chain/content/data/actors.csv"),
        "flows": SharedStudies.text("coffee-chain/content/data/flows.csv"),
      ]
    ).findings()
  }

  @Test func moneyAndCautions() throws {
    let findings = try coffee()
    #expect(findings.facts.prefix(4).map(\.value) == [.integer(13), .integer(27), .integer(6), .integer(5)])
    #expect(findings.fact("money_unit") == .text("GBP per cup"))
    #expect(findings.number("own_net_money").map { abs($0 - 0.25) < 1e-12 } == true)
    #expect(findings.setting("own") == .text("Coffee bar"))
    #expect(findings.cautions.map(\.id) == ["mixed-units", "judgement"])
  }

  /// networkx 3: `pagerank(G, .85)`, `betweenness_centrality(G, weight="dist")` with dist = 1 / weight and
  /// `eigenvector_centrality(G, weight="weight")` on the flows of information, influence and trust.
  @Test func influenceAsNetworkxHasIt() throws {
    let table = try #require(try coffee().table("actors"))
    let rows = ["Baristas", "Regulars", "Passers-by", "Reviewers", "Growers"].compactMap {
      table.texts("actor").firstIndex(of: $0)
    }
    func expect(_ column: String, _ values: [Double]) {
      let numbers = table.numbers(column)
      #expect(zip(rows, values).allSatisfy { abs((numbers[$0] ?? 9) - $1) < 1e-9 }, "\(column)")
    }
    #expect(rows.count == 5)
    expect("pagerank", [0.10197601137689, 0.13692746688917, 0.19004319383110, 0.11882261293380, 0.05024785721878])
    expect("betweenness", [0, 0.015151515151515, 0, 0.007575757575757, 0])
    expect("eigenvector", [0.5042203134967, 0.5637354483041, 0.6036594144441, 0.2521101567483, 0])
  }
}
