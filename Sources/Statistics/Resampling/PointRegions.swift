import Glibc

/// How far points of a map move from sample to sample, and which of them can be told apart.
package struct PointRegions: Sendable {
  /// Positions in the full sample, points × axes (1 or 2).
  package let positions: Matrix
  /// The number of resamples behind it, ≥ 2.
  package let draws: Int
  /// Covariances of all coordinates over the resamples (divisor draws − 1), point 0's axes first.
  private let covariance: Matrix
  private let axes: Int

  /// The regions of positions over resamples.
  ///
  /// - Parameters:
  ///   - positions: Points × axes, 1 or 2.
  ///   - resampled: One row a draw, point 0's coordinates first; at least 2 rows.
  package init?(_ positions: Matrix, resampled: Matrix) {
    axes = positions.columns
    guard resampled.rows >= 2, (1...2).contains(axes), resampled.columns == positions.rows * axes else { return nil }
    self.positions = positions
    draws = resampled.rows
    let means = resampled.columnSums.map { $0 / Double(resampled.rows) }
    var centred = resampled
    for i in 0..<centred.rows { for j in 0..<centred.columns { centred[i, j] -= means[j] } }
    let divisor = Double(draws - 1)
    covariance = centred.multiplied(by: centred, transposingSelf: true).map { $0 / divisor }
    guard covariance.firstNonFinite == nil else { return nil }
  }

  /// A symmetric 2 × 2 matrix; on a line the second axis is 0.
  package struct Spread: Equatable, Sendable {
    package var xx: Double
    package var xy: Double
    package var yy: Double

    /// The correlation of the two axes, −1 … 1; 0 where one does not vary.
    package var correlation: Double {
      let product = (xx * yy).squareRoot()
      return product > 0 ? max(-1, min(1, xy / product)) : 0
    }
  }

  /// The covariance of a point's coordinates.
  package func spread(_ point: Int) -> Spread { block(point, point) }

  private func block(_ a: Int, _ b: Int) -> Spread {
    let (i, j) = (a * axes, b * axes)
    guard axes == 2 else { return Spread(xx: covariance[i, j], xy: 0, yy: 0) }
    // Symmetric part: only sums with the mirrored block are asked for.
    return Spread(
      xx: covariance[i, j], xy: (covariance[i, j + 1] + covariance[i + 1, j]) / 2, yy: covariance[i + 1, j + 1])
  }

  /// Whether the difference of two points is beyond chance: its Mahalanobis distance, by the covariance of the
  /// difference over the resamples, exceeds the χ² quantile of the axes.
  package func distinguishes(_ a: Int, _ b: Int, confidence: Double) -> Bool {
    squaredDistance(a, b, spread(from: a, to: b)) > ChiSquared(degrees: Double(axes)).quantile(confidence)
  }

  /// The covariance of the difference of two points over the resamples.
  package func spread(from a: Int, to b: Int) -> Spread {
    let (p, q, r) = (block(a, a), block(b, b), block(a, b))
    return Spread(xx: p.xx + q.xx - 2 * r.xx, xy: p.xy + q.xy - 2 * r.xy, yy: p.yy + q.yy - 2 * r.yy)
  }

  /// The shortest and the longest way from one point to another that their difference's ellipse at this level of
  /// confidence leaves open; the shortest is 0 where the ellipse holds a difference of 0, that is, where the two are not
  /// distinguished.
  package func reach(from a: Int, to b: Int, confidence: Double) -> (lower: Double, upper: Double) {
    let spread = spread(from: a, to: b)
    let quantile = ChiSquared(degrees: Double(axes)).quantile(confidence)
    let dx = positions[b, 0] - positions[a, 0]
    let dy = axes == 2 ? positions[b, 1] - positions[a, 1] : 0
    // With x = sd_x cos t and y = sd_y (r cos t + √(1 − r²) sin t) the ellipse is passed once.
    let radius = quantile.squareRoot()
    let (width, height) = (radius * max(0, spread.xx).squareRoot(), radius * max(0, spread.yy).squareRoot())
    let (r, rest) = (spread.correlation, (1 - spread.correlation * spread.correlation).squareRoot())
    func length(_ angle: Double) -> Double {
      let (c, s) = (cos(angle), sin(angle))
      return hypot(dx + width * c, dy + height * (r * c + rest * s))
    }
    let steps = 360
    let step = 2 * Double.pi / Double(steps)
    func extreme(_ sign: Double) -> Double {
      var best = (angle: 0.0, value: -Double.infinity)
      for k in 0..<steps {
        let value = sign * length(Double(k) * step)
        if value > best.value { best = (Double(k) * step, value) }
      }
      var (low, high) = (best.angle - step, best.angle + step)
      for _ in 0..<50 {
        let (left, right) = (low + (high - low) / 3, high - (high - low) / 3)
        if sign * length(left) < sign * length(right) { low = left } else { high = right }
      }
      return length((low + high) / 2)
    }
    return (distinguishes(a, b, confidence: confidence) ? extreme(-1) : 0, extreme(1))
  }

  /// Whether the ellipses of two points at this level of confidence have a point in common.
  ///
  /// They have none where for some share *s* the distance under Σ₁ / (1 − s) + Σ₂ / s exceeds the quantile (Gilitschenski &
  /// Hanebeck 2012); the distance is concave in *s*.
  package func overlaps(_ a: Int, _ b: Int, confidence: Double) -> Bool {
    let (p, q) = (block(a, a), block(b, b))
    let limit = ChiSquared(degrees: Double(axes)).quantile(confidence)
    func distance(_ s: Double) -> Double {
      let (u, v) = (1 / (1 - s), 1 / s)
      return squaredDistance(
        a, b, Spread(xx: p.xx * u + q.xx * v, xy: p.xy * u + q.xy * v, yy: p.yy * u + q.yy * v))
    }
    var (low, high) = (1e-6, 1 - 1e-6)
    for _ in 0..<60 {
      let (left, right) = (low + (high - low) / 3, high - (high - low) / 3)
      if distance(left) < distance(right) { low = left } else { high = right }
    }
    return distance((low + high) / 2) <= limit
  }

  private func squaredDistance(_ a: Int, _ b: Int, _ spread: Spread) -> Double {
    let dx = positions[a, 0] - positions[b, 0]
    // What rounding leaves of a variance or a difference of 0 must not decide.
    let size = positions.storage.reduce(0) { max($0, abs($1)) }
    let least = max(1e-14 * size * size, .leastNormalMagnitude)
    let xx = spread.xx + least
    guard axes == 2 else { return dx * dx / xx }
    let dy = positions[a, 1] - positions[b, 1]
    let yy = spread.yy + least
    let determinant = xx * yy - spread.xy * spread.xy
    guard determinant > 0 else { return 0 }
    return (dx * dx * yy - 2 * dx * dy * spread.xy + dy * dy * xx) / determinant
  }
}
