import Testing

@testable import ValueModels

/// Smoking by rank in a fictitious firm: Greenacre, *Correspondence Analysis in Practice* (2007); numbers printed in
/// Nenadić & Greenacre, *Journal of Statistical Software* 20(3), 2007.
let smokers = """
  staff,none,light,medium,heavy
  SM,4,2,3,2
  JM,4,3,7,4
  SE,25,10,12,4
  JE,18,24,33,13
  SC,10,6,7,2
  """

private func near(_ a: [Double?], _ b: [Double], within tolerance: Double = 5e-7) -> Bool {
  a.count == b.count && zip(a, b).allSatisfy { abs(($0 ?? .infinity) - $1) <= tolerance }
}

@Suite struct PerceptualMapTests {
  func smoke(_ settings: String = "") throws -> Findings {
    try Asking(perceptualMapKind, "data: data\nbrand: staff\n" + settings, ["data": smokers]).findings()
  }

  @Test func publishedNumbersOfTheSmokers() throws {
    let findings = try smoke()
    let dimensions = try #require(findings.table("dimensions"))
    #expect(near(dimensions.numbers("eigenvalue"), [0.074759, 0.010017, 0.000414], within: 1e-6))
    #expect(near(dimensions.numbers("percent"), [87.8, 11.8, 0.5], within: 0.05))
    #expect(dimensions.numbers("cumulative").last == 100)
    let brands = try #require(findings.table("brands"))
    #expect(brands.texts("brand") == ["SM", "JM", "SE", "JE", "SC"])
    #expect(near(brands.numbers("mass"), [0.056995, 0.093264, 0.264249, 0.455959, 0.129534], within: 1e-6))
    // The first axis is turned so that 'none', the attribute farthest out, lies to the right.
    #expect(near(brands.numbers("dim_1"), [0.065768, -0.258958, 0.380595, -0.232952, 0.201089], within: 1e-6))
    #expect(near(brands.numbers("dim_2"), [0.193737, 0.243305, 0.01066, -0.057744, -0.078911], within: 1e-6))
    #expect(near(brands.numbers("contribution_1"), [0.3, 8.4, 51.2, 33.1, 7.0], within: 0.05))
    #expect(near(brands.numbers("quality"), [0.893, 0.991, 1.0, 1.0, 0.999], within: 5e-4))
    #expect(brands.values("base") == [11, 18, 51, 88, 25].map { .integer($0) })
    let attributes = try #require(findings.table("attributes"))
    #expect(near(attributes.numbers("dim_1"), [0.393308, -0.099456, -0.196321, -0.293776], within: 1e-6))
    #expect(findings.number("explained").map { abs($0 - 0.995) < 5e-4 } == true)
    #expect(findings.number("inertia").map { abs($0 - 0.08519) < 1e-5 } == true)
    #expect(findings.fact("answers") == .integer(193))
    #expect(findings.fact("base") == nil)
    #expect(findings.data == [DataUse(name: "data", rows: 5, used: 5, sha256: "00")])
  }

