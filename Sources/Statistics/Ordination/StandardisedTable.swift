/// A checked table, centred and divided as an analysis of components wants it.
///
/// Values are kept in a working `unit` (a covariance analysis divides by the largest deviation) so that squares neither
/// overflow nor vanish.
struct StandardisedTable {
  let scale: PrincipalComponents.Scale
  /// Centred (and scaled) values of all rows and columns, in `unit`.
  let values: Matrix
  /// What 1 in `values` stands for in the table: 1 in a correlation analysis.
  let unit: Double
  /// Weights that sum to 1 over the active rows, 0 for supplementary ones.
  let masses: [Double]
  /// The variance of each column of `values`.
  let variances: [Double]
  let means: [Double]
  let deviations: [Double]
  let activeRows: [Int]
  let activeColumns: [Int]
  let supplementaryRows: [Int]
  let supplementaryColumns: [Int]

  var activeMasses: [Double] { activeRows.map { masses[$0] } }
  var activePart: Matrix { values.selecting(rows: activeRows, columns: activeColumns) }

  init(
    _ table: Matrix, scale: PrincipalComponents.Scale, weights: [Double]?, supplementaryRows: [Int],
    supplementaryColumns: [Int]
  ) throws(PrincipalComponents.Failure) {
    if let bad = supplementaryRows.first(where: { $0 < 0 || $0 >= table.rows }) { throw .noSuchRow(bad) }
    if let bad = supplementaryColumns.first(where: { $0 < 0 || $0 >= table.columns }) { throw .noSuchColumn(bad) }
    let passiveRows = Set(supplementaryRows)
    let passiveColumns = Set(supplementaryColumns)
    for i in 0..<table.rows {
      for j in 0..<table.columns where !(passiveRows.contains(i) && passiveColumns.contains(j)) {
        guard table[i, j].isFinite else { throw .notFinite(row: i, column: j) }
      }
    }
    self.scale = scale
    self.supplementaryRows = passiveRows.sorted()
    self.supplementaryColumns = passiveColumns.sorted()
    activeRows = (0..<table.rows).filter { !passiveRows.contains($0) }
    activeColumns = (0..<table.columns).filter { !passiveColumns.contains($0) }
    masses = try Self.masses(rows: table.rows, active: activeRows, weights: weights)
    let weighted = activeRows.filter { [masses] in masses[$0] > 0 }
    guard weighted.count >= 2 else { throw .tooFewRows(weighted.count) }
    guard !activeColumns.isEmpty else { throw .noColumns }

    var columns: [ColumnMoments] = []
    for j in 0..<table.columns {
      columns.append(ColumnMoments(table, column: j, rows: weighted, masses: masses))
    }
    if scale == .correlation, let constant = columns.firstIndex(where: { $0.deviation == 0 }) {
      throw .constantColumn(constant)
    }
    guard activeColumns.contains(where: { columns[$0].deviation > 0 }) else { throw .noVariance }
    if scale == .covariance,
      let wide = columns.firstIndex(where: { !($0.deviation * $0.deviation).isFinite })
    {
      throw .tooLarge(column: wide)
    }
    let largest = activeColumns.reduce(0) { max($0, columns[$1].deviation) }
    unit = scale == .correlation ? 1 : largest
    var centred = Matrix(rows: table.rows, columns: table.columns)
    for i in 0..<table.rows {
      for j in 0..<table.columns where !(passiveRows.contains(i) && passiveColumns.contains(j)) {
        // Halves keep the difference of two huge numbers finite.
        let difference = table[i, j] / 2 - columns[j].mean / 2
        let divisor = scale == .correlation ? columns[j].deviation : largest
        centred[i, j] = columns[j].deviation == 0 && masses[i] > 0 ? 0 : difference / divisor * 2
        // Room for the sum of a row's squares, in the table's own unit too.
        let own = centred[i, j] * max(1, unit)
        guard (own * own * Double(4 * table.columns)).isFinite else { throw .tooLarge(column: j) }
      }
    }
    values = centred
    means = columns.map(\.mean)
    deviations = columns.map(\.deviation)
    variances = columns.map { [unit] column in
      if scale == .correlation { return 1 }
      let relative = column.deviation / unit
      return relative * relative
    }
  }

  private static func masses(
    rows: Int, active: [Int], weights: [Double]?
  ) throws(PrincipalComponents.Failure) -> [Double] {
    var result = [Double](repeating: 0, count: rows)
    if let weights {
      guard weights.count == rows else { throw .weightCount(weights.count) }
      if let bad = weights.firstIndex(where: { !($0 >= 0) || !$0.isFinite }) { throw .badWeight(row: bad) }
      let largest = active.reduce(0) { max($0, weights[$1]) }
      guard largest > 0 else { throw .tooFewRows(0) }
      let sum = active.reduce(0) { $0 + weights[$1] / largest }
      for row in active { result[row] = weights[row] / largest / sum }
    } else {
      for row in active { result[row] = 1 / Double(active.count) }
    }
    return result
  }
}

/// The weighted mean and deviation of a column.
private struct ColumnMoments {
  let mean: Double
  /// Exactly 0 where the column has one value only, or differs by rounding.
  let deviation: Double

  init(_ table: Matrix, column: Int, rows: [Int], masses: [Double]) {
    let largest = rows.reduce(0) { max($0, abs(table[$1, column])) }
    let first = rows.first.map { table[$0, column] } ?? 0
    guard largest > 0, rows.contains(where: { table[$0, column] != first }) else {
      mean = first
      deviation = 0
      return
    }
    let centre = rows.reduce(0) { $0 + masses[$1] * (table[$1, column] / largest) }
    let variance = rows.reduce(0) {
      let difference = table[$1, column] / largest - centre
      return $0 + masses[$1] * difference * difference
    }
    mean = centre * largest
    let relative = variance.squareRoot()
    deviation = relative <= 8 * Double.ulpOfOne ? 0 : relative * largest
  }
}
