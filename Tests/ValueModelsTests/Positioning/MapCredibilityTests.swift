import Statistics
import Testing

@testable import ValueModels

/// Regions of brands, pairs told apart, and the test of the first two dimensions.
@Suite struct MapCredibilityTests {
  static let names = ["a", "b", "c", "d"]

  /// Invented ticks: brands A and B are answered alike, C and D differ from them and from each other by `effect`.
  static func ticks(_ people: Int, effect: Double, seed: UInt64 = 1, extra: String = "") -> String {
    var random = SeededGenerator(seed: seed)
    var lines = ["respondent,brand," + names.joined(separator: ",") + extra]
    for person in 0..<people {
      for (at, brand) in ["A", "B", "C", "D"].enumerated() {
        let cells = names.indices.map { j in
          let shift = at == 2 ? (j == 0 ? effect : -effect / 2) : at == 3 ? (j == 1 ? effect : -effect / 2) : 0
          return random.uniform() < 0.4 + shift ? "1" : "0"
        }
        lines.append("\(person),\(brand),\(cells.joined(separator: ","))")
      }
    }
    return lines.joined(separator: "\n")
  }

  private func map(_ csv: String, _ settings: String = "", draws: String? = nil) throws -> Findings {
    try Asking(
      perceptualMapKind, "data: data\n\(draws ?? "bootstrap: 200\npermutation: 99")\n" + settings, ["data": csv]
    ).findings()
  }

  private func told(_ findings: Findings, _ a: String, _ b: String) -> Value? {
    findings.table("distances")?.rows.first { $0[0] == .text(a) && $0[1] == .text(b) }?[3]
  }

  @Test(arguments: ["correspondence", "principal-components", "discriminant"])
  func differencesAreFoundWhereThereAreSome(_ method: String) throws {
    let findings = try map(Self.ticks(200, effect: 0.4), "method: \(method)")
    #expect(findings.fact("p_value") == .number(0.01))
    #expect(findings.fact("resamples") == .integer(200))
    #expect(told(findings, "A", "B") == .truth(false))
    #expect(told(findings, "A", "C") == .truth(true))
    #expect(told(findings, "C", "D") == .truth(true))
    #expect(findings.fact("undistinguished_pairs") == .integer(1))
    let caution = try #require(findings.cautions.first { $0.id == "not-distinguished" })
    #expect(caution.message == "1 of 6 pairs of brands are not told apart: A and B")
    #expect(caution.rows == ["A", "B"])
    #expect(!findings.cautions.contains { $0.id == "no-structure" })
    #expect(findings.method.summary.contains("The map shows more than chance (p = 0.010, 99 permutations"))
    let regions = try #require(findings.table("regions"))
    #expect(regions.columns.map(\.name) == ["brand", "x", "y", "sd_x", "sd_y", "correlation"])
    let brands = try #require(findings.table("brands"))
    #expect(regions.numbers("x") == brands.numbers("x") && regions.numbers("y") == brands.numbers("y"))
    #expect(regions.numbers("sd_x").allSatisfy { ($0 ?? 0) > 0 })
    #expect(regions.numbers("correlation").allSatisfy { abs($0 ?? 2) <= 1 })
  }

  @Test(arguments: ["correspondence", "principal-components", "discriminant"])
  func chanceIsCalledChance(_ method: String) throws {
    // Over several sets of nothing the probability is seldom small.
    let found = try (1...8).map {
      try map(Self.ticks(60, effect: 0, seed: $0), "method: \(method)", draws: "bootstrap: 0\npermutation: 99")
    }
    let probabilities = found.compactMap { $0.number("p_value") }
    #expect(probabilities.count == 8)
    #expect(probabilities.count { $0 <= 0.05 } <= 2)
    #expect(probabilities.contains { $0 > 0.3 })
    let none = try #require(found.first { ($0.number("p_value") ?? 0) > 0.3 })
    #expect(none.cautions.contains { $0.id == "no-structure" && $0.message.contains("no more than chance") })
    #expect(none.table("regions") == nil && none.fact("resamples") == nil)
    #expect(told(none, "A", "B") == .missing)
  }

  @Test func brandsAnsweredIdenticallyAreNeverToldApart() throws {
    let lines = Self.ticks(80, effect: 0.4).split(separator: "\n").map(String.init)
    let twin: [String] = lines.dropFirst().filter { $0.contains(",A,") }.map { $0.replacing(",A,", with: ",E,") }
    let csv = (lines + twin).joined(separator: "\n")
    for method in ["correspondence", "principal-components", "discriminant"] {
      let findings = try map(csv, "method: \(method)")
      #expect(told(findings, "A", "E") == .truth(false), "\(method)")
      let distance = findings.table("distances")?.rows.first { $0[0] == .text("A") && $0[1] == .text("E") }?[2].number
      #expect((distance ?? 1) < 1e-9)
    }
  }

