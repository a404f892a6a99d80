import Diagnostics
import Settings

/// Readers of settings. Each records what it understood, reports what it did not, and then gives the standard value, so
/// that reading goes on and later errors are seen too.
extension Groundwork {
  /// The setting as written; nil where it is absent or null.
  func setting(_ key: String) -> Setting? {
    guard let setting = input.settings[key], !setting.isNull else { return nil }
    return setting
  }

  /// Where a setting's value stands, or the analysis where it is not given.
  func position(of key: String) -> SourcePosition { setting(key)?.position ?? input.position }

  private mutating func bad(_ key: String, _ setting: Setting, needs rule: String) {
    fail("analysis.bad-setting", at: setting.position, "'\(key)' is \(rule), and \(setting.found) was found")
  }

  mutating func text(_ key: String, standard: String? = nil, _ rule: String = "one text") -> String? {
    guard let setting = setting(key) else {
      record(key, standard.map { .text($0) } ?? .none)
      return standard
    }
    guard case .scalar(let text, _) = setting.value, !text.isEmpty else {
      bad(key, setting, needs: rule)
      return standard
    }
    record(key, .text(text))
    return text
  }

  mutating func choice(_ key: String, among options: [String], standard: String) -> String {
    guard let text = text(key, standard: standard, "one of " + quotedList(options)) else { return standard }
    guard options.contains(text) else {
      fail(
        "analysis.unknown-choice", at: position(of: key),
        "'\(key)' is one of \(quotedList(options)), and '\(text)' was found",
        hint: nearestName(to: text, among: options).map { "did you mean '\($0)'?" })
      return standard
    }
    return text
  }

  mutating func integer(_ key: String, standard: Int, in range: ClosedRange<Int>) -> Int {
    record(key, .integer(standard))
    guard let setting = setting(key) else { return standard }
    guard case .scalar(let text, quoted: false) = setting.value, let value = strictInteger(text), range.contains(value)
    else {
      bad(
        key, setting,
        needs: "a whole number \(words(range.lowerBound, range.upperBound, isOpen: range.upperBound == .max))")
      return standard
    }
    record(key, .integer(value))
    return value
  }

  mutating func number(_ key: String, standard: Double?, in range: ClosedRange<Double>) -> Double? {
    record(key, standard.map { .number($0) } ?? .none)
    guard let setting = setting(key) else { return standard }
    guard case .scalar(let text, quoted: false) = setting.value, let value = strictNumber(text), range.contains(value)
    else {
      bad(
        key, setting,
        needs:
          "a number \(words(range.lowerBound, range.upperBound, isOpen: range.upperBound >= .greatestFiniteMagnitude))")
      return standard
    }
    record(key, .number(value))
    return value
  }

  mutating func truth(_ key: String, standard: Bool) -> Bool {
    record(key, .truth(standard))
    guard let setting = setting(key) else { return standard }
    guard case .scalar(let text, quoted: false) = setting.value, let value = strictTruth(text) else {
      bad(key, setting, needs: "true or false")
      return standard
    }
    record(key, .truth(value))
    return value
  }

  /// A list of texts, or a single text; nil where the setting is not given. Repeated names are errors.
  mutating func texts(_ key: String) -> [Named]? {
    guard let setting = setting(key) else {
      record(key, .none)
      return nil
    }
    guard let names = names(in: setting, of: key) else { return nil }
    record(key, .list(names.map { .text($0.name) }))
    return names
  }

  /// A name in the settings and where it stands.
  struct Named: Sendable, Hashable {
    var name: String
    var position: SourcePosition
  }

  /// The texts of a list or scalar, each once.
  mutating func names(in setting: Setting, of key: String) -> [Named]? {
    let items: [Setting]
    switch setting.value {
    case .list(let list): items = list
    case .scalar: items = [setting]
    case .map:
      bad(key, setting, needs: "a list of names")
      return nil
    }
    var result: [Named] = []
    for item in items {
      guard case .scalar(let text, _) = item.value, !item.isNull else {
        bad(key, item, needs: "a list of names")
        continue
      }
      if result.contains(where: { $0.name == text }) {
        fail("analysis.repeated-name", at: item.position, "'\(key)' names each once, and '\(text)' was found twice")
      } else {
        result.append(Named(name: text, position: item.position))
      }
    }
    return result
  }

  /// The entries of a map; nil where the setting is not given. Keys outside `known` are errors.
  mutating func map(_ key: String, known: [String]? = nil) -> [Setting.Entry]? {
    guard let setting = setting(key) else {
      record(key, .none)
      return nil
    }
    guard case .map(let entries) = setting.value else {
      bad(key, setting, needs: known.map { "a map with the keys " + quotedList($0) } ?? "a map")
      return nil
    }
    record(key, setting.printed)
    guard let known else { return entries }
    for entry in entries where !known.contains(entry.key) {
      fail(
        "analysis.unknown-setting", at: entry.keyPosition, "'\(key)' has no setting '\(entry.key)'",
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
  /// In a few words, for messages.
  fileprivate var found: String {
    switch value {
    case .scalar("", _): "nothing"
    case .scalar(let text, quoted: false): "'\(text)'"
    case .scalar(let text, quoted: true): "the text \"\(text)\""
    case .list(let items): items.isEmpty ? "an empty list" : "a list"
    case .map: "a map"
    }
  }

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

private func words<N: Numeric>(_ low: N, _ high: N, isOpen: Bool) -> String {
  isOpen ? "of \(low) or more" : "from \(low) to \(high)"
}
