import CLibYAML
import Diagnostics
import Settings

/// Builds a tree from the events of libyaml.
///
/// The open lists and maps stand on a stack of ours, never on the stack of the thread, so that no text can exhaust it.
struct YAMLComposer {
  private struct Node {
    var setting: Setting
    /// Scalars, lists and maps in it, aliases written out.
    var size: Int
    /// Lists and maps inside one another; 0 for a scalar.
    var depth: Int
  }

  private enum Key {
    case awaited
    case read(String, SourcePosition)
    /// A key that was refused: its value is read and dropped.
    case refused
  }

  private struct Open {
    var position: SourcePosition
    var anchor: String?
    var isMap: Bool
    /// Stands where a key should; reported, read to its end and dropped.
    var standsForKey: Bool
    var items: [Setting] = []
    var entries: [Setting.Entry] = []
    var places: [String: SourcePosition] = [:]
    var key = Key.awaited
    var size = 1
    var depth = 1
  }

  let file: String
  let firstLine: Int
  private(set) var diagnostics: [Diagnostic] = []
  private var open: [Open] = []
  private var anchors: [String: Node] = [:]
  private var root: Setting?
  private var nodes = 0
  private var documents = 0

  init(file: String, firstLine: Int) {
    self.file = file
    self.firstLine = firstLine
  }

  /// - Parameter bytes: UTF-8 without a byte-order mark.
  mutating func compose(_ bytes: [UInt8]) -> Setting? {
    let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
    defer { parser.deallocate() }
    guard yaml_parser_initialize(parser) == 1 else {
      report("yaml.syntax", at: place(0, 0), "a YAML text must fit into memory")
      return nil
    }
    defer { yaml_parser_delete(parser) }
    bytes.withUnsafeBufferPointer { buffer in
      yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
      yaml_parser_set_input_string(parser, buffer.baseAddress, buffer.count)
      while readEvent(from: parser, text: buffer) {}
    }
    return root
  }

  /// Returns false at the end of the text or where reading on makes no sense.
  private mutating func readEvent(
    from parser: UnsafeMutablePointer<yaml_parser_t>, text: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    var event = yaml_event_t()
    guard yaml_parser_parse(parser, &event) == 1 else {
      diagnostics.append(syntaxProblem(parser.pointee, text: text, file: file, firstLine: firstLine))
      return false
    }
    defer { yaml_event_delete(&event) }
    let position = place(event.start_mark.line, event.start_mark.column)
    switch event.type {
    case YAML_STREAM_END_EVENT: return false
    case YAML_DOCUMENT_START_EVENT:
      documents += 1
      if documents > 1 {
        return stop("yaml.documents", at: position, "a file is one YAML document, and here begins another")
      }
      return true
    case YAML_SCALAR_EVENT:
      let scalar = event.data.scalar
      checkTag(scalar.tag, at: position)
      return addScalar(
        string(scalar.value, scalar.length), isPlain: scalar.style == YAML_PLAIN_SCALAR_STYLE, at: position,
        anchor: name(scalar.anchor))
    case YAML_ALIAS_EVENT: return addAlias(name(event.data.alias.anchor) ?? "", at: position)
    case YAML_SEQUENCE_START_EVENT:
      checkTag(event.data.sequence_start.tag, at: position)
      return begin(isMap: false, at: position, anchor: name(event.data.sequence_start.anchor))
    case YAML_MAPPING_START_EVENT:
      checkTag(event.data.mapping_start.tag, at: position)
      return begin(isMap: true, at: position, anchor: name(event.data.mapping_start.anchor))
    case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT: return end()
    default: return true
    }
  }

