import CPangoCairo
import Graphics

/// Pango's marks for "draws nothing" and "no face has it"; macros with casts, which Swift cannot import.
let emptyGlyph: PangoGlyph = 0x0FFF_FFFF
let unknownFlag: PangoGlyph = 0x1000_0000

/// The box that stands for a character no face can draw: every format shows the same one.
struct MissingGlyph {
  /// px, its origin on the baseline.
  let path: Path

  /// Nil where the face has an outline for the glyph.
  init?(_ glyph: PangoGlyph, width: Double, _ font: OpaquePointer) {
    guard glyph & unknownFlag != 0 || Self.isPicture(font) else { return nil }
    let inset = width * 0.1
    let (inner, thin) = (max(width - 2 * inset, 0), max(width * 0.06, 0.01))
    let box = Rect(x: inset, y: -inner * 1.1, width: inner, height: inner * 1.1)
    let hole = box.inset(by: thin)
    var path = Path.rectangle(box)
    // The other way round, so that the inside stays open.
    path.move(Point(hole.x, hole.y))
    path.line(Point(hole.x, hole.maxY))
    path.line(Point(hole.maxX, hole.maxY))
    path.line(Point(hole.maxX, hole.y))
    path.close()
    self.path = path
  }

  /// True for faces made of pictures (colour emoji), which have no outline to fill.
  private static func isPicture(_ font: OpaquePointer) -> Bool {
    guard let shaper = pango_font_get_hb_font(UnsafeMutablePointer(font)) else { return false }
    return hb_ot_color_has_png(hb_font_get_face(shaper)) != 0
  }

  static func covers(_ glyph: PangoGlyph, _ font: OpaquePointer) -> Bool {
    glyph & unknownFlag != 0 || isPicture(font)
  }
}

extension Path {
  /// Appends to the current path of a Cairo context.
  func add(to cairo: OpaquePointer, offset: Point = .zero) {
    for element in elements {
      switch element {
      case .move(let p): cairo_move_to(cairo, p.x + offset.x, p.y + offset.y)
      case .line(let p): cairo_line_to(cairo, p.x + offset.x, p.y + offset.y)
      case .curve(let a, let b, let p):
        cairo_curve_to(
          cairo, a.x + offset.x, a.y + offset.y, b.x + offset.x, b.y + offset.y, p.x + offset.x, p.y + offset.y)
      case .close: cairo_close_path(cairo)
      }
    }
  }
}
