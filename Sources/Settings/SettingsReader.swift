import Diagnostics

/// Reads the settings of one map, remembers which keys were asked for, and gathers everything wrong.
///
/// Each reader of a value returns one that can be used, also where the setting is missing or wrong, so that reading goes
/// on and all errors are found at once. `finish()` closes the reading: keys no one asked for are then errors.
/// A null (`key:` or `~`) counts as not given. A class, since nested maps report to the reader they came from.
package final class SettingsReader {
  /// A setting as it was understood, for printing next to what was made of it.
  package struct Recorded: Sendable, Hashable {
    /// With the keys above it, joined by dots: `outer.inner`.
    package var key: String
    package var value: Setting
    /// False where the default was taken.
    package var isGiven: Bool
  }

  /// What the settings belong to, for messages: `analyses.brand-map`. Empty at the top of a file.
  package let path: String
  package let position: SourcePosition
  /// In the order written; empty where the node is no map.
  package let entries: [Setting.Entry]

  private var asked: [String] = []
  private let log: Log

  /// What a reader and those for its nested maps have in common.
  private final class Log {
    var diagnostics: [Diagnostic] = []
    var recorded: [Recorded] = []
  }

  /// - Parameters:
  ///   - node: The map; anything else but null is reported, and reading goes on as if it were empty.
  ///   - path: What the settings belong to, for messages.
  package convenience init(_ node: Setting, at path: String = "") { self.init(node, path: path, log: Log()) }

  private init(_ node: Setting, path: String, log: Log) {
    self.path = path
    self.position = node.position
    self.log = log
    if case .map(let entries) = node.value {
      self.entries = entries
    } else {
      entries = []
      if !node.isNull {
        let name = path.isEmpty ? "the file" : "'\(path)'"
        log.diagnostics.append(
          Diagnostic(
            .error, "settings.wrong-type", at: node.position,
            "\(name) is a map of keys and values, and \(node.found) was found"
          ))
      }
    }
  }

  /// Everything wrong so far, here and in nested maps, in the order found.
  package var diagnostics: [Diagnostic] { log.diagnostics }

  /// Every setting asked for, here and in nested maps, in the order asked.
  package var recorded: [Recorded] { log.recorded }

  /// The setting of a key; nil where it is not given or null. The key counts as known from now on.
  package func setting(_ key: String) -> Setting? {
    if !asked.contains(key) { asked.append(key) }
    guard let entry = entries.first(where: { $0.key == key }), !entry.value.isNull else { return nil }
    return entry.value
  }

  package func has(_ key: String) -> Bool { setting(key) != nil }

  /// Where the value of a key stands; where it is not given, the map itself.
  package func position(of key: String) -> SourcePosition { setting(key)?.position ?? position }

  /// A fault that only the caller can see, at the value of a key.
  package func fail(_ id: String, at key: String, _ message: String, hint: String? = nil) {
    log.diagnostics.append(Diagnostic(.error, id, at: position(of: key), message, hint: hint))
  }

  /// A reader for the map under a key; for an empty map where the key is not given or holds no map.
  package func reader(_ key: String) -> SettingsReader {
    let node = setting(key) ?? Setting(.map([]), at: position)
    return SettingsReader(node, path: full(key), log: log)
  }

  /// Readers for all entries of the map under a key, by name, in the order written; empty where it is not given.
  package func readers(_ key: String) -> [(name: String, position: SourcePosition, reader: SettingsReader)] {
    reader(key).entries.map { entry in
      (entry.key, entry.keyPosition, SettingsReader(entry.value, path: full(key) + "." + entry.key, log: log))
    }
  }

  /// Reports the keys that no one asked for, each with the nearest one that is known.
  ///
  /// - Returns: Everything wrong, as `diagnostics`.
  @discardableResult
  package func finish() -> [Diagnostic] {
    for entry in entries where !asked.contains(entry.key) {
      let place = path.isEmpty ? "the file" : "'\(path)'"
      log.diagnostics.append(
        Diagnostic(
          .error, "settings.unknown-key", at: entry.keyPosition, "\(place) has no setting '\(entry.key)'",
          hint: nearestHint(to: entry.key, among: asked)))
    }
    return diagnostics
  }

  // MARK: For the readers of values

  func full(_ key: String) -> String { path.isEmpty ? key : path + "." + key }

  func wrong(_ key: String, _ setting: Setting, _ rule: String, id: String = "settings.wrong-type", hint: String? = nil)
  {
    log.diagnostics.append(
      Diagnostic(
        .error, id, at: setting.position, "'\(full(key))' is \(rule), and \(setting.found) was found", hint: hint))
  }

  func missing(_ key: String, _ rule: String) {
    let place = path.isEmpty ? "the file" : "'\(path)'"
    log.diagnostics.append(
      Diagnostic(
        .error, "settings.missing", at: position, "\(place) needs '\(key)': \(rule)",
        hint: nearestName(to: key, among: entries.map(\.key)).map { "did you mean it by '\($0)'?" }))
  }

  func record(_ key: String, _ value: Setting.Value, given setting: Setting?) {
    log.recorded.append(
      Recorded(key: full(key), value: Setting(value, at: setting?.position ?? position), isGiven: setting != nil))
  }
}

extension Setting {
  /// What stands here, in a few words, for messages.
  package var found: String {
    switch value {
    case .scalar("", quoted: false): "nothing"
    case .scalar(let text, quoted: false): "'\(text.prefix(60))'"
    case .scalar(let text, quoted: true): "the text \"\(text.prefix(60))\""
    case .list(let items): items.isEmpty ? "an empty list" : "a list"
    case .map(let entries): entries.isEmpty ? "an empty map" : "a map"
    }
  }

  /// As JSON: unquoted numbers and truths as such, null where nothing stands, keys in the order written.
  package var json: String {
    switch value {
    case .list(let items): return "[" + items.map(\.json).joined(separator: ",") + "]"
    case .map(let entries):
      return "{" + entries.map { jsonString($0.key) + ":" + $0.value.json }.joined(separator: ",") + "}"
    case .scalar(let text, let quoted):
      if isNull { return "null" }
      if quoted { return jsonString(text) }
      if let truth = strictTruth(text) { return truth ? "true" : "false" }
      if isJSONNumber(text) { return text }
      return jsonString(text)
    }
  }
}

/// JSON takes fewer spellings than a setting: no plus, no leading zero, digits on both sides of the point.
private func isJSONNumber(_ text: String) -> Bool {
  guard strictNumber(text) != nil, !text.hasPrefix("+") else { return false }
  let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
  if digits.hasPrefix(".") { return false }
  if digits.hasPrefix("0"), let second = digits.dropFirst().utf8.first, (0x30...0x39).contains(second) { return false }
  let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
  return parts.count < 2 || parts[1].utf8.first.map { (0x30...0x39).contains($0) } ?? false
}
