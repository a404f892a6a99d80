import Formats
import Graphics
import ValueModels

/// BIC of every family of covariances by the number of segments: a line each with its name at its end.
struct CriteriaFamilies {
  private struct Line {
    var name: String
    var points: [(k: Double, value: Double)]
  }

  private let context: FigureContext
  private let lines: [Line]
  private let numbers: [Double]
  private let taken: (k: Double, family: String)?

  /// Nil where the criteria are not of mixtures.
  init?(_ context: FigureContext) {
    guard let table = context.findings.table("criteria") else { return nil }
    let ks = table.numbers("segments")
    lines = table.columns.map(\.name).filter { $0.hasPrefix("bic_") }.compactMap { column in
      let values = table.numbers(column)
      let points = values.indices.compactMap { row -> (k: Double, value: Double)? in
        guard let k = ks[row], let value = values[row] else { return nil }
        return (k, value)
      }
      // A family with one mixture makes no line.
      return points.count < 2 ? nil : Line(name: column.dropFirst(4).uppercased(), points: points)
    }
    numbers = ks.compactMap { $0 }.sorted()
    guard !lines.isEmpty else { return nil }
    self.context = context
    if let k = context.findings.number("segments"), let family = context.findings.fact("covariance")?.text {
      taken = (k, family)
    } else {
      taken = nil
    }
  }

  var words: String {
    lines.map { line in
      let least = line.points.min { $0.value < $1.value }
      return "\(line.name) least with \(context.language.number(least?.k ?? 0)) segments, "
        + context.language.number(least?.value ?? 0)
    }.joined(separator: "; ")
  }

  /// Draws into a box whose height is that of the plot with its numbers; returns the lower edge.
  func draw(_ frame: Frame, in box: Rect, _ marks: inout [Mark]) -> Double {
    let theme = context.theme
    var y = box.y
    marks.append(
      Frame.text(
        "BIC by family of covariances", frame.strongFont, Paint(theme.ink), x: box.x, top: &y, role: .axis, in: context)
    )
    for line in context.measurer.lines(
      "lower: better balance of fit and parameters; names: volume, shape, orientation Equal, Varying or Identity",
      frame.smallFont, width: box.width)
    {
      marks.append(Frame.text(line, frame.smallFont, Paint(theme.muted), x: box.x, top: &y, role: .axis, in: context))
    }
    let values = lines.flatMap { $0.points.map(\.value) }
    let (low, high) = (values.min() ?? 0, values.max() ?? 1)
    let pad = max((high - low) * 0.08, 1e-9)
    let (top, bottom) = (y + 12, y + 12 + box.height)
    let vertical = LinearScale(low - pad, high + pad, start: bottom, end: top)
    let ticks = niceTicks(low - pad, high + pad, 5)
    let texts = ticks.map { context.language.number($0) }
    let gutter = texts.map { context.measurer.measure($0, frame.smallFont).width }.max() ?? 0
    let names = lines.map { context.measurer.measure($0.name, frame.strongFont) }
    let left = box.x + gutter + 10
    let right = box.maxX - (names.map(\.width).max() ?? 0) - 14
    let across = LinearScale(numbers.first ?? 1, numbers.last ?? 2, start: left + 12, end: right)
    for (tick, text) in zip(ticks, texts) {
      marks.append(
        .path(
          .segment(Point(left, vertical(tick)), Point(right, vertical(tick))), fill: nil, stroke: Stroke(theme.grid),
          role: .grid))
      marks.append(
        context.label(
          text, frame.smallFont, Paint(theme.muted), x: left - 6, middle: vertical(tick), anchor: .end, role: .axis))
    }
    for k in numbers {
      let isTaken = k == taken?.k
      marks.append(
        context.label(
          context.language.number(k), isTaken ? frame.strongFont : frame.smallFont,
          Paint(isTaken ? theme.accent : theme.muted), x: across(k), middle: bottom + 12, anchor: .middle, role: .axis))
    }
    // The line taken is drawn last, over the others.
    let order =
      lines.indices.filter { lines[$0].name != taken?.family }
      + lines.indices.filter { lines[$0].name == taken?.family }
    for at in order {
      let isTaken = lines[at].name == taken?.family
      let colour = isTaken ? theme.accent : SegmentLook.colour(at, theme)
      let way = lines[at].points.map { Point(across($0.k), vertical($0.value)) }
      if way.count > 1 {
        marks.append(
          .path(
            .polyline(way), fill: nil,
            stroke: Stroke(
              colour, width: isTaken ? 2.4 : 1.5, dash: isTaken ? [] : Self.dashes[at % Self.dashes.count]),
            role: .line))
      }
      for (point, place) in zip(lines[at].points, way) {
        let isBest = isTaken && point.k == taken?.k
        marks.append(
          .path(
            .circle(place, isBest ? 5.5 : isTaken ? 3 : 2.2), fill: Paint(colour),
            stroke: Stroke(theme.paper, width: 1),
            role: .point))
      }
    }
    marks += labels(frame, names, across, vertical, top: top, bottom: bottom)
    return bottom + 22
  }

