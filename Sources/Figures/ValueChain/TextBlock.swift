import Graphics

/// A few lines of text that stay together, measured.
struct TextBlock {
  struct Line {
    var text: String
    var font: Font
    var paint: Paint
    var extent: TextExtent
  }

  private(set) var lines: [Line] = []
  private(set) var size = Size(0, 0)

  /// Adds text, broken at `width`; of the breaks with the fewest lines the most even one is taken.
  mutating func add(
    _ text: String, _ font: Font, _ paint: Paint, width: Double, limit: Int = .max, in measurer: any TextMeasurer
  ) {
    for line in measurer.evenLines(text, font, width: width, limit: limit) {
      let extent = measurer.measure(line, font)
      lines.append(Line(text: line, font: font, paint: paint, extent: extent))
      size = Size(max(size.width, extent.width), size.height + extent.height)
    }
  }

  /// The lines as marks, the block's box starting at `origin`.
  func marks(at origin: Point, align: TextRun.Anchor, halo: Paint? = nil, role: Role = .label) -> [Mark] {
    var y = origin.y
    return lines.map { line in
      let slack = size.width - line.extent.width
      let left = origin.x + (align == .start ? 0 : align == .middle ? slack / 2 : slack)
      let box = Rect(x: left, y: y, width: line.extent.width, height: line.extent.height)
      let run = TextRun(
        line.text, line.font, line.paint, at: Point(left, y + line.extent.ascent), anchor: .start, halo: halo)
      y += line.extent.height
      return .text(run, box: box, role: role)
    }
  }
}

extension TextMeasurer {
  /// Lines as `lines(_:_:width:limit:)` breaks them, but in a narrower measure where that costs no further line.
  func evenLines(_ text: String, _ font: Font, width: Double, limit: Int = .max) -> [String] {
    var best = lines(text, font, width: width, limit: limit)
    guard best.count > 1 else { return best }
    let parts = text.split(separator: " ").count
    for step in 1...8 {
      let narrower = lines(text, font, width: width * (1 - 0.07 * Double(step)), limit: limit)
      let pieces = narrower.reduce(0) { $0 + $1.split(separator: " ").count }
      guard narrower.count == best.count, pieces <= parts, narrower.last?.last != "…" || best.last?.last == "…" else {
        break
      }
      best = narrower
    }
    return best
  }
}
