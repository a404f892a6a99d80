import Formats
import Graphics
import Statistics
import Testing
import ValueModels

@testable import Figures

/// The map of segments and the criteria of mixtures and trees.
@Suite struct SegmentMapFigureTests {
  /// Invented groups with places, arrows and the criteria of a mixture.
  private static func mapped(_ names: [String], _ variables: [String], seed: UInt64 = 3, spread: Double = 1) -> Findings
  {
    var generator = SeededGenerator(seed: seed)
    var findings = SegmentFixture.findings(names: names, ratings: variables, shares: [])
    var map = FindingsTable(
      "map", title: "Map",
      columns: [
        .init("segment", .integer), .init("name", .text), .init("x"), .init("y"), .init("sd_x"), .init("sd_y"),
        .init("correlation"),
      ])
    for (at, name) in names.enumerated() {
      map.add([
        .integer(at + 1), .text(name), .number(spread * 2 * generator.normal()),
        .number(spread * 1.4 * generator.normal()),
        .number(0.7 + 0.5 * generator.uniform()), .number(0.6 + 0.5 * generator.uniform()),
        .number(generator.uniform() - 0.5),
      ])
    }
    var arrows = FindingsTable(
      "map_variables", title: "Variables", columns: [.init("variable", .text), .init("x"), .init("y")])
    for name in variables {
      arrows.add([.text(name), .number(1.4 * generator.uniform() - 0.7), .number(1.4 * generator.uniform() - 0.7)])
    }
    let families = ["eii", "vii", "eei", "vvi", "eee", "vvv"]
    var criteria = FindingsTable(
      "criteria", title: "Criteria",
      columns: [.init("segments", .integer), .init("icl"), .init("entropy"), .init("split_half")]
        + families.map { .init("bic_" + $0) } + [.init("taken", .truth)])
    for k in 1...6 {
      let half: Value = k == 1 ? .missing : .number(0.9 - 0.05 * Double(k))
      let values = families.enumerated().map { at, name -> Value in
        name == "vvv" && k > 4 ? .missing : .number(9_000 - 80 * Double(at) + 40 * Double((k - 4) * (k - 4)))
      }
      criteria.add(
        [.integer(k), .number(9_100 + Double(k)), half, half] + values + [.truth(k == names.count)])
    }
    findings.tables.removeAll { $0.name == "criteria" }
    findings.tables += [map, arrows, criteria]
    findings.facts = [
      Fact("segments", names.count), Fact("base", 900), Fact("criterion", .text("bic"), .text),
      Fact("covariance", .text("VVI"), .text), Fact("map_explained", .number(0.83), .share),
      Fact("reason", .text("4 segments have the least BIC"), .text),
    ]
    return findings
  }

  private static let walkers = mapped(
    ["Weekend strollers", "Commuters on foot", "Hill people", "Dog owners"],
    ["comfort", "price", "waterproof to the ankle", "weight", "looks", "sole", "made near here"])

  private static let all: [Findings] = [
    walkers, mapped(["A", "B"], ["x", "y"]),
    mapped((1...8).map { "Segment \($0)" }, (1...30).map { "question_\($0)" }, seed: 9, spread: 0.3),
    mapped(
      [
        "Those who buy nothing that they have not read about twice, and then not", "مشترو نهاية الأسبوع",
        "毎日歩いて通勤する人たち",
      ],
      ["a question that was asked at such length that it does not fit on one line of any picture", "q2", "q3"], seed: 5),
  ]

  @Test(arguments: all.indices, FigureWidth.allCases) func `no words meet or leave the page`(
    index: Int, width: FigureWidth
  ) throws {
    for name in ["map", "criteria"] {
      let kind = try #require(FigureCatalogue.figure(name, of: Self.all[index]))
      let figure = try kind.draw(SegmentFixture.context(Self.all[index], width))
      #expect(DrawnMarks(figure.drawing).faults == [], "\(name)")
      #expect(figure.alt.count <= 150 && figure.table != nil && !figure.description.isEmpty)
    }
  }

  @Test func `titles state findings`() throws {
    let context = SegmentFixture.context(Self.walkers)
    #expect(try SegmentMapFigure.draw(context).title.contains("lie farthest apart, most of all on"))
    #expect(try SegmentMapFigure.draw(context).subtitle.contains("83%"))
    #expect(try CriteriaFigure.draw(context).title == "4 segments: the least BIC")
  }

  /// A centre and an ellipse a segment, and no mark for a person.
  @Test func `nobody is shown singly`() throws {
    let figure = try SegmentMapFigure.draw(SegmentFixture.context(Self.walkers))
    func count(_ role: Role, _ marks: [Mark]) -> Int {
      marks.reduce(0) { sum, mark in
        switch mark {
        case .path(_, _, _, role): sum + 1
        case .group(_, let inner): sum + count(role, inner)
        default: sum
        }
      }
    }
    #expect(count(.point, figure.drawing.marks) == 4 && count(.region, figure.drawing.marks) == 4)
  }

  @Test func `hidden segments have no place, and one alone is no map`() {
    var findings = Self.mapped(["A", "B"], ["x", "y"])
    findings.tables.removeAll { $0.name == "map" }
    var map = FindingsTable(
      "map", title: "Map",
      columns: [
        .init("segment", .integer), .init("name", .text), .init("x"), .init("y"), .init("sd_x"), .init("sd_y"),
        .init("correlation"),
      ])
    map.add([.integer(1), .text("A"), .number(1), .number(1), .number(1), .number(1), .number(0)])
    map.add([.integer(2), .text("B"), .missing, .missing, .missing, .missing, .missing])
    findings.tables.append(map)
    #expect(!FigureCatalogue.figures(of: findings).contains { $0.name == "map" })
    #expect(throws: NothingToDraw.self) { try SegmentMapFigure.draw(SegmentFixture.context(findings)) }
  }

  @Test(arguments: ["map", "criteria"]) func `figures are as recorded`(name: String) throws {
    let kind = try #require(FigureCatalogue.figure(name, of: Self.walkers))
    let figure = try kind.draw(SegmentFixture.context(Self.walkers))
    expectGolden("segments-mixture-\(name)", figure.drawing.transcript)
  }
}
