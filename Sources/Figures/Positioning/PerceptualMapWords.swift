import Formats
import Graphics

/// What the map says in words: the title that states the finding, how to read it, and the text for those who cannot
/// see it.
struct PerceptualMapWords {
  let map: PerceptualMap
  let language: Language
  let poles: [AxisPoles]
  /// What a figure of movements says beside.
  var movement: MovementWords?

  init(_ map: PerceptualMap, _ language: Language) {
    self.map = map
    self.language = language
    poles = map.plane.dimensions.prefix(map.isLine ? 1 : 2).map { map.poles($0) }
  }

  /// Who is seen most like our brand, where the plane and all dimensions agree on it; else what tells brands apart.
  /// Other planes are drawn for their third dimension, so they say what that one shows.
  var title: String {
    if let movement { return movement.title }
    // What may be chance is no headline.
    if map.showsNoStructure { return "The map shows no more than chance would" }
    guard map.plane == .firstAndSecond else { return thirdTitle ?? plainTitle }
    return neighbourTitle ?? contrastTitle ?? pairTitle ?? plainTitle
  }

  private var thirdTitle: String? {
    guard let third = poles.last else { return nil }
    let ends = [third.high, third.low].map { language.list($0.leading) }.filter { !$0.isEmpty }
    return ends.isEmpty ? nil : "The third dimension: \(ends.joined(separator: " against "))"
  }

  /// A scaled map without a brand of ours: the pair least unlike in the data, where the map puts them next to each other.
  private var pairTitle: String? {
    guard map.isScaled, map.brands.count > 3, map.mostAlike.count == 2,
      let a = map.brands.first(where: { $0.name == map.mostAlike[0] }),
      let b = map.brands.first(where: { $0.name == map.mostAlike[1] }),
      map.neighbours(of: a, plane: true).first?.place.name == b.name
        || map.neighbours(of: b, plane: true).first?.place.name == a.name
    else { return nil }
    return "\(a.label) and \(b.label) are seen most alike"
  }

  private var plainTitle: String {
    if map.isOfAnswers { return "How answers to \(count(map.variables.count, "question")) go together" }
    return map.attributes.isEmpty
      ? "How \(count(map.brands.count, "brand")) are seen"
      : "How \(count(map.brands.count, "brand")) are seen on \(count(map.attributes.count, "attribute"))"
  }

  /// The one or two brands nearest to ours; empty where what the map shows and what the data say differ.
  var nearest: [String] {
    guard map.showsDistances, let own = map.ownBrand, !own.isSupplementary, map.brands.count > 3 else { return [] }
    let all = map.neighbours(of: own, plane: false)
    let shown = map.neighbours(of: own, plane: true)
    guard let first = all.first, shown.prefix(3).contains(where: { $0.place.name == first.place.name }) else {
      return []
    }
    var names = [first.place.label]
    if all.count > 2, all[1].distance <= 1.35 * first.distance,
      shown.prefix(4).contains(where: { $0.place.name == all[1].place.name })
    {
      names.append(all[1].place.label)
    }
    return names
  }

  private var neighbourTitle: String? {
    guard let own = map.ownBrand else { return nil }
    let names = nearest
    guard !names.isEmpty else { return nil }
    return "\(language.list(names)) \(names.count == 1 ? "is" : "are") seen most like \(own.label)"
  }

  private var contrastTitle: String? {
    guard let first = poles.first else { return nil }
    // Answers are phrases, with commas and 'and' of their own.
    func named(_ end: AxisPoles.End) -> String {
      language.list(map.isOfAnswers ? end.leading.map { "“\($0)”" } : end.leading)
    }
    let (low, high) = (named(first.low), named(first.high))
    switch (low.isEmpty, high.isEmpty) {
    case (false, false): return "The main contrast: \(high) against \(low)"
    case (true, false): return "The main difference: \(high)"
    case (false, true): return "The main difference: \(low)"
    case (true, true): return nil
    }
  }

