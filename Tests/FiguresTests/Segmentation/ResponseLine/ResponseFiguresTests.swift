import Formats
import Graphics
import Testing
import ValueModels

@testable import Figures

@Suite struct ResponseFiguresTests {
  static let cases: [Findings] = [
    ResponseFixture.findings(),
    ResponseFixture.findings(breakEven: nil),
    // Contacting pays for nobody, for everybody, for hardly anybody, for nearly all.
    ResponseFixture.findings(breakEven: 0.9), ResponseFixture.findings(breakEven: 0.001),
    ResponseFixture.findings(breakEven: 0.41), ResponseFixture.findings(breakEven: 0.03),
    ResponseFixture.findings(top: 0.004, breakEven: 0.002, gain: 0.0004),
    ResponseFixture.findings(top: 0.99, found: 1.4, gain: -0.05),
    ResponseFixture.findings(found: 0.4, tenths: 3, gain: 0.3),
  ]

  @Test(arguments: cases.indices, FigureWidth.allCases) func `words stand clear of each other and of dots`(
    index: Int, width: FigureWidth
  ) throws {
    let kinds = FigureCatalogue.figures(of: Self.cases[index])
    #expect(kinds.map(\.name) == ["line", "gains", "lift", "calibration", "uplift", "qini"])
    for kind in kinds {
      let figure = try kind.draw(ResponseFixture.context(Self.cases[index], width))
      DrawingChecks(figure.drawing).expectSound("\(kind.name) of case \(index), \(width)")
      #expect(figure.alt.count <= 150 && !figure.title.isEmpty && figure.table != nil)
    }
  }

  @Test func `without a model there is no figure`() {
    var findings = ResponseFixture.findings()
    findings.tables = []
    #expect(FigureCatalogue.figures(of: findings).isEmpty)
    findings.cautions = [Caution("too-few-responders", "8 of 399 customers responded")]
    let kinds = FigureCatalogue.figures(of: findings)
    #expect(kinds.map(\.name) == ["line", "gains", "lift", "calibration", "uplift", "qini"])
    for kind in kinds {
      #expect(throws: NothingToDraw("8 of 399 customers responded")) {
        _ = try kind.draw(ResponseFixture.context(findings))
      }
    }
    #expect(
      FigureCatalogue.figures(of: ResponseFixture.findings(hasUplift: false)).map(\.name)
        == ["line", "gains", "lift", "calibration"])
  }

  @Test func `titles state findings and claim no more`() throws {
    func title(_ name: String, _ findings: Findings) throws -> String {
      try #require(FigureCatalogue.figure(name, of: findings)).draw(ResponseFixture.context(findings)).title
    }
    #expect(
      try title("line", ResponseFixture.findings())
        == "The first 20% hold 49% of those who respond; contacting pays for 56%, and never for 22%")
    #expect(try title("line", Self.cases[1]) == "The first 20% hold 49% of those who respond")
    #expect(try title("line", Self.cases[2]).hasSuffix("contacting pays for none"))
    #expect(try title("line", Self.cases[8]).hasSuffix("were foretold"))
    #expect(try title("gains", Self.cases[0]).hasSuffix("of those who respond"))
    #expect(try title("lift", Self.cases[0]).hasPrefix("The first tenth responds"))
    #expect(try title("calibration", Self.cases[0]).hasPrefix("About as many responded"))
    #expect(try title("calibration", Self.cases[7]).hasPrefix("More responded than foretold"))
    #expect(try title("uplift", Self.cases[0]) == "Contact adds 6.0 points; 11.5 where most was foretold")
    #expect(try title("uplift", Self.cases[7]) == "Contact costs 5.0 points; who is moved most cannot be told")
    #expect(try title("qini", Self.cases[0]).hasPrefix("Choosing by predicted uplift beats chance"))
  }

  @Test func `the strip names its zones, or the fifths`() throws {
    let line = try ResponseLineFigure.draw(ResponseFixture.context(Self.cases[0]))
    let texts = DrawingChecks(line.drawing).texts.map(\.string)
    #expect(["contact 56%", "perhaps 22%", "never 22%", "break-even 10%", "foretold"].allSatisfy(texts.contains))
    let plain = try ResponseLineFigure.draw(ResponseFixture.context(Self.cases[1]))
    #expect(DrawingChecks(plain.drawing).texts.contains { $0.string.hasSuffix("of responders") })
  }

  @Test func `goldens`() throws {
    let findings = ResponseFixture.findings()
    for kind in FigureCatalogue.figures(of: findings) {
      expectGolden(
        "response-\(kind.name)", try kind.draw(ResponseFixture.context(findings)).drawing.transcript)
    }
    expectGolden(
      "response-line-narrow",
      try ResponseLineFigure.draw(ResponseFixture.context(findings, .narrow)).drawing.transcript)
  }
}
