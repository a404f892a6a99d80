import Glibc
import Graphics

/// Where everything of a map stands, for one size of labels.
struct PerceptualMapLayout {
  struct Label {
    var lines: [String]
    var font: Font
    /// px, one a line.
    var widths: [Double]
    var lineHeight: Double
    var ascent: Double
    var size: Size { Size(widths.max() ?? 0, lineHeight * Double(lines.count)) }
  }

  /// The name of an end of an axis.
  struct AxisEnd {
    var lines: [String]
    var box: Rect
    var anchor: TextRun.Anchor
    /// The last line is the share of the dimension.
    var endsWithPercent: Bool
  }

  let plot: Rect
  let projection: MapProjection
  /// By what one of the two sets is stretched in common, so that both can be seen together.
  struct Factors {
    var brands: Double
    var attributes: Double
  }

  let factors: Factors
  let brandPoints: [Point]
  let brandRadii: [Double]
  let attributePoints: [Point]
  let overlayPoints: [Point]
  /// px, one list a brand where the figure is one of movements.
  let trailPoints: [[Point]]
  let ends: [AxisEnd]
  let axisFont: Font
  /// Brands first, then attributes, then the second layer.
  let labels: [Label]
  let numberFont: Font
  let places: LabelLayout

  /// What stands on the map as a number only, in the order of the numbers from 1.
  /// Names stand in the key by the alphabet, brands before attributes.
  var numbered: [Int] {
    let brands = brandPoints.count
    return places.placements.indices.filter { places.placements[$0]?.isNumber ?? false }.sorted { a, b in
      let (p, q) = (labels[a].lines.joined(separator: " "), labels[b].lines.joined(separator: " "))
      return (a < brands ? 0 : 1, p.lowercased(), a) < (b < brands ? 0 : 1, q.lowercased(), b)
    }
  }

