import Testing

@testable import ValueModels

/// Case weights, against R's survey package and formulas in base R (Reference/weighted/weighted.R).
@Suite struct WeightedProfileTests {
  private let order = "order: [north, south, east, west]\n"

  private func profiles(_ more: String) throws -> FindingsTable {
    let found = try asking(
      segmentProfileKind, "group: region\nweight: w\n" + order + more, referenceText("weighted/customers.csv")
    ).findings()
    return try #require(found.table("profiles"))
  }

  @Test(arguments: ["bonferroni", "fdr"]) func profilesAgreeWithSurvey(_ letters: String) throws {
    let profiles = try profiles("letters: \(letters)\n")
    let expected = try cells(referenceText("weighted/expected.csv"))
    #expect(expected.count == 28)
    for row in expected {
      func text(_ column: String) -> Value { row[column].map { $0.isEmpty ? .missing : .text($0) } ?? .missing }
      let own = try #require(
        profiles.rows(where: ["variable": text("variable"), "level": text("level"), "segment": text("segment")]).first)
      for name in ["value", "total", "v_test", "effective_base", "lower"] {
        guard let wanted = row[name].flatMap(Double.init) else { continue }
        #expect(isClose(own[name]?.number, wanted), "\(name) of \(row)")
      }
      #expect(own["letters"] == .text(row[letters] ?? "?"), "\(row)")
    }
  }

  @Test func effectiveBasesAreFacts() throws {
    let csv = try referenceText("weighted/customers.csv")
    let found = try asking(segmentProfileKind, "group: region\nweight: w", csv).findings()
    let weights = cells(csv).compactMap { $0["w"].flatMap(Double.init) }
    let sum = weights.reduce(0, +)
    #expect(isClose(found.number("effective_base"), sum * sum / weights.reduce(0) { $0 + $1 * $1 }))
    let segments = try #require(found.table("segments"))
    #expect(isClose(segments.numbers("share").reduce(0) { $0 + ($1 ?? 0) }, 1))
    #expect(segments.numbers("effective_base").allSatisfy { ($0 ?? 0) > 5 })
  }

  /// Weights of 1 change nothing.
  @Test func equalWeightsAreNone() throws {
    let csv = try referenceText("catdes/customers.csv")
    let weighted = csv.split(separator: "\n").enumerated().map { $0.element + ($0.offset == 0 ? ",w" : ",2.5") }
    let plain = try asking(segmentProfileKind, "group: region", csv).findings()
    let same = try asking(
      segmentProfileKind, "group: region\nweight: w", weighted.joined(separator: "\n") + "\n"
    ).findings()
    let (a, b) = (try #require(plain.table("profiles")), try #require(same.table("profiles")))
    for name in ["value", "total", "effect_size", "lower", "upper", "difference_lower", "difference_upper"] {
      for (x, y) in zip(a.numbers(name), b.numbers(name)) { #expect(x == y || isClose(x, y ?? .nan, 1e-10)) }
    }
    #expect(a.values("letters") == b.values("letters"))
    for row in a.rows.indices where a.rows[row][1].isMissing {
      #expect(isClose(a.numbers("v_test")[row], b.numbers("v_test")[row] ?? .nan, 1e-10))
    }
  }

  @Test func segmentsAreFormedOfWeightedPeople() throws {
    // The same people once with weights, once as often as they weigh.
    var (once, often) = (["x,y,w"], ["x,y"])
    for i in 0..<60 {
      let point = "\(i < 30 ? i % 5 : 20 + i % 7),\(i < 30 ? i % 4 : 15 - i % 3)"
      once.append("\(point),\(1 + i % 3)")
      for _ in 0...(i % 3) { often.append(point) }
    }
    let settings = "variables: [x, y]\nsegments: 2\nstandardize: none\nstability: 0\ntyping: false"
    let a = try asking(segmentationKind, settings + "\nweight: w", once.joined(separator: "\n") + "\n").findings()
    let b = try asking(segmentationKind, settings, often.joined(separator: "\n") + "\n").findings()
    #expect(isClose((a.number("within_ss") ?? .nan) * 2, b.number("within_ss") ?? .nan))
    for (x, y) in zip(a.table("centres")?.numbers("mean") ?? [], b.table("centres")?.numbers("mean") ?? []) {
      #expect(isClose(x, y ?? .nan))
    }
    for (x, y) in zip(a.table("segments")?.numbers("share") ?? [], b.table("segments")?.numbers("share") ?? []) {
      #expect(isClose(x, y ?? .nan))
    }
  }

  @Test func weightsOfNothingAreRefused() {
    let csv = "g,v,w\na,1,5\nb,2,0\na,3,-1\nb,4,\n"
    #expect(
      asking(segmentProfileKind, "group: g\nweight: w", csv, suppressBelow: 0).faults() == [
        "data/data.csv:3:5 analysis.zero-weight", "data/data.csv:4:5 analysis.negative-weight",
      ])
    #expect(
      asking(segmentProfileKind, "group: g\nweight: v2", csv).faults() == ["valuemap.yaml:3:9 analysis.unknown-column"])
  }
}
