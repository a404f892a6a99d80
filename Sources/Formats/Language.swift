import FoundationEssentials
import FoundationInternationalization

/// The language of a study: how its numbers, dates and lists are written.
///
/// Everything comes from the Unicode locale data that ships with the compiler's libraries, so the surroundings of the
/// process (locale, time zone, environment) change nothing.
package struct Language: Sendable {
  /// Which way a line of text runs.
  package enum Direction: String, Sendable, Hashable {
    /// As the `dir` attribute of HTML spells it.
    case leftToRight = "ltr"
    case rightToLeft = "rtl"
  }

  /// BCP 47 in its usual letter case, for example `en-GB`: fit for the `lang` attribute of HTML.
  package let identifier: String
  package let direction: Direction

  let locale: Locale
  let numbers: FloatingPointFormatStyle<Double>
  let percents: FloatingPointFormatStyle<Double>.Percent
  let dates: Date.FormatStyle
  let calendar: Calendar

  /// British English, what a study speaks that names no language.
  package static let british = Language(canonical: "en-GB")

  /// - Parameter identifier: A BCP 47 tag such as `en`, `de-CH` or `zh-Hant-TW`, in any letter case.
  /// - Returns: nil where the tag is not well formed, or its language or region is not registered.
  package init?(identifier: String) {
    guard let canonical = canonicalLanguageTag(identifier) else { return nil }
    self.init(canonical: canonical)
  }

  private init(canonical: String) {
    let locale = Locale(identifier: canonical)
    self.identifier = canonical
    self.locale = locale
    // The locale data knows a language's usual script only; a script named in the tag decides.
    let rightToLeftScripts = ["Arab", "Hebr", "Thaa", "Syrc", "Nkoo", "Adlm", "Rohg", "Mand", "Samr"]
    let isRightToLeft =
      locale.language.characterDirection == .rightToLeft
      || canonical.split(separator: "-").dropFirst().contains { rightToLeftScripts.contains(String($0)) }
    direction = isRightToLeft ? .rightToLeft : .leftToRight
    numbers = FloatingPointFormatStyle<Double>(locale: locale).rounded(rule: .toNearestOrAwayFromZero)
    percents = FloatingPointFormatStyle<Double>.Percent(locale: locale).rounded(rule: .toNearestOrAwayFromZero)
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = .gmt
    calendar.locale = locale
    self.calendar = calendar
    dates = Date.FormatStyle(locale: locale, calendar: calendar, timeZone: .gmt)
  }

  /// The language alone, without script and region: `de` of `de-CH`.
  package var primary: String { String(identifier.prefix { $0 != "-" }) }
}

extension Language: Hashable {
  package static func == (a: Self, b: Self) -> Bool { a.identifier == b.identifier }
  package func hash(into hasher: inout Hasher) { hasher.combine(identifier) }
}

/// Checks a tag against RFC 5646 (language, script, region, variants, extensions, private use) and the registered
/// languages and regions.
///
/// - Returns: The tag with its parts in their usual letter case; nil where it is not well formed or not registered.
func canonicalLanguageTag(_ tag: String) -> String? {
  guard tag.utf8.count <= 64 else { return nil }
  let parts = tag.split(separator: "-", omittingEmptySubsequences: false).map(String.init)
  for part in parts where !(1...8).contains(part.utf8.count) || !part.utf8.allSatisfy(isLetterOrDigit) { return nil }
  guard let language = parts.first?.lowercased(), (2...3).contains(language.utf8.count),
    language.utf8.allSatisfy(isLetter), Locale.LanguageCode(language).isISOLanguage
  else { return nil }
  var out = [language]
  var rest = parts.dropFirst()
  if let script = rest.first, script.utf8.count == 4, script.utf8.allSatisfy(isLetter) {
    out.append(script.prefix(1).uppercased() + script.dropFirst().lowercased())
    rest = rest.dropFirst()
  }
  if let region = rest.first?.uppercased(), isRegion(region) {
    guard Locale.Region(region).isISORegion else { return nil }
    out.append(region)
    rest = rest.dropFirst()
  }
  // Variants have five letters or more, or four that begin with a digit.
  while let variant = rest.first, variant.utf8.count >= 5 || (variant.utf8.count == 4 && startsWithDigit(variant)) {
    out.append(variant.lowercased())
    rest = rest.dropFirst()
  }
  // Extensions and private use: a single letter or digit, then at least one part.
  while let single = rest.first, single.utf8.count == 1 {
    out.append(single.lowercased())
    rest = rest.dropFirst()
    let isPrivate = single.lowercased() == "x"
    let body = rest.prefix { isPrivate || $0.utf8.count > 1 }
    guard !body.isEmpty else { return nil }
    out += body.map { $0.lowercased() }
    rest = rest.dropFirst(body.count)
  }
  return rest.isEmpty ? out.joined(separator: "-") : nil
}

private func isRegion(_ part: String) -> Bool {
  (part.utf8.count == 2 && part.utf8.allSatisfy(isLetter)) || (part.utf8.count == 3 && part.utf8.allSatisfy(isDigit))
}
private func startsWithDigit(_ part: String) -> Bool { part.utf8.first.map(isDigit) ?? false }
private func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
private func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }
private func isLetterOrDigit(_ byte: UInt8) -> Bool { isDigit(byte) || isLetter(byte) }