  init(_ map: PerceptualMap, _ words: PerceptualMapWords, _ context: FigureContext, top: Double, fontSize: Double) {
    let narrow = context.width == .narrow
    let crowd = map.brands.count
    let factors = PerceptualMapLayout.factors(map)
    self.factors = factors
    axisFont = Font(narrow ? 11 : 12, .semibold)
    numberFont = Font(11, .semibold)
    let left = narrow ? 12.0 : Frame.margin
    let width = context.width.pixels - 2 * left

    let most = map.brands.compactMap(\.weight).max() ?? 0
    let largest = (narrow ? 5.5 : 7) * (crowd > 80 ? 0.75 : 1)
    brandRadii = map.brands.map { brand in
      // Brands that stayed are small dots beside those that moved.
      if let trail = map.trail(of: brand) { return trail.hasMoved == false ? 3 : 4.6 }
      guard most > 0 else { return crowd > 80 ? 3 : crowd > 25 ? 3.6 : 4.2 }
      // A diamond has less area than a dot of its width and must still be seen as one.
      return max(brand.isSupplementary ? 3.4 : 2.4, largest * (max(0, brand.weight ?? 0) / most).squareRoot())
    }

    // Bounds of all that is drawn, the origin among it.
    var (minX, maxX, minY, maxY) = (0.0, 0.0, 0.0, 0.0)
    let brands = map.brands.map { Point($0.x * factors.brands, $0.y * factors.brands) }
    let attributes = map.attributes.map { Point($0.x * factors.attributes, $0.y * factors.attributes) }
    let trails = map.trails.map { $0.places.map { Point($0.x * factors.brands, $0.y * factors.brands) } }
    let overlay = map.overlay.map { Point($0.x * factors.brands, $0.y * factors.brands) }
    for p in brands + attributes + overlay + trails.flatMap(\.self) {
      (minX, maxX) = (min(minX, p.x), max(maxX, p.x))
      (minY, maxY) = (min(minY, p.y), max(maxY, p.y))
    }

    // Regions count as far as they reach a quarter beyond the points: one very wide region must not shrink the map.
    let (reachX, reachY) = ((maxX - minX) / 4, (maxY - minY) / 4)
    let (leftmost, rightmost, lowest, highest) = (minX - reachX, maxX + reachX, minY - reachY, maxY + reachY)
    for (brand, p) in zip(map.brands, brands) {
      guard let region = brand.region else { continue }
      let (w, h) = (region.halfWidth * factors.brands, region.halfHeight * factors.brands)
      (minX, maxX) = (min(minX, max(leftmost, p.x - w)), max(maxX, min(rightmost, p.x + w)))
      (minY, maxY) = (min(minY, max(lowest, p.y - h)), max(maxY, min(highest, p.y + h)))
    }

    let texts = AxisTexts(words, axisFont, context, wrap: narrow ? 92 : 120)
    let strip = map.isLine ? 10 : texts.height(texts.vertical) + 8
    var padLeft = narrow ? 30.0 : 56
    var padRight = padLeft
    let padY = strip + (map.isLine ? 60 : 14)
    let least = map.isLine ? 160 : width * (narrow ? 0.8 : 0.5)
    let limit = context.width == .wide ? width * 0.72 : narrow ? width * 1.5 : width * 0.92
    var plot = Rect(x: left, y: top, width: width, height: 0)
    var projection = MapProjection(scale: 1, origin: .zero)
    var ends: [AxisEnd] = []
    // A second time with wider sides where the names of the axes would lie over marks.
    for _ in 0..<2 {
      let room = max(40, width - padLeft - padRight)
      let span = maxX > minX ? room / (maxX - minX) : Double.infinity
      let wanted = span.isFinite ? (maxY - minY) * span + 2 * padY : limit
      plot.height = max(least, min(limit, wanted)).rounded()
      projection = MapProjection(
        minX: minX, maxX: maxX, minY: minY, maxY: maxY,
        into: Rect(
          x: plot.x + padLeft, y: plot.y + padY, width: room, height: max(40, plot.height - 2 * padY)))
      let marks =
        zip(brands, brandRadii).map { LabelObstacles.Disc(projection($0.x, $0.y), $1) }
        + (attributes + overlay).map { LabelObstacles.Disc(projection($0.x, $0.y), 3) }
        + trails.flatMap { $0.map { LabelObstacles.Disc(projection($0.x, $0.y), 3) } }
      let (found, isClear) = texts.ends(plot, projection.origin, marks, isLine: map.isLine)
      ends = found
      if isClear { break }
      padLeft = max(padLeft, texts.width(texts.left) + 10)
      padRight = max(padRight, texts.width(texts.right) + 10)
    }
    self.plot = plot
    self.projection = projection
    self.ends = ends
    brandPoints = brands.map { projection($0.x, $0.y) }
    attributePoints = attributes.map { projection($0.x, $0.y) }
    overlayPoints = overlay.map { projection($0.x, $0.y) }
    trailPoints = trails.map { $0.map { projection($0.x, $0.y) } }

    labels = PerceptualMapLayout.labels(map, context, fontSize: fontSize, wrap: max(96, width * (narrow ? 0.3 : 0.2)))
    let digits = context.measurer.measure(crowd + map.attributes.count > 99 ? "000" : "00", numberFont)
    let numberSize = Size(digits.width, digits.height)
    var requests: [LabelRequest] = []
    let reach = brandPoints.map { ($0 - projection.origin).length }.max() ?? 0
    for (i, brand) in map.brands.enumerated() {
      let isOwn = brand.name == map.own
      let far = reach > 0 ? (brandPoints[i] - projection.origin).length / reach : 0
      requests.append(
        LabelRequest(
          anchor: brandPoints[i], radius: brandRadii[i] * (brand.isSupplementary ? 1.3 : 1), size: labels[i].size,
          numberSize: isOwn ? nil : numberSize,
          // Far out and large brands keep their names, where not all can.
          priority: isOwn ? 4 : 0.25 * far + (most > 0 ? 0.25 * ((brand.weight ?? 0) / most).squareRoot() : 0.15)))
    }
    // Attributes explain the map, so they lose their names last.
    let isCrowded = map.brands.count + map.attributes.count > 60
    var segments: [Segment] = []
    for (i, point) in attributePoints.enumerated() {
      let out = point - projection.origin
      let isArrow = map.attributesAreArrows && out.length > 1
      if isArrow { segments.append(Segment(projection.origin, point)) }
      requests.append(
        LabelRequest(
          anchor: point, radius: isArrow ? 3 : 4.5, size: labels[map.brands.count + i].size,
          numberSize: isCrowded && map.attributes.count > 25 ? numberSize : nil, priority: 1,
          direction: isArrow ? out : nil))
    }
    for (i, point) in overlayPoints.enumerated() {
      let out = point - projection.origin
      let item = map.overlay[i]
      let isArrow = item.isArrow && out.length > 1
      if isArrow { segments.append(Segment(projection.origin, point)) }
      let label = labels[map.brands.count + map.attributes.count + i]
      requests.append(
        LabelRequest(
          anchor: point, radius: item.radius, size: label.size, priority: item.isNote ? 0 : 3,
          direction: isArrow ? out : nil))
    }
    var earlier: [LabelObstacles.Disc] = []
    for points in trailPoints {
      segments += zip(points, points.dropFirst()).map { Segment($0, $1) }
      earlier += points.dropLast().enumerated().map { LabelObstacles.Disc($1, Trail.radius(of: $0)) }
    }
    if !map.isScaled {
      segments.append(Segment(Point(plot.x, projection.origin.y), Point(plot.maxX, projection.origin.y)))
    }
    if !map.isLine, !map.isScaled {
      segments.append(Segment(Point(projection.origin.x, plot.y), Point(projection.origin.x, plot.maxY)))
    }
    places = placeLabels(
      requests, avoiding: LabelObstacles(discs: earlier, boxes: ends.map { $0.box.inset(by: -2) }, segments: segments),
      within: plot)
  }

