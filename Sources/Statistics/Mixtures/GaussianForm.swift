/// A family of covariances as sums of features: what of a row its log-density depends on, and how parameters come from
/// the sums over rows.
struct GaussianForm: Sendable {
  /// Log-densities with the log of the share: constant + coefficients · features, components × features.
  struct Linear {
    var constants: [Double]
    var coefficients: [Double]
  }

  let family: CovarianceFamily
  let components: Int
  let columns: Int
  /// Features of a row: its values last; before them the sum of squares (spherical), the squares (diagonal) or the
  /// products (full).
  let features: Int
  private let quadratic: Int
  private let total: Double
  /// Least variance, a variable each; for full families of white rows.
  private let least: [Double]
  /// Least weight of a component.
  private let leastWeight: Double

  /// - Parameter floor: The share of the variance of all rows below which a component has none.
  init(_ rows: MixtureRows, _ family: CovarianceFamily, components: Int, floor: Double) {
    self.family = family
    self.components = components
    let d = rows.columns
    columns = d
    quadratic = family.isSpherical ? 1 : family.isFull ? d * (d + 1) / 2 : d
    features = quadratic + d
    total = rows.total
    let mean = rows.variances.reduce(0, +) / Double(d)
    least =
      family.isFull
      ? [Double](repeating: floor, count: d)
      : family.isSpherical ? [floor * mean] : rows.variances.map { $0 * floor }
    // On the scale of single rows, whatever the weights.
    let row = rows.total / Double(rows.weighted)
    leastWeight = family == .fullVarying ? min(row, 1) * Double(d + 1) : family.varies ? min(row, 1) * 2 : 1e-8 * row
  }

  func fill(_ target: UnsafeMutablePointer<Double>, from values: [Double], first: Int, count: Int) {
    values.withUnsafeBufferPointer { values in
      guard let base = values.baseAddress else { return }
      for row in 0..<count {
        let x = base + (first + row) * columns
        let line = target + row * features
        if family.isSpherical {
          var square = 0.0
          for j in 0..<columns { square += x[j] * x[j] }
          line[0] = square
        } else if family.isFull {
          var at = line
          for j in 0..<columns {
            let own = x[j]
            for l in 0...j { at[l] = own * x[l] }
            at += j + 1
          }
        } else {
          for j in 0..<columns { line[j] = x[j] * x[j] }
        }
        for j in 0..<columns { line[quadratic + j] = x[j] }
      }
    }
  }

  /// Parameters from sums; nil where a component has hardly any weight, or a variance below the floor.
  func linear(_ sums: [Double]) -> Linear? {
    let width = 1 + features
    for k in 0..<components where !(sums[k * width] >= leastWeight) { return nil }
    let spread = covariances(sums)
    var linear = Linear(
      constants: [Double](repeating: 0, count: components),
      coefficients: [Double](repeating: 0, count: components * features))
    var shared: Precision?
    for k in 0..<components {
      let weight = sums[k * width]
      let precision: Precision
      if let shared {
        precision = shared
      } else {
        guard let own = Precision(spread[family.varies ? k : 0], form: self) else { return nil }
        precision = own
        if !family.varies { shared = own }
      }
      let mean = (0..<columns).map { sums[k * width + 1 + quadratic + $0] / weight }
      let direction = precision.times(mean)
      let base = k * features
      for q in 0..<quadratic { linear.coefficients[base + q] = precision.quadratic[q] }
      var square = 0.0
      for j in 0..<columns {
        linear.coefficients[base + quadratic + j] = direction[j]
        square += direction[j] * mean[j]
      }
      linear.constants[k] = logarithm(weight / total) + precision.logScale - square / 2
      guard linear.constants[k].isFinite else { return nil }
    }
    return linear
  }

