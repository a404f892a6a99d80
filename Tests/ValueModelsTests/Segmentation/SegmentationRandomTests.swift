import Diagnostics
import Statistics
import Testing

@testable import ValueModels

/// Small tables of all kinds of columns, good and bad: findings or a refusal that says where, and never a crash.
@Suite struct SegmentationRandomTests {
  private func table(_ generator: inout SeededGenerator) -> String {
    let rows = [0, 1, 2, 3, 5, 12, 40][generator.index(below: 7)]
    let kinds = (0..<(1 + generator.index(below: 5))).map { _ in generator.index(below: 9) }
    var lines = [kinds.indices.map { "c\($0)" }.joined(separator: ",")]
    for row in 0..<rows {
      lines.append(
        kinds.map { kind -> String in
          switch kind {
          case 0: return "\(row + 1)"
          case 1: return "\(1 + generator.index(below: 5))"
          case 2: return generator.uniform() < 0.3 ? "" : "\(generator.normal())"
          case 3: return "\(generator.index(below: 2))"
          case 4: return ["yes", "no", ""][generator.index(below: 3)]
          case 5: return "7"
          case 6: return generator.uniform() < 0.1 ? "-1e300" : "1e-300"
          case 7: return "name \(row)"
          default: return generator.uniform() < 0.5 ? "true" : "false"
          }
        }.joined(separator: ","))
    }
    return lines.joined(separator: "\n") + "\n"
  }

  @Test(arguments: 1...300) func findingsOrARefusalThatSaysWhere(_ seed: Int) {
    var generator = SeededGenerator(seed: UInt64(seed))
    let csv = table(&generator)
    func one(_ choices: [String]) -> String { choices[generator.index(below: choices.count)] }
    let few = "starts: 2\ngap_sets: \(one(["0", "2"]))\nstability: \(one(["0", "2"]))\n"
    let settings =
      few + one(["", "variables: [c0]\n", "variables: [c0, c1, c2]\n"])
      + one(["", "segments: 2\n", "segments: [2, 12]\n", "segments: 7\n"])
      + one(["", "standardize: within-person\n", "standardize: none\n"])
      + one(["", "describe: [c1, c2]\n", "value: c1\n", "respondent: c0\n"])
    let method = one(["", "", "method: ward\n", "method: ward\nconsolidate: false\n", "method: gaussian-mixture\n"])
    check(asking(segmentationKind, settings + method, csv, suppressBelow: generator.index(below: 11)))
    let groups = "group: \(one(["c0", "c1"]))\n" + one(["", "describe: [c2, c0]\n", "value: c1\n", "respondent: c2\n"])
    check(asking(segmentProfileKind, groups, csv, suppressBelow: generator.index(below: 11)))
  }

  private func check(_ asking: Asking) {
    do {
      let found = try asking.findings()
      #expect(found.tables.allSatisfy { $0.rows.allSatisfy { row in row.allSatisfy { $0.number?.isFinite ?? true } } })
      #expect(found.method.settings.count >= 8)
    } catch let rejection as Rejection {
      #expect(rejection.diagnostics.contains { $0.severity == .error })
      #expect(rejection.diagnostics.allSatisfy { $0.position != nil })
    } catch { Issue.record("\(error)") }
  }
}
