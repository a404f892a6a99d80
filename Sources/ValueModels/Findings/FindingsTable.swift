/// A table of findings: what `{{#id.tables.name}}`, `table:id/name` and the figures read.
package struct FindingsTable: Sendable, Hashable, Codable {
  package struct Column: Sendable, Hashable, Codable {
    package var name: String
    package var format: Format

    package init(_ name: String, _ format: Format = .number) {
      self.name = name
      self.format = format
    }
  }

  package var name: String
  /// What the rows are, for a caption: "Brands: position, mass and quality".
  package var title: String
  package var columns: [Column]
  package private(set) var rows: [[Value]]

  package init(_ name: String, title: String, columns: [Column]) {
    self.name = name
    self.title = title
    self.columns = columns
    rows = []
  }

  /// Adds a row: one value a column, in their order.
  package mutating func add(_ row: [Value]) {
    precondition(row.count == columns.count, "a row has one value a column")
    rows.append(row)
  }

  package func index(of column: String) -> Int? { columns.firstIndex { $0.name == column } }

  /// The values of one column, in row order; empty where there is no such column.
  package func values(_ column: String) -> [Value] {
    guard let index = index(of: column) else { return [] }
    return rows.map { $0[index] }
  }

  /// Numbers of a column; nil where a cell is missing.
  package func numbers(_ column: String) -> [Double?] { values(column).map(\.number) }

  /// Texts of a column; empty where a cell is missing.
  package func texts(_ column: String) -> [String] { values(column).map { $0.text ?? "" } }
}
