import Diagnostics
import Settings
import Tables

/// Who responded: a column of two values, or of more where the settings say which count.
struct ResponseAnswers {
  /// One a row of the table; nil where there is no answer.
  let responded: [Bool?]
  /// How the values that count are written, for print.
  let positives: [String]
  /// The values that count as no response.
  let others: [String]

  /// Values that mean yes where none are named.
  static let yes = ["1", "yes", "true"]
  static let no = ["0", "no", "false"]

  /// - Parameter rows: the rows that count; values elsewhere are not looked at.
  init?(_ column: Column, in rows: SourceRows, _ work: inout Groundwork) {
    let (codes, levels) = column.codes()
    var occurs = [Bool](repeating: false, count: levels.count)
    for row in rows.kept where codes[row] >= 0 { occurs[Int(codes[row])] = true }
    let present = levels.indices.filter { occurs[$0] }
    let position = work.setting("responded") == nil ? rows.position : work.position(of: "responded")
    let chosen: Set<Int>
    if let named = work.texts("positive") {
      chosen = Self.chosen(named, levels, present, column, rows, &work)
    } else {
      let found = present.filter { Self.yes.contains(levels[$0].lowercased()) }
      work.record("positive", .list(found.map { .text(levels[$0]) }))
      let list = "'\(column.name)' has \(Self.listed(present.map { levels[$0] }))"
      if found.count != 1 || present.count > 2 {
        work.fail(
          "analysis.unclear-response", at: position,
          found.count == 1
            ? "a column of responses has two values, and \(list)"
            : "of a column of responses one value means yes (1, yes or true), and \(list)",
          hint: "say 'positive: VALUE' for the value that means a response, or leave rows out with 'where'")
        return nil
      }
      chosen = Set(found)
    }
    guard !chosen.isEmpty else { return nil }
    if present.count == chosen.count {
      work.fail(
        "analysis.unclear-response", at: position,
        "some respond and some do not, and every row used has \(Self.listed(present.map { levels[$0] })) in '\(column.name)'"
      )
      return nil
    }
    responded = codes.map { $0 < 0 ? nil : chosen.contains(Int($0)) }
    positives = levels.indices.filter { chosen.contains($0) }.map { levels[$0] }
    others = present.filter { !chosen.contains($0) }.map { levels[$0] }
    if others.count > 1 {
      work.cautions.append(
        Caution(
          "several-answers",
          "Besides \(Self.listed(positives)), '\(column.name)' has \(Self.listed(others)); all of them count as no response"
        ))
    }
  }

  /// The levels that a setting names, each an error where it does not occur.
  static func chosen(
    _ named: [Groundwork.Named], _ levels: [String], _ present: [Int], _ column: Column, _ rows: SourceRows,
    _ work: inout Groundwork, key: String = "positive"
  ) -> Set<Int> {
    var chosen = Set<Int>()
    for value in named {
      let found = present.filter { matches(levels[$0], value.name, column.type) }
      chosen.formUnion(found)
      if found.isEmpty {
        work.fail(
          "analysis.unknown-value", at: value.position,
          "'\(key)' names a value that occurs, and '\(value.name)' is not in column '\(column.name)' of '\(rows.name)'",
          hint: "the column has \(listed(present.map { levels[$0] }))")
      }
    }
    return chosen
  }

  /// "'no', 'yes' and 3 more"
  static func listed(_ values: [String]) -> String {
    guard !values.isEmpty else { return "no values" }
    let shown = values.prefix(values.count > 6 ? 5 : 6).map { "'\(excerpt($0))'" }
    if shown.count < values.count { return shown.joined(separator: ", ") + " and \(values.count - shown.count) more" }
    return shown.count == 1 ? shown[0] : shown.dropLast().joined(separator: ", ") + " and " + shown[shown.count - 1]
  }
}
