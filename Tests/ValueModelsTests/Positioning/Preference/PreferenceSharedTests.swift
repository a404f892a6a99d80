import FoundationEssentials
import Testing

@testable import ValueModels

/// Preferences of real tables of `../shared`, skipped where they are missing. Numbers from R 4.2.2: `prcomp` or `ca`, then `lm`
/// and `anova` of each segment, and of each person with the same rule of choice.
@Suite(.enabled(if: SharedStudies.isThere)) struct PreferenceSharedTests {
  private func near(_ a: [Double?], _ b: [Double]) -> Bool {
    a.count == b.count && zip(a, b).allSatisfy { abs(($0 ?? .infinity) - $1) <= 1e-8 * max(1, abs($1)) }
  }

  @Test func grocersAndTwoSegments() throws {
    let path = SharedStudies.folder + "../data/chicago_retailers.csv"
    let csv = FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) } ?? ""
    let findings = try Asking(
      perceptualMapKind,
      "data: data\nmethod: principal-components\npreference: {columns: [segment1, segment2]}", ["data": csv]
    ).findings()
    #expect(findings.fact("attributes") == .integer(7))
    let tests = try #require(findings.table("model_tests"))
    let (r, f) = (tests.numbers("r_squared"), tests.numbers("f"))
    let (nested, p) = (tests.numbers("nested_f"), tests.numbers("nested_p_value"))
    #expect(near([r[0], f[0], nested[1], p[1]], [0.975064357736, 58.6548572164, 5024.28728747, 0.000198973803048]))
    #expect(near([r[1], nested[2], p[2]], [0.999990077908, 1.39447206987, 0.447320586582]))
    #expect(near([r[4], f[4], nested[5], p[5]], [0.914681628599, 16.0812076036, 2.36277255925, 0.264081581119]))
    #expect(r[3] == nil && r[7] == nil)
    let found = try #require(findings.table("preferences"))
    #expect(found.texts("model") == ["circular", "vector"] && found.texts("kind") == ["anti-ideal", "vector"])
    #expect(found.values("inside") == [.truth(false), .missing])
  }

  @Test func technologyBrandsByTheirRecommenders() throws {
    let findings = try Asking(
      perceptualMapKind, "data: data\nbootstrap: 0\npermutation: 0\npreference: {columns: recommend}",
      ["data": SharedStudies.text("tech-brands/content/data/tech_brand_survey.csv")]
    ).findings()
    let tests = try #require(findings.table("model_tests"))
    #expect(near(tests.numbers("r_squared"), [0.404339181286, 0.682924383483, 0.874278027370, 0.896247072666]))
    #expect(near(Array(tests.numbers("nested_f").dropFirst()), [7.907472820857, 12.176305534164, 1.482207018353]))
    #expect(findings.fact("preference_fitted") == .integer(282))
    #expect(near([findings.number("preference_significant")], [67.0 / 282]))
  }
}
