import COpenBLAS

/// Why a matrix could not be decomposed or a system not solved.
package enum DecompositionFailure: Error, Equatable, Sendable {
  /// The element is NaN or infinite.
  case notFinite(row: Int, column: Int)
  /// The iteration inside LAPACK did not converge.
  case notConverged
  /// The leading minor of this order (from 1) is not positive: the matrix is singular or indefinite.
  case notPositiveDefinite(order: Int)
  /// More elements than LAPACK's 32-bit indices can address.
  case tooLarge
}

/// A thin singular value decomposition, `A = U · diag(singularValues) · Vᵀ`.
package struct SingularValues: Sendable {
  /// Left vectors, rows × *k*, *k* = min(rows, columns); columns are orthonormal.
  package let left: Matrix
  /// Singular values, *k*, from the largest, ≥ 0.
  package let values: [Double]
  /// Right vectors, columns × *k*; columns are orthonormal.
  package let right: Matrix
}

/// The eigenvalues and eigenvectors of a symmetric matrix.
package struct SymmetricEigen: Sendable {
  /// Eigenvalues from the largest.
  package let values: [Double]
  /// Eigenvectors, one a column, in the order of the values; orthonormal, signs arbitrary.
  package let vectors: Matrix
}

extension Matrix {
  private func checkForLAPACK() throws(DecompositionFailure) {
    if let (row, column) = firstNonFinite { throw .notFinite(row: row, column: column) }
    guard storage.count < Int(Int32.max), rows < Int(Int32.max), columns < Int(Int32.max) else { throw .tooLarge }
  }

  /// The thin singular value decomposition (LAPACK `dgesdd`). Signs of the vectors are arbitrary.
  package func singularValues() throws(DecompositionFailure) -> SingularValues {
    try checkForLAPACK()
    let k = min(rows, columns)
    guard k > 0 else {
      return SingularValues(left: Matrix(rows: rows, columns: 0), values: [], right: Matrix(rows: columns, columns: 0))
    }
    // LAPACK reads columns: row-major A is its Aᵀ = V Σ Uᵀ, so its left vectors are our right ones, and both come
    // back in the layout wanted without a copy.
    var work = storage
    var values = [Double](repeating: 0, count: k)
    var rightTransposed = [Double](repeating: 0, count: k * columns)
    var left = [Double](repeating: 0, count: rows * k)
    let info = dense_gesdd(
      Int32(columns), Int32(rows), &work, Int32(columns),
      &values, &rightTransposed, Int32(columns), &left, Int32(k))
    guard info == 0 else { throw .notConverged }
    return SingularValues(
      left: Matrix(rows: rows, columns: k, storage: left), values: values,
      right: Matrix(rows: k, columns: columns, storage: rightTransposed).transposed)
  }

  /// The singular values and right vectors only.
  ///
  /// Tables with far more rows than columns go through AᵀA, a fraction of the work, where its rounding does not matter:
  /// only while the least eigenvalue is above 10⁻⁶ of the largest, so that all are good to 1 part in 10⁹.
  func rightSingularVectors() throws(DecompositionFailure) -> (values: [Double], vectors: Matrix) {
    if rows > 1_000, rows > 10 * columns {
      try checkForLAPACK()
      let eigen = try multiplied(by: self, transposingSelf: true).symmetricEigen()
      if let first = eigen.values.first, let last = eigen.values.last, last > 1e-6 * first {
        return (eigen.values.map { $0.squareRoot() }, eigen.vectors)
      }
    }
    let full = try singularValues()
    return (full.values, full.right)
  }

  /// The eigenvalues and vectors of a symmetric matrix (LAPACK `dsyevr`); only the upper triangle is read.
  ///
  /// A matrix that is not square is a programmer's error and traps.
  package func symmetricEigen() throws(DecompositionFailure) -> SymmetricEigen {
    precondition(rows == columns, "the matrix is square")
    try checkForLAPACK()
    let n = rows
    guard n > 0 else { return SymmetricEigen(values: [], vectors: self) }
    var work = storage
    var ascending = [Double](repeating: 0, count: n)
    var vectors = [Double](repeating: 0, count: n * n)
    var support = [Int32](repeating: 0, count: 2 * n)
    var found: Int32 = 0
    // Row-major upper triangle is the column-major lower one.
    let info = dense_syevr(Int32(n), &work, Int32(n), &found, &ascending, &vectors, Int32(n), &support)
    guard info == 0, Int(found) == n else { throw .notConverged }
    var ordered = Matrix(rows: n, columns: n)
    for j in 0..<n { for i in 0..<n { ordered[i, j] = vectors[(n - 1 - j) * n + i] } }
    return SymmetricEigen(values: ascending.reversed(), vectors: ordered)
  }

  /// The lower triangular *L* with `self = L · Lᵀ` (LAPACK `dpotrf`); only the lower triangle is read.
  ///
  /// A matrix that is not square is a programmer's error and traps.
  package func cholesky() throws(DecompositionFailure) -> Matrix {
    precondition(rows == columns, "the matrix is square")
    try checkForLAPACK()
    guard rows > 0 else { return self }
    var factor = self
    let n = Int32(rows)
    let info = dense_potrf(n, &factor.storage, n)
    guard info == 0 else { throw .notPositiveDefinite(order: Int(info)) }
    for i in 0..<rows { for j in (i + 1)..<max(columns, i + 1) { factor[i, j] = 0 } }
    return factor
  }

  /// Solves `self · X = right` for a symmetric positive definite matrix (LAPACK `dposv`).
  ///
  /// Shapes that do not fit are a programmer's error and trap.
  package func solvingPositiveDefinite(_ right: Matrix) throws(DecompositionFailure) -> Matrix {
    precondition(rows == columns && right.rows == rows, "the shapes fit")
    try checkForLAPACK()
    try right.checkForLAPACK()
    guard rows > 0, right.columns > 0 else { return right }
    var factor = storage
    var solution = right.transposed.storage
    let n = Int32(rows)
    let info = dense_posv(n, Int32(right.columns), &factor, n, &solution, n)
    guard info == 0 else { throw .notPositiveDefinite(order: Int(info)) }
    return Matrix(rows: right.columns, columns: rows, storage: solution).transposed
  }
}
