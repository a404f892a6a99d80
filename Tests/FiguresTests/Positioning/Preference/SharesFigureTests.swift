import Graphics
import Testing
import ValueModels

@testable import Figures

/// `shares` on the invented market of birds.
@Suite struct SharesFigureTests {
  private func findings(_ groups: [String], hasObserved: Bool = true) -> Findings {
    var findings = PreferenceFigureTests.findings(hasDemand: false)
    findings.method.settings.removeAll { $0.name == "preference" }
    findings.method.settings.append(.init("preference", .map([.init("share", .text("logit"))])))
    var table = FindingsTable(
      "shares", title: "Shares",
      columns: [.init("brand", .text), .init("segment", .text), .init("share", .share)]
        + (hasObserved ? [.init("observed", .share)] : []))
    for (g, group) in groups.enumerated() {
      for (at, brand) in MapFixture.brands.prefix(12).enumerated() {
        let share = Double((at * 5 + g * 3) % 12 + 1) / 78
        table.add(
          [.text(brand.name), .text(group), .number(share)] + (hasObserved ? [.number((share + 0.08) / 2)] : []))
      }
    }
    findings.tables.append(table)
    return findings
  }

  private func draw(_ findings: Findings, _ width: FigureWidth = .normal) throws -> Figure {
    let kind = try #require(FigureCatalogue.figure("shares", of: findings))
    return try kind.draw(MapFixture.context(findings, width))
  }

  @Test(arguments: FigureWidth.allCases) func aBarABrandAndSegment(_ width: FigureWidth) throws {
    let figure = try draw(findings(["All", "Commuters", "Families"]), width)
    DrawingChecks(figure.drawing).expectSound()
    let text = figure.drawing.transcript
    for name in ["All persons", "Commuters", "Families", "Whimbrel"] { #expect(text.contains(name)) }
    #expect(figure.title.hasPrefix("The largest share by the map: "))
    #expect(DrawingChecks(figure.drawing).caption.contains("Thin lines"))
    #expect(figure.description.count == 3)
  }

  @Test func golden() throws {
    expectGolden("preference-shares", try draw(findings(["All", "Commuters", "Families"])).drawing.transcript)
  }

  @Test func segmentsWithoutPersons() throws {
    let figure = try draw(findings(["Commuters", "Families"], hasObserved: false))
    DrawingChecks(figure.drawing).expectSound()
    #expect(figure.title.contains("for Commuters") && figure.title.contains("for Families"))
    #expect(figure.subtitle.contains("e raised to the preference"))
  }

  @Test func notOfferedWithoutShares() {
    #expect(FigureCatalogue.figure("shares", of: PreferenceFigureTests.findings()) == nil)
  }
}
