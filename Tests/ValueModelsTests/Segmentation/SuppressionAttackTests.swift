import Statistics
import Testing

@testable import ValueModels

/// Plays the reader who solves the published totals for what was hidden.
@Suite struct SuppressionAttackTests {
  /// Invented people in groups of chance sizes, some answers missing.
  private func people(_ seed: UInt64) -> String {
    var generator = SeededGenerator(seed: seed)
    var lines = ["group,score,yes,colour"]
    for group in 0..<(2 + generator.index(below: 5)) {
      for _ in 0..<(1 + generator.index(below: generator.uniform() < 0.5 ? 8 : 60)) {
        func some(_ text: String) -> String { generator.uniform() < 0.1 ? "" : text }
        let score = some("\(1 + generator.index(below: 7))")
        let yes = some("\(generator.index(below: 2))")
        lines.append("g\(group),\(score),\(yes),\(some(["red", "green", "blue"][generator.index(below: 3)]))")
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  @Test(arguments: 1...200) func hiddenGroupsAreNeverAloneNorFew(_ seed: Int) throws {
    let csv = people(UInt64(seed))
    let limit = 10
    guard let found = try? asking(segmentProfileKind, "group: group\ndescribe: [score, yes, colour]", csv).findings()
    else { return }
    let rows = cells(csv)
    let sizes = Dictionary(grouping: rows) { $0["group"] ?? "" }.mapValues(\.count)
    let segments = try #require(found.table("segments"))
    check(segments.rows(where: [:]), limit: limit) { sizes[$0["segment"]?.text ?? ""] ?? 0 }
    let profiles = try #require(found.table("profiles"))
    for variable in ["score", "yes", "colour"] {
      let answered = Dictionary(grouping: rows.filter { $0[variable] != "" }) { $0["group"] ?? "" }.mapValues(\.count)
      let own = profiles.rows(where: ["variable": .text(variable)])
      let levels = Set(own.map { $0["level"]?.text ?? "" })
      for level in levels {
        let cells = own.filter { ($0["level"]?.text ?? "") == level }
        check(cells, limit: limit) { answered[$0["segment"]?.text ?? ""] ?? 0 }
        for cell in cells where cell["base"] == .missing {
          // Nothing beside a hidden base gives it away.
          for name in ["value", "index", "difference", "v_test", "significant", "lower", "upper"] {
            #expect(cell[name] == .missing)
          }
        }
      }
    }
  }

  private func check(_ cells: [[String: Value]], limit: Int, base: ([String: Value]) -> Int) {
    let hidden = cells.filter { $0["base"] == .missing }.map(base).filter { $0 > 0 }
    for cell in cells where cell["base"] != .missing {
      #expect(base(cell) == 0 || base(cell) >= limit)
      #expect(cell["base"] == .integer(base(cell)))
    }
    let shown = cells.filter { $0["base"] != .missing && base($0) > 0 }
    guard !hidden.isEmpty, !shown.isEmpty else { return }
    #expect(hidden.count >= 2 && hidden.reduce(0, +) >= limit)
  }

  /// η² with a hidden group in it would be one equation too many: it is taken over the groups shown.
  @Test func effectSizesLeaveHiddenGroupsOut() throws {
    func csv(_ secret: Int) -> String {
      var lines = ["group,score"]
      for i in 0..<40 { lines.append("a,\(i % 5)") }
      for i in 0..<30 { lines.append("b,\(1 + i % 4)") }
      for i in 0..<12 { lines.append("c,\(i < 6 ? secret : 3)") }
      for i in 0..<3 { lines.append("d,\(i == 0 ? 3 : secret)") }
      return lines.joined(separator: "\n") + "\n"
    }
    func effect(_ secret: Int) throws -> Double? {
      try asking(segmentProfileKind, "group: group", csv(secret)).findings().table("profiles")?
        .numbers("effect_size").first ?? nil
    }
    let one = try effect(1)
    #expect(try one != nil && one == effect(5))
  }

  @Test func segmentsFoundAreHiddenToo() throws {
    var lines = ["a,b"]
    for i in 0..<60 { lines.append("\(Double(i % 7) / 10),\(Double(i % 5) / 10)") }
    for i in 0..<40 { lines.append("\(10 + Double(i % 7) / 10),\(Double(i % 6) / 10)") }
    for i in 0..<3 { lines.append("\(Double(i) / 10),\(90 + Double(i % 2) / 10)") }
    let found = try asking(
      segmentationKind, "variables: [a, b]\nstandardize: none\nsegments: 3", lines.joined(separator: "\n") + "\n"
    ).findings()
    #expect(found.table("segments")?.values("size") == [.integer(60), .missing, .missing])
    #expect(found.table("centres")?.numbers("mean").dropFirst(2).allSatisfy { $0 == nil } == true)
    let caution = try #require(found.cautions.first { $0.id == "suppressed" })
    #expect(caution.rows == ["Segment 2", "Segment 3"])
  }
}
