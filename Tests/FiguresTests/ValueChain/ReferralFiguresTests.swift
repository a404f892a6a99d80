import Formats
import Graphics
import Testing
import ValueModels

@testable import Figures

/// Four groups of customers and their tenths, never anybody singly.
@Suite struct ReferralFiguresTests {
  private func findings(customers: [Int?], tenths: [Double], total: Double = 1000) -> Findings {
    var groups = FindingsTable(
      "groups", title: "Groups",
      columns: [
        .init("group", .text), .init("slug", .text), .init("customers", .integer), .init("share", .share), .init("clv"),
        .init("crv"), .init("clv_share", .share), .init("crv_share", .share), .init("action", .text),
      ])
    let names = ["champions", "affluents", "advocates", "misers"]
    let actions = ["keep, and thank them for both", "ask them to recommend", "sell them more", "offer a reason"]
    for (at, name) in names.enumerated() {
      let numbers: [Value] =
        customers[at].map {
          [
            .integer($0), .number(Double($0) / 200), .number(5), .number(5), .number(0.3),
            .number([0.4, 0.1, 0.42, 0.08][at]),
          ]
        } ?? [Value](repeating: .missing, count: 6)
      groups.add([.text(name), .text(name)] + numbers + [.text(actions[at])])
    }
    var deciles = FindingsTable(
      "deciles", title: "Tenths",
      columns: [.init("decile", .integer), .init("customers", .integer), .init("crv"), .init("crv_share", .share)])
    for (at, share) in tenths.enumerated() {
      deciles.add([.integer(at + 1), .integer(20), .number(share * total), .number(share)])
    }
    var findings = Findings(
      id: "referrals", type: "referral-value", title: "Who brings many",
      method: Method(summary: "Referral value of 200 customers", settings: []))
    findings.facts = [Fact("crv_total", total)]
    findings.tables = [deciles, groups]
    return findings
  }

  private let tenths = [0.4, 0.25, 0.15, 0.1, 0.06, 0.03, 0.02, 0.01, 0, -0.02]

  @Test(arguments: FigureWidth.allCases) func `four groups`(width: FigureWidth) throws {
    let figure = try ReferralGroups.draw(
      ChainFixture.context(findings(customers: [50, 50, 48, 52], tenths: tenths), width))
    #expect(figure.title == "Advocates: 24% of customers bring 42% of referral value")
    #expect(DrawnMarks(figure.drawing).faults == [])
    #expect(figure.drawing.areas.map(\.target).contains("row/groups/3"))
    if width != .wide { expectGolden("referral-groups-\(width)", figure.drawing.transcript) }
  }

  @Test(arguments: FigureWidth.allCases) func `hidden groups show no number`(width: FigureWidth) throws {
    let figure = try ReferralGroups.draw(
      ChainFixture.context(findings(customers: [nil, 100, nil, 90], tenths: tenths), width))
    let texts = DrawnMarks(figure.drawing).texts.map(\.text)
    #expect(texts.count { $0 == "too few to be shown" } == 2)
    #expect(DrawnMarks(figure.drawing).faults == [])
  }

  @Test(arguments: FigureWidth.allCases) func `tenths, one of them below nothing`(width: FigureWidth) throws {
    let figure = try ReferralDeciles.draw(
      ChainFixture.context(findings(customers: [50, 50, 48, 52], tenths: tenths), width))
    #expect(DrawnMarks(figure.drawing).faults == [])
    if width != .wide { expectGolden("referral-deciles-\(width)", figure.drawing.transcript) }
  }

  @Test func `what is not told is not offered`() {
    let none = findings(customers: [nil, nil, nil, nil], tenths: [], total: 0)
    #expect(FigureCatalogue.figures(of: none).isEmpty)
  }
}