  @Test func regionsShrinkWithTheRootOfTheSample() throws {
    let lines = Self.ticks(100, effect: 0.3).split(separator: "\n").map(String.init)
    var all = lines
    for copy in 1..<4 { all += lines.dropFirst().map { "x\(copy)-\($0)" } }
    let few = try deviations(lines.joined(separator: "\n"))
    let many = try deviations(all.joined(separator: "\n"))
    #expect(few.count == 4 && many.count == 4)
    for (a, b) in zip(few, many) { #expect(abs(a / b - 2) < 0.35) }
  }

  private func deviations(_ csv: String) throws -> [Double] {
    let findings = try Asking(perceptualMapKind, "data: data\npermutation: 0", ["data": csv]).findings()
    return findings.table("regions")?.numbers("sd_x").compactMap { $0 } ?? []
  }

  /// More respondents than units: groups of them are drawn, with the same variances; respondents in another order, or in
  /// long form, are the same survey.
  @Test func largeSurveysAreDrawnInGroups() throws {
    let large = try deviations(Self.ticks(5_000, effect: 0.2))
    let small = try deviations(Self.ticks(500, effect: 0.2))
    #expect(large.count == 4 && small.count == 4)
    let expected = 10.0.squareRoot()
    for (a, b) in zip(small, large) { #expect(abs(a / b - expected) < 0.6) }
  }

  @Test func theSameSeedGivesTheSameFindings() throws {
    let csv = Self.ticks(40, effect: 0.2)
    let first = try map(csv)
    #expect(try first == map(csv))
    #expect(try map(csv, "seed: 2").table("regions") != first.table("regions"))
    #expect(try map(csv, "seed: 2").table("brands") == first.table("brands"))
  }

  @Test func theLongFormHasTheSameRegions() throws {
    let rows = Self.ticks(60, effect: 0.3).split(separator: "\n").map { $0.split(separator: ",").map(String.init) }
    var lines = ["respondent,brand,attribute,score"]
    for row in rows.dropFirst() {
      for at in 2..<6 { lines.append("\(row[0]),\(row[1]),\(rows[0][at]),\(row[at])") }
    }
    let long = lines.joined(separator: "\n")
    for method in ["correspondence", "principal-components", "discriminant"] {
      let (a, b) = try (
        map(Self.ticks(60, effect: 0.3), "method: \(method)"), map(long, "method: \(method)")
      )
      for column in ["x", "y", "sd_x", "sd_y", "correlation"] {
        let (x, y) = (a.table("regions")?.numbers(column) ?? [], b.table("regions")?.numbers(column) ?? [nil])
        #expect(x.count == y.count)
        #expect(zip(x, y).allSatisfy { abs(($0 ?? 0) - ($1 ?? 9)) < 1e-9 }, "\(method) \(column)")
      }
      #expect(a.fact("p_value") == b.fact("p_value"))
    }
  }

  /// Drawn in another scaling, regions go with the brands.
  @Test func regionsFollowTheScaling() throws {
    let csv = Self.ticks(60, effect: 0.3)
    let principal = try #require(try map(csv).table("regions"))
    let other = try map(csv, "scaling: attribute-principal")
    let (brands, regions) = try (#require(other.table("brands")), #require(other.table("regions")))
    for i in 0..<4 {
      for (at, sd, dim) in [("x", "sd_x", "dim_1"), ("y", "sd_y", "dim_2")] {
        let factor = abs((brands.numbers(at)[i] ?? 0) / (brands.numbers(dim)[i] ?? 0))
        let found = (regions.numbers(sd)[i] ?? 0) / (principal.numbers(sd)[i] ?? 0)
        #expect(abs(found / factor - 1) < 1e-9)
      }
    }
    #expect(other.table("distances") == (try map(csv).table("distances")))
  }

  @Test func switchesAndBounds() throws {
    let csv = Self.ticks(30, effect: 0.3)
    let off = try map(csv, draws: "bootstrap: false\npermutation: false")
    #expect(off.table("regions") == nil && off.fact("p_value") == nil)
    #expect(off.setting("bootstrap") == .integer(0))
    #expect(!off.cautions.contains { ["not-distinguished", "no-structure", "not-computed"].contains($0.id) })
    func faults(_ settings: String) -> [String] {
      Asking(perceptualMapKind, "data: data\n" + settings, ["data": csv]).faults()
    }
    #expect(faults("bootstrap: 5").count == 1)
    #expect(faults("bootstrap: -1").count == 1)
    #expect(faults("confidence: 1.5").count == 1)
    #expect(faults("permutation: many").count == 1)
  }

  @Test func countsHaveNoRespondentsToDraw() throws {
    let csv = "brand,x,y,z\nA,40,20,10\nB,20,40,10\nC,10,15,50"
    let plain = try Asking(perceptualMapKind, "data: data", ["data": csv]).findings()
    #expect(plain.cautions.isEmpty)
    #expect(plain.table("regions") == nil)
    // χ² of the table, by hand in R: chisq.test, 72.43, 4 degrees of freedom.
    #expect((plain.number("p_value") ?? 1) < 1e-10)
    #expect(plain.method.summary.contains("χ² test"))
    let asked = try Asking(perceptualMapKind, "data: data\nbootstrap: 500", ["data": csv]).findings()
    #expect(asked.cautions.map(\.id) == ["no-respondents"])
  }

  /// Where everybody answered about one brand, brands change places between respondents.
  @Test(arguments: ["correspondence", "principal-components", "discriminant"])
  func oneBrandARespondentIsTestedBetweenRespondents(_ method: String) throws {
    func alone(_ effect: Double, seed: UInt64) -> String {
      let lines = Self.ticks(160, effect: effect, seed: seed).split(separator: "\n")
      // Of the four answers of each person the one about another brand in turn.
      return ([lines[0]] + (0..<160).map { lines[1 + 4 * $0 + $0 % 4] }).joined(separator: "\n")
    }
    let found = try map(alone(0.5, seed: 3), "method: \(method)")
    #expect(found.fact("p_value") == .number(0.01))
    #expect(found.method.summary.contains("permutations of brands between respondents"))
    let chance = try (1...6).compactMap {
      try map(alone(0, seed: 10 + $0), "method: \(method)", draws: "bootstrap: 0\npermutation: 99").number("p_value")
    }
    #expect(chance.count == 6)
    #expect(chance.count { $0 <= 0.05 } <= 2)
  }
}
