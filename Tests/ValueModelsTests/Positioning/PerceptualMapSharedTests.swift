import Testing

@testable import ValueModels

/// Real tables of `../shared`, skipped where they are missing. Eigenvalues from NumPy's SVD of the same tables.
@Suite(.enabled(if: SharedStudies.isThere)) struct PerceptualMapSharedTests {
  private func near(_ a: [Double?], _ b: [Double]) -> Bool {
    zip(a, b).allSatisfy { abs(($0 ?? .infinity) - $1) <= 1e-8 } && a.count >= b.count
  }

  func autos(_ settings: String) throws -> Findings {
    var ask = Asking(
      perceptualMapKind, "data: data\nbrand: brand\nown: Toyota\n" + settings,
      ["data": SharedStudies.text("autos/content/data/auto_brand_perceptions.csv")])
    ask.privacy = Privacy()
    return try ask.findings()
  }

  @Test func carsByCorrespondence() throws {
    let findings = try autos("method: correspondence")
    #expect(findings.fact("brands") == .integer(39))
    #expect(findings.fact("answers") == .integer(11713))
    #expect(findings.table("distances")?.rows.count == 741)
    let dimensions = findings.table("dimensions")?.numbers("eigenvalue") ?? []
    #expect(near(dimensions, [0.112546676, 0.0787238983, 0.0291505977, 0.0245064207, 0.016523546, 0.0108999058]))
    let brands = try #require(findings.table("brands"))
    #expect(near([brands.numbers("dim_1")[1].map(abs), brands.numbers("dim_2")[1].map(abs)], [0.53934101, 0.0597834]))
    #expect(findings.cautions.isEmpty)
  }

  @Test func carsByComponents() throws {
    let findings = try autos("method: principal-components\nscale: correlation")
    let dimensions = findings.table("dimensions")?.numbers("eigenvalue") ?? []
    #expect(near(dimensions, [5.37792144, 0.75536604, 0.4162473, 0.22273006, 0.10069053, 0.08189662, 0.045148]))
  }

  /// Wilks' Λ and F from manova, eigenvalues from lda (R 4.2.2, MASS), of 3,926 answers.
  @Test func technologyBrandsByDiscriminants() throws {
    var ask = Asking(
      perceptualMapKind,
      "data: data\nattributes: [fun, worth_what_you_pay_for, innovative, good_customer_service, stylish, easy_to_use, "
        + "high_quality, high_performance, low_prices]\nmethod: discriminant\nbootstrap: 0\npermutation: 0",
      ["data": SharedStudies.text("tech-brands/content/data/tech_brand_survey.csv")])
    ask.privacy = Privacy()
    let findings = try ask.findings()
    #expect(near([findings.number("wilks"), findings.number("f")], [0.522517351051, 24.5585625818]))
    let dimensions = findings.table("dimensions")?.numbers("eigenvalue") ?? []
    #expect(near(dimensions, [0.45610091771097, 0.12734795972891, 0.08644887027185, 0.03782986755938]))
    #expect(findings.cautions.isEmpty)
  }

  @Test func technologyBrandsByTicks() throws {
    var ask = Asking(
      perceptualMapKind,
      "data: data\nattributes: [fun, worth_what_you_pay_for, innovative, good_customer_service, stylish, easy_to_use, "
        + "high_quality, high_performance, low_prices]\nown: Google\nbootstrap: 1000",
      ["data": SharedStudies.text("tech-brands/content/data/tech_brand_survey.csv")])
    ask.privacy = Privacy()
    let findings = try ask.findings()
    #expect(findings.fact("base") == .integer(302))
    #expect(findings.fact("answers") == .integer(8994))
    #expect(findings.setting("input") == .text("ratings"))
    #expect(findings.cautions.map(\.id) == ["not-distinguished"])
    #expect(findings.fact("p_value") == .number(0.001))
    let dimensions = findings.table("dimensions")?.numbers("eigenvalue") ?? []
    #expect(near(dimensions, [0.0515483868, 0.0274807203, 0.0111048182, 0.00321993891, 0.00201125195]))
  }
}
