import CPangoCairo
import Graphics

/// Paints a drawing as a PNG image.
///
/// The same drawing gives the same bytes, on any thread and in any order. Colours are written as a palette of up to 256
/// where every flat area and every colour of the theme keeps its exact value, in full otherwise.
///
/// - Parameters:
///   - family: font family; DejaVu Sans stands in for what it lacks.
///   - scale: image px a px of the drawing, written into the file so that it shows at the drawing's own size.
///   - dark: the theme's colours for dark pages.
/// - Throws: `.notFinite`, `.outOfRange`, `.empty`, `.tooLarge` (a side over 32,767 px), `.library`.
package func renderPNG(
  _ drawing: Drawing, family: String = "Inter", scale: Double = 2, dark: Bool = false
) throws(RenderFailure) -> [UInt8] {
  try drawing.check(scale: scale)
  let image = try paintImage(drawing, family: family, scale: scale, dark: dark)
  let exact = drawing.solidColours(dark: dark)
  return try writePNG(image, palette: Palette(of: image, keeping: exact), scale: scale)
}

/// Pixels in rows from the top, each 0x00RRGGBB.
struct PixelImage {
  var width: Int
  var height: Int
  var pixels: [UInt32]
}

func paintImage(
  _ drawing: Drawing, family: String, scale: Double, dark: Bool
) throws(RenderFailure) -> PixelImage {
  let width = Int((drawing.size.width * scale).rounded(.up))
  let height = Int((drawing.size.height * scale).rounded(.up))
  let surface = try Surface(owning: cairo_image_surface_create(CAIRO_FORMAT_RGB24, Int32(width), Int32(height)))
  let painter = try Painter(surface, family: family, dark: dark)
  try painter.paint(drawing, scale: scale)
  cairo_surface_flush(surface.pointer)
  guard let data = cairo_image_surface_get_data(surface.pointer) else { throw .library("the image has no pixels") }
  let stride = Int(cairo_image_surface_get_stride(surface.pointer))
  let pixels = [UInt32](unsafeUninitializedCapacity: width * height) { buffer, count in
    for y in 0..<height {
      let row = UnsafeRawPointer(data + y * stride)
      for x in 0..<width {
        buffer[y * width + x] = row.loadUnaligned(fromByteOffset: 4 * x, as: UInt32.self) & 0xFF_FFFF
      }
    }
    count = width * height
  }
  return PixelImage(width: width, height: height, pixels: pixels)
}

extension RGB {
  var packed: UInt32 { UInt32(red) << 16 | UInt32(green) << 8 | UInt32(blue) }
}

extension Drawing {
  /// The colours of the theme the drawing uses without transparency, each once, in order of use.
  func solidColours(dark: Bool) -> [UInt32] {
    var seen: Set<UInt32> = []
    var colours: [UInt32] = []
    func add(_ paint: Paint?) {
      guard let paint, paint.alpha == 1 else { return }
      let value = (dark ? paint.colour.dark : paint.colour.light).packed
      if seen.insert(value).inserted { colours.append(value) }
    }
    func visit(_ marks: [Mark]) {
      for mark in marks {
        switch mark {
        case .path(_, let fill, let stroke, _):
          add(fill)
          add(stroke?.paint)
        case .text(let run, _, _):
          add(run.paint)
          add(run.halo)
        case .group(_, let marks): visit(marks)
        }
      }
    }
    add(Paint(background))
    visit(marks)
    return colours
  }
}
