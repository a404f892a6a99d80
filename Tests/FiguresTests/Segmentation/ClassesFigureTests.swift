import Formats
import Graphics
import Statistics
import Testing
import ValueModels

@testable import Figures

@Suite struct ClassesFigureTests {
  /// Groups of `SegmentFixture` with invented probabilities.
  private static func findings(names: [String], yesNo: [String], levels: [String], hidden: Set<Int> = []) -> Findings {
    var findings = SegmentFixture.findings(names: names, ratings: ["x"], shares: [], hidden: hidden)
    var generator = SeededGenerator(seed: 12)
    var table = FindingsTable(
      "probabilities", title: "Probabilities",
      columns: [
        .init("segment", .integer), .init("variable", .text), .init("level", .text), .init("probability", .share),
      ])
    for group in names.indices {
      for variable in yesNo {
        let yes = generator.uniform()
        for (level, value) in [("0", 1 - yes), ("1", yes)] {
          table.add([
            .integer(group + 1), .text(variable), .text(level), hidden.contains(group) ? .missing : .number(value),
          ])
        }
      }
      let draws = levels.map { _ in generator.uniform() }
      for (level, draw) in zip(levels, draws) {
        table.add([
          .integer(group + 1), .text("pays how"), .text(level),
          hidden.contains(group) ? .missing : .number(draw / draws.reduce(0, +)),
        ])
      }
    }
    findings.tables.append(table)
    return findings
  }

  private static let riders = findings(
    names: ["Everything by bike", "Parcels and tools", "Now and then"],
    yesNo: ["parcels", "tools_and_parts", "food", "flowers", "laundry"], levels: ["monthly", "yearly", "by trip"])

  @Test(arguments: FigureWidth.allCases) func `no words meet or leave the page`(width: FigureWidth) throws {
    let crowds = [
      Self.riders,
      Self.findings(
        names: (1...8).map { "Segment \($0)" }, yesNo: (1...30).map { "question \($0)" }, levels: ["a", "b"]),
      Self.findings(
        names: (1...12).map { "Group of people \($0)" }, yesNo: ["a question that was asked at great length, twice"],
        levels: [], hidden: [2, 5]),
      Self.findings(
        names: ["Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamte", "毎日歩いて通勤する人たち"],
        yesNo: ["x", "y"], levels: ["مشترو نهاية الأسبوع", "other"]),
    ]
    for findings in crowds {
      let kind = try #require(FigureCatalogue.figure("classes", of: findings))
      let figure = try kind.draw(SegmentFixture.context(findings, width))
      #expect(DrawnMarks(figure.drawing).faults == [])
      #expect(figure.alt.count <= 150 && figure.table == "probabilities")
    }
  }

  @Test func `of yes and no the yes is shown, answers stay together`() throws {
    let contents = SegmentContents(Self.riders)
    let rows = AnswerRow.rows(Self.riders, groups: contents.groups)
    #expect(rows.count == 8)
    #expect(rows.contains { $0.label == "tools and parts" })
    let pays = rows.indices.filter { rows[$0].variable == "pays how" }
    #expect(pays.count == 3 && pays[2] - pays[0] == 2)
    #expect(pays.map { rows[$0].level } == ["monthly", "yearly", "by trip"])
  }

  @Test func `a segment of a few does not lead`() {
    let groups = SegmentContents(Self.riders).groups
    let small = AnswerRow(variable: "a", level: "", probabilities: [0.1, 0.1, 1])
    let large = AnswerRow(variable: "b", level: "", probabilities: [0.9, 0.1, 0.1])
    #expect(large.spread(groups) > small.spread(groups))
  }

  @Test func `it is as recorded`() throws {
    let figure = try ClassesFigure.draw(SegmentFixture.context(Self.riders))
    expectGolden("segments-classes", figure.drawing.transcript)
  }

  @Test func `nothing to draw is a sentence`() {
    let none = Self.findings(names: ["A", "B"], yesNo: ["x"], levels: [], hidden: [0, 1])
    #expect(FigureCatalogue.figure("classes", of: none) == nil)
    #expect(throws: NothingToDraw.self) { try ClassesFigure.draw(SegmentFixture.context(none)) }
  }
}
