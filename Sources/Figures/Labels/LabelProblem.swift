import Graphics

/// A name that wants a place beside its mark.
package struct LabelRequest: Sendable, Hashable {
  /// The middle of the mark, px.
  package var anchor: Point
  /// The mark as a disc, px; labels keep off it.
  package var radius: Double
  /// The room the text takes, px.
  package var size: Size
  /// The room of the number that may stand for the name where the name finds none; nil where it may not.
  package var numberSize: Size?
  /// 0 for an ordinary name; at 1 a px of distance weighs twice as much, so the name stays close and keeps its text.
  package var priority: Double
  /// Where the text would best stand as seen from the mark (the way an arrow points); nil prefers the right.
  package var direction: Point?

  package init(
    anchor: Point, radius: Double, size: Size, numberSize: Size? = nil, priority: Double = 0, direction: Point? = nil
  ) {
    self.anchor = anchor
    self.radius = radius
    self.size = size
    self.numberSize = numberSize
    self.priority = priority
    self.direction = direction
  }
}

/// A straight line between two points, px.
package struct Segment: Sendable, Hashable {
  package var start: Point
  package var end: Point

  package init(_ start: Point, _ end: Point) {
    self.start = start
    self.end = end
  }
}

/// What labels keep off, besides each other and the marks they name.
package struct LabelObstacles: Sendable, Hashable {
  package struct Disc: Sendable, Hashable {
    package var centre: Point
    package var radius: Double

    package init(_ centre: Point, _ radius: Double) {
      self.centre = centre
      self.radius = radius
    }
  }

  /// Marks without a label; never covered.
  package var discs: [Disc]
  /// Other text; never covered nor crossed by a leader.
  package var boxes: [Rect]
  /// Arrows and axes; crossed only where it saves much.
  package var segments: [Segment]

  package init(discs: [Disc] = [], boxes: [Rect] = [], segments: [Segment] = []) {
    self.discs = discs
    self.boxes = boxes
    self.segments = segments
  }
}

package struct LabelPlacement: Sendable, Hashable {
  package var box: Rect
  /// From the edge of the mark to the box; nil where the label stands right beside its mark.
  package var leader: Segment?
  /// True where the number stands for the name.
  package var isNumber: Bool
  /// Between the edge of the mark and the box, px.
  package var gap: Double
}

package struct LabelLayout: Sendable, Hashable {
  /// One a request, in their order; nil where not even the number found room.
  package var placements: [LabelPlacement?]

  /// The requests whose name does not stand in the picture and belongs in a key, in their order.
  package var keyed: [Int] { placements.indices.filter { placements[$0].map(\.isNumber) ?? true } }

  /// Sum of the gaps, px.
  package var displacement: Double { placements.reduce(0) { $0 + ($1?.gap ?? 0) } }
}
