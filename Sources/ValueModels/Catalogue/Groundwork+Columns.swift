import Diagnostics
import Settings
import Tables

/// Tables, rows and columns.
extension Groundwork {
  /// The table that a setting names, all its rows in.
  mutating func rows(_ key: String) -> SourceRows? {
    let name = text(key)
    guard let study = input.tables[key] else {
      if let name {
        fail(
          "analysis.unknown-table", at: position(of: key), "'\(key)' names a table of the study, and '\(name)' is none")
      } else {
        let meaning = kind.tables.first { $0.name == key }?.meaning ?? "a table"
        fail("settings.missing", at: input.position, "\(kind.name) needs '\(key)': \(meaning)")
      }
      return nil
    }
    let rows = SourceRows(key: key, study)
    if study.table.rowCount == 0 {
      fail("analysis.no-rows", at: rows.position, "an analysis needs rows, and table '\(study.name)' has none")
    }
    return rows
  }

  /// The column that a setting names, or the one of the standard name. Nil where there is none, with an error if needed.
  mutating func column(_ key: String, in rows: SourceRows, standard: String? = nil, isNeeded: Bool = true) -> Column? {
    guard setting(key) != nil else {
      if let standard, let column = rows.table[standard] {
        record(key, .text(standard))
        return column
      }
      record(key, .none)
      if isNeeded {
        fail(
          "settings.missing", at: input.position,
          "\(kind.name) needs the setting '\(key)'"
            + (standard.map { " or a column '\($0)', and table '\(rows.name)' has no such column" } ?? ""),
          hint: "columns of '\(rows.name)' are \(quotedList(Array(rows.table.columnNames.prefix(12))))")
      }
      return nil
    }
    guard let name = text(key) else { return nil }
    return column(Named(name: name, position: position(of: key)), of: key, in: rows)
  }

  /// A column by a name in the settings; an error at that name where there is none.
  mutating func column(_ named: Named, of key: String, in rows: SourceRows) -> Column? {
    if let column = rows.table[named.name] { return column }
    fail(
      "analysis.unknown-column", at: named.position,
      "'\(key)' names a column of table '\(rows.name)', and it has no column '\(named.name)'",
      hint: nearestHint(to: named.name, among: rows.table.columnNames))
    return nil
  }

  /// The columns that a setting lists; nil where it is not given.
  mutating func columns(_ key: String, in rows: SourceRows) -> [Column]? {
    texts(key)?.compactMap { column($0, of: key, in: rows) }
  }

  /// A column's numbers, NaN where missing; an error at every cell that is none where it is not numeric, and at the first of a column
  /// of words.
  mutating func numbers(_ column: Column, in rows: SourceRows, as use: String) -> [Double]? {
    guard !column.isNumeric else { return column.numbers() }
    failWords(in: column, of: rows) { found in "\(use) '\(column.name)' holds numbers, and '\(found)' was found" }
    return nil
  }

  /// An error at every cell that is no number, in a column that has some; else at the first.
  mutating func failWords(
    in column: Column, of rows: SourceRows, hint: String? = nil, _ message: (String) -> String
  ) {
    for row in rows.table.rowsWithoutNumber(in: column) {
      failCell(
        "analysis.not-a-number", rows, row, column, message(excerpt(column.text(row) ?? "")), hint: hint)
    }
  }

  /// Applies the setting `where: {column: [values]}`: a row stays if it has one of the values in every column named.
  mutating func applyWhere(to rows: inout SourceRows) {
    guard let entries = map("where") else { return }
    for entry in entries {
      guard let column = column(Named(name: entry.key, position: entry.keyPosition), of: "where", in: rows) else {
        continue
      }
      let values = names(in: entry.value, of: entry.key)
      let (codes, levels) = column.codes()
      var chosen = Set<Int32>()
      for value in values {
        let found = levels.indices.filter { matches(levels[$0], value.name, column.type) }
        chosen.formUnion(found.map { Int32(clamping: $0) })
        if found.isEmpty {
          fail(
            "analysis.unknown-value", at: value.position,
            "'where' names values that occur, and '\(value.name)' is not in column '\(column.name)' of '\(rows.name)'",
            hint: nearestName(to: value.name, among: levels.prefix(10_000)).map { "did you mean '\($0)'?" })
        }
      }
      rows.keep(orDropAs: "left out by 'where'") { chosen.contains(codes[$0]) }
    }
    if rows.kept.isEmpty, rows.table.rowCount > 0, !hasErrors {
      fail(
        "analysis.no-rows", at: position(of: "where"),
        "an analysis needs rows, and 'where' leaves none of '\(rows.name)'")
    }
  }

  /// Case weights of the setting `weight`, one a row of the table and not rescaled; nil where none are asked for.
  /// Rows without a weight are dropped; a negative weight is an error at its cell.
  mutating func weights(in rows: inout SourceRows) -> [Double]? {
    guard let column = column("weight", in: rows, isNeeded: false),
      let weights = numbers(column, in: rows, as: "weight")
    else { return nil }
    rows.dropMissing(column, as: "no weight")
    var sum = 0.0
    for row in rows.kept {
      sum += weights[row]
      if weights[row] < 0 {
        failCell(
          "analysis.negative-weight", rows, row, column,
          "weights are 0 or more, and \(canonical(weights[row])) was found",
          hint: "a row without weight is left out; list what stands for no weight under 'missing:' of the table")
      }
    }
    if !(sum > 0 && sum.isFinite) {
      fail(
        "analysis.no-weight", at: position(of: "weight"),
        "weights sum to more than 0, and those of '\(column.name)' do not")
    }
    return weights
  }
}

/// Text of a study is compared as written; a number by its value, a truth in any spelling.
func matches(_ level: String, _ wanted: String, _ type: ColumnType) -> Bool {
  if level == wanted { return true }
  switch type {
  case .number, .integer:
    guard let a = strictNumber(level), let b = strictNumber(wanted) else { return false }
    return a == b
  case .truth:
    switch wanted.lowercased() {
    case "true", "yes", "1": return level == "true"
    case "false", "no", "0": return level == "false"
    default: return false
    }
  default: return false
  }
}

/// A cell's text short enough for a message.
func excerpt(_ text: String) -> String {
  let scalars = text.unicodeScalars.prefix(41)
  return scalars.count > 40 ? String(String.UnicodeScalarView(scalars.prefix(40))) + "…" : text
}
