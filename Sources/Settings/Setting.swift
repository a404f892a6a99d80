import Diagnostics

/// A configuration tree whose every node knows its place: what YAML, front matter or any other notation becomes.
///
/// Scalars stay strings: `no`, `1_000` and `2026-02-30` mean what the reader of the setting says, not what the notation guesses.
package struct Setting: Sendable, Hashable {
  package indirect enum Value: Sendable, Hashable {
    /// `quoted`: written in quotes, so never a number, truth or empty value.
    case scalar(String, quoted: Bool)
    case list([Setting])
    /// In the order written; keys are unique (the parser sees to it).
    case map([Entry])
  }

  package struct Entry: Sendable, Hashable {
    package var key: String
    package var keyPosition: SourcePosition
    package var value: Setting

    package init(key: String, keyPosition: SourcePosition, value: Setting) {
      self.key = key
      self.keyPosition = keyPosition
      self.value = value
    }
  }

  package var value: Value
  package var position: SourcePosition

  package init(_ value: Value, at position: SourcePosition) {
    self.value = value
    self.position = position
  }

  package subscript(key: String) -> Setting? {
    guard case .map(let entries) = value else { return nil }
    return entries.first { $0.key == key }?.value
  }

  /// True for an unquoted empty scalar, `~` or `null`.
  package var isNull: Bool {
    guard case .scalar(let text, quoted: false) = value else { return false }
    return text.isEmpty || text == "~" || text == "null"
  }

  /// The tree without positions, for cache keys: equal text, equal meaning.
  package var canonical: String {
    switch value {
    case .scalar(let text, let quoted): (quoted ? "q" : "s") + jsonString(text)
    case .list(let items): "[" + items.map(\.canonical).joined(separator: ",") + "]"
    case .map(let entries):
      "{" + entries.map { jsonString($0.key) + ":" + $0.value.canonical }.joined(separator: ",") + "}"
    }
  }
}
