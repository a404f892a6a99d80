import Figures
import Graphics
import Testing
import ValueModels

/// Figures of scaled and judged maps, of an invented market of seven brands.
@Suite struct ScalingFiguresTests {
  static let names = ["Kestrel", "Heron", "Plover", "Lapwing", "Dunlin", "Curlew", "Godwit"]
  static let places: [(Double, Double)] = [
    (1.1, 0.1), (0.9, -0.4), (-0.2, 0.8), (-1.0, 0.3), (-0.8, -0.5), (0.1, -0.6), (-0.1, 0.3),
  ]

  static func scaled() -> Findings {
    var findings = Findings(
      id: "alike", type: "perceptual-map", title: "Alike",
      method: Method(
        summary: "Ordinal scaling of an invented table",
        settings: [.init("method", .text("multidimensional-scaling")), .init("level", .text("ordinal"))]))
    findings.facts = [Fact("brands", names.count), Fact("stress", 0.087)]
    findings.data = [DataUse(name: "alike", rows: 7, used: 7, sha256: "", source: .survey)]
    var dimensions = FindingsTable("dimensions", title: "", columns: [.init("dimension", .integer), .init("stress")])
    for (at, stress) in [0.25, 0.087, 0.03, 0.01].enumerated() { dimensions.add([.integer(at + 1), .number(stress)]) }
    var brands = FindingsTable(
      "brands", title: "", columns: [.init("brand", .text), .init("x"), .init("y"), .init("dim_1"), .init("dim_2")])
    var distances = FindingsTable(
      "distances", title: "",
      columns: [
        .init("brand", .text), .init("other", .text), .init("distance"), .init("dissimilarity"), .init("disparity"),
      ])
    for (i, (x, y)) in places.enumerated() {
      brands.add([.text(names[i]), .number(x), .number(y), .number(x), .number(y)])
      for j in (i + 1)..<max(i + 1, places.count) {
        let (a, b) = (x - places[j].0, y - places[j].1)
        let distance = (a * a + b * b).squareRoot()
        let steps = (distance * 20).rounded() / 20
        distances.add([.text(names[i]), .text(names[j]), .number(distance), .number(steps * 3), .number(steps)])
      }
    }
    findings.tables = [dimensions, brands, distances]
    return findings
  }

  static func judged(judges: Int = 3, w: Double? = 0.9) -> Findings {
    var findings = Findings(
      id: "experts", type: "judgement-map", title: "Experts",
      method: Method(
        summary: "Mean places of \(judges) judges",
        settings: [
          .init("x", .text("price")), .init("y", .text("ease_of_use")), .init("centre", .text("mean")),
          .init("own", .text("Heron")),
        ]))
    findings.facts = [
      Fact("judges", judges), Fact("brands", names.count), Fact("congruence", 0.8), Fact("congruence_p", 0.004),
    ]
    if let w {
      findings.facts += [
        Fact("agreement_x", w), Fact("agreement_y", w / 2), Fact("agreement_p_x", 0.01), Fact("agreement_p_y", 0.3),
      ]
    }
    findings.data = [DataUse(name: "drawn", rows: 21, used: 21, sha256: "", source: .judgement)]
    var brands = FindingsTable(
      "brands", title: "",
      columns: [
        .init("brand", .text), .init("x"), .init("y"), .init("judges", .integer), .init("sd_x"), .init("sd_y"),
        .init("correlation"),
      ])
    var gap = FindingsTable(
      "gap", title: "",
      columns: [
        .init("brand", .text), .init("x"), .init("y"), .init("measured_x"), .init("measured_y"), .init("distance"),
        .init("relative"),
      ])
    for (i, (x, y)) in places.enumerated() {
      let spread = Double(i % 3) * 0.3
      brands.add([
        .text(names[i]), .number(5 + 4 * x), .number(5 + 3 * y), .integer(judges),
        judges > 2 ? .number(spread) : .missing, judges > 2 ? .number(0.4) : .missing,
        judges > 2 ? .number(0.5) : .missing,
      ])
      gap.add([
        .text(names[i]), .number(x * 0.8 + 0.1), .number(y * 0.7), .number(x), .number(y),
        .number(0.1 * Double(i + 1)), .number(0.1 * Double(i + 1)),
      ])
    }
    findings.tables = [brands, gap]
    return findings
  }

