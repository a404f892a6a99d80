import Statistics
import Testing

@testable import ValueModels

/// Tables of any content: targeting, market maps and markets refuse them or find something finite; none of them stops the program.
@Suite struct OddTablesTests {
  private static let cells = [
    "", "0", "-1", "1", "3", "5", "100", "1e308", "-1e308", "1e-320", "x", "A", "B", "Shops", "Us", "attractiveness",
    "strength", "2024", "2024-05-01", "\"a,b\"", "ä", "NaN", "inf", "true",
  ]

  private func table(_ header: [String], _ generator: inout SeededGenerator) -> String {
    var csv = header.joined(separator: ",") + "\n"
    for _ in 0...generator.index(below: 7) {
      csv += header.map { _ in Self.cells[generator.index(below: Self.cells.count)] }.joined(separator: ",") + "\n"
    }
    return csv
  }

  @Test func nothingStopsTheProgram() {
    var generator = SeededGenerator(seed: 11)
    let kinds: [(AnalysisKind, [String], [String])] = [
      (
        targetingKind, ["segment", "criterion", "side", "weight", "score"],
        ["", "scale: [0, 100]", "choose: 1", "vary: 1\ndraws: 3", "cuts: [3]"]
      ),
      (
        marketMapKind, ["stage", "node", "to", "volume", "decision_share"],
        ["", "decision_base: market", "leverage: 0"]
      ),
      (marketKind, ["period", "player", "value", "segment"], ["", "own: A", "others: [A, B]"]),
    ]
    var found = 0
    for round in 0..<900 {
      let (kind, header, settings) = kinds[round % 3]
      let asking = Asking(
        kind, "data: data\n" + settings[generator.index(below: settings.count)], ["data": table(header, &generator)])
      guard let findings = try? asking.findings() else {
        // What is refused says why.
        #expect(!asking.refusals().isEmpty)
        continue
      }
      found += 1
      for case .number(let number) in findings.facts.map(\.value) + findings.tables.flatMap({ $0.rows.joined() }) {
        #expect(number.isFinite)
      }
    }
    #expect(found > 10)
  }

  /// Sums of many players stay quick: the whole is added up once.
  @Test func manyPlayers() throws {
    var csv = "period,player,value,segment\n"
    for player in 0..<1500 {
      for period in 2020..<2024 { csv += "\(period),P\(player),\(1 + (player * 7 + period) % 90),S\(player % 3)\n" }
    }
    let findings = try Asking(marketKind, "data: data", ["data": csv]).findings()
    #expect(findings.fact("players") == .integer(1500))
    #expect((findings.number("hhi") ?? 0) < 20)
  }
}
