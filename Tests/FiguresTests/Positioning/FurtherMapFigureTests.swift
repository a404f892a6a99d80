import Figures
import Graphics
import Testing
import ValueModels

/// Maps of the first and third and of the second and third dimension.
@Suite struct FurtherMapFigureTests {
  /// The fixture with its third dimension as drawn: brands principal, attributes by the root of their contributions.
  private func findings() -> Findings {
    var findings = MapFixture.findings()
    for at in findings.tables.indices where findings.tables[at].name != "dimensions" {
      let old = findings.tables[at]
      let isBrands = old.name == "brands"
      var table = FindingsTable(
        old.name, title: old.title,
        columns: old.columns + [.init("z"), .init("quality_1_3", .share), .init("quality_2_3", .share)])
      for (row, point) in zip(old.rows, isBrands ? MapFixture.brands : MapFixture.attributes) {
        let (third, share) = (point.principal[2], point.contributions[2] / 100)
        let z = isBrands ? third : (third < 0 ? -1 : 1) * share.squareRoot()
        let all = point.principal[0] * point.principal[0] + point.principal[1] * point.principal[1]
        func quality(_ axis: Int) -> Double {
          point.quality * (point.principal[axis] * point.principal[axis] + third * third) / all
        }
        table.add(row + [Value(z), Value(min(1, quality(0))), Value(min(1, quality(1)))])
      }
      findings.tables[at] = table
    }
    return findings
  }

  private func draw(_ name: String, _ width: FigureWidth = .normal) throws -> Figure {
    let kind = try #require(FigureCatalogue.figure(name, of: findings()))
    return try kind.draw(MapFixture.context(findings(), width))
  }

  @Test func theyAreOfferedOnRequestOnly() {
    #expect(FigureCatalogue.figures(of: MapFixture.findings()).map(\.name) == ["map", "scree"])
    #expect(FigureCatalogue.figures(of: findings()).map(\.name) == ["map", "map-1-3", "map-2-3", "scree"])
  }

  @Test(arguments: ["map-1-3", "map-2-3"], FigureWidth.allCases)
  func eachIsSound(_ name: String, _ width: FigureWidth) throws {
    let figure = try draw(name, width)
    DrawingChecks(figure.drawing).expectSound()
    #expect(figure.alt.count <= 150)
  }

  @Test(arguments: ["map-1-3", "map-2-3"])
  func eachIsAsRecorded(_ name: String) throws {
    expectGolden("perceptual-\(name)", try draw(name).drawing.transcript)
  }

  @Test func itSaysWhichDimensionsItShows() throws {
    let figure = try draw("map-2-3")
    #expect(figure.title == "The third dimension: quality against style")
    #expect(DrawingChecks(figure.drawing).caption.contains("Dimension 2 across, dimension 3 up"))
    // 0.05322 and 0.010082 of 0.183446.
    #expect(figure.subtitle.contains("the map shows 35% of what tells them apart"))
    #expect(figure.description.contains { $0.hasPrefix("The vertical axis (dimension 3) shows 5%") })
  }

  @Test func placesAreThoseOfTheDimensions() throws {
    let checks = DrawingChecks(try draw("map-1-3").drawing)
    func centre(_ at: Int) throws -> Point {
      try #require(checks.points.first { $0.name == MapFixture.brands[at].name }).bounds.centre
    }
    let (p, q) = (try centre(0), try centre(30))
    let (a, b) = (MapFixture.brands[0].principal, MapFixture.brands[30].principal)
    let scale = (q.x - p.x) / (b[0] - a[0])
    #expect(abs((p.y - q.y) / (b[2] - a[2]) - scale) < 1e-9 * scale)
  }
}
