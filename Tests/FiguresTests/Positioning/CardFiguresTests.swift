import Figures
import Graphics
import Testing
import ValueModels

/// Positioning cards of an invented market of birds.
@Suite struct CardFiguresTests {
  private static let slots = [
    "segment", "slug", "target", "need", "pain_point", "brand", "category", "benefit", "basis", "alternative",
    "difference", "proof", "attribute", "statement",
  ]

  private static let cards: [[String]] = [
    [
      "Early risers", "early-risers", "people up before six", "song before dawn", "silence until seven", "Heron",
      "morning bird", "sings at first light", "experiential", "Kestrel", "sings in any weather",
      "A year of recordings", "song", "For people up before six …",
    ],
    [
      "Gardeners & friends", "gardeners-friends", "owners of wet gardens", "", "", "Heron", "pond bird", "",
      "functional, symbolic", "Plover", "reaches the deep end", "", "fishing", "For owners of wet gardens …",
    ],
    [
      "Others", "others", "anybody", "a bird", "none", "Heron", "bird", "is one", "functional", "none", "has feathers",
      "look", "", "For anybody …",
    ],
  ]

  static func findings(hasMap: Bool = true, copies: Int = 1) -> Findings {
    var findings = Findings(
      id: "promise", type: "positioning", title: "Promise",
      method: Method(summary: "3 positioning statements, 2 claims checked on “Birds”"))
    findings.data = [DataUse(name: "statements", rows: 3, used: 3, sha256: "", source: .judgement)]
    findings.facts = [Fact("statements", 3 * copies)]
    var statements = FindingsTable("statements", title: "", columns: slots.map { .init($0, .text) })
    for copy in 0..<copies {
      for var card in cards {
        if copy > 0 { for at in 0..<2 { card[at] += "-\(copy)" } }
        statements.add(card.map { $0.isEmpty ? .missing : .text($0) })
      }
    }
    var lint = FindingsTable(
      "lint", title: "", columns: [.init("segment", .text), .init("rule", .text), .init("message", .text)])
    lint.add([.text("Gardeners & friends"), .text("no-proof"), .text("no proof")])
    findings.tables = [statements, lint]
    guard hasMap else { return findings }
    findings.facts += [Fact("claims", 2), Fact("supported", 1)]
    var claims = FindingsTable(
      "claims", title: "",
      columns: [
        .init("segment", .text), .init("attribute", .text), .init("brand", .text), .init("rank", .integer),
        .init("brands", .integer), .init("ahead", .truth), .init("leader", .text), .init("x"), .init("y"),
      ])
    claims.add([
      .text("Early risers"), .text("song"), .text("Heron"), .integer(1), .integer(7), .truth(true), .text("Heron"),
      .number(0.8), .number(-0.4),
    ])
    claims.add([
      .text("Gardeners & friends"), .text("fishing"), .text("Heron"), .integer(4), .integer(7), .truth(false),
      .text("Lapwing"), .number(-0.9), .number(0.2),
    ])
    var places = FindingsTable("places", title: "", columns: [.init("brand", .text), .init("x"), .init("y")])
    for (name, (x, y)) in zip(ScalingFiguresTests.names, ScalingFiguresTests.places) {
      places.add([.text(name), .number(x), .number(y)])
    }
    findings.tables += [claims, places]
    return findings
  }

  private func draw(_ findings: Findings, _ name: String? = nil, _ width: FigureWidth = .normal) throws -> Figure {
    try #require(FigureCatalogue.figure(name, of: findings)).draw(MapFixture.context(findings, width))
  }

  @Test func cardsAreSound() throws {
    for width in FigureWidth.allCases {
      for hasMap in [true, false] {
        let findings = Self.findings(hasMap: hasMap)
        for kind in FigureCatalogue.figures(of: findings) {
          let figure = try draw(findings, kind.name, width)
          DrawingChecks(figure.drawing).expectSound("\(kind.name) \(width)")
          #expect(figure.alt.count <= 150)
        }
      }
    }
  }

  @Test func golden() throws {
    expectGolden("cards", try draw(Self.findings()).drawing.transcript)
    expectGolden("card-narrow", try draw(Self.findings(), "card-gardeners-friends", .narrow).drawing.transcript)
  }

  @Test func titlesStateTheFinding() throws {
    #expect(
      FigureCatalogue.figures(of: Self.findings()).map(\.name) == [
        "card", "card-early-risers", "card-gardeners-friends", "card-others",
      ])
    let all = try draw(Self.findings())
    #expect(all.title == "1 of 2 claims checked holds on the map")
    #expect(all.subtitle == "Positioning statements for Heron")
    #expect(all.drawing.areas.map(\.target).first == "row/statements/Early risers")
    #expect(try draw(Self.findings(hasMap: false)).title == "What we promise to 3 segments")
    #expect(
      try draw(Self.findings(), "card-early-risers").title
        == "Early risers: sings at first light – and buyers see Heron ahead")
    #expect(
      try draw(Self.findings(), "card-gardeners-friends").title
        == "Gardeners & friends: no promise is stated – and buyers do not see Heron ahead")
    let texts = DrawingChecks(all.drawing).texts.map(\.string)
    #expect(texts.count { $0 == "not stated" } == 3 && texts.contains("No promise stated"))
    #expect(all.description[1].hasSuffix("behind Lapwing. 1 fault found."))
  }

  @Test func manyCardsAreCut() throws {
    let figure = try draw(Self.findings(copies: 10))
    #expect(figure.drawing.areas.count == 12 && figure.drawing.size.height < 8_000)
    #expect(DrawingChecks(figure.drawing).caption.contains("18 more statements have figures of their own."))
    DrawingChecks(figure.drawing).expectSound()
  }

  @Test func longWordsAndOddPlacesStayInside() throws {
    var findings = Self.findings()
    let long = String(repeating: "unbreakable", count: 30)
    var table = FindingsTable("statements", title: "", columns: Self.slots.map { .init($0, .text) })
    table.add(Self.slots.map { $0 == "slug" ? .text("a") : .text($0 == "basis" ? "symbolic, experiential" : long) })
    findings.tables[0] = table
    for width in FigureWidth.allCases { DrawingChecks(try draw(findings, nil, width).drawing).expectSound("\(width)") }
    // One brand on the map, an attribute without direction.
    findings = Self.findings()
    var places = FindingsTable("places", title: "", columns: [.init("brand", .text), .init("x"), .init("y")])
    places.add([.text("Heron"), .number(0), .number(0)])
    findings.tables[3] = places
    DrawingChecks(try draw(findings).drawing).expectSound()
    findings.tables = []
    #expect(FigureCatalogue.figures(of: findings).isEmpty)
  }
}
