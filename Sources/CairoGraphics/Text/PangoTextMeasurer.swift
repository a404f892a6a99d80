import CPangoCairo
import Graphics

let fallbackFamily = "DejaVu Sans"

/// Measures text as it will be drawn, and remembers what it measured.
///
/// Not `Sendable`: one a task. It holds no Pango object between calls, so that a task may change its thread.
package final class PangoTextMeasurer: TextMeasurer {
  private struct Key: Hashable {
    var text: String
    var font: Font
  }

  /// A font family, or several in order of preference with commas between; DejaVu Sans comes last in any case.
  package let family: String
  private var extents: [Key: TextExtent] = [:]

  package init(family: String = "Inter") { self.family = family }

  /// One line of text. Line breaks and control characters count as spaces. A size that is not above 0 gives no room at all.
  package func measure(_ text: String, _ font: Font) -> TextExtent {
    guard font.size.isFinite, font.size > 0 else { return TextExtent(width: 0, ascent: 0, descent: 0) }
    let key = Key(text: text, font: font)
    if let known = extents[key] { return known }
    let extent = TextLine(text, font, family: family).extent
    if extents.count >= 50_000 { extents.removeAll(keepingCapacity: true) }
    extents[key] = extent
    return extent
  }

  /// The characters of `text` no installed face can draw, each once, in their order; they show as an empty box.
  /// Colour emoji are among them: they are pictures, and figures are drawn in outlines.
  package func unknownGlyphs(in text: String) -> [Unicode.Scalar] {
    // Nearly always nothing is unknown, and one look at the whole says so.
    if text.utf8.allSatisfy({ (0x20..<0x7F).contains($0) }), hasAllOfASCII { return [] }
    guard hasUnknownGlyph(text) else { return [] }
    var found: [Unicode.Scalar] = []
    for scalar in text.unicodeScalars where !found.contains(scalar) && hasUnknownGlyph(String(Character(scalar))) {
      found.append(scalar)
    }
    return found
  }

  /// Nearly all texts are of these letters alone, and one look at them serves all.
  private lazy var hasAllOfASCII = !hasUnknownGlyph(String(decoding: 0x20..<0x7F as Range<UInt8>, as: UTF8.self))

  private func hasUnknownGlyph(_ text: String) -> Bool {
    var unknown = false
    TextLine(text, Font(16), family: family).forEachGlyph { font, glyph, _, _, _ in
      if MissingGlyph.covers(glyph, font) { unknown = true }
    }
    return unknown
  }
}

/// The family the machine gives for a wanted one: the same name where it is installed, the nearest stand-in otherwise.
///
/// - Parameter family: one family, or several with commas between, of which the first that is installed counts.
package func resolvedFamily(_ family: String) -> String {
  let context = pango_font_map_create_context(pango_cairo_font_map_get_default())
  defer { g_object_unref(context.map { UnsafeMutableRawPointer($0) }) }
  let wanted = pango_font_description_new()
  defer { pango_font_description_free(wanted) }
  pango_font_description_set_family(wanted, family)
  pango_font_description_set_absolute_size(wanted, 16 * Double(PANGO_SCALE))
  guard let font = pango_context_load_font(context, wanted) else { return fallbackFamily }
  defer { g_object_unref(UnsafeMutableRawPointer(font)) }
  let given = pango_font_describe(font)
  defer { pango_font_description_free(given) }
  return pango_font_description_get_family(given).map { String(cString: $0) } ?? fallbackFamily
}
