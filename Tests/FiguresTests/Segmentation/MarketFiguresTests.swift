import Formats
import Graphics
import Testing
import ValueModels

@testable import Figures

/// The grid of targeting, the flows of a market and its shares.
@Suite struct MarketFiguresTests {
  private func figure(_ findings: Findings, _ name: String, _ width: FigureWidth = .normal) throws -> Figure {
    let kind = try #require(FigureCatalogue.figure(name, of: findings))
    return try kind.draw(
      FigureContext(findings: findings, language: .british, width: width, measurer: FixedWidthMeasurer()))
  }

  static var targets: Findings {
    var findings = Findings(
      id: "targets", type: "targeting", title: "Targets",
      method: Method(
        summary: "4 segments weighed",
        settings: [
          .init("scale", .list([.number(1), .number(5)])), .init("vary", .number(0.5)),
          .init(
            "cuts",
            .map([
              .init("attractiveness", .list([.number(7.0 / 3), .number(11.0 / 3)])),
              .init("strength", .list([.number(7.0 / 3), .number(11.0 / 3)])),
            ])),
        ]))
    findings.facts = [Fact("judges", 3)]
    findings.data = [DataUse(name: "scores", rows: 24, used: 24, sha256: "00", source: .judgement)]
    var table = FindingsTable(
      "segments", title: "Segments",
      columns: [
        .init("segment", .text), .init("slug", .text), .init("attractiveness"), .init("strength"), .init("cell", .text),
        .init("chosen", .truth), .init("chosen_in", .share), .init("share", .share), .init("attractiveness_least"),
        .init("attractiveness_greatest"), .init("strength_least"), .init("strength_greatest"),
        .init("attractiveness_sd"),
        .init("strength_sd"),
      ])
    for (name, y, x, chosen, often, share) in [
      ("Uptime first", 4.4, 3.5, true, 1.0, 0.3), ("Green and seen", 2.9, 3.9, true, 0.62, 0.2),
      ("A good ride", 3.0, 2.9, false, 0.41, 0.25), ("Van by heart", 1.4, 1.3, false, 0, 0.25),
    ] {
      table.add([
        .text(name), .text(slug(name)), .number(y), .number(x), .text("invest"), .truth(chosen), .number(often),
        .number(share), .number(y - 0.3), .number(y + 0.3), .number(x - 0.25), .number(x + 0.2), .number(0.2),
        .number(0.3),
      ])
    }
    findings.tables = [table]
    return findings
  }

  static var map: Findings {
    var findings = Findings(
      id: "map", type: "market-map", title: "Channels",
      method: Method(
        summary: "6 nodes", settings: [.init("unit", .text("bikes a year")), .init("leverage", .number(0.1))]))
    findings.facts = [Fact("volume", 1000.0)]
    var stages = FindingsTable("stages", title: "", columns: [.init("stage", .text)])
    for stage in ["Makers", "Sellers", "Users"] { stages.add([.text(stage)]) }
    var nodes = FindingsTable(
      "nodes", title: "",
      columns: [
        .init("node", .text), .init("stage", .text), .init("share", .share), .init("decisions", .share),
        .init("leverage", .truth),
      ])
    for (name, stage, share, decisions) in [
      ("Our company", "Makers", 0.4, nil as Double?), ("All the others", "Makers", 0.6, nil),
      ("Dealers", "Sellers", 0.5, 0.3),
      ("Web shops", "Sellers", 0.3, 0.05), ("Small businesses", "Users", 0.7, 0.45), ("Fleets", "Users", 0.3, 0.2),
    ] {
      nodes.add([.text(name), .text(stage), .number(share), Value(decisions), .truth((decisions ?? 0) >= 0.1)])
    }
    var flows = FindingsTable(
      "flows", title: "", columns: [.init("node", .text), .init("to", .text), .init("share", .share)])
    for (from, to, share) in [
      ("Our company", "Dealers", 0.2), ("Our company", "Fleets", 0.2), ("All the others", "Dealers", 0.3),
      ("All the others", "Web shops", 0.3), ("Dealers", "Small businesses", 0.4), ("Dealers", "Fleets", 0.1),
      ("Web shops", "Small businesses", 0.3),
    ] {
      flows.add([.text(from), .text(to), .number(share)])
    }
    findings.tables = [nodes, flows, stages]
    return findings
  }

