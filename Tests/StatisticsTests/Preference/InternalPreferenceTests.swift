import Testing

@testable import Statistics

/// The internal preference map against R 4.2.2: `prcomp` (`Reference/lm/internal.R`).
@Suite struct InternalPreferenceTests {
  private struct Expected: Decodable {
    let z: [[Double]]
    let eigenvalues: [Double]
    let places: [[Double]]
  }

  @Test func placesAreComponentsOfCentredPersons() throws {
    let expected: Expected = try reference("lm/internal.json")
    let fit = try InternalPreference.fit(Matrix(expected.z))
    #expect(agree(Array(fit.eigenvalues.prefix(7)), expected.eigenvalues))
    #expect(agreeUpToSigns(fit.places.firstColumns(3), expected.places))
    for axis in 0..<fit.places.columns {
      let column = fit.places.column(axis)
      #expect((column.max() ?? 0) >= -(column.min() ?? 0))
    }
    // Root mean square of the difference in preference.
    let d = (0..<fit.places.columns).reduce(0) {
      $0 + (fit.places[0, $1] - fit.places[1, $1]) * (fit.places[0, $1] - fit.places[1, $1])
    }
    let mean = expected.z.reduce(0) { $0 + ($1[0] - $1[1]) * ($1[0] - $1[1]) } / Double(expected.z.count)
    #expect(agree(d, mean))
  }

  @Test func weightsAreRepetitions() throws {
    let z = [[7.0, 3, 6, 2], [2, 8, 3, 9], [5, 4, 8, 1]]
    let weighted = try InternalPreference.fit(Matrix(z), weights: [1, 2, 0])
    let repeated = try InternalPreference.fit(Matrix([z[0], z[1], z[1]]))
    #expect(
      agree(weighted.eigenvalues, repeated.eigenvalues) && agree(weighted.places.storage, repeated.places.storage))
  }

  @Test func nothingToTellApart() {
    #expect(
      thrown { () throws(InternalPreference.Failure) in
        _ = try InternalPreference.fit(Matrix([[3, 3, 3], [5, 5, 5]]))
      } == .noDifferences
    )
    #expect(
      thrown { () throws(InternalPreference.Failure) in _ = try InternalPreference.fit(Matrix([[1, .nan]])) }
        == .notFinite)
    #expect(
      thrown { () throws(InternalPreference.Failure) in _ = try InternalPreference.fit(Matrix(rows: 0, columns: 3)) }
        == .noDifferences)
  }
}
