import Formats
import Graphics
import Statistics
import ValueModels

@testable import Figures

/// Findings of invented groups.
enum SegmentFixture {
  /// - Parameters:
  ///   - names: of the groups, from the largest.
  ///   - ratings: names of variables with means; `shares`: of variables with answers.
  static func findings(
    names: [String], ratings: [String], shares: [(variable: String, levels: [String])], seed: UInt64 = 1,
    type: String = "segmentation", hidden: Set<Int> = [], worth: Bool = true
  ) -> Findings {
    var generator = SeededGenerator(seed: seed)
    var findings = Findings(
      id: "groups", type: type, title: "Groups",
      method: Method(summary: "k-means of 900 respondents", settings: [.init("value", .text("spend"))]))
    var segments = FindingsTable(
      "segments", title: "Segments",
      columns: [
        .init("segment", .integer), .init("slug", .text), .init("name", .text), .init("size", .integer),
        .init("share", .share), .init("base", .integer), .init("value_share", .share), .init("stability"),
        .init("suggestion", .text), .init("letter", .text),
      ])
    let total = Double(names.count * (names.count + 1) / 2)
    for (index, slug) in uniqueSlugs(names).enumerated() {
      let share = Double(names.count - index) / total
      let isHidden = hidden.contains(index)
      segments.add([
        .integer(index + 1), .text(slug), .text(names[index]), isHidden ? .missing : .integer(Int(share * 900)),
        isHidden ? .missing : .number(share), isHidden ? .missing : .integer(Int(share * 900)),
        worth && !isHidden ? .number(Double(index + 1) / total) : .missing, .missing, .text("high price, low service"),
        .text(letter(index)),
      ])
    }
    var profiles = FindingsTable(
      "profiles", title: "Profiles",
      columns: [
        .init("variable", .text), .init("level", .text), .init("segment", .integer), .init("value"), .init("total"),
        .init("index"), .init("difference", .signed), .init("v_test", .signed), .init("effect_size"),
        .init("significant", .truth), .init("base", .integer), .init("lower"), .init("upper"), .init("measure", .text),
        .init("letters", .text), .init("difference_lower", .signed), .init("difference_upper", .signed),
      ])
    func add(_ variable: String, _ level: String?, _ total: Double, _ reach: Double, _ half: Double) {
      for group in names.indices {
        let value = total + (generator.uniform() - 0.5) * reach
        let v = (value - total) / half * 2
        let isHidden = hidden.contains(group)
        profiles.add([
          .text(variable), level.map { .text($0) } ?? .missing, .integer(group + 1),
          isHidden ? .missing : .number(value), .number(total), isHidden ? .missing : .number(value / total * 100),
          isHidden ? .missing : .number(value - total), isHidden ? .missing : .number(v), .number(reach * reach / 20),
          isHidden ? .missing : .truth(abs(v) > 1.96), isHidden ? .missing : .integer(group == 1 ? 22 : 180),
          isHidden ? .missing : .number(value - half), isHidden ? .missing : .number(value + half),
          .text(level == nil ? "mean" : "share"),
          isHidden
            ? .missing
            : .text(
              value > total ? (0..<names.count - 1).filter { $0 != group }.map(letter).joined(separator: " ") : ""),
          isHidden ? .missing : .number(value - total - half), isHidden ? .missing : .number(value - total + half),
        ])
      }
    }
    for (index, rating) in ratings.enumerated() { add(rating, nil, 4 + 0.2 * Double(index % 5), 2, 0.2) }
    for share in shares {
      for level in share.levels { add(share.variable, level, 0.1 + 0.4 * generator.uniform(), 0.18, 0.03) }
    }
    var criteria = FindingsTable(
      "criteria", title: "Criteria",
      columns: [
        .init("segments", .integer), .init("within_ss"), .init("silhouette"), .init("gap"), .init("gap_se"),
        .init("calinski_harabasz"), .init("best_starts", .integer), .init("taken", .truth),
      ])
    for k in 2...8 {
      criteria.add([
        .integer(k), .number(9000 / Double(k)), .number(0.3 - 0.02 * Double(abs(k - 4))), .number(1 + 0.02 * Double(k)),
        .number(0.01), .number(500 - 40 * Double(k)), .integer(50), .truth(k == names.count),
      ])
    }
    findings.tables = type == "segmentation" ? [segments, profiles, criteria] : [segments, profiles]
    findings.facts = [
      Fact("segments", names.count), Fact("base", 900), Fact("criterion", .text("silhouette"), .text),
      Fact("reason", .text("4 segments have the largest average silhouette, 0.30, among 2 to 8 segments"), .text),
    ]
    findings.data = [DataUse(name: "survey", rows: 900, used: 900, sha256: "", source: .survey)]
    return findings
  }

  private static func letter(_ group: Int) -> String { String(UnicodeScalar(UInt8(65 + group % 26))) }

  /// The walkers with a typing tool of three questions, the last not asked.
  static let typed: Findings = {
    var findings = walkers
    var typing = FindingsTable(
      "typing", title: "Typing tool",
      columns: [
        .init("question", .text), .init("step", .integer), .init("accuracy", .share), .init("lower", .share),
        .init("upper", .share), .init("taken", .truth),
      ])
    for (at, question) in ["comfort", "waterproof to the ankle, also after years of use", "buys_in"].enumerated() {
      let accuracy = [0.52, 0.74, 0.745][at]
      typing.add([
        .text(question), .integer(at + 1), .number(accuracy), .number(accuracy - 0.03), .number(accuracy + 0.03),
        .truth(at < 2),
      ])
    }
    findings.tables.append(typing)
    findings.facts.append(Fact("typing_largest", 0.4, .share))
    return findings
  }()

  static let walkers = findings(
    names: ["Weekend strollers", "Commuters on foot", "Hill people", "Dog owners"],
    ratings: ["comfort", "price", "waterproof to the ankle", "weight", "looks"],
    shares: [("buys in", ["shops", "markets", "on line"]), ("has a car", ["Yes", "No"])])

  static func context(_ findings: Findings, _ width: FigureWidth = .normal) -> FigureContext {
    FigureContext(findings: findings, language: .british, width: width, measurer: FixedWidthMeasurer())
  }
}
