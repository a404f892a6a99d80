import Diagnostics
import Markup
import Settings

/// What stands above a page.
struct FrontMatter: Sendable {
  /// `each: needs-segments/segments as segment`
  struct Each: Sendable {
    var analysis: String
    var table: String
    var word: String
    var position: SourcePosition
  }

  var title: String?
  var titlePosition: SourcePosition?
  var description: String?
  var descriptionPosition: SourcePosition?
  var order: Double?
  var layout = "page"
  var layoutPosition: SourcePosition?
  var each: Each?
  var slug: String?
  var slugPosition: SourcePosition?
  var isDraft = false
  var audience: [String] = []
  var allowsHTML = false
  var contents = true

  static let keys = [
    "title", "description", "order", "layout", "each", "slug", "draft", "audience", "allow_html", "toc",
  ]

  init() {}

  init(_ setting: Setting, diagnostics: inout [Diagnostic]) {
    guard case .map(let entries) = setting.value else {
      if !setting.isNull {
        diagnostics.append(
          Diagnostic(.error, "page.front-matter", at: setting.position, "front matter holds 'key: value' lines"))
      }
      return
    }
    for entry in entries {
      let value = entry.value
      func text() -> String? {
        guard case .scalar(let text, _) = value.value, !value.isNull else {
          wrong("'\(entry.key)' is one line of text")
          return nil
        }
        return text
      }
      func truth() -> Bool {
        guard case .scalar(let text, quoted: false) = value.value, let truth = strictTruth(text) else {
          wrong("'\(entry.key)' is true or false")
          return false
        }
        return truth
      }
      func wrong(_ rule: String, hint: String? = nil) {
        diagnostics.append(Diagnostic(.error, "page.front-matter", at: value.position, rule, hint: hint))
      }
      switch entry.key {
      case "title":
        title = text()
        titlePosition = value.position
      case "description":
        description = text()
        descriptionPosition = value.position
      case "order":
        guard case .scalar(let text, quoted: false) = value.value, let number = strictNumber(text) else {
          wrong("'order' is a number")
          continue
        }
        order = number
      case "layout":
        layout = text() ?? "page"
        layoutPosition = value.position
      case "each":
        guard let text = text() else { continue }
        let words = text.split(separator: " ").map(String.init)
        let parts = words.first?.split(separator: "/", omittingEmptySubsequences: false).map(String.init) ?? []
        guard words.count == 3, words[1] == "as", parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty,
          words[2].utf8.allSatisfy({
            (0x61...0x7A).contains($0) || (0x41...0x5A).contains($0) || $0 == 0x5F || $0 == 0x2D
          })
        else {
          wrong(
            "'each' names a findings table and a word for its rows",
            hint: "write each: needs-segments/segments as segment")
          continue
        }
        each = Each(analysis: parts[0], table: parts[1], word: words[2], position: value.position)
      case "slug":
        slug = text()
        slugPosition = value.position
      case "draft": isDraft = truth()
      case "allow_html": allowsHTML = truth()
      case "toc": contents = truth()
      case "audience":
        switch value.value {
        case .scalar(let text, _) where !value.isNull: audience = [text]
        case .list(let items):
          for item in items {
            guard case .scalar(let text, _) = item.value, !item.isNull else {
              wrong("'audience' is a list of words")
              break
            }
            audience.append(text)
          }
        default: wrong("'audience' is a list of words")
        }
      default:
        diagnostics.append(
          Diagnostic(
            .error, "page.unknown-key", at: entry.keyPosition,
            "front matter knows \(Self.keys.joined(separator: ", ")), and not '\(entry.key)'",
            hint: nearestName(to: entry.key, among: Self.keys).map { "did you mean '\($0)'?" }))
      }
    }
  }
}

/// Front matter in which values that begin with a tag are in quotes: `title: {{segment.name}}` is what one writes, and YAML
/// reads its braces as a map.
func quotingTags(_ text: String) -> String {
  let bytes = text.utf8
  // Only the front matter matters, and most has no tags.
  guard bytes.starts(with: [0x2D, 0x2D, 0x2D]), bytes.contains(UInt8(ascii: "{")) else { return text }
  // By scalars: CR LF is one Character.
  var lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map { String($0) }
  for index in lines.indices.dropFirst() {
    let line = lines[index]
    if line.trimmed.hasPrefix("---") { break }
    guard let colon = line.firstIndex(of: ":") else { continue }
    let isReturn = line.hasSuffix("\r")
    let value = String(isReturn ? line[line.index(after: colon)...].dropLast() : line[line.index(after: colon)...])
      .trimmed
    guard value.hasPrefix("{{") else { continue }
    lines[index] = "\(line[...colon]) '\(value.replacing("'", with: "''"))'" + (isReturn ? "\r" : "")
  }
  return lines.joined(separator: "\n")
}
