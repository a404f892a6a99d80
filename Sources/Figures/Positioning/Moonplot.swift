import Glibc
import Graphics
import ValueModels

extension PerceptualMapFigures {
  /// Brands inside a circle and attributes on it, in the direction of their arrows, the larger the longer the arrow (Bock,
  /// "Improving the display of correspondence analysis using moon plots", *International Journal of Market Research*
  /// 53(3), 2011). Nobody can read a distance from a brand to an attribute into it.
  @Sendable package static func drawMoonplot(_ context: FigureContext) throws(NothingToDraw) -> Figure {
    let map = try PerceptualMap(context.findings)
    guard map.attributesAreArrows, !map.isLine, map.showsDistances else {
      throw NothingToDraw("A moonplot needs two dimensions with distances between brands and directions of attributes.")
    }
    return Moonplot(map, context).figure
  }
}

private struct Moonplot {
  /// An attribute's name outside the circle.
  struct RimLabel {
    var place: PerceptualMap.Place
    /// From the right, anticlockwise, radians.
    var angle: Double
    /// Of its arrow, the longest being 1.
    var strength: Double
    var lines: [String]
    var font: Font
    var lineHeight: Double
    var size: Size
    /// px; set when the labels of a side are spread.
    var box = Rect(x: 0, y: 0, width: 0, height: 0)
    var isRight: Bool { cos(angle) >= 0 }
  }

  private let map: PerceptualMap
  private let context: FigureContext
  private let words: PerceptualMapWords
  private let frame: Frame
  private let centre: Point
  private let radius: Double
  private let labels: [RimLabel]
  private let brandPoints: [Point]
  private let bottom: Double
  private var ink: Colour { context.theme.hues[1 % max(1, context.theme.hues.count)] }

  private static let gap = 14.0

  init(_ map: PerceptualMap, _ context: FigureContext) {
    self.map = map
    self.context = context
    words = PerceptualMapWords(map, context.language)
    frame = Frame(context, title: words.drawnTitle, subtitle: words.subtitle)
    let narrow = context.width == .narrow
    let (smallest, largest) = narrow ? (11.0, 15.0) : (12.0, 21.0)
    let longest = map.attributes.map { hypot($0.x, $0.y) }.max() ?? 1
    let wrap = narrow ? 96.0 : 170
    var labels = map.attributes.map { place -> RimLabel in
      let strength = longest > 0 ? hypot(place.x, place.y) / longest : 0
      // Letters grow with the arrow, down to the smallest that can be read.
      let font = Font((max(smallest, largest * strength) * 2).rounded() / 2, .medium, italic: true)
      let lines = context.measurer.lines(place.label, font, width: wrap, limit: 3)
      let extents = lines.map { context.measurer.measure($0, font) }
      let height = extents.map(\.height).max() ?? 0
      return RimLabel(
        place: place, angle: atan2(place.y, place.x), strength: strength, lines: lines, font: font, lineHeight: height,
        size: Size(extents.map(\.width).max() ?? 0, height * Double(lines.count)))
    }
    let width = context.width.pixels - 2 * (narrow ? 10 : Frame.margin)
    let widest = labels.map(\.size.width).max() ?? 0
    // A side must hold its names one below the other.
    let sides = [true, false].map { side in
      labels.filter { $0.isRight == side }.reduce(0) { $0 + $1.size.height + 3 }
    }
    let room = max((width - 2 * widest) / 2 - Moonplot.gap - 4, 70)
    radius = min(room, context.width == .wide ? 330 : 290).rounded()
    let half = max(radius + 30, (sides.max() ?? 0) / 2 + 6)
    centre = Point(context.width.pixels / 2, frame.top + half)
    for side in [true, false] { Moonplot.spread(&labels, right: side, around: centre, radius: radius, half: half) }
    self.labels = labels
    bottom = centre.y + half
    let reach = map.brands.map { hypot($0.x, $0.y) }.max() ?? 1
    let scale = reach > 0 ? 0.8 * radius / reach : 1
    brandPoints = map.brands.map { [centre] in Point(centre.x + $0.x * scale, centre.y - $0.y * scale) }
  }

  /// Sets the names of one side on the circle, pushed apart up and down where they would overlap.
  private static func spread(
    _ labels: inout [RimLabel], right: Bool, around centre: Point, radius: Double, half: Double
  ) {
    let order = labels.indices.filter { labels[$0].isRight == right }.sorted {
      (-sin(labels[$0].angle), $0) < (-sin(labels[$1].angle), $1)
    }
    guard !order.isEmpty else { return }
    let outer = radius + gap
    // Names straight above or below stand clear of the circle, those at the sides beside their point.
    var tops = order.map { at -> Double in
      let lift = sin(labels[at].angle)
      return centre.y - outer * lift - labels[at].size.height * (1 + lift) / 2
    }
    let heights = order.map { labels[$0].size.height + 3 }
    // Down once, then up from the lower edge: the least room that all need is there.
    for k in tops.indices.dropFirst() { tops[k] = max(tops[k], tops[k - 1] + heights[k - 1]) }
    var limit = centre.y + half
    for k in tops.indices.reversed() {
      tops[k] = min(tops[k], limit - heights[k])
      limit = tops[k]
    }
    var floor = centre.y - half
    for k in tops.indices {
      tops[k] = max(tops[k], floor)
      floor = tops[k] + heights[k]
    }
    for (k, at) in order.enumerated() {
      let (top, size) = (tops[k], labels[at].size)
      // The row of the box nearest to the middle decides how far out it must stand.
      let near = max(top - centre.y, centre.y - top - size.height, 0)
      let beside = near < outer ? (outer * outer - near * near).squareRoot() : 0
      // Clear of the circle it may stand right at its point.
      let out = max(4, near > radius + 2 ? min(beside, abs(cos(labels[at].angle)) * radius) : beside)
      labels[at].box = Rect(
        x: right ? centre.x + out : centre.x - out - size.width, y: top, width: size.width, height: size.height)
    }
  }

