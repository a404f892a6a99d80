import Testing

@testable import Statistics

/// Varimax against R's stats and psych, the focused plane against a search over directions; see `Reference/rotation`.
@Suite struct TurnedReferenceTests {
  private struct Varimax: Decodable {
    var table: [[Double]]
    var two: [[Double]]
    var three: [[Double]]
    var psych_scores: [[Double]]
  }

  private struct Focus: Decodable {
    var invented_counts: [[Double]]
    var smoke_eigenvalues: [Double]
    var smoke_rows: [[Double]]
    var smoke_quality: [Double]
    var invented_eigenvalues: [Double]
    var invented_rows: [[Double]]
    var invented_quality: [Double]
  }

  /// Each axis of `a` is one of `b` up to its sign, in any order.
  private func sameAxes(_ a: Matrix, _ b: [[Double]], _ tolerance: Double) -> Bool {
    let b = Matrix(b)
    func near(_ x: [Double], _ y: [Double], _ sign: Double) -> Bool {
      zip(x, y).allSatisfy { abs($0 - sign * $1) <= tolerance }
    }
    return (0..<a.columns).allSatisfy { axis in
      (0..<b.columns).contains {
        near(a.column(axis), b.column($0), 1) || near(a.column(axis), b.column($0), -1)
      }
    }
  }

  @Test func varimaxOfR() throws {
    let expected = try reference("rotation/varimax.expected.json", as: Varimax.self)
    let plain = try PrincipalComponents.fit(Matrix(expected.table))
    for (count, loadings) in [(2, expected.two), (3, expected.three)] {
      let turned = try #require(
        TurnedOrdination(
          varimax: count, rows: plain.rows, columns: plain.columns, drawn: plain.drawn(.covariance),
          eigenvalues: plain.eigenvalues))
      #expect(sameAxes(turned.columns.principal.firstColumns(count), loadings, 1e-7))
      if count == 2 {
        #expect(
          sameAxes(turned.drawn.rows.firstColumns(2).map { $0 * (7.0 / 8).squareRoot() }, expected.psych_scores, 2e-3))
      }
    }
  }

  @Test func focusedPlaneBySearch() throws {
    let expected = try reference("rotation/focus.expected.json", as: Focus.self)
    let smoke = Matrix([[4, 2, 3, 2], [4, 3, 7, 4], [25, 10, 12, 4], [18, 24, 33, 13], [10, 6, 7, 2]])
    let cases: [(Matrix, Int, [Double], [[Double]], [Double])] = [
      (smoke, 1, expected.smoke_eigenvalues, expected.smoke_rows, expected.smoke_quality),
      (
        Matrix(expected.invented_counts), 3, expected.invented_eigenvalues, expected.invented_rows,
        expected.invented_quality
      ),
    ]
    for (counts, row, eigenvalues, rows, quality) in cases {
      let plain = try CorrespondenceAnalysis.fit(counts)
      let turned = try #require(
        TurnedOrdination(
          rows: plain.rows, columns: plain.columns, drawn: plain.drawn(.rowPrincipal),
          eigenvalues: plain.principalInertias, on: row))
      // The search never finds a plane that shows more.
      #expect(eigenvalues.reduce(0, +) <= turned.eigenvalues.prefix(2).reduce(0, +) + 1e-12)
      #expect(zip(turned.eigenvalues, eigenvalues).allSatisfy { abs($0 - $1) < 1e-8 })
      #expect(sameAxes(turned.rows.principal.firstColumns(2), rows, 1e-5))
      #expect(zip(turned.rows.quality(), quality).allSatisfy { abs($0 - $1) < 1e-5 })
    }
  }
}
