/// Where a descent came to, on all rows or on some of them.
struct KMeansOutcome: Sendable {
  let sum: Double
  let assignments: [Int32]
  /// k × columns, row by row, in the working unit of those rows.
  let centres: [Double]

  init(_ descent: borrowing KMeansDescent) {
    sum = descent.withinSS()
    assignments = descent.assignments
    centres = descent.currentCentres
  }
}
