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
    /// About how wide `line` is: its words and spaces one by one, since a text knows few words and many pieces of sentences.
    var lineWidth = 0.0
    let space = measure(" ", font).width
    func fits(_ text: String) -> Bool { measure(text, font).width <= width }
    for word in text.split(whereSeparator: { $0 == " " || $0 == "\n" || $0 == "\t" }).map(String.init) {
      // Lines further down can change nothing any more.
      if lines.count > limit { break }
      let longer = line.isEmpty ? word : line + " " + word
      let wordWidth = measure(word, font).width
      let longerWidth = line.isEmpty ? wordWidth : lineWidth + space + wordWidth
      // Faces move letters closer across a space by less than a quarter of an em; nearer to the edge the whole is measured.
      let doubt = line.isEmpty ? 0 : 0.25 * font.size * Double(1 + line.utf8.count { $0 == UInt8(ascii: " ") })
      if abs(longerWidth - width) > doubt ? longerWidth <= width : fits(longer) {
        line = longer
        lineWidth = longerWidth
        continue
      }
      if !line.isEmpty { lines.append(line) }
      line = word
      lineWidth = wordWidth
      if wordWidth <= width { continue }
      var rest = Array(word)[...]
      while rest.count > 1, lines.count <= limit {
        let head = max(1, fitting(rest, fits))
        if head == rest.count { break }
        lines.append(String(rest.prefix(head)))
        rest = rest.dropFirst(head)
      }
      line = String(rest)
      lineWidth = measure(line, font).width
    }
    if !line.isEmpty { lines.append(line) }
    guard lines.count > limit, limit > 0 else { return lines }
    let last = Array(lines[limit - 1])
    let head = fitting(last[...]) { fits($0 + "…") }
    return lines.prefix(limit - 1) + [String(last.prefix(head)) + "…"]
  }
}

/// How many of the first characters fit; found by doubling, then halving, so that no long text is measured often.
private func fitting(_ characters: ArraySlice<Character>, _ fits: (String) -> Bool) -> Int {
  func first(_ count: Int) -> Bool { fits(String(characters.prefix(count))) }
  var (low, high) = (0, 1)
  while high <= characters.count, first(high) { (low, high) = (high, 2 * high) }
  high = min(high, characters.count + 1)
  while high - low > 1 {
    let middle = (low + high) / 2
    if first(middle) { low = middle } else { high = middle }
  }
  return low
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
