import Testing

@testable import ValueModels

/// Small tables against other software: `ca` 0.71.1 and FactoMineR of R, signs aside. The calls stand above the numbers.
@Suite struct PerceptualMapReferenceTests {
  private func near(_ a: [Double?], _ b: [Double]) -> Bool {
    a.count == b.count && zip(a, b).allSatisfy { abs(abs($0 ?? .infinity) - abs($1)) <= 1e-6 * max(1, abs($1)) }
  }

  /// `ca(smoke, suprow = 1)`
  @Test func aRowThatHasNoSay() throws {
    let findings = try Asking(
      perceptualMapKind, "data: data\nbrand: staff\nsupplementary: {brands: [SM]}", ["data": smokers]
    ).findings()
    let brands = try #require(findings.table("brands"))
    #expect(near([brands.numbers("dim_1")[0], brands.numbers("dim_2")[0]], [0.06523984, 0.19863821]))
    let quality = brands.numbers("quality").compactMap { $0.map { ($0 * 1000).rounded() } }
    #expect(quality == [822, 1000, 1000, 1000, 998])
    let contributions = brands.numbers("contribution_1").compactMap { $0.map { ($0 * 10).rounded() } }
    #expect(contributions == [0, 84, 523, 318, 74])
  }

  let scores = "brand,a,b,c\nV,1,6,0\nW,2,4,1\nX,3,2,5\nY,2,7,1\nZ,9,1,4"

  /// `PCA(x, ind.sup = 5)`
  @Test func correlationsWithASupplementaryBrand() throws {
    let findings = try Asking(
      perceptualMapKind, "data: data\nmethod: principal-components\nsupplementary: {brands: [Z]}", ["data": scores]
    ).findings()
    let dimensions = try #require(findings.table("dimensions"))
    #expect(near(dimensions.numbers("eigenvalue"), [2.66063185, 0.27599126, 0.06337688]))
    #expect(near(dimensions.numbers("percent"), [88.687728, 9.199709, 2.112563]))
    let brands = try #require(findings.table("brands"))
    #expect(near(brands.numbers("dim_1"), [1.72371914, 0.01667968, 2.62470041, 0.88430159, 7.505529]))
    #expect(
      near(Array(brands.numbers("contribution_2").prefix(4)), [19.24538578, 13.48480214, 0.02001522, 67.24979685]))
    #expect(near([brands.numbers("quality")[4]], [0.5459338 + 0.1808148]))
    let attributes = try #require(findings.table("attributes"))
    #expect(near(attributes.numbers("dim_1"), [0.9425275, 0.9058737, 0.9755339]))
    #expect(near(attributes.numbers("contribution_3"), [33.957600, 5.397409, 60.644991]))
  }

  /// `PCA(x, scale.unit = FALSE, quanti.sup = 3)`
  @Test func covariancesWithASupplementaryAttribute() throws {
    let findings = try Asking(
      perceptualMapKind,
      "data: data\nmethod: principal-components\nscale: covariance\nsupplementary: {attributes: [c]}", ["data": scores]
    ).findings()
    #expect(near(findings.table("dimensions")?.numbers("eigenvalue") ?? [], [11.945935, 1.494065]))
    let brands = try #require(findings.table("brands"))
    #expect(near(brands.numbers("dim_2"), [0.1776696, 0.8336427, 1.8449549, 1.5765143, 0.9244137]))
    let attributes = try #require(findings.table("attributes"))
    #expect(near(attributes.numbers("dim_1"), [2.776733, 2.058079, 1.472869]))
    #expect(near([attributes.numbers("quality")[2]], [0.5769531 + 0.1629784]))
  }
}
