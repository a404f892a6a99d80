import CPangoCairo
import Graphics

/// The outlines of the letters of one SVG, each once at 1,000 units an em, whatever sizes it is shown at.
///
/// Whole units are enough: at 20 px an em one is 0.02 px.
struct GlyphTable: ~Copyable {
  static let em = 1000.0

  /// Path data, in order of first use.
  private(set) var outlines: [[UInt8]] = []
  private var places: [[UInt8]: Int] = [:]
  private var known: [Key: Int?] = [:]
  /// Held, so that no other face can come to stand at the same address while `known` refers to it.
  private var faces: [OpaquePointer] = []
  private let context: Context

  private struct Key: Hashable {
    var face: OpaquePointer
    var glyph: PangoGlyph
    /// A box for a missing letter is as wide as the letter would be.
    var width: Double
  }

  init() throws(RenderFailure) {
    let scratch = try Surface(owning: cairo_image_surface_create(CAIRO_FORMAT_A8, 1, 1))
    context = try Context(scratch)
  }

  deinit {
    for face in faces { g_object_unref(UnsafeMutableRawPointer(face)) }
  }

  /// The place of a glyph's outline in `outlines`; nil for one that draws nothing, a space.
  mutating func place(of glyph: PangoGlyph, in face: OpaquePointer, size: Double, width: Double) -> Int? {
    let key = Key(face: face, glyph: glyph, width: MissingGlyph.covers(glyph, face) ? width : 0)
    if let place = known[key] { return place }
    if !faces.contains(face) {
      g_object_ref(UnsafeMutableRawPointer(face))
      faces.append(face)
    }
    let data = outline(of: glyph, in: face, size: size, width: width)
    let place = data.isEmpty ? nil : add(data)
    known[key] = place
    return place
  }

  private mutating func add(_ data: [UInt8]) -> Int {
    if let place = places[data] { return place }
    places[data] = outlines.count
    outlines.append(data)
    return outlines.count - 1
  }

  private func outline(of glyph: PangoGlyph, in face: OpaquePointer, size: Double, width: Double) -> [UInt8] {
    var data = SVGPathData(decimals: 0)
    let growth = Self.em / size
    if let box = MissingGlyph(glyph, width: width * growth, face) {
      for element in box.path.elements { data.add(element) }
      return data.text.bytes
    }
    guard let scaled = pango_cairo_font_get_scaled_font(face) else { return [] }
    let cairo = context.pointer
    var matrix = cairo_matrix_t()
    cairo_scaled_font_get_font_matrix(scaled, &matrix)
    // Grown from the size in use to the em, a slant of the face kept.
    matrix.xx *= growth
    matrix.xy *= growth
    matrix.yx *= growth
    matrix.yy *= growth
    cairo_set_font_face(cairo, cairo_scaled_font_get_font_face(scaled))
    cairo_set_font_matrix(cairo, &matrix)
    let options = FontOptions()
    cairo_set_font_options(cairo, options.pointer)
    cairo_new_path(cairo)
    var placed = cairo_glyph_t(index: UInt(glyph), x: 0, y: 0)
    cairo_glyph_path(cairo, &placed, 1)
    guard let path = cairo_copy_path(cairo) else { return [] }
    defer { cairo_path_destroy(path) }
    forEachElement(of: path.pointee) { data.add($0) }
    return data.text.bytes
  }
}

private func forEachElement(of path: cairo_path_t, _ body: (Path.Element) -> Void) {
  guard path.status == CAIRO_STATUS_SUCCESS, let data = path.data else { return }
  func point(_ index: Int) -> Point { Point(data[index].point.x, data[index].point.y) }
  var index = 0
  var open = false
  while index < Int(path.num_data) {
    let header = data[index].header
    switch header.type {
    case CAIRO_PATH_MOVE_TO:
      // Cairo closes a figure with a move to its start; a move that nothing follows draws nothing.
      let next = index + Int(header.length)
      if next < Int(path.num_data), data[next].header.type != CAIRO_PATH_MOVE_TO { body(.move(point(index + 1))) }
      open = true
    case CAIRO_PATH_LINE_TO: body(.line(point(index + 1)))
    case CAIRO_PATH_CURVE_TO: body(.curve(point(index + 1), point(index + 2), point(index + 3)))
    default:
      if open { body(.close) }
      open = false
    }
    index += max(Int(header.length), 1)
  }
}
