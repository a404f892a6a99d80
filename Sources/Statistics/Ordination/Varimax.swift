/// The varimax rotation (Kaiser 1958): axes turned so that each column is tied to few of them.
///
/// Maximises the variance of squared loadings, each row first brought to length 1 (Kaiser's normalisation) so that well
/// and badly shown columns count alike.
///
/// - Parameter loadings: Columns (attributes) × axes; correlations with the axes.
/// - Returns: The orthogonal matrix, axes × axes, to multiply by; new axes in the order of their sums of squared
///   loadings. The identity where there is one axis.
package func varimax(_ loadings: Matrix) -> Matrix {
  let (p, axes) = (loadings.rows, loadings.columns)
  var turned = loadings
  for j in 0..<p {
    let length = loadings.row(j).reduce(0) { $0 + $1 * $1 }.squareRoot()
    for axis in 0..<axes where length > 0 { turned[j, axis] = loadings[j, axis] / length }
  }
  var rotation = Matrix(rows: axes, columns: axes)
  for axis in 0..<axes { rotation[axis, axis] = 1 }
  // Each pair of axes in turn to its best angle; two axes need one step.
  for _ in 0..<1_000 {
    var largest = 0.0
    for a in 0..<axes {
      for b in a + 1..<max(a + 1, axes) {
        let (c, s) = bestTurn(turned, a, b)
        guard abs(s) > 1e-14 else { continue }
        largest = max(largest, abs(s))
        turn(&turned, a, b, c, s)
        turn(&rotation, a, b, c, s)
      }
    }
    if largest < 1e-12 { break }
  }
  let found = loadings.multiplied(by: rotation)
  let sums = (0..<axes).map { found.column($0).reduce(0) { $0 + $1 * $1 } }
  let order = (0..<axes).sorted { (sums[$0], $1) > (sums[$1], $0) }
  return rotation.selecting(columns: order)
}

/// Cosine and sine of Kaiser's angle for two axes, in −π/4…π/4.
private func bestTurn(_ loadings: Matrix, _ a: Int, _ b: Int) -> (Double, Double) {
  var (sumU, sumV, squares, products) = (0.0, 0.0, 0.0, 0.0)
  for j in 0..<loadings.rows {
    let (x, y) = (loadings[j, a], loadings[j, b])
    let (u, v) = (x * x - y * y, 2 * x * y)
    sumU += u
    sumV += v
    squares += u * u - v * v
    products += 2 * u * v
  }
  let p = Double(loadings.rows)
  let sine = products - 2 * sumU * sumV / p
  let cosine = squares - (sumU * sumU - sumV * sumV) / p
  let length = (sine * sine + cosine * cosine).squareRoot()
  // All angles serve alike where both vanish.
  guard length > 1e-14 * p else { return (1, 0) }
  // A quarter of the angle by halving twice: square roots are the same on every machine, arc tangents need not be.
  let half = halved(cosine / length, sine / length)
  return halved(half.0, half.1)
}

/// Cosine and sine of half an angle in −π…π.
private func halved(_ cosine: Double, _ sine: Double) -> (Double, Double) {
  if cosine >= 0 {
    let c = ((1 + cosine) / 2).squareRoot()
    return (c, sine / (2 * c))
  }
  let s = ((1 - cosine) / 2).squareRoot()
  return (abs(sine) / (2 * s), sine < 0 ? -s : s)
}

private func turn(_ matrix: inout Matrix, _ a: Int, _ b: Int, _ c: Double, _ s: Double) {
  for i in 0..<matrix.rows {
    let (x, y) = (matrix[i, a], matrix[i, b])
    matrix[i, a] = x * c + y * s
    matrix[i, b] = y * c - x * s
  }
}
