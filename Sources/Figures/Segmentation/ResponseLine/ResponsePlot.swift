import Formats
import Graphics

/// The plotting ground of a response line's figures: shares upwards, and whatever lies along the foot.
struct ResponsePlot {
  let context: FigureContext
  let frame: Frame
  let area: Rect
  let x: LinearScale
  let y: LinearScale
  private let yTicks: [Double]

  /// - Parameters:
  ///   - values: shares that must fit; 0 is always shown.
  ///   - across: the domain along the foot.
  ///   - height: px of the ground, labels aside.
  ///   - right: px kept free at the right for labels.
  init(
    _ context: FigureContext, _ frame: Frame, values: [Double], across: (Double, Double), height: Double,
    top: Double, right: Double = 0
  ) {
    self.context = context
    self.frame = frame
    let low = min(0, values.min() ?? 0)
    let high = max(values.max() ?? 0.01, low + 1e-4, 1e-4)
    let domain = niceDomain(low, high, 5)
    let ticks = niceTicks(domain.lower, domain.upper, 5)
    yTicks = ticks
    let gutter = ticks.map { context.measurer.measure(Self.text($0, ticks, context), frame.smallFont).width }.max() ?? 0
    let left = Frame.margin + gutter + 10
    area = Rect(x: left, y: top, width: frame.width - Frame.margin - right - left, height: height)
    y = LinearScale(domain.lower, domain.upper, start: area.maxY, end: area.minY)
    x = LinearScale(across.0, across.1, start: area.minX, end: area.maxX)
  }

  /// Per cent with as many decimals as the ticks' distance asks for.
  static func text(_ value: Double, _ ticks: [Double], _ context: FigureContext) -> String {
    let step = ticks.count > 1 ? abs(ticks[1] - ticks[0]) : 1
    return context.language.percent(value, decimals: step < 0.00095 ? 2 : step < 0.0095 ? 1 : 0)
  }

  /// Lines across at the ticks, with their numbers; the line of 0 is the axis.
  var grid: [Mark] {
    yTicks.flatMap { tick -> [Mark] in
      [
        .path(
          .segment(Point(area.minX, y(tick)), Point(area.maxX, y(tick))), fill: nil,
          stroke: Stroke(tick == 0 ? context.theme.faint : context.theme.grid, width: 1),
          role: tick == 0 ? .axis : .grid),
        context.label(
          Self.text(tick, yTicks, context), frame.smallFont, Paint(context.theme.muted), x: area.minX - 8,
          middle: y(tick), anchor: .end, role: .axis),
      ]
    }
  }

  /// Shares along the foot, and what they are shares of; returns where the words end.
  func foot(_ ticks: [Double], _ words: String, _ marks: inout [Mark]) -> Double {
    for tick in ticks {
      let edge: TextRun.Anchor = tick <= x.lower ? .start : tick >= x.upper ? .end : .middle
      marks.append(
        context.label(
          context.language.percent(tick), frame.smallFont, Paint(context.theme.muted), x: x(tick),
          middle: area.maxY + 13, anchor: edge, role: .axis))
    }
    marks.append(
      context.label(
        words, frame.smallFont, Paint(context.theme.muted), x: area.centre.x, middle: area.maxY + 30, anchor: .middle,
        role: .axis))
    return area.maxY + 40
  }

  /// A dashed line, up or across.
  func dashed(_ a: Point, _ b: Point, _ colour: Colour) -> Mark {
    .path(.segment(a, b), fill: nil, stroke: Stroke(colour, width: 1.25, dash: [5, 4]), role: .line)
  }

  /// An interval with short ends.
  func whisker(_ at: Double, _ lower: Double, _ upper: Double, _ paint: Paint) -> Mark {
    var path = Path.segment(Point(at, y(lower)), Point(at, y(upper)))
    for end in [lower, upper] {
      path.move(Point(at - 4, y(end)))
      path.line(Point(at + 4, y(end)))
    }
    return .path(path, fill: nil, stroke: Stroke(paint, width: 1.5), role: .region)
  }
}
