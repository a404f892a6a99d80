import Diagnostics
import Statistics
import Tables

/// The typing tool as findings publish it: what a new person is asked, and how the answers add up.
package struct PublishedFunctions: Sendable {
  private struct Term {
    var question: String
    /// The answer that it counts; nil for a number.
    var level: String?
  }

  /// What stands in the `segment` column, and the segments' names.
  private let keys: [Value]
  private let names: [String]
  private let terms: [Term]
  private let functions: ClassificationFunctions

  /// Each question once, in the order in which they were selected.
  package var questions: [String] { distinct(terms.map(\.question)) }

  /// - Returns: nil where the findings have no typing tool.
  package init?(_ findings: Findings) {
    guard let table = findings.table("typing_functions"), !table.rows.isEmpty else { return nil }
    let segments = table.values("segment")
    let questions = table.values("question")
    let levels = table.values("level")
    let coefficients = table.numbers("coefficient")
    guard questions.count == segments.count, levels.count == segments.count else { return nil }
    keys = distinct(segments)
    let own = segments.indices.filter { segments[$0] == segments[0] }
    terms = own.compactMap { row in questions[row].text.map { Term(question: $0, level: levels[row].text) } }
    var constants: [Double] = []
    var matrix = Matrix(rows: keys.count, columns: terms.count)
    for (at, key) in keys.enumerated() {
      var column = 0
      for row in segments.indices where segments[row] == key {
        guard let coefficient = coefficients[row] else { return nil }
        if questions[row].text == nil {
          constants.append(coefficient)
        } else {
          guard column < terms.count else { return nil }
          matrix[at, column] = coefficient
          column += 1
        }
      }
      guard column == terms.count, constants.count == at + 1 else { return nil }
    }
    functions = ClassificationFunctions(coefficients: matrix, constants: constants)
    let list = findings.table("segments")
    let all = list?.values("segment") ?? []
    let named = list?.texts("name") ?? []
    names = keys.map { key in
      all.firstIndex(of: key).flatMap { named.indices.contains($0) ? named[$0] : nil } ?? key.text ?? ""
    }
  }

  /// Puts each row of a table into a segment.
  ///
  /// - Parameters:
  ///   - table: a row a person; columns that are no question are not looked at.
  ///   - respondent: a column to name people by in the result; nil counts the rows from 1.
  /// - Returns: a row a person in the table's order: who, the segment, its name, and its probability (0–1).
  /// - Throws: every column that is missing and every cell that is empty, no number, or an answer nobody gave.
  package func assign(_ table: Table, respondent: Column?) throws(Rejection) -> FindingsTable {
    var problems = DiagnosticList()
    let columns = terms.map { table[$0.question] }
    let kinds = questions
    for question in kinds where table[question] == nil {
      problems.add(
        Diagnostic(
          "analysis.missing-column", at: SourcePosition(file: table.file),
          "the typing tool asks '\(question)', and the table has no such column",
          hint: nearestHint(to: question, among: table.columnNames)))
    }
    for question in kinds {
      guard let column = table[question] else { continue }
      check(column, levels: terms.filter { $0.question == question }.compactMap(\.level), table, &problems)
    }
    try problems.throwIfErrors()
    var result = FindingsTable(
      "assigned", title: "Segments of new people",
      columns: [
        .init(respondent?.name ?? "row", respondent == nil ? .integer : .text),
        .init("segment", keys.contains { $0.text != nil } ? .text : .integer), .init("name", .text),
        .init("probability", .share),
      ])
    for row in 0..<table.rowCount {
      let values = terms.indices.map { at -> Double in
        guard let column = columns[at] else { return .nan }
        return terms[at].level.map { column.text(row) == $0 ? 1 : 0 } ?? column.number(row) ?? .nan
      }
      let (group, probabilities) = ClassificationFunctions.classified(functions.scores(values))
      result.add([
        respondent.map { Value($0.text(row)) } ?? .integer(row + 1), keys[group], .text(names[group]),
        Value(probabilities[group]),
      ])
    }
    return result
  }

  private func check(_ column: Column, levels: [String], _ table: Table, _ problems: inout DiagnosticList) {
    if levels.isEmpty, !column.isNumeric {
      for row in table.rowsWithoutNumber(in: column) {
        if problems.countIfFull(.error, "analysis.not-a-number", file: table.file) { continue }
        problems.add(
          Diagnostic(
            "analysis.not-a-number", at: table.position(row: row, column: column.name),
            "'\(column.name)' is answered with a number, and '\(excerpt(column.text(row) ?? ""))' was found"))
      }
      return
    }
    for row in 0..<table.rowCount {
      guard let text = column.text(row) else {
        if problems.countIfFull(.error, "analysis.missing-answer", file: table.file) { continue }
        problems.add(
          Diagnostic(
            "analysis.missing-answer", at: table.position(row: row, column: column.name),
            "a person is put into a segment by all \(questions.count) answers, and '\(column.name)' is empty",
            hint: "leave the row out, or ask again"))
        continue
      }
      guard !levels.isEmpty, !levels.contains(text) else { continue }
      if problems.countIfFull(.error, "analysis.unknown-answer", file: table.file) { continue }
      problems.add(
        Diagnostic(
          "analysis.unknown-answer", at: table.position(row: row, column: column.name),
          "'\(column.name)' has the answers \(quotedList(Array(levels.prefix(12)))), and '\(excerpt(text))' was found",
          hint: nearestHint(to: text, among: levels)))
    }
  }
}
