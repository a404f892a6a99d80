import Figures
import Graphics
import Testing
import ValueModels

@Suite struct PerceptualMapFigureTests {
  private func map(_ findings: Findings, _ width: FigureWidth = .normal) throws -> Figure {
    let kind = try #require(FigureCatalogue.figure("map", of: findings))
    return try kind.draw(MapFixture.context(findings, width))
  }

  @Test(arguments: FigureWidth.allCases)
  func theMapIsAsRecorded(_ width: FigureWidth) throws {
    let figure = try map(MapFixture.findings(), width)
    DrawingChecks(figure.drawing).expectSound()
    #expect(figure.drawing.size.width == width.pixels)
    expectGolden("perceptual-map-\(width)", figure.drawing.transcript)
  }

  @Test(
    arguments: ["brand-principal", "attribute-principal", "symmetric", "contribution", "biplot"], FigureWidth.allCases)
  func everyScalingIsSound(_ scaling: String, _ width: FigureWidth) throws {
    let figure = try map(MapFixture.findings(scaling: scaling), width)
    DrawingChecks(figure.drawing).expectSound()
    #expect(figure.alt.count <= 150)
    #expect(figure.reading?.isEmpty == false)
  }

  @Test func everyBrandIsNamedAtNormalWidth() throws {
    let figure = try map(MapFixture.findings())
    let labels = DrawingChecks(figure.drawing).texts.filter { $0.role == .label }.map(\.string)
    for brand in MapFixture.brands { #expect(labels.contains(brand.name)) }
    #expect(labels.contains("fuel economy"))
  }

  @Test func unitsAreEqualInBothDirections() throws {
    let checks = DrawingChecks(try map(MapFixture.findings()).drawing)
    func centre(_ name: String) throws -> Point {
      try #require(checks.points.first { $0.name == name }).bounds.centre
    }
    let (a, b, c) = (MapFixture.brands[0], MapFixture.brands[8], MapFixture.brands[25])
    let (p, q, r) = (try centre(a.name), try centre(b.name), try centre(c.name))
    let across = (q.x - p.x) / (b.x - a.x)
    let up = -(r.y - q.y) / (c.y - b.y)
    #expect(abs(across - up) < 1e-9 * across)
  }

  @Test(arguments: [
    ("Curlew", "Woodcock is seen most like Curlew"), ("Nobody", "The main contrast: style against value"),
    (nil, "The main contrast: style against value"),
  ])
  func statesTheFinding(_ own: String?, _ title: String) throws {
    let figure = try map(MapFixture.findings(own: own))
    #expect(figure.title == title)
  }

  @Test func areasLeadToRows() throws {
    let figure = try map(MapFixture.findings())
    #expect(figure.table == "brands")
    #expect(figure.drawing.areas.count == MapFixture.brands.count + MapFixture.attributes.count)
    #expect(figure.drawing.areas[0].target == "row/brands/Kestrel")
    #expect(
      figure.drawing.areas[0].detail == "Kestrel: x −0.50, y −0.11, 85% of its position shown, 2.7% of all answers")
  }

  @Test func arrowsThatWouldBeTinyAreStretchedAndItIsSaid() throws {
    let short = MapFixture.attributes.map { row in
      var row = row
      (row.x, row.y) = (row.x / 100, row.y / 100)
      return row
    }
    let figure = try map(MapFixture.findings(attributes: short))
    DrawingChecks(figure.drawing).expectSound()
    #expect(DrawingChecks(figure.drawing).caption.contains("arrows drawn ×80 their length"))
  }

  @Test func ties() throws {
    var brands = MapFixture.brands
    for i in 0..<6 { (brands[i].x, brands[i].y) = (brands[0].x, brands[0].y) }
    let figure = try map(MapFixture.findings(brands: brands))
    DrawingChecks(figure.drawing).expectSound()
  }

