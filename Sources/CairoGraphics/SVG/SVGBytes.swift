import Graphics

/// SVG text as bytes, numbers in their shortest form.
struct SVGBytes {
  private(set) var bytes: [UInt8] = []

  mutating func put(_ text: String) { bytes.append(contentsOf: text.utf8) }
  mutating func put(_ more: [UInt8]) { bytes += more }

  /// Text content or the value of an attribute in double quotes.
  mutating func escaped(_ text: String) {
    for byte in text.withoutControls.utf8 {
      switch byte {
      case UInt8(ascii: "&"): put("&amp;")
      case UInt8(ascii: "<"): put("&lt;")
      case UInt8(ascii: ">"): put("&gt;")
      case UInt8(ascii: "\""): put("&quot;")
      case UInt8(ascii: "'"): put("&#39;")
      default: bytes.append(byte)
      }
    }
  }

  /// ` name="value"`
  mutating func attribute(_ name: String, _ value: Double) {
    put(" \(name)=\"")
    number(value)
    put("\"")
  }

  /// To 0.01: widths of lines, opacities, lengths.
  mutating func number(_ value: Double) { fixed(Int((value * 100).rounded()), decimals: 2) }

  /// To 0.1: where a text stands.
  mutating func place(_ value: Double) { fixed(Int((value * 10).rounded()), decimals: 1) }

  /// To 0.00001: the scale of a font.
  mutating func fine(_ value: Double) { fixed(Int((value * 100_000).rounded()), decimals: 5) }

  /// `value` / 10^`decimals`, without zeros that say nothing.
  mutating func fixed(_ value: Int, decimals: Int) {
    var digits: [UInt8] = []
    var rest = value.magnitude
    for place in 0..<20 where rest > 0 || place < decimals {
      let digit = UInt8(rest % 10)
      rest /= 10
      if place == decimals, !digits.isEmpty { digits.append(UInt8(ascii: ".")) }
      // Zeros at the end of the fraction are left out.
      if place >= decimals || digit != 0 || !digits.isEmpty { digits.append(48 + digit) }
      if rest == 0, place + 1 == decimals, !digits.isEmpty { digits.append(UInt8(ascii: ".")) }
    }
    if digits.isEmpty {
      bytes.append(48)
      return
    }
    if value < 0 { bytes.append(UInt8(ascii: "-")) }
    bytes.append(contentsOf: digits.reversed())
  }
}

/// Path data in relative commands. Points are rounded before they are subtracted, so that errors do not add up.
///
/// Tenths of a px are enough for geometry: nothing is off by more than a twentieth.
struct SVGPathData {
  private(set) var text = SVGBytes()
  private let decimals: Int
  private let factor: Double
  private var pen: (x: Int, y: Int) = (0, 0)
  private var start: (x: Int, y: Int) = (0, 0)

  init(decimals: Int) {
    self.decimals = decimals
    factor = decimals == 0 ? 1 : 10
  }

  init(_ path: Path) {
    self.init(decimals: 1)
    for element in path.elements { add(element) }
  }

  mutating func add(_ element: Path.Element) {
    switch element {
    case .move(let p):
      text.put("m")
      step(p, first: true, moving: true)
      start = pen
    case .line(let p):
      let (x, y) = rounded(p)
      if y == pen.y {
        text.put("h")
        text.fixed(x - pen.x, decimals: decimals)
        pen = (x, y)
      } else if x == pen.x {
        text.put("v")
        text.fixed(y - pen.y, decimals: decimals)
        pen = (x, y)
      } else {
        text.put("l")
        step(p, first: true, moving: true)
      }
    case .curve(let a, let b, let p):
      text.put("c")
      step(a, first: true, moving: false)
      step(b, first: false, moving: false)
      step(p, first: false, moving: true)
    case .close:
      text.put("z")
      pen = start
    }
  }

  private func rounded(_ p: Point) -> (x: Int, y: Int) {
    (Int((p.x * factor).rounded()), Int((p.y * factor).rounded()))
  }

  private mutating func step(_ p: Point, first: Bool, moving: Bool) {
    let (x, y) = rounded(p)
    put(x - pen.x, separated: !first)
    put(y - pen.y, separated: true)
    if moving { pen = (x, y) }
  }

  /// A minus sign separates by itself.
  private mutating func put(_ value: Int, separated: Bool) {
    if separated, value >= 0 { text.put(" ") }
    text.fixed(value, decimals: decimals)
  }
}
