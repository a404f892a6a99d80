/// A checked table of counts with its active part and masses.
struct CountTable {
  /// The counts divided by their largest, so that sums cannot overflow.
  let counts: Matrix
  let activeRows: [Int]
  let activeColumns: [Int]
  let supplementaryRows: [Int]
  let supplementaryColumns: [Int]
  /// Masses of the active rows, in the order of `activeRows`, each > 0.
  let rowMasses: [Double]
  let columnMasses: [Double]
  /// The total of the active counts, in their own unit.
  let total: Double

  init(
    _ given: Matrix, supplementaryRows: [Int], supplementaryColumns: [Int]
  ) throws(CorrespondenceAnalysis.Failure) {
    if let bad = supplementaryRows.first(where: { $0 < 0 || $0 >= given.rows }) { throw .noSuchRow(bad) }
    if let bad = supplementaryColumns.first(where: { $0 < 0 || $0 >= given.columns }) { throw .noSuchColumn(bad) }
    let passiveRows = Set(supplementaryRows)
    let passiveColumns = Set(supplementaryColumns)
    activeRows = (0..<given.rows).filter { !passiveRows.contains($0) }
    activeColumns = (0..<given.columns).filter { !passiveColumns.contains($0) }
    self.supplementaryRows = passiveRows.sorted()
    self.supplementaryColumns = passiveColumns.sorted()
    var largest = 0.0
    for i in 0..<given.rows {
      for j in 0..<given.columns where !(passiveRows.contains(i) && passiveColumns.contains(j)) {
        guard given[i, j].isFinite else { throw .notFinite(row: i, column: j) }
        guard given[i, j] >= 0 else { throw .negativeCount(row: i, column: j) }
        largest = max(largest, given[i, j])
      }
    }
    guard activeRows.count >= 2 else { throw .tooFewRows(activeRows.count) }
    guard activeColumns.count >= 2 else { throw .tooFewColumns(activeColumns.count) }
    guard largest > 0 else { throw .emptyRow(activeRows[0]) }
    let scaled = given.map { $0 / largest }
    counts = scaled
    let active = scaled.selecting(rows: activeRows, columns: activeColumns)
    let sum = active.sum
    total = sum * largest
    guard total.isFinite else { throw .totalTooLarge }
    let rowSums = scaled.selecting(columns: activeColumns).rowSums
    let columnSums = scaled.selecting(rows: activeRows).columnSums
    // A mass below this squares to nothing beside the others: as good as empty.
    if let empty = rowSums.firstIndex(where: { $0 / sum < 1e-150 || !($0 > 0) }) { throw .emptyRow(empty) }
    if let empty = columnSums.firstIndex(where: { $0 / sum < 1e-150 || !($0 > 0) }) { throw .emptyColumn(empty) }
    rowMasses = active.rowSums.map { $0 / sum }
    columnMasses = active.columnSums.map { $0 / sum }
  }

  /// S = D_r^-½ (P − rcᵀ) D_c^-½ of the active part.
  func standardisedResiduals() -> Matrix {
    var result = counts.selecting(rows: activeRows, columns: activeColumns)
    let sum = result.sum
    for i in 0..<result.rows {
      for j in 0..<result.columns {
        let expected = rowMasses[i] * columnMasses[j]
        result[i, j] = (result[i, j] / sum - expected) / (rowMasses[i].squareRoot() * columnMasses[j].squareRoot())
      }
    }
    return result
  }

  /// The shares of a row over the active columns.
  func profile(ofRow row: Int) -> [Double] {
    let cells = activeColumns.map { counts[row, $0] }
    let sum = cells.reduce(0, +)
    return cells.map { $0 / sum }
  }

  /// The shares of a column over the active rows.
  func profile(ofColumn column: Int) -> [Double] {
    let cells = activeRows.map { counts[$0, column] }
    let sum = cells.reduce(0, +)
    return cells.map { $0 / sum }
  }
}
