import Graphics
import ValueModels

/// The figures of positioning statements: all cards, and one a segment.
package enum CardFigures {
  /// Cards that one picture holds; each has a figure of its own besides.
  static let limit = 12

  package static func offered(_ findings: Findings) -> [FigureKind] {
    let cards = PositioningCard.all(findings)
    guard !cards.isEmpty else { return [] }
    let all = FigureKind("card", caption: "What we promise, to whom, against whom") { context throws(NothingToDraw) in
      try CardSheet(context, slug: nil).figure
    }
    return [all]
      + cards.map { card in
        let slug = card.slug
        return FigureKind("card-\(slug)", caption: "What we promise: \(card.segment)") {
          context throws(NothingToDraw) in
          try CardSheet(context, slug: slug).figure
        }
      }
  }
}

/// One statement as its card shows it. An empty text is an empty slot.
struct PositioningCard {
  struct Claim {
    var attribute: String
    var brand: String
    var rank: Int
    var brands: Int
    var isAhead: Bool
    var leader: String
    /// The attribute's direction on the map.
    var direction: (x: Double, y: Double)
  }

  var segment: String
  var slug: String
  var brand: String
  var benefit: String
  var bases: [String]
  var alternative: String
  var statement: String
  var category: String
  /// The slots that stand in rows: their word and their text.
  var rows: [(word: String, text: String)]
  var claim: Claim?
  /// Faults the table of lint holds for this segment.
  var faults: Int

  static func all(_ findings: Findings) -> [Self] {
    guard let table = findings.table("statements") else { return [] }
    let (lint, claims) = (findings.table("lint")?.texts("segment") ?? [], claims(findings))
    let names = ["segment", "slug", "brand", "benefit", "basis", "alternative", "statement", "category"]
    let columns = names.map { table.texts($0) }
    let slots = [
      ("For", "target"), ("Need", "need"), ("Pain", "pain_point"), ("Unlike", "alternative"),
      ("We differ", "difference"), ("Proof", "proof"),
    ].map { ($0.0, table.texts($0.1)) }
    return table.rows.indices.compactMap { row in
      func text(_ column: [String]) -> String { row < column.count ? column[row] : "" }
      let values = columns.map(text)
      guard !values[0].isEmpty, !values[1].isEmpty else { return nil }
      return Self(
        segment: values[0], slug: values[1], brand: values[2], benefit: values[3],
        bases: values[4].split(separator: ",").map { $0.split(separator: " ").joined() }, alternative: values[5],
        statement: values[6], category: values[7], rows: slots.map { ($0.0, text($0.1)) }, claim: claims[values[0]],
        faults: lint.count { $0 == values[0] })
    }
  }

  private static func claims(_ findings: Findings) -> [String: Claim] {
    guard let table = findings.table("claims") else { return [:] }
    let texts = ["segment", "attribute", "brand", "leader"].map { table.texts($0) }
    let numbers = ["rank", "brands", "x", "y"].map { table.numbers($0) }
    let ahead = table.values("ahead")
    var claims: [String: Claim] = [:]
    for row in table.rows.indices {
      let words = texts.compactMap { row < $0.count ? $0[row] : nil }
      let values = numbers.compactMap { row < $0.count ? $0[row] : nil }
      guard words.count == texts.count, values.count == numbers.count, values.allSatisfy(\.isFinite),
        let rank = Int(exactly: values[0]), let brands = Int(exactly: values[1])
      else { continue }
      claims[words[0]] = Claim(
        attribute: words[1], brand: words[2], rank: rank, brands: brands,
        isAhead: row < ahead.count && ahead[row] == .truth(true), leader: words[3],
        direction: (values[2], values[3]))
    }
    return claims
  }
}
