import Formats
import ValueModels

extension Findings {
  /// Whom the cases are, as a plural: what the method's setting `base_of` says, else customers where the first table holds
  /// transactions, else respondents. Foot lines and figures call them the same.
  var caseNoun: String {
    switch setting("base_of")?.text {
    case let noun?: noun
    case nil: data.first?.source == .transactions ? "customers" : "respondents"
    }
  }
}

extension Language {
  /// A share in whole per cent; with a decimal where it is under 1%, or so near to the whole that it would read 100%.
  /// What exists is never printed as 0%, what lacks something never as 100%: below and beyond stand "<0.1%" and ">99.9%".
  ///
  /// - Parameter fraction: 1 is the whole.
  func share(_ fraction: Double) -> String {
    let size = fraction.magnitude
    if size > 0, size < 0.0005 { return "<" + percent(0.001, decimals: 1) }
    if size < 1, size >= 0.9995 { return ">" + percent(0.999, decimals: 1) }
    let isFine = (size > 0 && size < 0.01) || (size >= 0.995 && size < 1)
    return percent(fraction, decimals: isFine ? 1 : 0)
  }
}
