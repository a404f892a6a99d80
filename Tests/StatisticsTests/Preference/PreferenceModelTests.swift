import Testing

@testable import Statistics

/// PREFMAP's models against R 4.2.2: `lm` and `anova` (`Reference/lm/preference.R`).
@Suite struct PreferenceModelTests {
  private struct Expected: Decodable {
    struct Preference: Decodable {
      let z, rss, r_squared, f, p, nested_f, nested_p, circular, quadratic, point, curvatures: [Double]
    }
    let x, y: [Double]
    let preferences: [String: Preference]
  }

  private let expected: Expected
  private let basis: PreferenceBasis

  init() throws {
    expected = try reference("lm/preference.json")
    basis = PreferenceBasis(x: expected.x, y: expected.y)
  }

  @Test(arguments: ["direction", "ideal", "avoided", "tilted", "saddle"])
  func fitsAndTestsAsRegressions(_ name: String) throws {
    let expected = try #require(expected.preferences[name])
    let fits = basis.fit(expected.z)
    for (k, model) in PreferenceModel.allCases.enumerated() {
      #expect(agree(fits.residual(model), expected.rss[k]))
      #expect(agree(fits.rSquared(model), expected.r_squared[k]))
      let test = try #require(fits.test(model))
      #expect(agree(test.f, expected.f[k]) && agree(test.pValue, expected.p[k]))
      #expect(test.residualDegrees == 9 - model.parameters)
      guard k > 0 else { continue }
      let nested = try #require(fits.test(model, against: PreferenceModel.allCases[k - 1]))
      #expect(agree(nested.f, expected.nested_f[k - 1]) && agree(nested.pValue, expected.nested_p[k - 1]))
      #expect(nested.degrees == 1)
    }
  }

  @Test(arguments: ["direction", "ideal", "avoided", "tilted", "saddle"])
  func surfacesHaveTheCoefficientsAndPointsOfTheRegression(_ name: String) throws {
    let expected = try #require(expected.preferences[name])
    let fits = basis.fit(expected.z)
    let circular = basis.surface(fits, .circular).coefficients
    #expect(agree((0..<4).map { circular[$0] }, expected.circular) && circular[4] == 0 && circular[5] == 0)
    let full = basis.surface(fits, .quadratic)
    let c = full.coefficients
    #expect(agree([c[0], c[1], c[2], c[3] + c[4], c[3] - c[4], c[5]], expected.quadratic))
    let shape = full.shape
    #expect(agree([shape.x, shape.y], expected.point))
    #expect(agree([full.curvatures.0, full.curvatures.1], expected.curvatures))
    let signs = expected.curvatures.map { $0 < 0 }
    #expect(shape.kind == (signs == [true, true] ? .ideal : signs == [false, false] ? .antiIdeal : .saddle))
    let slope = full.slope(shape.x, shape.y)
    #expect(abs(slope.x) < 1e-9 && abs(slope.y) < 1e-9)
  }

