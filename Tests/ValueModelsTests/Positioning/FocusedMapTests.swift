import Testing

@testable import ValueModels

/// `focus: true`: the map turned so that our brand is shown whole. Numbers of the smokers as in `FocusRotationTests`.
@Suite struct FocusedMapTests {
  private func smoke(_ settings: String) throws -> Findings {
    try Asking(perceptualMapKind, "data: data\nbrand: staff\n" + settings, ["data": smokers]).findings()
  }

  @Test func ourBrandIsShownWhole() throws {
    let findings = try smoke("own: JM\nfocus: true")
    #expect(findings.setting("focus") == .truth(true))
    #expect(findings.method.summary.contains("turned so that JM is shown whole"))
    let quality = try #require(findings.table("brands")?.numbers("quality"))
    for (found, expected) in zip(quality, [0.8168896555, 1, 0.9993055419, 0.9999996832, 0.9907599211]) {
      #expect(abs((found ?? 0) - expected) < 1e-8)
    }
    let percent = try #require(findings.table("dimensions")?.numbers("percent"))
    #expect(percent[0].map { abs($0 - 87.73277929) < 1e-6 } == true)
    #expect(percent[1].map { abs($0 - 11.59579386) < 1e-6 } == true)
    #expect(findings.number("explained").map { abs($0 - 0.9932857315) < 1e-8 } == true)
    // Distances are over all dimensions, so they do not change.
    let before = try smoke("own: JM").table("distances")?.numbers("distance") ?? []
    for (a, b) in zip(before, findings.table("distances")?.numbers("distance") ?? []) {
      #expect(abs((a ?? 0) - (b ?? 1)) < 1e-12)
    }
  }

  @Test func orientTurnsTheNewAxes() throws {
    let findings = try smoke("own: JM\nfocus: true\norient: {right: heavy, up: heavy}")
    let attributes = try #require(findings.table("attributes"))
    #expect((attributes.numbers("x")[3] ?? -1) > 0 && (attributes.numbers("y")[3] ?? -1) > 0)
  }

  @Test func itNeedsOurBrandAndDistances() {
    #expect { try smoke("focus: true") } throws: { "\($0)".contains("settings.missing") }
    #expect { try smoke("own: JM\nfocus: true\nscaling: attribute-principal") } throws: {
      "\($0)".contains("attribute-principal")
    }
  }

  @Test(arguments: ["correspondence", "principal-components", "discriminant"])
  func regionsLieAroundTheTurnedPlaces(_ method: String) throws {
    var csv = "respondent,brand,a,b,c,d\n"
    let brands = ["Ash", "Oak", "Elm", "Fir", "Yew"]
    for person in 0..<40 {
      for (at, brand) in brands.enumerated() {
        let scores = (0..<4).map { 1 + (at * (2 + $0) + person * (3 + 2 * $0) + at * at * $0 + (person % 7) * at) % 5 }
        csv += "\(person),\(brand),\(scores.map(String.init).joined(separator: ","))\n"
      }
    }
    let findings = try Asking(
      perceptualMapKind, "data: data\nmethod: \(method)\nown: Elm\nfocus: true\nbootstrap: 60\npermutation: 40",
      ["data": csv]
    ).findings()
    let places = try #require(findings.table("brands"))
    #expect(places.numbers("quality")[2].map { abs($0 - 1) < 1e-9 } == true)
    let regions = try #require(findings.table("regions"))
    #expect(regions.numbers("x") == places.numbers("x"))
    #expect(regions.numbers("sd_x").allSatisfy { ($0 ?? 0) > 0 })
    // The test is of the map before it was turned.
    let plain = try Asking(
      perceptualMapKind, "data: data\nmethod: \(method)\nown: Elm\nbootstrap: 60\npermutation: 40", ["data": csv]
    ).findings()
    #expect(findings.number("p_value") == plain.number("p_value"))
    #expect(findings.number("f") == plain.number("f"))
  }
}
