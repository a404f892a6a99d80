import CPangoCairo
import Graphics

/// A drawing as pixels, read where Cairo painted them.
struct PaintedImage: ~Copyable {
  let width: Int
  let height: Int
  private let surface: Surface
  /// From the top; opaque, since the ground is.
  private let rows: UnsafeRawPointer
  private let stride: Int

  private init(_ surface: consuming Surface, rows: UnsafeRawPointer, width: Int, height: Int) {
    stride = Int(cairo_image_surface_get_stride(surface.pointer))
    self.surface = surface
    self.rows = rows
    self.width = width
    self.height = height
  }

  static func paint(
    _ drawing: Drawing, family: String, scale: Double, dark: Bool
  ) throws(RenderFailure) -> PaintedImage {
    let width = Int((drawing.size.width * scale).rounded(.up))
    let height = Int((drawing.size.height * scale).rounded(.up))
    let surface = try Surface(owning: cairo_image_surface_create(CAIRO_FORMAT_ARGB32, Int32(width), Int32(height)))
    let ground = PixelGround(surface: surface.pointer, width: width, height: height, scale: scale)
    let painter = try Painter(surface, family: family, dark: dark, ground: ground)
    try painter.paint(drawing, scale: scale)
    cairo_surface_flush(surface.pointer)
    guard let data = cairo_image_surface_get_data(surface.pointer) else { throw .library("the image has no pixels") }
    return PaintedImage(surface, rows: UnsafeRawPointer(data), width: width, height: height)
  }

  /// The pixels of row `y`, each 0xAARRGGBB; `width` of them.
  func row(_ y: Int) -> UnsafePointer<UInt32> {
    (rows + y * stride).assumingMemoryBound(to: UInt32.self)
  }
}

extension RGB {
  /// 0xFFRRGGBB, as an opaque pixel.
  var pixel: UInt32 { 0xFF00_0000 | UInt32(red) << 16 | UInt32(green) << 8 | UInt32(blue) }
}
