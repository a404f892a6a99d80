import Testing

@testable import ValueModels

/// Positioning statements: sentence, faults, and claims checked on a map of a small invented table of counts.
@Suite struct StatementsTests {
  private static let header =
    "segment,target,need,pain_point,brand,category,benefit,basis,alternative,difference,proof,attribute\n"
  private static let whole =
    "Families,young families,a car to trust,repairs,Wren,family car,keeps running,functional,Robin,lasts longer,"
    + "Ten years of records,safe\n"
  /// Three brands by three attributes: the map of two dimensions holds all there is.
  private static let counts: [[Double]] = [[50, 20, 10], [20, 40, 30], [15, 25, 60]]
  private static let names = ["Wren", "Robin", "Finch"]
  private static let attributes = ["safe", "fast", "cheap"]

  private func map(_ settings: String = "") throws -> Findings {
    var csv = "brand," + Self.attributes.joined(separator: ",") + "\n"
    for (name, row) in zip(Self.names, Self.counts) {
      csv += name + "," + row.map { "\(Int($0))" }.joined(separator: ",") + "\n"
    }
    var findings = try Asking(perceptualMapKind, "data: data\n" + settings, ["data": csv]).findings()
    findings.title = "Birds"
    return findings
  }

  private func ask(_ rows: String, _ settings: String = "", map: Findings? = nil) -> Asking {
    var asking = Asking(positioningKind, "data: data\n" + settings, ["data": Self.header + rows])
    if let map { asking.others = ["map": map] }
    return asking
  }

