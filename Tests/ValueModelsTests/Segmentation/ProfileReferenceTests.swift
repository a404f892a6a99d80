import Testing

@testable import ValueModels

/// Against FactoMineR's catdes (Reference/catdes/catdes.R), on invented customers.
@Suite struct ProfileReferenceTests {
  @Test func valuesTestsAndEffectSizesAgreeWithCatdes() throws {
    let found = try asking(segmentProfileKind, "group: region", referenceText("catdes/customers.csv")).findings()
    let profiles = try #require(found.table("profiles"))
    let expected = try cells(referenceText("catdes/expected.csv"))
    #expect(expected.count == 36 && profiles.rows.count == 36)
    for row in expected {
      func text(_ column: String) -> Value { row[column].map { $0.isEmpty ? .missing : .text($0) } ?? .missing }
      func number(_ column: String) -> Double { row[column].flatMap(Double.init) ?? .nan }
      let own = try #require(
        profiles.rows(where: ["variable": text("variable"), "level": text("level"), "segment": text("segment")]).first)
      for name in ["value", "total", "v_test", "effect_size"] {
        #expect(isClose(own[name]?.number, number(name), 1e-9), "\(name) of \(row)")
      }
      #expect(own["significant"] == .truth(abs(number("v_test")) > 1.959963984540054))
      #expect(isClose(own["difference"]?.number, number("value") - number("total")))
    }
  }

  /// R: t.test(age[region == "south"])$conf.int; prop.test(37, 66, correct = FALSE)$conf.int is Wilson's.
  @Test func intervalsAreStudentsAndWilsons() throws {
    let found = try asking(segmentProfileKind, "group: region", referenceText("catdes/customers.csv")).findings()
    let profiles = try #require(found.table("profiles"))
    let age = try #require(profiles.rows(where: ["variable": .text("age"), "segment": .text("south")]).first)
    #expect(isClose(age["lower"]?.number, 40.9656112392901) && isClose(age["upper"]?.number, 47.3677220940433))
    #expect(age["base"] == .integer(66) && age["measure"] == .text("mean") && age["level"] == .missing)
    let member = try #require(profiles.rows(where: ["variable": .text("member"), "segment": .text("south")]).first)
    #expect(isClose(member["lower"]?.number, 0.440826353799914) && isClose(member["upper"]?.number, 0.673718790804505))
    #expect(member["measure"] == .text("share") && member["level"] == .missing)
    let web = try #require(
      profiles.rows(where: ["variable": .text("channel"), "level": .text("web"), "segment": .text("south")]).first)
    #expect(isClose(web["lower"]?.number, 0.411576857265986) && isClose(web["upper"]?.number, 0.645695715036223))
  }

  /// An index compares amounts; a balance that may be negative has none.
  @Test func aScaleBelowZeroHasNoIndex() throws {
    let found = try asking(segmentProfileKind, "group: region", referenceText("catdes/customers.csv")).findings()
    let profiles = try #require(found.table("profiles"))
    #expect(profiles.rows(where: ["variable": .text("balance")]).allSatisfy { $0["index"] == .missing })
    for row in profiles.rows(where: ["variable": .text("spend")]) {
      let (value, total) = (row["value"]?.number ?? 0, row["total"]?.number ?? 1)
      #expect(isClose(row["index"]?.number, 100 * value / total))
    }
  }
}
