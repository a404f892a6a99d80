import Testing

@testable import Statistics

/// Varimax against R 4.2.2: `varimax(normalize = TRUE, eps = 1e-15)` of the loadings of an invented table (it stops when
/// the criterion stays the same to 15 digits, which leaves the angle good to some 8), and
/// `principal(rotate = "varimax")` of psych 2.2.9, which stops at 10⁻⁵ and so agrees to three digits.
@Suite struct VarimaxTests {
  private let table = Matrix([
    [7, 3, 6, 2, 8, 1], [2, 8, 3, 9, 1, 4], [5, 5, 7, 4, 6, 8], [9, 2, 8, 1, 7, 3], [3, 7, 1, 8, 2, 9],
    [6, 4, 5, 6, 9, 5], [1, 9, 2, 7, 3, 2], [8, 1, 9, 3, 5, 7],
  ])

  private func turned(_ count: Int) throws -> (plain: PrincipalComponents, turned: TurnedOrdination) {
    let plain = try PrincipalComponents.fit(table)
    let turned = TurnedOrdination(
      varimax: count, rows: plain.rows, columns: plain.columns, drawn: plain.drawn(.covariance),
      eigenvalues: plain.eigenvalues)
    return (plain, try #require(turned))
  }

  private func isNear(_ a: [Double], _ b: [Double], _ tolerance: Double) -> Bool {
    a.count == b.count && zip(a, b).allSatisfy { abs($0 - $1) <= tolerance }
  }

  @Test func twoAxes() throws {
    let (_, found) = try turned(2)
    #expect(
      isNear(
        found.columns.principal.firstColumns(2).storage,
        [
          0.9796879191, -0.0007875893, -0.9756869172, -0.0754482385, 0.9339647146, 0.0535578041, -0.9235591519,
          0.2222978969, 0.7895662675, -0.3074270883, -0.0366938716, 0.9851588395,
        ], 1e-7))
    #expect(isNear(Array(found.eigenvalues.prefix(2)), [4.2617663054, 1.1230272039], 1e-8))
  }

  @Test func threeAxes() throws {
    let (_, found) = try turned(3)
    #expect(
      isNear(
        found.columns.principal.firstColumns(3).storage,
        [
          0.8982274105, 0.3919216181, 0.0077765331, -0.9090896129, -0.3567783742, -0.0773864359, 0.9422868563,
          0.1894259422, 0.0146951787, -0.8771176380, -0.3131032401, 0.2356952024, 0.4713051119, 0.8623483393,
          -0.1653393177, -0.0102233036, -0.0997657671, 0.9916584628,
        ], 1e-7))
    #expect(isNear(Array(found.eigenvalues.prefix(3)), [3.5127293000, 1.1684070561, 1.0725409084], 1e-7))
  }

  @Test func scoresOfPsych() throws {
    let (_, found) = try turned(2)
    let first = [
      0.707928444, -1.305189606, 0.344087128, 1.204421859, -1.035993423, 0.309342574, -1.343576756, 1.118979779,
    ]
    let second = [
      -1.471094425, -0.110325394, 0.989996131, -0.577238804, 1.408642874, -0.159765960, -1.157558651, 1.077344228,
    ]
    #expect(isNear(found.drawn.rows.column(0), first, 2e-3))
    #expect(isNear(found.drawn.rows.column(1), second, 2e-3))
  }

  @Test func productsAndSumsStay() throws {
    let (plain, found) = try turned(3)
    let before = plain.drawn(.covariance)
    let products = { (d: DrawnCoordinates) in d.rows.multiplied(by: d.columns, transposingOther: true).storage }
    #expect(isNear(products(before), products(found.drawn), 1e-12))
    #expect(abs(found.eigenvalues.reduce(0, +) - 6) < 1e-12)
    for axis in 0..<3 { #expect(abs(found.columns.contributions.column(axis).reduce(0, +) - 100) < 1e-9) }
  }

  /// The criterion is nowhere higher on a grid of angles.
  @Test func noOtherAngleIsBetter() {
    var generator = SeededGenerator(seed: 3, stream: 9)
    for _ in 0..<30 {
      let loadings = Matrix(
        rows: 7, columns: 2, storage: (0..<14).map { _ in Double.random(in: -1...1, using: &generator) })
      let best = criterion(loadings.multiplied(by: varimax(loadings)))
      for step in 0..<180 {
        let t = Double(step) / 180
        // Rational points of the unit circle.
        let (c, s) = ((1 - t * t) / (1 + t * t), 2 * t / (1 + t * t))
        #expect(criterion(loadings.multiplied(by: Matrix([[c, -s], [s, c]]))) <= best + 1e-12)
      }
    }
  }

  private func criterion(_ loadings: Matrix) -> Double {
    let squares = (0..<loadings.rows).map { row in
      let length = loadings.row(row).reduce(0) { $0 + $1 * $1 }
      return loadings.row(row).map { $0 * $0 / length }
    }
    return (0..<loadings.columns).reduce(0) { sum, axis in
      let column = squares.map { $0[axis] }
      let mean = column.reduce(0, +) / Double(column.count)
      return sum + column.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    }
  }

  @Test func oddTables() {
    #expect(varimax(Matrix([[1.0], [2]])).storage == [1])
    #expect(varimax(Matrix(rows: 3, columns: 2)).storage == [1, 0, 0, 1])
    #expect(varimax(Matrix(rows: 0, columns: 2)).storage == [1, 0, 0, 1])
  }
}
