import Diagnostics

/// The first row: what the columns are called in the file and in the study, and the types declared for them.
struct Header {
  /// At most this many columns.
  static let mostColumns = 10_000

  /// As written, without spaces around.
  private(set) var headers: [String] = []
  /// As the study calls them.
  private(set) var names: [String] = []
  private(set) var declared: [ColumnType?] = []
  /// The first column has no name. That is fine where the table is square, its rows named like its other columns;
  /// known only when all rows are read.
  private(set) var hasBlankCorner = false

  /// - Parameter cells: text and place of each field of the first row.
  init(
    _ cells: [(text: String, position: SourcePosition)], options: TableOptions, diagnostics: inout DiagnosticList
  ) {
    var first: [String: SourcePosition] = [:]
    for (column, cell) in cells.enumerated() {
      headers.append(cell.text)
      if cell.text.isEmpty {
        if column == 0 && cells.count > 2 && cells.dropFirst().allSatisfy({ !$0.text.isEmpty }) {
          hasBlankCorner = true
        } else {
          let fault = TableFault.blankHeader(column: column + 1, isLast: column + 1 == cells.count && column > 0)
          diagnostics.add(fault.diagnostic(at: cell.position))
        }
      } else if let earlier = first[cell.text] {
        diagnostics.add(TableFault.duplicateHeader(cell.text, first: earlier).diagnostic(at: cell.position))
      } else {
        first[cell.text] = cell.position
      }
    }
    names = headers
    if hasBlankCorner {
      names[0] = ["name", "row", "item"].first { !headers.contains($0) } ?? "unnamed first column"
    }
    rename(options.columns, &diagnostics)
    declare(options.types, &diagnostics)
  }

  private mutating func rename(_ renames: [TableOptions.Rename], _ diagnostics: inout DiagnosticList) {
    var positions: [String: Int] = [:]
    for (column, header) in headers.enumerated() where positions[header] == nil { positions[header] = column }
    var done: Set<Int> = []
    for rename in renames {
      guard let column = positions[rename.theirs] else {
        let fault = TableFault.unknownColumn(rename.theirs, known: headers.filter { !$0.isEmpty })
        diagnostics.add(fault.diagnostic(at: rename.position))
        continue
      }
      if !done.insert(column).inserted {
        diagnostics.add(TableFault.renamedTwice(theirs: rename.theirs).diagnostic(at: rename.position))
      }
      names[column] = rename.ours
    }
    for rename in renames {
      guard let column = positions[rename.theirs],
        names.indices.contains(where: { $0 != column && names[$0] == rename.ours })
      else { continue }
      diagnostics.add(
        TableFault.columnTaken(ours: rename.ours, theirs: rename.theirs).diagnostic(at: rename.position))
    }
  }

  private mutating func declare(_ types: [TableOptions.Typing], _ diagnostics: inout DiagnosticList) {
    declared = .init(repeating: nil, count: names.count)
    for typing in types {
      guard let column = names.firstIndex(of: typing.column) ?? headers.firstIndex(of: typing.column) else {
        let fault = TableFault.unknownColumn(typing.column, known: names.filter { !$0.isEmpty })
        diagnostics.add(fault.diagnostic(at: typing.position))
        continue
      }
      if declared[column] != nil {
        diagnostics.add(TableFault.typedTwice(typing.column).diagnostic(at: typing.position))
      }
      declared[column] = typing.type
    }
  }
}
