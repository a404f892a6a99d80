import Graphics
import ValueModels

/// The figures of a perceptual map (`figures.md`).
package enum PerceptualMapFigures {
  /// `map` where there are brands, `map-1-3` and `map-2-3` where they were asked for, `scree` where there are two dimensions or more.
  package static func offered(_ findings: Findings) -> [FigureKind] {
    var kinds: [FigureKind] = []
    let isOfAnswers = findings.setting("method")?.text == "multiple-correspondence"
    let points = findings.table("brands") ?? (isOfAnswers ? findings.table("attributes") : nil)
    if let brands = points, !brands.rows.isEmpty {
      kinds.append(
        FigureKind(
          "map", caption: isOfAnswers ? "Which answers go together" : "How buyers see the brands", draw: drawMap))
      if brands.index(of: "z") != nil {
        for plane in PerceptualMap.Plane.allCases.dropFirst() where brands.index(of: plane.columns.quality) != nil {
          let shown = plane.dimensions.map { "\($0 + 1)" }.joined(separator: " and ")
          kinds.append(
            FigureKind(plane.rawValue, caption: "How buyers see the brands: dimensions \(shown)") {
              context throws(NothingToDraw) in try draw(context, plane)
            })
        }
      }
    }
    if case .list(let asked)? = findings.setting("figures"), asked.contains(.text("moonplot")),
      findings.table("attributes") != nil
    {
      kinds.append(FigureKind("moonplot", caption: "Brands, and attributes in their directions", draw: drawMoonplot))
    }
    if PreferenceFigure.isOffered(findings) {
      kinds.append(FigureKind("preference", caption: "What is preferred, on the map", draw: PreferenceFigure.draw))
    }
    if SharesFigure.isOffered(findings) {
      kinds.append(FigureKind("shares", caption: "Shares of preference", draw: SharesFigure.draw))
    }
    if let movement = findings.table("movement"), !movement.rows.isEmpty {
      kinds.append(FigureKind("movement", caption: "Where brands went from wave to wave", draw: drawMovement))
    }
    if let dimensions = findings.table("dimensions"), dimensions.rows.count > 1,
      // Turned dimensions are not those whose shares a scree compares.
      findings.setting("focus") != .truth(true), findings.setting("rotation") != .text("varimax")
    {
      kinds.append(
        dimensions.index(of: "percent") == nil
          ? FigureKind("scree", caption: "Stress by the number of dimensions", draw: drawStress)
          : FigureKind("scree", caption: "How much each dimension shows", draw: drawScree))
    }
    if let distances = findings.table("distances"), distances.index(of: "disparity") != nil {
      kinds.append(FigureKind("shepard", caption: "Distances against dissimilarities", draw: drawShepard))
    }
    return kinds
  }

  /// The map: brands as dots, attributes as arrows (points in the symmetric scaling), one scale for both directions.
  @Sendable package static func drawMap(_ context: FigureContext) throws(NothingToDraw) -> Figure {
    try draw(context, .firstAndSecond)
  }

  private static func draw(_ context: FigureContext, _ plane: PerceptualMap.Plane) throws(NothingToDraw) -> Figure {
    let map = try PerceptualMap(context.findings, plane)
    return draw(map, PerceptualMapWords(map, context.language), context)
  }

  static func draw(_ map: PerceptualMap, _ words: PerceptualMapWords, _ context: FigureContext) -> Figure {
    let frame = Frame(context, title: words.drawnTitle, subtitle: words.subtitle)
    let layout = bestLayout(map, words, context, frame)
    let painter = PerceptualMapPainter(map: map, layout: layout, context: context, frame: frame)
    let (key, keyBottom) = painter.key(below: layout.plot.maxY)
    let (icons, bottom) = ReadingIcons(map, context, frame).drawn(below: keyBottom)
    let areas = painter.areas(words)
    let drawing = frame.drawing(
      marks: painter.marks + key + icons, areas: areas, bottom: bottom, notes: words.notes(layout.factors))
    return Figure(
      drawing: drawing, title: words.title, subtitle: words.subtitle, alt: words.alt, description: words.description,
      reading: words.reading, table: map.brands.isEmpty ? "attributes" : map.trails.isEmpty ? "brands" : "movement")
  }

  /// Smaller type, never under 11 px, where at the usual size a name would go to the key or far from its mark.
  static func bestLayout(
    _ map: PerceptualMap, _ words: PerceptualMapWords, _ context: FigureContext, _ frame: Frame
  ) -> PerceptualMapLayout {
    func layout(_ size: Double) -> PerceptualMapLayout {
      PerceptualMapLayout(map, words, context, top: frame.top, fontSize: size)
    }
    // With this many names no size of type makes room for all of them.
    if map.brands.count + map.attributes.count > 110 { return layout(11) }
    var size = frame.labelFont.size
    var best = layout(size)
    var least = cost(best)
    // One px less helps where a few names found no room; where many did not, only the smallest is worth the time.
    if best.places.keyed.count > 3 { size = 12 }
    while size > 11, !best.places.keyed.isEmpty || longestGap(best) > 50 {
      size -= 1
      let next = layout(size)
      // Each px of type is worth some px of leaders.
      let found = cost(next) + 40 * (frame.labelFont.size - size)
      if found < least { (best, least) = (next, found) }
    }
    return best
  }

  private static func longestGap(_ layout: PerceptualMapLayout) -> Double {
    layout.places.placements.reduce(0) { max($0, $1?.gap ?? 0) }
  }

  private static func cost(_ layout: PerceptualMapLayout) -> Double {
    200 * Double(layout.places.keyed.count) + layout.places.displacement
  }
}
