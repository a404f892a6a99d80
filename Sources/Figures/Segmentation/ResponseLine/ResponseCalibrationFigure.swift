import Formats
import Graphics
import ValueModels

/// What was foretold of each group against what happened.
struct ResponseCalibrationFigure {
  static func draw(_ context: FigureContext) throws(NothingToDraw) -> Figure {
    let contents = ResponseContents(context.findings)
    let groups = contents.tenths
    guard groups.count > 1 else { throw NothingToDraw("There are no groups of customers to draw.") }
    let language = context.language
    let theme = context.theme
    let narrow = context.width == .narrow
    let title = title(contents, language)
    let subtitle =
      "Share who responded against the share foretold, by group of \(contents.noun) held out, with 95% intervals"
    let frame = Frame(context, title: title, subtitle: subtitle)
    let highest = groups.map { max($0.upper ?? $0.rate, $0.predicted) }.max() ?? 1
    let side = narrow ? 0.0 : 150
    let plot = ResponsePlot(
      context, frame, values: [highest], across: (0, niceDomain(0, max(highest, 1e-4), 5).upper),
      height: narrow ? 270 : 360,
      top: frame.top + 6, right: side)
    var marks = plot.grid
    let far = min(plot.x.upper, plot.y.upper)
    let (start, end) = (Point(plot.x(0), plot.y(0)), Point(plot.x(far), plot.y(far)))
    marks.append(plot.dashed(start, end, theme.muted))
    var areas: [HitArea] = []
    var dots: [Mark] = []
    for (at, group) in groups.enumerated() {
      let point = Point(plot.x(group.predicted), plot.y(group.rate))
      if let lower = group.lower, let upper = group.upper {
        marks.append(plot.whisker(point.x, lower, upper, Paint(theme.accent, opacity: 0.6)))
      }
      dots.append(
        .path(.circle(point, 4.5), fill: Paint(theme.accent), stroke: Stroke(theme.paper, width: 1.5), role: .point))
      areas.append(
        HitArea(
          name: "Group \(at + 1)",
          detail: "\(language.share(group.rate)) responded, \(language.share(group.predicted)) foretold",
          shape: .circle(centre: point, radius: 9), target: "table/deciles"))
    }
    marks += dots
    // Below the dashed line, at its end, where groups seldom are; else above it.
    let text = "as foretold"
    let extent = context.measurer.measure(text, frame.smallFont)
    let layout = placeLabels(
      [
        LabelRequest(
          anchor: Point(plot.x(far * 0.8), plot.y(far * 0.8)), radius: 3, size: Size(extent.width, extent.height),
          direction: Point(0.6, 1))
      ],
      avoiding: LabelObstacles(
        discs: groups.map { LabelObstacles.Disc(Point(plot.x($0.predicted), plot.y($0.rate)), 6) },
        segments: [Segment(start, end)]
          + groups.map {
            Segment(
              Point(plot.x($0.predicted), plot.y($0.lower ?? $0.rate)),
              Point(plot.x($0.predicted), plot.y($0.upper ?? $0.rate)))
          }), within: plot.area)
    if let place = layout.placements[0], !place.isNumber {
      marks.append(
        context.label(
          text, frame.smallFont, Paint(theme.muted), x: place.box.centre.x, middle: place.box.centre.y,
          anchor: .middle, halo: true))
    }
    let ticks = niceTicks(0, plot.x.upper, 5)
    for tick in ticks {
      marks.append(
        context.label(
          ResponsePlot.text(tick, ticks, context), frame.smallFont, Paint(theme.muted), x: plot.x(tick),
          middle: plot.area.maxY + 13, anchor: tick >= plot.x.upper ? .end : tick <= 0 ? .start : .middle, role: .axis))
    }
    marks.append(
      context.label(
        "foretold", frame.smallFont, Paint(theme.muted), x: plot.area.centre.x, middle: plot.area.maxY + 30,
        anchor: .middle, role: .axis))
    var notes: [String] = []
    if let slope = contents.number("calibration_slope"), let level = contents.number("calibration_intercept") {
      var text =
        "Calibration slope \(language.number(slope, decimals: 2)) (1 where right), level "
        + "\(language.signed(level, decimals: 2)) in log odds (0 where right)"
      if let p = contents.number("hosmer_lemeshow") {
        text += "; Hosmer–Lemeshow p " + (p < 0.001 ? "< 0.001" : "= \(language.number(p, decimals: 3))")
      }
      notes.append(text + ".")
    }
    return Figure(
      drawing: frame.drawing(marks: marks, areas: areas, bottom: plot.area.maxY + 40, notes: notes), title: title,
      subtitle: subtitle, alt: ChainWords.shortened("Calibration. " + title),
      description: groups.enumerated().map { at, group in
        "Group \(at + 1): \(language.share(group.predicted)) foretold, \(language.share(group.rate)) responded."
      },
      reading: "On the dashed line as many responded as foretold; above it more, below it fewer.", table: "deciles")
  }

  private static func title(_ contents: ResponseContents, _ language: Language) -> String {
    let customers = contents.tenths.reduce(0) { $0 + $1.customers }
    let said = contents.tenths.reduce(0) { $0 + $1.predicted * $1.customers } / max(1, customers)
    let found = contents.number("holdout_rate") ?? said
    if found > 1.25 * said {
      return "More responded than foretold: \(language.share(found)), not \(language.share(said))"
    }
    if found < 0.8 * said {
      return "Fewer responded than foretold: \(language.share(found)), not \(language.share(said))"
    }
    if let slope = contents.number("calibration_slope"), slope < 0.8 {
      return "The level is right, the differences between groups are smaller than foretold"
    }
    return "About as many responded as foretold: \(language.share(found))"
  }
}
