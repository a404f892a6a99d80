import Graphics

/// A second layer on a map, placed and named in one pass with its brands and attributes: directions and ideal points of
/// preferences, names of contours.
struct MapOverlay {
  enum Shape {
    /// A line from the centre; dashed where the point it leads to lies beyond the brands.
    case arrow(isDashed: Bool)
    /// Highest there.
    case ideal
    /// Lowest there.
    case antiIdeal
    /// Highest one way, lowest the other.
    case saddle
    /// A name on a contour, without a mark.
    case note
    /// A brand (from 0) as a segment sees it.
    case view(of: Int)
  }

  /// The row of the findings.
  var name: String
  /// As printed.
  var label: String
  /// Units of the brands' places.
  var x: Double
  var y: Double
  var shape: Shape
  /// Not to be relied on.
  var isFaint: Bool
  /// What its tooltip says.
  var detail: String

  var isArrow: Bool { if case .arrow = shape { true } else { false } }
  var isNote: Bool { if case .note = shape { true } else { false } }
  var isView: Bool { if case .view = shape { true } else { false } }
  /// px
  var radius: Double { isArrow ? 6 : isNote ? 0.5 : isView ? 4 : 7 }
}

extension PerceptualMap {
  /// The second layer holds preferences: attributes then stand back.
  var showsPreferences: Bool { overlay.contains { !$0.isView } }
}

extension PerceptualMapPainter {
  private var ink: Colour { context.theme.hues[3 % max(1, context.theme.hues.count)] }

  /// The marks of the second layer.
  var overlays: [Mark] {
    zip(map.overlay, layout.overlayPoints).compactMap { item, at in
      let paint = Paint(ink, opacity: item.isFaint ? 0.4 : 1)
      switch item.shape {
      case .note: return nil
      case .view(let brand): return view(item, of: brand, at: at)
      case .arrow(let isDashed): return arrow(item.name, to: at, paint, isDashed: isDashed)
      case .ideal:
        return .group(
          name: item.name,
          [
            ring(at, paint), .path(.circle(at, 2.4), fill: paint, stroke: nil, role: .point),
          ])
      case .antiIdeal:
        let r = 3.2
        let cross = Stroke(paint, width: 1.6)
        return .group(
          name: item.name,
          [
            ring(at, paint),
            .path(
              .segment(Point(at.x - r, at.y - r), Point(at.x + r, at.y + r)), fill: nil, stroke: cross, role: .point),
            .path(
              .segment(Point(at.x - r, at.y + r), Point(at.x + r, at.y - r)), fill: nil, stroke: cross, role: .point),
          ])
      case .saddle:
        let r = 7.0
        let corners = [Point(at.x, at.y - r), Point(at.x + r, at.y), Point(at.x, at.y + r), Point(at.x - r, at.y)]
        return .group(
          name: item.name,
          [
            .path(
              .polyline(corners, closed: true), fill: Paint(context.theme.paper), stroke: Stroke(paint, width: 1.8),
              role: .point),
            .path(
              .segment(Point(at.x - 3, at.y), Point(at.x + 3, at.y)), fill: nil, stroke: Stroke(paint, width: 1.6),
              role: .point),
          ])
      }
    }
  }

  private func ring(_ at: Point, _ paint: Paint) -> Mark {
    .path(.circle(at, 6.2), fill: Paint(context.theme.paper), stroke: Stroke(paint, width: 1.8), role: .point)
  }

  /// Thicker than an attribute's, its head open, so that the two are told apart without colour.
  private func arrow(_ name: String, to tip: Point, _ paint: Paint, isDashed: Bool) -> Mark {
    let origin = layout.projection.origin
    let way = tip - origin
    guard way.length > 1 else {
      return .group(name: name, [.path(.circle(tip, 3), fill: paint, stroke: nil, role: .vector)])
    }
    let unit = way * (1 / way.length)
    let head = min(11, way.length * 0.6)
    let back = tip - unit * head
    let side = Point(-unit.y, unit.x) * (head * 0.45)
    return .group(
      name: name,
      [
        .path(
          .segment(origin, tip), fill: nil, stroke: Stroke(paint, width: 2.4, dash: isDashed ? [6, 4] : []),
          role: .vector),
        .path(
          .polyline([back + side, tip, back - side]), fill: nil, stroke: Stroke(paint, width: 2.4), role: .vector),
      ])
  }

  /// The name of an item of the second layer, from 0.
  func overlayName(_ at: Int, _ place: LabelPlacement) -> Mark {
    let item = map.overlay[at]
    let label = layout.labels[map.brands.count + map.attributes.count + at]
    let point = layout.overlayPoints[at]
    let anchor: TextRun.Anchor = place.box.x >= point.x ? .start : place.box.maxX <= point.x ? .end : .middle
    let x = anchor == .start ? place.box.x : anchor == .end ? place.box.maxX : place.box.centre.x
    let lines = label.lines.enumerated().map { k, line in
      context.label(
        line, label.font, Paint(item.isNote ? context.theme.muted : colour(of: item)), x: x,
        middle: place.box.y + (Double(k) + 0.5) * label.lineHeight, anchor: anchor, halo: true)
    }
    return .group(name: item.name, lines)
  }

  var overlayAreas: [HitArea] {
    zip(map.overlay, layout.overlayPoints).filter { !$0.0.isNote }.map { item, at in
      HitArea(
        name: item.label, detail: item.detail, shape: .circle(centre: at, radius: 12),
        target: "row/\(item.isView ? "segments" : "preferences")/\(item.name)")
    }
  }
}
