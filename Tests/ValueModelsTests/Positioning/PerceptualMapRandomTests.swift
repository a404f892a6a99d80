import Diagnostics
import Statistics
import Testing

@testable import ValueModels

/// Tables made by chance, good and bad: a map is refused with a reason, or whole and finite.
@Suite struct PerceptualMapRandomTests {
  static let odd = ["", "x", "-1", "0", "0", "1e300", "0.5", "7", "1e-300", "NA", "0", "1e308"]

  func table(_ random: inout SeededGenerator, isRatings: Bool) -> String {
    let columns = 1 + random.index(below: 6)
    let names = (0..<columns).map { "a\($0)" }.joined(separator: ",")
    var lines = [(isRatings ? "respondent,brand," : "brand,") + names]
    let oddness = random.index(below: 3) == 0 ? 12 : 400
    for row in 0..<(1 + random.index(below: isRatings ? 60 : 8)) {
      let cells = (0..<columns).map { _ in
        random.index(below: oddness) == 0
          ? Self.odd[random.index(below: Self.odd.count)] : "\(random.index(below: isRatings ? 2 : 30))"
      }
      let start = isRatings ? "\(row / 5),B\(row % 5)," : "B\(row),"
      lines.append(start + cells.joined(separator: ","))
    }
    return lines.joined(separator: "\n")
  }

  @Test(arguments: [1, 2, 3, 4] as [UInt64]) func refusedOrWhole(_ seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var found = 0
    for _ in 0..<200 {
      let csv = table(&random, isRatings: random.index(below: 2) == 0)
      let method = ["correspondence", "principal-components", "discriminant"][random.index(below: 3)]
      let scaling = MapScaling.allCases[random.index(below: MapScaling.allCases.count)].rawValue
      let scale = ["correlation", "covariance"][random.index(below: 2)]
      var ask = Asking(
        perceptualMapKind,
        "data: data\nbrand: brand\nmethod: \(method)\nscaling: \(scaling)\nscale: \(scale)\n"
          + "bootstrap: \(random.index(below: 4) == 0 ? 20 : 0)\npermutation: \(random.index(below: 4) == 0 ? 20 : 0)",
        ["data": csv])
      ask.privacy = Privacy(minimumBase: 5, suppressBelow: random.index(below: 4))
      do {
        let findings = try ask.findings()
        found += 1
        check(findings, csv)
        #expect(findings == (try ask.findings()))
      } catch let rejection as Rejection {
        #expect(!rejection.diagnostics.isEmpty, "\(csv)")
        #expect(rejection.diagnostics.contains { $0.severity == .error }, "\(csv)")
      }
    }
    #expect(found > 20)
  }

  private func check(_ findings: Findings, _ csv: String) {
    #expect(findings.number("explained").map { (0...1).contains($0) } == true, "\(csv)")
    for name in ["brands", "attributes"] {
      guard let table = findings.table(name) else {
        Issue.record("no table \(name)")
        continue
      }
      for column in table.columns where column.name != "base" {
        #expect(table.values(column.name).allSatisfy { !$0.isMissing }, "\(column.name) \(csv)")
      }
      #expect(table.numbers("quality").allSatisfy { (0...1).contains($0 ?? -1) }, "\(csv)")
      let sum = table.numbers("contribution_1").reduce(0) { $0 + ($1 ?? 0) }
      #expect(abs(sum - 100) < 1e-6, "\(sum) \(csv)")
    }
  }
}
