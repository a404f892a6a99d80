import COpenBLAS

/// The columns of a design as a fit uses them: centred, in standard deviations, and none that follows from those before it.
struct DesignScaling: Sendable {
  let means: [Double]
  /// Weighted standard deviations with divisor Σw; 0 for constant columns.
  let deviations: [Double]
  /// Columns with a coefficient, ascending.
  let active: [Int]

  /// What of a column's variance must be its own, after all columns before it.
  static let leastOwnShare = 1e-10

  init(_ design: Matrix, weights: [Double]) throws(LogisticRegression.Failure) {
    let (n, k) = (design.rows, design.columns)
    var means = [Double](repeating: 0, count: k)
    var squares = [Double](repeating: 0, count: k)
    let total = weights.reduce(0, +)
    for i in 0..<n {
      for j in 0..<k { means[j] += weights[i] * design.storage[i * k + j] }
    }
    for j in 0..<k { means[j] /= total }
    for i in 0..<n {
      for j in 0..<k {
        let d = design.storage[i * k + j] - means[j]
        squares[j] += weights[i] * d * d
      }
    }
    for j in 0..<k where !squares[j].isFinite || !means[j].isFinite { throw .notFinite(column: j) }
    self.means = means
    // Rounding leaves a little spread to a constant column: what is below its last digits is none.
    deviations = zip(squares, means).map { square, mean in
      let deviation = (square / total).squareRoot()
      return deviation > 1e-13 * abs(mean) ? deviation : 0
    }
    let varying = deviations.indices.filter { [deviations] in deviations[$0] > 0 }
    let partial = Self.scaled(design, means: means, deviations: deviations, columns: varying, withOnes: false)
    let gram = weightedGram(partial, weights: weights)
    active = independentColumns(gram, leastOwnShare: Self.leastOwnShare).map { varying[$0] }
  }

  /// Ones, and then the active columns.
  func scaled(_ design: Matrix) -> Matrix {
    Self.scaled(design, means: means, deviations: deviations, columns: active, withOnes: true)
  }

  private static func scaled(
    _ design: Matrix, means: [Double], deviations: [Double], columns: [Int], withOnes: Bool
  ) -> Matrix {
    let lead = withOnes ? 1 : 0
    let width = columns.count + lead
    let storage = [Double](unsafeUninitializedCapacity: design.rows * width) { out, count in
      design.storage.withUnsafeBufferPointer { source in
        for i in 0..<design.rows {
          if withOnes { out[i * width] = 1 }
          for (at, j) in columns.enumerated() {
            out[i * width + lead + at] = (source[i * design.columns + j] - means[j]) / deviations[j]
          }
        }
      }
      count = design.rows * width
    }
    return Matrix(rows: design.rows, columns: width, storage: storage)
  }

  /// Estimates and standard errors back in the columns' own units.
  func inOwnUnits(
    estimates: [Double], covariance: Matrix
  ) -> (intercept: LogisticRegression.Coefficient, coefficients: [LogisticRegression.Coefficient?]) {
    var coefficients = [LogisticRegression.Coefficient?](repeating: nil, count: means.count)
    // The intercept is the log odds at zero, not at the means: β₀ − Σ βⱼ mⱼ / sⱼ.
    var turn = [Double](repeating: 0, count: active.count + 1)
    turn[0] = 1
    for (at, j) in active.enumerated() {
      turn[at + 1] = -means[j] / deviations[j]
      coefficients[j] = LogisticRegression.Coefficient(
        estimate: estimates[at + 1] / deviations[j],
        standardError: covariance[at + 1, at + 1].squareRoot() / deviations[j])
    }
    var (estimate, variance) = (0.0, 0.0)
    for a in turn.indices {
      estimate += turn[a] * estimates[a]
      for b in turn.indices { variance += turn[a] * turn[b] * covariance[a, b] }
    }
    return (LogisticRegression.Coefficient(estimate: estimate, standardError: variance.squareRoot()), coefficients)
  }
}

/// Σ wᵢ xᵢ xᵢᵀ over the rows, symmetric; weights ≥ 0.
func weightedGram(_ x: Matrix, weights: [Double]) -> Matrix {
  let (n, p) = (x.rows, x.columns)
  var gram = Matrix(rows: p, columns: p)
  guard n > 0, p > 0 else { return gram }
  // In blocks, so that the weighted copy stays in the processor's cache.
  let block = max(16, min(n, 32_768 / p))
  var buffer = [Double](repeating: 0, count: block * p)
  x.storage.withUnsafeBufferPointer { source in
    gram.storage.withUnsafeMutableBufferPointer { target in
      buffer.withUnsafeMutableBufferPointer { buffer in
        for start in stride(from: 0, to: n, by: block) {
          let count = min(block, n - start)
          for i in 0..<count {
            let root = weights[start + i].squareRoot()
            for j in 0..<p { buffer[i * p + j] = root * source[(start + i) * p + j] }
          }
          dense_syrk(
            Int32(p), Int32(count), 1, buffer.baseAddress, Int32(p), 1,
            target.baseAddress, Int32(p))
        }
      }
    }
  }
  for i in 0..<p { for j in 0..<i { gram[i, j] = gram[j, i] } }
  return gram
}

/// The columns that do not follow from those before them, found by a Cholesky decomposition that passes over the others.
///
/// - Parameters:
///   - gram: Cross products of the columns.
///   - leastOwnShare: What is left of a column's square after those before it, as a share, at the least.
/// - Returns: Ascending.
func independentColumns(_ gram: Matrix, leastOwnShare: Double) -> [Int] {
  let p = gram.columns
  var kept: [Int] = []
  var factor = Matrix(rows: p, columns: p)
  for j in 0..<p {
    var own = gram[j, j]
    for (at, other) in kept.enumerated() {
      var value = gram[j, other]
      for earlier in 0..<at { value -= factor[j, earlier] * factor[other, earlier] }
      value /= factor[other, at]
      factor[j, at] = value
      own -= value * value
    }
    guard own > leastOwnShare * gram[j, j], own > 0 else { continue }
    factor[j, kept.count] = own.squareRoot()
    kept.append(j)
  }
  return kept
}
