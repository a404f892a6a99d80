import Diagnostics
import Statistics
import Testing

@testable import ValueModels

/// Odd tables and settings: findings or a refusal, never a crash, and nothing in findings that is not finite or too small.
@Suite struct ResponseRandomTests {
  @Test(arguments: 1...60) func `odd tables`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed, stream: 77)
    func one<T>(_ items: [T]) -> T { items[generator.index(below: items.count)] }
    let rows = one([40, 260, 700, 1500])
    let rate = one([0.02, 0.3, 0.5, 0.97])
    let scale = one([1, 1e-9, 1e9, 1e150])
    var csv = "id,a,b,c,d,w,arm,y\n"
    let rare = one([1, 5, 200])
    for i in 0..<rows {
      let y = generator.uniform() < rate
      let a = generator.uniform() < 0.05 ? "" : "\((generator.uniform() - 0.5) * scale)"
      let b = generator.uniform() < 0.1 ? "" : "level \(generator.index(below: rare))"
      let c = generator.index(below: 4) == 0 ? "x" : y && generator.uniform() < 0.9 ? "y" : "z"
      let d = one(["0", "1", "1000000", "-3.5"])
      csv +=
        "\(i / one([1, 1, 3])),\(a),\(b),\(c),\(d),\(one(["1", "0.5", "0", "12"])),\(one(["t", "t", "k", ""])),\(y ? 1 : 0)\n"
    }
    let settings = [
      one(["customer: id\n", ""]), "responded: y\n",
      one(["features: [a, b, c, d]\n", "features: [c]\n", "features: [b, d]\n"]),
      one(["", "weight: w\n"]), one(["", "treatment: arm\ncontrol: k\nbootstrap: 30\n"]),
      one(["", "contact_cost: 2\nmargin: 9\n", "contact_cost: 5\nmargin: 1\n"]),
      one(["", "holdout: {last: 0.2}\n", "holdout: {column: d, from: 1}\n", "holdout: 0.8\n"]),
      one(["", "missing: drop\n"]), one(["", "ridge: 3\n", "ridge: 0\n"]), one(["", "where: {c: [x, z]}\n"]),
    ].joined()
    let limit = one([0, 10, 60])
    do {
      let found = try ResponseInput.asking(settings, csv, suppressBelow: limit).findings()
      for table in found.tables {
        for case .number(let value) in table.rows.joined() { #expect(value.isFinite, "\(table.name)") }
      }
      for case .number(let value) in found.facts.map(\.value) { #expect(value.isFinite) }
      for name in ["deciles", "line"] {
        let customers = found.table(name)?.numbers("customers").compactMap { $0 } ?? []
        #expect(customers.allSatisfy { $0 >= Double(limit) || customers.count == 1 }, "\(name)")
      }
      for row in found.table("deciles")?.rows ?? [] { #expect((row[3].number ?? -1) >= 0 && (row[3].number ?? 2) <= 1) }
    } catch let rejection as Rejection {
      #expect(!rejection.diagnostics.isEmpty)
    }
  }
}
