/// A principal component analysis with weights and supplementary points.
///
/// Variances have the divisor *n* (or Σw), so that the eigenvalues of a correlation analysis sum to the number of columns
/// (Lebart, Morineau & Piron 1995; FactoMineR). In `rows`, principal coordinates are the scores; in `columns`, the
/// correlations with the axis, or in a covariance analysis the covariances with the standardised axis.
package struct PrincipalComponents: Sendable {
  /// What the columns are divided by.
  package enum Scale: String, CaseIterable, Sendable {
    /// The standard deviation: each column has variance 1.
    case correlation
    /// Nothing: columns in their own unit.
    case covariance
  }

  /// Why a table cannot be analysed; indices are those of the table given.
  package enum Failure: Error, Equatable, Sendable {
    /// Fewer than 2 active rows (of weight > 0).
    case tooFewRows(Int)
    /// No active column.
    case noColumns
    /// NaN or infinity.
    case notFinite(row: Int, column: Int)
    /// A column with one value only, which has no correlation.
    case constantColumn(Int)
    /// Every column is constant.
    case noVariance
    /// The weights are not one a row.
    case weightCount(Int)
    /// A weight that is negative or not finite.
    case badWeight(row: Int)
    /// Values so far apart that their variance is not a finite number.
    case tooLarge(column: Int)
    /// A supplementary index is not one of the table.
    case noSuchRow(Int)
    /// A supplementary index is not one of the table.
    case noSuchColumn(Int)
    /// LAPACK did not converge.
    case notConverged
  }

  /// The rows in the order of the table; `masses` are w / Σw, `principal` the scores, `standard` scores of variance 1.
  package private(set) var rows: OrdinationPoints
  /// The columns in the order of the table; `inertias` are variances; `standard` the unit vectors (loadings).
  package private(set) var columns: OrdinationPoints
  /// What the columns were divided by.
  package let scale: Scale
  /// The weighted mean of each column.
  package let means: [Double]
  /// The weighted standard deviation of each column, divisor Σw.
  package let deviations: [Double]
  /// The variance on each axis (divisor n), from the largest, each > 0; axes of no variance left out.
  package let eigenvalues: [Double]
  /// The sum of the variances of the active columns; in a correlation analysis their number.
  package let totalVariance: Double

  /// The number of axes kept.
  package var axes: Int { eigenvalues.count }
  /// Percent of the total variance on each axis.
  package var percentages: [Double] { eigenvalues.map { 100 * $0 / totalVariance } }
  /// Unit vectors, columns × axes: score = centred (and scaled) row · loadings.
  package var loadings: Matrix { columns.standard }
  /// Axes whose eigenvalue equals the next one's to 1 part in 10⁸: the two may turn freely in their plane.
  package var interchangeableAxes: [Int] { interchangeable(eigenvalues) }

  /// Analyses a table.
  ///
  /// Axes whose eigenvalue is at most 10⁻¹⁴ of the first are dropped as rounding. Each axis is turned so that the active
  /// column with the largest absolute coordinate is positive (ties: the first).
  ///
  /// - Parameters:
  ///   - table: Rows (brands or cases) × columns (attributes), finite.
  ///   - weights: One a row, ≥ 0; `nil` is 1 each. A row of weight 0 gets a place and has no say.
  ///   - supplementaryRows: Rows projected on the axes.
  ///   - supplementaryColumns: Numeric columns placed by their correlation (covariance) with the axes. Cells where both
  ///     are supplementary are not read.
  package static func fit(
    _ table: Matrix, scale: Scale = .correlation, weights: [Double]? = nil, supplementaryRows: [Int] = [],
    supplementaryColumns: [Int] = []
  ) throws(Failure) -> PrincipalComponents {
    let prepared = try StandardisedTable(
      table, scale: scale, weights: weights, supplementaryRows: supplementaryRows,
      supplementaryColumns: supplementaryColumns)
    return try PrincipalComponents(prepared)
  }

  private init(_ table: StandardisedTable) throws(Failure) {
    scale = table.scale
    means = table.means
    deviations = table.deviations
    let weighted = table.activePart.scalingRows(by: table.activeMasses.map { $0.squareRoot() })
    let values: [Double]
    let axes: Matrix
    do { (values, axes) = try weighted.rightSingularVectors() } catch { throw .notConverged }
    let smallest = 1e-7 * (values.first ?? 0)
    let kept = Array(values.prefix { $0 > smallest && $0 > 0 })
    guard !kept.isEmpty else { throw .noVariance }
    let vectors = axes.firstColumns(kept.count)
    let signs = axisSigns(columns: vectors.scalingColumns(by: kept), rows: Matrix(rows: 0, columns: kept.count))
    let loadings = vectors.scalingColumns(by: signs)
    let unit = table.unit
    eigenvalues = kept.map { $0 * $0 * unit * unit }
    totalVariance = table.activeColumns.reduce(0) { $0 + table.variances[$1] } * unit * unit
    // Too small to square is no variance.
    guard (eigenvalues.last ?? 0) >= .leastNormalMagnitude else { throw .noVariance }
    guard totalVariance.isFinite else { throw .tooLarge(column: table.activeColumns[0]) }
    columns = Self.columnPoints(table, loadings: loadings, singularValues: kept)
    rows = Self.rowPoints(table, loadings: loadings, singularValues: kept)
    placeSupplementaryColumns(table, singularValues: kept)
  }

  private static func columnPoints(
    _ table: StandardisedTable, loadings: Matrix, singularValues: [Double]
  ) -> OrdinationPoints {
    var points = OrdinationPoints(count: table.values.columns, axes: singularValues.count)
    for (at, column) in table.activeColumns.enumerated() {
      points.masses[column] = 1
      points.squaredDistances[column] = table.variances[column]
      for (axis, value) in singularValues.enumerated() {
        points.standard[column, axis] = loadings[at, axis]
        points.principal[column, axis] = loadings[at, axis] * value
        points.contributions[column, axis] = 100 * loadings[at, axis] * loadings[at, axis]
      }
      points.finish(column, unit: table.unit)
      points.inertias[column] = points.squaredDistances[column]
    }
    return points
  }

  private static func rowPoints(
    _ table: StandardisedTable, loadings: Matrix, singularValues: [Double]
  ) -> OrdinationPoints {
    let active = table.values.selecting(columns: table.activeColumns)
    let scores = active.multiplied(by: loadings)
    var points = OrdinationPoints(count: active.rows, axes: singularValues.count)
    let passive = Set(table.supplementaryRows)
    for row in 0..<active.rows {
      let mass = table.masses[row]
      points.isSupplementary[row] = passive.contains(row)
      points.masses[row] = mass
      points.squaredDistances[row] = active.row(row).reduce(0) { $0 + $1 * $1 }
      for (axis, value) in singularValues.enumerated() {
        let score = scores[row, axis]
        points.principal[row, axis] = score
        points.standard[row, axis] = score / value
        points.contributions[row, axis] = 100 * mass * (score / value) * (score / value)
      }
      points.finish(row, unit: table.unit)
      points.inertias[row] = mass * points.squaredDistances[row]
    }
    return points
  }

  private mutating func placeSupplementaryColumns(_ table: StandardisedTable, singularValues: [Double]) {
    for column in table.supplementaryColumns {
      columns.isSupplementary[column] = true
      columns.squaredDistances[column] = table.variances[column]
      for (axis, value) in singularValues.enumerated() {
        let covariance = table.activeRows.reduce(0.0) {
          $0 + table.masses[$1] * table.values[$1, column] * rows.standard[$1, axis]
        }
        columns.principal[column, axis] = covariance
        columns.standard[column, axis] = covariance / value
      }
      columns.finish(column, unit: table.unit)
    }
  }

  /// The same analysis with axes turned so that each target has a coordinate ≥ 0; `nil` leaves an axis as it is, and
  /// so does a target at 0 or out of range.
  package func turned(toward targets: [AxisTarget?]) -> PrincipalComponents {
    let turns = signs(toward: targets, rows: rows, columns: columns)
    var result = self
    result.rows = rows.turned(turns)
    result.columns = columns.turned(turns)
    return result
  }
}

extension OrdinationPoints {
  /// Sets the squared cosines, then brings coordinates and distance from the working unit to that of the table.
  fileprivate mutating func finish(_ point: Int, unit: Double) {
    setSquaredCosines(point, negligible: 1e-28)
    squaredDistances[point] *= unit * unit
    for axis in 0..<principal.columns { principal[point, axis] *= unit }
  }
}
