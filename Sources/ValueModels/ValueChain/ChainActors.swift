import Diagnostics
import Settings
import Tables

/// Ways in which an actor counts as a customer.
let customerKinds = ["buyer", "user", "payer", "influencer", "recommender"]

/// The actors of a value chain, in the order of the file.
struct ChainActors {
  struct Actor {
    var name: String
    /// Nil where the file says nothing.
    var role: String?
    var stage: String?
    var customerKind: String?
    /// What the file says of its size, as a number where it is one.
    var size: Value
    /// The lane it stands in where the picture has lanes.
    var lane: String?
    var isOwn: Bool
    /// Its row in the table, from 0.
    var row: Int

    /// The words of `customer_kind` in lower case.
    var kinds: [String] {
      (customerKind ?? "").split { ",;/+|&".contains($0) }.map { part in
        part.split(separator: " ").joined(separator: " ").lowercased()
      }
    }
  }

  var actors: [Actor] = []
  let rows: SourceRows

  var names: [String] { actors.map(\.name) }
  /// Our own actors: mostly one.
  var own: [String] { actors.filter(\.isOwn).map(\.name) }

  /// Reads the table; a missing or repeated name is an error at its cell.
  init?(_ rows: SourceRows, own: Groundwork.Named?, _ ground: inout Groundwork) {
    self.rows = rows
    guard let name = ground.tableColumn("actor", of: rows) else { return nil }
    let table = rows.table
    var firstRow: [String: Int] = [:]
    var doubtfulKinds: [String] = []
    for row in rows.kept {
      guard let text = name.text(row) else {
        ground.failCell(
          "analysis.missing-name", rows, row, name, "every row names its actor, and this cell is empty")
        continue
      }
      if let first = firstRow[text] {
        ground.failCell(
          "analysis.repeated-actor", rows, row, name,
          "an actor has one row, and '\(excerpt(text))' stands on line \(table.line(ofRow: first)) already")
        continue
      }
      firstRow[text] = row
      let kind = table["customer_kind"]?.text(row)
      if let kind, !isCustomerKind(kind) { doubtfulKinds.append(text) }
      actors.append(
        Actor(
          name: text, role: table["role"]?.text(row), stage: table["stage"]?.text(row), customerKind: kind,
          size: size(table["size"], row), lane: table["lane"]?.text(row),
          isOwn: own.map { $0.name == text } ?? (table["own"].map { isYes($0, row) } ?? false), row: row))
    }
    if let stage = table["stage"] { StageOrder.check(self, stage, &ground) }
    if let own, firstRow[own.name] == nil {
      ground.fail(
        "analysis.unknown-name", at: own.position, "'own' is an actor of the table, and there is no '\(own.name)'",
        hint: nearestHint(to: own.name, among: actors.map(\.name)))
    }
    if !doubtfulKinds.isEmpty {
      ground.cautions.append(
        Caution(
          "unknown-customer-kind",
          "Customers count as \(customerKinds.joined(separator: ", ")); \(doubtfulKinds.count) "
            + "\(doubtfulKinds.count == 1 ? "actor has" : "actors have") another word: "
            + doubtfulKinds.prefix(4).map { excerpt($0) }.joined(separator: ", ")
            + (doubtfulKinds.count > 4 ? ", …" : ""),
          rows: doubtfulKinds))
    }
    let found = actors.filter(\.isOwn).map { SettingValue.text($0.name) }
    ground.record("own", found.isEmpty ? .none : found.count == 1 ? found[0] : .list(found))
  }
}

private func size(_ column: Column?, _ row: Int) -> Value {
  guard let text = column?.text(row) else { return .missing }
  return strictNumber(text).map { Value($0) } ?? .text(text)
}

/// One kind, or several joined by a comma, semicolon, slash or plus.
private func isCustomerKind(_ text: String) -> Bool {
  text.split { ",;/+".contains($0) }.allSatisfy { part in
    customerKinds.contains(part.split(separator: " ").joined(separator: " ").lowercased())
  }
}

private func isYes(_ column: Column, _ row: Int) -> Bool {
  switch column.text(row)?.lowercased() {
  case "yes", "true", "1", "x", "y", "own": true
  default: false
  }
}

extension Groundwork {
  /// A column that a table must have under this name.
  mutating func tableColumn(_ name: String, of rows: SourceRows) -> Column? {
    if let column = rows.table[name] { return column }
    fail(
      "analysis.missing-column", at: SourcePosition(file: rows.table.file, line: 1),
      "the table of \(rows.key) needs a column '\(name)', and '\(rows.name)' has none",
      hint: nearestName(to: name, among: rows.table.columnNames).map {
        "did you mean '\($0)'? Rename it under 'columns:'"
      }
        ?? "say which column holds it with 'columns: {\(name): …}' under 'data'")
    return nil
  }
}
