import Graphics
import ValueModels

extension PerceptualMapFigures {
  /// Stress by the number of dimensions, with Kruskal's marks.
  @Sendable package static func drawStress(_ context: FigureContext) throws(NothingToDraw) -> Figure {
    guard let table = context.findings.table("dimensions") else { throw NothingToDraw("There are no dimensions.") }
    let stresses = table.numbers("stress").compactMap(\.self).filter { $0.isFinite && $0 >= 0 }
    guard stresses.count > 1 else {
      throw NothingToDraw("There is only one dimension, so there is nothing to compare.")
    }
    let language = context.language
    func text(_ stress: Double) -> String { language.number(stress, decimals: 3) }
    let title =
      stresses[1] <= 0.1
      ? "Two dimensions are enough: stress \(text(stresses[1]))"
      : stresses[1] <= 0.2
        ? "Two dimensions show the order roughly: stress \(text(stresses[1]))"
        : "Two dimensions are not enough: stress \(text(stresses[1]))"
    let subtitle = "Stress-1 of the best map in one to \(language.number(Double(stresses.count))) dimensions"
    let frame = Frame(context, title: title, subtitle: subtitle)
    let theme = context.theme
    let narrow = context.width == .narrow
    let left = Frame.margin + 44
    let plot = Rect(
      x: left, y: frame.top + 8, width: context.width.pixels - Frame.margin - left - (narrow ? 60 : 90),
      height: narrow ? 220 : 280)
    let (_, top) = niceDomain(0, max(0.25, stresses.max() ?? 0.25))
    let y = LinearScale(0, top, start: plot.maxY, end: plot.y)
    let step = plot.width / Double(stresses.count)
    var marks: [Mark] = []
    for (level, word) in [(0.0, ""), (0.05, "good"), (0.1, "fair"), (0.2, "poor")] {
      let at = y(level)
      marks.append(
        .path(
          .segment(Point(plot.x, at), Point(plot.maxX, at)), fill: nil,
          stroke: Stroke(level == 0 ? theme.rule : theme.faint, width: 1, dash: level == 0 ? [] : [4, 3]), role: .grid))
      marks.append(
        context.label(
          language.number(level, decimals: 2), frame.smallFont, Paint(theme.muted), x: plot.x - 8, middle: at,
          anchor: .end,
          role: .axis))
      if !word.isEmpty {
        marks.append(
          context.label(word, frame.smallFont, Paint(theme.muted), x: plot.maxX + 6, middle: at, role: .axis))
      }
    }
    let points = stresses.enumerated().map { Point(plot.x + (Double($0.offset) + 0.5) * step, y($0.element)) }
    marks.append(.path(.polyline(points), fill: nil, stroke: Stroke(theme.neutral, width: 1.6), role: .line))
    for (at, point) in points.enumerated() {
      let colour = at == 1 ? theme.accent : theme.neutral
      marks.append(.path(.circle(point, 4), fill: Paint(colour), stroke: nil, role: .point))
      marks.append(
        context.label(
          text(stresses[at]), frame.strongFont, Paint(theme.ink), x: point.x + 8, middle: point.y - 12, halo: true))
      marks.append(
        context.label(
          language.number(Double(at + 1)), frame.smallFont, Paint(theme.muted), x: point.x, middle: plot.maxY + 12,
          anchor: .middle, role: .axis))
    }
    let drawing = frame.drawing(
      marks: marks, areas: [], bottom: plot.maxY + 24,
      notes: ["Dashed: Kruskal's marks for stress-1. With few brands stress is low whatever the data."])
    return Figure(
      drawing: drawing, title: title, subtitle: subtitle, alt: shortened("Line: \(title)", to: 150),
      description: [
        "Stress by dimensions: "
          + stresses.enumerated().map { "\($0.offset + 1): \(text($0.element))" }.joined(separator: ", ") + "."
      ],
      reading: "A dimension is worth adding where the line falls steeply; where it runs flat, it is not.",
      table: "dimensions")
  }
}

extension PerceptualMap {
  /// The two brands of the pair with the least dissimilarity; none where several pairs share it.
  static func mostAlike(_ distances: FindingsTable?) -> [String] {
    guard let distances, distances.index(of: "disparity") != nil else { return [] }
    let values = distances.numbers("dissimilarity")
    guard let least = values.compactMap(\.self).min() else { return [] }
    let at = values.indices.filter { values[$0] == least }
    guard at.count == 1 else { return [] }
    return [distances.texts("brand")[at[0]], distances.texts("other")[at[0]]]
  }
}
