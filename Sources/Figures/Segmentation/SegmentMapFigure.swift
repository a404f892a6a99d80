import Formats
import Glibc
import Graphics
import ValueModels

/// Segments in the plane that tells them apart best: a mark at the middle of each, an ellipse that holds about half of its
/// people, and the variables as arrows. Nobody is shown singly.
struct SegmentMapFigure {
  private struct Place {
    var index: Int
    var name: String
    var x: Double
    var y: Double
    var spread: (x: Double, y: Double, correlation: Double)
    var share: Double?
  }

  private struct Arrow {
    var name: String
    var x: Double
    var y: Double
    var length: Double { (x * x + y * y).squareRoot() }
  }

  private let context: FigureContext
  private let places: [Place]
  private let arrows: [Arrow]
  private let explained: Double?
  private let frame: Frame
  private let title: String
  private let subtitle: String

  /// Half of a normal distribution in two dimensions lies within so many standard deviations.
  private static let half = 1.1774100225154747
  /// More arrows are a thicket; the longest are drawn.
  private static let mostArrows = 14

  static func draw(_ context: FigureContext) throws(NothingToDraw) -> Figure {
    let figure = SegmentMapFigure(context)
    guard figure.places.count > 1 else { throw NothingToDraw("Fewer than two segments are large enough to be shown.") }
    return figure.figure()
  }

  static func hasPlaces(_ findings: Findings) -> Bool { places(findings).count > 1 }

  private init(_ context: FigureContext) {
    self.context = context
    places = Self.places(context.findings)
    arrows = Self.arrows(context.findings)
    explained = context.findings.number("map_explained")
    title = Self.title(places, arrows)
    var words = "Segments where they lie farthest apart; ellipses hold about half of each"
    if places.count > 3, let explained {
      words += "; the plane shows \(context.language.share(explained)) of what tells them apart"
    }
    if places.count == 2 { words += ". Up and down: how people differ otherwise" }
    subtitle = words
    frame = Frame(context, title: title, subtitle: subtitle)
  }

  private static func places(_ findings: Findings) -> [Place] {
    guard let table = findings.table("map") else { return [] }
    let groups = SegmentContents(findings).groups
    let columns = ["x", "y", "sd_x", "sd_y", "correlation"].map { table.numbers($0) }
    return table.texts("name").enumerated().compactMap { row, name in
      let values = columns.map { row < $0.count ? $0[row] : nil }
      guard let x = values[0], let y = values[1], let a = values[2], let b = values[3], let r = values[4] else {
        return nil
      }
      return Place(
        index: row, name: name, x: x, y: y, spread: (a, b, r), share: row < groups.count ? groups[row].share : nil)
    }
  }

  private static func arrows(_ findings: Findings) -> [Arrow] {
    guard let table = findings.table("map_variables") else { return [] }
    let (x, y) = (table.numbers("x"), table.numbers("y"))
    let all = table.texts("variable").enumerated().compactMap { row, name -> Arrow? in
      guard row < x.count, row < y.count, let a = x[row], let b = y[row] else { return nil }
      return Arrow(name: name.contains(" ") ? name : name.replacing("_", with: " "), x: a, y: b)
    }.filter { $0.length > 0.2 }
    let longest = all.enumerated().sorted { (-$0.element.length, $0.offset) < (-$1.element.length, $1.offset) }
    return longest.prefix(mostArrows).map(\.element)
  }

  private static func title(_ places: [Place], _ arrows: [Arrow]) -> String {
    // What runs most along the line between the two farthest segments tells them apart.
    var farthest: (a: Int, b: Int, square: Double)?
    for a in places.indices {
      for b in places.indices where b > a {
        let square =
          (places[a].x - places[b].x) * (places[a].x - places[b].x)
          + (places[a].y - places[b].y) * (places[a].y - places[b].y)
        if square > (farthest?.square ?? 0) { farthest = (a, b, square) }
      }
    }
    guard let farthest else { return "Where the segments lie" }
    let (a, b) = (places[farthest.a], places[farthest.b])
    let strongest = arrows.enumerated().max { one, other in
      let reach = [one, other].map { abs($0.element.x * (a.x - b.x) + $0.element.y * (a.y - b.y)) }
      return (reach[0], -one.offset) < (reach[1], -other.offset)
    }?.element
    if places.count == 2, let strongest { return "\(a.name) and \(b.name) differ most on “\(strongest.name)”" }
    guard let strongest else { return "\(a.name) and \(b.name) lie farthest apart" }
    return "\(a.name) and \(b.name) lie farthest apart, most of all on “\(strongest.name)”"
  }