  static var market: Findings {
    var findings = Findings(
      id: "market", type: "market", title: "Market",
      method: Method(summary: "4 players", settings: [.init("own", .text("Us"))]))
    findings.facts = [
      Fact("size", 400.0), Fact("unit", .text("bikes"), .text), Fact("cagr", 0.05, .share), Fact("hhi", 2600.0),
      Fact("growth", 0.06, .share), Fact("period", .text("2025"), .text),
    ]
    var periods = FindingsTable("periods", title: "", columns: [.init("period", .text)])
    for period in ["2023", "2024", "2025"] { periods.add([.text(period)]) }
    var players = FindingsTable(
      "players", title: "", columns: [.init("player", .text), .init("period", .text), .init("share", .share)])
    var standing = FindingsTable(
      "standing", title: "",
      columns: [
        .init("player", .text), .init("share", .share), .init("growth", .share), .init("change", .signed),
        .init("others", .truth),
      ])
    for (name, shares, growth) in [
      ("Them", [0.45, 0.42, 0.38], -0.02), ("Us", [0.2, 0.24, 0.3], 0.25), ("A third", [0.2, 0.21, 0.2], 0.02),
      ("Others", [0.15, 0.13, 0.12], 0),
    ] {
      for (period, share) in zip(["2023", "2024", "2025"], shares) {
        players.add([.text(name), .text(period), .number(share)])
      }
      standing.add([.text(name), .number(shares[2]), .number(growth), .number(0.01), .truth(name == "Others")])
    }
    findings.tables = [periods, players, standing]
    return findings
  }

  @Test func picturesAreSoundAtEveryWidth() throws {
    for width in FigureWidth.allCases {
      for (findings, names) in [(Self.targets, ["grid"]), (Self.map, ["flow"]), (Self.market, ["shares", "growth"])] {
        for name in names {
          let drawn = try figure(findings, name, width)
          DrawingChecks(drawn.drawing).expectSound("\(name) \(width)")
          if width != .wide { expectGolden("market-\(name)-\(width)", drawn.drawing.transcript) }
        }
      }
    }
  }

  @Test func titlesSayWhatWasFound() throws {
    #expect(
      try figure(Self.targets, "grid").title
        == "Uptime first and Green and seen are chosen; for Green and seen it depends on the weights")
    #expect(try figure(Self.targets, "grid").subtitle.hasPrefix("Judgement of 3 judges"))
    #expect(try figure(Self.map, "flow").title == "45% of the volume is decided at Small businesses, 30% at Dealers")
    #expect(try figure(Self.market, "shares").title == "Them leads with 38%; Us gained most, 10.0 points since 2023")
    #expect(try figure(Self.market, "growth").title == "Us grows fastest, by 25%")
  }

  @Test func segmentsThatAreServedAreUnderlined() throws {
    let findings = SegmentFixture.findings(names: ["Hill people", "Others"], ratings: ["price"], shares: [])
    let kind = try #require(FigureCatalogue.figure("sizes", of: findings))
    func drawn(_ served: [String]) throws -> Drawing {
      try kind.draw(
        FigureContext(findings: findings, language: .british, served: served, measurer: FixedWidthMeasurer())
      ).drawing
    }
    let plain = try drawn([])
    let marked = try drawn(["Hill people"])
    #expect(DrawingChecks(marked).caption.contains("Underlined: the segment we serve."))
    #expect(!DrawingChecks(plain).caption.contains("Underlined"))
    #expect(marked.marks.count > plain.marks.count)
    DrawingChecks(marked).expectSound()
  }
}
