/// A preference as a function of the place on the map: f = c₀ + c₁x + c₂y + c₃(x² + y²) + c₄(x² − y²) + c₅xy.
package struct PreferenceSurface: Sendable, Equatable {
  /// c₀ … c₅; the rest is 0.
  package let coefficients: SIMD8<Double>

  init(_ coefficients: SIMD8<Double>) { self.coefficients = coefficients }

  /// The functions at a place.
  @inline(__always) package static func functions(_ x: Double, _ y: Double) -> SIMD8<Double> {
    SIMD8(1, x, y, x * x + y * y, x * x - y * y, x * y, 0, 0)
  }

  /// The preference at a place.
  package func callAsFunction(_ x: Double, _ y: Double) -> Double {
    (coefficients * Self.functions(x, y)).sum()
  }

  /// The direction in which preference rises fastest at a place.
  package func slope(_ x: Double, _ y: Double) -> (x: Double, y: Double) {
    let c = coefficients
    return (
      c[1] + 2 * (c[3] + c[4]) * x + c[5] * y,
      c[2] + 2 * (c[3] - c[4]) * y + c[5] * x
    )
  }

  /// The curvature along its two main directions, the larger first.
  package var curvatures: (Double, Double) {
    let spread = (4 * coefficients[4] * coefficients[4] + coefficients[5] * coefficients[5]).squareRoot()
    return (2 * coefficients[3] + spread, 2 * coefficients[3] - spread)
  }

  /// What it looks like, and the point that is highest, lowest or both. A point farther off than a million units is none:
  /// as far as the numbers tell the preference then rises steadily.
  package var shape: (kind: PreferenceKind, x: Double, y: Double) {
    let c = coefficients
    let (a, b) = (2 * (c[3] + c[4]), 2 * (c[3] - c[4]))
    let determinant = a * b - c[5] * c[5]
    let x = (c[5] * c[2] - b * c[1]) / determinant
    let y = (c[5] * c[1] - a * c[2]) / determinant
    guard x.isFinite, y.isFinite, abs(x) < 1e6, abs(y) < 1e6 else { return (.vector, 0, 0) }
    let (high, low) = curvatures
    return (high < 0 ? .ideal : low > 0 ? .antiIdeal : .saddle, x, y)
  }
}
