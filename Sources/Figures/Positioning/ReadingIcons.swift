import Glibc
import Graphics

/// The rules for reading a map as small pictures under it: which of distance, projection and angle means something in
/// the scaling used, and what does not.
///
/// After Gower, Groenen, Van de Velden & Vines, "Perceptual maps: the good, the bad and the ugly" (ERIM report, 2010), who ask
/// that every map says so.
struct ReadingIcons {
  enum Rule: Equatable {
    case brandDistance, attributeDistance, projection, sameDirection, angle, movement
    case noTipDistance, noMixedDistance, noBrandDistance, noAxes

    /// Three to six words, so that they stand beside the picture on one or two lines.
    var words: String {
      switch self {
      case .brandDistance: "Close together: seen alike"
      case .attributeDistance: "Close together: tied to the same brands"
      case .projection: "Along the arrow: more of it"
      case .sameDirection: "Same direction: stands out on it"
      case .angle: "Small angle: they go together"
      case .movement: "Ring to dot: then and now"
      case .noTipDistance: "Near a tip: means nothing"
      case .noMixedDistance: "Brand near attribute: means nothing"
      case .noBrandDistance: "Distance of brands: not to scale"
      case .noAxes: "Left, right, up, down: mean nothing"
      }
    }

    var isDenied: Bool {
      switch self {
      case .noTipDistance, .noMixedDistance, .noBrandDistance, .noAxes: true
      default: false
      }
    }
  }

  let rules: [Rule]
  private let context: FigureContext
  private let frame: Frame

  init(_ rules: [Rule], _ context: FigureContext, _ frame: Frame) {
    self.context = context
    self.frame = frame
    self.rules = rules
  }

  init(_ map: PerceptualMap, _ context: FigureContext, _ frame: Frame) {
    self.init(ReadingIcons.rules(map), context, frame)
  }

  /// The rules that `PerceptualMapWords.reading` puts into sentences.
  static func rules(_ map: PerceptualMap) -> [Rule] {
    let first: [Rule] = map.trails.contains { $0.places.count > 1 } ? [.movement] : []
    switch map.method {
    case "multidimensional-scaling": return [.brandDistance, .noAxes]
    case "correspondence", "principal-components", "discriminant": break
    default: return []
    }
    guard !map.attributes.isEmpty, !map.isLine else { return first }
    switch (map.scaling, map.method) {
    case (.symmetric?, "correspondence"): return first + [.brandDistance, .sameDirection, .noMixedDistance]
    case (.attributePrincipal?, "correspondence"): return [.attributeDistance, .sameDirection, .noBrandDistance]
    case (.attributePrincipal?, _): return [.angle, .projection, .noBrandDistance]
    default: return first + [.brandDistance, .projection, .noTipDistance]
    }
  }

  private let iconSize = Size(40, 26)

  /// The pictures in one row, or one below the other where the row is too narrow.
  func drawn(below top: Double) -> (marks: [Mark], bottom: Double) {
    guard !rules.isEmpty else { return ([], top) }
    let room = context.width.pixels - 2 * Frame.margin
    let height = context.measurer.measure("X", frame.smallFont).height * 1.12
    func lines(_ rule: Rule, _ width: Double) -> [String] {
      context.measurer.lines(rule.words, frame.smallFont, width: width, limit: 3)
    }
    // As many to a row as leave their words on two lines.
    var columns = rules.count
    while columns > 1,
      rules.contains(where: { lines($0, room / Double(columns) - iconSize.width - 24).count > 2 })
    {
      columns -= 1
    }
    if columns < rules.count, columns > 2, rules.count.isMultiple(of: 2) { columns = rules.count / 2 }
    let column = room / Double(columns)
    var marks: [Mark] = []
    var y = top + 14
    for start in stride(from: 0, to: rules.count, by: columns) {
      for (k, rule) in rules[start..<min(start + columns, rules.count)].enumerated() {
        let x = Frame.margin + Double(k) * column
        let box = Rect(x: x, y: y, width: iconSize.width, height: iconSize.height)
        marks += icon(rule, box)
        let text = lines(rule, column - iconSize.width - 24)
        let first = box.centre.y - height * Double(text.count - 1) / 2
        for (n, line) in text.enumerated() {
          marks.append(
            context.label(
              line, frame.smallFont, Paint(context.theme.muted), x: box.maxX + 10, middle: first + Double(n) * height,
              role: .legend))
        }
      }
      y += iconSize.height + 8
    }
    return (marks, y - 4)
  }

  private var dotInk: Colour { context.theme.neutral }
  private var arrowInk: Colour { context.theme.hues[1 % max(1, context.theme.hues.count)] }

