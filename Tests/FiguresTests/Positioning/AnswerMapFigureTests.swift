import Graphics
import Testing
import ValueModels

@testable import Figures

/// Maps of answers in categories, of the invented people of `Tests/StatisticsTests/Reference/mca`; segments' views and
/// names of axes as found.
@Suite struct AnswerMapFigureTests {
  private static let answers: [(String, String, Double, Double, Double, Double, Double)] = [
    ("drink", "cocoa", 0.478, 0.018, 17.5, 0.2, 0.81), ("drink", "coffee", -0.032, -0.023, 0.1, 0.4, 0.09),
    ("drink", "tea", -0.419, 0.006, 14.2, 0, 0.81), ("place", "cafe", 0.423, -0.137, 13.7, 13.8, 0.75),
    ("place", "home", -0.43, 0.03, 12.8, 0.6, 0.78), ("place", "work", -0.029, 0.089, 0.1, 7.3, 0.33),
    ("cake", "no", -0.262, -0.011, 9, 0.2, 0.96), ("cake", "yes", 0.32, 0.013, 11, 0.2, 0.96),
    ("visits", "1", -0.338, -0.208, 4.8, 17.5, 0.76), ("visits", "2", -0.247, 0.008, 4.6, 0, 0.78),
    ("visits", "3", 0.125, 0.033, 1, 0.7, 0.5), ("visits", "4", 0.415, 0.101, 10.3, 5.9, 0.78),
  ]
  private static let brands = [
    ("Ash", -0.26, -0.034), ("Birch", -0.256, 0.105), ("Cedar", 0.337, -0.052), ("Elm", -0.084, 0.031),
  ]

  private static func axes(_ rows: [(String?, String?, Int, String?, String?, Int)]) -> FindingsTable {
    var table = FindingsTable(
      "axes", title: "",
      columns: [
        .init("dimension", .integer), .init("negative_1", .text), .init("negative_2", .text),
        .init("negative_strong", .integer), .init("positive_1", .text), .init("positive_2", .text),
        .init("positive_strong", .integer),
      ])
    func text(_ name: String?) -> Value { name.map { .text($0) } ?? .missing }
    for (at, row) in rows.enumerated() {
      table.add([
        .integer(at + 1), text(row.0), text(row.1), .integer(row.2), text(row.3), text(row.4), .integer(row.5),
      ])
    }
    return table
  }

  static func findings(withBrands: Bool = true) -> Findings {
    var findings = Findings(
      id: "answers", type: "perceptual-map", title: "Answers",
      method: Method(
        summary: "Multiple correspondence analysis of an invented table",
        settings: [
          .init("method", .text("multiple-correspondence")), .init("own", withBrands ? .text("Cedar") : .none),
        ]))
    findings.data = [DataUse(name: "answers", rows: 160, used: 160, sha256: "", source: .survey)]
    var dimensions = FindingsTable(
      "dimensions", title: "",
      columns: [
        .init("dimension", .integer), .init("eigenvalue"), .init("percent", .percent), .init("cumulative", .percent),
      ])
    dimensions.add([.integer(1), .number(0.0833), .number(68.7), .number(68.7)])
    dimensions.add([.integer(2), .number(0.0086), .number(7.1), .number(75.8)])
    let common: [FindingsTable.Column] = [
      .init("x"), .init("y"), .init("dim_1"), .init("dim_2"), .init("quality"), .init("contribution_1"),
      .init("contribution_2"), .init("base", .integer), .init("supplementary", .truth),
    ]
    var points = FindingsTable(
      "attributes", title: "",
      columns: [.init("attribute", .text), .init("variable", .text), .init("level", .text)] + common)
    for (variable, level, x, y, first, second, quality) in answers {
      points.add(
        [.text("\(variable): \(level)"), .text(variable), .text(level), .number(x), .number(y), .number(x), .number(y)]
          + [.number(quality), .number(first), .number(second), .integer(40), .truth(false)])
    }
    var variables = FindingsTable(
      "variables", title: "", columns: [.init("variable", .text), .init("ordered", .truth)])
    for name in ["drink", "place", "cake", "visits"] { variables.add([.text(name), .truth(name == "visits")]) }
    findings.tables = [dimensions, points, variables]
    findings.tables.append(
      axes([
        ("place: home", "drink: tea", 2, "drink: cocoa", "place: cafe", 2),
        ("visits: 1", "place: cafe", 2, "place: work", nil, 0),
      ]))
    if withBrands {
      var table = FindingsTable("brands", title: "", columns: [.init("brand", .text)] + common)
      for (name, x, y) in brands {
        table.add(
          [.text(name), .number(x), .number(y), .number(x), .number(y), .number(0.8), .number(0), .number(0)]
            + [.integer(40), .truth(true)])
      }
      findings.tables.append(table)
    }
    return findings
  }

