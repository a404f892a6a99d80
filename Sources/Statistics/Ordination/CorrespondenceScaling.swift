/// How the two clouds of a correspondence analysis are stretched for drawing.
///
/// The rows (brands) and columns (attributes) live in two spaces; a scaling says which distances and projections of the
/// drawing are true (Greenacre 2007, chapter 13; contribution scaling: Greenacre 2013).
package enum CorrespondenceScaling: String, CaseIterable, Sendable {
  /// Rows principal, columns standard · √mass: distances between rows are χ² distances; a column's squared coordinate is
  /// its contribution; projections of rows on columns rank the rows (`rowgreen` of the R package ca).
  case rowPrincipal
  /// The mirror: columns principal, rows standard · √mass (`colgreen`).
  case columnPrincipal
  /// Both principal: distances within each cloud are true, between the clouds they mean nothing.
  case symmetric
  /// The contribution map of the literature: the same places as `rowPrincipal`, read by the columns' lengths.
  case contribution
  /// Rows principal, columns standard: the scalar product of a row and a column is observed / expected − 1.
  case biplot
}

extension CorrespondenceAnalysis {
  /// The places of all points in a scaling, points × all axes kept.
  ///
  /// A supplementary point has no mass; where the scaling asks for √mass, the mass it would have had does not exist and
  /// it is drawn with the mean √mass of the active points of its side, so that it keeps its direction.
  package func drawn(_ scaling: CorrespondenceScaling) -> DrawnCoordinates {
    switch scaling {
    case .rowPrincipal, .contribution:
      DrawnCoordinates(rows: rows.principal, columns: Self.contributionScaled(columns))
    case .columnPrincipal: DrawnCoordinates(rows: Self.contributionScaled(rows), columns: columns.principal)
    case .symmetric: DrawnCoordinates(rows: rows.principal, columns: columns.principal)
    case .biplot: DrawnCoordinates(rows: rows.principal, columns: columns.standard)
    }
  }

  private static func contributionScaled(_ points: OrdinationPoints) -> Matrix {
    let active = points.masses.indices.filter { !points.isSupplementary[$0] }
    let mean = active.reduce(0) { $0 + points.masses[$1].squareRoot() } / Double(max(active.count, 1))
    return points.standard.scalingRows(
      by: points.masses.indices.map { points.isSupplementary[$0] ? mean : points.masses[$0].squareRoot() })
  }
}
