import Graphics
import Testing
import ValueModels

@testable import Figures

/// The further views of a chain: one kind, one actor, all pairs, who stands at the centre, what changed, lanes.
@Suite struct ChainViewsTests {
  @Test func `the catalogue offers a view only where it shows something`() throws {
    let names = FigureCatalogue.figures(of: ChainFixture.bakery).map(\.name)
    #expect(names.first == "diagram" && names.contains("money") && names.contains("diagram-money"))
    #expect(names.contains("ego-bakery") && !names.contains("matrix") && !names.contains("change"))
    #expect(!names.contains("swimlanes"))
    #expect(Set(names).count == names.count)
  }

  @Test(arguments: FigureWidth.allCases) func `one actor's view is sound and as recorded`(width: FigureWidth) throws {
    let figure = try EgoFigure.draw(ChainFixture.context(ChainFixture.bakery, width), slug: "bakery")
    #expect(DrawnMarks(figure.drawing).faults == [])
    let texts = DrawnMarks(figure.drawing).texts.map(\.text)
    #expect(texts.contains("Mill") && texts.contains("Gets") && texts.contains("Gives"))
    #expect(figure.drawing.areas.contains { $0.target == "actor/mill" })
    if width != .wide { expectGolden("value-chain-ego-\(width)", figure.drawing.transcript) }
  }

  @Test func `every actor of a large chain has a sound view`() throws {
    let findings = ChainFixture.random(actors: 40, flows: 200, stages: 5, seed: 4)
    for actor in ChainContents(findings).actors.prefix(12) {
      for width in FigureWidth.allCases {
        guard let figure = try? EgoFigure.draw(ChainFixture.context(findings, width), slug: actor.slug) else {
          continue
        }
        #expect(DrawnMarks(figure.drawing).faults == [], "\(actor.name), \(width)")
      }
    }
  }

  @Test func `a kind alone has only its flows and their ends`() throws {
    let figure = try ChainDiagram.draw(ChainFixture.context(ChainFixture.bakery), .kind(.money))
    let all = ChainContents(ChainFixture.bakery)
    let ends = Set(all.flows.filter { $0.kind == .money }.flatMap { [$0.from, $0.to] })
    #expect(DrawnMarks(figure.drawing).nodes.count == ends.count)
    #expect(figure.title.hasPrefix("The largest flow of money: "))
  }

  @Test(arguments: FigureWidth.allCases) func `the matrix shows every pair`(width: FigureWidth) throws {
    let findings = ChainFixture.random(actors: 30, flows: 90, stages: 5, seed: 2)
    let figure = try ChainMatrix.draw(ChainFixture.context(findings, width))
    #expect(DrawnMarks(figure.drawing).faults == [])
    let contents = ChainContents(findings)
    let pairs = Set(contents.flows.map { [$0.from, $0.to] }).count
    #expect(figure.drawing.areas.count == pairs + 30)
    if width == .normal { expectGolden("value-chain-matrix", figure.drawing.transcript) }
  }

  private func withMeasures() -> Findings {
    var findings = ChainFixture.bakery
    var table = FindingsTable(
      "actors", title: "Actors",
      columns: [
        .init("actor", .text), .init("slug", .text), .init("pagerank"), .init("betweenness"), .init("strength_in"),
        .init("strength_out"),
      ])
    for (name, rank, between) in [("Households", 0.41, 0.0), ("Bakery", 0.3, 0.25), ("Fields", 0.29, 0.1)] {
      table.add([.text(name), .text(name.lowercased()), .number(rank), .number(between), .number(1), .number(1)])
    }
    findings.tables = [table] + findings.tables.dropFirst()
    return findings
  }

  @Test func `who stands at the centre`() throws {
    let figure = try InfluenceFigure.draw(ChainFixture.context(withMeasures()))
    #expect(figure.title == "Value ends at Households; it passes through Bakery")
    #expect(DrawnMarks(figure.drawing).faults == [])
    expectGolden("value-chain-influence", figure.drawing.transcript)
  }

  @Test func `two waves`() throws {
    var findings = ChainFixture.bakery
    var table = FindingsTable(
      "changes", title: "Changes",
      columns: ["from", "to", "offering", "kind", "unit", "period"].map { .init($0, .text) }
        + [.init("before"), .init("after"), .init("change"), .init("ratio"), .init("status", .text)])
    func add(_ from: String, _ to: String, _ what: String, _ before: Double?, _ after: Double?, _ status: String) {
      table.add(
        [.text(from), .text(to), .text(what), .text("product"), .text("t"), .text("year")]
          + [Value(before), Value(after), .missing, .missing, .text(status)])
    }
    add("Fields", "Mill", "wheat", 800, 900, "grown")
    add("Mill", "Bakery", "flour", 700, 560, "shrunk")
    add("Bakery", "Households", "a Sunday stall", nil, 20, "new")
    add("Bakery", "Canteens", "rolls", 90, nil, "gone")
    add("Bakery", "Corner shops", "bread", 300, 300, "same")
    findings.tables.append(table)
    let figure = try ChainDiagram.draw(ChainFixture.context(findings), .change)
    #expect(figure.title == "Of 5 flows 1 is new, 1 is gone, 1 grew and 1 shrank")
    let texts = DrawnMarks(figure.drawing).texts.map(\.text)
    #expect(texts.contains("−20%") || texts.contains("−20 %"))
    #expect(DrawnMarks(figure.drawing).faults == [])
    expectGolden("value-chain-change", figure.drawing.transcript)
  }

  private var laned: Findings {
    var findings = ChainFixture.bakery
    guard let actors = findings.table("actors") else { return findings }
    var table = FindingsTable("actors", title: "Actors", columns: actors.columns + [.init("lane", .text)])
    for (at, row) in actors.rows.enumerated() {
      table.add(row + [.text(["Land", "Craft", "Trade"][min(2, at / 4)])])
    }
    findings.tables = [table] + findings.tables.dropFirst()
    return findings
  }

  @Test(arguments: FigureWidth.allCases) func `each actor stands in its lane`(width: FigureWidth) throws {
    #expect(FigureCatalogue.figures(of: laned).map(\.name).contains("swimlanes"))
    let figure = try ChainDiagram.draw(ChainFixture.context(laned, width), .lanes)
    #expect(DrawnMarks(figure.drawing).faults == [])
    let texts = DrawnMarks(figure.drawing).texts.map(\.text)
    #expect(["Land", "Craft", "Trade"].allSatisfy(texts.contains))
    #expect(DrawnMarks(figure.drawing).nodes.count == 10)
    if width != .wide { expectGolden("value-chain-swimlanes-\(width)", figure.drawing.transcript) }
  }
}
