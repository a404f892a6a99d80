/// The ids of a page's headings.
///
/// The rule: letters and digits of any script are kept, in lower case; blanks, hyphens and underscores become one
/// hyphen; all else is dropped. What is left empty is `section`. `fig-…`, `tbl-…` and `footnote-…` belong to others, so a
/// heading that would get one gets `section-` before it. An id that stands already gets `-2`, `-3`, …
package struct MarkdownAnchors: Sendable {
  private var taken: Set<String>
  /// The last number tried for a name, so that many equal headings stay cheap.
  private var tried: [String: Int] = [:]

  /// - Parameter reserved: Ids that the page has besides its headings.
  package init(reserved: some Sequence<String> = []) { taken = Set(reserved) }

  /// The id of a heading of this text; never the same twice.
  package mutating func anchor(for heading: String) -> String {
    let name = Self.slug(heading)
    if taken.insert(name).inserted { return name }
    var number = tried[name, default: 1]
    repeat { number += 1 } while !taken.insert("\(name)-\(number)").inserted
    tried[name] = number
    return "\(name)-\(number)"
  }

  /// The rule alone, without looking at what stands already.
  package static func slug(_ heading: String) -> String {
    var out = ""
    var pending = false
    for scalar in heading.lowercased().unicodeScalars {
      if isPartOfWord(scalar) {
        if pending, !out.isEmpty { out.append("-") }
        pending = false
        out.unicodeScalars.append(scalar)
      } else if scalar == "-" || scalar == "_" || scalar.properties.isWhitespace
        || scalar.properties.generalCategory == .dashPunctuation
      {
        pending = true
      }
    }
    if out.isEmpty { return "section" }
    return ["fig-", "tbl-", "footnote-"].contains(where: out.hasPrefix) ? "section-" + out : out
  }

  private static func isPartOfWord(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII { return (0x61...0x7A).contains(scalar.value) || (0x30...0x39).contains(scalar.value) }
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .nonspacingMark,
      .spacingMark, .decimalNumber, .letterNumber:
      return true
    default: return false
    }
  }
}