  private func figure() -> Figure {
    let theme = context.theme
    let bounds = extent
    let width = frame.width - 2 * Frame.margin
    let narrow = context.width == .narrow
    let ratio = (bounds.maxY - bounds.minY) / max(bounds.maxX - bounds.minX, 1e-9)
    let height = min(max(width * ratio, width * (narrow ? 0.8 : 0.5)), narrow ? width * 1.2 : 620).rounded()
    let plot = Rect(x: Frame.margin, y: frame.top + 4, width: width, height: height)
    let sides = narrow ? 40.0 : 90
    let project = MapProjection(
      minX: bounds.minX, maxX: bounds.maxX, minY: bounds.minY, maxY: bounds.maxY,
      into: Rect(x: plot.x + sides, y: plot.y + 26, width: plot.width - 2 * sides, height: plot.height - 52))
    let origin = project(0, 0)
    var marks: [Mark] = [
      .path(.rectangle(plot), fill: nil, stroke: Stroke(theme.rule), role: .frame),
      .path(
        .segment(Point(plot.x, origin.y), Point(plot.maxX, origin.y)), fill: nil, stroke: Stroke(theme.grid),
        role: .axis),
      .path(
        .segment(Point(origin.x, plot.y), Point(origin.x, plot.maxY)), fill: nil, stroke: Stroke(theme.grid),
        role: .axis),
    ]
    marks += places.map { ellipse($0, project) }
    let reach = arrowReach * project.scale
    let tips = arrows.map { Point(origin.x + $0.x * reach, origin.y - $0.y * reach) }
    for (arrow, tip) in zip(arrows, tips) { marks.append(vector(arrow, from: origin, to: tip)) }
    let centres = places.map { project($0.x, $0.y) }
    let named = names(centres, tips, origin, plot)
    marks += zip(places, centres).map { place, at in
      .group(name: place.name, [SegmentLook.mark(place.index, at: at, 6.5, filled: true, theme)])
    }
    marks += named.marks
    var notes = ["Arrows point where a variable is higher; the longer, the more it tells segments apart."]
    if !named.missing.isEmpty { notes.append("In the crowd, not named: \(named.missing.joined(separator: ", ")).") }
    return Figure(
      drawing: frame.drawing(marks: marks, areas: areas(centres), bottom: plot.maxY + 2, notes: notes), title: title,
      subtitle: subtitle, alt: ChainWords.shortened("Map of \(places.count) segments. " + title),
      description: description,
      reading: "Segments close together want alike; where ellipses overlap, people of one could be taken for the other."
        + " Variables run from the middle towards their arrow, and away from it behind.", table: "map")
  }

  /// All ellipses and the middle.
  private var extent: (minX: Double, maxX: Double, minY: Double, maxY: Double) {
    var bounds = (minX: 0.0, maxX: 0.0, minY: 0.0, maxY: 0.0)
    for place in places {
      let (reachX, reachY) = (Self.half * place.spread.x, Self.half * place.spread.y)
      bounds.minX = min(bounds.minX, place.x - reachX)
      bounds.maxX = max(bounds.maxX, place.x + reachX)
      bounds.minY = min(bounds.minY, place.y - reachY)
      bounds.maxY = max(bounds.maxY, place.y + reachY)
    }
    return bounds
  }

  /// How long, in map units, an arrow of correlation 1 may be so that all stay within the ellipses' extent.
  private var arrowReach: Double {
    let bounds = extent
    var reach = Double.infinity
    for arrow in arrows {
      if arrow.x != 0 { reach = min(reach, (arrow.x > 0 ? bounds.maxX : bounds.minX) / arrow.x) }
      if arrow.y != 0 { reach = min(reach, (arrow.y > 0 ? bounds.maxY : bounds.minY) / arrow.y) }
    }
    // Where all segments lie to one side, arrows to the other may leave their extent.
    let least = max(bounds.maxX - bounds.minX, bounds.maxY - bounds.minY) / 4
    return reach.isFinite ? max(reach, least) : least
  }

  private func ellipse(_ place: Place, _ project: MapProjection) -> Mark {
    let (sx, sy) = (Self.half * place.spread.x * project.scale, Self.half * place.spread.y * project.scale)
    // y runs downwards in px, so the correlation changes its sign.
    let covariance = -place.spread.correlation * sx * sy
    let middle = (sx * sx + sy * sy) / 2
    let reach = ((sx * sx - sy * sy) * (sx * sx - sy * sy) / 4 + covariance * covariance).squareRoot()
    let colour = SegmentLook.colour(place.index, context.theme)
    return .group(
      name: place.name,
      [
        .path(
          .ellipse(
            centre: project(place.x, place.y), a: (middle + reach).squareRoot(), b: max(0, middle - reach).squareRoot(),
            angle: 0.5 * atan2(2 * covariance, sx * sx - sy * sy)),
          fill: Paint(colour, opacity: 0.14), stroke: Stroke(Paint(colour, opacity: 0.7), width: 1.2), role: .region)
      ])
  }

