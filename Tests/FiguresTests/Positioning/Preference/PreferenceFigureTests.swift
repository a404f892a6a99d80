import Graphics
import Testing
import ValueModels

@testable import Figures

/// `preference`: segments in a second layer on the invented market of birds.
@Suite struct PreferenceFigureTests {
  struct Row {
    var segment: String
    var model: String
    var kind: String
    var x: Double
    var y: Double
    var inside: Bool?
    var direction: (Double, Double)
    var fit: Double
    var p: Double
  }

  static let rows = [
    Row(
      segment: "Commuters", model: "vector", kind: "vector", x: 0.6, y: 0.8, inside: nil, direction: (0.6, 0.8),
      fit: 0.81,
      p: 0.001),
    Row(
      segment: "Families", model: "circular", kind: "ideal", x: -0.2, y: 0.15, inside: true, direction: (-0.8, 0.6),
      fit: 0.64, p: 0.01),
    Row(
      segment: "Couriers", model: "elliptical", kind: "ideal", x: -3, y: -1, inside: false, direction: (-0.95, -0.31),
      fit: 0.49, p: 0.02),
    Row(
      segment: "Tourists", model: "circular", kind: "anti-ideal", x: 0.3, y: -0.1, inside: true,
      direction: (-0.95, 0.31),
      fit: 0.3, p: 0.2),
    Row(
      segment: "Clubs", model: "quadratic", kind: "saddle", x: 0.1, y: -0.2, inside: true, direction: (0, 1), fit: 0.7,
      p: 0.004),
  ]

  static func findings(
    _ rows: [Row] = rows, hasDemand: Bool = true, contours: String = "auto", brands: Int = 12
  ) -> Findings {
    var findings = MapFixture.findings(own: "Heron", brands: Array(MapFixture.brands.prefix(brands)))
    findings.method.settings.append(
      .init("preference", .map([.init("level", .number(0.05)), .init("contours", .text(contours))])))
    var table = FindingsTable(
      "preferences", title: "Preferences",
      columns: [
        .init("segment", .text), .init("model", .text), .init("kind", .text), .init("x"), .init("y"),
        .init("inside", .truth), .init("direction_x"), .init("direction_y"), .init("r_squared", .share),
        .init("p_value", .probability), .init("significant", .truth), .init("base", .integer), .init("intercept"),
        .init("b_x"), .init("b_y"), .init("b_xx"), .init("b_yy"), .init("b_xy"),
      ])
    for row in rows {
      table.add([
        .text(row.segment), .text(row.model), .text(row.kind), .number(row.x), .number(row.y),
        row.inside.map { .truth($0) } ?? .missing, .number(row.direction.0), .number(row.direction.1), .number(row.fit),
        .number(row.p), .truth(row.p < 0.05), .integer(120), .number(5), .number(row.direction.0),
        .number(row.direction.1),
        .number(0), .number(0), .number(0),
      ])
    }
    table.add([.text("Nobody"), .missing, .text("none")] + [Value](repeating: .missing, count: 15))
    findings.tables.append(table)
    guard hasDemand else { return findings }
    findings.facts += [Fact("preference_base", 600), Fact("ideal_inside", 0.6, .share)]
    var demand = FindingsTable(
      "demand", title: "Demand",
      columns: [.init("x"), .init("y"), .init("density"), .init("above_mean", .share), .init("new_brand", .share)])
    for i in 0..<11 {
      for j in 0..<11 {
        let (x, y) = (-0.6 + 0.12 * Double(j), -0.4 + 0.1 * Double(i))
        let away = (x + 0.15) * (x + 0.15) + (y - 0.1) * (y - 0.1)
        demand.add([.number(x), .number(y), .number(1 / (0.02 + away)), .number(0.9 - away), .number(0.5 - away / 2)])
      }
    }
    findings.tables.append(demand)
    return findings
  }

  private func draw(_ findings: Findings, _ width: FigureWidth = .normal) throws -> Figure {
    let kind = try #require(FigureCatalogue.figure("preference", of: findings))
    return try kind.draw(MapFixture.context(findings, width))
  }

  @Test(arguments: FigureWidth.allCases) func everyPreferenceIsMarkedAndNamed(_ width: FigureWidth) throws {
    let figure = try draw(Self.findings(), width)
    DrawingChecks(figure.drawing).expectSound()
    let text = figure.drawing.transcript
    for row in Self.rows { #expect(text.contains(row.segment)) }
    for share in ["25%", "50%", "75%"] { #expect(text.contains(share)) }
    let caption = DrawingChecks(figure.drawing).caption
    #expect(caption.contains("dashed arrows: the ideal point lies beyond the brands"))
    #expect(caption.contains("faint: not significant at 5%"))
    #expect(caption.contains("without a place: Nobody"))
    #expect(figure.reading?.contains("drop a brand at a right angle onto the arrow's line") == true)
    #expect(figure.reading?.contains("A ring with a cross is the least liked point") == true)
    #expect(figure.title == "Where the preferences of 5 segments lie")
    #expect(figure.alt.count <= 150)
    #expect(figure.drawing.areas.contains { $0.name == "Families" && $0.detail.contains("R² 0.64") })
  }

  @Test func golden() throws { expectGolden("preference", try draw(Self.findings()).drawing.transcript) }

  @Test func titlesSayWhoLeansWhere() throws {
    let one = try draw(Self.findings([Self.rows[0], Self.rows[2]], hasDemand: false))
    #expect(one.title == "Preference points to Whimbrel for Commuters, to Heron for Couriers")
    #expect(one.reading?.contains("ontours") == false)
    let none = try draw(Self.findings([Self.rows[3]], hasDemand: false))
    #expect(none.title == "Preference does not follow this map")
  }

  @Test(arguments: ["above-mean", "new-brand", "none"]) func contoursAsAsked(_ contours: String) throws {
    let figure = try draw(Self.findings(contours: contours))
    DrawingChecks(figure.drawing).expectSound()
    #expect(figure.drawing.transcript.contains("80%") == (contours == "above-mean"))
    #expect(figure.reading?.contains("Contours") == (contours != "none"))
  }

  @Test func notOfferedWithoutPreferences() {
    #expect(FigureCatalogue.figure("preference", of: MapFixture.findings()) == nil)
  }

  @Test func linesOfAGridAreWholeAndClosed() throws {
    let grid = try #require(DemandGrid(Self.findings(), contours: "density"))
    #expect(grid.levels.map(\.share) == [0.75, 0.5, 0.25])
    let inner = grid.lines(at: try #require(grid.levels.last).value)
    #expect(inner.count == 1 && inner[0].isClosed)
    // All its points are about as far from the peak.
    let radii = inner[0].points.map { (($0.x + 0.15) * ($0.x + 0.15) + ($0.y - 0.1) * ($0.y - 0.1)).squareRoot() }
    #expect((radii.max() ?? 9) < 1.5 * (radii.min() ?? 0))
    #expect(DemandGrid(MapFixture.findings(), contours: "auto") == nil)
  }
}
