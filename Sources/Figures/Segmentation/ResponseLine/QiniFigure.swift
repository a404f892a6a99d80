import Formats
import Graphics
import ValueModels

/// Responses gained by contacting those with the highest predicted uplift first, against contacting at random.
struct QiniFigure {
  static func draw(_ context: FigureContext) throws(NothingToDraw) -> Figure {
    let contents = ResponseContents(context.findings)
    let curve = contents.qini
    guard curve.count > 1, let last = curve.last else { throw NothingToDraw("There is no Qini curve to draw.") }
    let language = context.language
    let theme = context.theme
    let narrow = context.width == .narrow
    let title = title(contents, language)
    let subtitle = "Responses gained per treated customer, by share contacted, the highest predicted uplift first"
    let frame = Frame(context, title: title, subtitle: subtitle)
    let all = UpliftFigure.points(last.gain, language)
    let side = context.measurer.measure(all, frame.strongFont).width + 10
    let plot = ResponsePlot(
      context, frame, values: curve.flatMap { [$0.gain, $0.atRandom] }, across: (0, 1), height: narrow ? 220 : 280,
      top: frame.top + 8, right: side)
    var marks = plot.grid
    let points = curve.map { Point(plot.x($0.share), plot.y($0.gain)) }
    let (start, end) = (points[0], Point(plot.x(1), plot.y(last.atRandom)))
    marks.append(
      .path(.polyline(points, closed: true), fill: Paint(theme.accent, opacity: 0.12), stroke: nil, role: .area))
    marks.append(plot.dashed(start, end, theme.muted))
    marks.append(.path(.polyline(points), fill: nil, stroke: Stroke(theme.accent, width: 2.25), role: .line))
    marks.append(
      context.label(
        all, frame.strongFont, Paint(theme.ink), x: plot.area.maxX + 8, middle: plot.y(last.gain)))
    let texts = [
      ("by the model", frame.smallFont, theme.accent, points[points.count * 2 / 5], Point(-0.6, -1)),
      ("at random", frame.smallFont, theme.muted, Point(plot.x(0.7), plot.y(0.7 * last.atRandom)), Point(0.6, 1)),
    ]
    let layout = placeLabels(
      texts.map { text in
        let extent = context.measurer.measure(text.0, text.1)
        return LabelRequest(anchor: text.3, radius: 3, size: Size(extent.width, extent.height), direction: text.4)
      },
      avoiding: LabelObstacles(
        segments: zip(points, points.dropFirst()).map { Segment($0, $1) } + [Segment(start, end)]), within: plot.area)
    for (text, place) in zip(texts, layout.placements) {
      guard let place, !place.isNumber else { continue }
      marks.append(
        context.label(
          text.0, text.1, Paint(text.2), x: place.box.centre.x, middle: place.box.centre.y, anchor: .middle, halo: true)
      )
    }
    let bottom = plot.foot([0, 0.2, 0.4, 0.6, 0.8, 1], "\(contents.noun) contacted", &marks)
    return Figure(
      drawing: frame.drawing(
        marks: marks, areas: [], bottom: bottom,
        notes: [
          "Q = responders among the treated so far, less those among the controls so far times treated over controls (Radcliffe 2007)."
        ]), title: title, subtitle: subtitle, alt: ChainWords.shortened("Qini curve. " + title),
      description: curve.enumerated().filter { $0.offset % 4 == 0 }.map { _, point in
        "\(language.percent(point.share)) contacted: \(UpliftFigure.points(point.gain, language)), at random "
          + "\(UpliftFigure.points(point.atRandom, language))."
      },
      reading: "Where the curve runs above the dashed line, choosing by predicted uplift gains more than chance.",
      table: "qini")
  }

  private static func title(_ contents: ResponseContents, _ language: Language) -> String {
    guard let coefficient = contents.number("qini") else { return "What choosing by uplift would gain" }
    let number = language.number(coefficient, decimals: 3)
    if let lower = contents.number("qini_lower"), lower > 0 {
      return "Choosing by predicted uplift beats chance: Qini coefficient \(number)"
    }
    return "Choosing by predicted uplift is not shown to beat chance: Qini coefficient \(number)"
  }
}
