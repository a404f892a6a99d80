import Formats
import Glibc
import Markup
import ValueModels

/// A findings table as HTML, written here and not by a template's loop: a thousand cells cost a template milliseconds.
struct TableHTML {
  let table: FindingsTable
  let language: Language
  /// Leaves dimensions after the second to the CSV.
  var isBrief = true

  /// - Parameters:
  ///   - caption: Said to those who cannot see the table's place; hidden from sight.
  ///   - rowAnchor: Prefix of an id a row, or nil for none.
  ///   - linked: The rows that have an id, by place from 0; nil for all.
  ///   - own: The text in the first column that is ours.
  func html(caption: String, rowAnchor: String?, linked: Set<Int>? = nil, own: String?) -> String {
    let shown = table.columns.indices.filter { isShown(table.columns[$0]) && !isRepeated($0) }
    var out =
      "<div class=\"vm-scroll\" tabindex=\"0\" role=\"region\" aria-label=\"\(escapeAttribute(caption))\">\n<table>\n"
    out += "<caption class=\"hidden\">\(escapeHTML(caption))</caption>\n<thead><tr>"
    for index in shown {
      let isNumber = table.columns[index].isNumber
      out +=
        "<th scope=\"col\"\(isNumber ? " class=\"n\"" : "")>\(escapeHTML(readableColumn(table.columns[index].name)))</th>"
    }
    out += "</tr></thead>\n<tbody>\n"
    let decimals = table.columns.indices.map { self.decimals(of: $0) }
    for (number, row) in table.rows.enumerated() {
      var attributes = ""
      if let rowAnchor, linked?.contains(number) ?? true { attributes = " id=\"\(rowAnchor)-row-\(number + 1)\"" }
      if let own, case .text(own)? = row.first { attributes += " class=\"own\"" }
      out += "<tr\(attributes)>"
      for (place, index) in shown.enumerated() {
        let text = escapeHTML(print(row[index], table.columns[index], decimals[index]))
        if place == 0 {
          out += "<th scope=\"row\">\(text)</th>"
        } else {
          // A sentence needs some width, or it makes a tower of its row.
          let mark = table.columns[index].isNumber ? " class=\"n\"" : text.utf8.count > 32 ? " class=\"w\"" : ""
          out += "<td\(mark)>\(text)</td>"
        }
      }
      out += "</tr>\n"
    }
    return out + "</tbody>\n</table>\n</div>\n"
  }

  /// Columns that say nothing (all cells empty), addresses, and dimensions after the second are left to the CSV.
  private func isShown(_ column: FindingsTable.Column) -> Bool {
    guard isBrief else { return true }
    if column.name == "slug" { return false }
    let parts = column.name.split(separator: "_")
    if parts.count == 2, parts[0] == "dim" || parts[0] == "contribution", let number = Int(parts[1]), number > 2 {
      return false
    }
    return table.rows.isEmpty || table.values(column.name).contains { !$0.isMissing }
  }

  /// A column of numbers that says what an earlier one said: places drawn in principal coordinates are the dimensions themselves.
  private func isRepeated(_ column: Int) -> Bool {
    guard isBrief, table.columns[column].name.hasPrefix("dim_"), !table.rows.isEmpty else { return false }
    return table.columns.indices.prefix(column).contains { earlier in
      table.columns[earlier].isNumber && table.rows.allSatisfy { $0[earlier] == $0[column] }
    }
  }

  /// One number of decimals for a column, so that its figures line up.
  private func decimals(of column: Int) -> Int? {
    guard table.columns[column].format == .number || table.columns[column].format == .signed else { return nil }
    var largest = 0.0
    var areWhole = true
    var smallest = Double.infinity
    for row in table.rows {
      guard let number = row[column].number else { continue }
      largest = max(largest, abs(number))
      smallest = min(smallest, number)
      if number != number.rounded() { areWhole = false }
    }
    if areWhole { return 0 }
    // A column of small positive numbers (eigenvalues) shows two digits of the least of them.
    if largest < 1, smallest > 0, smallest < 0.01 { return min(6, Int(-log10(smallest).rounded(.down)) + 2) }
    return largest < 1 ? 3 : largest < 100 ? 2 : largest < 1000 ? 1 : 0
  }

  private func print(_ value: Value, _ column: FindingsTable.Column, _ decimals: Int?) -> String {
    switch value {
    case .missing: return ""
    case .text(let text): return text
    case .truth(let truth): return truth ? "yes" : "no"
    case .number, .integer:
      guard let number = value.number else { return "" }
      switch column.format {
      case .number: return language.number(number, decimals: decimals)
      case .signed: return language.signed(number, decimals: decimals)
      default: return language.print(number, column.format)
      }
    }
  }
}

extension FindingsTable.Column {
  var isNumber: Bool { format != .text && format != .truth }
}
