import Testing

@testable import ValueModels

/// Tables too small or too plain for each method: refused with the file, the cell or the name, never a crash or an empty map.
@Suite struct FewBrandsTests {
  private static let methods = ["correspondence", "principal-components", "discriminant", "multidimensional-scaling"]

  /// 12 respondents rate the brands on three attributes; in long form where asked.
  private func csv(_ brands: Int, long: Bool = false, respondents: Int = 12, score: (Int, Int, Int) -> Int) -> String {
    var lines = [long ? "respondent,brand,attribute,score" : "respondent,brand,p,q,r"]
    for person in 0..<respondents {
      for brand in 0..<brands {
        let answers = (0..<3).map { score(person, brand, $0) }
        if long {
          lines += zip(["p", "q", "r"], answers).map { "\(person),B\(brand),\($0),\($1)" }
        } else {
          lines.append("\(person),B\(brand)," + answers.map { "\($0)" }.joined(separator: ","))
        }
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func faults(_ method: String, _ csv: String) -> [String] {
    Asking(perceptualMapKind, "data: data\nmethod: \(method)\nbootstrap: 20\npermutation: 20", ["data": csv]).faults()
  }

  private func usual(_ person: Int, _ brand: Int, _ attribute: Int) -> Int {
    1 + (person * 5 + brand * 7 + attribute * 3 + brand * attribute) % 9
  }

  @Test(arguments: methods, [1, 2]) func oneOrTwoBrands(_ method: String, _ brands: Int) {
    for long in [false, true] {
      let found = faults(method, csv(brands, long: long, score: usual))
      // At the last brand there is.
      #expect(
        found.contains { $0.hasPrefix("data/data.csv:") && $0.hasSuffix(":3 analysis.too-few-brands") },
        "\(method), \(brands), \(long): \(found)")
    }
  }

  @Test func fewerRespondentsThanNeeded() {
    let found = Asking(
      perceptualMapKind, "data: data\nmethod: discriminant", ["data": csv(3, respondents: 1, score: usual)]
    ).refusals()
    #expect(found.map(\.id) == ["analysis.too-few-respondents"])
    #expect(found.first?.message.contains("6") == true)
    #expect(found.first?.position?.file == "data/data.csv" && found.first?.position?.column == 3)
  }

  @Test func singularWithinBrands() {
    // r is the sum of p and q, but for what varies with the brand.
    let found = Asking(
      perceptualMapKind, "data: data\nmethod: discriminant",
      [
        "data": csv(4) { person, brand, attribute in
          attribute < 2
            ? usual(person, brand, attribute) : usual(person, brand, 0) + usual(person, brand, 1)
        }
      ]
    ).refusals()
    #expect(found.map(\.id) == ["analysis.singular-within"])
    #expect(found.first?.position.map { "\($0)" }?.hasPrefix("data/data.csv:1:") == true)
    #expect(found.first?.message.contains("'p'") == true && found.first?.message.contains("'r'") == true)
  }

  @Test(arguments: methods) func brandsThatAreAllAlike(_ method: String) {
    let found = faults(method, csv(4) { person, _, attribute in 1 + (person * (attribute + 2)) % 7 })
    #expect(found.count >= 1)
    #expect(
      found.allSatisfy { $0.hasSuffix("analysis.no-association") || $0.hasSuffix("analysis.constant-attribute") },
      "\(method): \(found)")
  }

  @Test func asymmetryIsToldAtItsCell() {
    #expect(
      Asking(
        perceptualMapKind, "data: data", ["data": "brand,A,B,C,D\nA,0,3,4,5\nB,3,0,2,6\nC,4,2,0,1\nD,5,7,1,0\n"]
      ).faults().contains { $0.hasPrefix("data/data.csv:") && $0.hasSuffix("analysis.asymmetric") })
  }
}
