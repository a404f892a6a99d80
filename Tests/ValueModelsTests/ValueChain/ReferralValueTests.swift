import Testing

@testable import ValueModels

@Suite struct ReferralValueTests {
  func find(_ csv: String, _ settings: String = "", privacy: Privacy = Privacy(minimumBase: 0, suppressBelow: 0))
    throws -> Findings
  {
    var ask = Asking(referralValueKind, "data: data\n" + settings, ["data": csv])
    ask.privacy = privacy
    return try ask.findings()
  }

  /// Two years of one customer, by hand after Kumar et al. (2007):
  /// (2 (100 − 10 + 40) + 1 × 40) / 1.1 + (1 (80 − 0 + 40)) / 1.21.
  @Test func byHand() throws {
    let findings = try find(
      """
      customer,year,referrals_type1,referrals_type2,margin,referral_cost,acquisition_cost
      a,1,2,1,100,10,40
      a,2,1,0,80,0,40
      b,1,0,0,50,0,40
      """)
    let expected = 300 / 1.1 + 120 / 1.21
    #expect(abs((findings.number("crv_total") ?? 0) - expected) < 1e-9)
    #expect(findings.fact("referrers") == .integer(1))
    #expect(findings.number("referrals") == 4)
    #expect(findings.table("groups") == nil)
    #expect(findings.cautions.contains { $0.id == "no-lifetime-value" })
  }

  private var crowd: String {
    var lines = ["customer,referrals_type1,margin,acquisition_cost,clv,influenced,influence_value"]
    for at in 0..<80 {
      lines.append("c\(at),\(at % 4 < 2 ? 3 : 0),20,5,\(at % 2 == 0 ? 400 : 100),\(at % 5),2")
    }
    return lines.joined(separator: "\n")
  }

  @Test func fourGroups() throws {
    let findings = try find(crowd, "cut: mean\ndiscount: 0", privacy: Privacy())
    let groups = try #require(findings.table("groups"))
    #expect(groups.texts("group") == ["champions", "affluents", "advocates", "misers"])
    #expect(groups.numbers("customers") == [20, 20, 20, 20])
    #expect(groups.numbers("crv") == [1500, 0, 1500, 0])
    #expect(groups.numbers("clv_share") == [0.4, 0.4, 0.1, 0.1])
    #expect(findings.number("civ_total") == 320)
    #expect(findings.number("correlation") == 0)
    // Eight customers a tenth are too few at a limit of ten: quarters.
    #expect(findings.table("deciles")?.rows.count == 4)
  }

  @Test func fewAreHiddenTwoAtATime() throws {
    let csv = crowd + "\nz,9,20,5,1,0,2"
    let findings = try find(csv, "where: {clv: [400, 1]}", privacy: Privacy())
    let shown = try #require(findings.table("groups")).numbers("customers")
    #expect(shown.count { $0 == nil } >= 2)
    #expect(findings.cautions.contains { $0.id == "suppressed" })
  }

  /// One customer brings all: the total would be that customer's own value.
  @Test func valueOfFewIsNotTold() throws {
    var lines = ["customer,referrals_type1,margin,acquisition_cost,clv"]
    for at in 0..<100 { lines.append("c\(at),\(at == 3 ? 5 : 0),20,5,\(100 + at)") }
    let findings = try find(lines.joined(separator: "\n"), privacy: Privacy())
    #expect(findings.number("crv_total") == nil && findings.number("crv_mean") == nil)
    #expect(findings.table("deciles")?.rows.isEmpty == true)
    #expect(findings.table("groups")?.numbers("customers").allSatisfy { $0 == nil } == true)
    #expect(findings.cautions.contains { $0.id == "suppressed" })
  }

  /// Most bring nobody: the median is 0, and bringing nobody is not high.
  @Test func bringingNobodyIsNotHigh() throws {
    var lines = ["customer,referrals_type1,margin,acquisition_cost,clv"]
    for at in 0..<100 { lines.append("c\(at),\(at % 4 == 0 ? 1 : 0),20,5,\(100 + at % 2)") }
    let findings = try find(lines.joined(separator: "\n"))
    #expect(findings.table("groups")?.numbers("customers") == [0, 50, 25, 25])
  }

  @Test func faultsHavePlaces() {
    func faults(_ csv: String) -> [String] {
      Asking(referralValueKind, "data: data", ["data": csv]).faults()
    }
    #expect(
      faults("customer,referrals_type1,margin,acquisition_cost,clv\na,-1,3,4,5\nb,1,2,3,4\nb,1,2,3,9") == [
        "data/data.csv:2:3 analysis.negative-value", "data/data.csv:4:9 analysis.two-lifetimes",
      ])
    #expect(faults("customer,referrals_type1,margin\na,1,2\nb,2,3") == ["valuemap.yaml:1:1 settings.missing"])
    #expect(
      faults("customer,referrals_type1,margin,acquisition_cost,influenced\na,1,2,3,4\nb,2,3,4,5")
        == ["valuemap.yaml:1:1 settings.missing"])
  }
}
