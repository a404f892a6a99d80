import Graphics
import Testing
import ValueModels

@testable import Figures

/// The map of a discriminant analysis: brands at their mean scores, attributes by their correlations within brands, regions
/// from resamples. The places are invented.
@Suite struct DiscriminantMapFigureTests {
  private static func row(_ name: String, _ x: Double, _ y: Double, _ quality: Double) -> MapFixture.Row {
    MapFixture.Row(name, x, y, [x, y, 0.1], 0.2, quality, [20, 20, 20])
  }

  static func findings() -> Findings {
    let brands = [
      row("Kestrel", 1.32, 0.21, 0.97), row("Heron", 0.84, -0.66, 0.94), row("Plover", -0.31, 0.95, 0.91),
      row("Lapwing", -1.27, 0.12, 0.98), row("Dunlin", -0.58, -0.62, 0.83), row("Curlew", 0.02, 0.07, 0.31),
    ]
    let attributes = [
      row("easy to use", 0.81, 0.32, 0.76), row("good value", -0.72, 0.41, 0.69), row("reliable", 0.28, -0.74, 0.63),
      row("good_service", -0.22, -0.51, 0.31),
    ]
    var findings = MapFixture.findings(
      own: "Heron", method: "discriminant", brands: brands, attributes: attributes)
    var regions = FindingsTable(
      "regions", title: "Regions",
      columns: [.init("brand", .text), .init("x"), .init("y"), .init("sd_x"), .init("sd_y"), .init("correlation")])
    for (at, brand) in brands.enumerated() {
      regions.add([
        .text(brand.name), .number(brand.x), .number(brand.y), .number(0.08 + 0.02 * Double(at % 3)), .number(0.07),
        .number(at % 2 == 0 ? 0.4 : -0.2),
      ])
    }
    findings.tables.append(regions)
    findings.facts += [
      Fact("wilks", 0.41), Fact("f", 12.3), Fact("f_p_value", 0.0001, .probability), Fact("resamples", 1_000),
      Fact("p_value", 0.001, .probability),
    ]
    return findings
  }

  @Test(arguments: FigureWidth.allCases) func theMapIsAsRecorded(_ width: FigureWidth) throws {
    let figure = try PerceptualMapFigures.drawMap(MapFixture.context(Self.findings(), width))
    DrawingChecks(figure.drawing).expectSound()
    #expect(figure.alt.count <= 150 && figure.reading?.isEmpty == false)
    #expect(DrawingChecks(figure.drawing).caption.contains("llipses: 95% of 1,000 resamples of respondents"))
    if width == .normal { expectGolden("discriminant-map", figure.drawing.transcript) }
  }
}
