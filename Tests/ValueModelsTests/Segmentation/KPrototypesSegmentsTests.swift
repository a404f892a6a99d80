import Statistics
import Testing

@testable import ValueModels

@Suite struct KPrototypesSegmentsTests {
  private let few = "method: k-prototypes\nstarts: 10\nstability: 10\n"

  /// Two kinds of customers: numbers and categories.
  private static let customers: String = {
    var generator = SeededGenerator(seed: 4)
    var lines = ["respondent,spend,visits,channel,member"]
    for row in 0..<150 {
      let isLarge = row % 3 == 0
      let spend = (isLarge ? 900 : 200) + 60 * generator.normal()
      let visits = (isLarge ? 20 : 5) + 2 * generator.normal()
      let channel = generator.uniform() < 0.85 ? (isLarge ? "shop" : "web") : "phone"
      lines.append("\(row + 1),\(spend),\(visits),\(channel),\(generator.uniform() < (isLarge ? 0.9 : 0.2) ? 1 : 0)")
    }
    return lines.joined(separator: "\n") + "\n"
  }()

  private func found(_ settings: String, _ csv: String? = nil) throws -> Findings {
    try asking(segmentationKind, few + settings, csv ?? Self.customers).findings()
  }

  @Test func numbersAndCategoriesTogether() throws {
    let found = try found("segments: [2, 4]")
    #expect(found.fact("segments") == .integer(2) && found.fact("criterion") == .text("silhouette"))
    #expect(found.table("segments")?.values("size") == [.integer(100), .integer(50)])
    #expect(isClose(found.number("gamma"), 0.5, 1e-9))
    #expect(found.setting("gamma") == .number(found.number("gamma") ?? 0))
    #expect(found.table("centres")?.texts("variable") == ["spend", "visits", "spend", "visits"])
    #expect(found.table("modes")?.texts("level") == ["web", "0", "shop", "1"])
    #expect(found.table("criteria")?.numbers("segments") == [2, 3, 4])
    for name in ["cost", "within_ss", "best_starts", "silhouette", "stability", "split_half"] {
      #expect(found.number(name) != nil, "\(name)")
    }
    let means = found.table("centres")?.numbers("mean").compactMap { $0 } ?? []
    #expect(abs(means[0] - 200) < 30 && abs(means[2] - 900) < 60)
  }

  @Test func gammaAsGiven() throws {
    let found = try found("segments: 2\ngamma: 3")
    #expect(found.fact("gamma") == .number(3) && found.method.summary.contains("as given"))
    #expect(
      asking(segmentationKind, few + "segments: 2\ngamma: -1", Self.customers).faults()
        == ["valuemap.yaml:6:8 settings.out-of-range"])
  }

  @Test func oneKindOfVariableIsSaid() throws {
    let numbers = try found("segments: 2\nvariables: [spend, visits]")
    #expect(numbers.cautions.contains { $0.id == "one-kind-of-variable" && $0.message.contains("k-means") })
    let categories = try found("segments: 2\nvariables: [channel, member]")
    #expect(categories.cautions.contains { $0.id == "one-kind-of-variable" && $0.message.contains("k-modes") })
    #expect(categories.table("centres")?.rows.isEmpty == true)
  }

  @Test func rowsWithAnEmptyCellAreLeftOut() throws {
    let found = try found("segments: 2", Self.customers + "900,,5,web,1\n901,100,5,,1\n")
    #expect(found.fact("base") == .integer(150) && found.dropped.count == 2)
  }

  @Test func whatCannotBeSegmentedIsRefused() {
    func faults(_ settings: String, _ csv: String) -> [String] {
      asking(segmentationKind, "method: k-prototypes\n" + settings, csv).faults()
    }
    let flat = "x,c\n" + String(repeating: "1,a\n1,b\n", count: 10)
    #expect(faults("variables: [x, c]", flat) == ["valuemap.yaml:3:13 analysis.no-variance"])
    let two = "x,c\n" + String(repeating: "1,a\n2,b\n", count: 10)
    #expect(
      faults("variables: [x, c]\nsegments: 3", two) == ["valuemap.yaml:4:11 analysis.too-few-distinct-rows"])
    #expect(faults("variables: [x, c]", "x,c\n1,\n2,\n") == ["valuemap.yaml:3:12 analysis.no-rows"])
    let far = "x,c\n1e308,a\n-1e308,b\n1,a\n2,b\n"
    #expect(faults("variables: [x, c]\nstandardize: none", far).count == 1)
  }
}
