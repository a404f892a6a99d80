import Graphics

/// The names at the ends of the two axes, broken into lines and set where they cover no mark.
struct AxisTexts {
  let left: [String]
  let right: [String]
  let above: [String]
  let below: [String]
  private let font: Font
  private let measurer: any TextMeasurer
  private let lineHeight: Double
  private let hasPercents: Bool

  var vertical: [String] { above.count >= below.count ? above : below }

  init(_ words: PerceptualMapWords, _ font: Font, _ context: FigureContext, wrap: Double) {
    self.font = font
    measurer = context.measurer
    lineHeight = context.measurer.measure("X", font).height
    let map = words.map
    hasPercents = map.dimensions.contains { $0.percent != nil }
    func percent(_ axis: Int) -> [String] {
      let d = map.plane.dimensions[axis]
      guard d < map.dimensions.count, let percent = map.dimensions[d].percent else { return [] }
      return [words.language.percent(percent / 100)]
    }
    /// Both names where they fit on a line, or on one each; else the first alone.
    func broken(_ names: [String], _ width: Double) -> [String] {
      guard let first = names.first else { return [] }
      let all = context.measurer.lines(names.joined(separator: ", "), font, width: width)
      if all.count <= 1 { return all }
      let each = names.enumerated().map { $0.offset < names.count - 1 ? $0.element + "," : $0.element }
        .flatMap { context.measurer.lines($0, font, width: width) }
      return each.count <= 2 ? each : context.measurer.lines(first, font, width: width, limit: 4)
    }
    left = broken(words.poles[0].low.names, wrap)
    right = broken(words.poles[0].high.names, wrap) + percent(0)
    if words.poles.count > 1 {
      let wide = context.width.pixels * 0.6
      above = broken(words.poles[1].high.names, wide) + percent(1)
      below = broken(words.poles[1].low.names, wide)
    } else {
      above = []
      below = []
    }
  }

  func width(_ lines: [String]) -> Double { lines.map { measurer.measure($0, font).width }.max() ?? 0 }
  func height(_ lines: [String]) -> Double { lineHeight * Double(lines.count) }

  /// The four ends in the plot; `isClear` where none lies over a mark.
  func ends(
    _ plot: Rect, _ origin: Point, _ marks: [LabelObstacles.Disc], isLine: Bool
  ) -> (ends: [PerceptualMapLayout.AxisEnd], isClear: Bool) {
    func covered(_ box: Rect) -> Int {
      marks.count { Box(box).distance($0.centre.x, $0.centre.y) < $0.radius + 3 }
    }
    var out: [PerceptualMapLayout.AxisEnd] = []
    var isClear = true
    for (lines, anchor) in [(left, TextRun.Anchor.start), (right, .end)] where !lines.isEmpty {
      let (w, h) = (width(lines), height(lines))
      let x = anchor == .start ? plot.x : plot.maxX - w
      let choices = [origin.y - 4 - h, origin.y + 4].map { Rect(x: x, y: $0, width: w, height: h) }
        .filter { plot.contains($0) }
      guard
        let box = choices.enumerated().min(by: { (covered($0.element), $0.offset) < (covered($1.element), $1.offset) })?
          .element
      else { continue }
      if covered(box) > 0 { isClear = false }
      out.append(
        PerceptualMapLayout.AxisEnd(
          lines: lines, box: box, anchor: anchor, endsWithPercent: hasPercents && anchor == .end))
    }
    for (lines, isTop) in [(above, true), (below, false)] where !lines.isEmpty {
      let (w, h) = (width(lines), height(lines))
      let x = max(plot.x, min(plot.maxX - w, origin.x - w / 2))
      let box = Rect(x: x, y: isTop ? plot.y : plot.maxY - h, width: w, height: h)
      out.append(
        PerceptualMapLayout.AxisEnd(lines: lines, box: box, anchor: .middle, endsWithPercent: hasPercents && isTop))
    }
    return (out, isClear)
  }
}
