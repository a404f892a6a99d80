import CPangoCairo
import Glibc
import Graphics

/// How much of each pixel a letter, or the halo around it, covers.
struct GlyphMask {
  /// Px of the image from the letter's origin to the mask's left and upper edge.
  let left: Int
  let top: Int
  let width: Int
  let height: Int
  /// 0 to 255, row by row.
  let coverage: [UInt8]
}

/// Letters once painted on a thread: a figure shows the same few hundred thousands of times over, and scanning their outlines is
/// the dearest part of an image.
///
/// A letter stands on the nearest quarter of a pixel, across and down.
final class GlyphMasks {
  struct Key: Hashable {
    var face: OpaquePointer
    var glyph: PangoGlyph
    /// Image px a px.
    var scale: Double
    /// Quarters of a pixel right of and below a whole one.
    var right: Int
    var below: Int
    /// The halo's width in px, 0 for the letter itself.
    var halo: Double
  }

  private var known: [Key: GlyphMask?] = [:]
  /// Bytes of coverage held.
  private var size = 0
  /// Held, so that no other face can come to stand at the same address.
  private var faces: Set<OpaquePointer> = []
  private let surface: Surface
  private let context: Context

  private static let side = 192
  private static let most = 8 << 20

  private init() throws(RenderFailure) {
    surface = try Surface(owning: cairo_image_surface_create(CAIRO_FORMAT_A8, Int32(Self.side), Int32(Self.side)))
    context = try Context(surface)
    cairo_set_source_rgba(context.pointer, 0, 0, 0, 1)
  }

  deinit { forget() }

  /// Those of the calling thread, whose font map the faces belong to; nil where there is no memory for them.
  static var ofThread: GlyphMasks? {
    if let known = pthread_getspecific(threadKey) {
      return Unmanaged<GlyphMasks>.fromOpaque(known).takeUnretainedValue()
    }
    guard let masks = try? GlyphMasks() else { return nil }
    pthread_setspecific(threadKey, Unmanaged.passRetained(masks).toOpaque())
    return masks
  }

  /// Nil for what is no letter of a usual size: a box for a missing one, or more than the scratch surface holds.
  func mask(_ key: Key) -> GlyphMask? {
    if let mask = known[key] { return mask }
    if size > Self.most { forget() }
    let mask = MissingGlyph.covers(key.glyph, key.face) ? nil : paint(key)
    if faces.insert(key.face).inserted { g_object_ref(UnsafeMutableRawPointer(key.face)) }
    known[key] = .some(mask)
    size += 100 + (mask?.coverage.count ?? 0)
    return mask
  }

  private func paint(_ key: Key) -> GlyphMask? {
    guard let scaled = pango_cairo_font_get_scaled_font(key.face) else { return nil }
    let cairo = context.pointer
    func outline(x: Double, y: Double) {
      cairo_identity_matrix(cairo)
      cairo_translate(cairo, x, y)
      cairo_scale(cairo, key.scale, key.scale)
      cairo_set_scaled_font(cairo, scaled)
      var placed = cairo_glyph_t(index: UInt(key.glyph), x: 0, y: 0)
      cairo_new_path(cairo)
      cairo_glyph_path(cairo, &placed, 1)
    }
    let (x, y) = (Double(key.right) / 4, Double(key.below) / 4)
    outline(x: x, y: y)
    cairo_identity_matrix(cairo)
    var (x1, y1, x2, y2) = (0.0, 0.0, 0.0, 0.0)
    cairo_path_extents(cairo, &x1, &y1, &x2, &y2)
    if x2 <= x1, y2 <= y1 { return GlyphMask(left: 0, top: 0, width: 0, height: 0, coverage: []) }
    let margin = key.halo * key.scale + 1
    let (left, top) = (Int((x1 - margin).rounded(.down)), Int((y1 - margin).rounded(.down)))
    let (right, bottom) = (Int((x2 + margin).rounded(.up)), Int((y2 + margin).rounded(.up)))
    let (width, height) = (right - left, bottom - top)
    guard width <= Self.side, height <= Self.side else { return nil }
    outline(x: x - Double(left), y: y - Double(top))
    return read(left: left, top: top, width: width, height: height) {
      if key.halo > 0 { strokeHalo(on: cairo, width: key.halo) } else { cairo_fill(cairo) }
    }
  }

  private func read(left: Int, top: Int, width: Int, height: Int, _ draw: () -> Void) -> GlyphMask? {
    cairo_surface_flush(surface.pointer)
    guard let data = cairo_image_surface_get_data(surface.pointer) else { return nil }
    let stride = Int(cairo_image_surface_get_stride(surface.pointer))
    for row in 0..<height { (data + row * stride).update(repeating: 0, count: width) }
    cairo_surface_mark_dirty(surface.pointer)
    draw()
    cairo_surface_flush(surface.pointer)
    guard cairo_status(context.pointer) == CAIRO_STATUS_SUCCESS else { return nil }
    let coverage = [UInt8](unsafeUninitializedCapacity: width * height) { buffer, count in
      guard let base = buffer.baseAddress else { return }
      for row in 0..<height { (base + row * width).initialize(from: data + row * stride, count: width) }
      count = width * height
    }
    return GlyphMask(left: left, top: top, width: width, height: height, coverage: coverage)
  }

  private func forget() {
    for face in faces { g_object_unref(UnsafeMutableRawPointer(face)) }
    faces.removeAll(keepingCapacity: true)
    known.removeAll(keepingCapacity: true)
    size = 0
  }
}

/// Strokes the path with what shows of a halo `width` px wide on either side. Uses the path up.
func strokeHalo(on cairo: OpaquePointer, width: Double) {
  cairo_set_line_width(cairo, 2 * width)
  cairo_set_line_join(cairo, CAIRO_LINE_JOIN_ROUND)
  cairo_set_dash(cairo, nil, 0, 0)
  // A halo's edge is the ground's own colour nearly everywhere: half the time for what nobody sees.
  cairo_set_antialias(cairo, CAIRO_ANTIALIAS_FAST)
  cairo_set_tolerance(cairo, 0.25)
  cairo_stroke(cairo)
  cairo_set_antialias(cairo, CAIRO_ANTIALIAS_DEFAULT)
  cairo_set_tolerance(cairo, 0.1)
}

/// The masks go when a thread ends.
private let threadKey: pthread_key_t = {
  var key = pthread_key_t()
  pthread_key_create(&key) { masks in
    if let masks { Unmanaged<GlyphMasks>.fromOpaque(masks).release() }
  }
  return key
}()
