import Statistics
import Testing

@testable import ValueModels

/// Invented answers of two kinds of people to five questions; `more` adds columns.
func answersOfTwoKinds(_ count: Int = 240, more: (Int) -> String = { _ in "" }, header: String = "") -> String {
  var generator = SeededGenerator(seed: 8)
  var lines = ["respondent,bus,bike,car,reads,pays" + header]
  for row in 0..<count {
    let isRider = row % 3 > 0
    func yes(_ share: Double) -> String { generator.uniform() < (isRider ? share : 1 - share) ? "1" : "0" }
    let (bus, bike, car) = (yes(0.85), yes(0.8), yes(0.12))
    let reads = generator.uniform() < 0.1 ? "" : yes(0.8) == "1" ? "daily" : "never"
    let pays = yes(0.7) == "1" ? "monthly" : generator.uniform() < 0.5 ? "yearly" : "by trip"
    lines.append("\(row + 1),\(bus),\(bike),\(car),\(reads),\(pays)" + more(row))
  }
  return lines.joined(separator: "\n") + "\n"
}

@Suite struct LatentClassSegmentsTests {
  private let few = "method: latent-class\nstarts: 10\nstability: 10\n"

  private func found(_ settings: String, _ csv: String? = nil) throws -> Findings {
    try asking(segmentationKind, few + settings, csv ?? answersOfTwoKinds()).findings()
  }

  private func faults(_ settings: String, _ csv: String) -> [String] {
    asking(segmentationKind, "method: latent-class\n" + settings, csv).faults()
  }

  @Test func allCategoriesAreVariablesAndBICTakesTwo() throws {
    let found = try found("segments: [2, 4]")
    #expect(
      found.setting("variables")
        == .list(["bus", "bike", "car", "reads", "pays"].map { SettingValue.text($0) }))
    #expect(found.fact("segments") == .integer(2) && found.fact("criterion") == .text("bic"))
    #expect(found.fact("base") == .integer(240))
    // 1 + 2 × (1 + 1 + 1 + 1 + 2)
    #expect(found.fact("parameters") == .integer(13))
    for name in ["log_likelihood", "bic", "aic", "caic", "sabic", "entropy", "stability", "split_half"] {
      #expect(found.number(name) != nil, "\(name)")
    }
    let criteria = try #require(found.table("criteria"))
    #expect(criteria.numbers("segments") == [2, 3, 4])
    #expect(criteria.values("taken") == [.truth(true), .truth(false), .truth(false)])
    #expect(found.fact("reason")?.text?.contains("least BIC") == true)
    let sizes = found.table("segments")?.numbers("size").compactMap { $0 } ?? []
    #expect(sizes.count == 2 && sizes[0] > sizes[1])
  }

  @Test func probabilitiesAreThoseOfTheAnswersAndSumToOne() throws {
    let found = try found("segments: 2")
    let table = try #require(found.table("probabilities"))
    #expect(table.columns.map(\.name) == ["segment", "variable", "level", "probability"])
    for segment in 1...2 {
      for (variable, levels) in [("bus", ["0", "1"]), ("pays", ["by trip", "monthly", "yearly"])] {
        let rows = table.rows(where: ["segment": .integer(segment), "variable": .text(variable)])
        #expect(rows.compactMap { $0["level"]?.text }.sorted() == levels)
        #expect(isClose(rows.compactMap { $0["probability"]?.number }.reduce(0, +), 1))
      }
    }
    let bus = table.rows(where: ["variable": .text("bus"), "level": .text("1")]).compactMap {
      $0["probability"]?.number
    }
    #expect(bus[0] > 0.75 && bus[1] < 0.25)
  }

  @Test("a missing answer keeps its row; a row without any answer is left out") func missingAnswers() throws {
    let found = try found("segments: 2", answersOfTwoKinds() + "900,,,,,\n")
    #expect(found.data[0].used == 240 && found.dropped.map(\.reason) == ["no value in any variable"])
    #expect(found.method.summary.contains("missing answers left out of the likelihood"))
  }

  @Test("weights count: twice the weight is twice the row") func weights() throws {
    let csv = answersOfTwoKinds(120, more: { $0 < 60 ? ",2" : ",1" }, header: ",w")
    let lines = csv.split(separator: "\n").map(String.init)
    let twice =
      lines
      + lines[1...60].enumerated().map { at, line in
        "\(500 + at)," + line.split(separator: ",", omittingEmptySubsequences: false).dropFirst().joined(separator: ",")
      }
    let weighted = try found("segments: 2\nvariables: [bus, bike, car, reads, pays]\nweight: w", csv)
    let doubled = try found(
      "segments: 2\nvariables: [bus, bike, car, reads, pays]", twice.joined(separator: "\n") + "\n")
    func probabilities(_ found: Findings) -> [Double] {
      found.table("probabilities")?.numbers("probability").compactMap { $0 }.sorted() ?? []
    }
    let (a, b) = (probabilities(weighted), probabilities(doubled))
    #expect(a.count == b.count && zip(a, b).allSatisfy { isClose($0, $1, 1e-4) })
    #expect(weighted.fact("base") == .integer(120))
  }

  @Test func numbersAndIdentifiersTakeNoPart() throws {
    let csv = answersOfTwoKinds(
      60, more: { ",\(20 + $0 % 47),name \($0),\($0 % 2 == 0 ? "yes" : "no")" }, header: ",age,who,club")
    let found = try found("segments: 2", csv)
    #expect(found.cautions.contains { $0.id == "columns-left-out" && $0.rows == ["age"] })
    #expect(found.cautions.contains { $0.id == "identifier-left-out" && $0.message.contains("'who'") })
  }

  @Test func modelsThatCannotBeToldAreSaid() throws {
    let csv = "a,b\n" + String(repeating: "1,1\n0,0\n1,0\n0,1\n1,1\n", count: 20)
    let found = try found("variables: [a, b]\nsegments: 2", csv)
    #expect(found.cautions.contains { $0.id == "not-identified" })
    #expect(found.cautions.contains { $0.id == "criteria-disagree" })
  }

  @Test func whatCannotBeSegmentedIsRefused() {
    let same = "a,b\n" + String(repeating: "1,x\n", count: 12) + String(repeating: "0,x\n", count: 12)
    #expect(faults("variables: [a, b]\nsegments: 2", same) == ["valuemap.yaml:3:16 analysis.no-variance"])
    #expect(
      faults("variables: [a]\nsegments: 3", same) == ["valuemap.yaml:4:11 analysis.too-few-distinct-rows"])
    let names = "a,who\n" + (0..<40).map { "\($0 % 2),person \($0)\n" }.joined()
    #expect(
      faults("variables: [a, who]\nsegments: 2", names) == ["valuemap.yaml:3:16 analysis.too-many-categories"])
    #expect(
      asking(segmentationKind, "method: latent-class\nvariables: [a, who]", names).refusals().first?.hint?
        .contains("respondent") == true)
    #expect(faults("variables: [a, b]", "a,b\n,\n,\n,\n") == ["valuemap.yaml:3:12 analysis.no-rows"])
    #expect(faults("variables: [a, b]\nsegments: 4", "a,b\n1,0\n0,1\n") == ["valuemap.yaml:4:11 analysis.too-few-rows"])
    #expect(faults("", "x,y\n1.5,2\n2.5,7\n1,3\n") == ["data/data.csv analysis.no-variables"])
    let weights = "a,b,w\n" + String(repeating: "1,0,-1\n0,1,2\n1,1,1\n", count: 8)
    #expect(faults("variables: [a, b]\nweight: w", weights).allSatisfy { $0.hasSuffix("negative-weight") })
  }
}
