import Glibc

/// xʸ, so that Glibc is not imported beside other names.
func power(_ x: Double, _ y: Double) -> Double { pow(x, y) }

/// Checked moments, and the group means in coordinates in which the variance within groups is the same everywhere.
struct WithinGroups {
  let activeRows: [Int]
  let activeColumns: [Int]
  let supplementaryRows: [Int]
  let supplementaryColumns: [Int]
  let weights: [Double]
  let cases: Double
  /// Group means less the general mean, times the inverse of the root of W: groups × active columns.
  let whitened: Matrix
  /// Lower triangular root of the correlations within groups, active columns.
  private let root: Matrix
  /// Correlations within groups, all columns × active columns.
  private let within: Matrix
  /// Between-group over within-group sums of squares.
  private let ratios: [Double]

  init(
    _ moments: GroupMoments, supplementaryRows: [Int], supplementaryColumns: [Int]
  ) throws(DiscriminantAnalysis.Failure) {
    let passive = Set(supplementaryRows)
    let passiveColumns = Set(supplementaryColumns)
    let groups = moments.weights.indices.filter { !passive.contains($0) }
    activeRows = groups
    activeColumns = (0..<moments.sums.columns).filter { !passiveColumns.contains($0) }
    self.supplementaryRows = supplementaryRows.sorted()
    self.supplementaryColumns = supplementaryColumns.sorted()
    weights = moments.weights
    guard activeRows.count >= 2 else { throw .tooFewGroups(activeRows.count) }
    guard let first = activeColumns.first else { throw .noColumns }
    guard (moments.weights + moments.sums.storage + moments.crossProducts.storage).allSatisfy(\.isFinite) else {
      throw .notFinite
    }
    if let empty = moments.weights.firstIndex(where: { $0 <= 0 }) { throw .emptyGroup(empty) }
    let total = activeRows.reduce(0) { $0 + moments.weights[$1] }
    cases = total
    let needed = activeRows.count + activeColumns.count
    // A sum of rescaled weights may lie a last digit under the number it stands for.
    guard total >= Double(needed) - 1e-6 else { throw .tooFewCases(Int(total.rounded()), needed: needed) }

    let means = moments.sums.scalingRows(by: moments.weights.map { 1 / $0 })
    let general = (0..<moments.sums.columns).map { column in
      groups.reduce(0) { $0 + moments.sums[$1, column] } / total
    }
    var products = moments.crossProducts
    for i in 0..<products.rows {
      for j in 0..<products.columns {
        products[i, j] -= groups.reduce(0) { $0 + moments.sums[$1, i] * means[$1, j] }
      }
    }
    for column in 0..<products.columns {
      let spread = moments.crossProducts[column, column]
      guard products[column, column] > 1e-11 * spread, spread > 0 else { throw .constantWithin(column) }
    }
    let scales = (0..<products.columns).map { products[$0, $0].squareRoot() }
    let correlations = products.scalingRows(by: scales.map { 1 / $0 }).scalingColumns(by: scales.map { 1 / $0 })
    ratios = (0..<products.columns).map { column in
      groups.reduce(0) {
        let d = means[$1, column] - general[column]
        return $0 + moments.weights[$1] * d * d
      } / products[column, column]
    }
    within = correlations.selecting(columns: activeColumns)
    root = try Self.root(correlations.selecting(rows: activeColumns, columns: activeColumns), activeColumns)
    var scaled = Matrix(rows: means.rows, columns: activeColumns.count)
    for group in 0..<means.rows {
      for (at, column) in activeColumns.enumerated() {
        scaled[group, at] = (means[group, column] - general[column]) / scales[column]
      }
    }
    whitened = Self.solve(root, scaled)
    guard whitened.firstNonFinite == nil else { throw .constantWithin(first) }
  }

  /// Correlations within groups of all columns with directions in whitened coordinates, columns × directions.
  func correlations(with directions: Matrix) -> Matrix {
    // R_j · L⁻ᵀ v, as L⁻¹ applied to the rows of R.
    Self.solve(root, within).multiplied(by: directions)
  }

  func betweenVariance(_ column: Int) -> Double { ratios[column] }

  /// Each row *x* of a matrix to the *y* with L y = x.
  private static func solve(_ lower: Matrix, _ rows: Matrix) -> Matrix {
    var result = rows
    for row in 0..<rows.rows {
      for i in 0..<lower.rows {
        var value = result[row, i]
        for k in 0..<i { value -= lower[i, k] * result[row, k] }
        result[row, i] = value / lower[i, i]
      }
    }
    return result
  }

  /// Cholesky's root of a correlation matrix; a column of which nothing is left after those before it is named with
  /// the ones it follows from.
  private static func root(
    _ correlations: Matrix, _ columns: [Int]
  ) throws(DiscriminantAnalysis.Failure) -> Matrix {
    var lower = Matrix(rows: correlations.rows, columns: correlations.rows)
    for i in 0..<correlations.rows {
      for j in 0...i {
        var value = correlations[i, j]
        for k in 0..<j { value -= lower[i, k] * lower[j, k] }
        if i != j {
          lower[i, j] = value / lower[j, j]
        } else if value > 1e-9 {
          lower[i, i] = value.squareRoot()
        } else {
          // The multiples of earlier columns that make this one, from the last backwards.
          var multiples = (0..<i).map { lower[i, $0] }
          for k in stride(from: i - 1, through: 0, by: -1) {
            multiples[k] /= lower[k, k]
            for earlier in 0..<k { multiples[earlier] -= lower[k, earlier] * multiples[k] }
          }
          throw .dependent(columns[i], on: multiples.indices.filter { abs(multiples[$0]) > 1e-4 }.map { columns[$0] })
        }
      }
    }
    return lower
  }
}
