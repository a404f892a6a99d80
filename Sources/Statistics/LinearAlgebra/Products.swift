import COpenBLAS

extension Matrix {
  /// The matrix product `self` · `other`; either factor may be taken transposed without copying it.
  ///
  /// Inner dimensions that differ are a programmer's error and trap.
  package func multiplied(
    by other: Matrix, transposingSelf: Bool = false, transposingOther: Bool = false
  ) -> Matrix {
    let m = transposingSelf ? columns : rows
    let inner = transposingSelf ? rows : columns
    let n = transposingOther ? other.rows : other.columns
    precondition(inner == (transposingOther ? other.columns : other.rows), "inner dimensions agree")
    var result = Matrix(rows: m, columns: n)
    guard m > 0, n > 0, inner > 0 else { return result }
    result.storage.withUnsafeMutableBufferPointer { target in
      dense_gemm(
        transposingSelf ? MatrixTransposed : MatrixAsIs, transposingOther ? MatrixTransposed : MatrixAsIs,
        Int32(m), Int32(n), Int32(inner), 1, storage, Int32(columns), other.storage, Int32(other.columns),
        0, target.baseAddress, Int32(n))
    }
    return result
  }
}