  private static let dashes: [[Double]] = [[], [6, 3], [2, 3], [8, 3, 2, 3], [4, 2], [1, 2]]

  /// Each name beside the last point of its line: those that reach the last number in a column, moved up or down where
  /// they would touch, the others where the lines leave room.
  private func labels(
    _ frame: Frame, _ extents: [TextExtent], _ across: LinearScale, _ vertical: LinearScale, top: Double, bottom: Double
  ) -> [Mark] {
    func way(_ at: Int) -> [Point] { lines[at].points.map { Point(across($0.k), vertical($0.value)) } }
    func end(_ at: Int) -> Point { way(at).last ?? Point(across.end, bottom) }
    let reaching = lines.indices.filter { end($0).x > across.end - 1 }
    let early = lines.indices.filter { end($0).x <= across.end - 1 }
    var marks = column(frame, reaching.map { ($0, end($0)) }, extents, across, top: top, bottom: bottom)
    let requests = early.map { at in
      LabelRequest(
        anchor: end(at), radius: 4, size: Size(extents[at].width, extents[at].height), direction: Point(1, 0))
    }
    let obstacles = LabelObstacles(
      segments: lines.indices.flatMap { at in zip(way(at), way(at).dropFirst()).map { Segment($0, $1) } })
    let room = Rect(x: across.start, y: top, width: across.end - across.start, height: bottom - top)
    for (at, place) in zip(early, placeLabels(requests, avoiding: obstacles, within: room).placements) {
      guard let place else { continue }
      if let leader = place.leader {
        marks.append(
          .path(
            .segment(leader.start, leader.end), fill: nil, stroke: Stroke(context.theme.faint, width: 0.8),
            role: .leader))
      }
      marks.append(name(at, frame, x: place.box.x, y: place.box.centre.y))
    }
    return marks
  }

  private func name(_ at: Int, _ frame: Frame, x: Double, y: Double) -> Mark {
    let isTaken = lines[at].name == taken?.family
    let colour = isTaken ? context.theme.accent : SegmentLook.colour(at, context.theme)
    return context.label(
      lines[at].name, isTaken ? frame.strongFont : frame.smallFont, Paint(colour), x: x, middle: y, halo: true)
  }

  private func column(
    _ frame: Frame, _ ends: [(at: Int, end: Point)], _ extents: [TextExtent], _ across: LinearScale, top: Double,
    bottom: Double
  ) -> [Mark] {
    let step = (extents.map(\.height).max() ?? 14) + 1
    let order = ends.indices.sorted { (ends[$0].end.y, $0) < (ends[$1].end.y, $1) }
    var places = [Double](repeating: 0, count: ends.count)
    var next = top
    for at in order {
      places[at] = max(ends[at].end.y, next)
      next = places[at] + step
    }
    var limit = bottom
    for at in order.reversed() {
      places[at] = min(places[at], limit)
      limit = places[at] - step
    }
    return ends.indices.flatMap { at -> [Mark] in
      let end = ends[at].end
      var marks: [Mark] = []
      if abs(places[at] - end.y) > 2 {
        marks.append(
          .path(
            .segment(Point(end.x + 5, end.y), Point(across.end + 9, places[at])), fill: nil,
            stroke: Stroke(context.theme.faint, width: 0.8), role: .leader))
      }
      return marks + [name(ends[at].at, frame, x: across.end + 11, y: places[at])]
    }
  }
}
