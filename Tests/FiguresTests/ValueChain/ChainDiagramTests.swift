import Graphics
import Testing
import ValueModels

@testable import Figures

@Suite struct ChainDiagramTests {
  @Test(arguments: FigureWidth.allCases) func `no words meet, cover a foreign box or leave the page`(width: FigureWidth)
    throws
  {
    let figure = try ChainDiagram.draw(ChainFixture.context(ChainFixture.bakery, width))
    #expect(DrawnMarks(figure.drawing).faults == [])
    #expect(figure.drawing.size.width == width.pixels)
    #expect(figure.alt.count <= 150)
  }

  @Test func `every flow has a band, a label and an area, every actor a box and an area`() throws {
    let figure = try ChainDiagram.draw(ChainFixture.context(ChainFixture.bakery))
    let marks = DrawnMarks(figure.drawing)
    #expect(marks.nodes.count == 10)
    #expect(figure.drawing.areas.count == 10 + 21)
    for words in ["wheat", "yeast", "praise", "€2.20", "900 t"] {
      #expect(marks.texts.contains { $0.text.contains(words) }, "\(words)")
    }
    let bakery = try #require(figure.drawing.areas.first { $0.name == "Bakery" })
    #expect(bakery.target == "actor/bakery")
    #expect(bakery.detail.hasPrefix("Gives price of flour (€0.45 per loaf) to Mill"))
  }

  @Test func `headings drop the numbers that only order them`() throws {
    #expect(ChainContents.heading("1 Origin") == "Origin")
    #expect(ChainContents.heading("02. Trade") == "Trade")
    #expect(ChainContents.heading("3) Shop") == "Shop")
    #expect(ChainContents.heading("3D printing") == "3D printing")
    #expect(ChainContents.heading("7") == "7")
    #expect(ChainContents(ChainFixture.bakery).stages == ["Farm", "Mill", "Oven", "Counter", "Table"])
  }

  @Test func `the title and the description come from the findings`() throws {
    let figure = try ChainDiagram.draw(ChainFixture.context(ChainFixture.bakery))
    #expect(figure.title == "Bakery deals with 8 of 9 others; 3 flows get nothing back")
    #expect(figure.table == "flows")
    #expect(figure.description.contains { $0.contains("Food writers to Households") })
  }

  @Test(arguments: FigureWidth.allCases) func `the diagram is as recorded`(width: FigureWidth) throws {
    let figure = try ChainDiagram.draw(ChainFixture.context(ChainFixture.bakery, width))
    expectGolden("value-chain-\(width)", figure.drawing.transcript)
  }

  /// A band may cross another; what is written stays clear of all bands. Left out are narrow pages where a row of boxes has
  /// more labelled flows among its own than its width holds.
  @Test(arguments: [(13, 26, 6), (20, 40, 5), (9, 20, 0), (8, 24, 2)]) func `labels stand clear of foreign bands`(
    actors: Int, flows: Int, stages: Int
  ) throws {
    for seed in 1...3 {
      let findings = ChainFixture.random(actors: actors, flows: flows, stages: stages, seed: UInt64(seed))
      for width in FigureWidth.allCases where width != .narrow || flows < 3 * actors {
        let figure = try ChainDiagram.draw(ChainFixture.context(findings, width))
        #expect(DrawnMarks(figure.drawing).labelsOverBands == [], "seed \(seed), \(width)")
      }
    }
  }

  @Test func `the same findings give the same drawing`() throws {
    let first = try ChainDiagram.draw(ChainFixture.context(ChainFixture.bakery))
    let second = try ChainDiagram.draw(ChainFixture.context(ChainFixture.bakery))
    #expect(first == second)
  }

  @Test(arguments: [
    (5, 8, 3), (9, 20, 0), (13, 26, 6), (13, 26, 2), (20, 40, 5), (30, 80, 4), (60, 200, 6), (60, 200, 0), (4, 12, 1),
  ]) func `chains of chance are drawn without faults`(actors: Int, flows: Int, stages: Int) throws {
    for seed in 1...(actors > 25 ? 1 : 2) {
      let findings = ChainFixture.random(actors: actors, flows: flows, stages: stages, seed: UInt64(seed))
      for width in FigureWidth.allCases {
        let figure = try ChainDiagram.draw(ChainFixture.context(findings, width))
        #expect(DrawnMarks(figure.drawing).faults == [], "seed \(seed), \(width)")
      }
    }
  }

  @Test func `beyond forty flows only the widest are labelled, and the foot says so`() throws {
    let findings = ChainFixture.random(actors: 12, flows: 60, stages: 4, seed: 3)
    let figure = try ChainDiagram.draw(ChainFixture.context(findings))
    #expect(DrawnMarks(figure.drawing).texts.contains { $0.text.hasPrefix("Labels stand at the 40 widest flows") })
    #expect(figure.drawing.areas.count == 72)
  }

  @Test func `any script, long names and empty cells are drawn`() throws {
    let findings = ChainFixture.findings(
      actors: [
        ("مزارعو البن", "يزرعون ويقطفون", "١ المنشأ", "buyer"), ("咖啡烘焙商株式会社東京本店", "烘焙", "2 烘焙", ""),
        ("A company whose name goes on and on without ever coming to its end", "", "", ""),
        ("Donaudampfschifffahrtselektrizitätenhauptbetriebswerk", "", "2 烘焙", "user"),
      ],
      flows: [
        ("مزارعو البن", "咖啡烘焙商株式会社東京本店", "بن أخضر", "product", 5, "طن", "سنة"),
        ("咖啡烘焙商株式会社東京本店", "مزارعو البن", "付款", "money", 1e9, "JPY", ""),
        (
          "Donaudampfschifffahrtselektrizitätenhauptbetriebswerk",
          "A company whose name goes on and on without ever coming to its end", "", "gossip", nil, "", ""
        ),
      ])
    for width in FigureWidth.allCases {
      let figure = try ChainDiagram.draw(ChainFixture.context(findings, width))
      #expect(DrawnMarks(figure.drawing).faults == [], "\(width)")
    }
  }

  @Test func `nothing to draw is a sentence`() {
    let empty = ChainFixture.findings(actors: [("Alone", "", "", "")], flows: [])
    #expect(throws: NothingToDraw.self) { try ChainDiagram.draw(ChainFixture.context(empty)) }
    #expect(FigureCatalogue.figures(of: empty).isEmpty)
    #expect(FigureCatalogue.figures(of: ChainFixture.bakery).map(\.name).prefix(2) == ["diagram", "money"])
  }

  @Test(arguments: FigureWidth.allCases) func `the usual words of a customer are never cut`(width: FigureWidth) throws {
    let findings = ChainFixture.findings(
      actors: [("A", "", "", "recommender"), ("B", "", "", "influencer, payer")],
      flows: [("A", "B", "advice", "trust", nil, "", "")])
    let figure = try ChainDiagram.draw(ChainFixture.context(findings, width))
    let texts = DrawnMarks(figure.drawing).texts.map(\.text)
    for word in ["recommends", "influences", "pays"] { #expect(texts.contains(word)) }
  }
}
