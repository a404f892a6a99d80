import Formats
import Graphics
import ValueModels

/// How many of those who respond each share of customers holds, against contacting at random.
struct GainsFigure {
  static func draw(_ context: FigureContext) throws(NothingToDraw) -> Figure {
    let contents = ResponseContents(context.findings)
    let tenths = contents.tenths.filter { $0.gain != nil }
    guard tenths.count > 1 else { throw NothingToDraw("There are no groups of customers to draw.") }
    let language = context.language
    let theme = context.theme
    let narrow = context.width == .narrow
    let title = title(contents, tenths, language)
    let subtitle = "Share of all who responded, by share of \(contents.noun) contacted in the order of the model"
    let frame = Frame(context, title: title, subtitle: subtitle)
    let plot = ResponsePlot(
      context, frame, values: [1], across: (0, 1), height: narrow ? 250 : 340, top: frame.top + 8,
      right: narrow ? 8 : 40)

    var marks = plot.grid
    let points = [(0.0, 0.0)] + tenths.map { ($0.to, $0.gain ?? 0) }
    let curve = points.map { Point(plot.x($0.0), plot.y($0.1)) }
    let (start, end) = (Point(plot.x(0), plot.y(0)), Point(plot.x(1), plot.y(1)))
    marks.append(
      .path(
        .polyline(curve, closed: true), fill: Paint(theme.accent, opacity: 0.12), stroke: nil, role: .area))
    marks.append(plot.dashed(start, end, theme.muted))
    marks.append(.path(.polyline(curve), fill: nil, stroke: Stroke(theme.accent, width: 2.25), role: .line))
    var areas: [HitArea] = []
    for (at, tenth) in tenths.enumerated() {
      let point = curve[at + 1]
      marks.append(
        .path(.circle(point, 4), fill: Paint(theme.accent), stroke: Stroke(theme.paper, width: 1.5), role: .point))
      areas.append(
        HitArea(
          name: "First \(language.percent(tenth.to))",
          detail: "\(language.share(tenth.gain ?? 0)) of those who respond",
          shape: .circle(centre: point, radius: 10), target: "table/deciles"))
    }
    marks += labels(context, frame, plot, tenths, curve)
    let bottom = plot.foot([0, 0.2, 0.4, 0.6, 0.8, 1], "\(contents.noun) contacted, the most likely first", &marks)
    var notes: [String] = []
    if let area = contents.number("auc") {
      var text = "AUC \(language.number(area, decimals: 3))"
      if let lower = contents.number("auc_lower"), let upper = contents.number("auc_upper") {
        text += " (95%: \(language.number(lower, decimals: 3)) to \(language.number(upper, decimals: 3)))"
      }
      if let distance = contents.number("ks") { text += ", KS \(language.number(distance, decimals: 2))" }
      notes.append(text + ".")
    }
    return Figure(
      drawing: frame.drawing(marks: marks, areas: areas, bottom: bottom, notes: notes), title: title,
      subtitle: subtitle, alt: ChainWords.shortened("Gains curve. " + title),
      description: tenths.map {
        "First \(language.percent($0.to)): \(language.share($0.gain ?? 0)) of those who respond."
      }, reading: "The further the curve bends away from the dashed line, the better the order.", table: "deciles")
  }

  private static func title(
    _ contents: ResponseContents, _ tenths: [ResponseContents.Part], _ language: Language
  ) -> String {
    let half = tenths.first { ($0.gain ?? 0) >= 0.5 }
    guard let half, half.to < 1 else { return "How many of those who respond each share of customers holds" }
    return
      "\(language.percent(half.to)) of the \(contents.noun) hold \(language.share(half.gain ?? 0)) of those who respond"
  }

  /// The gain at every other tenth, and the name of the dashed line.
  private static func labels(
    _ context: FigureContext, _ frame: Frame, _ plot: ResponsePlot, _ tenths: [ResponseContents.Part], _ curve: [Point]
  ) -> [Mark] {
    var texts: [(text: String, font: Font, colour: Colour, at: Point, direction: Point)] = []
    for (at, tenth) in tenths.enumerated() where at < tenths.count - 2 {
      texts.append(
        (context.language.share(tenth.gain ?? 0), frame.strongFont, context.theme.ink, curve[at + 1], Point(-0.7, -1)))
    }
    texts.append(
      ("at random", frame.smallFont, context.theme.muted, Point(plot.x(0.72), plot.y(0.72)), Point(0.7, 1)))
    let requests = texts.map { text in
      let extent = context.measurer.measure(text.text, text.font)
      return LabelRequest(
        anchor: text.at, radius: 5, size: Size(extent.width, extent.height), direction: text.direction)
    }
    let lines = zip(curve, curve.dropFirst()).map { Segment($0, $1) }
    let layout = placeLabels(
      requests,
      avoiding: LabelObstacles(
        discs: curve.dropFirst().map { LabelObstacles.Disc($0, 5) },
        segments: lines + [Segment(Point(plot.x(0), plot.y(0)), Point(plot.x(1), plot.y(1)))]),
      within: Rect(x: plot.area.x, y: plot.area.y - 6, width: plot.area.width, height: plot.area.height + 6))
    return zip(texts, layout.placements).compactMap { text, place in
      guard let place, !place.isNumber, place.leader == nil else { return nil }
      return context.label(
        text.text, text.font, Paint(text.colour), x: place.box.centre.x, middle: place.box.centre.y, anchor: .middle,
        halo: true)
    }
  }
}
