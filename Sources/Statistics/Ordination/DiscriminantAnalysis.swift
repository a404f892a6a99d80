/// A canonical discriminant analysis: the directions in which groups (brands) differ most, measured against how much
/// cases of one group differ among themselves.
///
/// Mardia, Kent & Bibby, *Multivariate Analysis* (1979), chapters 11 and 12: eigenvectors of W⁻¹B, with W and B the sums of
/// squares and products within and between groups. Canonical scores have within-group variance 1 (divisor N − g), so that
/// distances between group means are Mahalanobis distances, as in `lda` of the R package MASS.
///
/// In `rows`, principal coordinates are the groups' mean scores; in `columns`, both principal and standard coordinates are
/// the pooled within-group correlations with the scores. The product of the two is the difference of a group's mean from
/// the general mean in within-group standard deviations.
package struct DiscriminantAnalysis: Sendable {
  /// Why groups cannot be told apart; indices are those of the moments given.
  package enum Failure: Error, Equatable, Sendable {
    /// Fewer than 2 active groups.
    case tooFewGroups(Int)
    /// No active column.
    case noColumns
    /// An active or supplementary group without cases.
    case emptyGroup(Int)
    /// Fewer cases than groups and columns together.
    case tooFewCases(Int, needed: Int)
    /// NaN or infinity among the moments.
    case notFinite
    /// A column that has one value only within every group.
    case constantWithin(Int)
    /// A column that within groups is a sum of multiples of others.
    case dependent(Int, on: [Int])
    /// All groups have the same means.
    case noDifference
    /// LAPACK did not converge.
    case notConverged
  }

  /// The groups in the order given; `masses` are shares of the cases, `inertias` sum to `totalEigenvalue`.
  package internal(set) var rows: OrdinationPoints
  /// The columns in the order given. `inertias` are the between-group variance in units of the within-group one (they
  /// sum to no total); contributions are shares of the squared correlations with an axis.
  package internal(set) var columns: OrdinationPoints
  /// Eigenvalues of W⁻¹B from the largest, each > 0; at most min(g − 1, p).
  package let eigenvalues: [Double]
  /// The number of cases N (the sum of their weights) of the active groups.
  package let cases: Double
  /// The number of active groups.
  package let groups: Int
  /// The number of active columns.
  package let variables: Int

  /// The number of axes kept.
  package var axes: Int { eigenvalues.count }
  /// The trace of W⁻¹B.
  package var totalEigenvalue: Double { eigenvalues.reduce(0, +) }
  /// Percent of the trace on each axis.
  package var percentages: [Double] { eigenvalues.map { 100 * $0 / totalEigenvalue } }
  /// The correlation of each axis with the groups, √(λ / (1 + λ)).
  package var canonicalCorrelations: [Double] { eigenvalues.map { ($0 / (1 + $0)).squareRoot() } }
  /// Wilks' Λ = Π 1 / (1 + λ), 0–1, small where groups differ.
  package var wilks: Double { eigenvalues.reduce(1) { $0 / (1 + $1) } }
  /// Axes whose eigenvalue equals the next one's to 1 part in 10⁸: the two may turn freely in their plane.
  package var interchangeableAxes: [Int] { interchangeable(eigenvalues) }

  /// Rao's *F* approximation for Wilks' Λ of axis `axis` (from 0) and all that follow: whether they tell groups apart at
  /// all, if cases are independent and normal. Nil where there is no such axis or there are too few cases.
  package func test(from axis: Int = 0) -> TestResult? {
    guard eigenvalues.indices.contains(axis) else { return nil }
    let p = Double(variables - axis)
    let q = Double(groups - 1 - axis)
    let rest = eigenvalues[axis...].reduce(1) { $0 / (1 + $1) }
    let m = cases - 1.5 - Double(variables + groups - 1) / 2
    let below = p * p + q * q - 5
    let s = below > 0 ? ((p * p * q * q - 4) / below).squareRoot() : 1
    let numerator = p * q
    let denominator = m * s - numerator / 2 + 1
    guard denominator > 0, numerator > 0, s > 0 else { return nil }
    let root = power(rest, 1 / s)
    let f = (1 - root) / root * denominator / numerator
    return TestResult(
      statistic: f, degrees: numerator, denominatorDegrees: denominator,
      pValue: FisherF(numerator: numerator, denominator: denominator).sf(f))
  }

  /// Analyses groups by their moments.
  ///
  /// Axes whose singular value is at most 10⁻⁷ of the first are dropped as rounding. Each axis is turned so that the
  /// active column with the largest absolute correlation is positive (ties: the first).
  ///
  /// - Parameters:
  ///   - moments: Sums by group and cross products of the cases.
  ///   - supplementaryRows: Groups that get a place and have no say; their cases are not among the cross products.
  ///   - supplementaryColumns: Columns that get correlations and have no say.
  package static func fit(
    _ moments: GroupMoments, supplementaryRows: [Int] = [], supplementaryColumns: [Int] = []
  ) throws(Failure) -> DiscriminantAnalysis {
    try DiscriminantAnalysis(
      WithinGroups(moments, supplementaryRows: supplementaryRows, supplementaryColumns: supplementaryColumns))
  }

  private init(_ table: WithinGroups) throws(Failure) {
    let weighted = table.whitened.selecting(rows: table.activeRows)
      .scalingRows(by: table.activeRows.map { table.weights[$0].squareRoot() })
    let found: SingularValues
    do { found = try weighted.singularValues() } catch { throw .notConverged }
    let limit = min(table.activeRows.count - 1, table.activeColumns.count)
    let smallest = 1e-7 * (found.values.first ?? 0)
    let values = Array(found.values.prefix(limit).prefix { $0 > smallest && $0 > 1e-10 })
    guard !values.isEmpty else { throw .noDifference }
    eigenvalues = values.map { $0 * $0 }
    cases = table.cases
    groups = table.activeRows.count
    variables = table.activeColumns.count
    let vectors = found.right.firstColumns(values.count)
    let freedom = table.cases - Double(table.activeRows.count)
    let scores = table.whitened.multiplied(by: vectors).map { $0 * freedom.squareRoot() }
    let correlations = table.correlations(with: vectors)
    let signs = axisSigns(
      columns: correlations.selecting(rows: table.activeColumns), rows: scores.selecting(rows: table.activeRows))
    rows = Self.groupPoints(table, scores.scalingColumns(by: signs), eigenvalues, freedom: freedom)
    columns = Self.columnPoints(table, correlations.scalingColumns(by: signs), eigenvalues)
  }

  private static func groupPoints(
    _ table: WithinGroups, _ scores: Matrix, _ eigenvalues: [Double], freedom: Double
  ) -> OrdinationPoints {
    var points = OrdinationPoints(count: scores.rows, axes: eigenvalues.count)
    points.principal = scores
    let passive = Set(table.supplementaryRows)
    for row in 0..<scores.rows {
      points.isSupplementary[row] = passive.contains(row)
      // All of the distance, also where a supplementary group lies beside the axes.
      points.squaredDistances[row] = table.whitened.row(row).reduce(0) { $0 + $1 * $1 } * freedom
      let weight = passive.contains(row) ? 0 : table.weights[row]
      points.masses[row] = weight / table.cases
      points.inertias[row] = weight * points.squaredDistances[row] / freedom
      for (axis, value) in eigenvalues.enumerated() {
        let variance = value * freedom / table.cases
        points.standard[row, axis] = scores[row, axis] / variance.squareRoot()
        points.contributions[row, axis] =
          100 * points.masses[row] * points.standard[row, axis] * points.standard[row, axis]
      }
      points.setSquaredCosines(row, negligible: 1e-20)
    }
    return points
  }

  private static func columnPoints(
    _ table: WithinGroups, _ correlations: Matrix, _ eigenvalues: [Double]
  ) -> OrdinationPoints {
    var points = OrdinationPoints(count: correlations.rows, axes: eigenvalues.count)
    points.principal = correlations
    points.standard = correlations
    let passive = Set(table.supplementaryColumns)
    let squares = eigenvalues.indices.map { axis in
      table.activeColumns.reduce(0.0) { $0 + correlations[$1, axis] * correlations[$1, axis] }
    }
    for column in 0..<correlations.rows {
      points.isSupplementary[column] = passive.contains(column)
      points.masses[column] = passive.contains(column) ? 0 : 1
      let between = table.betweenVariance(column)
      points.inertias[column] = passive.contains(column) ? 0 : between
      points.squaredDistances[column] = between
      for (axis, value) in eigenvalues.enumerated() {
        let r = correlations[column, axis]
        // The part of its differences between groups that this axis shows.
        if between > 1e-20 { points.squaredCosines[column, axis] = min(1, r * r * value / between) }
        if !passive.contains(column), squares[axis] > 0 {
          points.contributions[column, axis] = 100 * r * r / squares[axis]
        }
      }
    }
    return points
  }

  /// The same analysis with axes turned so that each target has a coordinate ≥ 0; `nil` leaves an axis as it is, and
  /// so does a target at 0 or out of range.
  package func turned(toward targets: [AxisTarget?]) -> DiscriminantAnalysis {
    let turns = signs(toward: targets, rows: rows, columns: columns)
    var result = self
    result.rows = rows.turned(turns)
    result.columns = columns.turned(turns)
    return result
  }

  /// The places of all points, points × all axes kept: `form` has Mahalanobis distances between groups and correlations
  /// as arrows, `covariance` groups of variance 1 and arrows as long as the axis is strong, `symmetric` both stretched.
  package func drawn(_ scaling: ComponentsScaling) -> DrawnCoordinates {
    let deviations = eigenvalues.map { ($0 * (cases - Double(groups)) / cases).squareRoot() }
    switch scaling {
    case .form: return DrawnCoordinates(rows: rows.principal, columns: columns.principal)
    case .covariance:
      return DrawnCoordinates(rows: rows.standard, columns: columns.principal.scalingColumns(by: deviations))
    case .symmetric:
      return DrawnCoordinates(rows: rows.principal, columns: columns.principal.scalingColumns(by: deviations))
    }
  }
}