  @Test func oneDimensionIsALine() throws {
    for width in FigureWidth.allCases {
      let figure = try map(MapFixture.findings(brands: Array(MapFixture.brands.prefix(8)), isLine: true), width)
      DrawingChecks(figure.drawing).expectSound()
      #expect(figure.drawing.size.height < 420)
    }
    #expect(FigureCatalogue.figures(of: MapFixture.findings(isLine: true)).map(\.name) == ["map"])
  }

  @Test(arguments: FigureWidth.allCases)
  func namesOfAnyScriptAndLength(_ width: FigureWidth) throws {
    var brands = Array(MapFixture.brands.prefix(7))
    let names = [
      "東京コーヒー", "القهوة العربية", "קפה", "Ünlü & Söhne", "Old Established Northern Savings and Loan Society", "x",
      "Donaudampfschifffahrtsgesellschaftskapitänsmützenfabrik",
    ]
    for (i, name) in names.enumerated() { brands[i].name = name }
    let figure = try map(MapFixture.findings(own: "القهوة العربية", brands: brands), width)
    DrawingChecks(figure.drawing).expectSound()
    #expect(figure.alt.count <= 150)
  }

  @Test(arguments: [FigureWidth.narrow, .normal])
  func aHundredAndFiftyBrandsNeverOverlap(_ width: FigureWidth) throws {
    var brands: [MapFixture.Row] = []
    for copy in 0..<5 {
      for (i, row) in MapFixture.brands.prefix(30).enumerated() {
        let angle = Double(copy * 30 + i)
        var row = row
        row.name += " \(copy)"
        row.x = row.x * (1 - 0.15 * Double(copy)) + 0.001 * angle
        row.y = row.y * (1 - 0.15 * Double(copy)) - 0.001 * angle
        brands.append(row)
      }
    }
    let figure = try map(MapFixture.findings(own: "Curlew 2", brands: brands), width)
    DrawingChecks(figure.drawing).expectSound()
    let labels = DrawingChecks(figure.drawing).texts.filter { $0.role == .label }.map(\.string)
    #expect(labels.contains("Curlew 2"))
  }

  @Test func smallBasesAreOpenAndSupplementaryAreDiamonds() throws {
    var findings = MapFixture.findings()
    findings.cautions = [Caution("small-base", "few", rows: ["Heron"])]
    let figure = try map(findings)
    #expect(DrawingChecks(figure.drawing).caption.contains("open dots: small base"))
  }

  @Test func withoutAttributesThereAreStillBrands() throws {
    let figure = try map(MapFixture.findings(attributes: []))
    DrawingChecks(figure.drawing).expectSound()
    #expect(figure.reading == "Brands close together are seen alike.")
  }

  @Test func nothingToDrawIsSaid() {
    var findings = MapFixture.findings()
    findings.tables.removeAll { $0.name == "brands" }
    #expect(FigureCatalogue.figures(of: findings).map(\.name) == ["scree"])
    #expect(throws: NothingToDraw.self) { try PerceptualMapFigures.drawMap(MapFixture.context(findings)) }
    let same = MapFixture.brands.map { row in
      var row = row
      (row.x, row.y) = (0, 0)
      return row
    }
    #expect(throws: NothingToDraw.self) {
      try PerceptualMapFigures.drawMap(MapFixture.context(MapFixture.findings(brands: same, attributes: [])))
    }
  }
}

@Suite struct ScreeFigureTests {
  @Test(arguments: FigureWidth.allCases)
  func theScreeIsAsRecorded(_ width: FigureWidth) throws {
    let kind = try #require(FigureCatalogue.figure("scree", of: MapFixture.findings()))
    let figure = try kind.draw(MapFixture.context(MapFixture.findings(), width))
    DrawingChecks(figure.drawing).expectSound()
    #expect(figure.title == "The first two dimensions show 89% of what tells the brands apart")
    if width == .normal { expectGolden("perceptual-map-scree", figure.drawing.transcript) }
  }
}
