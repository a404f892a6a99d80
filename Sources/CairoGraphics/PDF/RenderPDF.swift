import CPangoCairo
import Graphics

/// Paints a drawing as a PDF page of its own size (1 px = 0.75 pt), light colours, text as text.
///
/// The date of creation is a fixed one, so that the same drawing gives the same bytes.
///
/// - Throws: `.notFinite`, `.outOfRange`, `.empty`, `.tooLarge`, `.library`.
package func renderPDF(
  _ drawing: Drawing, family: String = "Inter", title: String = ""
) throws(RenderFailure) -> [UInt8] {
  try drawing.check()
  let sink = ByteSink()
  return try withExtendedLifetime(sink) { () throws(RenderFailure) -> [UInt8] in
    let target = Unmanaged.passUnretained(sink).toOpaque()
    let (width, height) = (drawing.size.width * 0.75, drawing.size.height * 0.75)
    let surface = try Surface(owning: cairo_pdf_surface_create_for_stream(appendToSink, target, width, height))
    cairo_pdf_surface_set_metadata(surface.pointer, CAIRO_PDF_METADATA_CREATE_DATE, "2000-01-01T00:00:00Z")
    if !title.isEmpty {
      cairo_pdf_surface_set_metadata(surface.pointer, CAIRO_PDF_METADATA_TITLE, title.withoutControls)
    }
    let painter = try Painter(surface, family: family, keepsText: true)
    try painter.paint(drawing, scale: 0.75)
    try surface.finish()
    return sink.bytes
  }
}

/// Where Cairo writes to; outlives the surface.
private final class ByteSink {
  var bytes: [UInt8] = []
}

/// At file scope and without captures, as C asks.
private let appendToSink: cairo_write_func_t = { target, data, count in
  guard let target, let data else { return CAIRO_STATUS_WRITE_ERROR }
  let sink = Unmanaged<ByteSink>.fromOpaque(target).takeUnretainedValue()
  sink.bytes.append(contentsOf: UnsafeBufferPointer(start: data, count: Int(count)))
  return CAIRO_STATUS_SUCCESS
}

extension String {
  /// Control characters and non-characters, which neither XML nor a PDF string may hold, as spaces.
  var withoutControls: String {
    var result = String.UnicodeScalarView()
    for scalar in unicodeScalars {
      let value = scalar.value
      let refused = value < 0x20 || (0x7F...0x9F).contains(value) || value & 0xFFFE == 0xFFFE
      result.append(refused ? " " : scalar)
    }
    return String(result)
  }
}
