import Diagnostics
import Settings

/// Readers of settings. Each records what it understood, reports what it did not, and then gives the standard value, so
/// that reading goes on and later errors are seen too.
extension Groundwork {
  /// The setting as written; nil where it is absent or null.
  func setting(_ key: String) -> Setting? { reader.setting(key) }

  /// Where a setting's value stands, or the analysis where it is not given.
  func position(of key: String) -> SourcePosition { setting(key)?.position ?? input.position }

  /// Reports a setting of the wrong shape where only the caller can see it.
  mutating func bad(_ key: String, at position: SourcePosition, _ rule: String) {
    fail("settings.wrong-type", at: position, "'\(reader.path).\(key)' is \(rule)")
  }

  mutating func text(_ key: String, standard: String? = nil) -> String? {
    let given = reader.string(key)
    let text = given?.isEmpty == false ? given : standard
    record(key, text.map { .text($0) } ?? .none)
    return text
  }

  mutating func choice(_ key: String, among options: [String], standard: String) -> String {
    let choice = reader.choice(key, of: options, default: standard)
    record(key, .text(choice))
    return choice
  }

  mutating func integer(_ key: String, standard: Int, in range: ClosedRange<Int>) -> Int {
    let value = reader.integer(key, default: standard, in: range)
    record(key, .integer(value))
    return value
  }

  mutating func number(_ key: String, standard: Double?, in range: ClosedRange<Double>) -> Double? {
    let value = reader.number(key, in: range) ?? standard
    record(key, value.map { .number($0) } ?? .none)
    return value
  }

  mutating func truth(_ key: String, standard: Bool) -> Bool {
    let value = reader.truth(key, default: standard)
    record(key, .truth(value))
    return value
  }

  /// A name in the settings and where it stands.
  struct Named: Sendable, Hashable {
    var name: String
    var position: SourcePosition
  }

  /// A list of texts, or a single text; nil where the setting is not given. Repeated names are errors.
  mutating func texts(_ key: String) -> [Named]? {
    guard setting(key) != nil else {
      record(key, .none)
      return nil
    }
    let names = unique(reader.texts(key).map { Named(name: $0.text, position: $0.position) }, key)
    record(key, .list(names.map { .text($0.name) }))
    return names
  }

  /// The same for a list inside a map.
  mutating func names(in setting: Setting, of key: String) -> [Named] {
    let entry = Setting.Entry(key: key, keyPosition: setting.position, value: setting)
    let inner = SettingsReader(Setting(.map([entry]), at: setting.position), at: reader.path)
    let names = inner.texts(key).map { Named(name: $0.text, position: $0.position) }
    problems.add(contentsOf: inner.diagnostics)
    return unique(names, key)
  }

  private mutating func unique(_ names: [Named], _ key: String) -> [Named] {
    var seen = Set<String>()
    return names.filter { named in
      if seen.insert(named.name).inserted { return true }
      fail(
        "settings.repeated-name", at: named.position, "'\(key)' names each once, and '\(named.name)' was found twice")
      return false
    }
  }

  /// The entries of a map; nil where the setting is not given. Keys outside `known` are errors.
  mutating func map(_ key: String, known: [String]? = nil) -> [Setting.Entry]? {
    guard let setting = setting(key) else {
      record(key, .none)
      return nil
    }
    record(key, setting.printed)
    let entries = reader.map(key)
    guard let known else { return entries }
    for entry in entries where !known.contains(entry.key) {
      fail(
        "settings.unknown-key", at: entry.keyPosition, "'\(reader.path).\(key)' has no setting '\(entry.key)'",
        hint: nearestHint(to: entry.key, among: known))
    }
    return entries.filter { known.contains($0.key) }
  }

  /// A setting of the contract that this version accepts and does not act on: the study builds, and says so.
  mutating func notComputed(_ key: String, _ consequence: String) {
    guard let setting = setting(key) else { return record(key, .none) }
    record(key, setting.printed)
    if case .scalar("false", quoted: false) = setting.value { return }
    cautions.append(Caution("not-computed", "'\(key)' is not computed yet; \(consequence)"))
  }
}

extension Setting {
  /// As it is printed with the method: plain scalars as numbers and truths where they are.
  var printed: SettingValue {
    switch value {
    case .scalar(let text, quoted: true): .text(text)
    case .scalar(let text, quoted: false):
      if isNull {
        .none
      } else if let number = strictInteger(text) {
        .integer(number)
      } else if let number = strictNumber(text) {
        .number(number)
      } else if let truth = strictTruth(text) {
        .truth(truth)
      } else {
        .text(text)
      }
    case .list(let items): .list(items.map(\.printed))
    case .map(let entries): .map(entries.map { Method.NamedSetting($0.key, $0.value.printed) })
    }
  }
}

func quotedList(_ names: [String]) -> String { names.map { "'\($0)'" }.joined(separator: ", ") }
