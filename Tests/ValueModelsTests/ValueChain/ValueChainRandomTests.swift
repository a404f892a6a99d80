import Diagnostics
import Statistics
import Testing

@testable import ValueModels

/// Chains made by chance, good and bad: refused with a reason, or whole.
@Suite struct ValueChainRandomTests {
  @Test(arguments: [1, 2, 3] as [UInt64]) func refusedOrWhole(_ seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var found = 0
    for _ in 0..<150 {
      let count = 1 + random.index(below: 12)
      let isOdd = random.index(below: 3) == 0
      func cell(_ good: String, _ odd: [String]) -> String {
        isOdd && random.index(below: 15) == 0 ? odd[random.index(below: odd.count)] : good
      }
      var actors = ["actor,stage,own"]
      for at in 0..<count { actors.append("\(cell("A\(at)", ["", "A0", "=x"])),\(at % 3),\(at == 0 ? "yes" : "")") }
      var flows = ["from,to,kind,value,unit,period"]
      for _ in 0..<random.index(below: 40) {
        let from = random.index(below: count)
        let to = count == 1 ? 0 : (from + 1 + random.index(below: count - 1)) % count
        let kind = FlowKind.allCases[random.index(below: 6)].rawValue
        let value = random.index(below: 4) == 0 ? "" : "\(random.index(below: 100))"
        flows.append(
          "\(cell("A\(from)", ["", "A99"])),A\(to),\(cell(kind, ["", "barter"])),\(cell(value, ["-1", "1e308", "x"])),"
            + "\(["EUR", "USD", ""][random.index(below: 3)]),\(["year", ""][random.index(below: 2)])")
      }
      let ask = Asking(
        valueChainKind, "actors: actors\nflows: flows",
        ["actors": actors.joined(separator: "\n"), "flows": flows.joined(separator: "\n") + "\n"])
      do {
        let findings = try ask.findings()
        found += 1
        #expect(findings.table("actors")?.rows.count == count)
        #expect(findings.table("flows")?.rows.count == flows.count - 1)
        // Within each unit and period what one pays another receives.
        let balance = try #require(findings.table("balance"))
        let most = balance.numbers("money_in").reduce(1) { max($0, $1 ?? 0) }
        let nets = balance.numbers("net_money").reduce(0) { $0 + ($1 ?? 0) }
        #expect(abs(nets) <= 1e-9 * most)
        let ranks = findings.table("actors")?.numbers("pagerank").compactMap { $0 } ?? []
        #expect(abs(ranks.reduce(0, +) - 1) < 1e-9)
      } catch let rejection as Rejection {
        #expect(rejection.diagnostics.contains { $0.severity == .error })
      }
    }
    #expect(found > 30)
  }
}
