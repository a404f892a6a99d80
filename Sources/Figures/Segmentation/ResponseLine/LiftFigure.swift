import Formats
import Graphics
import ValueModels

/// How often each tenth of the order responds, with intervals, against the rate of all.
struct LiftFigure {
  static func draw(_ context: FigureContext) throws(NothingToDraw) -> Figure {
    let contents = ResponseContents(context.findings)
    let tenths = contents.tenths
    guard tenths.count > 1 else { throw NothingToDraw("There are no groups of customers to draw.") }
    let language = context.language
    let theme = context.theme
    let narrow = context.width == .narrow
    let rate = contents.number("holdout_rate") ?? 0
    let title = title(tenths, language)
    let subtitle = "Share who responded by group of \(contents.noun), the most likely first, with 95% intervals"
    let frame = Frame(context, title: title, subtitle: subtitle)
    let all = "all \(language.share(rate))"
    let side = context.measurer.measure(all, frame.smallFont).width + 8
    let plot = ResponsePlot(
      context, frame, values: tenths.map { $0.upper ?? $0.rate } + [rate], across: (0, Double(tenths.count)),
      height: narrow ? 220 : 280, top: frame.top + 22, right: side)
    var marks = plot.grid
    var areas: [HitArea] = []
    marks.append(plot.dashed(Point(plot.area.minX, plot.y(rate)), Point(plot.area.maxX, plot.y(rate)), theme.muted))
    let step = plot.area.width / Double(tenths.count)
    let wide = min(46, step * 0.64)
    for (at, tenth) in tenths.enumerated() {
      let middle = plot.x(Double(at) + 0.5)
      let box = Rect(
        x: middle - wide / 2, y: plot.y(tenth.rate), width: wide, height: max(0, plot.y(0) - plot.y(tenth.rate)))
      marks.append(
        .path(
          .rectangle(box), fill: Paint(theme.accent, opacity: tenth.rate >= rate ? 0.85 : 0.45), stroke: nil, role: .bar
        ))
      if let lower = tenth.lower, let upper = tenth.upper {
        marks.append(plot.whisker(middle, lower, upper, Paint(theme.ink, opacity: 0.75)))
      }
      areas.append(
        HitArea(
          name: "Group \(at + 1)",
          detail: "\(language.share(tenth.rate)) of \(language.number(tenth.customers)) responded"
            + (tenth.lift.map { ", lift \(language.number($0, decimals: 1))" } ?? ""),
          shape: .rectangle(Rect(x: middle - step / 2, y: plot.area.y, width: step, height: plot.area.height)),
          target: "table/deciles"))
      if let lift = tenth.lift {
        let text = language.number(lift, decimals: 1) + (narrow ? "" : "×")
        marks.append(
          context.label(
            text, frame.strongFont, Paint(theme.ink), x: middle, middle: plot.y(tenth.upper ?? tenth.rate) - 10,
            anchor: .middle, halo: true))
      }
      marks.append(
        context.label(
          language.number(Double(at + 1)), frame.smallFont, Paint(theme.muted), x: middle, middle: plot.area.maxY + 13,
          anchor: .middle, role: .axis))
    }
    marks.append(
      context.label(all, frame.smallFont, Paint(theme.muted), x: plot.area.maxX + 6, middle: plot.y(rate)))
    marks.append(
      context.label(
        tenths.count == 10 ? "tenths, the most likely to respond first" : "groups, the most likely to respond first",
        frame.smallFont, Paint(theme.muted), x: plot.area.centre.x, middle: plot.area.maxY + 30, anchor: .middle,
        role: .axis))
    return Figure(
      drawing: frame.drawing(
        marks: marks, areas: areas, bottom: plot.area.maxY + 40,
        notes: ["Numbers above: lift, the rate of the group over the rate of all."]),
      title: title, subtitle: subtitle, alt: ChainWords.shortened("Lift by group. " + title),
      description: tenths.enumerated().map { at, tenth in
        "Group \(at + 1): \(language.share(tenth.rate)) of \(language.number(tenth.customers)) responded."
      }, reading: nil, table: "deciles")
  }

  private static func title(_ tenths: [ResponseContents.Part], _ language: Language) -> String {
    guard let first = tenths.first, let last = tenths.last else { return "How often each group responds" }
    let name = tenths.count == 10 ? "tenth" : "group"
    guard let lift = first.lift, lift > 1 else {
      return
        "The order tells little: \(language.share(first.rate)) of the first \(name) respond, \(language.share(last.rate)) of the last"
    }
    return
      "The first \(name) responds \(language.number(lift, decimals: 1)) times as often as all, the last \(language.number(last.lift ?? 0, decimals: 1)) times"
  }
}
