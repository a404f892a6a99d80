/// Classical (Torgerson–Gower) scaling: the configuration whose scalar products fit those of the dissimilarities best.
///
/// Torgerson, Psychometrika 17 (1952); Gower, Biometrika 53 (1966): the eigenvectors of −½ J D² J, J the centring matrix.
package struct ClassicalScaling: Sendable {
  /// All *n* eigenvalues from the largest, in squared units of the dissimilarities; negative ones where these are not
  /// distances in any space.
  package let eigenvalues: [Double]
  /// Objects × dimensions of a positive eigenvalue; the squares of a column sum to its eigenvalue. Each axis is turned
  /// so that its largest coordinate is positive.
  package let coordinates: Matrix
  /// The scalar product of each object with itself: its squared distance from the centre in all dimensions.
  private let norms: [Double]

  /// Scales a complete table.
  ///
  /// - Throws: `.missing` with the first pair that is not known; `.notConverged`.
  package static func fit(_ dissimilarities: Dissimilarities) throws(Dissimilarities.Failure) -> ClassicalScaling {
    var at = 0
    for i in 0..<dissimilarities.count {
      for j in (i + 1)..<max(i + 1, dissimilarities.count) {
        guard at < dissimilarities.pairs.count, dissimilarities.pairs[at] == (i, j) else { throw .missing(i, j) }
        at += 1
      }
    }
    return try fit(table: dissimilarities.filled())
  }

  /// Scales a complete symmetric table of finite numbers.
  static func fit(table: Matrix) throws(Dissimilarities.Failure) -> ClassicalScaling {
    let n = table.rows
    let unit = table.storage.reduce(0) { max($0, abs($1)) }
    guard unit > 0 else { throw .noDifferences }
    let squares = table.map { -0.5 * ($0 / unit) * ($0 / unit) }
    let means = squares.rowSums.map { $0 / Double(n) }
    let mean = means.reduce(0, +) / Double(n)
    var products = squares
    for i in 0..<n { for j in 0..<n { products[i, j] += mean - means[i] - means[j] } }
    let eigen: SymmetricEigen
    do { eigen = try products.symmetricEigen() } catch { throw .notConverged }
    let largest = eigen.values.first ?? 0
    // One eigenvalue is 0 by construction; rounding must not make an axis of it.
    let positive = eigen.values.prefix { $0 > 1e-10 * largest && $0 > 0 }.count
    var coordinates = eigen.vectors.firstColumns(positive)
      .scalingColumns(by: eigen.values.prefix(positive).map { unit * $0.squareRoot() })
    coordinates = coordinates.scalingColumns(
      by: axisSigns(columns: Matrix(rows: 0, columns: positive), rows: coordinates))
    return ClassicalScaling(
      eigenvalues: eigen.values.map { $0 * unit * unit }, coordinates: coordinates,
      norms: (0..<n).map { products[$0, $0] * unit * unit })
  }

  /// Where one more object stands that had no say: Gower's formula, ½ Λ⁻¹ Xᵀ(b − d²), b the scalar products of the objects
  /// with themselves (Gower, Biometrika 55, 1968).
  ///
  /// - Parameter distances: How unlike it is to each object, all known.
  /// - Returns: One coordinate a dimension of `coordinates`.
  package func place(_ distances: [Double]) -> [Double] {
    (0..<coordinates.columns).map { axis in
      var sum = 0.0
      for (at, distance) in distances.enumerated() {
        sum += coordinates[at, axis] * (norms[at] - distance * distance)
      }
      return sum / (2 * eigenvalues[axis])
    }
  }

  /// The share of the first dimensions in the sum of |eigenvalues|, 0–1 (Mardia's first criterion).
  package func goodness(dimensions: Int) -> Double {
    share(dimensions, of: eigenvalues.reduce(0) { $0 + abs($1) })
  }

  /// Their share in the sum of the positive eigenvalues, 0–1: negative ones are passed over.
  package func goodnessOfPositive(dimensions: Int) -> Double {
    share(dimensions, of: eigenvalues.reduce(0) { $0 + max(0, $1) })
  }

  private func share(_ dimensions: Int, of total: Double) -> Double {
    guard total > 0 else { return 0 }
    return min(1, eigenvalues.prefix(min(dimensions, coordinates.columns)).reduce(0) { $0 + max(0, $1) } / total)
  }
}
