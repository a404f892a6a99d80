import Testing

@testable import Statistics

/// Turning a map to one point. The numbers of the smokers come from R: package ca 0.71.1, the plane found by a search over
/// angles (`optimize`) instead of the eigen-decomposition used here.
@Suite struct FocusRotationTests {
  private func smokers() throws -> (plain: CorrespondenceAnalysis, focused: TurnedOrdination) {
    let counts = Matrix([[4, 2, 3, 2], [4, 3, 7, 4], [25, 10, 12, 4], [18, 24, 33, 13], [10, 6, 7, 2]])
    let plain = try CorrespondenceAnalysis.fit(counts)
    let focused = TurnedOrdination(
      rows: plain.rows, columns: plain.columns, drawn: plain.drawn(.rowPrincipal),
      eigenvalues: plain.principalInertias, on: 1)
    return (plain, try #require(focused))
  }

  private func isNear(_ a: [Double], _ b: [Double], _ tolerance: Double) -> Bool {
    a.count == b.count && zip(a, b).allSatisfy { abs($0 - $1) <= tolerance }
  }

  @Test func thePlaneIsTheOneThatShowsMost() throws {
    let (_, focused) = try smokers()
    #expect(isNear(Array(focused.eigenvalues.prefix(2)), [0.074739432273, 0.009878440607], 1e-10))
    #expect(
      isNear(
        focused.rows.principal.column(0),
        [0.06733926363, -0.25892209657, 0.38048513897, -0.23299719984, 0.20075509348], 1e-8))
    #expect(
      isNear(focused.drawn.columns.column(0), [0.8085798518, -0.1687182123, -0.4185359928, -0.3775717294], 1e-8))
    // 'heavy' has the largest coordinate, so it is the one turned upwards.
    #expect(
      isNear(focused.drawn.columns.column(1), [0.1727620411, -0.7383648337, 0.0447002690, 0.6503633872], 1e-8))
    #expect(
      isNear(
        focused.rows.quality(), [0.8168896555, 1, 0.9993055419, 0.9999996832, 0.9907599211], 1e-8))
  }

  @Test func distancesProductsAndSumsStay() throws {
    let (plain, focused) = try smokers()
    let before = plain.drawn(.rowPrincipal)
    let products = { (d: DrawnCoordinates) in d.rows.multiplied(by: d.columns, transposingOther: true).storage }
    #expect(isNear(products(before), products(focused.drawn), 1e-12))
    let gram = { (m: Matrix) in m.multiplied(by: m, transposingOther: true).storage }
    #expect(isNear(gram(plain.rows.principal), gram(focused.rows.principal), 1e-12))
    #expect(isNear(gram(plain.columns.principal), gram(focused.columns.principal), 1e-12))
    #expect(abs(focused.eigenvalues.reduce(0, +) - plain.totalInertia) < 1e-12)
    for points in [focused.rows, focused.columns] {
      for axis in 0..<3 { #expect(abs(points.contributions.column(axis).reduce(0, +) - 100) < 1e-9) }
      #expect(isNear(points.quality(axes: 3), points.masses.map { _ in 1 }, 1e-9))
    }
    // The new axes carry what the eigenvalues say.
    for axis in 0..<3 {
      let carried = zip(focused.rows.masses, focused.rows.principal.column(axis)).reduce(0) { $0 + $1.0 * $1.1 * $1.1 }
      #expect(abs(carried - focused.eigenvalues[axis]) < 1e-12)
    }
    // An arrow's squared coordinate is its contribution, as without turning.
    let squares = focused.drawn.columns.column(2).map { 100 * $0 * $0 }
    #expect(isNear(squares, focused.columns.contributions.column(2), 1e-9))
  }

  @Test func anyPointOfRandomComponentsIsShownWhole() throws {
    var generator = SeededGenerator(seed: 7, stream: 1)
    for round in 0..<20 {
      let (n, p) = (4 + round % 9, 3 + round % 5)
      let table = Matrix(
        rows: n, columns: p, storage: (0..<n * p).map { _ in Double.random(in: -2...2, using: &generator) })
      let plain = try PrincipalComponents.fit(table, supplementaryRows: [n - 1])
      for point in 0..<n - 1 {
        let focused = try #require(
          TurnedOrdination(
            rows: plain.rows, columns: plain.columns, drawn: plain.drawn(.form), eigenvalues: plain.eigenvalues,
            on: point, toward: [.column(1), .column(0)]))
        #expect(abs(focused.rows.quality()[point] - 1) < 1e-9)
        #expect(focused.eigenvalues.prefix(2).reduce(0, +) <= plain.eigenvalues.prefix(2).reduce(0, +) + 1e-9)
        #expect(focused.columns.principal[1, 0] >= 0 && focused.columns.principal[0, 1] >= 0)
        #expect(focused.drawn.rows == focused.rows.principal)
      }
    }
  }

  @Test func withoutDirectionThereIsNothingToTurn() throws {
    // The second row is the mean of the others.
    let table = Matrix([[1, 2, 3], [2, 3, 3.5], [3, 4, 4]])
    let plain = try PrincipalComponents.fit(table)
    #expect(plain.rows.rotation(showing: 1, eigenvalues: plain.eigenvalues) == nil)
    #expect(plain.rows.rotation(showing: 9, eigenvalues: plain.eigenvalues) == nil)
    #expect(plain.rows.rotation(showing: 0, eigenvalues: plain.eigenvalues) == nil, "one axis only")
  }

  @Test func twoAxesAreLeftAsTheyAre() throws {
    let table = Matrix([[1, 2, 9], [2, 7, 1], [5, 1, 2]])
    let plain = try PrincipalComponents.fit(table)
    let focused = try #require(
      TurnedOrdination(
        rows: plain.rows, columns: plain.columns, drawn: plain.drawn(.form), eigenvalues: plain.eigenvalues, on: 0))
    #expect(isNear(focused.rows.principal.storage, plain.rows.principal.storage, 1e-9))
    #expect(isNear(focused.eigenvalues, plain.eigenvalues, 1e-9))
  }
}
