import Figures
import Graphics
import Testing
import ValueModels

/// Movements from wave to wave on the invented birds.
@Suite struct MovementFigureTests {
  /// Curlew and Crane moved, Knot stayed, Ruff is in one wave only.
  private func findings(tested: Bool = true) -> Findings {
    var findings = MapFixture.findings(brands: Array(MapFixture.brands.prefix(26)))
    findings.facts.append(Fact("waves", 3))
    findings.method.settings.append(
      .init("waves", .map([.init("base", .text("2026")), .init("mode", .text("projected"))])))
    var waves = FindingsTable("waves", title: "Waves", columns: [.init("wave", .text), .init("base", .integer)])
    for wave in ["2024", "2025", "2026"] { waves.add([.text(wave), .integer(900)]) }
    var positions = FindingsTable(
      "positions", title: "Positions",
      columns: [.init("brand", .text), .init("wave", .text), .init("x"), .init("y"), .init("quality"), .init("base")])
    var movement = FindingsTable(
      "movement", title: "Movements",
      columns: [
        .init("brand", .text), .init("from", .text), .init("to", .text), .init("distance"), .init("lower"),
        .init("upper"), .init("moved", .truth),
      ])
    let shifts = ["Curlew": (0.25, -0.1), "Crane": (-0.2, 0.22)]
    for row in MapFixture.brands.prefix(26) {
      let (dx, dy) = shifts[row.name] ?? (0.02, 0.01)
      let stops = row.name == "Ruff" ? [2] : [0, 1, 2]
      for stop in stops {
        let rest = Double(2 - stop)
        positions.add([
          .text(row.name), .text("\(2024 + stop)"), .number(row.x - dx * rest / 2),
          .number(row.y - dy * rest / 2 + (stop == 1 ? 0.03 : 0)), .number(row.quality), .integer(300),
        ])
      }
      guard stops.count == 3 else { continue }
      let distance = (dx * dx + dy * dy).squareRoot()
      movement.add([
        .text(row.name), .text("2024"), .text("2026"), .number(distance),
        tested ? .number(max(0, distance - 0.1)) : .missing, tested ? .number(distance + 0.1) : .missing,
        tested ? .truth(distance > 0.1) : .missing,
      ])
    }
    findings.tables += [waves, positions, movement]
    return findings
  }

  @Test(arguments: FigureWidth.allCases) func arrowsLeadToThoseThatMoved(_ width: FigureWidth) throws {
    let kind = try #require(FigureCatalogue.figure("movement", of: findings()))
    let figure = try kind.draw(MapFixture.context(findings(), width))
    DrawingChecks(figure.drawing).expectSound()
    #expect(figure.title == "Crane and Curlew have moved since 2024")
    #expect(figure.table == "movement")
    #expect(figure.description.first == "Crane moved left and up by 0.30 from 2024 to 2026.")
    #expect(figure.reading?.hasPrefix("An arrow leads from where a brand was seen") == true)
    if width == .normal { expectGolden("movement", figure.drawing.transcript) }
  }

  @Test func movementsThatAreNotTestedHaveNoHeads() throws {
    let kind = try #require(FigureCatalogue.figure("movement", of: findings(tested: false)))
    let figure = try kind.draw(MapFixture.context(findings(tested: false)))
    DrawingChecks(figure.drawing).expectSound()
    #expect(figure.title == "Where brands stood in 2024 and stand in 2026")
    #expect(DrawingChecks(figure.drawing).caption.contains("not tested"))
  }
}
