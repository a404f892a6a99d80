import Glibc
import Graphics
import ValueModels

/// The picture of a judged map.
struct JudgedMap {
  struct Brand {
    var name: String
    var x: Double
    var y: Double
    var judges: Double?
    /// Spread between judges: standard deviations and correlation.
    var spread: (x: Double, y: Double, correlation: Double)?
  }

  let brands: [Brand]
  let axes: (x: String, y: String)
  private let context: FigureContext
  private let own: String?

  init(_ context: FigureContext) throws(NothingToDraw) {
    self.context = context
    own = context.findings.setting("own")?.text
    func name(_ key: String) -> String { JudgementFigures.label(context.findings.setting(key)?.text ?? key) }
    axes = (name("x"), name("y"))
    guard let table = context.findings.table("brands") else { throw NothingToDraw("The map has no brands.") }
    let columns = ["x", "y", "judges", "sd_x", "sd_y", "correlation"].map { table.numbers($0) }
    var brands: [Brand] = []
    for (at, name) in table.texts("brand").enumerated() {
      let values = columns.map { at < $0.count ? $0[at] : nil }
      guard let x = values[0], let y = values[1], x.isFinite, y.isFinite else { continue }
      var brand = Brand(name: name, x: x, y: y, judges: values[2])
      if let a = values[3], let b = values[4], let r = values[5] { brand.spread = (a, b, r) }
      brands.append(brand)
    }
    guard !brands.isEmpty else { throw NothingToDraw("None of the brands has a place that can be drawn.") }
    self.brands = brands
  }

  private var hasSpread: Bool { brands.contains { $0.spread != nil } }

  private var title: String {
    let language = context.language
    let w = [context.findings.number("agreement_x"), context.findings.number("agreement_y")].compactMap(\.self)
    let count = language.number(Double(brands.count))
    guard w.count == 2 else { return "Where \(JudgementFigures.judges(context)) put \(count) brands" }
    let p = [context.findings.number("agreement_p_x"), context.findings.number("agreement_p_y")].map {
      ($0 ?? 1) <= 0.05
    }
    switch (p[0], p[1]) {
    case (true, true): return "The judges agree on both axes"
    case (true, false): return "The judges agree on “\(axes.x)”, hardly on “\(axes.y)”"
    case (false, true): return "The judges agree on “\(axes.y)”, hardly on “\(axes.x)”"
    case (false, false): return "The judges hardly agree"
    }
  }

  private var subtitle: String {
    let language = context.language
    let middle = context.findings.setting("centre")?.text ?? "mean"
    let isOne = context.findings.number("judges") == 1
    var text = "Judgement of \(JudgementFigures.judges(context)): "
    text +=
      isOne ? "one place a brand" : "the \(middle) place of each of \(language.number(Double(brands.count))) brands"
    let w = [context.findings.number("agreement_x"), context.findings.number("agreement_y")].compactMap(\.self)
    if w.count == 2 {
      text += "; Kendall's W \(language.number(w[0], decimals: 2)) across and \(language.number(w[1], decimals: 2)) up"
    }
    return text
  }

  var figure: Figure {
    let language = context.language
    let frame = Frame(context, title: title, subtitle: subtitle)
    let narrow = context.width == .narrow
    let ranges = extent
    let left = Frame.margin + 44
    let width = context.width.pixels - Frame.margin - left
    // One scale for both axes where their ranges are of like size; else each has its own.
    let (spanX, spanY) = (ranges.x.1 - ranges.x.0, ranges.y.1 - ranges.y.0)
    let isCommon = spanX > 0 && spanY > 0 && spanX / spanY < 5 && spanY / spanX < 5
    let limit = narrow ? width * 1.3 : min(width * 0.9, 560)
    let wanted = isCommon ? width * spanY / spanX : width * 0.62
    let height = max(min(wanted, limit), width * (narrow ? 0.7 : 0.4)).rounded()
    let plot = Rect(x: left, y: frame.top + 28, width: width, height: height)
    let scales = scales(plot, ranges, isCommon: isCommon)
    let points = brands.map { Point(scales.x($0.x), scales.y($0.y)) }
    let dots = zip(brands, points).map { brand, point in
      NamedDots.Dot(
        name: brand.name, label: JudgementFigures.label(brand.name), at: point, radius: 4.5, isOwn: brand.name == own)
    }
    let named = NamedDots(dots, context, LabelObstacles(), within: plot)
    var notes: [String] = []
    if hasSpread { notes.append("Ellipses: one standard deviation between judges in each direction.") }
    if !isCommon { notes.append("The two axes have scales of their own: distances between brands mean nothing.") }
    if !named.unnamed.isEmpty { notes.append("In the crowd, not named: \(named.unnamed.joined(separator: ", ")).") }
    let drawing = frame.drawing(
      marks: grid(frame, plot, scales) + ellipses(scales) + named.marks,
      areas: zip(brands, points).map { brand, point in
        HitArea(
          name: JudgementFigures.label(brand.name), detail: detail(brand), shape: .circle(centre: point, radius: 12),
          target: "row/brands/\(brand.name)")
      }, bottom: plot.maxY + 44, notes: notes)
    return Figure(
      drawing: drawing, title: title, subtitle: subtitle,
      alt: shortened("Judged map of \(language.number(Double(brands.count))) brands: \(title)", to: 150),
      description: description,
      reading: "What \(JudgementFigures.judges(context)) think, not what buyers said. The two axes are the judges' own"
        + " (\(axes.x), \(axes.y)).", table: "brands")
  }

