import Statistics
import Testing

@testable import ValueModels

/// Plays the reader who takes all that is published of groups, writes it as a system of equations over whole numbers and
/// narrows every hidden size, base, count and sum down as far as it goes.
@Suite struct PublishedTotalsTests {
  private func people(_ seed: UInt64) -> String {
    var generator = SeededGenerator(seed: seed)
    var lines = ["group,score,yes,colour,spend"]
    for group in 0..<(3 + generator.index(below: 4)) {
      let size = generator.uniform() < 0.4 ? 1 + generator.index(below: 12) : 12 + generator.index(below: 60)
      for _ in 0..<size {
        func some(_ text: String) -> String { generator.uniform() < 0.1 ? "" : text }
        let rare = generator.uniform() < 0.03 ? "violet" : ["red", "green", "blue"][generator.index(below: 3)]
        lines.append(
          "g\(group),\(some("\(1 + generator.index(below: 7))")),\(some("\(generator.index(below: 2))")),\(some(rare)),"
            + "\(10 * generator.index(below: 9))")
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  @Test(arguments: 1...150) func noHiddenNumberIsDetermined(_ seed: Int) throws {
    let csv = people(UInt64(seed))
    guard let found = try? asking(segmentProfileKind, "group: group\nvalue: spend\ntyping: true", csv).findings() else {
      return
    }
    let rows = cells(csv)
    let segments = try #require(found.table("segments"))
    let groups = segments.texts("segment")
    let hidden = groups.indices.filter { segments.numbers("base")[$0] == nil }
    var system = BoundedSystem()
    let sizes = hidden.map { _ in system.unknown(1...rows.count) }
    let shown = segments.numbers("base").reduce(0) { $0 + ($1 ?? 0) }
    system.sum(of: sizes, is: rows.count - Int(shown))
    var asked = sizes.map { ("size", $0) }

    let profiles = try #require(found.table("profiles"))
    for variable in ["score", "yes", "colour", "spend"] {
      // The number of answers is known from the cautions.
      let answered = rows.count { $0[variable] != "" }
      let own = profiles.rows(where: ["variable": .text(variable)])
      guard let first = own.first else { continue }
      let levels = distinct(own.map { $0["level"] ?? .missing })
      let concealed = groups.indices.filter { g in
        own.contains { $0["segment"] == .text(groups[g]) && $0["base"] == .missing }
      }
      var bases: [Int: Int] = [:]
      for g in concealed { bases[g] = system.unknown(0...answered) }
      let sum = own.filter { $0["level"] == first["level"] }.reduce(0) { $0 + ($1["base"]?.number ?? 0) }
      system.sum(of: concealed.compactMap { bases[$0] }, is: answered - Int(sum))
      for (g, size) in zip(hidden, sizes) { if let base = bases[g] { system.isAtMost(base, size) } }
      var counts: [Int: [Int]] = [:]
      for level in levels {
        let cells = own.filter { $0["level"] == level }
        var of: [Int] = []
        for g in concealed {
          let count = system.unknown(0...(answered * 100))
          let (low, high) = variable == "score" ? (1, 7) : variable == "spend" ? (0, 80) : (0, 1)
          if let base = bases[g] { system.isWithin(count, base, times: low...high) }
          of.append(count)
          counts[g, default: []].append(count)
        }
        guard let total = cells.first?["total"]?.number else { continue }
        let seen = cells.reduce(0.0) { $0 + ($1["value"]?.number ?? 0) * ($1["base"]?.number ?? 0) }
        system.sum(of: of, is: Int((total * Double(answered) - seen).rounded()))
      }
      if variable == "colour" {
        for g in concealed { if let base = bases[g] { system.parts(counts[g] ?? [], of: base) } }
      }
      let real = Dictionary(grouping: rows.filter { $0[variable] != "" }) { $0["group"] ?? "" }.mapValues(\.count)
      for g in concealed where real[groups[g], default: 0] > 0 {
        asked += [bases[g]].compactMap { $0 }.map { ("base of \(variable)", $0) }
        asked += (counts[g] ?? []).map { ("\(variable) of \(groups[g])", $0) }
      }
    }
    system.narrow()
    #expect(system.isPossible)
    for (name, unknown) in asked { #expect(!system.isDetermined(unknown), "\(name), seed \(seed)") }
  }

  /// Worlds that differ only in who among the hidden said what publish the same.
  @Test(arguments: 1...20) func hiddenPeopleMayChangePlaces(_ seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    var groups = [String](repeating: "a", count: 60) + [String](repeating: "b", count: 40)
    groups += [String](repeating: "c", count: 12) + [String](repeating: "d", count: 3)
    var columns: [[String]] = [[], [], [], [], []]
    for group in groups {
      let shift = group == "a" ? 0 : 2
      columns[0].append("\(1 + shift + generator.index(below: 5))")
      columns[1].append(generator.uniform() < 0.2 ? "" : "\(generator.index(below: 2))")
      columns[2].append(["red", "green", "blue"][generator.index(below: 3)])
      columns[3].append("\(generator.index(below: 50))")
      columns[4].append("\(1 + generator.index(below: 3))")
    }
    func csv(_ groups: [String], _ columns: [[String]]) -> String {
      "g,score,yes,colour,spend,w\n"
        + groups.indices.map { row in ([groups[row]] + columns.map { $0[row] }).joined(separator: ",") + "\n" }.joined()
    }
    let settings = "group: g\nvalue: spend\ntyping: true\nweight: w"
    let one = try asking(segmentProfileKind, settings, csv(groups, columns)).findings()
    var other = columns
    let crowd = 100..<115
    // Each answer is dealt anew among the hidden; weights stay with their people, or sums would change with them.
    for column in 0..<4 {
      for value in Set(crowd.map { columns[4][$0] }).sorted() {
        let places = crowd.filter { columns[4][$0] == value }
        var answers = places.map { columns[column][$0] }
        generator.shuffle(&answers)
        for (place, answer) in zip(places, answers) { other[column][place] = answer }
      }
    }
    var moved = groups
    moved[100] = "d"
    let two = try asking(segmentProfileKind, settings, csv(moved, other)).findings()
    #expect(one.cautions == two.cautions && one.tables.map(\.name) == two.tables.map(\.name))
    for (a, b) in zip(one.facts, two.facts) { #expect(isSame(a.value, b.value), "\(a.name)") }
    for (a, b) in zip(one.tables, two.tables) {
      #expect(a.rows.count == b.rows.count)
      for (x, y) in zip(a.rows, b.rows) {
        for (column, pair) in zip(a.columns, zip(x, y)) {
          #expect(isSame(pair.0, pair.1), "\(a.name) \(column.name) \(x[0])")
        }
      }
    }
    #expect(one.table("segments")?.values("size").suffix(2) == [.missing, .missing])
  }

  private func isSame(_ a: Value, _ b: Value) -> Bool {
    if let x = a.number, let y = b.number { return abs(x - y) <= 1e-9 * max(1, abs(x)) }
    return a == b
  }

  /// Hidden people who all say the same would be known from the total: it goes, and what is measured against it.
  @Test func totalsThatTellAreLeftOut() throws {
    var lines = ["g,score,colour"]
    for i in 0..<40 { lines.append("a,\(1 + i % 5),\(["red", "green", "blue"][i % 3])") }
    for i in 0..<12 { lines.append("b,4,\(i < 7 ? "red" : "green")") }
    for _ in 0..<3 { lines.append("c,4,red") }
    let found = try asking(segmentProfileKind, "group: g", lines.joined(separator: "\n") + "\n").findings()
    let profiles = try #require(found.table("profiles"))
    let score = try #require(profiles.rows(where: ["variable": .text("score"), "segment": .text("a")]).first)
    #expect(score["value"] == .number(2.95) || isClose(score["value"]?.number, 3, 0.1))
    for name in ["total", "index", "difference", "v_test", "significant", "difference_lower"] {
      #expect(score[name] == .missing)
    }
    // Nobody hidden said blue; green, the rarest that some did, goes with it.
    for (level, isShown) in [("red", true), ("green", false), ("blue", false)] {
      let row = try #require(profiles.rows(where: ["level": .text(level), "segment": .text("a")]).first)
      #expect(row["total"]?.isMissing == !isShown && row["value"]?.isMissing == false)
    }
  }
}

/// Whole numbers of which some sums are known, narrowed by what each equation leaves the others.
private struct BoundedSystem {
  private var low: [Int] = []
  private var high: [Int] = []
  /// Sums of unknowns, less a part of them: Σ plus = known + Σ minus.
  private var equations: [(plus: [Int], minus: Int?, known: Int)] = []
  private var ranges: [(count: Int, base: Int, times: ClosedRange<Int>)] = []

  mutating func unknown(_ range: ClosedRange<Int>) -> Int {
    low.append(range.lowerBound)
    high.append(range.upperBound)
    return low.count - 1
  }

  mutating func sum(of unknowns: [Int], is known: Int) {
    if !unknowns.isEmpty { equations.append((unknowns, nil, known)) }
  }

  mutating func parts(_ parts: [Int], of whole: Int) { equations.append((parts, whole, 0)) }
  mutating func isAtMost(_ a: Int, _ b: Int) { ranges.append((a, b, 0...1)) }
  mutating func isWithin(_ count: Int, _ base: Int, times: ClosedRange<Int>) { ranges.append((count, base, times)) }

  mutating func narrow() {
    for _ in 0..<400 {
      let before = (low, high)
      for equation in equations {
        let wholeLow = equation.minus.map { low[$0] } ?? 0
        let wholeHigh = equation.minus.map { high[$0] } ?? 0
        let lowest = equation.plus.reduce(0) { $0 + low[$1] }
        let highest = equation.plus.reduce(0) { $0 + high[$1] }
        for unknown in equation.plus {
          low[unknown] = max(low[unknown], equation.known + wholeLow - (highest - high[unknown]))
          high[unknown] = min(high[unknown], equation.known + wholeHigh - (lowest - low[unknown]))
        }
        if let whole = equation.minus {
          low[whole] = max(low[whole], lowest - equation.known)
          high[whole] = min(high[whole], highest - equation.known)
        }
      }
      for (count, base, times) in ranges {
        low[count] = max(low[count], low[base] * times.lowerBound)
        high[count] = min(high[count], high[base] * times.upperBound)
        if times.upperBound > 0 { low[base] = max(low[base], (low[count] + times.upperBound - 1) / times.upperBound) }
        if times.lowerBound > 0 { high[base] = min(high[base], high[count] / times.lowerBound) }
      }
      if before == (low, high) { return }
    }
  }

  var isPossible: Bool { low.indices.allSatisfy { low[$0] <= high[$0] } }
  func isDetermined(_ unknown: Int) -> Bool { low[unknown] == high[unknown] }
}
