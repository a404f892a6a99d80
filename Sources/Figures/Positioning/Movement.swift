import Glibc
import Graphics
import ValueModels

/// The way of a brand through the waves.
struct Trail {
  struct Stop {
    var wave: String
    /// As drawn, map units.
    var x: Double
    var y: Double
  }

  var brand: String
  /// In the order of the waves, the last being where the brand stands now.
  var places: [Stop]
  /// Whether the last is elsewhere than the first beyond chance; nil where that is not tested.
  var hasMoved: Bool?
  var distance: Double
  var lower: Double?
  var upper: Double?

  /// The rings of earlier waves, the first larger than those between, px.
  static func radius(of stop: Int) -> Double { stop == 0 ? 3.6 : 2.4 }
}

extension PerceptualMap {
  func trail(of brand: Place) -> Trail? { trails.first { $0.brand == brand.name } }

  /// The map with each brand where its last wave has it, and the ways there.
  mutating func addMovement(_ findings: Findings) throws(NothingToDraw) {
    guard let places = findings.table("positions"), let steps = findings.table("movement") else {
      throw NothingToDraw("There are no movements.")
    }
    let (names, waves) = (places.texts("brand"), places.texts("wave"))
    let numbers = ["x", "y", "quality", "base"].map { places.numbers($0) }
    guard numbers[0].count == names.count, numbers[1].count == names.count, waves.count == names.count else {
      throw NothingToDraw("There are no movements.")
    }
    var order: [String] = []
    var stops: [String: [Trail.Stop]] = [:]
    var last: [String: Int] = [:]
    for row in names.indices {
      guard let x = numbers[0][row], let y = numbers[1][row], x.isFinite, y.isFinite else { continue }
      if stops[names[row]] == nil { order.append(names[row]) }
      stops[names[row], default: []].append(Trail.Stop(wave: waves[row], x: x, y: y))
      last[names[row]] = row
    }
    let (from, to, of) = (steps.texts("from"), steps.texts("to"), steps.texts("brand"))
    let spans = ["distance", "lower", "upper"].map { steps.numbers($0) }
    let moved = steps.values("moved")
    trails = []
    var shown: [Place] = []
    for name in order {
      guard let way = stops[name], let end = way.last, let start = way.first, let row = last[name] else { continue }
      var place =
        brands.first { $0.name == name }
        ?? Place(
          name: name, label: name.contains(" ") ? name : name.replacing("_", with: " "), x: 0, y: 0, principal: [],
          contributions: [], isSupplementary: false, isSmallBase: false)
      (place.x, place.y, place.region, place.weight) = (end.x, end.y, nil, nil)
      place.quality = row < numbers[2].count ? numbers[2][row] : nil
      place.base = row < numbers[3].count ? numbers[3][row] : nil
      shown.append(place)
      guard way.count > 1,
        let step = of.indices.first(where: { of[$0] == name && from[$0] == start.wave && to[$0] == end.wave })
      else {
        trails.append(Trail(brand: name, places: [end], hasMoved: false, distance: 0))
        continue
      }
      var hasMoved: Bool?
      if case .truth(let truth) = moved[step] { hasMoved = truth }
      // A brand that stayed has no way: what lies between its places is chance.
      trails.append(
        Trail(
          brand: name, places: hasMoved == true ? way : hasMoved == nil ? [start, end] : [end], hasMoved: hasMoved,
          distance: spans[0][step] ?? 0, lower: spans[1][step], upper: spans[2][step]))
    }
    guard trails.contains(where: { $0.distance > 0 || $0.places.count > 1 }) else {
      throw NothingToDraw("No brand stands in two waves.")
    }
    brands = shown
    sizedBy = nil
    isLine = (brands + attributes).allSatisfy { $0.y == 0 } && trails.allSatisfy { $0.places.allSatisfy { $0.y == 0 } }
  }
}

extension PerceptualMapFigures {
  /// The map with each brand where it stands now, and arrows from where those stood that moved beyond chance.
  @Sendable package static func drawMovement(_ context: FigureContext) throws(NothingToDraw) -> Figure {
    var map = try PerceptualMap(context.findings)
    try map.addMovement(context.findings)
    var words = PerceptualMapWords(map, context.language)
    words.movement = MovementWords(map, context, base: words.reading)
    return draw(map, words, context)
  }
}

extension PerceptualMapPainter {
  /// From a ring, over rings of waves between, to the head of an arrow at the dot. Ways that are not tested have no head.
  var trails: [Mark] {
    zip(map.trails, layout.trailPoints).compactMap { trail, points in
      guard points.count > 1, let end = points.last, let at = map.brands.firstIndex(where: { $0.name == trail.brand })
      else { return nil }
      let ink = map.brands[at].name == map.own ? context.theme.accent : context.theme.neutral
      let paint = Paint(ink, opacity: trail.hasMoved == true ? 0.9 : 0.5)
      var marks: [Mark] = []
      for (k, start) in points.dropLast().enumerated() {
        let next = points[k + 1]
        let way = next - start
        guard way.length > 1 else { continue }
        let unit = way * (1 / way.length)
        let isLast = k == points.count - 2
        let radius = isLast ? layout.brandRadii[at] + 1.5 : Trail.radius(of: k + 1)
        let stop = next - unit * min(radius, way.length / 2)
        let head = isLast && trail.hasMoved == true ? min(7, way.length * 0.45) : 0
        marks.append(
          .path(
            .segment(start + unit * min(Trail.radius(of: k), way.length / 2), stop - unit * head), fill: nil,
            stroke: Stroke(paint, width: trail.hasMoved == true ? 1.8 : 1, dash: trail.hasMoved == nil ? [3, 3] : []),
            role: .line))
        if head > 0 {
          let (base, side) = (stop - unit * head, Point(-unit.y, unit.x) * (head * 0.5))
          marks.append(
            .path(.polyline([stop, base + side, base - side], closed: true), fill: paint, stroke: nil, role: .line))
        }
      }
      for (k, point) in points.dropLast().enumerated() where (point - end).length > 1 {
        marks.append(
          .path(
            .circle(point, Trail.radius(of: k)), fill: Paint(context.theme.paper), stroke: Stroke(paint, width: 1.4),
            role: .point))
      }
      return .group(name: trail.brand, marks)
    }
  }
}
