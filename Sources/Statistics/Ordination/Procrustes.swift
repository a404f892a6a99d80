/// One configuration moved, turned and stretched to lie as close as it can on another.
///
/// Gower & Dijksterhuis, *Procrustes Problems* (2004): with both centred, XᵀY = UDVᵀ, rotation VUᵀ, scale tr D / ‖Y‖².
package struct Procrustes: Sendable {
  /// Why two configurations cannot be compared.
  package enum Failure: Error, Equatable, Sendable {
    /// The shapes differ, or there are no points or axes.
    case shapesDiffer
    /// NaN or infinity in the target (`fitted` false) or the configuration fitted to it.
    case notFinite(row: Int, column: Int, fitted: Bool)
    /// All points of a configuration coincide.
    case noSpread
    /// LAPACK did not converge.
    case notConverged
  }

  /// The orthogonal matrix the fitted configuration is multiplied by on the right, axes × axes.
  package let rotation: Matrix
  /// What it is multiplied by; 1 where scaling is off.
  package let scale: Double
  /// The fitted configuration in its new place, points × axes, around the target's centre.
  package let fitted: Matrix
  /// Distance of each point to its target.
  package let residuals: [Double]
  /// m₁₂² = 1 − (tr D)² / (‖X‖²‖Y‖²), 0 for a perfect fit, 0–1, whatever the scale.
  package let statistic: Double

  /// Fits one configuration to another.
  ///
  /// - Parameters:
  ///   - configuration: Points × axes.
  ///   - target: The same points × the same number of axes.
  ///   - reflection: Whether the configuration may be mirrored.
  ///   - scaling: Whether it may be stretched.
  package static func fit(
    _ configuration: Matrix, to target: Matrix, reflection: Bool = true, scaling: Bool = false
  ) throws(Failure) -> Procrustes {
    guard configuration.rows == target.rows, configuration.columns == target.columns, target.rows > 0,
      target.columns > 0
    else { throw .shapesDiffer }
    if let (row, column) = target.firstNonFinite { throw .notFinite(row: row, column: column, fitted: false) }
    if let (row, column) = configuration.firstNonFinite { throw .notFinite(row: row, column: column, fitted: true) }
    let (x, centre) = target.centred()
    let (y, _) = configuration.centred()
    let normX = x.storage.reduce(0) { $0 + $1 * $1 }
    let normY = y.storage.reduce(0) { $0 + $1 * $1 }
    guard normX > 0, normY > 0, normX.isFinite, normY.isFinite else { throw .noSpread }
    let product: SingularValues
    do { product = try x.multiplied(by: y, transposingSelf: true).singularValues() } catch { throw .notConverged }
    var values = product.values
    var right = product.right
    if !reflection, determinantIsNegative(product.left, product.right) {
      // Turning the weakest axis costs the least.
      let last = values.count - 1
      values[last] = -values[last]
      for i in 0..<right.rows { right[i, last] = -right[i, last] }
    }
    let trace = values.reduce(0, +)
    let rotation = right.multiplied(by: product.left, transposingOther: true)
    let scale = scaling ? trace / normY : 1
    var fitted = y.multiplied(by: rotation)
    var residuals: [Double] = []
    for i in 0..<fitted.rows {
      var square = 0.0
      for j in 0..<fitted.columns {
        let value = fitted[i, j] * scale
        square += (value - x[i, j]) * (value - x[i, j])
        fitted[i, j] = value + centre[j]
      }
      residuals.append(square.squareRoot())
    }
    return Procrustes(
      rotation: rotation, scale: scale, fitted: fitted, residuals: residuals,
      statistic: max(0, 1 - (trace / normX) * (trace / normY)))
  }

  /// Whether VUᵀ mirrors: the product of the signs of the two determinants.
  private static func determinantIsNegative(_ u: Matrix, _ v: Matrix) -> Bool {
    determinantSign(u) * determinantSign(v) < 0
  }
}

/// The sign of a determinant by elimination with row exchanges.
private func determinantSign(_ matrix: Matrix) -> Double {
  var work = matrix
  var sign = 1.0
  for k in 0..<work.columns {
    let pivot = (k..<work.rows).max { abs(work[$0, k]) < abs(work[$1, k]) } ?? k
    if work[pivot, k] == 0 { return 0 }
    if pivot != k {
      for j in 0..<work.columns { (work[k, j], work[pivot, j]) = (work[pivot, j], work[k, j]) }
      sign = -sign
    }
    if work[k, k] < 0 { sign = -sign }
    for i in (k + 1)..<max(work.rows, k + 1) {
      let factor = work[i, k] / work[k, k]
      for j in k..<work.columns { work[i, j] -= factor * work[k, j] }
    }
  }
  return sign
}

extension Matrix {
  /// The matrix less its column means, and those means.
  fileprivate func centred() -> (Matrix, [Double]) {
    let means = columnSums.map { $0 / Double(max(rows, 1)) }
    var result = self
    for i in 0..<rows { for j in 0..<columns { result[i, j] -= means[j] } }
    return (result, means)
  }
}
