import Formats
import Mustache
import ValueModels

/// What templates need of the study's language.
///
/// A class: every value that a template sees carries it.
package final class TemplateLanguage: Sendable {
  package let language: Language
  /// ISO 4217, for `money(…)`.
  package let currency: String

  package init(_ language: Language, currency: String) {
    self.language = language
    self.currency = currency
  }
}

/// A value as swift-mustache sees it.
struct TemplateNode: MustacheParent, MustacheTransformable, MustacheCustomRenderable {
  let value: TemplateValue
  let language: TemplateLanguage

  init(_ value: TemplateValue, _ language: TemplateLanguage) {
    self.value = value
    self.language = language
  }

  /// The renderer treats arrays and truths by their types, so they leave the wrapper.
  static func bare(_ value: TemplateValue, _ language: TemplateLanguage) -> Any {
    switch value {
    case .list(let items, _): items.map { bare($0, language) }
    case .truth(let truth): truth
    default: TemplateNode(value, language)
    }
  }

  func child(named name: String) -> Any? {
    guard case .object(let object) = value, let child = object[name] else { return nil }
    return Self.bare(child, language)
  }

  var isNull: Bool {
    switch value {
    case .missing: true
    case .text(let text), .html(let text): text.isEmpty
    default: false
    }
  }

  var renderText: String {
    switch value {
    case .text(let text), .html(let text): text
    case .number(let number, let format): language.language.print(number, format)
    case .date(let day): language.language.printDate(day)
    case .truth(let truth): truth ? "yes" : "no"
    case .missing, .object, .list: ""
    }
  }

  func transform(_ name: String) -> Any? {
    switch (name, value) {
    case ("date", .date(let day)): language.language.printDate(day)
    case ("number", .number(let number, _)): language.language.number(number)
    case ("percent", .number(let number, let format)):
      language.language.percent(format == .percent ? number / 100 : number)
    case ("money", .number(let number, _)): language.language.money(number, currency: language.currency)
    case ("signed", .number(let number, _)): language.language.signed(number)
    case ("ordinal", .number(let number, _)):
      abs(number) < 1e15 ? language.language.ordinal(Int(number.rounded())) : language.language.number(number)
    case (_, .missing): self
    default: nil
    }
  }
}

extension Language {
  /// A number of findings in the study's language, as its column or fact means it.
  package func print(_ number: Double, _ format: Format) -> String {
    switch format {
    case .integer: self.number(number, decimals: 0)
    case .share: percent(number, decimals: 0)
    case .percent: percent(number / 100, decimals: 1)
    case .signed: signed(number)
    case .probability: number < 0.001 ? "< " + self.number(0.001) : self.number(number, decimals: 3)
    case .number, .text, .truth: self.number(number)
    }
  }

  /// A date written `2026-05-04`, `2026-05` or `2026` in the study's language.
  package func printDate(_ day: String) -> String {
    let parts = day.split(separator: "-").compactMap { Int($0) }
    guard let year = parts.first else { return day }
    return date(year: year, month: parts.count > 1 ? parts[1] : 0, day: parts.count > 2 ? parts[2] : 0)
  }
}