  private func count(_ number: Int, _ noun: String) -> String {
    "\(language.number(Double(number))) \(noun)\(number == 1 ? "" : "s")"
  }

  /// What is drawn, and how much of the differences it shows.
  var subtitle: String {
    if map.isOfAnswers {
      let answers = count(map.attributes.count, "answer") + " to " + count(map.variables.count, "question")
      let all = map.brands.isEmpty ? answers : "\(count(map.brands.count, "brand")) and \(answers)"
      return all + (shown.map { "; the map shows \($0) of how they go together" } ?? "")
    }
    if let movement { return movement.subtitle }
    var text = count(map.brands.count, "brand")
    if !map.attributes.isEmpty { text += " and \(count(map.attributes.count, "attribute"))" }
    if let stress = map.stress {
      text += ", placed by how unlike they are; stress \(language.number(stress, decimals: 2))"
    }
    if let shown {
      text += map.isLine ? " on the one dimension there is" : "; the map shows \(shown) of what tells them apart"
    }
    return text
  }

  private var shown: String? {
    let cumulative = map.plane.dimensions.prefix(map.isLine ? 1 : 2)
      .compactMap { $0 < map.dimensions.count ? map.dimensions[$0].percent : nil }.reduce(0, +)
    return cumulative > 0 ? language.percent(cumulative / 100) : nil
  }

  /// The title for the picture: a line that starts with a name in another direction still runs the language's way.
  var drawnTitle: String {
    let turns = title.unicodeScalars.contains { (0x590...0x8FF).contains($0.value) }
    return turns ? (language.direction == .rightToLeft ? "\u{200F}" : "\u{200E}") + title : title
  }

  /// In at most 150 characters.
  var alt: String {
    if map.isOfAnswers { return shortened("Map of \(count(map.attributes.count, "answer")): \(title)", to: 150) }
    if movement != nil { return shortened("Map of movements: \(title)", to: 150) }
    let kind = map.isLine ? "Brands on a line" : "Perceptual map of \(count(map.brands.count, "brand"))"
    return shortened("\(kind): \(title)", to: 150)
  }

  var description: [String] {
    var out: [String] = movement?.description ?? []
    if map.isScaled {
      out.append("Only distances between brands count; the axes have no meaning of their own.")
    }
    for (d, ends) in poles.enumerated() where !map.isScaled {
      let dimension = map.plane.dimensions[d]
      let percent = dimension < map.dimensions.count ? map.dimensions[dimension].percent : nil
      var text = d == 0 ? "The horizontal axis" : "The vertical axis"
      if map.plane != .firstAndSecond { text += " (dimension \(dimension + 1))" }
      if let percent { text += " shows \(language.percent(percent / 100)) of the differences" }
      let (low, high) = d == 0 ? ("left", "right") : ("below", "above")
      var sides: [String] = []
      if !ends.low.names.isEmpty { sides.append("\(language.list(ends.low.names)) \(d == 0 ? "on the " : "")\(low)") }
      if !ends.high.names.isEmpty {
        sides.append("\(language.list(ends.high.names)) \(d == 0 ? "on the " : "")\(high)")
      }
      if !sides.isEmpty { text += (percent == nil ? " has " : ", with ") + sides.joined(separator: " and ") }
      out.append(text + ".")
    }
    if map.isFocused, map.plane == .firstAndSecond, let own = map.ownBrand {
      out.append("The map is turned so that it shows \(own.label) \(extent(own)).")
    }
    out.append(extremes)
    if map.showsNoStructure {
      out.append("The map shows no more than chance would: its differences are not to be relied on.")
    } else if map.pValue != nil {
      out.append("The map shows more than chance.")
    }
    if map.showsDistances, let own = map.ownBrand {
      let near = map.neighbours(of: own, plane: true).prefix(3).map(\.place.label)
      if !near.isEmpty { out.append("Nearest to \(own.label) on the map: \(language.list(Array(near))).") }
    }
    let poor = map.brands.filter(\.isPoorlyShown).map(\.label)
    if poor.count > 12 {
      out.append("For \(count(poor.count, "brand")) the map shows less than half of what sets them apart.")
    } else if !poor.isEmpty {
      out.append("The map shows less than half of what sets apart \(language.list(poor)).")
    }
    return out
  }

