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

  var vertical: [String] { above.count >= below.count ? above : below }

  init(_ words: PerceptualMapWords, _ font: Font, _ context: FigureContext, wrap: Double) {
    self.font = font
    measurer = context.measurer
    lineHeight = context.measurer.measure("X", font).height
    let map = words.map
    func percent(_ d: Int) -> String? {
      d < map.dimensions.count ? map.dimensions[d].percent.map { words.language.percent($0 / 100) } : nil
    }
    func broken(_ names: [String], _ width: Double) -> [String] {
      names.isEmpty ? [] : context.measurer.lines(names.joined(separator: ", "), font, width: width, limit: 3)
    }
    let across = words.poles[0]
    left = broken(across.low, wrap)
    right = broken(across.high, wrap) + [percent(0)].compactMap(\.self)
    if words.poles.count > 1 {
      let wide = context.width.pixels * 0.6
      let share = percent(1)
      let top = words.poles[1].high.joined(separator: ", ")
      above = context.measurer.lines(
        [top, share ?? ""].filter { !$0.isEmpty }.joined(separator: " · "), font, width: wide, limit: 2)
      below = broken(words.poles[1].low, wide)
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
      out.append(PerceptualMapLayout.AxisEnd(lines: lines, box: box, anchor: anchor))
    }
    for (lines, isTop) in [(above, true), (below, false)] where !lines.isEmpty {
      let (w, h) = (width(lines), height(lines))
      let x = max(plot.x, min(plot.maxX - w, origin.x - w / 2))
      let box = Rect(x: x, y: isTop ? plot.y : plot.maxY - h, width: w, height: h)
      out.append(PerceptualMapLayout.AxisEnd(lines: lines, box: box, anchor: .middle))
    }
    return (out, isClear)
  }
}