  private func draw(_ name: String, _ findings: Findings, _ width: FigureWidth = .normal) throws -> Figure {
    let kind = try #require(FigureCatalogue.figure(name, of: findings))
    return try kind.draw(MapFixture.context(findings, width))
  }

  @Test(arguments: ["map", "shepard", "scree"], FigureWidth.allCases)
  func scaledFiguresAreAsRecorded(_ name: String, _ width: FigureWidth) throws {
    let figure = try draw(name, Self.scaled(), width)
    DrawingChecks(figure.drawing).expectSound()
    #expect(figure.alt.count <= 150 && figure.reading?.isEmpty == false)
    if width == .normal { expectGolden("scaled-\(name)", figure.drawing.transcript) }
  }

  @Test(arguments: ["map", "gap"], FigureWidth.allCases)
  func judgedFiguresAreAsRecorded(_ name: String, _ width: FigureWidth) throws {
    let figure = try draw(name, Self.judged(), width)
    DrawingChecks(figure.drawing).expectSound()
    #expect(figure.subtitle.hasPrefix("Judgement of 3 judges"))
    if width == .normal { expectGolden("judged-\(name)", figure.drawing.transcript) }
  }

  @Test func aScaledMapHasNoAxesAndSaysWhatCounts() throws {
    let figure = try draw("map", Self.scaled())
    #expect(!figure.drawing.transcript.contains("axis"))
    #expect(figure.title == "Plover and Godwit are seen most alike")
    #expect(figure.subtitle == "7 brands, placed by how unlike they are; stress 0.09")
    #expect(figure.reading?.contains("Only distances count") == true)
  }

  /// With respondents the brands stand on regions, and one that has no say is told from the others.
  @Test(arguments: FigureWidth.allCases) func regionsOfAScaledMap(_ width: FigureWidth) throws {
    var findings = Self.scaled()
    var regions = FindingsTable(
      "regions", title: "",
      columns: [.init("brand", .text), .init("x"), .init("y"), .init("sd_x"), .init("sd_y"), .init("correlation")])
    for (name, (x, y)) in zip(Self.names, Self.places) {
      regions.add([.text(name), .number(x), .number(y), .number(0.06), .number(0.04), .number(0.3)])
    }
    findings.tables.append(regions)
    findings.facts += [Fact("resamples", 1_000), Fact("undistinguished_pairs", 1)]
    let figure = try draw("map", findings, width)
    DrawingChecks(figure.drawing).expectSound()
    #expect(DrawingChecks(figure.drawing).caption.contains("llipses: 95% of 1,000 resamples of respondents"))
    if width == .normal { expectGolden("scaled-map-regions", figure.drawing.transcript) }
  }

  @Test func titlesOfJudgedMaps() throws {
    #expect(try draw("map", Self.judged()).title == "The judges agree on “price”, hardly on “ease of use”")
    #expect(try draw("map", Self.judged(judges: 1, w: nil)).title == "Where 1 judge put 7 brands")
    #expect(try draw("gap", Self.judged()).title == "The judges see the market much as buyers do, and Godwit least so")
  }

  @Test func nothingToDraw() {
    var empty = Self.scaled()
    empty.tables[2] = FindingsTable("distances", title: "", columns: empty.tables[2].columns)
    #expect(throws: NothingToDraw.self) { try draw("shepard", empty) }
    var bare = Self.judged()
    bare.tables = [FindingsTable("brands", title: "", columns: bare.tables[0].columns)]
    #expect(FigureCatalogue.figures(of: bare).isEmpty)
  }
}
