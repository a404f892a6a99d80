import Testing

@testable import ValueModels

/// Maps drawn by judges.
@Suite struct JudgementMapTests {
  private static let three = """
    judge,brand,price,fun
    1,A,1,1
    1,B,4,2
    1,C,9,5
    1,D,5,8
    2,A,2,1
    2,B,4,3
    2,C,8,6
    2,D,6,9
    3,A,1,2
    3,B,5,2
    3,C,9,7
    3,D,6,7
    """

  private func ask(_ settings: String, _ csv: String = three, compare: Findings? = nil) -> Asking {
    var asking = Asking(judgementMapKind, "data: data\n" + settings, ["data": csv])
    if let compare { asking.others = ["compare": compare] }
    return asking
  }

  /// The brands of `three` a quarter turn round, half as far apart, on a map from data.
  private func measured(_ brands: [(String, Double, Double)]) -> Findings {
    var findings = Findings(
      id: "from-data", type: "perceptual-map", title: "From data", method: Method(summary: ""))
    var table = FindingsTable("brands", title: "", columns: [.init("brand", .text), .init("x"), .init("y")])
    for (name, x, y) in brands { table.add([.text(name), .number(x), .number(y)]) }
    findings.tables = [table]
    return findings
  }

  @Test func meansSpreadAndAgreement() throws {
    let findings = try ask("x: price\ny: fun").findings()
    let table = try #require(findings.table("brands"))
    #expect(table.texts("brand") == ["A", "B", "C", "D"])
    #expect(abs((table.numbers("x")[0] ?? 0) - 4.0 / 3) < 1e-12 && table.numbers("y")[3] == 8)
    #expect(abs((table.numbers("sd_x")[0] ?? 0) - (1.0 / 3).squareRoot()) < 1e-12)
    #expect(table.values("judges") == [.integer(3), .integer(3), .integer(3), .integer(3)])
    #expect(findings.fact("judges") == .integer(3))
    #expect(findings.number("agreement_x") == 1)
    // All three rank the brands alike across: 24 · 24 orders are equally likely.
    #expect((findings.number("agreement_p_x") ?? 1) < 0.02)
    #expect(findings.isJudgement && findings.fact("outlying_judges") == nil)
    #expect(findings.cautions.isEmpty)
    let medians = try ask("x: price\ny: fun\ncentre: median").findings().table("brands")
    #expect(medians?.numbers("x") == [1, 4, 9, 6])
  }

  @Test func aTurnedCopyIsCongruent() throws {
    let other = measured([("A", 0.5, -0.5), ("B", 1, -2), ("C", 2.5, -4.5), ("D", 4, -2.5), ("E", 9, 9)])
    let findings = try ask(
      "x: price\ny: fun\ncompare: from-data\nwhere: {judge: [1]}", compare: other
    ).findings()
    #expect(abs((findings.number("congruence") ?? 0) - 1) < 1e-9)
    #expect(findings.table("gap")?.numbers("distance").allSatisfy { ($0 ?? 1) < 1e-9 } == true)
    #expect(findings.fact("compared") == .integer(4))
    #expect(findings.cautions.map(\.id).contains("one-judge"))
    #expect(findings.cautions.first { $0.id == "not-compared" }?.rows == ["E"])
    #expect(findings.table("brands")?.index(of: "sd_x") == nil)
  }

  @Test func aJudgeFarFromTheRestIsCounted() throws {
    var csv = "judge,brand,x,y\n"
    for judge in 1...6 {
      for (brand, x, y) in [("A", 1, 2), ("B", 5, 3), ("C", 8, 8), ("D", 2, 9)] {
        let flip = judge == 5
        csv += "\(judge),\(brand),\(flip ? 9 - x : x + judge % 2),\(flip ? 9 - y : y + judge % 3)\n"
      }
    }
    let findings = try ask("", csv).findings()
    #expect(findings.fact("outlying_judges") == .integer(1))
    #expect(findings.cautions.first?.message.contains("lines 18") == true)
  }

  @Test func scalesOfTheirOwnAreBroughtTogether() throws {
    let csv = "judge,brand,x,y\na,A,1,10\na,B,2,30\na,C,3,20\nb,A,100,1\nb,B,200,3\nb,C,300,2"
    let findings = try ask("rescale: standardise", csv).findings()
    // Both drew the same map: their mean keeps its shape, in units between theirs.
    let x = findings.table("brands")?.numbers("x").compactMap(\.self) ?? []
    #expect(x.count == 3 && abs(x[0] + x[2] - 2 * x[1]) < 1e-9 && abs(x[1] - 101) < 1e-9 && abs(x[2] - 151.5) < 1e-9)
    #expect(abs((findings.number("icc_x") ?? 0) - 1) < 1e-9)
  }

  @Test func whatIsRefused() {
    #expect(
      ask("", "judge,brand,x,y\n1,A,1,2\n1,B,2,3\n2,A,1,1").faults() == [
        "data/data.csv:4:1 analysis.judge-with-one-brand"
      ])
    #expect(
      ask("", "judge,brand,x,y\n1,A,1,2\n1,B,2,3\n1,A,4,4").faults() == [
        "data/data.csv:4:3 analysis.repeated-judgement"
      ])
    #expect(ask("", "judge,brand,x,y\n1,A,1,2\n2,A,2,3").faults() == ["data/data.csv:2:3 analysis.too-few-brands"])
    #expect(ask("x: prise\ny: fun").faults() == ["valuemap.yaml:2:4 analysis.unknown-column"])
    #expect(ask("x: price\ny: fun\nown: Z").faults() == ["valuemap.yaml:4:6 analysis.unknown-name"])
    #expect(ask("x: brand\ny: fun").faults() == ["data/data.csv:2:3 analysis.not-a-number"])
    let far = measured([("A", 1, 2), ("B", 1, 2)])
    #expect(
      ask("x: price\ny: fun\ncompare: m", compare: far).faults() == [
        "valuemap.yaml:4:10 analysis.too-few-common-brands"
      ])
    let still = measured([("A", 1, 2), ("B", 1, 2), ("C", 1, 2)])
    #expect(
      ask("x: price\ny: fun\ncompare: m", compare: still).faults() == ["valuemap.yaml:4:10 analysis.not-computable"])
    var chain = far
    chain.type = "value-chain"
    #expect(ask("x: price\ny: fun\ncompare: m", compare: chain).faults() == ["valuemap.yaml:4:10 analysis.not-a-map"])
  }
}
