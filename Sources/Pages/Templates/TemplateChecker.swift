import Diagnostics
import Formats

/// What tags asked for: outermost names as written, and templates.
struct TemplateAsks: Sendable {
  var names: Set<String> = []
  var templates: Set<String> = []

  mutating func add(_ other: TemplateAsks) {
    names.formUnion(other.names)
    templates.formUnion(other.templates)
  }
}

/// Holds every tag of a template against what its names stand for, before it is rendered: a name that does not exist, a format
/// that does not fit, a section that does not close or a partial that includes itself are errors at their place.
struct TemplateChecker {
  /// The templates that `{{>name}}` and `{{<name}}` may bring in.
  let library: TemplateLibrary
  private(set) var diagnostics: [Diagnostic] = []
  /// What a page's own tags asked of the outermost names, and which templates they brought in; nil where nobody wants to know.
  private(set) var asks: TemplateAsks?

  static let formats = ["number", "percent", "money", "date", "signed", "ordinal"]
  /// Deep enough for any page, shallow enough for the renderer's stack.
  private static let deepest = 40
  /// Tags rendered and bytes written by one page or template at most, loops and partials multiplied out: a dozen small templates
  /// that each bring in the next one ten times would otherwise never end.
  private static let mostWork = (tags: 500_000, bytes: 64 << 20)
  private var work = (tags: 0, bytes: 0)

  init(library: TemplateLibrary, notesAsks: Bool = false) {
    self.library = library
    asks = notesAsks ? TemplateAsks() : nil
  }

  mutating func check(_ tags: [TemplateTag], in context: TemplateObject) {
    var scopes: [TemplateValue] = [.object(context)]
    check(tags, scopes: &scopes, inside: [], times: 1)
  }

  /// - Parameter times: How often the loops around these tags render them.
  private mutating func check(_ tags: [TemplateTag], scopes: inout [TemplateValue], inside: [String], times: Int) {
    var open: [(tag: TemplateTag, pushed: Bool, skipped: Bool, times: Int)] = []
    // Parents and blocks are closed like sections, but open no scope.
    for tag in tags {
      let times = open.last?.times ?? times
      guard canAfford(tag, times: times) else { return }
      let skipping = open.contains { $0.skipped }
      switch tag.kind {
      case .end:
        guard let last = open.last, last.tag.name == tag.name, last.tag.formats == tag.formats else {
          diagnostics.append(Self.wrongEnd(tag, open: open.last?.tag))
          return
        }
        if last.pushed { scopes.removeLast() }
        open.removeLast()
      case .section, .inverted:
        if open.count + inside.count > Self.deepest {
          error("template.too-deep", tag, "sections and partials nest at most \(Self.deepest) deep")
          return
        }
        var pushed = false
        var skipped = skipping
        var inner = times
        if !skipping {
          if let value = resolve(tag, scopes), tag.kind == .section {
            pushed = enter(value, &scopes)
            // What there is none of has no names to check its section against, and the section is left out.
            if case .missing = value { skipped = true }
            if case .list(let items, _) = value {
              inner = times.multipliedReportingOverflow(by: max(1, items.count)).partialValue
              if inner < times { inner = .max }
            }
          } else if tag.kind == .section {
            // The unknown name is reported; what it would have held is not known, so its body is passed over.
            skipped = true
          }
        }
        open.append((tag, pushed, skipped, inner))
      case .variable, .unescaped:
        guard !skipping, let value = resolve(tag, scopes) else { continue }
        switch value {
        case .object, .list:
          error(
            "template.not-a-value", tag, "a tag prints one value, and '\(tag.name)' is a table or a group of values",
            hint: "write {{#\(tag.name)}} … {{/\(tag.name)}}")
        case .html where tag.kind == .variable:
          error("template.escaped-html", tag, "'\(tag.name)' is finished HTML", hint: "write {{{\(tag.name)}}}")
        case .text where tag.kind == .unescaped:
          error(
            "template.unescaped-value", tag, "values are escaped wherever they land, and this tag prints one as it is",
            hint: "write {{\(tag.name)}}")
        default: break
        }
      case .partial, .parent:
        if tag.kind == .parent { open.append((tag, false, skipping, times)) }
        guard !skipping else { continue }
        guard let template = library.template(tag.name) else {
          error(
            "template.unknown-partial", tag,
            "a partial is a file below templates/, and there is none named '\(tag.name)'",
            hint: nearestHint(to: tag.name, among: library.names))
          continue
        }
        asks?.templates.insert(tag.name)
        guard inside.contains(tag.name) || inside.count < Self.deepest else {
          error("template.too-deep", tag, "partials nest at most \(Self.deepest) deep, and '\(tag.name)' is one more")
          continue
        }
        guard !inside.contains(tag.name) else {
          error(
            "template.includes-itself", tag,
            "a partial does not include itself, and '\(tag.name)' comes back to itself through "
              + (inside + [tag.name]).joined(separator: " > "))
          continue
        }
        check(template.tags, scopes: &scopes, inside: inside + [tag.name], times: times)
      case .block:
        open.append((tag, false, skipping, times))
      default: break
      }
    }
    for unclosed in open {
      diagnostics.append(Self.unclosed(unclosed.tag))
    }
    while let last = open.popLast() {
      if last.pushed { scopes.removeLast() }
    }
  }

  private static func wrongEnd(_ tag: TemplateTag, open: TemplateTag?) -> Diagnostic {
    Diagnostic(
      .error, "template.unbalanced-section", at: tag.position,
      open.map { "sections close in the order they opened, and '\($0.name)' is open where '\(tag.name)' closes" }
        ?? "a section opens before it closes, and '\(tag.name)' was not open")
  }