  /// Variances or covariances (packed by rows), one a component or one for all.
  private func covariances(_ sums: [Double]) -> [[Double]] {
    let width = 1 + features
    var result: [[Double]] = []
    for k in 0..<components {
      let weight = sums[k * width]
      let mean = (0..<columns).map { sums[k * width + 1 + quadratic + $0] / weight }
      var own = (0..<quadratic).map { sums[k * width + 1 + $0] }
      if family.isSpherical {
        for j in 0..<columns { own[0] -= weight * mean[j] * mean[j] }
        own[0] /= Double(columns)
      } else if family.isFull {
        var at = 0
        for j in 0..<columns {
          for l in 0...j {
            own[at] -= weight * mean[j] * mean[l]
            at += 1
          }
        }
      } else {
        for j in 0..<columns { own[j] -= weight * mean[j] * mean[j] }
      }
      result.append(own)
    }
    guard !family.varies else {
      return result.enumerated().map { k, own in own.map { $0 / sums[k * width] } }
    }
    var pooled = [Double](repeating: 0, count: quadratic)
    for own in result { for at in pooled.indices { pooled[at] += own[at] } }
    return [pooled.map { $0 / total }]
  }

  /// The inverse of a covariance as coefficients of the features.
  private struct Precision {
    let quadratic: [Double]
    /// −½ (d ln 2π + ln |Σ|)
    let logScale: Double
    private let rows: [Double]
    private let family: CovarianceFamily
    private let columns: Int

    init?(_ spread: [Double], form: GaussianForm) {
      let d = form.columns
      family = form.family
      columns = d
      var logVolume = Double(d) * 1.8378770664093453
      if family.isFull {
        guard let inverse = inverted(packed: spread, d) else { return nil }
        var trace = 0.0
        for j in 0..<d { trace += inverse.matrix[j * d + j] }
        // The narrowest direction has at least 1 / trace.
        guard trace * form.least[0] < 1 else { return nil }
        rows = inverse.matrix
        logVolume += inverse.logDeterminant
        var packed: [Double] = []
        packed.reserveCapacity(spread.count)
        for j in 0..<d { for l in 0...j { packed.append(inverse.matrix[j * d + l] * (l == j ? -0.5 : -1)) } }
        quadratic = packed
      } else {
        for at in spread.indices where !(spread[at] > form.least[at]) { return nil }
        rows = spread.map { 1 / $0 }
        quadratic = spread.map { -0.5 / $0 }
        for variance in spread { logVolume += logarithm(variance) * (family.isSpherical ? Double(d) : 1) }
      }
      logScale = -0.5 * logVolume
    }

    func times(_ mean: [Double]) -> [Double] {
      if family.isSpherical { return mean.map { $0 * rows[0] } }
      if !family.isFull { return mean.indices.map { mean[$0] * rows[$0] } }
      return (0..<columns).map { j in
        var sum = 0.0
        for l in 0..<columns { sum += rows[j * columns + l] * mean[l] }
        return sum
      }
    }
  }
}

/// The inverse of a symmetric positive definite matrix given by the rows of its lower triangle, by Cholesky's factor; nil
/// where it is not positive definite.
private func inverted(packed: [Double], _ d: Int) -> (matrix: [Double], logDeterminant: Double)? {
  var factor = [Double](repeating: 0, count: d * d)
  var logDeterminant = 0.0
  var at = 0
  for j in 0..<d {
    for l in 0...j {
      var sum = packed[at]
      at += 1
      for m in 0..<l { sum -= factor[j * d + m] * factor[l * d + m] }
      if l < j {
        factor[j * d + l] = sum / factor[l * d + l]
      } else {
        guard sum > 0, sum.isFinite else { return nil }
        factor[j * d + j] = sum.squareRoot()
        logDeterminant += logarithm(sum)
      }
    }
  }
  // The factor's inverse, then its transpose times itself.
  var inverse = [Double](repeating: 0, count: d * d)
  for column in 0..<d {
    inverse[column * d + column] = 1 / factor[column * d + column]
    for row in (column + 1)..<max(d, column + 1) {
      var sum = 0.0
      for m in column..<row { sum -= factor[row * d + m] * inverse[m * d + column] }
      inverse[row * d + column] = sum / factor[row * d + row]
    }
  }
  var result = [Double](repeating: 0, count: d * d)
  for j in 0..<d {
    for l in 0...j {
      var sum = 0.0
      for m in j..<d { sum += inverse[m * d + j] * inverse[m * d + l] }
      result[j * d + l] = sum
      result[l * d + j] = sum
    }
  }
  return (result, logDeterminant)
}
