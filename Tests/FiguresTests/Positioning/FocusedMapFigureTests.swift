import Figures
import Graphics
import Testing
import ValueModels

/// A map turned to our brand says so, and has no scree.
@Suite struct FocusedMapFigureTests {
  private func findings() -> Findings {
    var brands = MapFixture.brands
    for at in brands.indices where brands[at].name == "Curlew" { brands[at].quality = 1 }
    var findings = MapFixture.findings(brands: brands)
    findings.method.settings.append(.init("focus", .truth(true)))
    return findings
  }

  @Test(arguments: FigureWidth.allCases) func itSaysThatItIsTurned(_ width: FigureWidth) throws {
    let kind = try #require(FigureCatalogue.figure("map", of: findings()))
    let figure = try kind.draw(MapFixture.context(findings(), width))
    DrawingChecks(figure.drawing).expectSound()
    #expect(DrawingChecks(figure.drawing).caption.contains("Turned so that Curlew is shown whole"))
    #expect(figure.description.contains("The map is turned so that it shows Curlew whole."))
    if width == .normal { expectGolden("perceptual-map-focus", figure.drawing.transcript) }
  }

  @Test func aBrandThatLiesBesideAllDimensionsIsNotCalledWhole() throws {
    var findings = MapFixture.findings()
    findings.method.settings.append(.init("focus", .truth(true)))
    let kind = try #require(FigureCatalogue.figure("map", of: findings))
    let caption = DrawingChecks(try kind.draw(MapFixture.context(findings)).drawing).caption
    #expect(caption.contains("Curlew is shown as fully as can be"))
  }

  @Test func varimaxIsSaid() throws {
    var findings = MapFixture.findings(method: "principal-components")
    findings.method.settings.append(.init("rotation", .text("varimax")))
    #expect(FigureCatalogue.figures(of: findings).map(\.name) == ["map"])
    let kind = try #require(FigureCatalogue.figure("map", of: findings))
    let drawing = try kind.draw(MapFixture.context(findings)).drawing
    DrawingChecks(drawing).expectSound()
    #expect(DrawingChecks(drawing).caption.contains("Dimensions 1 and 2 turned by varimax"))
  }

  @Test func itHasNoScree() {
    #expect(FigureCatalogue.figures(of: findings()).map(\.name) == ["map"])
  }
}
