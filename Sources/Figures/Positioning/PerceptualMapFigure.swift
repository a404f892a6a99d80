import Graphics
import ValueModels

/// The figures of a perceptual map (`figures.md`).
package enum PerceptualMapFigures {
  /// `map` where there are brands, `scree` where there are two dimensions or more.
  package static func offered(_ findings: Findings) -> [FigureKind] {
    var kinds: [FigureKind] = []
    if let brands = findings.table("brands"), !brands.rows.isEmpty {
      kinds.append(FigureKind("map", caption: "How buyers see the brands", draw: drawMap))
    }
    if let dimensions = findings.table("dimensions"), dimensions.rows.count > 1 {
      kinds.append(FigureKind("scree", caption: "How much each dimension shows", draw: drawScree))
    }
    return kinds
  }

  /// The map: brands as dots, attributes as arrows (points in the symmetric scaling), one scale for both directions.
  @Sendable package static func drawMap(_ context: FigureContext) throws(NothingToDraw) -> Figure {
    let map = try PerceptualMap(context.findings)
    let words = PerceptualMapWords(map, context.language)
    let frame = Frame(context, title: words.drawnTitle, subtitle: words.subtitle)
    let layout = bestLayout(map, words, context, frame)
    let painter = PerceptualMapPainter(map: map, layout: layout, context: context, frame: frame)
    let (key, bottom) = painter.key(below: layout.plot.maxY)
    let areas = painter.areas(words)
    let drawing = frame.drawing(
      marks: painter.marks + key, areas: areas, bottom: bottom, notes: words.notes(layout.factors))
    return Figure(
      drawing: drawing, title: words.title, subtitle: words.subtitle, alt: words.alt, description: words.description,
      reading: words.reading, table: "brands")
  }

  /// Smaller type, never under 11 px, before any name has to go to the key.
  private static func bestLayout(
    _ map: PerceptualMap, _ words: PerceptualMapWords, _ context: FigureContext, _ frame: Frame
  ) -> PerceptualMapLayout {
    var best = PerceptualMapLayout(map, words, context, top: frame.top, fontSize: frame.labelFont.size)
    var size = frame.labelFont.size - 1
    // With this many names no size of type makes room for all of them.
    guard map.brands.count + map.attributes.count <= 110 else {
      return PerceptualMapLayout(map, words, context, top: frame.top, fontSize: 11)
    }
    while !best.places.keyed.isEmpty, size >= 11 {
      let next = PerceptualMapLayout(map, words, context, top: frame.top, fontSize: size)
      if next.places.keyed.count < best.places.keyed.count { best = next }
      size -= 1
    }
    return best
  }
}
