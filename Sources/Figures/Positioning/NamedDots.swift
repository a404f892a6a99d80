import Graphics

/// Dots with their names beside them: leaders, dots and labels, and the names that found no room.
struct NamedDots {
  struct Dot {
    var name: String
    var label: String
    var at: Point
    var radius: Double
    var isOwn: Bool
    /// Where the name would best stand, as seen from the dot; nil prefers the right.
    var direction: Point?
    /// Drawn as a ring.
    var isOpen = false
    /// A second mark without a name.
    var isNamed = true
  }

  let dots: [Dot]
  private let context: FigureContext
  private let fonts: [Font]
  private let layout: LabelLayout

  init(_ dots: [Dot], _ context: FigureContext, _ obstacles: LabelObstacles, within plot: Rect) {
    self.dots = dots
    self.context = context
    let size = dots.count > 60 ? 11.0 : context.width == .narrow ? 12 : 13
    let fonts = dots.map { Font(size, $0.isOwn ? .bold : .regular) }
    self.fonts = fonts
    let named = dots.indices.filter { dots[$0].isNamed }
    var around = obstacles
    around.discs += dots.filter { !$0.isNamed }.map { LabelObstacles.Disc($0.at, $0.radius) }
    let requests = named.map { at in
      let extent = context.measurer.measure(dots[at].label, fonts[at])
      return LabelRequest(
        anchor: dots[at].at, radius: dots[at].radius, size: Size(extent.width, extent.height),
        priority: dots[at].isOwn ? 4 : 1, direction: dots[at].direction)
    }
    let found = placeLabels(requests, avoiding: around, within: plot)
    var all = LabelLayout(placements: [LabelPlacement?](repeating: nil, count: dots.count))
    for (k, at) in named.enumerated() { all.placements[at] = found.placements[k] }
    layout = all
  }

  /// The names that found no room.
  var unnamed: [String] {
    dots.indices.filter { dots[$0].isNamed && layout.placements[$0] == nil }.map { dots[$0].label }
  }

  var marks: [Mark] {
    let theme = context.theme
    var leaders: [Mark] = []
    var labels: [Mark] = []
    for (at, place) in layout.placements.enumerated() {
      guard let place else { continue }
      if let leader = place.leader {
        leaders.append(
          .path(.segment(leader.start, leader.end), fill: nil, stroke: Stroke(theme.faint, width: 0.8), role: .leader))
      }
      let ink = dots[at].isOwn ? theme.accent : theme.ink
      labels.append(
        .group(
          name: dots[at].name,
          [
            context.label(
              dots[at].label, fonts[at], Paint(ink), x: place.box.x, middle: place.box.centre.y, halo: true)
          ]))
    }
    let points = dots.map { dot -> Mark in
      let colour = dot.isOwn ? theme.accent : theme.neutral
      return .group(
        name: dot.name,
        [
          .path(
            .circle(dot.at, dot.radius), fill: Paint(dot.isOpen ? theme.paper : colour),
            stroke: dot.isOpen ? Stroke(colour, width: 1.4) : Stroke(theme.paper, width: 0.8), role: .point)
        ])
    }
    return leaders + points + labels
  }
}
