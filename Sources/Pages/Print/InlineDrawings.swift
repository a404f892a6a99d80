import Markup

/// Figures set into a report of one file as SVG of the page itself.
///
/// The outline of a letter is the same in every figure: each stands once, in one hidden drawing, and all figures use it from there.
/// On a report of a hundred figures that and short names take away three quarters of the bytes.
struct InlineDrawings {
  let files: any PrintFiles
  /// Number of each outline by its path data.
  private var numbers: [ArraySlice<UInt8>: Int] = [:]
  private var outlines: [ArraySlice<UInt8>] = []
  private var drawings = 0

  init(files: any PrintFiles) { self.files = files }

  /// Stands in a section for a figure until all sections are joined. Escaped text holds none of its signs.
  static func mark(_ path: String, alt: String) -> String {
    "\u{1}\(path)\u{2}\(escapeAttribute(alt))\u{3}"
  }

  /// The joined sections with every figure drawn.
  mutating func filled(_ body: String) -> String {
    var out = ""
    for (place, piece) in body.split(separator: "\u{1}", omittingEmptySubsequences: false).enumerated() {
      guard place > 0 else {
        out += piece
        continue
      }
      let parts = piece.split(separator: "\u{2}", maxSplits: 1, omittingEmptySubsequences: false)
      let rest =
        parts.count == 2 ? parts[1].split(separator: "\u{3}", maxSplits: 1, omittingEmptySubsequences: false) : []
      guard rest.count == 2 else {
        out += piece
        continue
      }
      if let svg = files.figure(String(parts[0])) { out += drawing(svg, alt: rest[0]) }
      out += rest[1]
    }
    return out
  }

  /// The outlines of all letters used so far, in a drawing that takes no room.
  var sharedGlyphs: String {
    guard !outlines.isEmpty else { return "" }
    var out = "<svg class=\"glyphs\" width=\"0\" height=\"0\" aria-hidden=\"true\" focusable=\"false\"><defs>"
    for (number, data) in outlines.enumerated() {
      out += "\n<path id=\"g\(number)\" d=\"\(String(decoding: data, as: UTF8.self))\"/>"
    }
    return out + "\n</defs></svg>"
  }

  // MARK: One drawing

  /// A drawing of ours (`renderSVG`) with short names, its letters taken from the shared ones, and its words as a label: a title would
  /// come up wherever the pointer rests.
  private mutating func drawing(_ svg: [UInt8], alt: Substring) -> String {
    var reader = SVGReader(bytes: svg[...])
    guard let head = reader.take(through: ">"), let id = attribute("id", in: head), id.count > 3,
      let width = attribute("width", in: head), let height = attribute("height", in: head),
      let box = attribute("viewBox", in: head)
    else { return "" }
    let prefix = id.dropLast(3)
    drawings += 1
    let name = "d\(drawings)-"
    var out = Array("<svg id=\"\(name)svg\" role=\"img\" aria-label=\"\(alt)\"".utf8)
    for (name, value) in [("width", width), ("height", height), ("viewBox", box)] {
      out += " \(name)=\"".utf8
      out += value
      out.append(UInt8(ascii: "\""))
    }
    out += ">\n".utf8
    if let style = reader.element("style") {
      out += renamed(style, prefix, to: name, letters: [])
      out.append(0x0A)
    }
    var letters: [Int] = []
    if let definitions = reader.element("defs") {
      var paths = SVGReader(bytes: definitions)
      while let path = paths.take(from: "<path", through: "/>") {
        guard let data = attribute("d", in: path) else { continue }
        letters.append(number(of: data))
      }
    }
    out += renamed(reader.rest, prefix, to: name, letters: letters)
    return String(decoding: out, as: UTF8.self)
  }

  private mutating func number(of outline: ArraySlice<UInt8>) -> Int {
    if let number = numbers[outline] { return number }
    numbers[outline] = outlines.count
    outlines.append(outline)
    return outlines.count - 1
  }

  /// Markup with every name of this drawing shortened, and every letter named as the shared one.
  private func renamed(
    _ markup: ArraySlice<UInt8>, _ prefix: ArraySlice<UInt8>, to name: String, letters: [Int]
  ) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(markup.count)
    let (short, old) = (Array(name.utf8), Array("xlink:".utf8))
    guard let first = prefix.first else { return Array(markup) }
    var at = markup.startIndex
    while at < markup.endIndex {
      let byte = markup[at]
      if byte == UInt8(ascii: "x"), markup[at...].starts(with: old) {
        at += old.count
        continue
      }
      guard byte == first, markup[at...].starts(with: prefix) else {
        out.append(byte)
        at += 1
        continue
      }
      at += prefix.count
      let digits = markup[at...].dropFirst().prefix { (0x30...0x39).contains($0) }
      if markup[at...].first == UInt8(ascii: "g"), !digits.isEmpty,
        let number = Int(String(decoding: digits, as: UTF8.self)), letters.indices.contains(number)
      {
        out += "g\(letters[number])".utf8
        at = digits.endIndex
      } else {
        out += short
      }
    }
    return out
  }

  private func attribute(_ name: String, in tag: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    var reader = SVGReader(bytes: tag)
    guard reader.take(through: " \(name)=\"") != nil, let value = reader.take(through: "\"") else { return nil }
    return value.dropLast()
  }
}

/// Takes apart markup of our own, whose shape is known.
private struct SVGReader {
  private(set) var rest: ArraySlice<UInt8>

  init(bytes: ArraySlice<UInt8>) { rest = bytes }

  /// What stands before the end of a sign, and the sign; nil, and nothing taken, where there is none.
  mutating func take(through sign: String) -> ArraySlice<UInt8>? {
    guard let end = place(of: Array(sign.utf8))?.upperBound else { return nil }
    defer { rest = rest[end...] }
    return rest[..<end]
  }

  mutating func take(from sign: String, through end: String) -> ArraySlice<UInt8>? {
    guard let start = place(of: Array(sign.utf8))?.lowerBound else { return nil }
    rest = rest[start...]
    return take(through: end)
  }

  /// The next element of a name that no other of that name stands in; what stood before it is passed over.
  mutating func element(_ name: String) -> ArraySlice<UInt8>? { take(from: "<\(name)>", through: "</\(name)>") }

  private func place(of sign: [UInt8]) -> Range<Int>? {
    guard let first = sign.first else { return nil }
    var at = rest.startIndex
    while let start = rest[at...].firstIndex(of: first) {
      if rest[start...].starts(with: sign) { return start..<(start + sign.count) }
      at = start + 1
    }
    return nil
  }
}
