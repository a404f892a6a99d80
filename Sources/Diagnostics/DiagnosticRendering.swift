extension Diagnostic {
  /// As a person reads it:
  /// `file:line:column: error: rule and finding [id]`, the hint on a line of its own.
  package func text(colour: Bool = false) -> String {
    let place = position.map { "\(oneLine($0.description)): " } ?? ""
    let name =
      colour
      ? "\u{1B}[1;\(severity == .error ? 31 : severity == .caution ? 33 : 36)m\(severity)\u{1B}[0m" : "\(severity)"
    var out = "\(place)\(name): \(oneLine(message)) [\(id)]"
    if let hint { out += "\n  hint: \(oneLine(hint))" }
    return out
  }

  /// One JSON object on one line, keys in a fixed order.
  package var json: String {
    var fields = ["\"severity\":\"\(severity)\"", "\"id\":\(jsonString(id))"]
    if let position {
      fields.append("\"file\":\(jsonString(position.file))")
      if position.line > 0 { fields.append("\"line\":\(position.line)") }
      if position.column > 0 { fields.append("\"column\":\(position.column)") }
    }
    fields.append("\"message\":\(jsonString(message))")
    if let hint { fields.append("\"hint\":\(jsonString(hint))") }
    return "{" + fields.joined(separator: ",") + "}"
  }
}

/// Control characters from a study must not reach a terminal: they are shown as their code points.
private func oneLine(_ text: String) -> String {
  var out = ""
  for scalar in text.unicodeScalars {
    if scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) || (0x202A...0x202E).contains(scalar.value)
      || (0x2066...0x2069).contains(scalar.value)
    {
      out += scalar == "\n" ? "\\n" : scalar == "\t" ? "\\t" : "<U+\(String(scalar.value, radix: 16, uppercase: true))>"
    } else {
      out.unicodeScalars.append(scalar)
    }
  }
  return out
}

/// A JSON string literal (RFC 8259), with `<`, `>` and `&` escaped too, so that it is safe inside a page.
package func jsonString(_ text: String) -> String {
  var out = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"": out += "\\\""
    case "\\": out += "\\\\"
    case "\n": out += "\\n"
    case "\r": out += "\\r"
    case "\t": out += "\\t"
    case "<", ">", "&", "\u{2028}", "\u{2029}": out += unicodeEscape(scalar)
    default:
      if scalar.value < 0x20 || scalar.value == 0x7F {
        out += unicodeEscape(scalar)
      } else {
        out.unicodeScalars.append(scalar)
      }
    }
  }
  return out + "\""
}

private func unicodeEscape(_ scalar: Unicode.Scalar) -> String {
  let hex = String(scalar.value, radix: 16)
  return "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
}
