/// An internal preference map (MDPREF; Carroll 1972): objects placed so that single persons' preferences are told best by
/// projections, from nothing but the preferences.
///
/// Principal components of objects × persons, each person's preferences centred, on covariances: with Z the centred table of
/// persons × objects and weights summing to 1, Z′WZ = UΛ*U′; places are UΛ*^½. The distance of two objects in all dimensions is
/// then the root mean square of how much persons prefer one to the other.
package struct InternalPreference: Sendable {
  package enum Failure: Error, Equatable, Sendable {
    /// Everybody likes all objects alike, or there are no persons or fewer than two objects.
    case noDifferences
    /// NaN or infinity.
    case notFinite
    /// LAPACK did not converge.
    case notConverged
  }

  /// Objects × dimensions; on each the largest coordinate is positive.
  package let places: Matrix
  /// The variance of the places on each dimension, divisor the objects, from the largest; only those that are not 0.
  package let eigenvalues: [Double]
  /// The part of the sum of eigenvalues, 0–100.
  package let percentages: [Double]

  /// - Parameters:
  ///   - preferences: Persons × objects.
  ///   - weights: ≥ 0, one a person.
  package static func fit(_ preferences: Matrix, weights: [Double]? = nil) throws(Failure) -> InternalPreference {
    let (n, p) = (preferences.rows, preferences.columns)
    let weights = weights ?? [Double](repeating: 1, count: n)
    let total = weights.reduce(0, +)
    guard p > 1, weights.count == n, total > 0 else { throw .noDifferences }
    guard preferences.firstNonFinite == nil, total.isFinite else { throw .notFinite }
    var centred = preferences
    for i in 0..<n {
      let factor = (weights[i] / total).squareRoot()
      var mean = 0.0
      for j in 0..<p { mean += preferences[i, j] }
      mean /= Double(p)
      for j in 0..<p { centred[i, j] = (preferences[i, j] - mean) * factor }
    }
    let eigen: SymmetricEigen
    do {
      eigen = try centred.multiplied(by: centred, transposingSelf: true).symmetricEigen()
    } catch { throw error == .notConverged ? .notConverged : .notFinite }
    let largest = eigen.values.first ?? 0
    let count = eigen.values.prefix(p - 1).count { $0 > 1e-12 * largest }
    guard largest > 0, count > 0 else { throw .noDifferences }
    let values = Array(eigen.values.prefix(count))
    let unsigned = eigen.vectors.firstColumns(count).scalingColumns(by: values.map { $0.squareRoot() })
    let signs = axisSigns(columns: unsigned, rows: unsigned)
    let sum = values.reduce(0, +)
    return InternalPreference(
      places: unsigned.scalingColumns(by: signs), eigenvalues: values.map { $0 / Double(p) },
      percentages: values.map { 100 * $0 / sum })
  }
}
