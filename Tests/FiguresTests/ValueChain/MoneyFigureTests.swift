import Formats
import Graphics
import Testing
import ValueModels

@testable import Figures

@Suite struct MoneyFigureTests {
  @Test(arguments: FigureWidth.allCases) func `no words meet or leave the page`(width: FigureWidth) throws {
    let figure = try MoneyFigure.draw(ChainFixture.context(ChainFixture.bakery, width))
    let marks = DrawnMarks(figure.drawing)
    #expect(marks.collisions == [])
    #expect(marks.offCanvas == [])
    #expect(figure.drawing.firstNonFinite == nil)
    #expect(figure.title == "€1.40 of the €2.30 per loaf that Bakery takes in comes from Corner shops")
  }

  @Test(arguments: [FigureWidth.narrow, .normal]) func `the money figure is as recorded`(width: FigureWidth) throws {
    let figure = try MoneyFigure.draw(ChainFixture.context(ChainFixture.bakery, width))
    expectGolden("money-\(width)", figure.drawing.transcript)
  }

  @Test func `only one unit is drawn, the others are named`() throws {
    let findings = ChainFixture.findings(
      actors: [("A", "", "", ""), ("B", "", "", ""), ("C", "", "", "")],
      flows: [
        ("A", "B", "fee", "money", 3, "EUR", "year"), ("B", "C", "rent", "money", 2, "EUR", "year"),
        ("A", "C", "gift", "money", 900, "USD", ""), ("C", "A", "loan", "money", nil, "EUR", "year"),
      ])
    let figure = try MoneyFigure.draw(ChainFixture.context(findings))
    let texts = DrawnMarks(figure.drawing).texts.map(\.text)
    #expect(texts.contains { $0.contains("money in USD") })
    #expect(texts.contains { $0.contains("1 money flow has no value") })
    #expect(!texts.contains { $0.contains("900") })
  }

  @Test func `money that runs in a circle returns beneath and is not refused`() throws {
    let findings = ChainFixture.findings(
      actors: [("A", "", "", ""), ("B", "", "", ""), ("C", "", "", "")],
      flows: [
        ("A", "B", "x", "money", 3, "EUR", ""), ("B", "C", "y", "money", 2, "EUR", ""),
        ("C", "A", "z", "money", 1, "EUR", ""), ("B", "A", "w", "money", 1, "EUR", ""),
      ])
    let figure = try MoneyFigure.draw(ChainFixture.context(findings))
    let marks = DrawnMarks(figure.drawing)
    #expect(marks.faults == [])
    #expect(figure.drawing.areas.count == 7)
  }

  @Test(arguments: [FigureWidth.normal, .wide]) func `all that comes back stays on the page`(width: FigureWidth) throws
  {
    // Two who pay each other nearly the same: the return is as thick as what it answers.
    let findings = ChainFixture.findings(
      actors: [("Grower", "", "", ""), ("Trader", "", "", ""), ("Shop", "", "", "")],
      flows: [
        ("Trader", "Grower", "x", "money", 361, "EUR", ""), ("Grower", "Trader", "y", "money", 322, "EUR", ""),
        ("Shop", "Trader", "z", "money", 338, "EUR", ""),
      ])
    let figure = try MoneyFigure.draw(ChainFixture.context(findings, width))
    let page = Rect(x: 0, y: 0, width: figure.drawing.size.width, height: figure.drawing.size.height)
    for area in figure.drawing.areas {
      guard case .path(let path) = area.shape else { continue }
      for element in path.elements {
        switch element {
        case .move(let point), .line(let point), .curve(_, _, let point):
          #expect(page.contains(point), "\(area.name) at \(point)")
        default: break
        }
      }
    }
  }

  @Test(arguments: [(6, 20), (15, 60), (40, 150)]) func `money of chance is drawn without faults`(
    actors: Int, flows: Int
  ) throws {
    for seed in 1...5 {
      let findings = ChainFixture.random(actors: actors, flows: flows, stages: 3, seed: UInt64(seed))
      // A chain of chance may have no money in it at all.
      guard FigureCatalogue.figure("money", of: findings) != nil else { continue }
      for width in FigureWidth.allCases {
        let figure = try MoneyFigure.draw(ChainFixture.context(findings, width))
        let marks = DrawnMarks(figure.drawing)
        #expect(marks.offCanvas == [], "seed \(seed)")
        #expect(marks.collisions == [], "seed \(seed) \(width)")
      }
    }
  }

  @Test(arguments: [
    ("GBP", 1.6, "£1.60"), ("GBP", 17, "£17"), ("m GBP", 17.2, "£17.2 m"), ("GBP million", 10, "£10 million"),
    ("bn EUR", 0.254, "€0.254 bn"), ("m GBP", 1234.5, "£1,235 m"),
  ]) func `sums in thousands and millions carry the sign of their currency`(unit: String, value: Double, text: String) {
    let values = FlowValues([], .british)
    #expect(values.amount(value, unit, shared: true).replacing("\u{A0}", with: " ") == text)
  }

  @Test func `where the sign of the currency comes last it stays last`() throws {
    let german = try #require(Language(identifier: "de-DE"))
    let text = try #require(CurrencyUnit("Mio. EUR")).amount(1.2, german)
    #expect(text.replacing("\u{A0}", with: " ") == "1,2 Mio. €")
    #expect(CurrencyUnit("m bikes") == nil)
    #expect(CurrencyUnit("boxes") == nil)
    #expect(CurrencyUnit.spelled("m GBP") == "million GBP")
  }

  @Test func `words above a bar stand clear of bands`() {
    let ribbon = SankeyLayout.Ribbon(
      payment: 0, path: Path(), middle: .zero, returns: false,
      spine: (0...60).map { Point(Double($0), 100) }, thickness: 20)
    var places = MoneyLabelPlaces([ribbon], shift: .zero, taken: [])
    let at = places.place(
      Rect(x: 20, y: 80, width: 40, height: 14), within: Rect(x: 0, y: 0, width: 200, height: 200))
    #expect(at.y + 14 < 90)
  }
}