  private mutating func begin(isMap: Bool, at position: SourcePosition, anchor: String?) -> Bool {
    guard count(1, at: position) else { return false }
    guard open.count < YAMLLimit.depth else { return tooDeep(at: position) }
    let standsForKey = open.last.map { if case .awaited = $0.key { $0.isMap } else { false } } ?? false
    if standsForKey {
      report(
        "yaml.key", at: position, "a key is a text, and here stands a \(isMap ? "map" : "list")",
        hint: "put a text that begins with '\(isMap ? "{" : "[")' in quotes")
    }
    open.append(Open(position: position, anchor: anchor, isMap: isMap, standsForKey: standsForKey))
    return true
  }

  private mutating func end() -> Bool {
    guard let done = open.popLast() else { return true }
    let value: Setting.Value = done.isMap ? .map(done.entries) : .list(done.items)
    let node = Node(setting: Setting(value, at: done.position), size: done.size, depth: done.depth)
    if let anchor = done.anchor { anchors[anchor] = node }
    if done.standsForKey {
      open[open.count - 1].key = .refused
    } else {
      add(node)
    }
    return true
  }

  private mutating func addScalar(_ text: String, isPlain: Bool, at position: SourcePosition, anchor: String?) -> Bool {
    guard count(1, at: position) else { return false }
    if let code = text.unicodeScalars.first(where: { $0.value < 0x20 && $0 != "\n" && $0 != "\t" || $0.value == 0x7F })
    {
      report(
        "yaml.control-character", at: position,
        "a text has no control characters but tab and line end, and this one has U+\(fourHexDigits(code.value))")
    }
    let setting = Setting(.scalar(text, quoted: !isPlain), at: position)
    if let anchor { anchors[anchor] = Node(setting: setting, size: 1, depth: 0) }
    if let last = open.last, last.isMap, case .awaited = last.key {
      addKey(text, isPlain: isPlain, at: position)
    } else {
      add(Node(setting: setting, size: 1, depth: 0))
    }
    return true
  }

  private mutating func addAlias(_ anchor: String, at position: SourcePosition) -> Bool {
    guard let node = anchors[anchor] else {
      report(
        "yaml.alias", at: position,
        "an alias names an anchor that stands complete before it, and '*\(anchor)' has none",
        hint: nearestHint(to: anchor, among: anchors.keys.sorted()) ?? "put a text that begins with '*' in quotes")
      let empty = Setting(.scalar("", quoted: false), at: position)
      if let last = open.last, last.isMap, case .awaited = last.key {
        open[open.count - 1].key = .refused
      } else {
        add(Node(setting: empty, size: 1, depth: 0))
      }
      return true
    }
    guard count(node.size, at: position) else { return false }
    guard open.count + node.depth <= YAMLLimit.depth else { return tooDeep(at: position) }
    guard let last = open.last, last.isMap, case .awaited = last.key else {
      add(node)
      return true
    }
    if case .scalar(let text, let quoted) = node.setting.value {
      addKey(text, isPlain: !quoted, at: position)
    } else {
      report("yaml.key", at: position, "a key is a text, and '*\(anchor)' is none")
      open[open.count - 1].key = .refused
    }
    return true
  }

  private mutating func addKey(_ text: String, isPlain: Bool, at position: SourcePosition) {
    var key = Key.read(text, position)
    if isPlain, text == "<<" {
      report(
        "yaml.merge-key", at: position, "maps are written out, and '<<' would merge another one in",
        hint: "repeat the settings, or name the whole map with an alias")
      key = .refused
    } else if isPlain, text.isEmpty || text == "~" {
      report("yaml.key", at: position, "a key is a text, and here is none", hint: "write the key before the colon")
      key = .refused
    } else if let first = open[open.count - 1].places[text] {
      report(
        "yaml.duplicate-key", at: position,
        "a map has each key once, and '\(text)' stands already at line \(first.line), column \(first.column)",
        hint: "keep one of the two")
      key = .refused
    } else {
      open[open.count - 1].places[text] = position
    }
    open[open.count - 1].key = key
  }

  /// Puts a finished node where it belongs: into the open list or map, or at the root.
  private mutating func add(_ node: Node) {
    guard !open.isEmpty else {
      if root == nil { root = node.setting }
      return
    }
    let top = open.count - 1
    open[top].size += node.size
    open[top].depth = max(open[top].depth, node.depth + 1)
    guard open[top].isMap else {
      open[top].items.append(node.setting)
      return
    }
    if case .read(let key, let position) = open[top].key {
      open[top].entries.append(Setting.Entry(key: key, keyPosition: position, value: node.setting))
    }
    open[top].key = .awaited
  }

  private mutating func count(_ size: Int, at position: SourcePosition) -> Bool {
    nodes += size
    guard nodes > YAMLLimit.nodes else { return true }
    return stop(
      "yaml.too-many-nodes", at: position,
      "a YAML text has at most \(grouped(YAMLLimit.nodes)) values, aliases written out, and this one has more",
      hint: "keep data in CSV files and name them under 'data:'")
  }

  private mutating func tooDeep(at position: SourcePosition) -> Bool {
    stop(
      "yaml.too-deep", at: position,
      "lists and maps stand at most \(YAMLLimit.depth) deep in one another, and here they go deeper")
  }

  private mutating func checkTag(_ tag: UnsafeMutablePointer<yaml_char_t>?, at position: SourcePosition) {
    guard let tag = name(tag) else { return }
    report(
      "yaml.tag", at: position, "values have no tags, and this one has '\(tag)'",
      hint: "delete the tag, or put a text that begins with '!' in quotes")
  }

  private mutating func report(_ id: String, at position: SourcePosition, _ message: String, hint: String? = nil) {
    diagnostics.append(Diagnostic(id, at: position, message, hint: hint))
  }

  /// Reports, and ends the reading.
  private mutating func stop(_ id: String, at position: SourcePosition, _ message: String, hint: String? = nil) -> Bool
  {
    report(id, at: position, message, hint: hint)
    return false
  }

  private func place(_ line: Int, _ column: Int) -> SourcePosition {
    SourcePosition(file: file, line: line + firstLine, column: column + 1)
  }
}

private func name(_ text: UnsafeMutablePointer<yaml_char_t>?) -> String? { text.map { String(cString: $0) } }

private func string(_ text: UnsafeMutablePointer<yaml_char_t>?, _ length: Int) -> String {
  text.map { String(decoding: UnsafeBufferPointer(start: $0, count: length), as: UTF8.self) } ?? ""
}