  private static func labels(
    _ map: PerceptualMap, _ context: FigureContext, fontSize: Double, wrap: Double
  ) -> [Label] {
    func label(_ text: String, _ font: Font, _ wrap: Double) -> Label {
      let lines = context.measurer.lines(text, font, width: wrap, limit: 4)
      let extents = lines.map { context.measurer.measure($0, font) }
      return Label(
        lines: lines, font: font, widths: extents.map(\.width), lineHeight: extents.map(\.height).max() ?? 0,
        ascent: extents.map(\.ascent).max() ?? 0)
    }
    return map.brands.map { label($0.label, Font(fontSize, $0.name == map.own ? .bold : .regular), wrap) }
      + map.attributes.map { label($0.label, Font(fontSize, .medium, italic: true), wrap * 0.75) }
      + map.overlay.map {
        label(
          $0.label,
          Font(
            $0.isNote ? 11 : $0.isView ? max(11, fontSize - 1) : fontSize, $0.isNote || $0.isView ? .regular : .semibold
          ), wrap)
      }
  }

  /// Arrows are stretched only where they would else be much longer or shorter than the other cloud.
  private static func factors(_ map: PerceptualMap) -> Factors {
    func reach(_ places: [PerceptualMap.Place]) -> Double {
      places.map { ($0.x * $0.x + $0.y * $0.y).squareRoot() }.max() ?? 0
    }
    let (brands, attributes) = (reach(map.brands), reach(map.attributes))
    if map.brandsAreArrows { return Factors(brands: stretch(brands, to: attributes), attributes: 1) }
    return Factors(brands: 1, attributes: map.attributesAreArrows ? stretch(attributes, to: brands) : 1)
  }

  private static func stretch(_ arrows: Double, to others: Double) -> Double {
    guard others > 0, arrows > 0, others.isFinite, arrows.isFinite else { return 1 }
    let ratio = others / arrows
    guard ratio < 0.7 || ratio > 2.5 else { return 1 }
    let power = pow(10, log10(ratio).rounded(.down))
    guard power > 0, power.isFinite else { return 1 }
    let steps = [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8]
    return (steps.last { $0 * power <= ratio } ?? 1) * power
  }
}
