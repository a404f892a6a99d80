import Graphics
import Testing
import ValueModels

@testable import Figures

/// Ellipses of resamples under the brands.
@Suite struct PerceptualMapRegionTests {
  private func findings(_ sd: Double, wide: Double? = nil, isLine: Bool = false, cautions: [Caution] = []) -> Findings {
    let brands = Array(MapFixture.brands.prefix(12))
    var findings = MapFixture.findings(own: "Heron", brands: brands, isLine: isLine)
    var table = FindingsTable(
      "regions", title: "Regions",
      columns: [.init("brand", .text), .init("x"), .init("y"), .init("sd_x"), .init("sd_y"), .init("correlation")])
    for (i, row) in brands.enumerated() {
      let sd = i == 3 ? wide ?? sd : sd
      table.add([
        .text(row.name), Value(row.x), Value(isLine ? 0 : row.y), Value(sd), Value(isLine ? 0 : 2 * sd),
        Value(isLine ? 0 : 0.6),
      ])
    }
    findings.tables.append(table)
    findings.facts += [Fact("resamples", 1000), Fact("p_value", 0.001)]
    findings.cautions = cautions
    return findings
  }

  private func draw(_ findings: Findings, _ width: FigureWidth = .normal) throws -> Figure {
    try PerceptualMapFigures.drawMap(MapFixture.context(findings, width))
  }

  private func regions(_ marks: [Mark]) -> [(String, Rect)] {
    marks.flatMap { mark -> [(String, Rect)] in
      guard case .group(let name, let inner) = mark else { return [] }
      var found: [(String, Rect)] = []
      for case .path(let path, _, _, .region) in inner { found.append((name, bounds(path))) }
      return found
    }
  }

  private func bounds(_ path: Path) -> Rect {
    var (low, high) = (Point(.infinity, .infinity), Point(-.infinity, -.infinity))
    var pen = Point.zero
    func reach(_ p: Point) {
      (low, high) = (Point(min(low.x, p.x), min(low.y, p.y)), Point(max(high.x, p.x), max(high.y, p.y)))
    }
    for element in path.elements {
      switch element {
      case .move(let p), .line(let p):
        reach(p)
        pen = p
      case .curve(let a, let b, let p):
        for step in 1...64 {
          let t = Double(step) / 64
          let s = 1 - t
          reach(pen * (s * s * s) + a * (3 * s * s * t) + b * (3 * s * t * t) + p * (t * t * t))
        }
        pen = p
      case .close: break
      }
    }
    return Rect(x: low.x, y: low.y, width: high.x - low.x, height: high.y - low.y)
  }

  @Test(arguments: FigureWidth.allCases) func oneUnderEachBrand(_ width: FigureWidth) throws {
    let figure = try draw(findings(0.02), width)
    DrawingChecks(figure.drawing).expectSound()
    let found = regions(figure.drawing.marks)
    #expect(found.count == 12)
    // Twice the deviation upwards, in one scale: 95 % of χ² with two degrees of freedom is 5.991.
    for (_, box) in found { #expect(abs(box.height / box.width - 2) < 0.02) }
    let caption = DrawingChecks(figure.drawing).caption
    #expect(caption.contains("llipses: 95% of 1,000 resamples of respondents"))
    #expect(!caption.contains("no more than chance"))
    #expect(figure.description.contains("The map shows more than chance."))
    #expect(figure.drawing.areas[0].detail.contains("± 0.05 and ± 0.10"))
  }

  /// A brand whose place is all but unknown neither shrinks the map to nothing nor leaves it.
  @Test func aVeryWideRegionIsCut() throws {
    let usual = try draw(findings(0.02))
    let wide = try draw(findings(0.02, wide: 50))
    DrawingChecks(wide.drawing).expectSound()
    let (a, b) = (regions(usual.drawing.marks), regions(wide.drawing.marks))
    let (small, large) = (a.first { $0.0 == "Heron" }?.1.width ?? 0, b.first { $0.0 == "Heron" }?.1.width ?? 0)
    #expect(large > small / 2)
    for (_, box) in b { #expect(box.x >= 0 && box.maxX <= wide.drawing.size.width) }
  }

  @Test func chanceIsSaidOnTheFigure() throws {
    let figure = try draw(findings(0.02, cautions: [Caution("no-structure", "…")]))
    #expect(DrawingChecks(figure.drawing).caption.contains("this map shows no more than chance would"))
    #expect(figure.description.contains { $0.contains("no more than chance") })
    #expect(figure.title == "The map shows no more than chance would")
  }

  @Test func regionsOnALine() throws {
    DrawingChecks(try draw(findings(0.02, isLine: true)).drawing).expectSound()
  }
}