  @Test func slotsMakeASentence() throws {
    let findings = try ask(Self.whole).findings()
    #expect(
      findings.table("statements")?.texts("statement") == [
        "For young families who need a car to trust, Wren is the family car that keeps running. Unlike Robin, Wren lasts longer."
      ])
    #expect(findings.table("statements")?.texts("slug") == ["families"])
    #expect(findings.fact("lints") == .integer(0) && findings.cautions.isEmpty)
    #expect(findings.isJudgement && findings.table("claims") == nil)
    let verb = try ask("A,drivers,want less noise.,noise,Wren,a car,quiet,symbolic,Robin,a quiet cabin,test,\n")
      .findings()
    #expect(
      verb.table("statements")?.texts("statement") == [
        "For drivers who want less noise, Wren is a car that offers quiet. Unlike Robin, Wren offers a quiet cabin."
      ])
  }

  @Test func whatIsMissingIsSaid() throws {
    let findings = try ask("A,,rest,,,car,gives rest,functional and symbolic,Robin,,,\n" + Self.whole).findings()
    #expect(findings.table("lint")?.texts("rule") == ["empty-slot", "no-pain-point", "no-proof", "two-bases"])
    #expect(
      findings.table("lint")?.texts("message").first?.contains("'target', 'brand', 'difference' are empty") == true)
    #expect(findings.table("lint")?.texts("segment") == ["A", "A", "A", "A"])
    #expect(findings.cautions.map(\.id) == ["empty-slot", "no-pain-point", "no-proof", "two-bases"])
    #expect(findings.table("statements")?.values("basis").first == .text("functional, symbolic"))
    #expect(findings.table("statements")?.texts("statement").first?.hasPrefix("For … who need rest, … is") == true)
  }

  /// With all dimensions drawn, a strength is how far a count exceeds what the margins expect.
  @Test func strengthIsTheExcessOverWhatIsExpected() throws {
    let rows = zip(Self.names, Self.attributes).map { name, attribute in
      "\(name),t,n,p,\(name),c,is good,functional,a,is better,proof,\(attribute)\n"
    }
    let scalings = ["brand-principal", "attribute-principal", "symmetric", "biplot"]
    for scaling in scalings {
      let claims = try ask(rows.joined(), "map: m", map: map("scaling: " + scaling)).findings().table("claims")
      let strengths = claims?.numbers("strength") ?? []
      let total = Self.counts.joined().reduce(0, +)
      for at in 0..<3 {
        let row = Self.counts[at].reduce(0, +)
        let column = Self.counts.reduce(0) { $0 + $1[at] }
        let excess = Self.counts[at][at] * total / (row * column) - 1
        #expect(abs((strengths[at] ?? .nan) - excess) < 1e-9)
      }
      #expect(claims?.values("ahead") == [.truth(true), .truth(true), .truth(true)])
      #expect(claims?.values("rank") == [.integer(1), .integer(1), .integer(1)])
    }
  }

  /// The same for components: strengths are standardised scores.
  @Test func strengthOnComponentsIsTheStandardScore() throws {
    let rows = "A,t,n,p,Robin,c,is good,functional,a,is better,proof,cheap\n"
    let components = try map("method: principal-components")
    let claims = try ask(rows, "map: m", map: components).findings().table("claims")
    // 30 of 10, 30 and 60: mean 100/3, variance with divisor 3.
    let mean = 100.0 / 3
    let deviation = (((10 - mean) * (10 - mean) + (30 - mean) * (30 - mean) + (60 - mean) * (60 - mean)) / 3)
      .squareRoot()
    #expect(abs((claims?.numbers("strength").first.flatMap(\.self) ?? .nan) - (30 - mean) / deviation) < 1e-9)
    #expect(claims?.values("rank") == [.integer(2)] && claims?.texts("leader") == ["Finch"])
  }

  @Test func claimsWithoutCover() throws {
    let rows =
      "A,t,n,p,Robin,c,is good,functional,a,is better,proof,cheap\nB,t,n,p,Wren,c,is good,functional,a,is better,proof,saef\n"
      + "C,t,n,p,Wrenn,c,is good,functional,a,is better,proof,safe\n" + Self.whole
    let findings = try ask(rows, "map: m\nvalue-map: v", map: map()).findings()
    #expect(
      findings.cautions.map(\.id) == ["not-computed", "unknown-attribute", "unknown-brand", "claim-not-supported"])
    #expect(
      findings.cautions.last?.message == "A: Robin claims 'cheap', and “Birds” puts it at place 2 of 3, behind Finch")
    #expect(findings.cautions[1].message.hasSuffix("it has no 'saef'; did you mean 'safe'?"))
    #expect(findings.fact("claims") == .integer(2) && findings.fact("supported") == .integer(1))
    #expect(findings.fact("lints") == .integer(3))
    // Our own brand stands in for one that the map does not have.
    let own = try ask(rows, "map: m\nown: Wren", map: map()).findings()
    #expect(own.fact("claims") == .integer(3) && own.fact("supported") == .integer(2))
  }

  @Test func levelWithAnotherIsNotAhead() throws {
    var level = try map()
    level.tables = level.tables.map { table in
      guard table.name == "brands" else { return table }
      var twin = FindingsTable("brands", title: "", columns: table.columns)
      for row in table.rows { twin.add(row) }
      twin.add([.text("Twin")] + (table.rows.first ?? []).dropFirst())
      return twin
    }
    let findings = try ask(Self.whole, "map: m", map: level).findings()
    #expect(findings.fact("supported") == .integer(0))
    #expect(findings.table("lint")?.texts("message").first?.hasSuffix("puts it level with Twin") == true)
  }

  @Test func doubtsOfTheMapTravel() throws {
    var doubtful = try map()
    doubtful.cautions.append(Caution("no-structure", ""))
    #expect(try ask(Self.whole, "map: m", map: doubtful).findings().cautions.map(\.id) == ["no-structure"])
    var bare = try map()
    bare.tables.removeAll { $0.name == "attributes" }
    let findings = try ask(Self.whole, "map: m", map: bare).findings()
    #expect(findings.cautions.map(\.id) == ["map-without-attributes"] && findings.table("claims") == nil)
  }

  /// A map turned to a brand: its arrows are directions, and its symmetric form has none.
  @Test func turnedMapsAreReadFromTheirArrows() throws {
    let rows = Self.names.flatMap { name in
      Self.attributes.map { "\(name) \($0),t,n,p,\(name),c,is good,functional,a,is better,proof,\($0)\n" }
    }
    let straight = try ask(rows.joined(), "map: m", map: map()).findings().table("claims")
    let turned = try ask(rows.joined(), "map: m", map: map("own: Robin\nfocus: true")).findings().table("claims")
    // Two dimensions hold all of this table, so that turning changes no order, and strengths by one factor an attribute.
    #expect(straight?.rows.count == 9 && turned?.values("rank") == straight?.values("rank"))
    let (before, after) = (straight?.numbers("strength") ?? [], turned?.numbers("strength") ?? [])
    for attribute in 0..<3 {
      let factors = [attribute, attribute + 3, attribute + 6].map { (after[$0] ?? .nan) / (before[$0] ?? .nan) }
      #expect(factors.allSatisfy { $0 > 0 && abs($0 - factors[0]) < 1e-8 * factors[0] })
    }
    let symmetric = try map("own: Robin\nfocus: true\nscaling: symmetric")
    #expect(
      try ask(Self.whole, "map: m", map: symmetric).findings().cautions.map(\.id) == ["map-without-attributes"])
  }

  /// Varimax turns brands and arrows alike, whichever of them has unit length.
  @Test(arguments: ["brand-principal", "attribute-principal"])
  func mapsTurnedByVarimaxKeepTheOrder(_ scaling: String) throws {
    let rows = Self.names.flatMap { name in
      Self.attributes.map { "\(name) \($0),t,n,p,\(name),c,is good,functional,a,is better,proof,\($0)\n" }
    }
    let settings = "method: principal-components\nscaling: \(scaling)"
    let straight = try ask(rows.joined(), "map: m", map: map(settings)).findings().table("claims")
    let turned = try ask(rows.joined(), "map: m", map: map(settings + "\nrotation: varimax")).findings().table("claims")
    #expect(straight?.rows.count == 9 && turned?.values("rank") == straight?.values("rank"))
    let (before, after) = (straight?.numbers("strength") ?? [], turned?.numbers("strength") ?? [])
    for attribute in 0..<3 {
      let factors = [attribute, attribute + 3, attribute + 6].map { (after[$0] ?? .nan) / (before[$0] ?? .nan) }
      #expect(factors.allSatisfy { $0 > 0 && abs($0 - factors[0]) < 1e-8 * factors[0] })
    }
  }

  @Test func missingColumnsAreSaidOnce() throws {
    let findings = try Asking(positioningKind, "data: data", ["data": "segment,target,proofs\nA,b,c\n"]).findings()
    #expect(findings.cautions.first?.id == "missing-column")
    #expect(findings.cautions.first?.message.hasSuffix("is 'proofs' the column 'proof'?") == true)
    #expect(findings.fact("lints") == .integer(3))
  }

  @Test func whatIsRefused() throws {
    #expect(ask(",t,n,p,W,c,b,functional,a,d,p,\n").faults() == ["data/data.csv:2:1 analysis.missing-name"])
    #expect(ask(Self.whole + Self.whole).faults() == ["data/data.csv:3:1 analysis.repeated-segment"])
    let odd = ask("A,t,n,p,W,c,b,\"functionl, symbolic\",a,d,p,\n").refusals()
    #expect(odd.map(\.id) == ["analysis.unknown-basis"] && odd.first?.hint == "did you mean 'functional'?")
    #expect(ask(Self.whole, "map: m").faults() == ["valuemap.yaml:2:6 analysis.not-a-map"])
    var judged = try map()
    judged.type = "judgement-map"
    #expect(ask(Self.whole, "map: m", map: judged).faults() == ["valuemap.yaml:2:6 analysis.not-a-map"])
    #expect(
      try ask(Self.whole, "map: m\nown: Wern", map: map()).faults() == ["valuemap.yaml:3:6 analysis.unknown-name"])
    let noSegment = Asking(positioningKind, "data: data", ["data": "segmnt,target\nA,b\n"])
    #expect(noSegment.faults() == ["data/data.csv:1 analysis.missing-column"])
    #expect(Asking(positioningKind, "data: nothing", [:]).faults() == ["valuemap.yaml:1:7 analysis.unknown-table"])
  }
}
