import Testing

@testable import ValueModels

/// `rotation: varimax`. Numbers as in `VarimaxTests`.
@Suite struct VarimaxMapTests {
  private let invented = """
    brand,a,b,c,d,e,f
    A,7,3,6,2,8,1
    B,2,8,3,9,1,4
    C,5,5,7,4,6,8
    D,9,2,8,1,7,3
    E,3,7,1,8,2,9
    F,6,4,5,6,9,5
    G,1,9,2,7,3,2
    H,8,1,9,3,5,7
    """

  private func map(_ settings: String) throws -> Findings {
    try Asking(perceptualMapKind, "data: data\nmethod: principal-components\n" + settings, ["data": invented])
      .findings()
  }

  @Test(arguments: ["brand-principal", "attribute-principal", "symmetric"])
  func loadingsAreRotated(_ scaling: String) throws {
    let findings = try map("rotation: varimax\nscaling: \(scaling)")
    #expect(findings.setting("rotation") == .text("varimax"))
    #expect(findings.method.summary.contains("turned by varimax"))
    #expect(findings.method.references.contains { $0.hasPrefix("Kaiser") })
    let attributes = try #require(findings.table("attributes"))
    let expected = [0.9796879191, -0.9756869172, 0.9339647146, -0.9235591519, 0.7895662675, -0.0366938716]
    for (found, expected) in zip(attributes.numbers("dim_1"), expected) {
      #expect(abs((found ?? 9) - expected) < 1e-7)
    }
    #expect((attributes.numbers("x") == attributes.numbers("dim_1")) == (scaling != "brand-principal"))
    let eigenvalues = try #require(findings.table("dimensions")?.numbers("eigenvalue"))
    #expect(eigenvalues[0].map { abs($0 - 4.2617663054) < 1e-8 } == true)
    #expect(findings.number("explained").map { abs($0 - (4.2617663054 + 1.1230272039) / 6) < 1e-8 } == true)
    // The plane is the same, only its axes are others.
    let plain = try map("scaling: \(scaling)")
    for (a, b) in zip(
      findings.table("brands")?.numbers("quality") ?? [], plain.table("brands")?.numbers("quality") ?? [])
    {
      #expect(abs((a ?? 0) - (b ?? 1)) < 1e-9)
    }
  }

  @Test func oneDimensionIsNotTurned() throws {
    let findings = try Asking(
      perceptualMapKind, "data: data\nmethod: principal-components\nrotation: varimax",
      ["data": "brand,a,b,c\nP,1,2,5\nQ,2,4,4\nR,4,8,2"]
    ).findings()
    #expect(findings.cautions.contains { $0.id == "no-rotation" })
    #expect(findings.setting("rotation") == SettingValue.none)
  }

  @Test func otherMethodsAndFocusAreRefused() {
    #expect {
      try Asking(perceptualMapKind, "data: data\nrotation: varimax", ["data": invented]).findings()
    } throws: { "\($0)".contains("varimax turns principal components") }
    #expect { try map("own: A\nrotation: varimax\nfocus: true") } throws: { "\($0)".contains("not by both") }
  }

  /// Regions of turned scores are those of the plain map, turned.
  @Test(arguments: ["brand-principal", "attribute-principal"])
  func regionsAreTurned(_ scaling: String) throws {
    var csv = "respondent,brand,a,b,c,d\n"
    for person in 0..<40 {
      for (at, brand) in ["Ash", "Oak", "Elm", "Fir", "Yew"].enumerated() {
        let scores = (0..<4).map { 1 + (at * (2 + $0) + person * (3 + 2 * $0) + at * at * $0 + (person % 7) * at) % 5 }
        csv += "\(person),\(brand),\(scores.map(String.init).joined(separator: ","))\n"
      }
    }
    func ask(_ rotation: String) throws -> Findings {
      try Asking(
        perceptualMapKind,
        "data: data\nmethod: principal-components\nscaling: \(scaling)\nrotation: \(rotation)\nbootstrap: 50\npermutation: 0",
        ["data": csv]
      ).findings()
    }
    let (turned, plain) = (try ask("varimax"), try ask("none"))
    let (a, b) = (try #require(turned.table("regions")), try #require(plain.table("regions")))
    #expect(a.numbers("x") == turned.table("brands")?.numbers("x"))
    for row in 0..<5 {
      func trace(_ table: FindingsTable) -> Double {
        ["sd_x", "sd_y"].reduce(0) { $0 + (table.numbers($1)[row] ?? 0) * (table.numbers($1)[row] ?? 0) }
      }
      #expect(abs(trace(a) - trace(b)) < 1e-9 * trace(b) && trace(a) > 0)
    }
  }
}
