extension Diagnostic {
  /// As a person reads it:
  /// `file:line:column: error: rule and finding [id]`, the hint on a line of its own.
  package func text(colour: Bool = false) -> String {
    let place = position.map { "\(oneLine($0.description)): " } ?? ""
    let name =
      colour
      ? "\u{1B}[1;\(severity == .error ? 31 : severity == .caution ? 33 : 36)m\(severity)\u{1B}[0m" : "\(severity)"
    var out = "\(place)\(name): \(oneLine(message)) [\(id)]"
    if let hint = way { out += "\n  hint: \(oneLine(hint))" }
    return out
  }

  /// The message's own hint, or for an error the general one of its kind.
  private var way: String? { hint ?? (severity == .error ? DiagnosticCatalogue.wayOut(of: id) : nil) }

  /// One JSON object on one line, keys in a fixed order.
  package var json: String {
    var fields = ["\"severity\":\"\(severity)\"", "\"id\":\(jsonString(id))"]
    if let position {
      fields.append("\"file\":\(jsonString(position.file))")
      if position.line > 0 { fields.append("\"line\":\(position.line)") }
      if position.column > 0 { fields.append("\"column\":\(position.column)") }
    }
    fields.append("\"message\":\(jsonString(shortened(message)))")
    if let hint = way { fields.append("\"hint\":\(jsonString(shortened(hint)))") }
    return "{" + fields.joined(separator: ",") + "}"
  }
}

/// Signs that steer a terminal, end a line or turn the direction of what follows.
private func isSteering(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0..<0x20, 0x7F...0x9F, 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069: true
  default: false
  }
}

/// A message quotes what it found; a name of a megabyte is not printed whole.
private func shortened(_ text: String) -> String {
  let limit = 4000
  // A sign has up to four bytes: what has fewer than the limit is not counted.
  guard text.utf8.count > limit,
    let end = text.unicodeScalars.index(
      text.startIndex, offsetBy: limit, limitedBy: text.endIndex), end < text.endIndex
  else { return text }
  return text.unicodeScalars[..<end].reduce(into: "") { $0.unicodeScalars.append($1) } + "…"
}

/// Control characters from a study must not reach a terminal: they are shown as their code points.
private func oneLine(_ whole: String) -> String {
  let text = shortened(whole)
  var out = ""
  for scalar in text.unicodeScalars {
    if isSteering(scalar) {
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
    case "<", ">", "&": out += unicodeEscape(scalar)
    default:
      if isSteering(scalar) {
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
