import Testing

@testable import Statistics

/// What R's FactoMineR gives; see Reference/FactoMineR.
private struct Expected: Decodable {
  let table: [[Double]]
  let weights: [Double]
  let scale: String
  let supplementary_rows, supplementary_columns: [Int]
  let eigenvalues: [Double]
  let rows, row_cos2, row_contributions, columns, column_cos2, column_contributions: [[Double]]
  let passive_rows, passive_row_cos2, passive_columns, passive_column_cos2: [[Double]]
}

@Suite struct PrincipalComponentsTests {
  @Test(arguments: ["correlation", "covariance", "supplementary", "supplementary-covariance", "usarrests"])
  func agreesWithFactoMineR(name: String) throws {
    let expected = try reference("FactoMineR/\(name).expected.json", as: Expected.self)
    let fit = try PrincipalComponents.fit(
      Matrix(expected.table), scale: try #require(PrincipalComponents.Scale(rawValue: expected.scale)),
      weights: expected.weights, supplementaryRows: expected.supplementary_rows,
      supplementaryColumns: expected.supplementary_columns)
    let rows = fit.rows.masses.indices.filter { !fit.rows.isSupplementary[$0] }
    let columns = fit.columns.masses.indices.filter { !fit.columns.isSupplementary[$0] }
    #expect(agree(fit.eigenvalues, expected.eigenvalues))
    #expect(agreeUpToSigns(fit.rows.principal.selecting(rows: rows), expected.rows))
    #expect(agreeUpToSigns(fit.columns.principal.selecting(rows: columns), expected.columns))
    #expect(agree(fit.rows.squaredCosines.selecting(rows: rows), expected.row_cos2))
    #expect(agree(fit.columns.squaredCosines.selecting(rows: columns), expected.column_cos2))
    #expect(agree(fit.rows.contributions.selecting(rows: rows), expected.row_contributions))
    #expect(agree(fit.columns.contributions.selecting(rows: columns), expected.column_contributions))
    guard !expected.passive_rows.isEmpty else { return }
    let passive = fit.rows.principal.selecting(rows: expected.supplementary_rows)
    #expect(agreeUpToSigns(passive, expected.passive_rows))
    #expect(
      agree(fit.rows.squaredCosines.selecting(rows: expected.supplementary_rows), expected.passive_row_cos2))
    let numeric = fit.columns.principal.selecting(rows: expected.supplementary_columns)
    #expect(agreeUpToSigns(numeric, expected.passive_columns))
    #expect(
      agree(fit.columns.squaredCosines.selecting(rows: expected.supplementary_columns), expected.passive_column_cos2))
  }

  /// Published in James et al., *An Introduction to Statistical Learning*: shares of variance 62.0, 24.7, 8.9, 4.3 %.
  @Test func usArrestsAgreeWithThePublishedShares() throws {
    let table = try reference("FactoMineR/usarrests.expected.json", as: Expected.self).table
    let fit = try PrincipalComponents.fit(Matrix(table))
    #expect(fit.percentages.map { ($0 * 10).rounded() / 10 } == [62.0, 24.7, 8.9, 4.3])
    #expect(agree(fit.eigenvalues.reduce(0, +), 4))
  }

  /// Rows · columnsᵀ gives the standardised table in both biplots (Gabriel 1971).
  @Test func biplotsRebuildTheTable() throws {
    let table = Matrix([[1, 4, 2], [3, 1, 0], [5, 9, 1], [2, 2, 8]])
    let fit = try PrincipalComponents.fit(table, scale: .covariance)
    for scaling in [ComponentsScaling.form, .covariance] {
      let drawn = fit.drawn(scaling)
      let rebuilt = drawn.rows.multiplied(by: drawn.columns, transposingOther: true)
      #expect(agree(rebuilt[2, 1], 9 - 4) && agree(rebuilt[0, 2], 2 - 2.75))
    }
    #expect(agree(fit.deviations[1], (38.0 / 4).squareRoot()) && fit.means == [2.75, 4, 2.75])
  }

  /// A weight of 2 is the same as the row twice.
  @Test func weightsCountRows() throws {
    let weighted = try PrincipalComponents.fit(
      Matrix([[1, 4], [3, 1], [5, 9], [7, 0]]), weights: [2, 1, 1, 0])
    let repeated = try PrincipalComponents.fit(Matrix([[1, 4], [1, 4], [3, 1], [5, 9]]))
    #expect(agree(weighted.eigenvalues, repeated.eigenvalues))
    #expect(agree(weighted.columns.principal.storage, repeated.columns.principal.storage))
  }

  @Test func aTallTableGivesTheSameByEitherRoute() throws {
    var generator = SeededGenerator(seed: 4)
    let tall = Matrix(rows: 6_000, columns: 4, storage: (0..<24_000).map { _ in generator.normal() * 3 + 100 })
    let fit = try PrincipalComponents.fit(tall, scale: .covariance)
    #expect(agree(fit.eigenvalues.reduce(0, +), fit.totalVariance))
    let variance = fit.rows.principal.column(0).reduce(0) { $0 + $1 * $1 } / 6_000
    #expect(agree(variance, fit.eigenvalues[0]))
    let small = try PrincipalComponents.fit(tall.selecting(rows: Array(0..<200)), scale: .covariance)
    #expect(small.axes == 4)
  }

  @Test func badTablesAreRefused() {
    typealias Failure = PrincipalComponents.Failure
    func failure(
      _ rows: [[Double]], _ scale: PrincipalComponents.Scale = .correlation, weights: [Double]? = nil,
      rows passiveRows: [Int] = [], columns: [Int] = []
    ) -> Failure? {
      thrown { () throws(Failure) in
        _ = try PrincipalComponents.fit(
          Matrix(rows), scale: scale, weights: weights, supplementaryRows: passiveRows, supplementaryColumns: columns)
      }
    }
    #expect(failure([]) == .tooFewRows(0))
    #expect(failure([[1, 2]]) == .tooFewRows(1))
    #expect(failure([[1, 2], [3, 4]], rows: [0]) == .tooFewRows(1))
    #expect(failure([[1], [2]], columns: [0]) == .noColumns)
    #expect(failure([[1, 2], [3, .nan]]) == .notFinite(row: 1, column: 1))
    #expect(failure([[1, 2], [3, 2]]) == .constantColumn(1))
    #expect(failure([[0.1, 2], [0.1, 3], [0.1, 4]]) == .constantColumn(0))
    #expect(failure([[1, 2], [3, 2]], .covariance) == nil)
    #expect(failure([[1, 2], [1, 2]], .covariance) == .noVariance)
    #expect(failure([[1, 2], [3, 4]], weights: [1]) == .weightCount(1))
    #expect(failure([[1, 2], [3, 4]], weights: [1, -1]) == .badWeight(row: 1))
    #expect(failure([[1, 2], [3, 4]], weights: [1, .nan]) == .badWeight(row: 1))
    #expect(failure([[1, 2], [3, 4]], weights: [0, 0]) == .tooFewRows(0))
    #expect(failure([[1, 2], [3, 4]], weights: [1, 0]) == .tooFewRows(1))
    #expect(failure([[1, 2], [3, 4]], rows: [9]) == .noSuchRow(9))
    #expect(failure([[1, 2], [3, 4]], columns: [-1]) == .noSuchColumn(-1))
    #expect(failure([[1e200, 2], [-1e200, 4]], .covariance) == .tooLarge(column: 0))
  }

  @Test func extremeValuesStayFinite() throws {
    for factor in [1e-300, 1e307] {
      let table = Matrix([[3, 9, 1], [8, 2, 2], [1, 1, 4]])
      let plain = try PrincipalComponents.fit(table)
      let fit = try PrincipalComponents.fit(table.map { $0 * factor })
      #expect(agree(fit.eigenvalues, plain.eigenvalues))
      #expect(agree(fit.columns.principal.storage, plain.columns.principal.storage))
      #expect(fit.means.allSatisfy { $0.isFinite })
    }
    let single = try PrincipalComponents.fit(Matrix([[1.7e308], [-1.7e308], [0]]))
    #expect(single.axes == 1 && agree(single.eigenvalues[0], 1))
  }
}
