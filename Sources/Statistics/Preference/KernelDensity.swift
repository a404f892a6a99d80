import Glibc

/// The density of points in a plane by Gaussian kernels, the same bandwidth everywhere, one an axis.
///
/// Bandwidths by the normal reference rule of Venables & Ripley, *Modern Applied Statistics with S* (4th ed., 2002, §5.6):
/// 1.06 · min(s, IQR / 1.34) · n^(−1/5); where the middle half coincides, by s alone.
package struct KernelDensity: Sendable {
  /// Standard deviations of the kernel along the axes.
  package let bandwidth: (x: Double, y: Double)
  private let x: [Double]
  private let y: [Double]
  private let weights: [Double]

  /// Nil where there are fewer than two points or they do not differ on both axes.
  ///
  /// - Parameter weights: ≥ 0, one a point; they decide on the density, not on the bandwidth.
  package init?(x: [Double], y: [Double], weights: [Double]? = nil) {
    guard x.count == y.count, x.count > 1, let across = Self.normalReference(x), let up = Self.normalReference(y) else {
      return nil
    }
    let given = weights ?? [Double](repeating: 1, count: x.count)
    let sum = given.reduce(0, +)
    guard given.count == x.count, sum > 0, sum.isFinite else { return nil }
    self.x = x
    self.y = y
    self.weights = given.map { $0 / sum }
    bandwidth = (across, up)
  }

  static func normalReference(_ values: [Double]) -> Double? {
    let n = Double(values.count)
    let sorted = values.sorted()
    let mean = values.reduce(0, +) / n
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (n - 1)
    func quantile(_ p: Double) -> Double {
      let at = p * (n - 1)
      let low = Int(at)
      return sorted[low] + (at - Double(low)) * (sorted[min(low + 1, sorted.count - 1)] - sorted[low])
    }
    let deviation = variance.squareRoot()
    let middle = (quantile(0.75) - quantile(0.25)) / 1.34
    let spread = middle > 0 ? min(deviation, middle) : deviation
    guard spread > 0, spread.isFinite else { return nil }
    return 1.06 * spread * pow(n, -0.2)
  }

  /// The density at the crossings of a grid, rows up × columns across; it sums to about 1 over the plane.
  package func grid(x across: [Double], y up: [Double]) -> Matrix {
    var result = Matrix(rows: up.count, columns: across.count)
    let part = 4_096
    for start in stride(from: 0, to: x.count, by: part) {
      let here = start..<min(start + part, x.count)
      var columns = Matrix(rows: here.count, columns: across.count)
      var rows = Matrix(rows: here.count, columns: up.count)
      for i in here {
        for j in across.indices { columns[i - start, j] = kernel((across[j] - x[i]) / bandwidth.x) * weights[i] }
        for j in up.indices { rows[i - start, j] = kernel((up[j] - y[i]) / bandwidth.y) }
      }
      let part = rows.multiplied(by: columns, transposingSelf: true)
      for at in result.storage.indices { result.storage[at] += part.storage[at] }
    }
    let factor = 1 / (2 * Double.pi * bandwidth.x * bandwidth.y)
    return result.map { $0 * factor }
  }

  private func kernel(_ u: Double) -> Double { exp(-0.5 * u * u) }
}
