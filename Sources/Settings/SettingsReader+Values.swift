import Diagnostics

extension SettingsReader {
  // MARK: Texts

  /// A text, also one that looks like a number; nil where it is not given or is a list or map.
  package func string(_ key: String) -> String? {
    let text = readText(key)
    record(key, .scalar(text ?? "", quoted: text != nil), given: setting(key))
    return text
  }

  package func string(_ key: String, default standard: String) -> String {
    let text = readText(key) ?? standard
    record(key, .scalar(text, quoted: true), given: setting(key))
    return text
  }

  /// A text that must be given; empty where it is not.
  package func requiredString(_ key: String, _ rule: String = "a text") -> String {
    if setting(key) == nil { missing(key, rule) }
    let text = string(key)
    if let text, text.allSatisfy(\.isWhitespace), let setting = setting(key) { wrong(key, setting, rule) }
    return text ?? ""
  }

  private func readText(_ key: String) -> String? {
    guard let setting = setting(key) else { return nil }
    if case .scalar(let text, _) = setting.value { return text }
    wrong(key, setting, "one text")
    return nil
  }

  /// One of a few words.
  package func choice(_ key: String, of options: [String], default standard: String) -> String {
    let choice = readChoice(key, of: options) ?? standard
    record(key, .scalar(choice, quoted: true), given: setting(key))
    return choice
  }

  /// One of a few words; nil where it is not given or none of them.
  package func choice(_ key: String, of options: [String]) -> String? {
    let choice = readChoice(key, of: options)
    record(key, .scalar(choice ?? "", quoted: choice != nil), given: setting(key))
    return choice
  }

  /// One of a few words that must be given; the first of them where it is not.
  package func requiredChoice(_ key: String, of options: [String]) -> String {
    if setting(key) == nil { missing(key, "one of \(quoted(options))") }
    return choice(key, of: options) ?? options.first ?? ""
  }

  private func readChoice(_ key: String, of options: [String]) -> String? {
    guard let setting = setting(key) else { return nil }
    if case .scalar(let text, _) = setting.value, options.contains(text) { return text }
    var hint: String?
    if case .scalar(let text, _) = setting.value {
      hint = nearestName(to: text, among: options).map { "did you mean '\($0)'?" }
    }
    wrong(key, setting, "one of \(quoted(options))", id: "settings.unknown-choice", hint: hint)
    return nil
  }

  private func quoted(_ options: [String]) -> String { options.map { "'\($0)'" }.joined(separator: ", ") }

  /// A list of texts, or one text alone; empty where it is not given.
  package func strings(_ key: String) -> [String] { texts(key).map(\.text) }

  /// As `strings`, each with its place.
  package func texts(_ key: String) -> [(text: String, position: SourcePosition)] {
    var result: [(text: String, position: SourcePosition)] = []
    let setting = setting(key)
    switch setting?.value {
    case .list(let items)?:
      for item in items {
        if case .scalar(let text, _) = item.value, !item.isNull {
          result.append((text, item.position))
        } else {
          wrong(key, item, "a list of texts")
        }
      }
    case .scalar(let text, _)?: result.append((text, setting?.position ?? position))
    case .map?: if let setting { wrong(key, setting, "a list of texts") }
    case nil: break
    }
    record(
      key, .list(result.map { Setting(.scalar($0.text, quoted: true), at: $0.position) }), given: setting)
    return result
  }

  /// As `strings`; reported where it is not given or empty.
  package func requiredStrings(_ key: String, _ rule: String = "a list of texts") -> [String] {
    let result = strings(key)
    switch setting(key) {
    case nil: missing(key, rule)
    case let setting?: if case .list(let items) = setting.value, items.isEmpty { wrong(key, setting, rule) }
    }
    return result
  }

  // MARK: Numbers

  /// A whole number; nil where it is not given or none.
  package func integer(_ key: String, in range: ClosedRange<Int> = Int.min...Int.max) -> Int? {
    let value = readInteger(key, in: range)
    record(key, .scalar(value.map(String.init) ?? "", quoted: false), given: setting(key))
    return value
  }

  package func integer(_ key: String, default standard: Int, in range: ClosedRange<Int> = Int.min...Int.max) -> Int {
    let value = readInteger(key, in: range) ?? standard
    record(key, .scalar(String(value), quoted: false), given: setting(key))
    return value
  }

  /// A whole number that must be given; the least allowed where it is not.
  package func requiredInteger(_ key: String, in range: ClosedRange<Int>) -> Int {
    if setting(key) == nil { missing(key, "a whole number") }
    return integer(key, in: range) ?? range.lowerBound
  }

