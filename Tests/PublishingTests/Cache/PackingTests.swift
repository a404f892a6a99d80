import Testing
import ValueModels

@testable import Pages
@testable import Publishing

@Suite struct PackingTests {
  private static var findings: Findings {
    var findings = Findings(
      id: "map", type: "perceptual-map", title: "Ünï\u{0}code \u{1F600}",
      method: Method(
        summary: "s",
        settings: [
          .init("none", .none), .init("text", .text("")), .init("number", .number(-0.0)),
          .init("integer", .integer(.min)), .init("truth", .truth(true)),
          .init("list", .list([.integer(1), .list([]), .map([.init("deep", .number(.pi))])])),
        ], references: ["a", "b"]))
    findings.facts = [
      Fact("missing", .missing, .text), Fact("n", .number(0.1 + 0.2), .share), Fact("i", .integer(.max), .integer),
      Fact("t", .text("x"), .text), Fact("b", .truth(false), .truth),
      Fact("tiny", .number(Double.leastNonzeroMagnitude), .probability),
      Fact("nan", .number(.infinity), .percent),
    ]
    var table = FindingsTable("t", title: "T", columns: [.init("a", .text), .init("b", .signed)])
    table.add([.text("r"), .number(1.0 / 3)])
    table.add([.missing, .integer(-5)])
    findings.tables = [table, FindingsTable("empty", title: "", columns: [])]
    findings.cautions = [Caution("c", "m", rows: ["x", "y"]), Caution("d", "n")]
    findings.data = [
      DataUse(name: "d", rows: 10, used: 7, sha256: "00", source: .desk, collected: "2026"),
      DataUse(name: "e", rows: 0, used: 0, sha256: ""),
    ]
    findings.dropped = [DroppedRow(data: "d", line: 3, reason: "r")]
    return findings
  }

  @Test func everyValueComesBackToTheBit() throws {
    let packed = Self.findings.packed
    let back = try unwrap(Findings(packed: packed), "not read")
    #expect(back == Self.findings)
    #expect(back.packed == packed)
    guard case .number(let zero) = back.method.settings[2].value else { throw TestFault(message: "no number") }
    #expect(zero.sign == .minus)
  }

  @Test func cutBytesAreNoFindings() {
    let packed = Self.findings.packed
    for count in 0..<packed.count { #expect(Findings(packed: Array(packed[..<count])) == nil) }
    #expect(Findings(packed: packed + [0]) == nil)
  }

  /// Seeded: the same bytes on every run.
  @Test func alteredBytesNeverCrash() {
    let packed = Self.findings.packed
    var state: UInt64 = 42
    func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state >> 33
    }
    for round in 0..<4000 {
      var bytes = packed
      for _ in 0...(round % 4) {
        let value: UInt8 = [0, 1, 0x7F, 0x80, 0xFF, UInt8(truncatingIfNeeded: next())][Int(next() % 6)]
        bytes[Int(next()) % bytes.count] = value
      }
      _ = Findings(packed: bytes)
      _ = FigureOutcome(packed: bytes)
    }
    for _ in 0..<2000 {
      let bytes = (0..<Int(next() % 200)).map { _ in UInt8(truncatingIfNeeded: next()) }
      _ = Findings(packed: bytes)
      _ = FigureOutcome(packed: bytes)
    }
  }

  /// Row counts whose difference would overflow.
  @Test func countsBeyondAllMeasureAreRefused() {
    var findings = Findings(id: "a", type: "b", title: "c", method: Method(summary: ""))
    findings.data = [DataUse(name: "d", rows: 5, used: 5, sha256: "")]
    var packer = Packer()
    packer.add(Int.min)
    let (good, bad) = (findings.packed, packer.bytes)
    let five: [UInt8] = [5, 0, 0, 0, 0, 0, 0, 0]
    for start in 0...(good.count - 8) where Array(good[start..<start + 8]) == five {
      #expect(Findings(packed: Array(good[..<start]) + bad + Array(good[(start + 8)...])) == nil)
    }
  }
}
