/// One line of text set at a baseline.
package struct TextRun: Sendable, Hashable {
  package enum Anchor: String, Sendable, Hashable { case start, middle, end }

  package var text: String
  package var font: Font
  package var paint: Paint
  /// Where the anchor of the text stands on its baseline.
  package var at: Point
  package var anchor: Anchor
  /// Clockwise about `at`, in degrees.
  package var rotation: Double
  /// Drawn behind the letters, `haloWidth` px beyond their edge, to keep them legible over other marks.
  package var halo: Paint?
  package var haloWidth: Double

  package init(
    _ text: String, _ font: Font, _ paint: Paint, at: Point, anchor: Anchor = .start, rotation: Double = 0,
    halo: Paint? = nil, haloWidth: Double = 2
  ) {
    self.text = text
    self.font = font
    self.paint = paint
    self.at = at
    self.anchor = anchor
    self.rotation = rotation
    self.halo = halo
    self.haloWidth = haloWidth
  }
}

/// What a mark is to the reader of a transcript; golden tests count labels and leaders by it.
package enum Role: String, Sendable, Hashable {
  case background, frame, axis, grid, title, subtitle, caption, legend
  case point, vector, region, bar, line, band, node, area
  case label, leader, annotation
}

package enum Mark: Sendable, Hashable {
  case path(Path, fill: Paint?, stroke: Stroke?, role: Role)
  /// `box`: the room the text takes, as measured; what must not overlap.
  case text(TextRun, box: Rect, role: Role)
  /// Marks that belong together; `name` says of what ("Toyota").
  case group(name: String, [Mark])
}

/// A part of the picture that stands for something: the page lays a focusable area over it, without script.
package struct HitArea: Sendable, Hashable {
  package enum Shape: Sendable, Hashable {
    case rectangle(Rect)
    case circle(centre: Point, radius: Double)
    case path(Path)
  }

  /// What it is: "Toyota".
  package var name: String
  /// What a reader should know of it, every fact of which stands in the data table as well.
  package var detail: String
  package var shape: Shape
  /// Names what it leads to (`segment/builders`, `actor/roasters`, `row/brands/Toyota`); the site makes a link where there is such a place.
  package var target: String?

  package init(name: String, detail: String, shape: Shape, target: String? = nil) {
    self.name = name
    self.detail = detail
    self.shape = shape
    self.target = target
  }
}

/// A finished picture as a value: nothing is measured or decided after this, only painted.
package struct Drawing: Sendable, Hashable {
  /// px
  package var size: Size
  package var background: Colour
  /// Painted in this order.
  package var marks: [Mark]
  /// In reading order.
  package var areas: [HitArea]

  package init(size: Size, background: Colour, marks: [Mark] = [], areas: [HitArea] = []) {
    self.size = size
    self.background = background
    self.marks = marks
    self.areas = areas
  }
}
