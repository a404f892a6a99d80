import CPangoCairo
import Glibc
import Graphics

/// One line of text, shaped: the only way text is laid out here, so that what is measured is what is drawn in every format.
///
/// Made, used and dropped within one synchronous call: Pango's font map belongs to the thread, and so do the shaped lines.
struct TextLine: ~Copyable {
  private let layout: OpaquePointer
  let extent: TextExtent

  init(_ text: String, _ font: Font, family: String) {
    _ = fontsReady
    layout = ShapedLines.ofThread.layout(text, font, family: family) { Self.shape(text, font, family: family) }
    var logical = PangoRectangle()
    pango_layout_line_get_extents(pango_layout_get_line_readonly(layout, 0), nil, &logical)
    let unit = Double(PANGO_SCALE)
    extent = TextExtent(
      width: Double(logical.width) / unit, ascent: Double(-logical.y) / unit,
      descent: Double(logical.y + logical.height) / unit)
  }

  deinit { g_object_unref(UnsafeMutableRawPointer(layout)) }

  private static func shape(_ text: String, _ font: Font, family: String) -> OpaquePointer {
    let context = pango_font_map_create_context(pango_cairo_font_map_get_default())
    defer { g_object_unref(context.map { UnsafeMutableRawPointer($0) }) }
    let options = FontOptions()
    pango_cairo_context_set_font_options(context, options.pointer)
    pango_cairo_context_set_resolution(context, 96)
    pango_context_set_round_glyph_positions(context, 0)
    var bytes = printable(text)
    pango_context_set_language(context, pango_language_from_string(language(of: bytes)))
    let description = pango_font_description_new()
    defer { pango_font_description_free(description) }
    pango_font_description_set_family(description, families(family))
    pango_font_description_set_weight(description, PangoWeight(rawValue: UInt32(font.weight.rawValue)))
    pango_font_description_set_style(description, font.italic ? PANGO_STYLE_ITALIC : PANGO_STYLE_NORMAL)
    let size = font.size.isFinite ? min(max(font.size, 0.01), Limits.fontSize) : 0.01
    pango_font_description_set_absolute_size(description, size * Double(PANGO_SCALE))
    let layout: OpaquePointer = pango_layout_new(context)
    pango_layout_set_font_description(layout, description)
    pango_layout_set_single_paragraph_mode(layout, 1)
    bytes.withUnsafeMutableBytes { buffer in
      pango_layout_set_text(layout, buffer.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(buffer.count))
    }
    return layout
  }

  /// The left end of the baseline for a text whose anchor stands at `at`. Geometric, whatever way the script runs.
  func start(_ run: TextRun) -> Point {
    let back: Double =
      switch run.anchor {
      case .start: 0
      case .middle: extent.width / 2
      case .end: extent.width
      }
    guard run.rotation != 0 else { return Point(run.at.x - back, run.at.y) }
    let direction = unitVector(degrees: run.rotation)
    return run.at - direction * back
  }

  /// Lays the outlines of the letters into the path of `context`, its origin at the left end of the baseline.
  func addOutline(to context: borrowing Context) {
    let cairo = context.pointer
    var face: OpaquePointer?
    var batch: [cairo_glyph_t] = []
    func flush() {
      guard let face, !batch.isEmpty, let scaled = pango_cairo_font_get_scaled_font(face) else { return }
      cairo_set_scaled_font(cairo, scaled)
      cairo_glyph_path(cairo, &batch, Int32(batch.count))
      batch.removeAll(keepingCapacity: true)
    }
    forEachGlyph { font, glyph, x, y, width in
      if font != face {
        flush()
        face = font
      }
      if let box = MissingGlyph(glyph, width: width, font) {
        box.path.add(to: cairo, offset: Point(x, y))
      } else {
        batch.append(cairo_glyph_t(index: UInt(glyph), x: x, y: y))
      }
    }
    flush()
  }

