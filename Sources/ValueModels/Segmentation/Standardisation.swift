import Statistics

/// How variables are made comparable before distances are taken.
enum Standardisation: String, Sendable, CaseIterable {
  /// Each variable less its mean, divided by its standard deviation (divisor *n* − 1).
  case columns
  /// Each person's answers less their own mean, divided by their own standard deviation (divisor *p* − 1): what is left
  /// is the pattern, free of how high and how widely a person uses the scale (Rossi, Gilula & Allenby 2001, who show
  /// that both differ between persons). One who answers everything alike has no pattern and stands at zero.
  case withinPerson = "within-person"
  case none

  /// - Parameter points: persons × variables, finite.
  /// - Returns: the points standardised, and how many persons (within-person) answer everything alike.
  func callAsFunction(_ points: Matrix) -> (points: Matrix, flat: Int) {
    switch self {
    case .none: return (points, 0)
    case .columns: return (Self.byColumn(points), 0)
    case .withinPerson:
      var result = points
      var flat = 0
      for row in 0..<points.rows {
        let pattern = Self.standardised(Array(points.row(row)))
        if pattern == nil { flat += 1 }
        for column in 0..<points.columns { result[row, column] = (pattern?[column] ?? 0).withoutTrace }
      }
      return (result, flat)
    }
  }

  private static func byColumn(_ points: Matrix) -> Matrix {
    var result = points
    for column in 0..<points.columns {
      let scores = standardised(points.column(column))
      for row in 0..<points.rows { result[row, column] = scores?[row] ?? 0 }
    }
    return result
  }

  /// z-scores; nil where the values do not vary.
  private static func standardised(_ values: [Double]) -> [Double]? {
    guard let moments = try? Moments(values), let variance = moments.sampleVariance else { return nil }
    let deviation = variance.squareRoot()
    // Equal values whose mean rounds leave a trace that is no variation.
    guard let first = values.first, values.contains(where: { $0 != first }), deviation > 0 else { return nil }
    return values.map { ($0 - moments.mean) / deviation }
  }
}

extension Double {
  /// Rounded to 2⁻⁴⁰, so that patterns that are the same stay the same when their levels differ.
  fileprivate var withoutTrace: Double { (self * 0x1p40).rounded() * 0x1p-40 }
}
