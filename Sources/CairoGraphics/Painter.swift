import CPangoCairo
import Graphics

/// Paints a drawing on a Cairo surface of any kind.
struct Painter: ~Copyable {
  let context: Context
  let family: String
  let dark: Bool
  /// True where letters stay letters (PDF); otherwise their outlines are filled, which keeps them where they were
  /// measured: Cairo's own glyphs sit on whole pixels of an image.
  let keepsText: Bool
  /// The image painted on, where it is one.
  let ground: PixelGround?

  init(
    _ surface: borrowing Surface, family: String, dark: Bool = false, keepsText: Bool = false,
    ground: PixelGround? = nil
  ) throws(RenderFailure) {
    context = try Context(surface)
    self.ground = ground
    self.family = family
    self.dark = dark
    self.keepsText = keepsText
    // As in SVG, so that sharp corners look the same.
    cairo_set_miter_limit(context.pointer, 4)
  }

  /// All of it, `scale` units of the surface a px.
  func paint(_ drawing: Drawing, scale: Double) throws(RenderFailure) {
    let cairo = context.pointer
    set(Paint(drawing.background))
    cairo_paint(cairo)
    cairo_scale(cairo, scale, scale)
    for mark in drawing.marks { paint(mark) }
    try context.check()
  }

  private func paint(_ mark: Mark) {
    switch mark {
    case .path(let path, let fill, let stroke, _): paint(path, fill, stroke)
    case .text(let run, _, _): paint(run)
    case .group(_, let marks): for mark in marks { paint(mark) }
    }
  }

  private func paint(_ path: Path, _ fill: Paint?, _ stroke: Stroke?) {
    let cairo = context.pointer
    cairo_new_path(cairo)
    path.add(to: cairo)
    if let fill, fill.alpha > 0 {
      set(fill)
      cairo_fill_preserve(cairo)
    }
    if let stroke, stroke.isVisible {
      set(stroke.paint)
      cairo_set_line_width(cairo, stroke.width)
      let pattern = stroke.pattern
      cairo_set_dash(cairo, pattern, Int32(pattern.count), 0)
      cairo_set_line_cap(cairo, stroke.cap.cairo)
      cairo_set_line_join(cairo, CAIRO_LINE_JOIN_MITER)
      cairo_stroke_preserve(cairo)
    }
    cairo_new_path(cairo)
  }

  private func paint(_ run: TextRun) {
    let cairo = context.pointer
    let line = TextLine(run.text, run.font, family: family)
    let start = line.start(run)
    let halo = run.halo.flatMap { $0.alpha > 0 && run.haloWidth > 0 ? $0 : nil }
    // Where halos let the ground through, theirs must not add up.
    if let ground, run.rotation == 0, halo?.alpha ?? 1 == 1,
      ground.lay(
        line, at: start, fill: colour(run.paint).pixel, alpha: run.paint.alpha,
        halo: halo.map { (colour($0).pixel, run.haloWidth) })
    {
      return
    }
    cairo_save(cairo)
    cairo_translate(cairo, start.x, start.y)
    if run.rotation != 0 {
      let along = unitVector(degrees: run.rotation)
      var turn = cairo_matrix_t(xx: along.x, yx: along.y, xy: -along.y, yy: along.x, x0: 0, y0: 0)
      cairo_transform(cairo, &turn)
    }
    cairo_new_path(cairo)
    if let halo {
      line.addOutline(to: context)
      set(halo)
      strokeHalo(on: cairo, width: run.haloWidth)
    }
    set(run.paint)
    cairo_new_path(cairo)
    if keepsText {
      line.show(on: context)
    } else {
      line.addOutline(to: context)
      cairo_fill(cairo)
    }
    cairo_restore(cairo)
  }

  private func colour(_ paint: Paint) -> RGB { dark ? paint.colour.dark : paint.colour.light }

  private func set(_ paint: Paint) {
    let colour = colour(paint)
    cairo_set_source_rgba(
      context.pointer, Double(colour.red) / 255, Double(colour.green) / 255, Double(colour.blue) / 255, paint.alpha)
  }
}

extension Stroke.Cap {
  fileprivate var cairo: cairo_line_cap_t {
    switch self {
    case .butt: CAIRO_LINE_CAP_BUTT
    case .round: CAIRO_LINE_CAP_ROUND
    case .square: CAIRO_LINE_CAP_SQUARE
    }
  }
}