  private static func unclosed(_ tag: TemplateTag) -> Diagnostic {
    Diagnostic(
      .error, "template.unbalanced-section", at: tag.position, "a section closes, and '\(tag.name)' stays open")
  }

  /// Sections that do not close or close too much, whatever their names stand for.
  static func unbalanced(_ tags: [TemplateTag]) -> [Diagnostic] {
    var open: [TemplateTag] = []
    for tag in tags {
      switch tag.kind {
      case .section, .inverted, .parent, .block: open.append(tag)
      case .end:
        guard let last = open.last, last.name == tag.name, last.formats == tag.formats else {
          return [wrongEnd(tag, open: open.last)]
        }
        open.removeLast()
      default: break
      }
    }
    return open.map { unclosed($0) }
  }

  /// Counts a tag's work. Says once where it grows beyond all measure, and gives up.
  private mutating func canAfford(_ tag: TemplateTag, times: Int) -> Bool {
    let spent = work.tags > Self.mostWork.tags || work.bytes > Self.mostWork.bytes
    if spent { return false }
    work.tags = work.tags.addingReportingOverflow(times).overflow ? .max : work.tags + times
    let bytes = tag.textBefore.multipliedReportingOverflow(by: times)
    work.bytes = bytes.overflow || bytes.partialValue > .max - work.bytes ? .max : work.bytes + bytes.partialValue
    guard work.tags > Self.mostWork.tags || work.bytes > Self.mostWork.bytes else { return true }
    error(
      "template.too-large", tag,
      "a template expands to at most \(grouped(Self.mostWork.tags)) tags and \(Self.mostWork.bytes >> 20) MB, and here it has more",
      hint: "sections over tables inside one another multiply their rows")
    return false
  }

  /// Pushes what a section makes the current object. Returns false where it opens no scope of its own.
  private func enter(_ value: TemplateValue, _ scopes: inout [TemplateValue]) -> Bool {
    switch value {
    case .list(let items, let fields):
      // Names are checked against the declared fields, so that an empty table is checked as well.
      var object = TemplateObject()
      if case .object(let first)? = items.first { object = first }
      for field in fields where object[field] == nil { object[field] = .missing }
      let isOfObjects = !fields.isEmpty
      scopes.append(isOfObjects ? .object(object) : items.first ?? .text(""))
      return true
    case .object, .text, .number, .html, .date:
      scopes.append(value)
      return true
    case .truth, .missing:
      return false
    }
  }

  private mutating func resolve(_ tag: TemplateTag, _ scopes: [TemplateValue]) -> TemplateValue? {
    guard let value = lookUp(tag, scopes) else { return nil }
    guard !tag.formats.isEmpty else { return value }
    if let unknown = tag.formats.first(where: { !Self.formats.contains($0) }) {
      error(
        "template.unknown-format", tag,
        "formats are \(Self.formats.joined(separator: ", ")), and '\(unknown)' is none of them",
        hint: nearestHint(to: unknown, among: Self.formats))
      return nil
    }
    if tag.formats.count > 1 {
      error("template.unknown-format", tag, "one format is applied to a value")
      return nil
    }
    switch (tag.formats[0], value) {
    case (_, .missing), ("date", .date), ("number", .number), ("percent", .number), ("money", .number),
      ("signed", .number),
      ("ordinal", .number):
      return value
    default:
      error(
        "template.wrong-format", tag,
        tag.formats[0] == "date"
          ? "'date' formats a date, and '\(tag.name)' is none"
          : "'\(tag.formats[0])' formats a number, and '\(tag.name)' is none")
      return nil
    }
  }

  private mutating func lookUp(_ tag: TemplateTag, _ scopes: [TemplateValue]) -> TemplateValue? {
    if tag.name == "." { return scopes.last }
    let parts = tag.name.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    var candidates: [String] = []
    for (depth, scope) in scopes.enumerated().reversed() {
      guard case .object(let object) = scope else { continue }
      guard let first = object[parts[0]] else {
        candidates += object.names
        continue
      }
      // What a section holds is part of the answer to the section's own name.
      if depth == 0 { asks?.names.insert(tag.name) }
      var value = first
      for (depth, part) in parts.enumerated().dropFirst() {
        guard case .object(let inner) = value else {
          let path = parts[..<depth].joined(separator: ".")
          if case .missing = value { return .missing }
          if case .list = value {
            error(
              "template.unknown-name", tag, "'\(path)' is a table, and its columns are named inside a section",
              hint: "write {{#\(path)}} … {{\(part)}} … {{/\(path)}}")
          } else {
            error("template.unknown-name", tag, "'\(path)' is one value and has no '\(part)'")
          }
          return nil
        }
        guard let next = inner[part] else {
          let path = parts[..<depth].joined(separator: ".")
          error(
            "template.unknown-name", tag, "'\(path)' has no '\(part)'", hint: hint(for: part, among: inner.names))
          return nil
        }
        value = next
      }
      return value
    }
    error(
      "template.unknown-name", tag, "a name in a page or template exists, and '\(parts[0])' does not",
      hint: hint(for: parts[0], among: candidates))
    return nil
  }

  private func hint(for name: String, among names: [String]) -> String? { nearestHint(to: name, among: names) }

  private mutating func error(_ id: String, _ tag: TemplateTag, _ message: String, hint: String? = nil) {
    diagnostics.append(Diagnostic(.error, id, at: tag.position, message, hint: hint))
  }
}