  private func vector(_ arrow: Arrow, from origin: Point, to tip: Point) -> Mark {
    let ink = Paint(context.theme.neutral, opacity: 0.9)
    let angle = atan2(tip.y - origin.y, tip.x - origin.x)
    func barb(_ turn: Double) -> Point { Point(tip.x - 7 * cos(angle + turn), tip.y - 7 * sin(angle + turn)) }
    return .group(
      name: arrow.name,
      [
        .path(.segment(origin, tip), fill: nil, stroke: Stroke(ink, width: 1.2), role: .vector),
        .path(.polyline([barb(0.4), tip, barb(-0.4)]), fill: nil, stroke: Stroke(ink, width: 1.2), role: .vector),
      ])
  }

  /// Names of segments beside their marks and of variables beyond their tips, placed together.
  private func names(
    _ centres: [Point], _ tips: [Point], _ origin: Point, _ plot: Rect
  ) -> (marks: [Mark], missing: [String]) {
    let strong = Font(frame.labelFont.size, .semibold)
    let plain = frame.smallFont
    let longest = plot.width * (context.width == .narrow ? 0.4 : 0.3)
    func fitted(_ text: String, _ font: Font) -> String {
      let lines = context.measurer.lines(text, font, width: longest, limit: 1)
      return lines.first ?? text
    }
    var requests: [LabelRequest] = []
    var texts: [(text: String, font: Font, paint: Paint, name: String)] = []
    for (place, at) in zip(places, centres) {
      let text = fitted(place.name, strong)
      let extent = context.measurer.measure(text, strong)
      requests.append(
        LabelRequest(anchor: at, radius: 9, size: Size(extent.width + 2, extent.height), priority: 4))
      texts.append((text, strong, Paint(SegmentLook.colour(place.index, context.theme)), place.name))
    }
    for (arrow, tip) in zip(arrows, tips) {
      let text = fitted(arrow.name, plain)
      let extent = context.measurer.measure(text, plain)
      requests.append(
        LabelRequest(
          anchor: tip, radius: 3, size: Size(extent.width + 2, extent.height), priority: 1,
          direction: Point(tip.x - origin.x, tip.y - origin.y)))
      texts.append((text, plain, Paint(context.theme.muted), arrow.name))
    }
    let obstacles = LabelObstacles(segments: tips.map { Segment(origin, $0) })
    let layout = placeLabels(requests, avoiding: obstacles, within: plot.inset(by: 4))
    var marks: [Mark] = []
    var missing: [String] = []
    for (at, place) in layout.placements.enumerated() {
      guard let place, !place.isNumber else {
        missing.append(texts[at].name)
        continue
      }
      if let leader = place.leader {
        marks.append(
          .path(
            .segment(leader.start, leader.end), fill: nil, stroke: Stroke(context.theme.faint, width: 0.8),
            role: .leader))
      }
      marks.append(
        .group(
          name: texts[at].name,
          [
            context.label(
              texts[at].text, texts[at].font, texts[at].paint, x: place.box.x + 1, middle: place.box.centre.y,
              halo: true)
          ]))
    }
    return (marks, missing)
  }

  private func areas(_ centres: [Point]) -> [HitArea] {
    let slugs = SegmentContents(context.findings).groups.map(\.slug)
    return zip(places, centres).map { place, at in
      HitArea(
        name: place.name, detail: detail(place), shape: .circle(centre: at, radius: 14),
        target: place.index < slugs.count ? "segment/\(slugs[place.index])" : nil)
    }
  }

  private func detail(_ place: Place) -> String {
    let language = context.language
    var text =
      "\(place.name): \(language.number(place.x, decimals: 2)) across, \(language.number(place.y, decimals: 2)) up"
    if let share = place.share { text += ", \(language.share(share)) of all" }
    return text
  }

  private var description: [String] {
    let strongest = arrows.prefix(5).map { arrow in
      "\(arrow.name) (\(context.language.number(arrow.x, decimals: 2)), \(context.language.number(arrow.y, decimals: 2)))"
    }
    return places.map { detail($0) + "." }
      + (strongest.isEmpty
        ? [] : ["Variables by their correlation with the two axes: \(strongest.joined(separator: ", "))."])
  }
}