  private func readInteger(_ key: String, in range: ClosedRange<Int>) -> Int? {
    guard let setting = setting(key) else { return nil }
    guard case .scalar(let text, quoted: false) = setting.value, let value = strictInteger(text) else {
      wrong(key, setting, "a whole number", hint: hintForQuotes(setting))
      return nil
    }
    guard range.contains(value) else {
      let rule = bounds(range.lowerBound, range.upperBound, low: range.lowerBound > .min, high: range.upperBound < .max)
      wrong(key, setting, "a whole number \(rule)", id: "settings.out-of-range")
      return nil
    }
    return value
  }

  /// A finite number; nil where it is not given or none.
  package func number(_ key: String, in range: ClosedRange<Double> = -Double.infinity...Double.infinity) -> Double? {
    let value = readNumber(key, in: range)
    record(key, .scalar(value.map { "\($0)" } ?? "", quoted: false), given: setting(key))
    return value
  }

  package func number(
    _ key: String, default standard: Double, in range: ClosedRange<Double> = -Double.infinity...Double.infinity
  ) -> Double {
    let value = readNumber(key, in: range) ?? standard
    record(key, .scalar("\(value)", quoted: false), given: setting(key))
    return value
  }

  /// A finite number that must be given; the least allowed (or 0) where it is not.
  package func requiredNumber(_ key: String, in range: ClosedRange<Double> = -Double.infinity...Double.infinity)
    -> Double
  {
    if setting(key) == nil { missing(key, "a number") }
    return number(key, in: range) ?? (range.lowerBound.isFinite ? range.lowerBound : 0)
  }

  private func readNumber(_ key: String, in range: ClosedRange<Double>) -> Double? {
    guard let setting = setting(key) else { return nil }
    guard case .scalar(let text, quoted: false) = setting.value, let value = strictNumber(text) else {
      wrong(key, setting, "a number", hint: hintForQuotes(setting))
      return nil
    }
    guard range.contains(value) else {
      let rule = bounds(
        range.lowerBound, range.upperBound, low: range.lowerBound.isFinite, high: range.upperBound.isFinite)
      wrong(key, setting, "a number \(rule)", id: "settings.out-of-range")
      return nil
    }
    return value
  }

  private func bounds<Number>(_ lower: Number, _ upper: Number, low: Bool, high: Bool) -> String {
    if low && high { return "from \(lower) to \(upper)" }
    return low ? "of \(lower) or more" : "of \(upper) or less"
  }

  private func hintForQuotes(_ setting: Setting) -> String? {
    guard case .scalar(let text, quoted: true) = setting.value, strictNumber(text) != nil else { return nil }
    return "write it without quotes"
  }

  // MARK: Truths and days

  /// `true` or `false`; nil where it is not given or neither.
  package func truth(_ key: String) -> Bool? {
    let value = readTruth(key)
    record(key, .scalar(value.map { "\($0)" } ?? "", quoted: false), given: setting(key))
    return value
  }

  package func truth(_ key: String, default standard: Bool) -> Bool {
    let value = readTruth(key) ?? standard
    record(key, .scalar("\(value)", quoted: false), given: setting(key))
    return value
  }

  private func readTruth(_ key: String) -> Bool? {
    guard let setting = setting(key) else { return nil }
    guard case .scalar(let text, quoted: false) = setting.value, let value = strictTruth(text) else {
      var hint: String?
      if case .scalar(let text, _) = setting.value {
        switch text.lowercased() {
        case "yes", "on", "y", "true", "1": hint = "write 'true'"
        case "no", "off", "n", "false", "0": hint = "write 'false'"
        default: break
        }
      }
      wrong(key, setting, "true or false", hint: hint)
      return nil
    }
    return value
  }

  /// A day, month or year (`2026-05-04`, `2026-05`, `2026`); nil where it is not given or not in the calendar.
  package func day(_ key: String) -> CalendarDay? {
    var value: CalendarDay?
    if let setting = setting(key) {
      if case .scalar(let text, _) = setting.value { value = CalendarDay(text) }
      if value == nil {
        wrong(key, setting, "a day of the calendar such as 2026-05-04, a month such as 2026-05, or a year")
      }
    }
    record(key, .scalar(value?.description ?? "", quoted: value != nil), given: setting(key))
    return value
  }

  // MARK: Maps

  /// The entries of a map, in the order written; empty where it is not given or none.
  package func map(_ key: String) -> [Setting.Entry] {
    let setting = setting(key)
    var entries: [Setting.Entry] = []
    if case .map(let found)? = setting?.value {
      entries = found
    } else if let setting {
      wrong(key, setting, "a map of keys and values")
    }
    record(key, .map(entries), given: setting)
    return entries
  }
}
