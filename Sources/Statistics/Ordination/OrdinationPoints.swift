/// One cloud of points of an ordination, rows or columns, in the order of the table given, supplementary ones among
/// them.
package struct OrdinationPoints: Sendable {
  /// Whether the point had no say in the axes.
  package var isSupplementary: [Bool]
  /// Weights that sum to 1 over the active points; 0 for supplementary ones. In components, columns have 1 each.
  package internal(set) var masses: [Double]
  /// The point's part of the total inertia (or variance), absolute; 0 for supplementary points.
  package internal(set) var inertias: [Double]
  /// The squared distance from the centre, in the full space.
  package internal(set) var squaredDistances: [Double]
  /// Principal coordinates, points × axes.
  package internal(set) var principal: Matrix
  /// Standard coordinates, points × axes: principal ones divided by the singular value of the axis.
  package internal(set) var standard: Matrix
  /// Contributions to each axis in percent, points × axes; a column sums to 100. Supplementary points have 0.
  package internal(set) var contributions: Matrix
  /// Squared cosines, points × axes, 0–1: how much of the point's distance the axis shows. 0 for a point at the centre.
  package internal(set) var squaredCosines: Matrix

  /// The number of points.
  package var count: Int { masses.count }

  /// The quality of each point in the first `axes` axes: its summed squared cosines, 0–1.
  package func quality(axes: Int = 2) -> [Double] {
    (0..<count).map { point in min(1, squaredCosines.row(point).prefix(max(axes, 0)).reduce(0, +)) }
  }

  init(count: Int, axes: Int) {
    isSupplementary = [Bool](repeating: false, count: count)
    masses = [Double](repeating: 0, count: count)
    inertias = masses
    squaredDistances = masses
    principal = Matrix(rows: count, columns: axes)
    standard = principal
    contributions = principal
    squaredCosines = principal
  }

  /// Sets the squared cosines of one point from its principal coordinates; a point this near the centre has none.
  mutating func setSquaredCosines(_ point: Int, negligible: Double) {
    guard squaredDistances[point] > negligible else { return }
    for axis in 0..<principal.columns {
      let f = principal[point, axis]
      squaredCosines[point, axis] = min(1, f * f / squaredDistances[point])
    }
  }

  /// The cloud with some axes turned round.
  func turned(_ signs: [Double]) -> OrdinationPoints {
    var result = self
    result.principal = principal.scalingColumns(by: signs)
    result.standard = standard.scalingColumns(by: signs)
    return result
  }
}

/// The signs that bring each target to the positive side; an axis without target, or whose target stands at 0, stays.
func signs(toward targets: [AxisTarget?], rows: OrdinationPoints, columns: OrdinationPoints) -> [Double] {
  (0..<rows.principal.columns).map { axis in
    guard axis < targets.count, let target = targets[axis] else { return 1 }
    let coordinate: Double
    switch target {
    case .row(let i): coordinate = rows.principal.rows > i && i >= 0 ? rows.principal[i, axis] : 0
    case .column(let j): coordinate = columns.principal.rows > j && j >= 0 ? columns.principal[j, axis] : 0
    }
    return coordinate < 0 ? -1 : 1
  }
}
