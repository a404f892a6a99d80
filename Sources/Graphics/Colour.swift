/// An opaque colour, 8 bits a channel.
package struct RGB: Sendable, Hashable, Codable {
  package var red: UInt8
  package var green: UInt8
  package var blue: UInt8

  package init(_ red: UInt8, _ green: UInt8, _ blue: UInt8) {
    self.red = red
    self.green = green
    self.blue = blue
  }

  /// From 0xRRGGBB.
  package init(hex: UInt32) {
    self.init(UInt8(hex >> 16 & 0xFF), UInt8(hex >> 8 & 0xFF), UInt8(hex & 0xFF))
  }

  /// From `#rgb` or `#rrggbb`; nil for anything else.
  package init?(_ text: String) {
    guard text.hasPrefix("#"), text.dropFirst().utf8.allSatisfy({ $0 < 0x80 }) else { return nil }
    var digits = String(text.dropFirst())
    if digits.count == 3 { digits = digits.map { "\($0)\($0)" }.joined() }
    guard digits.count == 6, digits.allSatisfy(\.isHexDigit), let value = UInt32(digits, radix: 16) else { return nil }
    self.init(hex: value)
  }

  /// `#rrggbb`.
  package var hex: String {
    let value = UInt32(red) << 16 | UInt32(green) << 8 | UInt32(blue)
    let digits = String(value, radix: 16)
    return "#" + String(repeating: "0", count: 6 - digits.count) + digits
  }
}

/// A colour of the theme: what it is for, and how it looks on a light and on a dark page.
/// In SVG it becomes a variable of that name, so one file serves both.
package struct Colour: Sendable, Hashable, Codable {
  /// Letters, digits and hyphens: the name of the variable.
  package var name: String
  package var light: RGB
  package var dark: RGB

  package init(_ name: String, light: RGB, dark: RGB) {
    self.name = name
    self.light = light
    self.dark = dark
  }

  package init(_ name: String, _ light: UInt32, _ dark: UInt32) {
    self.init(name, light: RGB(hex: light), dark: RGB(hex: dark))
  }
}

package struct Paint: Sendable, Hashable {
  package var colour: Colour
  /// 0 (nothing) to 1.
  package var opacity: Double

  package init(_ colour: Colour, opacity: Double = 1) {
    self.colour = colour
    self.opacity = opacity
  }
}

package struct Stroke: Sendable, Hashable {
  package enum Cap: String, Sendable, Hashable { case butt, round, square }

  package var paint: Paint
  /// px
  package var width: Double
  /// Lengths on and off in px; empty for a whole line.
  package var dash: [Double]
  package var cap: Cap

  package init(_ paint: Paint, width: Double = 1, dash: [Double] = [], cap: Cap = .butt) {
    self.paint = paint
    self.width = width
    self.dash = dash
    self.cap = cap
  }

  package init(_ colour: Colour, width: Double = 1, dash: [Double] = [], cap: Cap = .butt) {
    self.init(Paint(colour), width: width, dash: dash, cap: cap)
  }
}