  /// How far a turned map shows the brand it is turned to: one without a say in the map may lie beside all dimensions.
  func extent(_ own: PerceptualMap.Place) -> String {
    (own.quality ?? 1) > 0.9995 ? "whole" : "as fully as can be"
  }

  private var extremes: String {
    func most(_ key: (PerceptualMap.Place) -> Double) -> String {
      let places = map.brands.isEmpty ? map.attributes : map.brands
      return places.enumerated().max { (key($0.element), -$0.offset) < (key($1.element), -$1.offset) }?.element.label
        ?? ""
    }
    let sideways = "Farthest left stands \(most { -$0.x }), farthest right \(most(\.x))"
    return map.isLine ? sideways + "." : sideways + ", highest \(most(\.y)), lowest \(most { -$0.y })."
  }

  /// How to read it: what distance, angle and projection mean under the scaling used.
  var reading: String {
    if let movement { return movement.reading }
    if map.isScaled {
      return
        "Brands close together are seen alike, and the farther apart the more unlike. Only distances count: left and"
        + " right, above and below mean nothing, and the map might as well be turned."
    }
    guard !map.attributes.isEmpty else { return "Brands close together are seen alike." }
    if map.isOfAnswers {
      let answers =
        "Answers close together are given by the same people; the farther from the centre, the more an answer sets its people"
        + " apart."
      return map.brands.isEmpty
        ? answers
        : answers + " A brand lies toward the answers that are given for it more often than for the others."
    }
    let near = "Brands close together are seen alike."
    switch (map.scaling, map.method) {
    case (.symmetric?, _):
      return near + " So are attributes close together. The distance between a brand and an attribute means nothing;"
        + " a brand stands out on the attributes that lie in its direction from the centre."
    case (.attributePrincipal?, "principal-components"), (.attributePrincipal?, "discriminant"):
      return "Arrows that point the same way go together, opposite ones exclude each other, right angles have nothing"
        + " to do with one another. A brand is the stronger on an attribute the farther it lies in its arrow's direction."
        + " Distances between brands are not to scale."
    case (.attributePrincipal?, _):
      return
        "Attributes close together are tied to the same brands. A brand's line points to the attributes on which it"
        + " stands out; the longer it is, the more the brand makes of the map. Distances between brands mean nothing."
    case (_, "principal-components"), (_, "discriminant"):
      return near + " Drop a brand at a right angle onto an attribute's line: the farther out in the arrow's direction,"
        + " the higher its score, beyond the centre the lower. How near a brand is to a tip means nothing."
    default:
      return near + " Drop a brand at a right angle onto an attribute's line: the farther out in the arrow's direction,"
        + " the more it stands out on it, beyond the centre the less. How near a brand is to a tip means nothing."
    }
  }
}

/// What Kruskal (1964) calls a stress-1 of this size: up to 0.025 excellent, 0.05 good, 0.10 fair, above poor from 0.20 on; between
/// the last two he has no word, so it is called mediocre.
func kruskalVerdict(_ stress: Double) -> String {
  stress <= 0.025 ? "excellent" : stress <= 0.05 ? "good" : stress <= 0.1 ? "fair" : stress <= 0.2 ? "mediocre" : "poor"
}

/// Text of at most `limit` characters, cut at a word.
func shortened(_ text: String, to limit: Int) -> String {
  guard text.count > limit else { return text }
  var out = ""
  for word in text.split(separator: " ") {
    let longer = out.isEmpty ? String(word) : out + " " + word
    if longer.count > limit - 1 { break }
    out = longer
  }
  return (out.isEmpty ? String(text.prefix(limit - 1)) : out) + "…"
}
