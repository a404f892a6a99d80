import Diagnostics
import Tables

/// On what a brand is wanted: for what it does, what it says of its user, or how it feels (Park, Jaworski & MacInnis).
enum StatementBasis: String, CaseIterable { case functional, symbolic, experiential }

/// One row of the table: the slots of a positioning statement. An empty text is an empty cell.
struct PositioningStatement {
  var segment: String
  var target = ""
  var need = ""
  var painPoint = ""
  var brand = ""
  var category = ""
  var benefit = ""
  /// In the order of the cell; one is the rule.
  var bases: [StatementBasis] = []
  var alternative = ""
  var difference = ""
  var proof = ""
  var attribute = ""

  /// The slots a sentence is made of, by the name of their column.
  var slots: [(name: String, text: String)] {
    [
      ("target", target), ("need", need), ("brand", brand), ("category", category), ("benefit", benefit),
      ("basis", bases.map(\.rawValue).joined(separator: ", ")), ("alternative", alternative),
      ("difference", difference),
    ]
  }

  private static let columns = [
    "target", "need", "pain_point", "brand", "category", "benefit", "basis", "alternative", "difference", "proof",
    "attribute",
  ]

  /// A statement a row. A row without a segment, a segment that stands twice and a basis of another name are errors at
  /// their cells; a column that is not there counts as empty, and a caution says so.
  static func read(_ rows: inout SourceRows, own: String?, _ ground: inout Groundwork) -> [Self] {
    ground.applyWhere(to: &rows)
    guard let segment = ground.tableColumn("segment", of: rows) else { return [] }
    let table = rows.table
    let absent = columns.filter { table[$0] == nil && !($0 == "brand" && own != nil) }
    if !absent.isEmpty {
      let near = absent.compactMap { name in
        nearestName(to: name, among: table.columnNames.filter { !columns.contains($0) && $0 != "segment" })
          .map { "is '\($0)' the column '\(name)'?" }
      }
      ground.cautions.append(
        Caution(
          "missing-column",
          (["The table has no \(absent.count == 1 ? "column" : "columns") \(quotedList(absent))"] + near)
            .joined(separator: "; ")))
    }
    var firstRow: [String: Int] = [:]
    var statements: [Self] = []
    for row in rows.kept {
      guard let name = segment.text(row).map(tidy), !name.isEmpty else {
        ground.failCell(
          "analysis.missing-name", rows, row, segment, "every row names its segment, and this cell is empty")
        continue
      }
      if let first = firstRow[name] {
        ground.failCell(
          "analysis.repeated-segment", rows, row, segment,
          "a segment has one statement, and '\(excerpt(name))' stands on line \(table.line(ofRow: first)) already")
        continue
      }
      firstRow[name] = row
      func cell(_ name: String) -> String { table[name]?.text(row).map(tidy) ?? "" }
      let brand = cell("brand")
      statements.append(
        Self(
          segment: name, target: cell("target"), need: cell("need"), painPoint: cell("pain_point"),
          brand: brand.isEmpty ? own ?? "" : brand, category: cell("category"), benefit: cell("benefit"),
          bases: bases(row, rows, &ground), alternative: cell("alternative"), difference: cell("difference"),
          proof: cell("proof"), attribute: cell("attribute")))
    }
    return statements
  }

  private static func bases(_ row: Int, _ rows: SourceRows, _ ground: inout Groundwork) -> [StatementBasis] {
    guard let column = rows.table["basis"], let text = column.text(row) else { return [] }
    var found: [StatementBasis] = []
    for word in text.lowercased().split(whereSeparator: { " ,;/|+&".contains($0) }).map(String.init) where word != "and"
    {
      if let basis = StatementBasis(rawValue: word) {
        if !found.contains(basis) { found.append(basis) }
      } else {
        ground.failCell(
          "analysis.unknown-basis", rows, row, column,
          "a basis is functional, symbolic or experiential, and '\(excerpt(word))' was found",
          hint: nearestName(to: word, among: StatementBasis.allCases.map(\.rawValue)).map { "did you mean '\($0)'?" })
      }
    }
    return found
  }

  /// Without spaces around it and without the full stop that would end a sentence in its middle.
  private static func tidy(_ text: String) -> String {
    let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return words.hasSuffix(".") && !words.hasSuffix("..") ? String(words.dropLast()) : words
  }
}