  private func icon(_ rule: Rule, _ box: Rect) -> [Mark] {
    func at(_ x: Double, _ y: Double) -> Point { Point(box.x + x, box.y + y) }
    var marks: [Mark] = []
    switch rule {
    case .brandDistance:
      marks = [line(at(8, 15), at(18, 11), dotInk), dot(at(8, 15)), dot(at(18, 11)), dot(at(36, 5), faint: true)]
    case .attributeDistance:
      marks = [
        line(at(8, 15), at(18, 11), arrowInk), square(at(8, 15)), square(at(18, 11)), square(at(36, 5), faint: true),
      ]
    case .projection:
      // The foot of the perpendicular from the dot onto the arrow.
      let (tail, tip, brand) = (at(3, 24), at(38, 8), at(17, 4))
      let way = tip - tail
      let share = ((brand.x - tail.x) * way.x + (brand.y - tail.y) * way.y) / (way.length * way.length)
      marks = arrow(tail, tip) + [line(brand, tail + way * share, dotInk, dash: [2, 2]), dot(brand)]
    case .sameDirection:
      let centre = at(4, 23)
      marks = [
        line(centre, at(36, 7), arrowInk, dash: [2, 2]), square(at(36, 7)), dot(at(20, 15)),
        line(at(1, 23), at(7, 23), dotInk),
        line(at(4, 20), at(4, 26), dotInk),
      ]
    case .angle:
      let centre = at(3, 22)
      marks = arrow(centre, at(37, 18)) + arrow(centre, at(34, 5))
      marks.append(
        .path(
          .polyline(
            (0...8).map { step in
              let turn = -atan2(4.0, 34) - Double(step) / 8 * (atan2(17.0, 31) - atan2(4.0, 34))
              return Point(centre.x + 15 * cos(turn), centre.y + 15 * sin(turn))
            }), fill: nil, stroke: Stroke(dotInk, width: 1), role: .legend))
    case .movement:
      let (from, to) = (at(6, 20), at(34, 7))
      let unit = (to - from) * (1 / (to - from).length)
      marks =
        arrow(from + unit * 4, to - unit * 5, dotInk) + [
          .path(
            .circle(from, 3.4), fill: Paint(context.theme.paper), stroke: Stroke(dotInk, width: 1.3), role: .legend),
          dot(to),
        ]
    case .noTipDistance: marks = arrow(at(1, 24), at(17, 16)) + [dot(at(37, 5))]
    case .noMixedDistance: marks = [line(at(6, 19), at(34, 7), dotInk), square(at(6, 19)), dot(at(34, 7))]
    case .noBrandDistance: marks = [line(at(9, 18), at(31, 8), dotInk), dot(at(9, 18)), dot(at(31, 8))]
    case .noAxes: marks = [line(at(5, 13), at(35, 13), dotInk), line(at(20, 1), at(20, 25), dotInk)]
    }
    if rule.isDenied {
      let centre = rule == .noTipDistance ? at(27, 10.5) : at(20, 13)
      let ink = Stroke(context.theme.negative, width: 2)
      let halo = Stroke(context.theme.paper, width: 4.5)
      let strokes = [4.5, -4.5].map {
        Path.segment(Point(centre.x - 4.5, centre.y - $0), Point(centre.x + 4.5, centre.y + $0))
      }
      marks += [halo, ink].flatMap { stroke in
        strokes.map { .path($0, fill: nil, stroke: stroke, role: .legend) }
      }
    }
    return marks
  }

  private func dot(_ at: Point, faint: Bool = false) -> Mark {
    .path(
      .circle(at, 3.4), fill: Paint(dotInk, opacity: faint ? 0.4 : 1), stroke: Stroke(context.theme.paper, width: 0.8),
      role: .legend)
  }

  private func square(_ at: Point, faint: Bool = false) -> Mark {
    .path(
      .rectangle(Rect(x: at.x - 3, y: at.y - 3, width: 6, height: 6)), fill: Paint(arrowInk, opacity: faint ? 0.4 : 1),
      stroke: nil, role: .legend)
  }

  private func line(_ a: Point, _ b: Point, _ ink: Colour, dash: [Double] = []) -> Mark {
    .path(.segment(a, b), fill: nil, stroke: Stroke(ink, width: 1, dash: dash), role: .legend)
  }

  private func arrow(_ tail: Point, _ tip: Point, _ ink: Colour? = nil) -> [Mark] {
    let paint = Paint(ink ?? arrowInk)
    let unit = (tip - tail) * (1 / max(1e-9, (tip - tail).length))
    let (base, side) = (tip - unit * 6, Point(-unit.y, unit.x) * 2.6)
    return [
      .path(.segment(tail, base), fill: nil, stroke: Stroke(paint, width: 1.4), role: .legend),
      .path(.polyline([tip, base + side, base - side], closed: true), fill: paint, stroke: nil, role: .legend),
    ]
  }
}
