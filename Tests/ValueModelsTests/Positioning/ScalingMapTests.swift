import Testing

@testable import ValueModels

/// Perceptual maps by multidimensional scaling.
@Suite struct ScalingMapTests {
  /// Four towns at the corners of a rectangle of 3 by 4.
  private static let corners = "town,A,B,C,D\nA,0,3,5,4\nB,3,0,4,5\nC,5,4,0,3\nD,4,5,3,0"

  private func ask(_ settings: String, _ csv: String = corners) -> Asking {
    Asking(perceptualMapKind, "data: data\n" + settings, ["data": csv])
  }

  private func places(_ findings: Findings) -> [(Double, Double)] {
    guard let table = findings.table("brands") else { return [] }
    return zip(table.numbers("x"), table.numbers("y")).map { ($0 ?? .nan, $1 ?? .nan) }
  }

  @Test func aSquareTableIsFoundAndScaledTheClassicalWay() throws {
    let findings = try ask("level: ratio").findings()
    #expect(findings.setting("method") == .text("multidimensional-scaling"))
    #expect(findings.setting("input") == .text("dissimilarities"))
    #expect(findings.setting("algorithm") == .text("classical"))
    let dimensions = try #require(findings.table("dimensions"))
    let eigenvalues = dimensions.numbers("eigenvalue").compactMap(\.self)
    #expect(eigenvalues.count == 2 && abs(eigenvalues[0] - 16) < 1e-9 && abs(eigenvalues[1] - 9) < 1e-9)
    #expect(abs((findings.number("explained") ?? 0) - 1) < 1e-9)
    #expect((findings.number("stress") ?? 1) < 1e-9)
    for (x, y) in places(findings) { #expect(abs(abs(x) - 2) < 1e-9 && abs(abs(y) - 1.5) < 1e-9) }
    let distances = try #require(findings.table("distances"))
    #expect(distances.texts("other") == ["B", "C", "D", "C", "D", "D"])
    for (a, b) in zip(distances.numbers("distance"), [3.0, 5, 4, 4, 5, 3]) { #expect(abs((a ?? 0) - b) < 1e-9) }
    #expect(findings.cautions.isEmpty)
  }

  @Test func majorisationFindsTheSameRectangle() throws {
    let findings = try ask("level: ratio\nalgorithm: majorisation\norient: {right: B, up: C}").findings()
    #expect((findings.number("stress") ?? 1) < 1e-5)
    #expect(findings.fact("explained") == nil && findings.fact("starts") == .integer(51))
    #expect(places(findings)[1].0 > 1.9 && places(findings)[2].1 > 1.4)
    #expect(findings.table("dimensions")?.columns.map(\.name) == ["dimension", "stress"])
    #expect(findings.table("dimensions")?.rows.count == 3)
  }

  @Test func axesTurnTowardBrands() throws {
    let right = places(try ask("level: ratio\norient: {right: A, up: A}").findings())[0]
    #expect(right.0 > 0 && right.1 > 0)
    let left = places(try ask("level: ratio\norient: {right: C, up: C}").findings())[0]
    #expect(left.0 < 0)
  }

  @Test func halfATableIsEnough() throws {
    let lower = "town,A,B,C,D\nA,,,,\nB,3,,,\nC,5,4,,\nD,4,5,3,"
    let whole = places(try ask("level: ratio\nbrand: town").findings())
    let half = places(try ask("level: ratio\nbrand: town\ninput: dissimilarities", lower).findings())
    for (a, b) in zip(whole, half) { #expect(abs(a.0 - b.0) < 1e-9 && abs(a.1 - b.1) < 1e-9) }
  }

  @Test func pairsAreTheSameAsTheSquare() throws {
    let pairs = "brand,other,dissimilarity\nA,B,3\nA,C,5\nA,D,4\nB,C,4\nB,D,5\nC,D,3"
    let findings = try ask("level: ratio", pairs).findings()
    #expect(findings.setting("input") == .text("dissimilarities"))
    for (a, b) in zip(places(findings), places(try ask("level: ratio").findings())) {
      #expect(abs(a.0 - b.0) < 1e-9 && abs(a.1 - b.1) < 1e-9)
    }
  }

  @Test func respondentsArePooledAndCounted() throws {
    var csv = "respondent,brand,other,similarity\n"
    for who in 1...12 {
      for (a, b, s) in [("A", "B", 6), ("A", "C", 1), ("B", "C", 2), ("D", "A", 5), ("B", "D", 6), ("C", "D", 2)] {
        csv += "\(who),\(a),\(b),\(s + (who % 2))\n"
      }
    }
    var asking = ask("level: interval\nbootstrap: 20", csv)
    asking.privacy = Privacy()
    let findings = try asking.findings()
    #expect(findings.fact("base") == .integer(12) && findings.setting("input") == .text("similarities"))
    asking.privacy = Privacy(minimumBase: 30, suppressBelow: 13)
    #expect(asking.faults() == ["data/data.csv:2:5 analysis.unconnected-brands"])
  }

  @Test func similaritiesAreTurnedRound() throws {
    let csv = "brand,A,B,C,D\nA,,9,2,4\nB,9,,1,3\nC,2,1,,8\nD,4,3,8,"
    let most = try ask("input: similarities\nlevel: ratio\nalgorithm: majorisation", csv).findings()
    #expect(most.table("distances")?.numbers("dissimilarity") == [0, 7, 5, 8, 6, 1])
    let logs = try ask("input: similarities\nlevel: interval\nconvert: minus-log", csv).findings()
    let found = logs.table("distances")?.numbers("dissimilarity").map { $0 ?? .nan } ?? []
    #expect(found.count == 6 && abs(found[3] - 2.197224577336219) < 1e-12)
    #expect(
      ask("input: similarities\nconvert: minus-log", "brand,A,B,C\nA,,9,0\nB,9,,1\nC,0,1,").faults() == [
        "data/data.csv:2:6 analysis.similarity-not-positive"
      ])
  }

  @Test func unknownPairsHaveNoSay() throws {
    let csv = "town,A,B,C,D,E\nA,0,3,5,4,\nB,3,0,4,5,2\nC,5,4,0,3,3\nD,4,5,3,0,4\nE,,2,3,4,0"
    let findings = try ask("level: interval", csv).findings()
    #expect(findings.cautions.first?.id == "missing-pairs" && findings.cautions.first?.rows == ["A", "E"])
    #expect(findings.table("distances")?.rows.count == 9)
    #expect(ask("level: ratio", csv).faults() == ["data/data.csv:2:1 analysis.missing-pair"])
  }

  @Test func attributesGiveDistances() throws {
    let csv = "brand,a,b,c\nX,1,2,3\nY,2,1,1\nZ,4,4,1\nQ,5,1,7\nR,3,3,3"
    let findings = try ask("method: multidimensional-scaling\nlevel: ratio\norient: {right: a}", csv).findings()
    #expect(findings.method.summary.contains("Euclidean distances over 3 standardised attributes"))
    // Classical scaling of Euclidean distances is components: the eigenvalues are those of the correlations times n.
    let components = try ask("method: principal-components", csv).findings()
    let a = findings.table("dimensions")?.numbers("eigenvalue").compactMap(\.self) ?? []
    let b = components.table("dimensions")?.numbers("eigenvalue").compactMap(\.self) ?? []
    #expect(a.count == 3 && zip(a, b).allSatisfy { abs($0 - 5 * $1) < 1e-9 })
    let constant = "brand,a,b\nX,1,2\nY,1,1\nZ,1,4\nQ,1,5"
    #expect(
      ask("method: multidimensional-scaling", constant).faults() == ["data/data.csv:1:7 analysis.constant-attribute"])
  }

  @Test func whatCannotBeScaledIsNamed() {
    let scaled = "input: dissimilarities"
    #expect(ask(scaled, "b,A,B,C\nA,0,3,5\nB,2,0,4\nC,5,4,0").faults() == ["data/data.csv:3:3 analysis.asymmetric"])
    #expect(ask(scaled + "\nsymmetrize: mean", "b,A,B,C\nA,0,3,5\nB,2,0,4\nC,5,4,0").faults().isEmpty)
    #expect(
      ask(scaled, "b,A,B,C\nA,0,-3,5\nB,-3,0,4\nC,5,4,0").faults() == [
        "data/data.csv:2:5 analysis.negative-dissimilarity", "data/data.csv:3:3 analysis.negative-dissimilarity",
      ])
    #expect(
      ask(scaled, "b,A,B,C\nA,1,3,5\nB,3,0,4\nC,5,4,0").faults() == ["data/data.csv:2:3 analysis.self-dissimilarity"])
    #expect(
      ask(scaled, "b,A,B,K\nA,0,3,5\nB,3,0,4\nC,5,4,0").faults() == [
        "data/data.csv:1:7 analysis.not-square", "data/data.csv:4:1 analysis.not-square",
      ])
    #expect(ask(scaled, "b,A,B\nA,0,3\nB,3,0").faults() == ["data/data.csv:3:1 analysis.too-few-brands"])
    #expect(
      ask(scaled, "b,A,B,C\nA,0,3,3\nB,3,0,3\nC,3,3,0").faults() == ["data/data.csv:3:1 analysis.no-association"])
    #expect(
      ask(scaled + "\nlevel: interval", "brand,other,dissimilarity\nA,B,1\nB,C,2\nD,E,1\nE,F,2").faults() == [
        "data/data.csv:4:1 analysis.unconnected-brands"
      ])
    #expect(
      ask("level: ratio", "brand,other,dissimilarity\nA,B,1\nB,C,2\nA,C,1\nA,B,2").faults() == [
        "data/data.csv:5:1 analysis.repeated-pair"
      ])
    #expect(ask("level: interval\nown: Z\nalgorithm: classical").faults().count == 2)
    #expect(ask("level: ordinale").faults() == ["valuemap.yaml:2:8 settings.unknown-choice"])
  }

  @Test func settingsOfScalingAreSaidToBeIdleElsewhere() throws {
    let csv = "brand,a,b,c\nX,1,2,3\nY,2,1,1\nZ,4,4,1"
    let findings = try ask("level: ordinal\nstarts: 5", csv).findings()
    #expect(findings.cautions.count { $0.id == "unused-setting" } == 2)
  }

  /// Any cells at all: findings or errors, never a crash.
  @Test func oddTablesAreSurvived() {
    let cells = ["", "0", "1", "2", "-1", "1e150", "1e308", "1e-300", "0.5", "NaN", "x", "3"]
    var state: UInt64 = 9
    func next(_ count: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % count
    }
    for round in 0..<150 {
      let n = 2 + next(5)
      let names = (0..<n).map { "B\($0)" }
      // Mostly sound tables with an odd cell or two, so that many get through.
      let oddity = next(3)
      var csv = "brand," + names.joined(separator: ",") + "\n"
      for i in 0..<n {
        let row = (0..<n).map { j in
          oddity > 0 && next(4 * n) < oddity ? cells[next(cells.count)] : i == j ? "" : "\(1 + (i + j) * (i + j) % 7)"
        }
        csv += names[i] + "," + row.joined(separator: ",") + "\n"
      }
      let level = ["ordinal", "interval", "ratio"][round % 3]
      let input = ["dissimilarities", "similarities", "counts"][next(3)]
      let asking = ask(
        "input: \(input)\nmethod: multidimensional-scaling\nsymmetrize: mean\nstarts: 2\nlevel: \(level)", csv)
      let said = asking.refusals()
      #expect(!said.contains { $0.id == "test.unexpected" }, "\(said) \(csv)")
    }
  }

  /// Real similarities, where they are beside the checkout: never a worse stress than R's monoMDS and isoMDS
  /// (0.0869 and 0.0994, `StatisticsTests/Reference/MASS/cafes.expected.json`).
  @Test(.enabled(if: SharedStudies.isThere)) func cafes() throws {
    let findings = try ask(
      "input: similarities\nsymmetrize: mean\nmethod: multidimensional-scaling\nlevel: ordinal",
      SharedStudies.text("cafes/content/data/cafe_similarities.csv")
    ).findings()
    #expect((findings.number("stress") ?? 1) <= 0.08686243306028 + 2e-5)
    let stresses = findings.table("dimensions")?.numbers("stress").compactMap(\.self) ?? []
    #expect(stresses.count == 4 && stresses[0] <= 0.2604011299863 + 2e-5 && stresses[2] <= 0.004629283854757 + 2e-5)
  }
}
