/// A simple correspondence analysis of a table of counts.
///
/// Greenacre, *Correspondence Analysis in Practice*, 2nd ed. (2007), appendix A: with P = N / n, row masses r and column
/// masses c, S = D_r^-½ (P − rcᵀ) D_c^-½ = UΣVᵀ; standard coordinates D_r^-½ U and D_c^-½ V, principal coordinates
/// those times Σ, in χ² distance.
package struct CorrespondenceAnalysis: Sendable {
  /// Why a table cannot be analysed; indices are those of the table given.
  package enum Failure: Error, Equatable, Sendable {
    /// Fewer than 2 active rows.
    case tooFewRows(Int)
    /// Fewer than 2 active columns.
    case tooFewColumns(Int)
    /// A count below 0.
    case negativeCount(row: Int, column: Int)
    /// NaN or infinity.
    case notFinite(row: Int, column: Int)
    /// A row with no counts in the active columns: its profile is undefined.
    case emptyRow(Int)
    /// A column with no counts in the active rows.
    case emptyColumn(Int)
    /// The counts sum to more than a number can hold.
    case totalTooLarge
    /// All rows have the same profile: there is nothing to draw.
    case noAssociation
    /// A supplementary index is not one of the table.
    case noSuchRow(Int)
    /// A supplementary index is not one of the table.
    case noSuchColumn(Int)
    /// LAPACK did not converge.
    case notConverged
  }

  /// The rows in the order of the table. `masses` are the row totals / n, `inertias` sum to `totalInertia`.
  package private(set) var rows: OrdinationPoints
  /// The columns likewise.
  package private(set) var columns: OrdinationPoints
  /// The singular value of each axis, from the largest, each > 0.
  package let singularValues: [Double]
  /// The total n of the active counts.
  package let total: Double
  /// χ² / n of the active table.
  package let totalInertia: Double

  /// The principal inertias (eigenvalues), from the largest; at most min(r, c) − 1, axes of no inertia left out.
  package var principalInertias: [Double] { singularValues.map { $0 * $0 } }
  /// The number of axes kept.
  package var axes: Int { singularValues.count }
  /// Percent of the total inertia on each axis.
  package var percentages: [Double] { principalInertias.map { 100 * $0 / totalInertia } }
  /// χ² of the active table against independence of rows and columns.
  package var chiSquare: Double { totalInertia * total }
  /// (r − 1)(c − 1) of the active table.
  package var degreesOfFreedom: Int {
    (rows.isSupplementary.count { !$0 } - 1) * (columns.isSupplementary.count { !$0 } - 1)
  }
  /// The probability of a χ² this large if rows and columns were independent and each count one independent answer.
  /// It is too small when a respondent gives several answers.
  package var pValue: Double { ChiSquared(degrees: Double(degreesOfFreedom)).sf(chiSquare) }
  /// Axes whose principal inertia equals the next one's to 1 part in 10⁸: the two may turn freely in their plane.
  package var interchangeableAxes: [Int] { interchangeable(principalInertias) }

  /// Analyses a table of counts.
  ///
  /// Axes whose singular value is at most 10⁻⁸ of the first or 10⁻¹⁰ are dropped as rounding. Each axis is turned so that
  /// the active column with the largest absolute principal coordinate is positive (ties: the first).
  ///
  /// - Parameters:
  ///   - counts: *r* rows (brands) × *c* columns (attributes), each ≥ 0 and finite; need not be whole.
  ///   - supplementaryRows: Rows that get a place but have no say; their profiles are taken over the active columns.
  ///   - supplementaryColumns: Columns likewise. Cells where both are supplementary are not read.
  package static func fit(
    _ counts: Matrix, supplementaryRows: [Int] = [], supplementaryColumns: [Int] = []
  ) throws(Failure) -> CorrespondenceAnalysis {
    let table = try CountTable(counts, supplementaryRows: supplementaryRows, supplementaryColumns: supplementaryColumns)
    return try CorrespondenceAnalysis(table)
  }

  private init(_ table: CountTable) throws(Failure) {
    let residuals = table.standardisedResiduals()
    let decomposition: SingularValues
    do { decomposition = try residuals.singularValues() } catch { throw .notConverged }
    let limit = min(table.activeRows.count, table.activeColumns.count) - 1
    let smallest = max(1e-10, 1e-8 * (decomposition.values.first ?? 0))
    singularValues = Array(decomposition.values.prefix(limit).prefix { $0 > smallest })
    guard !singularValues.isEmpty else { throw .noAssociation }
    total = table.total
    totalInertia = residuals.storage.reduce(0) { $0 + $1 * $1 }
    guard (total * totalInertia).isFinite else { throw .totalTooLarge }
    let axes = singularValues.count
    rows = Self.activePoints(
      table.activeRows, of: table.counts.rows, masses: table.rowMasses, vectors: decomposition.left.firstColumns(axes),
      singularValues: singularValues, inertias: residuals.storage.squaredSums(columns: residuals.columns))
    columns = Self.activePoints(
      table.activeColumns, of: table.counts.columns, masses: table.columnMasses,
      vectors: decomposition.right.firstColumns(axes), singularValues: singularValues,
      inertias: residuals.transposed.storage.squaredSums(columns: residuals.rows))
    let signs = axisSigns(
      columns: columns.principal.selecting(rows: table.activeColumns),
      rows: rows.principal.selecting(rows: table.activeRows))
    rows = rows.turned(signs)
    columns = columns.turned(signs)
    placeSupplementary(table)
  }

  private static func activePoints(
    _ active: [Int], of count: Int, masses: [Double], vectors: Matrix, singularValues: [Double], inertias: [Double]
  ) -> OrdinationPoints {
    var points = OrdinationPoints(count: count, axes: singularValues.count)
    for (at, point) in active.enumerated() {
      points.masses[point] = masses[at]
      points.inertias[point] = inertias[at]
      points.squaredDistances[point] = inertias[at] / masses[at]
      for (axis, value) in singularValues.enumerated() {
        let standard = vectors[at, axis] / masses[at].squareRoot()
        points.standard[point, axis] = standard
        points.principal[point, axis] = standard * value
        points.contributions[point, axis] = 100 * vectors[at, axis] * vectors[at, axis]
      }
      points.setSquaredCosines(point, negligible: 1e-20)
    }
    return points
  }

  /// Projects supplementary profiles by the transition formula: principal = profile · standard of the other side.
  private mutating func placeSupplementary(_ table: CountTable) {
    for row in table.supplementaryRows {
      let profile = table.profile(ofRow: row)
      rows.place(
        row, profile: profile, masses: table.columnMasses, others: columns.standard, otherIndices: table.activeColumns,
        singularValues: singularValues)
    }
    for column in table.supplementaryColumns {
      let profile = table.profile(ofColumn: column)
      columns.place(
        column, profile: profile, masses: table.rowMasses, others: rows.standard, otherIndices: table.activeRows,
        singularValues: singularValues)
    }
  }

  /// The same analysis with axes turned so that each target has a coordinate ≥ 0; `nil` leaves an axis as it is, and
  /// so does a target at 0 or out of range.
  package func turned(toward targets: [AxisTarget?]) -> CorrespondenceAnalysis {
    let turns = signs(toward: targets, rows: rows, columns: columns)
    var result = self
    result.rows = rows.turned(turns)
    result.columns = columns.turned(turns)
    return result
  }
}

extension OrdinationPoints {
  /// Places a supplementary profile by the standard coordinates of the other cloud.
  fileprivate mutating func place(
    _ point: Int, profile: [Double], masses otherMasses: [Double], others: Matrix, otherIndices: [Int],
    singularValues: [Double]
  ) {
    isSupplementary[point] = true
    var distance = 0.0
    for (at, share) in profile.enumerated() {
      let difference = share - otherMasses[at]
      distance += difference * difference / otherMasses[at]
      // Differences from the mean profile, not the profile: the same sum, with less cancellation.
      for axis in singularValues.indices {
        principal[point, axis] += difference * others[otherIndices[at], axis]
      }
    }
    squaredDistances[point] = distance
    for (axis, value) in singularValues.enumerated() { standard[point, axis] = principal[point, axis] / value }
    setSquaredCosines(point, negligible: 1e-20)
  }
}

extension [Double] {
  /// The sum of squares of each run of `columns` elements.
  fileprivate func squaredSums(columns: Int) -> [Double] {
    stride(from: 0, to: count, by: columns).map { start in
      self[start..<start + columns].reduce(0) { $0 + $1 * $1 }
    }
  }
}
