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
///   - isSmall: for a thumbnail, whose edges do with fewer steps of colour: a palette of 16 to 128 where that is not seen.
/// - Throws: `.notFinite`, `.outOfRange`, `.empty`, `.tooLarge` (a side over 32,767 px), `.library`.
package func renderPNG(
  _ drawing: Drawing, family: String = "Inter", scale: Double = 2, dark: Bool = false,
  isSmall: Bool = false
) throws(RenderFailure) -> [UInt8] {
  try drawing.check(scale: scale)
  let image = try PaintedImage.paint(drawing, family: family, scale: scale, dark: dark)
  let exact = drawing.solidColours(dark: dark)
  for most in isSmall ? [16, 24, 32, 48, 64, 96, 128, 256] : [256] {
    if let palette = Palette(of: image, keeping: exact, most: most) {
      return try writePNG(palette, width: image.width, scale: scale)
    }
  }
  return try writePNG(image, scale: scale)
}

extension Drawing {
  /// The colours of the theme the drawing uses without transparency, as pixels, each once, in order of use.
  func solidColours(dark: Bool) -> [UInt32] {
    var seen: Set<UInt32> = []
    var colours: [UInt32] = []
    func add(_ paint: Paint?) {
      guard let paint, paint.alpha == 1 else { return }
      let value = (dark ? paint.colour.dark : paint.colour.light).pixel
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
