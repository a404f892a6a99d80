import Diagnostics
import Tables

/// A table of the study and those of its rows that count, with a reason for every row that does not.
struct SourceRows {
  /// The setting that named it: `data`.
  let key: String
  let study: StudyTable
  /// Rows still in, ascending, from 0.
  private(set) var kept: [Int]
  private var lost: [(row: Int, reason: String)] = []

  var table: Table { study.table }
  var name: String { study.name }

  init(key: String, _ study: StudyTable) {
    self.key = key
    self.study = study
    kept = Array(0..<study.table.rowCount)
  }

  /// Leaves out the rows that do not hold to a rule. The reason is published: it never quotes an answer.
  mutating func keep(orDropAs reason: String, where holds: (Int) -> Bool) {
    var still: [Int] = []
    still.reserveCapacity(kept.count)
    for row in kept {
      if holds(row) { still.append(row) } else { lost.append((row, reason)) }
    }
    kept = still
  }

  /// Leaves out rows with no value in a column.
  mutating func dropMissing(_ column: Column, as reason: String? = nil) {
    if column.missingCount == 0 { return }
    keep(orDropAs: reason ?? "no value in '\(column.name)'") { !column.isMissing($0) }
  }

  func position(_ row: Int, _ column: Column) -> SourcePosition { table.position(row: row, column: column.name) }
  /// Where the name of a column stands.
  func headerPosition(_ column: Column) -> SourcePosition { table.headerPosition(column: column.name) }
  /// The table as a whole.
  var position: SourcePosition { SourcePosition(file: table.file) }

  var use: DataUse {
    DataUse(
      name: study.name, rows: table.rowCount, used: kept.count, sha256: study.sha256, source: study.source,
      collected: study.collected)
  }

  /// Why rows were left out, the commonest reason first: "2 rows were left out (no value in 'price')"; nil where none was.
  var lossInWords: String? {
    var counts: [String: Int] = [:]
    for (_, reason) in lost { counts[reason, default: 0] += 1 }
    let reasons = distinct(lost.map(\.reason)).enumerated().sorted {
      (-counts[$0.element, default: 0], $0.offset) < (-counts[$1.element, default: 0], $1.offset)
    }
    guard !reasons.isEmpty else { return nil }
    let named = reasons.prefix(3).map(\.element).joined(separator: "; ") + (reasons.count > 3 ? "; …" : "")
    return "\(grouped(lost.count)) \(lost.count == 1 ? "row was" : "rows were") left out (\(named))"
  }

  var droppedInOrder: [DroppedRow] {
    lost.sorted { $0.row < $1.row }.map {
      DroppedRow(data: study.name, line: table.line(ofRow: $0.row), reason: $0.reason)
    }
  }
}