  private var rim: [Mark] {
    let theme = context.theme
    var marks: [Mark] = [
      .path(.circle(centre, radius), fill: nil, stroke: Stroke(theme.rule, width: 1.4), role: .frame)
    ]
    for (dx, dy) in [(5.0, 0.0), (0, 5)] {
      marks.append(
        .path(
          .segment(Point(centre.x - dx, centre.y - dy), Point(centre.x + dx, centre.y + dy)), fill: nil,
          stroke: Stroke(theme.faint, width: 1), role: .axis))
    }
    for label in labels {
      let way = Point(cos(label.angle), -sin(label.angle))
      let paint = Paint(ink, opacity: 0.45 + 0.55 * label.strength)
      let start = centre + way * radius
      let middle = label.box.centre.y
      let end = Point(label.isRight ? label.box.x - 3 : label.box.maxX + 3, middle)
      var parts: [Mark] = [
        .path(
          .segment(start - way * 5, start + way * 3), fill: nil, stroke: Stroke(paint, width: 2), role: .vector)
      ]
      // Names above and below the circle stand at the end of their stroke.
      let isBeside = (label.isRight ? end.x > start.x + 5 : end.x < start.x - 5)
      if isBeside, hypot(end.x - start.x, end.y - start.y) > 20 {
        parts.append(
          .path(
            .segment(start + way * 4, end), fill: nil, stroke: Stroke(context.theme.faint, width: 0.8), role: .leader))
      }
      for (k, line) in label.lines.enumerated() {
        parts.append(
          context.label(
            line, label.font, Paint(ink), x: label.isRight ? label.box.x : label.box.maxX,
            middle: label.box.y + (Double(k) + 0.5) * label.lineHeight, anchor: label.isRight ? .start : .end))
      }
      marks.append(.group(name: label.place.name, parts))
    }
    return marks
  }

  var figure: Figure {
    let dots = zip(map.brands, brandPoints).map { brand, point in
      NamedDots.Dot(
        name: brand.name, label: brand.label, at: point, radius: 4.4, isOwn: brand.name == map.own,
        isOpen: brand.isSmallBase || brand.isSupplementary)
    }
    let inside = Rect(
      x: centre.x - radius, y: centre.y - radius, width: 2 * radius, height: 2 * radius)
    // The cross at the centre is what directions are read from.
    let obstacles = LabelObstacles(
      discs: [LabelObstacles.Disc(centre, 6)], boxes: labels.map { $0.box.inset(by: -2) })
    let named = NamedDots(dots, context, obstacles, within: inside)
    let rules: [ReadingIcons.Rule] = [.brandDistance, .sameDirection, .noMixedDistance]
    let (icons, below) = ReadingIcons(rules, context, frame).drawn(below: bottom)
    var notes = ["Size of an attribute's name: how much it tells the brands apart."]
    if !named.unnamed.isEmpty { notes.append("In the crowd, not named: \(named.unnamed.joined(separator: ", ")).") }
    if map.showsNoStructure { notes.append("This map shows no more than chance would.") }
    let areas = zip(map.brands, brandPoints).map { brand, point in
      HitArea(
        name: brand.label, detail: words.detail(brand), shape: .circle(centre: point, radius: 12),
        target: "row/brands/\(brand.name)")
    }
    let rimAreas = labels.map { label in
      HitArea(
        name: label.place.label, detail: words.detail(label.place), shape: .rectangle(label.box.inset(by: -2)),
        target: "row/attributes/\(label.place.name)")
    }
    let drawing = frame.drawing(
      marks: rim + named.marks + icons, areas: areas + rimAreas, bottom: below, notes: notes)
    return Figure(
      drawing: drawing, title: words.title, subtitle: words.subtitle,
      alt: shortened("Moonplot of \(map.brands.count) brands: \(words.title)", to: 150), description: description,
      reading: "Brands close together are seen alike. A brand stands out on the attributes in its direction from the"
        + " centre, the more the farther from the centre it lies. The larger an attribute's name, the more it tells brands apart."
        + " How near a brand comes to the circle or to a name means nothing.", table: "brands")
  }

  private var description: [String] {
    let strongest = labels.enumerated().sorted { (-$0.element.strength, $0.offset) < (-$1.element.strength, $1.offset) }
    let clockwise = labels.enumerated().sorted { (-turn($0.element), $0.offset) < (-turn($1.element), $1.offset) }
    return [
      "Attributes around the circle, clockwise from the top: \(context.language.list(clockwise.map(\.element.place.label))).",
      "The largest: \(context.language.list(strongest.prefix(3).map(\.element.place.label))).",
    ] + words.description.dropFirst(2)
  }

  /// Anticlockwise from just behind the top, so that the largest comes first going clockwise from it.
  private func turn(_ label: RimLabel) -> Double {
    let angle = label.angle - .pi / 2
    return angle > 0 ? angle - 2 * .pi : angle
  }
}
