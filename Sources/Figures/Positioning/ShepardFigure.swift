import Graphics

extension PerceptualMapFigures {
  /// Shepard's diagram: the distance of each pair on the map against its dissimilarity, and the line the level fits.
  @Sendable package static func drawShepard(_ context: FigureContext) throws(NothingToDraw) -> Figure {
    guard let table = context.findings.table("distances") else { throw NothingToDraw("There are no distances.") }
    var pairs: [Shepard.Pair] = []
    let names = zip(table.texts("brand"), table.texts("other")).map { "\($0) and \($1)" }
    let numbers = ["dissimilarity", "distance", "disparity"].map { table.numbers($0) }
    for at in names.indices where numbers.allSatisfy({ $0.count > at }) {
      guard let x = numbers[0][at], let y = numbers[1][at], let fit = numbers[2][at], x.isFinite, y.isFinite,
        fit.isFinite
      else { continue }
      pairs.append(Shepard.Pair(name: names[at], dissimilarity: x, distance: y, disparity: fit))
    }
    guard pairs.count > 2 else { throw NothingToDraw("There are too few pairs to compare.") }
    return Shepard(pairs: pairs, context: context).figure
  }
}

private struct Shepard {
  struct Pair {
    var name: String
    var dissimilarity: Double
    var distance: Double
    var disparity: Double
  }

  let pairs: [Pair]
  let context: FigureContext

  /// The pair farthest from the line.
  private var worst: Pair? { pairs.max { abs($0.distance - $0.disparity) < abs($1.distance - $1.disparity) } }

  private var isOrdinal: Bool { context.findings.setting("level")?.text ?? "ordinal" == "ordinal" }

  var figure: Figure {
    let language = context.language
    let stress = context.findings.number("stress")
    let title =
      stress.map { "The fit of the map is \(kruskalVerdict($0)) by Kruskal's rule" }
      ?? "Distances on the map against the data"
    var subtitle = "\(language.number(Double(pairs.count))) pairs of brands: distance on the map by dissimilarity"
    if let stress { subtitle += "; stress \(language.number(stress, decimals: 3))" }
    let frame = Frame(context, title: title, subtitle: subtitle)
    let narrow = context.width == .narrow
    let xs = pairs.map(\.dissimilarity)
    let yTop = pairs.flatMap { [$0.distance, $0.disparity] }.max() ?? 1
    let (low, high) = niceDomain(min(xs.min() ?? 0, 0), xs.max() ?? 1)
    let (_, top) = niceDomain(0, yTop > 0 ? yTop : 1)
    let left = Frame.margin + 44
    let plot = Rect(
      x: left, y: frame.top + 28, width: context.width.pixels - Frame.margin - left, height: narrow ? 260 : 360)
    let x = LinearScale(low, high, start: plot.x + 8, end: plot.maxX - 8)
    let y = LinearScale(0, top, start: plot.maxY, end: plot.y)
    var marks = axes(frame, plot, x, y)
    let ordered = pairs.sorted { ($0.dissimilarity, $0.disparity, $0.name) < ($1.dissimilarity, $1.disparity, $1.name) }
    marks.append(
      .path(
        .polyline(ordered.map { Point(x($0.dissimilarity), y($0.disparity)) }), fill: nil,
        stroke: Stroke(context.theme.hues[1], width: 1.6), role: .line))
    let radius = pairs.count > 600 ? 1.8 : 3.0
    marks += pairs.map { pair in
      .group(
        name: pair.name,
        [
          .path(
            .circle(Point(x(pair.dissimilarity), y(pair.distance)), radius),
            fill: Paint(context.theme.neutral, opacity: 0.7), stroke: nil, role: .point)
        ])
    }
    let areas = pairs.prefix(400).map { pair in
      HitArea(
        name: pair.name,
        detail: "\(pair.name): dissimilarity \(language.number(pair.dissimilarity, decimals: 2)), distance "
          + language.number(pair.distance, decimals: 2),
        shape: .circle(centre: Point(x(pair.dissimilarity), y(pair.distance)), radius: 8))
    }
    let line = isOrdinal ? "never falling" : "straight"
    let drawing = frame.drawing(
      marks: marks, areas: areas, bottom: plot.maxY + 44,
      notes: [
        "Dots: pairs of brands. Line: the \(line) line that fits best; stress counts how far the dots lie off it."
      ])
    var description = ["Dots rise from left to right as far as the map keeps how unlike pairs are."]
    if let worst {
      description.append(
        "Farthest off the line: \(worst.name), \(worst.distance > worst.disparity ? "farther apart" : "nearer") on the map "
          + "than they should be.")
    }
    return Figure(
      drawing: drawing, title: title, subtitle: subtitle, alt: shortened("Shepard diagram: \(title)", to: 150),
      description: description,
      reading:
        "Each dot is a pair of brands. The closer dots lie to the line, the better the map; dots above it stand too"
        + " far apart on the map, dots below it too near.", table: "distances")
  }

  private func axes(_ frame: Frame, _ plot: Rect, _ x: LinearScale, _ y: LinearScale) -> [Mark] {
    let theme = context.theme
    var marks: [Mark] = []
    let step = (y.upper - y.lower) / 4
    for tick in y.ticks(4) {
      marks.append(
        .path(
          .segment(Point(plot.x, y(tick)), Point(plot.maxX, y(tick))), fill: nil, stroke: Stroke(theme.grid),
          role: .grid))
      marks.append(
        context.label(
          text(tick, step), frame.smallFont, Paint(theme.muted), x: plot.x - 8, middle: y(tick), anchor: .end,
          role: .axis))
    }
    let xStep = (x.upper - x.lower) / 5
    for tick in x.ticks(5) {
      marks.append(
        context.label(
          text(tick, xStep), frame.smallFont, Paint(theme.muted), x: x(tick), middle: plot.maxY + 12, anchor: .middle,
          role: .axis))
    }
    marks.append(
      context.label(
        "distance on the map", frame.smallFont, Paint(theme.muted), x: Frame.margin, middle: plot.y - 20, role: .axis))
    marks.append(
      context.label(
        "dissimilarity", frame.smallFont, Paint(theme.muted), x: plot.maxX, middle: plot.maxY + 30, anchor: .end,
        role: .axis))
    return marks
  }

  private func text(_ tick: Double, _ step: Double) -> String {
    context.language.number(tick, decimals: step >= 2 || step == 0 ? 0 : step >= 0.2 ? 1 : step >= 0.02 ? 2 : 3)
  }
}
