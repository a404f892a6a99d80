import Graphics
import Testing
import ValueModels

@testable import Figures

/// Brands inside a circle, attributes on it; and the rules of reading under each map.
@Suite struct MoonplotTests {
  private func findings() -> Findings {
    var findings = MapFixture.findings(brands: Array(MapFixture.brands.prefix(20)))
    findings.method.settings.append(.init("figures", .list([.text("moonplot")])))
    return findings
  }

  @Test(arguments: FigureWidth.allCases) func attributesStandOnTheCircle(_ width: FigureWidth) throws {
    let kind = try #require(FigureCatalogue.figure("moonplot", of: findings()))
    let figure = try kind.draw(MapFixture.context(findings(), width))
    DrawingChecks(figure.drawing).expectSound()
    #expect(figure.description[1] == "The largest: safety, style and value.")
    if width == .normal { expectGolden("moonplot", figure.drawing.transcript) }
  }

  @Test func itIsThereWhereItWasAskedFor() {
    #expect(FigureCatalogue.figure("moonplot", of: MapFixture.findings()) == nil)
  }

  @Test func itNeedsDirections() throws {
    var findings = MapFixture.findings(scaling: "symmetric")
    findings.method.settings.append(.init("figures", .list([.text("moonplot")])))
    let kind = try #require(FigureCatalogue.figure("moonplot", of: findings))
    #expect(throws: NothingToDraw.self) { try kind.draw(MapFixture.context(findings)) }
  }

  /// Distance, projection, direction or angle: what the scaling lets one read, and what not.
  @Test(arguments: [
    ("brand-principal", "correspondence", [ReadingIcons.Rule.brandDistance, .projection, .noTipDistance]),
    ("symmetric", "correspondence", [.brandDistance, .sameDirection, .noMixedDistance]),
    ("attribute-principal", "correspondence", [.attributeDistance, .sameDirection, .noBrandDistance]),
    ("attribute-principal", "principal-components", [.angle, .projection, .noBrandDistance]),
    ("biplot", "discriminant", [.brandDistance, .projection, .noTipDistance]),
    ("brand-principal", "multidimensional-scaling", [.brandDistance, .noAxes]),
  ])
  func rulesFollowTheScaling(_ scaling: String, _ method: String, _ rules: [ReadingIcons.Rule]) throws {
    let map = try PerceptualMap(MapFixture.findings(scaling: scaling, method: method))
    #expect(ReadingIcons.rules(map) == rules)
  }

  @Test func aCrowdKeepsTheNamesOfAttributes() throws {
    var random = SeededOffsets()
    let brands = (0..<150).map { at in
      MapFixture.Row(
        "Brand\(at)", random.next(), random.next(), [0.1, 0.1], 0.002 + Double(at % 9) / 900, 0.8, [1, 1])
    }
    let findings = MapFixture.findings(own: "Brand3", brands: brands)
    for width in [FigureWidth.normal, .wide] {
      let kind = try #require(FigureCatalogue.figure("map", of: findings))
      let drawing = try kind.draw(MapFixture.context(findings, width)).drawing
      DrawingChecks(drawing).expectSound()
      let texts = drawing.transcript
      for name in ["fuel economy", "safety", "style", "value"] { #expect(texts.contains("\"\(name)\"")) }
    }
  }
}

/// Numbers around 0, most of them near it.
private struct SeededOffsets {
  private var state: UInt64 = 7

  private mutating func uniform() -> Double {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Double(state >> 33) / Double(1 << 31)
  }

  mutating func next() -> Double { (0..<6).reduce(0) { sum, _ in sum + uniform() - 0.5 } * 0.6 }
}
