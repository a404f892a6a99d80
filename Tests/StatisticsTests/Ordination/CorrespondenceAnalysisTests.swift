import Testing

@testable import Statistics

/// What R's ca gives; see Reference/ca.
private struct Expected: Decodable {
  let counts: [[Double]]?
  let supplementary_rows: [Int]
  let supplementary_columns: [Int]
  let singular_values: [Double]
  let row_mass: [Double?]
  let column_mass: [Double?]
  let row_inertia: [Double?]
  let row_distance: [Double]
  let column_distance: [Double]
  let rows_principal: [[Double]]
  let columns_principal: [[Double]]
  let rows_standard: [[Double]]?
  let columns_standard: [[Double]]?
  let rows_green: [[Double?]]?
  let columns_green: [[Double?]]?

  func check(_ fit: CorrespondenceAnalysis, tolerance: Double = 1e-8) {
    #expect(agree(fit.singularValues, singular_values, tolerance))
    #expect(agreeUpToSigns(fit.rows.principal, rows_principal, tolerance))
    #expect(agreeUpToSigns(fit.columns.principal, columns_principal, tolerance))
    #expect(agree(fit.rows.squaredDistances.map { $0.squareRoot() }, row_distance, tolerance))
    #expect(agree(fit.columns.squaredDistances.map { $0.squareRoot() }, column_distance, tolerance))
    #expect(agree(fit.rows.masses, row_mass.map { $0 ?? 0 }, tolerance))
    #expect(agree(fit.columns.masses, column_mass.map { $0 ?? 0 }, tolerance))
    #expect(agree(fit.rows.inertias, row_inertia.map { $0 ?? 0 }, tolerance))
  }
}