  /// Shows the letters as text that stays text (PDF).
  func show(on context: borrowing Context) {
    cairo_move_to(context.pointer, 0, 0)
    pango_cairo_show_layout_line(context.pointer, pango_layout_get_line_readonly(layout, 0))
  }

  /// Every glyph that shows, from left to right: its face, its number, its origin and its advance in px.
  func forEachGlyph(_ body: (_ font: OpaquePointer, PangoGlyph, _ x: Double, _ y: Double, _ width: Double) -> Void) {
    guard let line = pango_layout_get_line_readonly(layout, 0) else { return }
    let unit = Double(PANGO_SCALE)
    var pen: Int32 = 0
    var node = line.pointee.runs
    while let current = node {
      node = current.pointee.next
      guard let item = current.pointee.data?.assumingMemoryBound(to: PangoGlyphItem.self),
        let glyphs = item.pointee.glyphs, let face = item.pointee.item.pointee.analysis.font
      else { continue }
      for index in 0..<Int(glyphs.pointee.num_glyphs) {
        let entry = glyphs.pointee.glyphs[index]
        let geometry = entry.geometry
        if entry.glyph != emptyGlyph {
          body(
            OpaquePointer(face), entry.glyph, Double(pen + geometry.x_offset) / unit, Double(geometry.y_offset) / unit,
            Double(geometry.width) / unit)
        }
        pen += geometry.width
      }
    }
  }
}

/// Fontconfig reads its settings once a process; done here under the lock of a global, before any two tasks can race for it.
private let fontsReady: Bool = !resolvedFamily(fallbackFamily).isEmpty

/// The wanted family, then the one that is always there.
private func families(_ family: String) -> String {
  family.isEmpty ? fallbackFamily : "\(family),\(fallbackFamily)"
}

/// The text as bytes with every control character and line break as a space; at most `Limits.text` of them.
///
/// Emoji are asked for as characters of text: an outline where a face has one, since pictures in colour cannot be filled.
private func printable(_ text: String) -> [UInt8] {
  var bytes: [UInt8] = []
  bytes.reserveCapacity(text.utf8.count)
  for scalar in text.unicodeScalars {
    let value = scalar.value
    if value < 0x20 || (0x7F...0x9F).contains(value) || value == 0x2028 || value == 0x2029 {
      bytes.append(0x20)
    } else if value != emojiSelector {
      bytes.append(contentsOf: scalar.utf8)
      if value >= 0x231A, scalar.properties.isEmojiPresentation { bytes.append(contentsOf: textSelector.utf8) }
    }
    if bytes.count >= Limits.text { break }
  }
  return bytes
}

/// Follows a character that is to show as a picture, or as text.
private let emojiSelector: UInt32 = 0xFE0F
private let textSelector: Unicode.Scalar = "\u{FE0E}"

/// The language whose letter forms suit the text. Said outright, since Pango would else ask the user's environment
/// which of the Chinese, Japanese and Korean forms to take.
private func language(of bytes: [UInt8]) -> String {
  var han = false
  for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars where scalar.value >= 0x1100 {
    switch scalar.value {
    case 0x3040...0x30FF, 0x31F0...0x31FF, 0xFF66...0xFF9D: return "ja"
    case 0x1100...0x11FF, 0x3130...0x318F, 0xAC00...0xD7AF: return "ko"
    case 0x3400...0x9FFF, 0x20000...0x3FFFF: han = true
    default: break
    }
  }
  return han ? "zh-cn" : "en"
}

/// Exact for quarter turns, so that upright text stays upright.
func unitVector(degrees: Double) -> Point {
  switch degrees.truncatingRemainder(dividingBy: 360) {
  case 0: Point(1, 0)
  case 90, -270: Point(0, 1)
  case 180, -180: Point(-1, 0)
  case 270, -90: Point(0, -1)
  default: Point(cos(degrees * .pi / 180), sin(degrees * .pi / 180))
  }
}
