import FoundationEssentials
import FoundationInternationalization

extension Language {
  /// A day, month or year of the Gregorian calendar in long form: 4 May 2026 · May 2026 · 2026.
  ///
  /// - Parameters:
  ///   - year: 1 to 9999.
  ///   - month: 1 to 12, or 0 where only the year is known.
  ///   - day: 1 to 31, or 0 where only year and month are known.
  /// - Returns: "–" where the calendar has no such day.
  package func date(year: Int, month: Int = 0, day: Int = 0) -> String {
    guard (1...9999).contains(year), (0...12).contains(month), (0...31).contains(day), month > 0 || day == 0 else {
      return "–"
    }
    let parts = DateComponents(year: year, month: max(month, 1), day: max(day, 1))
    guard let date = calendar.date(from: parts), calendar.component(.day, from: date) == max(day, 1) else {
      return "–"
    }
    if month == 0 { return dates.year().format(date) }
    if day == 0 { return dates.month(.wide).year().format(date) }
    return dates.day().month(.wide).year().format(date)
  }

  /// A place in an order: 1st, 2nd · 1er, 2e · 1.
  ///
  /// English, French, Italian, Spanish, Portuguese, Dutch, Swedish, Chinese and Japanese have their own form; other
  /// languages get the number with a full stop.
  package func ordinal(_ place: Int) -> String {
    let digits = number(Double(place), decimals: 0)
    switch primary {
    case "en":
      let two = place.magnitude % 100
      if (11...13).contains(two) { return digits + "th" }
      switch two % 10 {
      case 1: return digits + "st"
      case 2: return digits + "nd"
      case 3: return digits + "rd"
      default: return digits + "th"
      }
    case "fr": return digits + (place.magnitude == 1 ? "er" : "e")
    case "it", "pt": return digits + "º"
    case "es": return digits + ".º"
    case "nl": return digits + "e"
    case "sv":
      let two = place.magnitude % 100
      return digits + ((two % 10 == 1 || two % 10 == 2) && two != 11 && two != 12 ? ":a" : ":e")
    case "zh", "ja": return "第" + digits
    default: return digits + "."
    }
  }

  /// Things told one after the other: "a, b and c". An empty list is an empty text.
  package func list(_ items: [String]) -> String {
    items.formatted(.list(type: .and).locale(locale))
  }
}
