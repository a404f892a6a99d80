/// An ordination turned so that its first two axes show one row point whole.
///
/// Of all planes through the centre and that point it is the one that shows the most inertia; within the plane, and
/// beside it, the axes are principal ones. Both clouds are turned by the same orthogonal matrix, so that distances in a
/// cloud and products of a row and a column stay what they were.
package struct FocusedOrdination: Sendable {
  package let rows: OrdinationPoints
  /// `contributions` are squared standard coordinates as shares of the axis: what arrows of unit sum of squares show.
  package let columns: OrdinationPoints
  package let drawn: DrawnCoordinates
  /// The inertia (variance) on each new axis: of the first two the first is the larger, of the others likewise.
  package let eigenvalues: [Double]

  /// - Parameters:
  ///   - rows: Rows of an ordination with `eigenvalues` on its axes.
  ///   - columns: Its columns.
  ///   - drawn: Both as drawn; rows in principal coordinates.
  ///   - point: The row to be shown whole.
  ///   - targets: As in `turned(toward:)`; an axis without target has its largest active column to the right.
  /// - Returns: Nil where the point stands at the centre or there is one axis only.
  package init?(
    rows: OrdinationPoints, columns: OrdinationPoints, drawn: DrawnCoordinates, eigenvalues: [Double],
    on point: Int, toward targets: [AxisTarget?] = []
  ) {
    guard let rotation = rows.rotation(showing: point, eigenvalues: eigenvalues) else { return nil }
    var turnedRows = rows.rotated(by: rotation)
    var turnedColumns = columns.rotated(by: rotation)
    let axes = eigenvalues.count
    self.eigenvalues = (0..<axes).map { axis in
      (0..<axes).reduce(0) { $0 + eigenvalues[$1] * rotation[$1, axis] * rotation[$1, axis] }
    }
    turnedRows.setContributions(turnedRows.principal)
    turnedColumns.setContributions(turnedColumns.standard)
    let active = { (points: OrdinationPoints) in points.masses.indices.filter { !points.isSupplementary[$0] } }
    let standing = axisSigns(
      columns: turnedColumns.principal.selecting(rows: active(turnedColumns)),
      rows: turnedRows.principal.selecting(rows: active(turnedRows)))
    (turnedRows, turnedColumns) = (turnedRows.turned(standing), turnedColumns.turned(standing))
    let turns = signs(toward: targets, rows: turnedRows, columns: turnedColumns)
    self.rows = turnedRows.turned(turns)
    self.columns = turnedColumns.turned(turns)
    let both = zip(standing, turns).map { $0 * $1 }
    self.drawn = DrawnCoordinates(
      rows: drawn.rows.multiplied(by: rotation).scalingColumns(by: both),
      columns: drawn.columns.multiplied(by: rotation).scalingColumns(by: both))
  }
}

extension OrdinationPoints {
  /// The orthogonal matrix (axes × axes) that brings a point into the plane of the first two axes; nil where it stands at
  /// the centre or there is one axis only.
  package func rotation(showing point: Int, eigenvalues: [Double]) -> Matrix? {
    let axes = eigenvalues.count
    guard axes > 1, axes == principal.columns, point >= 0, point < count else { return nil }
    let place = principal.row(point)
    let largest = place.reduce(0) { max($0, abs($1)) }
    // Against the spread of the map, since rounding leaves a point at the centre a little beside it.
    guard largest > 1e-9 * (eigenvalues.max() ?? 0).squareRoot() else { return nil }
    let scaled = place.map { $0 / largest }
    let length = scaled.reduce(0) { $0 + $1 * $1 }.squareRoot()
    let toward = scaled.map { $0 / length }
    // The inertia beside the point's direction u: (I − uuᵀ) Λ (I − uuᵀ), of which u itself has none.
    let along = (0..<axes).reduce(0) { $0 + toward[$1] * toward[$1] * eigenvalues[$1] }
    var beside = Matrix(rows: axes, columns: axes)
    for i in 0..<axes {
      for j in 0..<axes {
        beside[i, j] =
          (i == j ? eigenvalues[i] : 0) + toward[i] * toward[j] * (along - eigenvalues[i] - eigenvalues[j])
      }
    }
    guard let found = try? beside.symmetricEigen() else { return nil }
    let second = found.vectors.column(0)
    let cross = (0..<axes).reduce(0) { $0 + toward[$1] * second[$1] * eigenvalues[$1] }
    let plane = Matrix([[along, cross], [cross, found.values[0]]])
    guard let within = try? plane.symmetricEigen() else { return nil }
    var result = Matrix(rows: axes, columns: axes)
    for i in 0..<axes {
      for axis in 0..<2 {
        result[i, axis] = toward[i] * within.vectors[0, axis] + second[i] * within.vectors[1, axis]
      }
      for axis in 2..<max(axes, 2) { result[i, axis] = found.vectors[i, axis - 1] }
    }
    return result
  }

  /// The cloud on turned axes, contributions as they were.
  fileprivate func rotated(by rotation: Matrix) -> OrdinationPoints {
    var result = self
    result.principal = principal.multiplied(by: rotation)
    result.standard = standard.multiplied(by: rotation)
    var cosines = squaredCosines
    for point in 0..<count {
      for axis in 0..<cosines.columns {
        cosines[point, axis] = cosines[point, axis].squareRoot() * (principal[point, axis] < 0 ? -1 : 1)
      }
    }
    result.squaredCosines = cosines.multiplied(by: rotation).map { min(1, $0 * $0) }
    return result
  }

  /// Shares of mass × coordinate² among the active points of each axis, in percent.
  fileprivate mutating func setContributions(_ coordinates: Matrix) {
    for axis in 0..<principal.columns {
      let parts = (0..<count).map { point in
        isSupplementary[point] ? 0 : masses[point] * coordinates[point, axis] * coordinates[point, axis]
      }
      let sum = parts.reduce(0, +)
      for point in 0..<count { contributions[point, axis] = sum > 0 ? 100 * parts[point] / sum : 0 }
    }
  }
}