  private func detail(_ brand: Brand) -> String {
    let language = context.language
    var text = "\(JudgementFigures.label(brand.name)): \(axes.x) \(language.number(brand.x, decimals: 2)), "
    text += "\(axes.y) \(language.number(brand.y, decimals: 2))"
    if let judges = brand.judges { text += ", \(language.number(judges)) \(judges == 1 ? "judge" : "judges")" }
    return text
  }

  private var description: [String] {
    func extreme(_ key: (Brand) -> Double) -> String {
      JudgementFigures.label(brands.enumerated().max { (key($0.1), -$0.0) < (key($1.1), -$1.0) }?.element.name ?? "")
    }
    return [
      "Across: \(axes.x). Up: \(axes.y).",
      "Farthest left stands \(extreme { -$0.x }), farthest right \(extreme(\.x)), highest \(extreme(\.y)), lowest "
        + "\(extreme { -$0.y }).",
    ]
  }

  /// The range of all that is drawn, ellipses among it.
  private var extent: (x: (Double, Double), y: (Double, Double)) {
    let xs = brands.flatMap { [$0.x - ($0.spread?.x ?? 0), $0.x + ($0.spread?.x ?? 0)] }
    let ys = brands.flatMap { [$0.y - ($0.spread?.y ?? 0), $0.y + ($0.spread?.y ?? 0)] }
    return ((xs.min() ?? 0, xs.max() ?? 0), (ys.min() ?? 0, ys.max() ?? 0))
  }

  private func scales(
    _ plot: Rect, _ ranges: (x: (Double, Double), y: (Double, Double)), isCommon: Bool
  ) -> (x: LinearScale, y: LinearScale) {
    let inner = Rect(x: plot.x + 24, y: plot.y + 20, width: plot.width - 48, height: plot.height - 40)
    guard isCommon else {
      return (
        LinearScale(ranges.x.0, ranges.x.1, start: inner.x, end: inner.maxX),
        LinearScale(ranges.y.0, ranges.y.1, start: inner.maxY, end: inner.y)
      )
    }
    let unit = min(inner.width / (ranges.x.1 - ranges.x.0), inner.height / (ranges.y.1 - ranges.y.0))
    let (middleX, middleY) = ((ranges.x.0 + ranges.x.1) / 2, (ranges.y.0 + ranges.y.1) / 2)
    let (halfX, halfY) = (inner.width / unit / 2, inner.height / unit / 2)
    return (
      LinearScale(middleX - halfX, middleX + halfX, start: inner.x, end: inner.maxX),
      LinearScale(middleY - halfY, middleY + halfY, start: inner.maxY, end: inner.y)
    )
  }

  private func grid(_ frame: Frame, _ plot: Rect, _ scales: (x: LinearScale, y: LinearScale)) -> [Mark] {
    let theme = context.theme
    var marks: [Mark] = [
      .path(.rectangle(plot), fill: nil, stroke: Stroke(theme.rule), role: .frame)
    ]
    for tick in scales.x.ticks(5) {
      marks.append(
        context.label(
          tickText(tick, scales.x), frame.smallFont, Paint(theme.muted), x: scales.x(tick), middle: plot.maxY + 12,
          anchor: .middle, role: .axis))
    }
    for tick in scales.y.ticks(5) {
      marks.append(
        context.label(
          tickText(tick, scales.y), frame.smallFont, Paint(theme.muted), x: plot.x - 8, middle: scales.y(tick),
          anchor: .end, role: .axis))
    }
    let room = plot.width
    if let line = context.measurer.lines(axes.y, frame.strongFont, width: room, limit: 1).first {
      marks.append(
        context.label(line, frame.strongFont, Paint(theme.muted), x: plot.x, middle: plot.y - 20, role: .axis))
    }
    if let line = context.measurer.lines(axes.x, frame.strongFont, width: room, limit: 1).first {
      marks.append(
        context.label(
          line, frame.strongFont, Paint(theme.muted), x: plot.maxX, middle: plot.maxY + 30, anchor: .end, role: .axis))
    }
    return marks
  }

  private func tickText(_ tick: Double, _ scale: LinearScale) -> String {
    let step = (scale.upper - scale.lower) / 5
    return context.language.number(
      tick, decimals: tick == tick.rounded() && step >= 0.8 ? 0 : step >= 0.2 ? 1 : step >= 0.02 ? 2 : 3)
  }

  /// One standard deviation of the judges around each brand, from the principal axes of their covariance in px.
  private func ellipses(_ scales: (x: LinearScale, y: LinearScale)) -> [Mark] {
    brands.compactMap { brand in
      guard let spread = brand.spread else { return nil }
      let centre = Point(scales.x(brand.x), scales.y(brand.y))
      let (sx, sy) = (scales.x(brand.x + spread.x) - centre.x, centre.y - scales.y(brand.y + spread.y))
      guard sx > 0.5 || sy > 0.5 else { return nil }
      // y runs downwards in px, so the correlation changes its sign.
      let covariance = -spread.correlation * sx * sy
      let middle = (sx * sx + sy * sy) / 2
      let reach = ((sx * sx - sy * sy) * (sx * sx - sy * sy) / 4 + covariance * covariance).squareRoot()
      let angle = 0.5 * atan2(2 * covariance, sx * sx - sy * sy)
      let colour = brand.name == own ? context.theme.accent : context.theme.neutral
      return .group(
        name: brand.name,
        [
          .path(
            .ellipse(
              centre: centre, a: (middle + reach).squareRoot(), b: max(0, middle - reach).squareRoot(), angle: angle),
            fill: Paint(colour, opacity: 0.12), stroke: Stroke(Paint(colour, opacity: 0.5), width: 1), role: .region)
        ])
    }
  }
}
