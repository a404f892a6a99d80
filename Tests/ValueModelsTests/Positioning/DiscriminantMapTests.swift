import Foundation
import Testing

@testable import ValueModels

/// `method: discriminant`, against MASS and manova of R on invented scores (`Tests/StatisticsTests/Reference/MASS`).
@Suite struct DiscriminantMapTests {
  struct Expected: Decodable {
    var x: [[Double]]
    var groups: [Int]
    var eigenvalues: [Double]
    var scores: [[Double]]
    var structure: [[Double]]
    var wilks: [Double]
    var f: [Double]
  }

  private func expected() throws -> Expected {
    let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    return try JSONDecoder().decode(
      Expected.self, from: Data(contentsOf: tests.appending(path: "StatisticsTests/Reference/MASS/lda.json")))
  }

  /// One answer a respondent.
  private func csv(_ expected: Expected) -> String {
    let lines = zip(expected.x, expected.groups).enumerated().map { at, row in
      "\(at),B\(row.1),\(row.0.map { "\($0)" }.joined(separator: ","))"
    }
    return "respondent,brand,p,q,r\n" + lines.joined(separator: "\n")
  }

  private func near(_ a: [Double?], _ b: [Double], upToSign: Bool = false) -> Bool {
    func same(_ sign: Double) -> Bool {
      a.count == b.count && zip(a, b).allSatisfy { abs(($0 ?? .infinity) * sign - $1) < 1e-8 }
    }
    return same(1) || upToSign && same(-1)
  }

  @Test func agreesWithR() throws {
    let expected = try expected()
    let findings = try Asking(
      perceptualMapKind, "data: data\nmethod: discriminant\nbootstrap: 0", ["data": csv(expected)]
    ).findings()
    let dimensions = try #require(findings.table("dimensions"))
    #expect(near(dimensions.numbers("eigenvalue"), expected.eigenvalues))
    #expect(near([findings.number("wilks")], expected.wilks))
    #expect(near([findings.number("f"), findings.number("f_p_value")], [expected.f[0], expected.f[3]]))
    #expect(
      near([dimensions.numbers("f")[0], dimensions.numbers("denominator_degrees")[0]], [expected.f[0], expected.f[2]]))
    let (brands, attributes) = try (#require(findings.table("brands")), #require(findings.table("attributes")))
    for axis in 0..<3 {
      #expect(near(brands.numbers("dim_\(axis + 1)"), expected.scores.map { $0[axis] }, upToSign: true))
      #expect(near(attributes.numbers("dim_\(axis + 1)"), expected.structure.map { $0[axis] }, upToSign: true))
    }
    #expect(brands.numbers("x") == brands.numbers("dim_1"))
    #expect(brands.numbers("base") == [12, 18, 10, 20])
    // Each respondent saw one brand: brands change places between respondents.
    #expect(findings.fact("p_value") == .number(0.001))
    #expect(findings.method.summary.hasPrefix("Discriminant analysis of 4 brands by 3 attributes"))
  }

  @Test func supplementaryPointsArePlaced() throws {
    let expected = try expected()
    let findings = try Asking(
      perceptualMapKind,
      "data: data\nmethod: discriminant\nbootstrap: 50\nsupplementary: {brands: [B3], attributes: [r]}",
      ["data": csv(expected)]
    ).findings()
    #expect(findings.table("brands")?.values("supplementary") == [false, false, false, true].map { .truth($0) })
    #expect(findings.table("attributes")?.values("supplementary") == [false, false, true].map { .truth($0) })
    #expect(findings.table("regions")?.rows.count == 4)
  }

  @Test func whatCannotBeAnalysedIsSaid() throws {
    func refusals(_ csv: String, _ settings: String = "") -> [String] {
      Asking(perceptualMapKind, "data: data\nmethod: discriminant\n" + settings, ["data": csv]).refusals()
        .map { "\($0.id): \($0.message)" }
    }
    let head = "respondent,brand,p,q,r\n"
    func rows(_ cells: (Int, Int) -> String) -> String {
      head + (0..<12).flatMap { i in (0..<3).map { "\(i),B\($0),\(cells(i, $0))" } }.joined(separator: "\n")
    }
    let sum = refusals(rows { i, b in "\(i * i % 7),\((i * 3 + b) % 5),\(i * i % 7 + (i * 3 + b) % 5)" })
    #expect(sum.count == 1 && sum[0].hasPrefix("analysis.singular-within"))
    #expect(sum.first?.contains("'r' follows from 'p', 'q'") == true)
    let flat = refusals(rows { i, b in "\(i * i % 7),\(b),\((i * 3 + b) % 5)" })
    #expect(flat.count == 1 && flat[0].contains("'q' is the same for all respondents of each brand"))
    let few = refusals(head + "1,A,1,2,3\n1,B,2,1,3\n1,C,2,2,1\n2,A,3,1,1\n2,B,1,3,2")
    #expect(few.count == 1 && few[0].hasPrefix("analysis.too-few-respondents"))
    #expect(few.first?.contains("here 6, and 5 were found") == true)
    let counts = refusals("brand,p,q,r\nA,1,2,3\nB,3,2,1\nC,2,2,5")
    #expect(counts.count == 1 && counts[0].hasPrefix("settings.wrong-type"))
  }

  @Test func weightsCountAsTheyWeigh() throws {
    let csv = MapCredibilityTests.ticks(40, effect: 0.3)
    let lines = csv.split(separator: "\n").map(String.init)
    let weighted = lines.enumerated().map { $0.offset == 0 ? $0.element + ",w" : $0.element + ",2" }
    let settings = "data: data\nmethod: discriminant\nbootstrap: 50\npermutation: 50"
    let plain = try Asking(perceptualMapKind, settings, ["data": csv]).findings()
    let heavy = try Asking(perceptualMapKind, settings + "\nweight: w", ["data": weighted.joined(separator: "\n")])
      .findings()
    for (table, column) in [("brands", "x"), ("regions", "sd_x"), ("attributes", "y")] {
      let (a, b) = (plain.table(table)?.numbers(column) ?? [], heavy.table(table)?.numbers(column) ?? [nil])
      #expect(near(a, b.compactMap { $0 }), "\(table) \(column)")
    }
    #expect(plain.fact("p_value") == heavy.fact("p_value"))
    #expect(near([plain.number("wilks")], [heavy.number("wilks") ?? 0]))
  }
}
