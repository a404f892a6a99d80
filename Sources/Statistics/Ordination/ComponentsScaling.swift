/// How the two clouds of a component analysis are stretched for drawing (Greenacre, *Biplots in Practice*, 2010).
package enum ComponentsScaling: String, CaseIterable, Sendable {
  /// Rows principal, columns unit vectors: distances between rows are true.
  case form
  /// Rows of variance 1 on each axis, columns principal: angles between columns are correlations.
  case covariance
  /// Both principal, as two maps laid over each other: the usual picture of scores and correlations.
  case symmetric
}

extension PrincipalComponents {
  /// The places of all points in a scaling, points × all axes kept.
  package func drawn(_ scaling: ComponentsScaling) -> DrawnCoordinates {
    switch scaling {
    case .form: DrawnCoordinates(rows: rows.principal, columns: columns.standard)
    case .covariance: DrawnCoordinates(rows: rows.standard, columns: columns.principal)
    case .symmetric: DrawnCoordinates(rows: rows.principal, columns: columns.principal)
    }
  }
}
