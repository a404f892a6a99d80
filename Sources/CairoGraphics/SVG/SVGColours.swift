import Graphics

/// The colours of one SVG: each one of the theme is a class and a variable of its own, so that the file follows a dark page.
///
/// Every mark also carries the light colour as a plain attribute. It shows where style sheets are refused (a strict
/// content policy) or unknown (drawing programs); the class wins wherever style sheets work.
struct SVGColours {
  private let prefix: String
  private var places: [Colour: Int] = [:]
  private var used: [Use] = []

  private struct Use {
    var colour: Colour
    var variable: String
    var fills = false
    var strokes = false
  }

  init(prefix: String) { self.prefix = prefix }

  /// The class that fills, to be written with the light colour beside it.
  mutating func fill(_ colour: Colour) -> String {
    let place = place(of: colour)
    used[place].fills = true
    return "\(prefix)f\(place)"
  }

  mutating func stroke(_ colour: Colour) -> String {
    let place = place(of: colour)
    used[place].strokes = true
    return "\(prefix)s\(place)"
  }

  private mutating func place(of colour: Colour) -> Int {
    if let place = places[colour] { return place }
    let name = "--vm-" + safe(colour.name)
    // Two colours of one name but different values stay two variables.
    var variable = name
    var number = 2
    while used.contains(where: { $0.variable == variable }) {
      variable = "\(name)-\(number)"
      number += 1
    }
    places[colour] = used.count
    used.append(Use(colour: colour, variable: variable))
    return used.count - 1
  }

  /// Dark values hold on screens only: paper is white.
  func style(root: String) -> String {
    var rules = "#\(root){color-scheme:light dark}"
    var dark = ""
    for (place, use) in used.enumerated() {
      let value = "var(\(use.variable),\(use.colour.light.hex))"
      if use.fills { rules += ".\(prefix)f\(place){fill:\(value)}" }
      if use.strokes { rules += ".\(prefix)s\(place){stroke:\(value)}" }
      dark += "\(use.variable):\(use.colour.dark.hex);"
    }
    return rules + "@media screen and (prefers-color-scheme:dark){#\(root){\(dark)}}"
  }
}

/// Letters, digits and hyphens: what may stand in an id or the name of a variable.
func safe(_ name: String) -> String {
  let bytes = name.utf8.map { byte in
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
      byte
    default: UInt8(ascii: "-")
    }
  }
  return String(decoding: bytes, as: UTF8.self)
}