  @Test func theSimplestModelThatNoRicherOneBeatsIsTaken() throws {
    let critical = CriticalF(level: 0.05, objects: 9)
    func chosen(_ name: String) throws -> PreferenceModel? {
      basis.fit(try #require(expected.preferences[name]).z).simplest(critical)
    }
    #expect(try chosen("direction") == .vector)
    #expect(try chosen("ideal") != .vector)
    let fits = basis.fit(try #require(expected.preferences["ideal"]).z)
    #expect(fits.simplest(among: [.vector], critical) == .vector)
    for model in PreferenceModel.allCases {
      guard let test = fits.test(model) else { continue }
      #expect(critical.isSignificant(test) == (test.pValue < 0.05))
    }
  }

  @Test func exactPreferencesLeaveNothing() throws {
    let z = zip(expected.x, expected.y).map { 3 - ($0 - 0.2) * ($0 - 0.2) - ($1 + 0.1) * ($1 + 0.1) }
    let fits = basis.fit(z)
    #expect(fits.simplest(CriticalF(level: 0.05, objects: 9)) == .circular)
    let test = try #require(fits.test(.circular))
    #expect(test.f == .infinity && test.pValue == 0)
    let shape = basis.surface(fits, .circular).shape
    #expect(shape.kind == .ideal && agree([shape.x, shape.y], [0.2, -0.1]))
    #expect(fits.test(.elliptical, against: .circular)?.f == 0)
    let flat = basis.fit([Double](repeating: 7, count: 9))
    #expect(flat.total == 0 && flat.rSquared(.vector) == 0)
  }

  @Test func tooFewOrTooRegularPlacesAllowNoModel() {
    let four = PreferenceBasis(x: [0, 1, 0, 1.5], y: [0, 0, 1, 1])
    #expect(four.allows(.vector) && !four.allows(.circular))
    let three = PreferenceBasis(x: [0, 1, 0], y: [0, 0, 1])
    #expect(!three.allows(.vector) && three.fit([1, 2, 3]).test(.vector) == nil)
    let line = PreferenceBasis(x: [0, 1, 2, 3, 4, 5], y: [0, 2, 4, 6, 8, 10])
    #expect(line.rank == 2 && !line.allows(.vector))
    // On a circle x² + y² is a constant.
    let circle = PreferenceBasis(x: [1, 0, -1, 0, 0.6, -0.8, 0.8], y: [0, 1, 0, -1, 0.8, 0.6, -0.6])
    #expect(circle.rank == 3 && circle.allows(.vector) && !circle.allows(.circular))
    #expect(PreferenceBasis(x: [], y: []).rank == 0)
  }

  @Test func hullsAndReach() {
    let hull = ConvexHull([(0, 0), (2, 0), (2, 2), (0, 2), (1, 1), (1, 0), (2, 2)])
    #expect(hull.corners.count == 4)
    #expect(hull.contains(1, 1) && hull.contains(2, 1) && hull.contains(0, 0))
    #expect(!hull.contains(2.001, 1) && !hull.contains(-0.001, 0) && !hull.contains(.nan, 0))
    #expect(agree(hull.reach(fromX: 0.5, y: 1, towardX: 3, y: 0), 1.5))
    #expect(hull.reach(fromX: 5, y: 1, towardX: 1, y: 0) == 0)
    #expect(!ConvexHull([(0, 0), (1, 1), (2, 2)]).contains(1, 1))
    #expect(ConvexHull([]).corners.isEmpty && ConvexHull([(.nan, 0), (1, 1)]).corners.count == 1)
  }
}

/// Kernel density against R 4.2.2 with MASS 7.3.58: `kde2d` with `bandwidth.nrd`.
@Suite struct KernelDensityTests {
  private struct Expected: Decodable {
    struct Density: Decodable { let px, py, bandwidth, x, y, z_by_x_then_y: [Double] }
    let density: Density
  }

  @Test func densityOnAGrid() throws {
    let expected: Expected = try reference("lm/preference.json")
    let d = expected.density
    let kernels = try #require(KernelDensity(x: d.px, y: d.py))
    #expect(agree([kernels.bandwidth.x, kernels.bandwidth.y], d.bandwidth))
    let grid = kernels.grid(x: d.x, y: d.y)
    #expect(agree(grid.transposed.storage, d.z_by_x_then_y))
    // Doubled weights are the same density.
    let weighted = try #require(KernelDensity(x: d.px, y: d.py, weights: d.px.map { _ in 2 }))
    #expect(agree(weighted.grid(x: d.x, y: d.y).storage, grid.storage))
  }

  @Test func pointsThatDoNotSpreadHaveNone() {
    #expect(KernelDensity(x: [1], y: [1]) == nil)
    #expect(KernelDensity(x: [1, 1, 1], y: [1, 2, 3]) == nil)
    #expect(KernelDensity(x: [1, 2, 3], y: [1, 2, 3], weights: [0, 0, 0]) == nil)
  }
}
