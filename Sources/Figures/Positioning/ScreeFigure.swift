import Graphics

extension PerceptualMapFigures {
  /// Bars of the share of each dimension, the running total as a line, and the share an average dimension would have.
  @Sendable package static func drawScree(_ context: FigureContext) throws(NothingToDraw) -> Figure {
    guard let table = context.findings.table("dimensions") else { throw NothingToDraw("There are no dimensions.") }
    let shares = table.numbers("percent").compactMap(\.self).filter { $0.isFinite && $0 >= 0 }
    guard shares.count > 1, shares.contains(where: { $0 > 0 }) else {
      throw NothingToDraw("There is only one dimension, so there is nothing to compare.")
    }
    let scree = Scree(shares: shares, context: context)
    return scree.figure
  }
}

private struct Scree {
  let shares: [Double]
  let context: FigureContext
  /// Dimensions beyond these would be slivers; they are named in the foot.
  let shown: Int

  init(shares: [Double], context: FigureContext) {
    self.shares = shares
    self.context = context
    shown = min(shares.count, context.width == .narrow ? 8 : 14)
  }

  private func percent(_ value: Double) -> String { context.language.percent(value / 100) }
  private var average: Double { 100 / Double(shares.count) }
  private var above: Int { shares.count { $0 > average } }

  private var title: String {
    let two = shares.prefix(2).reduce(0, +)
    return shares.count == 2
      ? "Two dimensions show everything there is"
      : "The first two dimensions show \(percent(two)) of what tells the brands apart"
  }

  var figure: Figure {
    let language = context.language
    let theme = context.theme
    let subtitle =
      "Share of the differences between brands shown by each of \(language.number(Double(shares.count))) dimensions"
    let frame = Frame(context, title: title, subtitle: subtitle)
    let narrow = context.width == .narrow
    let plot = Rect(
      x: Frame.margin, y: frame.top + 8, width: context.width.pixels - 2 * Frame.margin, height: narrow ? 240 : 300)
    let baseline = plot.maxY - 22
    let y = LinearScale(0, 100, start: baseline, end: plot.y + 16)
    let averageText = "average dimension \(percent(average))"
    let side = context.measurer.measure(averageText, frame.smallFont).width
    // The note of the average stands right of the bars where there is room, else above the line.
    let beside = !narrow
    let room = plot.width - (beside ? side + 10 : 0)
    let step = room / Double(shown)
    let bar = min(64, step * 0.62)

    var marks: [Mark] = []
    marks.append(
      .path(
        .segment(Point(plot.x, baseline), Point(plot.x + room, baseline)), fill: nil, stroke: Stroke(theme.rule),
        role: .axis))
    var line: [Point] = []
    var sum = 0.0
    var labels: [Mark] = []
    for i in 0..<shown {
      let middle = plot.x + (Double(i) + 0.5) * step
      let top = y(shares[i])
      let colour = i < 2 ? theme.accent : theme.neutral
      marks.append(
        .path(
          .rectangle(Rect(x: middle - bar / 2, y: top, width: bar, height: max(0, baseline - top))),
          fill: Paint(colour, opacity: i < 2 ? 1 : 0.7), stroke: nil, role: .bar))
      sum += shares[i]
      line.append(Point(middle, y(sum)))
      labels.append(
        context.label(
          language.number(Double(i + 1)), frame.smallFont, Paint(theme.muted), x: middle, middle: baseline + 12,
          anchor: .middle, role: .axis))
    }
    marks.append(.path(.polyline(line), fill: nil, stroke: Stroke(theme.faint, width: 1.4), role: .line))
    for point in line {
      marks.append(
        .path(.circle(point, 3), fill: Paint(theme.paper), stroke: Stroke(theme.faint, width: 1.4), role: .point))
    }
    marks.append(
      .path(
        .segment(Point(plot.x, y(average)), Point(plot.x + room, y(average))), fill: nil,
        stroke: Stroke(theme.muted, width: 1, dash: [4, 3]), role: .line))
    let texts = values(frame, line: line, y: y, bar: bar, plot: plot)
    if beside {
      labels.append(
        context.label(
          averageText, frame.smallFont, Paint(theme.muted), x: plot.x + room + 6, middle: y(average), halo: true))
    }
    var notes: [String] = []
    if !beside { notes.append("Dashed: \(averageText).") }
    notes.append("Bars: share of each dimension. Line: running total.")
    if shown < shares.count {
      notes.append("Not drawn: dimensions \(shown + 1) to \(shares.count), together \(percent(100 - sum)).")
    }
    let drawing = frame.drawing(
      marks: marks + labels + texts, areas: [], bottom: plot.maxY, notes: [notes.joined(separator: " ")])
    let description = [
      "Shares by dimension: " + shares.prefix(shown).map(percent).joined(separator: ", ") + ".",
      "\(language.number(Double(above))) of \(language.number(Double(shares.count))) dimensions show more than an"
        + " average one (\(percent(average))).",
    ]
    return Figure(
      drawing: drawing, title: title, subtitle: subtitle, alt: shortened("Bars: \(title)", to: 150),
      description: description,
      reading: "A dimension is worth a look where its bar stands above the dashed line.", table: "dimensions")
  }

  /// The shares at their bars and the running totals at the line, each where it covers nothing.
  private func values(_ frame: Frame, line: [Point], y: LinearScale, bar: Double, plot: Rect) -> [Mark] {
    let theme = context.theme
    var requests: [LabelRequest] = []
    var texts: [(text: String, font: Font, colour: Colour)] = []
    var boxes: [Rect] = []
    for i in line.indices {
      let top = y(shares[i])
      boxes.append(Rect(x: line[i].x - bar / 2, y: top, width: bar, height: max(1, y.start - top)))
      let value = (percent(shares[i]), frame.strongFont, theme.ink)
      let extent = context.measurer.measure(value.0, value.1)
      requests.append(
        LabelRequest(
          anchor: Point(line[i].x, top), radius: 0.5, size: Size(extent.width, extent.height), priority: 2,
          direction: Point(0, -1)))
      texts.append(value)
    }
    var sum = shares[0]
    for i in line.indices.dropFirst() {
      sum += shares[i]
      let value = (percent(sum), frame.smallFont, theme.muted)
      let extent = context.measurer.measure(value.0, value.1)
      requests.append(
        LabelRequest(
          anchor: line[i], radius: 3.5, size: Size(extent.width, extent.height), direction: Point(-0.3, -1)))
      texts.append(value)
    }
    let segments = zip(line, line.dropFirst()).map { Segment($0, $1) }
    let dashed = Segment(Point(plot.x, y(average)), Point(plot.maxX, y(average)))
    let layout = placeLabels(
      requests,
      avoiding: LabelObstacles(
        discs: [LabelObstacles.Disc(line[0], 3.5)], boxes: boxes, segments: segments + [dashed]),
      within: Rect(x: plot.x, y: plot.y - 4, width: plot.width, height: y.start - plot.y + 4))
    return zip(texts, layout.placements).compactMap { text, place in
      place.map {
        context.label(
          text.text, text.font, Paint(text.colour), x: $0.box.centre.x, middle: $0.box.centre.y, anchor: .middle,
          halo: true)
      }
    }
  }
}
