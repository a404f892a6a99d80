import Testing

@testable import Statistics

/// Canonical discriminant analysis, against MASS and manova of R (`Reference/MASS`).
@Suite struct DiscriminantAnalysisTests {
  struct Expected: Decodable {
    var x: [[Double]]
    var groups: [Int]
    var eigenvalues: [Double]
    var svd: [Double]
    var scores: [[Double]]
    var structure: [[Double]]
    var wilks: [Double]
    /// F, its two degrees of freedom, p.
    var f: [Double]
  }

  let expected: Expected

  init() throws { expected = try reference("MASS/lda.json") }

  private func moments(_ x: Matrix, _ groups: [Int]) -> GroupMoments {
    GroupMoments(x, groups: groups, count: (groups.max() ?? 0) + 1)
  }

  @Test func agreesWithR() throws {
    let found = try DiscriminantAnalysis.fit(moments(Matrix(expected.x), expected.groups))
    #expect(agree(found.eigenvalues, expected.eigenvalues))
    // lda's singular values are roots of ratios of mean squares.
    #expect(agree(found.eigenvalues.map { ($0 * 56 / 3).squareRoot() }, expected.svd))
    #expect(agreeUpToSigns(found.rows.principal, expected.scores))
    #expect(agreeUpToSigns(found.columns.principal, expected.structure))
    #expect(agree([found.wilks], expected.wilks))
    let test = try #require(found.test())
    #expect(
      agree([test.statistic, test.degrees, test.denominatorDegrees ?? 0, test.pValue], expected.f, 1e-7, floor: 1e-18))
    #expect(found.canonicalCorrelations.allSatisfy { $0 > 0 && $0 < 1 })
  }

  @Test func scoresTimesCorrelationsAreDifferencesOfMeans() throws {
    let x = Matrix(expected.x)
    let moments = moments(x, expected.groups)
    let found = try DiscriminantAnalysis.fit(moments)
    let product = found.rows.principal.multiplied(by: found.columns.principal, transposingOther: true)
    let general = x.columnSums.map { $0 / 60 }
    for column in 0..<3 {
      var within = 0.0
      for i in 0..<60 {
        let group = expected.groups[i]
        let d = x[i, column] - moments.sums[group, column] / moments.weights[group]
        within += d * d / 56
      }
      for group in 0..<4 {
        let difference = moments.sums[group, column] / moments.weights[group] - general[column]
        #expect(agree(product[group, column], difference / within.squareRoot()))
      }
    }
    for axis in 0..<3 {
      #expect(agree(found.rows.contributions.column(axis).reduce(0, +), 100))
      #expect(agree(found.columns.contributions.column(axis).reduce(0, +), 100))
    }
    #expect(agree(found.rows.inertias.reduce(0, +), found.totalEigenvalue))
    #expect(found.rows.quality(axes: 3).allSatisfy { agree($0, 1) })
    #expect(found.columns.quality(axes: 3).allSatisfy { agree($0, 1) })
  }

  /// Supplementary groups and columns change nothing, and lie where a linear rule puts them.
  @Test func supplementaryPointsHaveNoSay() throws {
    let x = Matrix(expected.x)
    let keep = expected.groups.indices.filter { expected.groups[$0] != 3 }
    let three = try DiscriminantAnalysis.fit(
      moments(x.selecting(rows: keep, columns: [0, 1]), keep.map { expected.groups[$0] }))
    let placed = try DiscriminantAnalysis.fit(
      GroupMoments(x, groups: expected.groups, count: 4, supplementary: [3]), supplementaryRows: [3],
      supplementaryColumns: [2])
    #expect(agree(placed.eigenvalues, three.eigenvalues))
    #expect(agree(placed.rows.principal.selecting(rows: [0, 1, 2]).storage, three.rows.principal.storage))
    #expect(placed.rows.isSupplementary == [false, false, false, true])
    #expect(placed.columns.isSupplementary == [false, false, true])
    #expect(placed.rows.contributions[3, 0] == 0 && placed.rows.masses[3] == 0)
    #expect(abs(placed.columns.principal[2, 0]) <= 1)
  }

  @Test func unitsDoNotMatter() throws {
    let x = Matrix(expected.x)
    let scaled = x.scalingColumns(by: [1000, 0.001, 7]).map { $0 }
    let (a, b) = try (
      DiscriminantAnalysis.fit(moments(x, expected.groups)), DiscriminantAnalysis.fit(moments(scaled, expected.groups))
    )
    #expect(agree(a.eigenvalues, b.eigenvalues))
    #expect(agree(a.rows.principal.storage, b.rows.principal.storage, 1e-7))
  }

  @Test func whatCannotBeAnalysed() {
    let x = Matrix(expected.x)
    let sum = Matrix((0..<60).map { [x[$0, 0], x[$0, 1], 2 * x[$0, 0] - x[$0, 1]] })
    #expect(
      thrown { () throws(DiscriminantAnalysis.Failure) in
        _ = try DiscriminantAnalysis.fit(moments(sum, expected.groups))
      } == .dependent(2, on: [0, 1]))
    let flat = Matrix((0..<60).map { [x[$0, 0], Double(expected.groups[$0])] })
    #expect(
      thrown { () throws(DiscriminantAnalysis.Failure) in
        _ = try DiscriminantAnalysis.fit(moments(flat, expected.groups))
      } == .constantWithin(1))
    #expect(
      thrown { () throws(DiscriminantAnalysis.Failure) in
        _ = try DiscriminantAnalysis.fit(moments(x.selecting(rows: [0, 1, 20, 21]), [0, 0, 1, 1]))
      } == .tooFewCases(4, needed: 5))
    #expect(
      thrown { () throws(DiscriminantAnalysis.Failure) in
        _ = try DiscriminantAnalysis.fit(moments(x, [Int](repeating: 0, count: 60)))
      } == .tooFewGroups(1))
    let same = Matrix([[1, 2], [3, 1], [2, 5], [1, 2], [3, 1], [2, 5]])
    #expect(
      thrown { () throws(DiscriminantAnalysis.Failure) in
        _ = try DiscriminantAnalysis.fit(moments(same, [0, 0, 0, 1, 1, 1]))
      } == .noDifference)
  }
}
