import Diagnostics
import Statistics
import Tables

/// The rows of a segmentation by numbers: as they are in the table, and as the segments are formed from them.
struct SegmentNumbers: Sendable {
  /// Rows used × variables, in the variables' own units.
  let raw: Matrix
  /// The same standardised as asked.
  let points: Matrix
  /// How many people answer everything alike, where each is standardised within.
  let flat: Int
  /// How many of `points` differ.
  let distinct: Int

  /// Throws where there are fewer rows that differ than segments.
  init(_ work: inout Groundwork, _ settings: SegmentationSettings) throws(Rejection) {
    raw = settings.points
    (points, flat) = settings.standardisation(raw)
    distinct = Self.distinctRows(points)
    let least = max(2, settings.count.least)
    guard distinct >= least else {
      throw work.rejection(
        "analysis.too-few-distinct-rows", at: work.position(of: "segments"),
        "there are at most as many segments as rows that differ, and \(least) segments were asked "
          + "for of \(distinct) different \(distinct == 1 ? "row" : "rows")",
        hint: SegmentCount.fewerHint(distinct))
    }
  }

  /// Rows that differ in at least one column.
  private static func distinctRows(_ points: Matrix) -> Int {
    Set((0..<points.rows).map { row in points.row(row).map { $0 == 0 ? 0 : $0.bitPattern } }).count
  }

  static func tooFarApart(_ work: Groundwork) -> Rejection {
    work.rejection(
      "analysis.not-computable", at: work.position(of: "variables"),
      "distances between rows are finite numbers, and these values are too far apart to have any",
      hint: "set 'standardize: columns', or look for values that are wrong by many orders of magnitude")
  }

  /// "300 respondents on 9 variables, each standardised"
  func described(_ settings: SegmentationSettings, people: String) -> String {
    let variables = settings.variables.count
    let scaled =
      switch settings.standardisation {
      case .columns: ", each standardised"
      case .withinPerson: ", standardised within each person (mean and spread of the own answers removed)"
      case .none: " as they are"
      }
    return "\(grouped(settings.rows.kept.count)) \(people) on \(variables) "
      + "\(variables == 1 ? "variable" : "variables")\(scaled)"
  }

  func centres(_ variables: [Column], _ grouping: Grouping) -> FindingsTable { centresTable(raw, variables, grouping) }
}
