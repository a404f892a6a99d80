/// A dense table of real numbers, stored row by row.
///
/// Element (*i*, *j*) stands at `storage[i * columns + j]`. Shapes with no rows or no columns are allowed. A storage
/// whose length is not rows × columns, or an index out of range, is a programmer's error and traps, as for an array.
package struct Matrix: Equatable, Sendable {
  /// The number of rows.
  package let rows: Int
  /// The number of columns.
  package let columns: Int
  /// The elements, row by row.
  package var storage: [Double]

  /// A matrix with every element the same.
  package init(rows: Int, columns: Int, repeating value: Double = 0) {
    self.rows = rows
    self.columns = columns
    storage = [Double](repeating: value, count: rows * columns)
  }

  /// A matrix from its elements, row by row.
  package init(rows: Int, columns: Int, storage: [Double]) {
    precondition(storage.count == rows * columns, "storage holds rows × columns elements")
    self.rows = rows
    self.columns = columns
    self.storage = storage
  }

  /// A matrix from rows of equal length.
  package init(_ rows: [[Double]]) {
    let width = rows.first?.count ?? 0
    precondition(rows.allSatisfy { $0.count == width }, "rows have equal length")
    self.init(rows: rows.count, columns: width, storage: rows.flatMap { $0 })
  }

  /// The element in row `i` and column `j`, from 0.
  package subscript(i: Int, j: Int) -> Double {
    get {
      precondition(j >= 0 && j < columns, "the column is in range")
      return storage[i * columns + j]
    }
    set {
      precondition(j >= 0 && j < columns, "the column is in range")
      storage[i * columns + j] = newValue
    }
  }

  /// Row `i` as a slice of the storage; its indices start at `i * columns`.
  package func row(_ i: Int) -> ArraySlice<Double> { storage[i * columns..<(i + 1) * columns] }

  /// A copy of column `j`.
  package func column(_ j: Int) -> [Double] { (0..<rows).map { self[$0, j] } }

  /// Rows and columns exchanged.
  package var transposed: Matrix {
    var result = Matrix(rows: columns, columns: rows)
    for i in 0..<rows { for j in 0..<columns { result.storage[j * rows + i] = storage[i * columns + j] } }
    return result
  }

  /// The sum of each row.
  package var rowSums: [Double] { (0..<rows).map { row($0).reduce(0, +) } }

  /// The sum of each column, added from the first row down.
  package var columnSums: [Double] {
    var sums = [Double](repeating: 0, count: columns)
    for i in 0..<rows { for j in 0..<columns { sums[j] += storage[i * columns + j] } }
    return sums
  }

  /// The sum of all elements.
  package var sum: Double { storage.reduce(0, +) }

  /// The first element, in reading order, that is NaN or infinite.
  package var firstNonFinite: (row: Int, column: Int)? {
    guard let at = storage.firstIndex(where: { !$0.isFinite }) else { return nil }
    return (at / columns, at % columns)
  }

  /// The rows and columns named, in the order named; `nil` keeps all.
  package func selecting(rows chosenRows: [Int]? = nil, columns chosenColumns: [Int]? = nil) -> Matrix {
    let wantedRows = chosenRows ?? Array(0..<rows)
    let wantedColumns = chosenColumns ?? Array(0..<columns)
    var result = Matrix(rows: wantedRows.count, columns: wantedColumns.count)
    for (i, from) in wantedRows.enumerated() {
      for (j, column) in wantedColumns.enumerated() { result[i, j] = self[from, column] }
    }
    return result
  }

  /// The first `count` columns, or all when there are fewer.
  package func firstColumns(_ count: Int) -> Matrix { selecting(columns: Array(0..<min(max(count, 0), columns))) }

  /// The element-by-element image.
  package func map(_ transform: (Double) -> Double) -> Matrix {
    Matrix(rows: rows, columns: columns, storage: storage.map(transform))
  }

  /// Column *j* multiplied by `factors[j]`.
  package func scalingColumns(by factors: [Double]) -> Matrix {
    precondition(factors.count == columns, "one factor a column")
    var result = self
    for i in 0..<rows { for j in 0..<columns { result.storage[i * columns + j] *= factors[j] } }
    return result
  }

  /// Row *i* multiplied by `factors[i]`.
  package func scalingRows(by factors: [Double]) -> Matrix {
    precondition(factors.count == rows, "one factor a row")
    var result = self
    for i in 0..<rows { for j in 0..<columns { result.storage[i * columns + j] *= factors[i] } }
    return result
  }
}