  @Test(arguments: FigureWidth.allCases) func answersAndBrands(_ width: FigureWidth) throws {
    let figure = try PerceptualMapFigures.drawMap(MapFixture.context(Self.findings(), width))
    DrawingChecks(figure.drawing).expectSound()
    if width == .normal { expectGolden("answers-map", figure.drawing.transcript) }
    #expect(figure.title == "The main contrast: “cocoa” and “cafe” against “home” and “tea”")
    #expect(figure.subtitle == "4 brands and 12 answers to 4 questions; the map shows 76% of how they go together")
    // Words stand alone, numbers and yes or no with their question.
    let shown = figure.drawing.transcript
    #expect(shown.contains("visits: 1") && shown.contains("cake: yes"))
    #expect(figure.reading?.hasPrefix("Answers close together are given by the same people") == true)
  }

  @Test func answersAlone() throws {
    let findings = Self.findings(withBrands: false)
    #expect(PerceptualMapFigures.offered(findings).map(\.name) == ["map", "scree"])
    let figure = try PerceptualMapFigures.drawMap(MapFixture.context(findings))
    DrawingChecks(figure.drawing).expectSound()
    #expect(figure.table == "attributes")
  }

  /// Our brand as three segments see it, on a map turned by varimax, with regions.
  @Test(arguments: FigureWidth.allCases) func segmentsOnATurnedMap(_ width: FigureWidth) throws {
    let brands = Array(MapFixture.brands.prefix(12))
    var findings = MapFixture.findings(own: "Whimbrel", method: "principal-components", brands: brands)
    findings.method.settings.append(.init("rotation", .text("varimax")))
    var regions = FindingsTable(
      "regions", title: "",
      columns: [.init("brand", .text), .init("x"), .init("y"), .init("sd_x"), .init("sd_y"), .init("correlation")])
    for row in brands {
      regions.add([.text(row.name), Value(row.x), Value(row.y), .number(0.03), .number(0.02), .number(0.4)])
    }
    var segments = FindingsTable(
      "segments", title: "",
      columns: [
        .init("brand", .text), .init("segment", .text), .init("x"), .init("y"), .init("quality"),
        .init("base", .integer),
      ])
    for (name, x, y) in [("under 30", 0.62, 0.3), ("30 to 60", 0.38, 0.52), ("over 60", 0.15, 0.44)] {
      segments.add([.text("Whimbrel"), .text(name), .number(x), .number(y), .number(0.9), .integer(44)])
    }
    findings.tables += [regions, segments]
    findings.facts.append(Fact("resamples", 1000))
    let figure = try PerceptualMapFigures.drawMap(MapFixture.context(findings, width))
    DrawingChecks(figure.drawing).expectSound()
    if width == .normal { expectGolden("perceptual-map-varimax-segments", figure.drawing.transcript) }
    #expect(figure.drawing.transcript.contains("over 60"))
    #expect(DrawingChecks(figure.drawing).caption.contains("our brand as single segments see it"))
  }

  @Test func axesAreNamedAsFound() throws {
    var findings = MapFixture.findings(own: nil)
    findings.tables.append(Self.axes([("value", nil, 1, "safety", nil, 1), (nil, nil, 0, "quality", nil, 1)]))
    let figure = try PerceptualMapFigures.drawMap(MapFixture.context(findings))
    #expect(figure.title == "The main contrast: safety against value")
  }
}
