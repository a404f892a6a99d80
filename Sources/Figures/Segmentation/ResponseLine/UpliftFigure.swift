import Formats
import Graphics
import ValueModels

/// What contact added in each group by predicted uplift: treated less control, with intervals.
struct UpliftFigure {
  static func draw(_ context: FigureContext) throws(NothingToDraw) -> Figure {
    let contents = ResponseContents(context.findings)
    let groups = contents.uplift
    guard groups.count > 1 else { throw NothingToDraw("There is no uplift to draw.") }
    let language = context.language
    let theme = context.theme
    let narrow = context.width == .narrow
    let effect = contents.number("effect") ?? 0
    let title = title(contents, language)
    let subtitle =
      "Share who responded of those contacted, less that of those left alone, by predicted uplift, with 95% intervals"
    let frame = Frame(context, title: title, subtitle: subtitle)
    let all = "all \(points(effect, language))"
    let side = context.measurer.measure(all, frame.smallFont).width + 8
    let plot = ResponsePlot(
      context, frame, values: groups.flatMap { [$0.lower, $0.upper, $0.predicted] } + [effect],
      across: (0, Double(groups.count)), height: narrow ? 230 : 300, top: frame.top + 6, right: side)
    var marks = plot.grid
    var areas: [HitArea] = []
    marks.append(
      plot.dashed(Point(plot.area.minX, plot.y(effect)), Point(plot.area.maxX, plot.y(effect)), theme.muted))
    marks.append(
      context.label(all, frame.smallFont, Paint(theme.muted), x: plot.area.maxX + 6, middle: plot.y(effect)))
    let step = plot.area.width / Double(groups.count)
    for (at, group) in groups.enumerated() {
      let middle = plot.x(Double(at) + 0.5)
      let colour = group.upper < 0 ? theme.negative : group.lower > 0 ? theme.accent : theme.neutral
      marks.append(plot.whisker(middle, group.lower, group.upper, Paint(colour, opacity: 0.8)))
      // What was predicted: a short line, so that it is told from what was found by its form.
      marks.append(
        .path(
          .segment(
            Point(middle - min(14, step * 0.3), plot.y(group.predicted)),
            Point(middle + min(14, step * 0.3), plot.y(group.predicted))), fill: nil,
          stroke: Stroke(theme.ink, width: 2), role: .annotation))
      let isSure = group.lower > 0 || group.upper < 0
      marks.append(
        .path(
          .circle(Point(middle, plot.y(group.difference)), 5), fill: Paint(isSure ? colour : theme.paper),
          stroke: Stroke(isSure ? theme.paper : colour, width: 1.75), role: .point))
      areas.append(
        HitArea(
          name: "Group \(at + 1)",
          detail: "\(points(group.difference, language)), predicted \(points(group.predicted, language))",
          shape: .rectangle(Rect(x: middle - step / 2, y: plot.area.y, width: step, height: plot.area.height)),
          target: "table/uplift"))
      marks.append(
        context.label(
          language.number(Double(at + 1)), frame.smallFont, Paint(theme.muted), x: middle, middle: plot.area.maxY + 13,
          anchor: .middle, role: .axis))
    }
    marks.append(
      context.label(
        groups.count == 10
          ? "tenths, the highest predicted uplift first" : "groups, the highest predicted uplift first",
        frame.smallFont, Paint(theme.muted), x: plot.area.centre.x, middle: plot.area.maxY + 30, anchor: .middle,
        role: .axis))
    var notes = ["Dots: found; filled where the interval leaves out 0. Short lines: predicted."]
    if let coefficient = contents.number("qini"), let lower = contents.number("qini_lower"),
      let upper = contents.number("qini_upper")
    {
      notes[0] +=
        " Qini coefficient \(language.number(coefficient, decimals: 3)) (95%: \(language.number(lower, decimals: 3)) to "
        + "\(language.number(upper, decimals: 3)))."
    }
    return Figure(
      drawing: frame.drawing(marks: marks, areas: areas, bottom: plot.area.maxY + 40, notes: notes), title: title,
      subtitle: subtitle, alt: ChainWords.shortened("Uplift by group. " + title),
      description: groups.enumerated().map { at, group in
        "Group \(at + 1): \(points(group.difference, language)) (\(points(group.lower, language)) to "
          + "\(points(group.upper, language))), predicted \(points(group.predicted, language))."
      },
      reading: "If the model finds who is moved most, the dots fall from left to right as the short lines do.",
      table: "uplift")
  }

  /// "+4.5 points"
  static func points(_ share: Double, _ language: Language) -> String {
    "\(language.signed(share * 100, decimals: 1)) points"
  }

  private static func title(_ contents: ResponseContents, _ language: Language) -> String {
    guard let effect = contents.number("effect"), let lower = contents.number("effect_lower"),
      let upper = contents.number("effect_upper")
    else { return "Who responds because of the contact" }
    if lower <= 0, upper >= 0 { return "Contact is not shown to add anything: \(points(effect, language))" }
    let verb =
      effect > 0
      ? "Contact adds \(language.number(effect * 100, decimals: 1)) points"
      : "Contact costs \(language.number(-effect * 100, decimals: 1)) points"
    guard let low = contents.number("qini_lower") else { return verb }
    if low <= 0 { return verb + "; who is moved most cannot be told" }
    guard let first = contents.uplift.first else { return verb }
    return verb + "; \(language.number(first.difference * 100, decimals: 1)) where most was foretold"
  }
}
