import Statistics
import Testing

@testable import ValueModels

@Suite struct ResponseUpliftTests {
  private func found(_ more: String = "", count: Int = 6_000) throws -> Findings {
    try ResponseInput.asking(
      ResponseInput.plain + "treatment: letter\ntreated: letter\ncontrol: none\nbootstrap: 100\n" + more,
      ResponseInput.csv(count)
    ).findings()
  }

  @Test func `effect is the difference of shares of all rows`() throws {
    let rows = ResponseInput.csv(6_000).split(separator: "\n").dropFirst().map { $0.split(separator: ",") }
    func share(_ arm: String) -> Double {
      let arm = rows.filter { $0[5] == arm }
      return Double(arm.count { $0[6] == "yes" }) / Double(arm.count)
    }
    let found = try found()
    #expect(isClose(found.number("effect"), share("letter") - share("none")))
    #expect(found.number("effect_lower") ?? 1 < found.number("effect") ?? 0)
  }

  @Test func `uplift by tenth, four groups and a Qini coefficient`() throws {
    let found = try found()
    let tenths = try #require(found.table("uplift"))
    #expect(tenths.rows.count == 10)
    let predicted = tenths.numbers("predicted").compactMap { $0 }
    #expect(predicted == predicted.sorted(by: >))
    #expect(tenths.numbers("customers").compactMap { $0 }.reduce(0, +) == found.number("holdout_base"))
    let groups = try #require(found.table("groups"))
    #expect(groups.texts("group") == ["Persuadables", "Sure things", "Lost causes", "Do not disturb"])
    let (qini, lower, upper) = (found.number("qini"), found.number("qini_lower"), found.number("qini_upper"))
    #expect((qini ?? 0) > 0 && (lower ?? 1) < (qini ?? 0) && (upper ?? 0) > (qini ?? 1))
    #expect(found.table("qini")?.rows.count == 21)
    #expect(
      isClose(found.table("qini")?.numbers("gain").last ?? nil, found.table("qini")?.numbers("at_random").last ?? 1))
    #expect(!found.cautions.contains { $0.id == "treatment-not-random" })
  }

  @Test func `with cost and margin uplift has a cut of its own`() throws {
    let found = try found("contact_cost: 1\nmargin: 20")
    let share = try #require(found.number("uplift_contact_share"))
    #expect(share > 0 && share < 1)
  }

  @Test func `treatment that chance did not decide is told`() throws {
    let csv = ResponseInput.csv(4_000) { i, cells in
      cells[5] = (Int(cells[2]) ?? 0) + i % 3 > 4 ? "letter" : "none"
    }
    let found = try ResponseInput.asking(
      ResponseInput.plain + "treatment: letter\ntreated: letter\ncontrol: none\nbootstrap: 20", csv
    ).findings()
    #expect(found.cautions.contains { $0.id == "treatment-not-random" })
  }

  @Test func `few responders in an arm make no uplift, the line stays`() throws {
    let csv = ResponseInput.csv(3_000) { i, cells in if i % 10 > 0 { cells[5] = "letter" } else { cells[5] = "none" } }
    let found = try ResponseInput.asking(
      ResponseInput.plain + "treatment: letter\ntreated: letter\ncontrol: none", csv
    ).findings()
    #expect(found.table("uplift") == nil && found.table("deciles") != nil && found.number("effect") != nil)
    #expect(found.cautions.contains { $0.id == "too-few-responders" })
  }

  @Test func `rows in neither arm are left out`() throws {
    let csv = ResponseInput.csv(4_000) { i, cells in if i % 4 == 0 { cells[5] = "card" } }
    let found = try ResponseInput.asking(
      ResponseInput.plain + "treatment: letter\ntreated: letter\ncontrol: none\nbootstrap: 20", csv
    ).findings()
    #expect(found.number("base") == 3000 && found.dropped.count == 1000)
  }
}
