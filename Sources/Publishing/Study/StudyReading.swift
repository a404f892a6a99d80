import Diagnostics
import Formats
import Graphics
import Markup
import Settings
import Tables
import ValueModels

extension Study {
  /// Reads `valuemap.yaml`.
  ///
  /// - Returns: The study as far as it could be read, and everything wrong with it.
  package static func read(_ text: String, file: String = "valuemap.yaml") -> (study: Study, diagnostics: [Diagnostic])
  {
    let (root, found) = parseYAML(text, file: file)
    var study = Study()
    guard let root else {
      return (
        study,
        found.isEmpty
          ? [Diagnostic(.error, "study.empty", at: SourcePosition(file: file), "a study has a title")] : found
      )
    }
    let reader = SettingsReader(root)
    if case .map = root.value { study.isReadable = true }
    study.readHead(reader)
    study.readBrand(reader.reader("brand"))
    study.readPrivacy(reader.reader("privacy"))
    var problems = DiagnosticList()
    problems.add(contentsOf: found)
    for entry in reader.map("data") { study.readData(entry, &problems) }
    if let analyses = reader.setting("analyses"), case .map(let entries) = analyses.value {
      for entry in entries { study.readAnalysis(entry, &problems) }
      study.unread = entries.map(\.key).filter { id in !study.analyses.contains { $0.id == id } }
      study.checkNeeds(&problems)
    } else if let analyses = reader.setting("analyses") {
      study.isReadable = false
      problems.add(
        Diagnostic(
          .error, "settings.wrong-type", at: analyses.position,
          "'analyses' is a map of analyses by their ids, and something else was found"))
    }
    problems.add(contentsOf: reader.finish())
    return (study, problems.all)
  }

  private mutating func readHead(_ reader: SettingsReader) {
    title = reader.requiredString("title", "the study's name, printed on every page")
    client = reader.string("client")
    date = reader.day("date")
    let tag = reader.string("language", default: "en-GB")
    if let known = Language(identifier: tag) {
      language = known
    } else {
      reader.fail(
        "study.unknown-language", at: "language", "'language' is a BCP 47 tag, and '\(tag)' is none",
        hint: "for example en-GB, de-CH or ja")
    }
    currency = reader.string("currency", default: defaultCurrency(of: language.identifier))
    isConfidential = reader.truth("confidential", default: true)
    siteURL = reader.string("site_url")
    if let url = siteURL {
      guard url.hasPrefix("https://") || url.hasPrefix("http://"), !url.contains(where: { " \"'<>".contains($0) })
      else {
        reader.fail(
          "study.bad-site-url", at: "site_url",
          "'site_url' is an address that begins with https://, and '\(url)' does not")
        return
      }
      if !url.hasSuffix("/") { siteURL = url + "/" }
    }
  }

  private mutating func readBrand(_ reader: SettingsReader) {
    if let text = reader.string("accent") {
      accent = RGB(text)
      if accent == nil {
        reader.fail(
          "study.bad-colour", at: "accent", "a colour is '#rrggbb', and '\(text)' is none",
          hint: "write accent: \"#0b5fff\", in quotes")
      }
    }
    logo = reader.string("logo")
    logoPosition = reader.position(of: "logo")
    font = reader.string("font", default: "Inter")
    fontPosition = reader.has("font") ? reader.position(of: "font") : nil
    reader.finishQuietly()
  }

  private mutating func readPrivacy(_ reader: SettingsReader) {
    privacy = Privacy(
      minimumBase: reader.integer("minimum_base", default: 30, in: 1...1_000_000),
      suppressBelow: reader.integer("suppress_below", default: 10, in: 1...1_000_000))
    reader.finishQuietly()
  }
}

extension SettingsReader {
  /// Reports unknown keys to the reader this one came from, which prints them all.
  fileprivate func finishQuietly() { _ = finish() }
}

/// The currency of a language's region, for `money(…)` where the study names none.
private func defaultCurrency(of tag: String) -> String {
  let region = tag.split(separator: "-").last { $0.count == 2 && $0 == $0.uppercased() }.map(String.init)
  switch region {
  case "US": return "USD"
  case "AU": return "AUD"
  case "CA": return "CAD"
  case "CH", "LI": return "CHF"
  case "JP": return "JPY"
  case "CN": return "CNY"
  case "IN": return "INR"
  case "BR": return "BRL"
  case "SE": return "SEK"
  case "NO": return "NOK"
  case "DK": return "DKK"
  case "PL": return "PLN"
  case "CZ": return "CZK"
  case "NZ": return "NZD"
  case "ZA": return "ZAR"
  case "KR": return "KRW"
  case "GB": return "GBP"
  case nil where tag.hasPrefix("en"): return "GBP"
  case nil where tag.hasPrefix("ja"): return "JPY"
  default: return "EUR"
  }
}
