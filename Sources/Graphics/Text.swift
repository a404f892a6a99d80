/// A face of the figure's one family. The family itself is the renderer's: figures choose size and weight only.
package struct Font: Sendable, Hashable {
  package enum Weight: Int, Sendable, Hashable { case regular = 400, medium = 500, semibold = 600, bold = 700 }

  /// px
  package var size: Double
  package var weight: Weight
  package var italic: Bool

  package init(_ size: Double, _ weight: Weight = .regular, italic: Bool = false) {
    self.size = size
    self.weight = weight
    self.italic = italic
  }
}

/// How much room a run of text takes, in px.
package struct TextExtent: Sendable, Hashable {
  package var width: Double
  /// From the baseline up to the top of the line.
  package var ascent: Double
  /// From the baseline down to the bottom of the line.
  package var descent: Double
  package var height: Double { ascent + descent }

  package init(width: Double, ascent: Double, descent: Double) {
    self.width = width
    self.ascent = ascent
    self.descent = descent
  }
}

/// What figures need to know of text before it is drawn. Real ones ask Pango; tests use `FixedWidthMeasurer`.
/// Not `Sendable`: one a task, since Pango's font map belongs to a thread.
package protocol TextMeasurer {
  /// One line of text, shaped as it will be drawn.
  func measure(_ text: String, _ font: Font) -> TextExtent
}

extension TextMeasurer {
  /// Breaks text into lines at most `width` px wide: at spaces, and inside a word only where the word alone is wider.
  /// At most `limit` lines; the last ends in "…" where something was left out.
  package func lines(_ text: String, _ font: Font, width: Double, limit: Int = .max) -> [String] {
    var lines: [String] = []
    var line = ""
    func fits(_ text: String) -> Bool { measure(text, font).width <= width }
    for word in text.split(whereSeparator: { $0 == " " || $0 == "\n" || $0 == "\t" }).map(String.init) {
      let longer = line.isEmpty ? word : line + " " + word
      if fits(longer) {
        line = longer
        continue
      }
      if !line.isEmpty { lines.append(line) }
      line = word
      while !fits(line), line.count > 1 {
        var head = line
        while head.count > 1, !fits(head) { head.removeLast() }
        lines.append(head)
        line = String(line.dropFirst(head.count))
      }
    }
    if !line.isEmpty { lines.append(line) }
    guard lines.count > limit, limit > 0 else { return lines }
    var last = lines[limit - 1]
    while !last.isEmpty, !fits(last + "…") { last.removeLast() }
    return lines.prefix(limit - 1) + [last + "…"]
  }
}

/// Text measured as if every character were 0.55 em wide (wide East Asian ones 1 em): the same on every machine.
package struct FixedWidthMeasurer: TextMeasurer {
  package init() {}

  package func measure(_ text: String, _ font: Font) -> TextExtent {
    var ems = 0.0
    for scalar in text.unicodeScalars where !scalar.properties.isDefaultIgnorableCodePoint {
      if scalar.properties.generalCategory == .nonspacingMark { continue }
      ems += (0x1100...0x115F).contains(scalar.value) || (0x2E80...0xFFDC).contains(scalar.value) ? 1 : 0.55
    }
    let bold = font.weight.rawValue >= 600 ? 1.06 : 1
    return TextExtent(width: ems * font.size * bold, ascent: font.size * 0.95, descent: font.size * 0.25)
  }
}