@Suite struct CorrespondenceAnalysisTests {
  /// Greenacre (1984), the smoking table, and a drawn one, as R's ca has them.
  @Test(arguments: ["smoke", "synthetic"])
  func agreesWithCA(name: String) throws {
    let expected = try reference("ca/\(name).expected.json", as: Expected.self)
    let fit = try CorrespondenceAnalysis.fit(Matrix(try #require(expected.counts)))
    expected.check(fit)
    #expect(agreeUpToSigns(fit.rows.standard, try #require(expected.rows_standard)))
    #expect(
      agreeUpToSigns(fit.drawn(.rowPrincipal).columns, try #require(expected.rows_green).map { $0.compactMap(\.self) }))
    #expect(
      agreeUpToSigns(
        fit.drawn(.columnPrincipal).rows, try #require(expected.columns_green).map { $0.compactMap(\.self) }))
    #expect(agreeUpToSigns(fit.drawn(.biplot).columns, try #require(expected.columns_standard)))
    #expect(fit.drawn(.contribution) == fit.drawn(.rowPrincipal))
    #expect(fit.drawn(.symmetric).columns == fit.columns.principal)
  }

  @Test func supplementaryPointsAgreeWithCA() throws {
    let expected = try reference("ca/smoke-supplementary.expected.json", as: Expected.self)
    let fit = try CorrespondenceAnalysis.fit(
      Matrix(try #require(expected.counts)), supplementaryRows: expected.supplementary_rows,
      supplementaryColumns: expected.supplementary_columns)
    expected.check(fit)
    #expect(fit.rows.isSupplementary == [false, false, false, false, true])
    #expect(fit.rows.masses[4] == 0 && fit.columns.contributions[0, 0] == 0)
    #expect(fit.degreesOfFreedom == 6)
  }

  /// prince of PyPI on the same table: contributions and squared cosines.
  @Test func agreesWithPrince() throws {
    struct Prince: Decodable {
      let eigenvalues: [Double]
      let rows, columns, row_contributions, row_cos2: [[Double]]
    }
    let table = try #require(try reference("ca/smoke.expected.json", as: Expected.self).counts)
    let expected = try reference("prince/smoke.expected.json", as: Prince.self)
    let fit = try CorrespondenceAnalysis.fit(Matrix(table))
    #expect(agree(fit.principalInertias, expected.eigenvalues))
    #expect(agreeUpToSigns(fit.rows.principal, expected.rows))
    #expect(agreeUpToSigns(fit.columns.principal, expected.columns))
    #expect(agree(fit.rows.contributions, expected.row_contributions))
    #expect(agree(fit.rows.squaredCosines, expected.row_cos2))
  }

  @Test(.enabled(if: sharedData != nil, "needs auto_brand_perceptions.csv, which is not in the repository"))
  func autosAgreeWithCA() throws {
    let table = Matrix(try cells("auto_brand_perceptions.csv").map { $0.dropFirst().compactMap { Double($0) } })
    try reference("ca/autos.expected.json", as: Expected.self).check(CorrespondenceAnalysis.fit(table))
  }

  @Test(.enabled(if: sharedData != nil, "needs tech_brand_survey.csv, which is not in the repository"))
  func techBrandsAgreeWithCA() throws {
    var brands: [Substring] = []
    var sums: [[Double]] = []
    for line in try cells("tech_brand_survey.csv") {
      let marks = line[3...].map { Double($0) ?? 0 }
      if let at = brands.firstIndex(of: line[1]) {
        sums[at] = zip(sums[at], marks).map { $0 + $1 }
      } else {
        brands.append(line[1])
        sums.append(marks)
      }
    }
    try reference("ca/tech-brands.expected.json", as: Expected.self).check(CorrespondenceAnalysis.fit(Matrix(sums)))
  }

  /// Identities of Greenacre (2007), appendix A.
  @Test func sumsAndTransitionsHold() throws {
    let counts = Matrix([[20, 3, 8, 1], [4, 19, 2, 6], [7, 7, 15, 3], [1, 2, 9, 25], [5, 5, 5, 6]])
    let fit = try CorrespondenceAnalysis.fit(counts)
    #expect(agree(fit.principalInertias.reduce(0, +), fit.totalInertia))
    #expect(agree(fit.rows.inertias.reduce(0, +), fit.totalInertia))
    #expect(agree(fit.columns.inertias.reduce(0, +), fit.totalInertia))
    #expect(agree(fit.percentages.reduce(0, +), 100))
    let test = try #require(ContingencyTest(counts))
    #expect(agree(fit.chiSquare, test.test.statistic))
    #expect(Double(fit.degreesOfFreedom) == test.test.degrees && agree(fit.pValue, test.test.pValue))
    for sum in fit.rows.contributions.columnSums + fit.columns.contributions.columnSums { #expect(agree(sum, 100)) }
    for sum in fit.rows.squaredCosines.rowSums { #expect(agree(sum, 1)) }
    // Row principal · column standard = observed / expected − 1.
    let strengths = fit.rows.principal.multiplied(by: fit.columns.standard, transposingOther: true)
    let ratio = 20 * 153 / (32 * 37.0) - 1
    #expect(agree(strengths[0, 0], ratio))
    // A contribution-scaled column has its share of the axis as squared coordinate.
    let drawn = fit.drawn(.rowPrincipal).columns.map { 100 * $0 * $0 }
    #expect(agree(drawn.storage, fit.columns.contributions.storage))
  }

  /// A supplementary copy of an active row lies on it.
  @Test func supplementaryCopyLiesOnItsOriginal() throws {
    let counts = Matrix([[20, 3, 8], [4, 19, 2], [7, 7, 15], [40, 6, 16]])
    let fit = try CorrespondenceAnalysis.fit(counts, supplementaryRows: [3])
    #expect(agree(Array(fit.rows.principal.row(3)), Array(fit.rows.principal.row(0))))
    #expect(agree(fit.rows.quality(axes: 2)[3], 1))
  }

  @Test func axesAreTurnedByTheirLargestColumn() throws {
    let counts = Matrix([[20, 3, 8, 1], [4, 19, 2, 6], [7, 7, 15, 3], [1, 2, 9, 25]])
    let fit = try CorrespondenceAnalysis.fit(counts)
    for axis in 0..<fit.axes {
      let column = fit.columns.principal.column(axis)
      #expect(try #require(column.max { abs($0) < abs($1) }) > 0)
    }
    let lowest = try #require((0..<4).min { fit.columns.principal[$0, 0] < fit.columns.principal[$1, 0] })
    let turned = fit.turned(toward: [.column(lowest), nil, .row(99)])
    #expect(turned.columns.principal[lowest, 0] == -fit.columns.principal[lowest, 0])
    #expect(turned.columns.principal.column(1) == fit.columns.principal.column(1))
    #expect(turned.rows.principal[0, 0] == -fit.rows.principal[0, 0])
  }

  @Test func twoRowsGiveOneAxis() throws {
    let fit = try CorrespondenceAnalysis.fit(Matrix([[3, 9, 1], [8, 2, 2]]))
    #expect(fit.axes == 1)
    #expect(agree(fit.principalInertias[0], fit.totalInertia))
    #expect(agree(fit.rows.quality(axes: 2), [1, 1]))
  }

  @Test func axesWithoutInertiaAreDropped() throws {
    // The third row is the sum of the others: two axes would do, one is enough.
    let fit = try CorrespondenceAnalysis.fit(Matrix([[3, 9, 1, 2], [8, 2, 2, 5], [11, 11, 3, 7], [6, 18, 2, 4]]))
    #expect(fit.axes == 1)
    #expect(fit.interchangeableAxes.isEmpty)
  }

  @Test func equalAxesAreNamed() throws {
    let fit = try CorrespondenceAnalysis.fit(Matrix([[8, 1, 1], [1, 8, 1], [1, 1, 8]]))
    #expect(fit.axes == 2 && fit.interchangeableAxes == [0])
  }

  @Test func badTablesAreRefused() {
    typealias Failure = CorrespondenceAnalysis.Failure
    func failure(_ rows: [[Double]], rows passiveRows: [Int] = [], columns: [Int] = []) -> Failure? {
      thrown { () throws(Failure) in
        _ = try CorrespondenceAnalysis.fit(Matrix(rows), supplementaryRows: passiveRows, supplementaryColumns: columns)
      }
    }
    #expect(failure([]) == .tooFewRows(0))
    #expect(failure([[1]]) == .tooFewRows(1))
    #expect(failure([[1], [2]]) == .tooFewColumns(1))
    #expect(failure([[1, 2], [3, -1]]) == .negativeCount(row: 1, column: 1))
    #expect(failure([[1, .nan], [3, 1]]) == .notFinite(row: 0, column: 1))
    #expect(failure([[1, .infinity], [3, 1]]) == .notFinite(row: 0, column: 1))
    #expect(failure([[1, 2], [0, 0], [3, 4]]) == .emptyRow(1))
    #expect(failure([[1, 0, 2], [3, 0, 1]]) == .emptyColumn(1))
    #expect(failure([[0, 0], [0, 0]]) == .emptyRow(0))
    #expect(failure([[1, 2], [2, 4]]) == .noAssociation)
    #expect(failure([[1e308, 1e308], [1e308, 1]]) == .totalTooLarge)
    #expect(failure([[1, 2], [2, 1]], rows: [2]) == .noSuchRow(2))
    #expect(failure([[1, 2], [2, 1]], columns: [-1]) == .noSuchColumn(-1))
    #expect(failure([[1, 2], [2, 1], [0, 0]], rows: [2]) == .emptyRow(2))
    #expect(failure([[1, 2, 0], [2, 1, 0], [0, 0, 3]], rows: [2]) == .emptyColumn(2))
  }

  @Test func extremeCountsStayFinite() throws {
    for factor in [1e-300, 1e300] {
      let fit = try CorrespondenceAnalysis.fit(Matrix([[3, 9, 1], [8, 2, 2], [1, 1, 4]]).map { $0 * factor })
      let plain = try CorrespondenceAnalysis.fit(Matrix([[3, 9, 1], [8, 2, 2], [1, 1, 4]]))
      #expect(agree(fit.rows.principal.storage, plain.rows.principal.storage))
    }
    let wide = try CorrespondenceAnalysis.fit(Matrix([[1e100, 1], [1, 1e-10], [1e90, 1e90]]))
    #expect(wide.rows.principal.firstNonFinite == nil && wide.columns.standard.firstNonFinite == nil)
  }
}
