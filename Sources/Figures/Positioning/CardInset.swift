import Graphics

/// The claim's place on the map: brands as dots, ours in the accent, the attribute's arrow, and a verdict below.
struct CardInset {
  private let places: [(brand: String, x: Double, y: Double)]
  private let claim: PositioningCard.Claim
  private let alternative: String
  private let context: FigureContext

  /// Nil where the map has no brands.
  init?(
    _ places: [(brand: String, x: Double, y: Double)], _ claim: PositioningCard.Claim, alternative: String,
    _ context: FigureContext
  ) {
    guard !places.isEmpty else { return nil }
    self.places = places
    self.claim = claim
    self.alternative = alternative
    self.context = context
  }

  /// The marks, and the y below the verdict.
  func marks(_ room: Rect, _ frame: Frame) -> ([Mark], bottom: Double) {
    let theme = context.theme
    var marks: [Mark] = [
      .path(.rectangle(room, radius: 6), fill: Paint(theme.panel), stroke: Stroke(theme.rule), role: .frame)
    ]
    let projection = MapProjection(
      minX: min(0, places.map(\.x).min() ?? 0), maxX: max(0, places.map(\.x).max() ?? 0),
      minY: min(0, places.map(\.y).min() ?? 0), maxY: max(0, places.map(\.y).max() ?? 0), into: room.inset(by: 26))
    let origin = projection(0, 0)
    let inner = room.inset(by: 10)
    let tip = tip(from: origin, within: inner.inset(by: 8))
    marks += arrow(origin, tip)
    var obstacles = LabelObstacles(segments: [Segment(origin, tip)])
    var requests: [(text: String, font: Font, paint: Paint, request: LabelRequest)] = []
    func ask(_ text: String, _ font: Font, _ colour: Colour, _ at: Point, _ radius: Double, _ priority: Double) {
      let shown = context.measurer.lines(text, font, width: room.width * 0.6, limit: 1).first ?? text
      let extent = context.measurer.measure(shown, font)
      requests.append(
        (
          shown, font, Paint(colour),
          LabelRequest(
            anchor: at, radius: radius, size: Size(extent.width, extent.height), priority: priority, direction: nil)
        ))
    }
    let small = Font(11)
    ask(JudgementFigures.label(claim.attribute), Font(11, .semibold), theme.hues[1], tip, 3, 3)
    for place in places.filter({ $0.brand != claim.brand }) + places.filter({ $0.brand == claim.brand }) {
      let at = projection(place.x, place.y)
      let isOwn = place.brand == claim.brand
      let isNamed = isOwn || (place.brand == claim.leader && !claim.isAhead) || place.brand == alternative
      let radius = isOwn ? 5.0 : isNamed ? 3.5 : 2.5
      marks.append(
        .group(
          name: place.brand,
          [
            .path(
              .circle(at, radius), fill: Paint(isOwn ? theme.accent : isNamed ? theme.ink : theme.neutral),
              stroke: Stroke(theme.panel, width: 0.8), role: .point)
          ]))
      if isNamed {
        ask(
          JudgementFigures.label(place.brand), isOwn ? Font(11, .bold) : small, isOwn ? theme.accent : theme.ink, at,
          radius, isOwn ? 4 : 2)
      } else {
        obstacles.discs.append(LabelObstacles.Disc(at, radius))
      }
    }
    let layout = placeLabels(requests.map(\.request), avoiding: obstacles, within: inner.inset(by: -6))
    for (asked, place) in zip(requests, layout.placements) {
      guard let place else { continue }
      if let leader = place.leader {
        marks.append(
          .path(.segment(leader.start, leader.end), fill: nil, stroke: Stroke(theme.faint, width: 0.8), role: .leader))
      }
      // The panel's colour behind the letters keeps them apart from an arrow.
      let extent = context.measurer.measure(asked.text, asked.font)
      let run = TextRun(
        asked.text, asked.font, asked.paint, at: Point(place.box.x, place.box.y + extent.ascent),
        halo: Paint(theme.panel))
      marks.append(.text(run, box: place.box, role: .label))
    }
    return verdict(room, frame, marks)
  }

  /// Where a ray of the attribute's direction leaves the room; only its direction means something.
  private func tip(from origin: Point, within room: Rect) -> Point {
    let length = (claim.direction.x * claim.direction.x + claim.direction.y * claim.direction.y).squareRoot()
    guard length > 0, length.isFinite else { return origin }
    let way = Point(claim.direction.x / length, -claim.direction.y / length)
    var reach = Double.infinity
    if way.x > 1e-9 { reach = min(reach, (room.maxX - origin.x) / way.x) }
    if way.x < -1e-9 { reach = min(reach, (room.minX - origin.x) / way.x) }
    if way.y > 1e-9 { reach = min(reach, (room.maxY - origin.y) / way.y) }
    if way.y < -1e-9 { reach = min(reach, (room.minY - origin.y) / way.y) }
    return reach.isFinite ? origin + way * max(0, reach) : origin
  }

  private func arrow(_ from: Point, _ tip: Point) -> [Mark] {
    let way = tip - from
    guard way.length > 4 else { return [] }
    let unit = way * (1 / way.length)
    let base = tip - unit * min(7, way.length)
    let side = Point(-unit.y, unit.x) * 3
    let paint = Paint(context.theme.hues[1])
    return [
      .path(.segment(from, base), fill: nil, stroke: Stroke(paint, width: 1.6), role: .vector),
      .path(.polyline([tip, base + side, base - side], closed: true), fill: paint, stroke: nil, role: .vector),
    ]
  }

  /// A tick or a cross, and where the claim stands; told by shape as well as by colour.
  private func verdict(_ room: Rect, _ frame: Frame, _ marks: [Mark]) -> ([Mark], bottom: Double) {
    let theme = context.theme
    let colour = claim.isAhead ? theme.positive : theme.negative
    var marks = marks
    var y = room.maxY + 8
    let font = Font(frame.smallFont.size, .semibold)
    let middle = y + context.measurer.measure("X", font).height / 2
    let x = room.x
    let stroke = Stroke(Paint(colour), width: 2, cap: .round)
    if claim.isAhead {
      marks.append(
        .path(
          .polyline([Point(x + 1, middle), Point(x + 4, middle + 4), Point(x + 10, middle - 4)]), fill: nil,
          stroke: stroke, role: .annotation))
    } else {
      for (a, b) in [(-4.0, 4.0), (4.0, -4.0)] {
        marks.append(
          .path(
            .segment(Point(x + 1, middle + a), Point(x + 9, middle + b)), fill: nil, stroke: stroke, role: .annotation))
      }
    }
    for line in context.measurer.lines(claim.verdict(context), font, width: room.width - 16, limit: 3) {
      marks.append(Frame.text(line, font, Paint(colour), x: x + 16, top: &y, role: .annotation, in: context))
    }
    return (marks, y)
  }
}
