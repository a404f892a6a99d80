/// An ordination on turned axes: both clouds by the same orthogonal matrix, so that distances in a cloud and products of a
/// row and a column stay what they were.
package struct TurnedOrdination: Sendable {
  /// `contributions` are parts of the new eigenvalues.
  package let rows: OrdinationPoints
  package let columns: OrdinationPoints
  package let drawn: DrawnCoordinates
  /// The inertia (variance) on each new axis.
  package let eigenvalues: [Double]

  /// What contributions of columns are shares of.
  package enum ColumnContributions: Sendable {
    /// Masses × squared standard coordinates: the squared lengths of contribution arrows.
    case arrows
    /// Squared principal coordinates, of components the loadings: their sum is the eigenvalue.
    case loadings
  }

  /// An ordination turned so that its first two axes show one row point whole.
  ///
  /// Of all planes through the centre and that point it is the one that shows the most inertia; within the plane, and
  /// beside it, the axes are principal ones, each group in the order of size.
  ///
  /// - Parameters:
  ///   - rows: Rows of an ordination with `eigenvalues` on its axes.
  ///   - columns: Its columns.
  ///   - drawn: Both as drawn.
  ///   - point: The row to be shown whole.
  ///   - targets: As in `turned(toward:)`; an axis without target has its largest active column to the right.
  /// - Returns: Nil where the point stands at the centre or there is one axis only.
  package init?(
    rows: OrdinationPoints, columns: OrdinationPoints, drawn: DrawnCoordinates, eigenvalues: [Double],
    on point: Int, toward targets: [AxisTarget?] = []
  ) {
    guard let rotation = rows.rotation(showing: point, eigenvalues: eigenvalues) else { return nil }
    self.init(
      rows: rows, columns: columns, drawn: drawn, eigenvalues: eigenvalues, rotation: rotation, shares: .arrows,
      toward: targets)
  }

  /// A component analysis with the first `count` axes turned by varimax.
  ///
  /// Columns have rotated loadings as principal coordinates, rows rotated scores of variance 1 as standard ones.
  ///
  /// - Returns: Nil where there are fewer axes, or `count` is under 2.
  package init?(
    varimax count: Int, rows: OrdinationPoints, columns: OrdinationPoints, drawn: DrawnCoordinates,
    eigenvalues: [Double], toward targets: [AxisTarget?] = []
  ) {
    guard count > 1, eigenvalues.count >= count else { return nil }
    let active = columns.masses.indices.filter { !columns.isSupplementary[$0] }
    let turn = varimax(columns.principal.selecting(rows: active).firstColumns(count))
    var rotation = Matrix(rows: eigenvalues.count, columns: eigenvalues.count)
    for i in eigenvalues.indices {
      for j in eigenvalues.indices {
        rotation[i, j] = i < count && j < count ? turn[i, j] : i == j ? 1 : 0
      }
    }
    self.init(
      rows: rows, columns: columns, drawn: drawn, eigenvalues: eigenvalues, rotation: rotation, shares: .loadings,
      toward: targets)
  }

  private init(
    rows: OrdinationPoints, columns: OrdinationPoints, drawn: DrawnCoordinates, eigenvalues: [Double],
    rotation: Matrix, shares: ColumnContributions, toward targets: [AxisTarget?]
  ) {
    var turnedRows = rows.rotated(by: rotation)
    var turnedColumns = columns.rotated(by: rotation)
    let axes = eigenvalues.count
    self.eigenvalues = (0..<axes).map { axis in
      (0..<axes).reduce(0) { $0 + eigenvalues[$1] * rotation[$1, axis] * rotation[$1, axis] }
    }
    turnedRows.setContributions(turnedRows.principal)
    turnedColumns.setContributions(shares == .arrows ? turnedColumns.standard : turnedColumns.principal)
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
