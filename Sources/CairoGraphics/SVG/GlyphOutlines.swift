import CPangoCairo
import Glibc
import Graphics

/// Outlines of letters as path data, each worked out once on a thread: the figures of a study share nearly all of theirs.
final class GlyphOutlines {
  struct Key: Hashable {
    var face: OpaquePointer
    var glyph: PangoGlyph
    /// px an em of `face`.
    var size: Double
    /// A box for a missing letter is as wide as the letter would be; 0 for others.
    var width: Double
  }

  private var known: [Key: [UInt8]] = [:]
  /// Held, so that no other face can come to stand at the same address while `known` refers to it.
  private var faces: Set<OpaquePointer> = []
  private let context: Context

  private static let most = 20_000

  private init() throws(RenderFailure) {
    let scratch = try Surface(owning: cairo_image_surface_create(CAIRO_FORMAT_A8, 1, 1))
    context = try Context(scratch)
  }

  deinit { forget() }

  /// Those of the calling thread, whose font map the faces belong to.
  static func ofThread() throws(RenderFailure) -> GlyphOutlines {
    if let known = pthread_getspecific(threadKey) {
      return Unmanaged<GlyphOutlines>.fromOpaque(known).takeUnretainedValue()
    }
    let outlines = try GlyphOutlines()
    pthread_setspecific(threadKey, Unmanaged.passRetained(outlines).toOpaque())
    return outlines
  }

  /// At `GlyphTable.em` units an em; empty for a letter that draws nothing.
  func outline(_ key: Key) -> [UInt8] {
    if let data = known[key] { return data }
    if known.count >= Self.most { forget() }
    if faces.insert(key.face).inserted { g_object_ref(UnsafeMutableRawPointer(key.face)) }
    let data = trace(key)
    known[key] = data
    return data
  }

  private func trace(_ key: Key) -> [UInt8] {
    var data = SVGPathData(decimals: 0)
    let growth = GlyphTable.em / key.size
    if let box = MissingGlyph(key.glyph, width: key.width * growth, key.face) {
      for element in box.path.elements { data.add(element) }
      return data.text.bytes
    }
    guard let scaled = pango_cairo_font_get_scaled_font(key.face) else { return [] }
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
    var placed = cairo_glyph_t(index: UInt(key.glyph), x: 0, y: 0)
    cairo_glyph_path(cairo, &placed, 1)
    guard let path = cairo_copy_path(cairo) else { return [] }
    defer { cairo_path_destroy(path) }
    forEachElement(of: path.pointee) { data.add($0) }
    return data.text.bytes
  }

  private func forget() {
    for face in faces { g_object_unref(UnsafeMutableRawPointer(face)) }
    faces.removeAll(keepingCapacity: true)
    known.removeAll(keepingCapacity: true)
  }
}

/// The outlines go when a thread ends.
private let threadKey: pthread_key_t = {
  var key = pthread_key_t()
  pthread_key_create(&key) { outlines in
    if let outlines { Unmanaged<GlyphOutlines>.fromOpaque(outlines).release() }
  }
  return key
}()

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
