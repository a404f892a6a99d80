/// The sign of each axis so that the map is the same on every machine.
///
/// An axis has no sign of its own. The column point (attribute) with the largest absolute coordinate is made positive;
/// of several equal to 1 part in 10⁹ the first counts. Without columns, the rows decide.
///
/// - Parameters:
///   - columns: Coordinates of the active columns, points × axes.
///   - rows: Coordinates of the active rows, used where `columns` has no points or all are 0 on an axis.
/// - Returns: 1 or −1 an axis.
func axisSigns(columns: Matrix, rows: Matrix) -> [Double] {
  (0..<max(columns.columns, rows.columns)).map { axis in
    leadingSign(columns.columns > axis ? columns.column(axis) : [])
      ?? leadingSign(rows.columns > axis ? rows.column(axis) : []) ?? 1
  }
}

private func leadingSign(_ coordinates: [Double]) -> Double? {
  let largest = coordinates.reduce(0) { max($0, abs($1)) }
  guard largest > 0, let leading = coordinates.first(where: { abs($0) >= largest * (1 - 1e-9) }) else { return nil }
  return leading < 0 ? -1 : 1
}

/// A point toward whose side an axis is to be turned.
package enum AxisTarget: Equatable, Sendable {
  /// Row (brand) point of this index.
  case row(Int)
  /// Column (attribute) point of this index.
  case column(Int)
}

/// The coordinates of all points as they are drawn in a chosen scaling.
package struct DrawnCoordinates: Equatable, Sendable {
  /// Row points × axes.
  package let rows: Matrix
  /// Column points × axes.
  package let columns: Matrix
}

/// The axes *d* whose eigenvalue equals the next one to 1 part in 10⁸: such a pair may turn freely in its plane.
func interchangeable(_ eigenvalues: [Double]) -> [Int] {
  eigenvalues.indices.dropLast().filter { eigenvalues[$0] - eigenvalues[$0 + 1] <= 1e-8 * eigenvalues[$0] }
}
