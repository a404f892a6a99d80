import Testing

@testable import ValueModels

/// Maps of other dimensions than the first two. Numbers of the smokers from R: `ca(smoke, nd = 3)` of the package ca 0.71.
@Suite struct FurtherMapTests {
  private func smoke(_ settings: String) throws -> Findings {
    try Asking(perceptualMapKind, "data: data\nbrand: staff\n" + settings, ["data": smokers]).findings()
  }

  private func expect(_ found: [Double?]?, _ expected: [Double], sourceLocation: SourceLocation = #_sourceLocation) {
    #expect(
      found?.count == expected.count
        && zip(found ?? [], expected).allSatisfy { abs(($0 ?? .infinity) - $1) < 1e-8 },
      "\(String(describing: found))", sourceLocation: sourceLocation)
  }

  @Test func theThirdDimensionIsInTheScalingOfTheOthers() throws {
    let findings = try smoke("figures: [map-1-3, map-2-3]")
    #expect(findings.setting("figures") == .list([.text("map-1-3"), .text("map-2-3")]))
    let brands = try #require(findings.table("brands"))
    #expect(brands.columns.map(\.name).prefix(4) == ["brand", "x", "y", "z"])
    #expect(brands.numbers("z") == brands.numbers("dim_3"))
    let attributes = try #require(findings.table("attributes"))
    // Squared lengths of the arrows are contributions on this axis too.
    let squares = attributes.numbers("z").map { ($0 ?? 0) * ($0 ?? 0) * 100 }
    expect(attributes.numbers("contribution_3"), squares)
    expect(attributes.numbers("z").map { $0.map(abs) }, [0.02461699779, 0.52231780872, 0.71512461716, 0.46386947739])
    expect(brands.numbers("quality_1_3"), [0.1996636102, 0.5353175391, 0.9992162803, 0.9421237578, 0.8667430026])
    expect(
      brands.numbers("quality_2_3"),
      [0.9077679743417, 0.4736000874861, 0.0009670519477, 0.0580658815049, 0.1346544940652])
    expect(attributes.numbers("quality_2_3"), [0.005979609511, 0.673273836874, 0.018151954005, 0.315602261140])
  }

  @Test func withoutTheSettingNothingIsAdded() throws {
    let brands = try #require(try smoke("").table("brands"))
    #expect(brands.index(of: "z") == nil && brands.index(of: "quality_1_3") == nil)
  }

  @Test func onlyTheMapAskedForIsAdded() throws {
    let brands = try #require(try smoke("figures: map-2-3").table("brands"))
    #expect(brands.index(of: "z") != nil && brands.index(of: "quality_2_3") != nil)
    #expect(brands.index(of: "quality_1_3") == nil)
  }

  @Test func anUnknownFigureIsRefusedWithTheNearestName() {
    #expect { try smoke("figures: [map-1-4]") } throws: { error in
      "\(error)".contains("map-1-4") && "\(error)".contains("did you mean")
    }
  }

  @Test func twoDimensionsHaveNoThird() throws {
    let findings = try Asking(
      perceptualMapKind, "data: data\nfigures: [map-1-3]", ["data": "brand,a,b,c\nP,9,2,1\nQ,3,8,2\nR,1,2,7"]
    ).findings()
    #expect(findings.cautions.contains { $0.id == "no-third-dimension" })
    #expect(findings.table("brands")?.index(of: "z") == nil)
  }
}
