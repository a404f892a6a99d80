import CLibYAML
import Diagnostics

/// What libyaml found wrong, told as rule and finding in our words.
///
/// - Parameter text: The whole text; only the line of the problem is looked at.
func syntaxProblem(
  _ parser: yaml_parser_t, text: UnsafeBufferPointer<UInt8>, file: String, firstLine: Int
) -> Diagnostic {
  let problem = parser.problem.map { String(cString: $0) } ?? ""
  let context = parser.context.map { String(cString: $0) } ?? ""
  let mark = parser.problem_mark
  let position = SourcePosition(file: file, line: mark.line + firstLine, column: mark.column + 1)
  let line = lineOfText(mark.line, in: text)
  let begun = "line \(parser.context_mark.line + firstLine), column \(parser.context_mark.column + 1)"

  func told(_ message: String, _ hint: String? = nil, id: String = "yaml.syntax") -> Diagnostic {
    Diagnostic(id, at: position, message, hint: hint)
  }
  let blanks = line.prefix { $0 == 0x20 || $0 == 0x09 }
  if problem.contains("tab character") || (blanks.contains(0x09) && mark.column <= blanks.count) {
    return told("lines are indented with spaces, and here stands a tab", "replace the tab by spaces", id: "yaml.tab")
  }
  switch problem {
  case "mapping values are not allowed in this context":
    return told(
      "a line holds one key with its value, and here stands a second colon",
      "put a text with ': ' in it in quotes, and line up the keys of a map")
  case "found character that cannot start any token":
    let found = String(String(decoding: line, as: UTF8.self).unicodeScalars.dropFirst(mark.column).prefix(1))
    return told("a text without quotes begins with none of @ ` %, and here stands '\(found)'", "put it in quotes")
  case "could not find expected ':'":
    return told(
      "a key is followed by a colon and a space, and what begins at \(begun) has none",
      "write 'key: value', and put a text of several lines in quotes or after '|'")
  case "did not find expected key" where line.dropFirst(mark.column).first == UInt8(ascii: ":"):
    return told("a key is a text, and here is none", "write the key before the colon", id: "yaml.key")
  case "did not find expected key":
    return told(
      "the keys of a map begin in the same column, and this line fits none (the map begins at \(begun))",
      "line up the keys, and write apostrophes and quotes in pairs")
  case "did not find expected '-' indicator":
    return told(
      "the entries of a list each begin with '- ' in the same column, and this line does not"
        + " (the list begins at \(begun))", "line up the entries")
  case "block sequence entries are not allowed in this context":
    return told("a list begins on a line of its own below its key, and here stands '-' in the line of a key")
  case "mapping keys are not allowed in this context": return told("a key begins a line, and here stands '?' elsewhere")
  case "did not find expected ',' or ']'":
    return told("a list in brackets is closed by ']', and the one begun at \(begun) is not", "add ']' or a comma")
  case "did not find expected ',' or '}'":
    return told("a map in braces is closed by '}', and the one begun at \(begun) is not", "add '}' or a comma")
  case "found unexpected end of stream", "found unexpected document indicator":
    // The fault lies where the quote opens; libyaml stands at the end of the text by now.
    let opened = SourcePosition(
      file: file, line: parser.context_mark.line + firstLine, column: parser.context_mark.column + 1)
    return Diagnostic(
      "yaml.syntax", at: opened, "a text in quotes is closed by the same quote, and the one begun here is not",
      hint: "add the quote")
  case "found unknown escape character", "did not find expected hexdecimal number",
    "found invalid Unicode character escape code":
    return told(
      "in double quotes a backslash begins an escape such as \\n or \\u00e9, and this is none",
      "write two backslashes, or use single quotes")
  case "did not find expected alphabetic or numeric character":
    return told(
      "'&' and '*' at the start of a value name an anchor, and here no name follows", "put the text in quotes")
  case "did not find expected node content": return told("here a value is expected, and none stands", "write it or '~'")
  case "did not find expected <document start>":
    return told("a text has one value at its top, and here another follows", "line up the keys at the left edge")
  case "did not find expected comment or line break":
    return told("after '|' or '>' the line ends, and here more follows", "begin the text on the next line")
  case "found undefined tag handle", "did not find expected tag URI", "did not find expected '!'":
    return told("values have no tags, and here one begins", "put a text that begins with '!' in quotes", id: "yaml.tag")
  default:
    return told(
      "the text follows the rules of YAML, and here it does not"
        + (context.isEmpty ? "" : " (\(context), begun at \(begun))"), "put unusual texts in quotes")
  }
}

/// The bytes of one line, 0-based, without its end.
private func lineOfText(_ number: Int, in text: UnsafeBufferPointer<UInt8>) -> ArraySlice<UInt8> {
  var line = 0
  var start = 0
  while line < number, start < text.count {
    if text[start] == 0x0A || (text[start] == 0x0D && (start + 1 == text.count || text[start + 1] != 0x0A)) {
      line += 1
    }
    start += 1
  }
  let bytes = Array(text[start...].prefix(1000).prefix { $0 != 0x0A && $0 != 0x0D })
  return bytes[...]
}
