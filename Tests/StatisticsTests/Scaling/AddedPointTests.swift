import Testing

@testable import Statistics

/// Cities added to a map of eighteen others, against R: Gower's formula on cmdscale, and optim on the misfit
/// (`Reference/MASS/added.R`).
@Suite struct AddedPointTests {
  struct Expected: Decodable {
    let active, added, points, gower, misfit: [[Double]]
  }

  private func expected() throws -> Expected { try reference("MASS/added.json", as: Expected.self) }

  @Test func gowersFormulaIsThatOfR() throws {
    let expected = try expected()
    let fit = try ClassicalScaling.fit(Dissimilarities(Matrix(expected.active)))
    let signs = (0..<2).map { axis in
      fit.coordinates[0, axis] * expected.points[0][axis] < 0 ? -1.0 : 1
    }
    for (distances, place) in zip(expected.added, expected.gower) {
      let found = zip(fit.place(distances), signs).map { $0 * $1 }
      #expect(agree(Array(found.prefix(2)), place, 1e-8, floor: 1e-6))
    }
  }

  @Test func anObjectOfTheMapIsPutBackOnItsPlace() throws {
    let expected = try expected()
    let fit = try ClassicalScaling.fit(Dissimilarities(Matrix(expected.active)))
    let back = fit.place(expected.active[4])
    #expect(agree(back, Array(fit.coordinates.row(4)), 1e-8, floor: 1e-6))
  }

  @Test func noMisfitIsWorseThanThatOfR() throws {
    let expected = try expected()
    let data = try Dissimilarities(Matrix(expected.active))
    let configuration = Matrix(expected.points)
    for (row, level) in [ScalingLevel.ratio, .interval, .ordinal(.primary)].enumerated() {
      for (at, distances) in expected.added.enumerated() {
        let found = try #require(AddedPoint.place(distances, in: configuration, of: data, level: level))
        #expect(found.misfit <= expected.misfit[row][at] * (1 + 1e-6), "\(level) \(at)")
      }
    }
  }

  @Test func unknownPairsAndUnknownObjects() throws {
    let expected = try expected()
    let data = try Dissimilarities(Matrix(expected.active))
    let configuration = Matrix(expected.points)
    var some = expected.added[0]
    for at in 0..<12 { some[at] = .nan }
    #expect(AddedPoint.place(some, in: configuration, of: data, level: .ratio)?.place.count == 2)
    let none = some.map { _ in Double.nan }
    #expect(AddedPoint.place(none, in: configuration, of: data, level: .ratio) == nil)
    // All at one distance from everything, and all at none.
    for level in [ScalingLevel.ratio, .interval, .ordinal(.secondary)] {
      for value in [0.0, 1e6] {
        let found = AddedPoint.place(some.map { _ in value }, in: configuration, of: data, level: level)
        #expect(found?.place.allSatisfy(\.isFinite) == true)
      }
    }
  }
}
