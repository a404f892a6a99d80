import Testing

@testable import ValueModels

/// Maps from what respondents said.
@Suite struct RatingsMapTests {
  /// Six people, three brands, three attributes.
  let ticks = """
    id,label,fun,cheap,safe
    1,A,1,0,1
    1,B,0,1,1
    1,C,1,1,0
    2,A,1,0,0
    2,B,0,1,0
    2,C,0,0,1
    3,A,1,1,1
    3,B,1,1,0
    3,C,0,1,1
    """

  let settings = "data: data\nrespondent: id\nbrand: label\nbootstrap: 0\npermutation: 0"

  /// The same table summed by hand.
  let summed = "brand,fun,cheap,safe\nA,3,1,2\nB,1,3,1\nC,1,2,2"

  private func expectSame(_ a: Findings, _ b: Findings, _ columns: [String]) {
    for table in ["brands", "attributes"] {
      for column in columns {
        let ours = a.table(table)?.numbers(column) ?? []
        let theirs = b.table(table)?.numbers(column) ?? [nil]
        #expect(ours.count == theirs.count)
        #expect(zip(ours, theirs).allSatisfy { abs(($0 ?? 0) - ($1 ?? 1)) < 1e-12 }, "\(table) \(column)")
      }
    }
  }

  let columns = ["x", "y", "dim_1", "dim_2", "mass", "inertia", "quality", "contribution_1", "contribution_2"]

  @Test func ticksAreSummed() throws {
    let counts = try Asking(perceptualMapKind, "data: data", ["data": summed]).findings()
    let ratings = try Asking(perceptualMapKind, settings, ["data": ticks]).findings()
    expectSame(ratings, counts, columns)
    #expect(ratings.fact("base") == .integer(3))
    #expect(ratings.table("brands")?.values("base") == [3, 3, 3].map { .integer($0) })
    #expect(ratings.setting("input") == .text("ratings"))
    #expect(ratings.setting("attributes") == .list([.text("fun"), .text("cheap"), .text("safe")]))
    #expect(ratings.setting("base_of") == .text("respondents"))
    #expect(ratings.method.summary.contains("ticks of 3 respondents"))
  }

  @Test func longFormIsTheSame() throws {
    var lines = ["respondent,brand,attribute,score"]
    let rows = ticks.split(separator: "\n").map { $0.split(separator: ",").map(String.init) }
    for row in rows.dropFirst() {
      for at in 2..<5 { lines.append("\(row[0]),\(row[1]),\(rows[0][at]),\(row[at])") }
    }
    let long = try Asking(
      perceptualMapKind, "data: data\nbootstrap: 0\npermutation: 0", ["data": lines.joined(separator: "\n")]
    ).findings()
    let ratings = try Asking(perceptualMapKind, settings, ["data": ticks]).findings()
    expectSame(long, ratings, columns)
    #expect(long.setting("input") == .text("long"))
    #expect(long.fact("base") == .integer(3))
    #expect(long.cautions.isEmpty)
  }

  @Test func weightsCountPeopleAsOftenAsTheyWeigh() throws {
    // Person 3 twice, by weight and by hand.
    let weighted = ticks.split(separator: "\n").enumerated().map { at, line in
      "\(line),\(at == 0 ? "w" : line.hasPrefix("3") ? "2" : "1")"
    }.joined(separator: "\n")
    let twice =
      ticks + "\n" + ticks.split(separator: "\n").suffix(3).map { "4" + $0.dropFirst() }.joined(separator: "\n")
    let a = try Asking(perceptualMapKind, settings + "\nweight: w", ["data": weighted]).findings()
    let b = try Asking(perceptualMapKind, settings, ["data": twice]).findings()
    expectSame(a, b, columns)
    #expect(a.fact("base") == .integer(3))
    // (1 + 1 + 2)² / (1 + 1 + 4)
    #expect(a.number("effective_base").map { abs($0 - 16.0 / 6) < 1e-12 } == true)
  }

  @Test func rowsWithoutAnAnswerAreDroppedAndCounted() throws {
    let findings = try Asking(
      perceptualMapKind, settings, ["data": ticks + "\n4,A,1,,1\n,B,1,1,1\n4,,1,1,1"]
    ).findings()
    #expect(findings.data[0].rows == 12)
    #expect(findings.data[0].used == 9)
    #expect(findings.dropped.map(\.line) == [11, 12, 13])
    #expect(findings.dropped.map(\.reason) == ["no value in 'cheap'", "no respondent", "no brand"])
    #expect(findings.fact("base") == .integer(3))
  }

  @Test func componentsTakeTheMeansOfBrands() throws {
    let findings = try Asking(
      perceptualMapKind, settings + "\nmethod: principal-components\nscale: covariance", ["data": ticks]
    ).findings()
    let means =
      "brand,fun,cheap,safe\nA,1,0.3333333333333333,0.6666666666666666\n"
      + "B,0.3333333333333333,1,0.3333333333333333\nC,0.3333333333333333,0.6666666666666666,0.6666666666666666"
    let table = try Asking(
      perceptualMapKind, "data: data\nmethod: principal-components\nscale: covariance", ["data": means]
    ).findings()
    expectSame(findings, table, columns)
  }

  @Test func brandsOfFewRespondentsTakeNoPart() throws {
    var ask = Asking(perceptualMapKind, settings + "\nown: D", ["data": ticks + "\n1,D,1,1,1\n2,D,0,0,1"])
    ask.privacy = Privacy(minimumBase: 4, suppressBelow: 3)
    let findings = try ask.findings()
    #expect(findings.cautions.map(\.id) == ["suppressed", "small-base"])
    #expect(findings.cautions[0].rows == ["D"])
    #expect(findings.table("brands")?.texts("brand") == ["A", "B", "C"])
    #expect(findings.dropped.map(\.reason) == Array(repeating: "too few respondents for its brand", count: 2))
    let without = try Asking(perceptualMapKind, settings, ["data": ticks]).findings()
    expectSame(findings, without, columns)
  }

  @Test func whereKeepsTheRowsNamed() throws {
    let waves = ticks.split(separator: "\n").enumerated().map { at, line in
      "\(line),\(at == 0 ? "wave" : "2025")"
    }.joined(separator: "\n")
    let findings = try Asking(
      perceptualMapKind, settings + "\nwhere: {wave: [2025]}",
      ["data": waves + "\n1,A,1,1,1,2024\n2,B,1,1,1,2024"]
    ).findings()
    let plain = try Asking(perceptualMapKind, settings, ["data": ticks]).findings()
    expectSame(findings, plain, columns)
    #expect(findings.data[0].dropped == 2)
    #expect(findings.dropped.map(\.reason) == Array(repeating: "left out by 'where'", count: 2))
  }

  @Test func repeatedAnswersAreSaid() throws {
    let findings = try Asking(perceptualMapKind, settings, ["data": ticks + "\n1,A,0,0,1"]).findings()
    #expect(findings.cautions.map(\.id) == ["repeated-answers"])
    #expect(findings.table("brands")?.values("base").first == .integer(3))
  }

  /// Nothing about one person reaches the findings.
  @Test func noRespondentIsNamed() throws {
    let named = ticks.replacing("\n1,", with: "\nP-one,").replacing("\n2,", with: "\nP-two,")
      .replacing("\n3,", with: "\nP-three,")
    let json = try Asking(perceptualMapKind, settings, ["data": named]).findings().json()
    #expect(!json.contains("P-"))
  }
}
