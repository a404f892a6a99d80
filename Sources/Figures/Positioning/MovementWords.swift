import Formats
import ValueModels

/// What a figure of movements says.
struct MovementWords {
  private let map: PerceptualMap
  private let language: Language
  private let waves: [String]
  private let base: String
  private let mode: String
  /// How the map itself is read.
  private let mapReading: String

  init(_ map: PerceptualMap, _ context: FigureContext, base reading: String) {
    self.map = map
    language = context.language
    mapReading = reading
    let table = context.findings.table("waves")
    waves = table?.texts("wave") ?? []
    var settings: [String: String] = [:]
    if case .map(let entries)? = context.findings.setting("waves") {
      for entry in entries { settings[entry.name] = entry.value.text }
    }
    base = settings["base"] ?? waves.last ?? ""
    mode = settings["mode"] ?? "projected"
  }

  private func label(_ trail: Trail) -> String { map.brands.first { $0.name == trail.brand }?.label ?? trail.brand }
  private var moved: [Trail] {
    map.trails.filter { $0.hasMoved == true }.enumerated().sorted {
      (-$0.element.distance, $0.offset) < (-$1.element.distance, $1.offset)
    }.map(\.element)
  }
  private var stayed: Int { map.trails.count { $0.hasMoved == false && $0.distance > 0 } }
  private var isTested: Bool { map.trails.contains { $0.hasMoved != nil && $0.distance > 0 } }
  private var first: String { waves.first ?? "" }
  private var last: String { waves.last ?? "" }

  private func count(_ number: Int, _ noun: String) -> String {
    "\(language.number(Double(number))) \(noun)\(number == 1 ? "" : "s")"
  }

  var title: String {
    guard isTested else { return "Where brands stood in \(first) and stand in \(last)" }
    let names = moved.map(label)
    switch names.count {
    case 0: return "No brand has moved beyond chance since \(first)"
    case 1...3: return "\(language.list(names)) \(names.count == 1 ? "has" : "have") moved since \(first)"
    default: return "\(count(names.count, "brand")) have moved since \(first), \(names[0]) the farthest"
    }
  }

  var subtitle: String {
    var text = "\(count(map.brands.count, "brand")) in \(count(waves.count, "wave")), \(first) to \(last)"
    if isTested, stayed > 0, !moved.isEmpty {
      text += "; \(count(stayed, "brand")) stayed where \(stayed == 1 ? "it was" : "they were"), as far as can be told"
    }
    return text
  }

  var notes: [String] {
    var parts: [String] = []
    if isTested {
      parts.append(
        "arrows: from \(first) (ring) to \(last) (dot), where the movement exceeds its "
          + "\(language.percent(map.confidence)) region")
      parts.append("small dots: no movement beyond chance")
    } else {
      parts.append("dashed: from \(first) (ring) to \(last) (dot); not tested")
    }
    switch mode {
    case "stacked": parts.append("one map of all waves")
    case "procrustes": parts.append("a map a wave, turned onto that of \(base)")
    default: parts.append("map of \(base), the other waves placed on it")
    }
    return parts
  }

  var reading: String {
    let ways =
      isTested
      ? "An arrow leads from where a brand was seen to where it is seen now; brands without one have not moved further "
        + "than chance moves them. "
      : "A dashed line joins where a brand was seen and is seen now; whether that is more than chance is not known. "
    return ways + mapReading
  }

  var description: [String] {
    var out: [String] = []
    for trail in moved.prefix(6) {
      guard let start = trail.places.first, let end = trail.places.last else { continue }
      out.append(
        "\(label(trail)) moved \(way(from: start, to: end)) by \(language.number(trail.distance, decimals: 2)) from "
          + "\(start.wave) to \(end.wave).")
    }
    if isTested, stayed > 0 { out.append("\(count(stayed, "brand")) did not move beyond chance.") }
    return out
  }

  /// "right and up"
  private func way(from a: Trail.Stop, to b: Trail.Stop) -> String {
    let (dx, dy) = (b.x - a.x, b.y - a.y)
    var words: [String] = []
    if abs(dx) > 0.4 * abs(dy) { words.append(dx > 0 ? "right" : "left") }
    if abs(dy) > 0.4 * abs(dx) { words.append(dy > 0 ? "up" : "down") }
    return words.joined(separator: " and ")
  }

  func detail(_ trail: Trail, _ place: PerceptualMap.Place) -> String {
    guard trail.distance > 0 else { return "\(place.label): in one wave only" }
    var text = "\(place.label): "
    switch trail.hasMoved {
    case true?: text += "moved by \(language.number(trail.distance, decimals: 2))"
    case false?: text += "no movement beyond chance (\(language.number(trail.distance, decimals: 2)))"
    case nil: text += "\(language.number(trail.distance, decimals: 2)) from \(first), not tested"
    }
    if trail.hasMoved == true, let lower = trail.lower, let upper = trail.upper {
      text += ", between \(language.number(lower, decimals: 2)) and \(language.number(upper, decimals: 2))"
    }
    if let base = place.base { text += "; base \(language.number(base)) in the last wave" }
    return text
  }
}
