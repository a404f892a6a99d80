import Diagnostics

/// A tag of a Mustache template with its place. Only what is needed to check a template before swift-mustache renders it.
struct TemplateTag: Sendable {
  enum Kind: Sendable {
    case variable, unescaped, section, inverted, end, partial, parent, block, comment, pragma, delimiters
  }

  var kind: Kind
  /// Without formats: `brand-map.explained` of `percent(brand-map.explained)`.
  var name: String
  /// From the outside in: `["percent"]`.
  var formats: [String]
  var position: SourcePosition
  /// Bytes of text between the tag before and this one.
  var textBefore = 0
}

/// Finds the tags of a template, and what is wrong with their spelling.
struct TemplateScanner {
  private let bytes: [UInt8]
  private let file: String
  private var offset = 0
  private var line: Int
  private var column = 1
  /// Where the last tag ended.
  private var textStart = 0
  private(set) var tags: [TemplateTag] = []
  private(set) var diagnostics: [Diagnostic] = []

  init(_ text: String, file: String, firstLine: Int = 1) {
    bytes = Array(text.utf8)
    self.file = file
    line = firstLine
  }

  static func scan(_ text: String, file: String, firstLine: Int = 1) -> (tags: [TemplateTag], diagnostics: [Diagnostic])
  {
    var scanner = TemplateScanner(text, file: file, firstLine: firstLine)
    scanner.run()
    return (scanner.tags, scanner.diagnostics)
  }

  private mutating func run() {
    while offset < bytes.count {
      if bytes[offset] == UInt8(ascii: "{"), offset + 1 < bytes.count, bytes[offset + 1] == UInt8(ascii: "{") {
        readTag()
      } else {
        advance()
      }
    }
  }

  private mutating func advance() {
    let byte = bytes[offset]
    offset += 1
    if byte == 0x0A {
      line += 1
      column = 1
    } else if byte & 0xC0 != 0x80 {
      column += 1
    }
  }

  private mutating func advance(to end: Int) {
    while offset < end { advance() }
  }

  private mutating func readTag() {
    let position = SourcePosition(file: file, line: line, column: column)
    let before = offset - textStart
    let triple = offset + 2 < bytes.count && bytes[offset + 2] == UInt8(ascii: "{")
    let start = offset + (triple ? 3 : 2)
    let isComment = !triple && start < bytes.count && bytes[start] == UInt8(ascii: "!")
    guard let end = closing(from: start, triple: triple, multiline: isComment) else {
      diagnostics.append(
        Diagnostic(
          .error, "template.unclosed-tag", at: position, "a tag that opens with {{ closes with }} on the same line",
          hint: "write {{name}}"))
      // The rest of the line (of the text, for a comment) closes nothing either: it is read once, not once a brace.
      advance(to: isComment ? bytes.count : bytes[start...].firstIndex(of: 0x0A) ?? bytes.count)
      return
    }
    var body = Substring(String(decoding: bytes[start..<end], as: UTF8.self))
    advance(to: end + (triple ? 3 : 2))
    textStart = offset
    var kind = TemplateTag.Kind.variable
    if triple {
      kind = .unescaped
    } else if let sign = body.first {
      switch sign {
      case "#": kind = .section
      case "^": kind = .inverted
      case "/": kind = .end
      case ">": kind = .partial
      case "<": kind = .parent
      case "$": kind = .block
      case "&": kind = .unescaped
      case "!": kind = .comment
      case "%": kind = .pragma
      case "=": kind = .delimiters
      default: break
      }
      if kind != .variable { body = body.dropFirst() }
    }
    let count = tags.count
    add(kind, body.trimmed, at: position)
    if tags.count > count { tags[count].textBefore = before }
  }

  /// Where `}}` (or `}}}`) stands. Only a comment may run over lines.
  private func closing(from start: Int, triple: Bool, multiline: Bool) -> Int? {
    var at = start
    while at + 1 < bytes.count {
      if bytes[at] == 0x0A, !multiline { return nil }
      if bytes[at] == UInt8(ascii: "}"), bytes[at + 1] == UInt8(ascii: "}") {
        if !triple { return at }
        if at + 2 < bytes.count, bytes[at + 2] == UInt8(ascii: "}") { return at }
      }
      at += 1
    }
    return nil
  }

  private mutating func add(_ kind: TemplateTag.Kind, _ body: String, at position: SourcePosition) {
    switch kind {
    case .comment: return
    case .pragma, .delimiters:
      diagnostics.append(
        Diagnostic(
          .error, "template.unsupported-tag", at: position,
          "templates keep the delimiters {{ }} and the content type of their place, and this tag changes them",
          hint: "remove the tag"))
      return
    case .partial, .parent, .block:
      guard isName(body, extra: "/") else { return addBadName(body, at: position) }
      tags.append(TemplateTag(kind: kind, name: body, formats: [], position: position))
    default:
      var name = Substring(body)
      var formats: [String] = []
      while let open = name.firstIndex(of: "("), name.last == ")" {
        formats.append(name[..<open].trimmed)
        name = name[name.index(after: open)...].dropLast()
      }
      let plain = name.trimmed
      // A parent, which may lie in a folder, is closed by its name.
      guard isName(plain, extra: kind == .end ? "/" : nil), formats.allSatisfy({ isName($0) }) else {
        return addBadName(body, at: position)
      }
      tags.append(TemplateTag(kind: kind, name: plain, formats: formats, position: position))
    }
  }

  private mutating func addBadName(_ body: String, at position: SourcePosition) {
    diagnostics.append(
      Diagnostic(
        .error, "template.bad-name", at: position,
        body.isEmpty
          ? "a tag holds a name, and this one is empty"
          : "a name is made of letters, digits, '.', '-' and '_', and this tag holds '\(body.prefix(60))'",
        hint: "write {{id.fact}} or {{percent(id.fact)}}"))
  }

  private func isName(_ text: String, extra: Character? = nil) -> Bool {
    guard !text.isEmpty else { return false }
    return text.allSatisfy { character in
      character.isASCII
        && (character.isLetter || character.isNumber || character == "." || character == "-" || character == "_")
        || character == extra
    }
  }
}

extension StringProtocol {
  /// Without spaces and tabs at its ends.
  var trimmed: String {
    var text = Substring(self)
    while let first = text.first, first == " " || first == "\t" { text = text.dropFirst() }
    while let last = text.last, last == " " || last == "\t" { text = text.dropLast() }
    return String(text)
  }
}
