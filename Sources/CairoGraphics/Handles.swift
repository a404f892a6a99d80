import CPangoCairo

/// A Cairo surface and its one owner.
struct Surface: ~Copyable {
  let pointer: OpaquePointer

  /// Takes over `pointer`; its status is checked before anything is drawn, since Cairo gives an inert surface on error.
  init(owning pointer: OpaquePointer?) throws(RenderFailure) {
    guard let pointer else { throw .library("no surface") }
    let status = cairo_surface_status(pointer)
    guard status == CAIRO_STATUS_SUCCESS else {
      cairo_surface_destroy(pointer)
      throw .library(words(status))
    }
    self.pointer = pointer
  }

  /// Writes out what is pending; a stream or a buffer is complete only after this.
  func finish() throws(RenderFailure) {
    cairo_surface_finish(pointer)
    let status = cairo_surface_status(pointer)
    guard status == CAIRO_STATUS_SUCCESS else { throw .library(words(status)) }
  }

  deinit { cairo_surface_destroy(pointer) }
}

/// A Cairo context and its one owner. Errors stick to it, so that one check at the end covers all calls.
struct Context: ~Copyable {
  let pointer: OpaquePointer

  init(_ surface: borrowing Surface) throws(RenderFailure) {
    guard let pointer = cairo_create(surface.pointer) else { throw .library("no context") }
    self.pointer = pointer
  }

  func check() throws(RenderFailure) {
    let status = cairo_status(pointer)
    guard status == CAIRO_STATUS_SUCCESS else { throw .library(words(status)) }
  }

  deinit { cairo_destroy(pointer) }
}

/// How text is rasterised: no hinting, so that it takes the same room at every size, in every format and
/// whatever the reader of the machine has set up.
struct FontOptions: ~Copyable {
  let pointer: OpaquePointer?

  init() {
    pointer = cairo_font_options_create()
    cairo_font_options_set_antialias(pointer, CAIRO_ANTIALIAS_GRAY)
    cairo_font_options_set_hint_style(pointer, CAIRO_HINT_STYLE_NONE)
    cairo_font_options_set_hint_metrics(pointer, CAIRO_HINT_METRICS_OFF)
    cairo_font_options_set_subpixel_order(pointer, CAIRO_SUBPIXEL_ORDER_DEFAULT)
  }

  deinit { cairo_font_options_destroy(pointer) }
}

private func words(_ status: cairo_status_t) -> String {
  cairo_status_to_string(status).map { String(cString: $0) } ?? "status \(status.rawValue)"
}
