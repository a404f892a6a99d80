import Formats
import Graphics

/// What stands under the map and at its marks.
extension PerceptualMapWords {
  /// The lines below the picture: sizes, fading, stretching.
  func notes(_ factors: PerceptualMapLayout.Factors) -> [String] {
    var parts: [String] = movement?.notes ?? []
    if map.plane != .firstAndSecond {
      let shown = map.plane.dimensions.map { $0 + 1 }
      parts.append("dimension \(shown[0]) across, dimension \(shown[1]) up")
    }
    if map.isVarimax { parts.append("dimensions 1 and 2 turned by varimax") }
    if map.isFocused, map.plane == .firstAndSecond, let own = map.ownBrand {
      parts.append("turned so that \(own.label) is shown \(extent(own))")
    }
    if let stress = map.stress {
      parts.append(
        "stress (0 for a perfect fit) \(language.number(stress, decimals: 3)), \(kruskalVerdict(stress)) by Kruskal's rule"
      )
    }
    if !map.isScaled, map.dimensions.contains(where: { $0.percent != nil }) {
      parts.append(
        map.isOfAnswers
          ? "percentages at the axes: share of how answers to different questions go together"
          : "percentages at the axes: share of the differences between brands")
    }
    switch map.sizedBy {
    case "mass"?: parts.append("dot area: the brand's share of all answers")
    case "base"?: parts.append(map.isOfAnswers ? "dot area: respondents" : "dot area: answers")
    default: break
    }
    if map.brands.contains(where: \.isSmallBase) { parts.append("open dots: small base") }
    if map.brands.contains(where: \.isPoorlyShown) {
      parts.append("pale: the map shows less than half of what sets the brand apart")
    }
    if map.attributes.contains(where: \.isPoorlyShown), map.attributesAreArrows {
      parts.append("the paler an arrow, the less of the attribute the map shows")
    }
    if (map.brands + map.attributes).contains(where: \.isSupplementary) {
      parts.append(
        "\(map.isOfAnswers ? "open signs" : "diamonds and dashes"): placed afterwards, without a say in the map")
    }
    if map.overlay.contains(where: \.isView) {
      parts.append(
        "rings: \(map.own == nil ? "brands" : "our brand") as single segments see \(map.own == nil ? "them" : "it")")
    }
    if map.variables.contains(where: \.isOrdered) { parts.append("thin lines join answers in their order") }
    if factors.attributes != 1 { parts.append("arrows drawn ×\(language.number(factors.attributes)) their length") }
    if factors.brands != 1 { parts.append("lines of brands drawn ×\(language.number(factors.brands)) their length") }
    if let resamples = map.resamples, map.brands.contains(where: { $0.region != nil }) {
      parts.append(
        "ellipses: \(language.percent(map.confidence)) of \(language.number(resamples)) resamples of respondents")
    }
    if map.showsNoStructure { parts.append("this map shows no more than chance would") }
    guard !parts.isEmpty else { return [] }
    let text = parts.joined(separator: "; ")
    return [text.prefix(1).uppercased() + text.dropFirst() + "."]
  }

  /// What the tooltip of a brand says.
  func detail(_ place: PerceptualMap.Place) -> String {
    if let trail = map.trail(of: place), let movement { return movement.detail(trail, place) }
    var parts = ["x \(signed(place.x))"]
    if !map.isLine { parts.append("y \(signed(place.y))") }
    if let quality = place.quality { parts.append("\(language.percent(quality)) of its position shown") }
    if map.sizedBy == "mass", let mass = place.weight {
      parts.append("\(language.percent(mass, decimals: 1)) of all answers")
    }
    if let base = place.base { parts.append("base \(language.number(base))") }
    if let region = place.region {
      parts.append("± \(signed(region.halfWidth))" + (map.isLine ? "" : " and ± \(signed(region.halfHeight))"))
    }
    if place.isSmallBase { parts.append("small base") }
    if place.isSupplementary { parts.append("supplementary") }
    return "\(place.label): \(parts.joined(separator: ", "))"
  }

  private func signed(_ value: Double) -> String { language.number(value, decimals: 2) }
}
