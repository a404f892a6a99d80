import Diagnostics

/// A figure as `findings/<id>.json` lists it.
package struct FigureEntry: Sendable, Hashable {
  package var name: String
  /// Relative to the findings folder.
  package var png: String
  package var svg: String
  /// Only where PDFs were asked for.
  package var pdf: String?
  package var alt: String

  package init(name: String, png: String, svg: String, pdf: String? = nil, alt: String) {
    self.name = name
    self.png = png
    self.svg = svg
    self.pdf = pdf
    self.alt = alt
  }
}

extension Findings {
  /// The findings as the contract has them (`study.md` §3): keys in a fixed order, one table row a line, doubles written
  /// so that they read back to the same bits.
  package func json(figures: [FigureEntry] = []) -> String {
    var out = "{\n"
    out += "  \"id\": \(jsonString(id)),\n  \"type\": \(jsonString(type)),\n  \"title\": \(jsonString(title)),\n"
    out += "  \"facts\": {" + facts.map { "\(jsonString($0.name)): \($0.value.json)" }.joined(separator: ", ") + "},\n"
    out += "  \"tables\": {" + tables.map { "\n    \(jsonString($0.name)): \($0.json)" }.joined(separator: ",")
    out += tables.isEmpty ? "},\n" : "\n  },\n"
    let drawn = figures.map { figure in
      let pdf = figure.pdf.map { "\"pdf\": \(jsonString($0)), " } ?? ""
      return "{\"name\": \(jsonString(figure.name)), \"png\": \(jsonString(figure.png)), "
        + "\"svg\": \(jsonString(figure.svg)), \(pdf)\"alt\": \(jsonString(figure.alt))}"
    }
    out += "  \"figures\": \(list(drawn)),\n"
    let doubts = cautions.map {
      "{\"id\": \(jsonString($0.id)), \"message\": \(jsonString($0.message)), \"rows\": [\($0.rows.map(jsonString).joined(separator: ", "))]}"
    }
    out += "  \"cautions\": \(list(doubts)),\n"
    let settings = method.settings.map { "\(jsonString($0.name)): \($0.value.json)" }.joined(separator: ", ")
    let references = method.references.map(jsonString).joined(separator: ", ")
    out +=
      "  \"method\": {\"summary\": \(jsonString(method.summary)), \"settings\": {\(settings)}, \"references\": [\(references)]},\n"
    out += "  \"data\": \(list(data.map(\.json)))\n}\n"
    return out
  }
}

private func list(_ items: [String]) -> String {
  items.isEmpty ? "[]" : "[\n    " + items.joined(separator: ",\n    ") + "\n  ]"
}

extension Value {
  package var json: String {
    switch self {
    case .missing: "null"
    case .number(let number): number.isFinite ? "\(number)" : "null"
    case .integer(let number): "\(number)"
    case .text(let text): jsonString(text)
    case .truth(let truth): truth ? "true" : "false"
    }
  }
}

extension SettingValue {
  package var json: String {
    switch self {
    case .none: "null"
    case .text(let text): jsonString(text)
    case .number(let number): number.isFinite ? "\(number)" : "null"
    case .integer(let number): "\(number)"
    case .truth(let truth): truth ? "true" : "false"
    case .list(let items): "[" + items.map(\.json).joined(separator: ", ") + "]"
    case .map(let entries):
      "{" + entries.map { "\(jsonString($0.name)): \($0.value.json)" }.joined(separator: ", ") + "}"
    }
  }
}

extension FindingsTable {
  fileprivate var json: String {
    let names = columns.map { jsonString($0.name) }.joined(separator: ", ")
    let body = rows.map { "[" + $0.map(\.json).joined(separator: ", ") + "]" }.joined(separator: ",\n      ")
    return "{\"columns\": [\(names)], \"rows\": [" + (rows.isEmpty ? "]}" : "\n      \(body)]}")
  }

  /// RFC 4180 with a header and CRLF line ends. A text that a spreadsheet would run as a formula gets an apostrophe in front.
  package var csv: String {
    var out = columns.map { csvField($0.name) }.joined(separator: ",") + "\r\n"
    for row in rows {
      out +=
        row.map { value in
          switch value {
          case .missing: ""
          case .text(let text): csvField(text)
          default: value.json
          }
        }.joined(separator: ",") + "\r\n"
    }
    return out
  }
}

extension DataUse {
  fileprivate var json: String {
    var out =
      "{\"name\": \(jsonString(name)), \"rows\": \(rows), \"used\": \(used), \"dropped\": \(dropped), \"sha256\": \(jsonString(sha256))"
    if let source { out += ", \"source\": \"\(source)\"" }
    if let collected { out += ", \"collected\": \(jsonString(collected))" }
    return out + "}"
  }
}

/// A CSV field that no spreadsheet runs: quoted where needed, an apostrophe before anything that starts a formula
/// (`= + - @`, tab, CR, LF and the full-width forms of the first four), also behind blanks and signs that are not seen, which some
/// programs drop. Plain numbers pass.
package func csvField(_ text: String) -> String {
  var field = text
  for scalar in text.unicodeScalars {
    if "=+-@\t\r\n\u{FF1D}\u{FF0B}\u{FF0D}\u{FF20}".unicodeScalars.contains(scalar) {
      field = "'" + text
      break
    }
    // Most texts begin with a letter, and are not looked up.
    guard scalar.value <= 0x20 || scalar.value >= 0x7F else { break }
    let properties = scalar.properties
    guard properties.isWhitespace || properties.generalCategory == .format || properties.generalCategory == .control
    else { break }
  }
  let special = field.utf8.contains { $0 == 0x22 || $0 == 0x2C || $0 == 0x0A || $0 == 0x0D || $0 == 0x3B || $0 == 0x09 }
  return special ? "\"" + field.replacing("\"", with: "\"\"") + "\"" : field
}