  @Test func columnsAreThoseOfTheContract() throws {
    let findings = try smoke()
    #expect(findings.tables.map(\.name) == ["dimensions", "brands", "attributes", "axes", "distances"])
    let dims = ["dim_1", "dim_2", "dim_3"]
    let contributions = ["contribution_1", "contribution_2", "contribution_3"]
    #expect(
      findings.table("brands")?.columns.map(\.name)
        == ["brand", "x", "y"] + dims + ["mass", "inertia", "quality"] + contributions + ["base"])
    #expect(findings.table("attributes")?.columns.first?.name == "attribute")
    #expect(findings.table("distances")?.columns.map(\.name) == ["brand", "other", "distance", "distinguished"])
    #expect(findings.table("distances")?.rows.count == 10)
    #expect(findings.table("distances")?.rows[0][2].number.map { abs($0 - 0.34476607501369) < 1e-10 } == true)
  }

  @Test func everySettingIsPrinted() throws {
    let findings = try smoke("bootstrap: 1000")
    #expect(
      findings.method.settings.map(\.name) == ["data"] + perceptualMapKind.settings.map(\.name) + ["base_of"])
    #expect(findings.setting("scaling") == .text("brand-principal"))
    #expect(findings.setting("input") == .text("counts"))
    #expect(findings.setting("bootstrap") == SettingValue.none)
    #expect(findings.setting("base_of") == .text("answers"))
    #expect(findings.cautions.map(\.id) == ["no-respondents", "no-structure"])
    #expect(findings.title == "Brand map")
  }

  /// `x` and `y` by the scaling, `dim_*` the same in all.
  @Test(arguments: MapScaling.allCases) func scalings(_ scaling: MapScaling) throws {
    let findings = try smoke("scaling: \(scaling.rawValue)")
    let brands = try #require(findings.table("brands"))
    let attributes = try #require(findings.table("attributes"))
    #expect(near(attributes.numbers("dim_1"), [0.393308, -0.099456, -0.196321, -0.293776], within: 1e-6))
    let brandsArePrincipal = brands.numbers("x") == brands.numbers("dim_1")
    #expect(brandsArePrincipal == (scaling != .attributePrincipal))
    switch scaling {
    case .brandPrincipal, .contribution:
      #expect(near(attributes.numbers("x"), [0.80870009, -0.17564112, -0.40696007, -0.38670126], within: 1e-8))
      let squares = attributes.numbers("x").map { ($0 ?? 0) * ($0 ?? 0) * 100 }
      #expect(near(attributes.numbers("contribution_1"), squares, within: 1e-9))
    case .attributePrincipal, .symmetric:
      #expect(attributes.numbers("x") == attributes.numbers("dim_1"))
    case .biplot:
      #expect(near([attributes.numbers("x")[0]], [0.393308 / 0.074759.squareRoot()], within: 1e-4))
    }
    #expect(findings.cautions.map(\.id) == (scaling == .symmetric ? ["between-clouds"] : []) + ["no-structure"])
  }

  /// The national average of Greenacre's book: a row with a place and no say.
  @Test func supplementaryPoints() throws {
    let ask = Asking(
      perceptualMapKind, "data: data\nbrand: staff\nsupplementary: {brands: [Average], attributes: [never]}",
      [
        "data": smokers.replacing("heavy", with: "heavy,never")
          .replacing(",2\n", with: ",2,0\n").replacing("JM,4,3,7,4", with: "JM,4,3,7,4,1")
          .replacing("12,4", with: "12,4,5").replacing("33,13", with: "33,13,10").replacing(
            "SC,10,6,7,2", with: "SC,10,6,7,2,7")
          + "\nAverage,42,29,20,9,100"
      ])
    let findings = try ask.findings()
    let brands = try #require(findings.table("brands"))
    #expect(near([brands.numbers("dim_1")[5], brands.numbers("dim_2")[5]], [0.25836813, -0.11764785], within: 1e-8))
    #expect(brands.values("supplementary").last == .truth(true))
    #expect(brands.values("supplementary").first == .truth(false))
    #expect(brands.numbers("mass").last == 0)
    #expect(findings.fact("brands") == .integer(6))
    #expect(findings.table("attributes")?.values("supplementary").last == .truth(true))
    #expect(findings.method.summary.contains("5 brands by 4 attributes"))
    #expect(
      near(findings.table("dimensions")?.numbers("eigenvalue") ?? [], [0.074759, 0.010017, 0.000414], within: 1e-6))
  }

  @Test func orientTurnsAxesAndKeepsTheRest() throws {
    let plain = try smoke()
    let turned = try smoke("orient: {right: heavy, up: light}")
    let before = try #require(plain.table("brands"))
    let after = try #require(turned.table("brands"))
    #expect(after.numbers("dim_1").map { -($0 ?? 0) } == before.numbers("dim_1").map { $0 ?? 1 })
    #expect(after.numbers("dim_2").map { -($0 ?? 0) } == before.numbers("dim_2").map { $0 ?? 1 })
    #expect(after.numbers("quality") == before.numbers("quality"))
  }

  /// Three brands by two attributes, by hand: correlation −1, so one dimension holds all.
  @Test func componentsOfATable() throws {
    let csv = "brand,a,b,c\nX,1,6,0\nY,2,4,1\nZ,3,2,5"
    let findings = try Asking(perceptualMapKind, "data: data\nmethod: principal-components", ["data": csv]).findings()
    let eigenvalues = findings.table("dimensions")?.numbers("eigenvalue") ?? []
    #expect(abs(eigenvalues.compactMap { $0 }.reduce(0, +) - 3) < 1e-12)
    #expect(findings.setting("scale") == .text("correlation"))
    #expect(findings.table("brands")?.values("base") == [.missing, .missing, .missing])
    // a and b are mirror images.
    let loadings = findings.table("attributes")?.numbers("dim_1").compactMap { $0 } ?? []
    #expect(abs(loadings[0] + loadings[1]) < 1e-12)
    #expect(findings.cautions.isEmpty)
    let covariances = try Asking(
      perceptualMapKind, "data: data\nmethod: principal-components\nscale: covariance", ["data": csv]
    ).findings()
    // Variances with divisor n: 2/3 + 8/3 + 14/3.
    let sum = covariances.table("dimensions")?.numbers("eigenvalue").compactMap { $0 }.reduce(0, +)
    #expect(abs((sum ?? 0) - 8) < 1e-12)
  }

  @Test func aTableOfBrandsByBrandsIsTakenForDissimilarities() throws {
    let csv = "brand,A,B,C\nA,,2,3\nB,2,,4\nC,3,4,"
    let findings = try Asking(perceptualMapKind, "data: data", ["data": csv]).findings()
    #expect(findings.setting("input") == .text("dissimilarities"))
    #expect(findings.setting("method") == .text("multidimensional-scaling"))
    #expect(!findings.cautions.contains { $0.id == "not-computed" })
    let counts = csv.replacing("A,,", with: "A,9,").replacing("2,,4", with: "2,9,4").replacing("4,", with: "4,9")
    let switching = try Asking(perceptualMapKind, "data: data\nmethod: correspondence", ["data": counts]).findings()
    #expect(switching.setting("input") == .text("counts"))
  }

  @Test func smallBasesAndEmptyCellsAreSaid() throws {
    var ask = Asking(perceptualMapKind, "data: data\nbrand: staff", ["data": smokers + "\nXX,3,,4,1"])
    ask.privacy = Privacy(minimumBase: 20, suppressBelow: 10)
    let findings = try ask.findings()
    #expect(findings.cautions.map(\.id) == ["incomplete-rows", "small-base", "no-structure"])
    #expect(findings.cautions[0].rows == ["XX"])
    #expect(findings.cautions[1].message == "2 of 5 brands rest on fewer than 20 answers")
    #expect(findings.cautions[1].rows == ["SM", "JM"])
    #expect(findings.dropped == [DroppedRow(data: "data", line: 7, reason: "no value in 'light'")])
    #expect(findings.data[0].dropped == 1)
  }
}
