import Formats
import Graphics
import Testing
import ValueModels

@testable import Figures

@Suite struct SegmentationFiguresTests {
  static let crowds: [Findings] = [
    SegmentFixture.walkers,
    SegmentFixture.findings(
      names: (1...7).map { "Segment \($0)" }, ratings: (1...10).map { "q\($0)" }, shares: []),
    SegmentFixture.findings(
      names: [
        "Those who buy nothing that they have not read about twice", "مشترو نهاية الأسبوع", "毎日歩いて通勤する人たち",
        "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamte",
      ], ratings: ["a question that was asked at such length that it does not fit on one line"],
      shares: [("payment_method", ["Bank transfer (automatic)", "Electronic check", "Mailed check"])], hidden: [3]),
    SegmentFixture.findings(
      names: ["A", "B", "C", "D", "E", "F", "G", "H", "I", "J"], ratings: ["x", "y"], shares: [("z", ["1", "2", "3"])],
      type: "segment-profile", worth: false),
    SegmentFixture.findings(names: ["Only one"], ratings: ["x"], shares: [], type: "segment-profile"),
  ]

  @Test(arguments: crowds.indices, FigureWidth.allCases) func `no words meet or leave the page`(
    index: Int, width: FigureWidth
  ) throws {
    let findings = Self.crowds[index]
    for kind in FigureCatalogue.figures(of: findings) {
      let figure = try kind.draw(SegmentFixture.context(findings, width))
      let marks = DrawnMarks(figure.drawing)
      #expect(marks.faults == [], "\(kind.name)")
      #expect(figure.alt.count <= 150)
      #expect(!figure.title.isEmpty && figure.table != nil)
    }
  }

  @Test func `figures are offered in order, those of hidden groups are not`() {
    #expect(
      FigureCatalogue.figures(of: SegmentFixture.walkers).map(\.name) == [
        "sizes", "profile", "criteria", "profile-weekend-strollers", "profile-commuters-on-foot", "profile-hill-people",
        "profile-dog-owners",
      ])
    #expect(FigureCatalogue.figures(of: Self.crowds[3]).prefix(3).map(\.name) == ["profile", "sizes", "profile-a"])
    #expect(FigureCatalogue.figures(of: Self.crowds[2]).count == 6)
  }

  @Test func `titles state findings`() throws {
    let context = SegmentFixture.context(SegmentFixture.walkers)
    #expect(try SizesFigure.draw(context).title == "Dog owners: 10% of the respondents, 40% of spend")
    #expect(try CriteriaFigure.draw(context).title == "4 segments: the largest average silhouette")
    #expect(try ProfileFigure.draw(context).title.contains("tells the groups apart most"))
  }

  @Test func `of yes and no only the yes is shown, and rows that tell the same once`() {
    let rows = SegmentContents(SegmentFixture.walkers).telling(16, each: 3)
    #expect(rows.contains { $0.label == "has a car: Yes" })
    #expect(!rows.contains { $0.label == "has a car: No" })
  }

  @Test func `what may be chance or rests on few answers is open`() throws {
    let figure = try SegmentFigure.draw(SegmentFixture.context(SegmentFixture.walkers), "commuters-on-foot")
    // Every base of the second group is 22, so every mark of it is open.
    func fills(_ marks: [Mark]) -> [String] {
      marks.flatMap { mark -> [String] in
        switch mark {
        case .path(_, let fill?, _, .point): [fill.colour.name]
        case .group(_, let inner): fills(inner)
        default: []
        }
      }
    }
    #expect(Set(fills(figure.drawing.marks)) == ["paper"])
  }

  @Test func `ratings keep their unit beside a column in another`() {
    let rows = SegmentContents(SegmentFixture.walkers).rows
    #expect(ProfileSection.split(rows).map(\.kind) == [.plain, .shares])
    var mixed = rows.filter { !$0.isShare }
    mixed[0].total = 4000
    #expect(ProfileSection.split(mixed).map(\.kind) == [.plain, .means])
    #expect(ProfileSection.split(mixed)[1].rows.map(\.label) == [mixed[0].label])
    mixed[0].total = 0
    #expect(ProfileSection.split(mixed).map(\.kind) == [.plain, .plain])
  }

  @Test(arguments: [
    (0.0, "0%"), (0.0002, "<0.1%"), (0.002, "0.2%"), (0.0096, "1.0%"), (0.28, "28%"), (0.997, "99.7%"),
    (0.9999, ">99.9%"), (1, "100%"),
  ]) func `what exists is never 0%, what lacks something never 100%`(fraction: Double, text: String) {
    #expect(Language.british.share(fraction) == text)
  }

  @Test(arguments: ["sizes", "profile", "criteria", "profile-hill-people"]) func `figures are as recorded`(name: String)
    throws
  {
    let kind = try #require(FigureCatalogue.figure(name, of: SegmentFixture.walkers))
    let figure = try kind.draw(SegmentFixture.context(SegmentFixture.walkers))
    expectGolden("segments-\(name)", figure.drawing.transcript)
  }

  @Test(arguments: FigureWidth.allCases) func `the typing tool is drawn question by question`(width: FigureWidth) throws
  {
    let kind = try #require(FigureCatalogue.figure("typing", of: SegmentFixture.typed))
    let figure = try kind.draw(SegmentFixture.context(SegmentFixture.typed, width))
    #expect(DrawnMarks(figure.drawing).faults == [])
    #expect(figure.title == "2 questions put 74% of people into their own group")
    if width == .normal { expectGolden("segments-typing", figure.drawing.transcript) }
    #expect(FigureCatalogue.figure("typing", of: SegmentFixture.walkers) == nil)
  }

  @Test func `letters stand for the groups a segment exceeds`() throws {
    let figure = try SegmentFigure.draw(SegmentFixture.context(SegmentFixture.walkers), "hill-people")
    #expect(figure.drawing.transcript.contains("A Weekend strollers"))
    #expect(SegmentWords.letters("A B D") == "ABD" && SegmentWords.letters("A B C D E F G") == "7 groups")
    let cell = SegmentContents(SegmentFixture.walkers).rows[0].cells.compactMap { $0 }.first { !$0.letters.isEmpty }
    #expect(cell != nil)
    #expect(SegmentContents(SegmentFixture.walkers).names("A D", .british) == "Weekend strollers and Dog owners")
  }

  @Test func `nothing to draw is a sentence`() {
    let none = SegmentFixture.findings(
      names: ["A", "B"], ratings: ["x"], shares: [], type: "segment-profile", hidden: [0, 1])
    #expect(FigureCatalogue.figures(of: none).isEmpty)
    #expect(throws: NothingToDraw.self) { try ProfileFigure.draw(SegmentFixture.context(none)) }
    #expect(throws: NothingToDraw.self) { try SizesFigure.draw(SegmentFixture.context(none)) }
    #expect(throws: NothingToDraw.self) { try SegmentFigure.draw(SegmentFixture.context(none), "a") }
  }
}
