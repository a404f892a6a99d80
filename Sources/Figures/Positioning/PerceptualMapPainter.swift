import Glibc
import Graphics

/// Turns a layout into marks: axes below, then arrows, leaders, dots and, on top, names.
struct PerceptualMapPainter {
  let map: PerceptualMap
  let layout: PerceptualMapLayout
  let context: FigureContext
  let frame: Frame

  private var theme: Theme { context.theme }
  var attributeColour: Colour { theme.hues[1 % max(1, theme.hues.count)] }

  var marks: [Mark] { regions + axes + stalks + arrows + overlays + trails + dots + names }

  private var axes: [Mark] {
    // A scaled map may be turned at will: lines would look as if they meant something.
    if map.isScaled { return [] }
    let (plot, origin) = (layout.plot, layout.projection.origin)
    func axis(_ a: Point, _ b: Point) -> Mark {
      .path(.segment(a, b), fill: nil, stroke: Stroke(theme.rule, width: 1), role: .axis)
    }
    var marks = [axis(Point(plot.x, origin.y), Point(plot.maxX, origin.y))]
    if !map.isLine {
      // Stops short of the names of its ends, which stand on the line itself.
      let top = layout.ends.filter { $0.anchor == .middle && $0.box.y == plot.y }.map(\.box.maxY).max() ?? plot.y
      let low = layout.ends.filter { $0.anchor == .middle && $0.box.maxY == plot.maxY }.map(\.box.y).min()
      marks.append(axis(Point(origin.x, top + 2), Point(origin.x, (low ?? plot.maxY) - 2)))
    }
    for end in layout.ends {
      var y = end.box.y
      let x = end.anchor == .start ? end.box.x : end.anchor == .end ? end.box.maxX : end.box.centre.x
      for (k, line) in end.lines.enumerated() {
        let isPercent = k == end.lines.count - 1 && end.endsWithPercent
        let font = Font(layout.axisFont.size, isPercent ? .regular : layout.axisFont.weight)
        let extent = context.measurer.measure(line, font)
        let height = end.box.height / Double(end.lines.count)
        let box = Rect(
          x: end.anchor == .start ? x : end.anchor == .end ? x - extent.width : x - extent.width / 2, y: y,
          width: extent.width, height: height)
        let run = TextRun(
          line, font, Paint(theme.muted), at: Point(x, y + extent.ascent), anchor: end.anchor,
          halo: Paint(theme.paper))
        marks.append(.text(run, box: box, role: .axis))
        y += height
      }
    }
    return marks
  }

  private var stalks: [Mark] {
    guard map.brandsAreArrows else { return [] }
    return zip(map.brands, layout.brandPoints).map { brand, point in
      .group(
        name: brand.name,
        [
          .path(
            .segment(layout.projection.origin, point), fill: nil,
            stroke: Stroke(Paint(colour(brand), opacity: 0.35), width: 1), role: .vector)
        ])
    }
  }

  private var arrows: [Mark] {
    if map.isOfAnswers { return answers }
    let origin = layout.projection.origin
    return zip(map.attributes, layout.attributePoints).map { attribute, tip in
      // Where brands or preferences have arrows of their own, those of attributes stand back.
      let isBack = !map.trails.isEmpty || map.showsPreferences
      let strength = (0.35 + 0.65 * max(0, min(1, attribute.quality ?? 1))) * (isBack ? 0.55 : 1)
      let paint = Paint(attributeColour, opacity: strength)
      let way = tip - origin
      guard map.attributesAreArrows, way.length > 1 else {
        let square = Path.rectangle(Rect(x: tip.x - 3.5, y: tip.y - 3.5, width: 7, height: 7))
        let mark: Mark =
          attribute.isSupplementary
          ? .path(
            diamond(tip, 4.5), fill: Paint(theme.paper), stroke: Stroke(attributeColour, width: 1.4), role: .vector)
          : .path(square, fill: paint, stroke: nil, role: .vector)
        return .group(name: attribute.name, [mark])
      }
      let unit = way * (1 / way.length)
      let head = min(8, way.length * 0.6)
      let base = tip - unit * head
      let side = Point(-unit.y, unit.x) * (head * 0.4)
      let line = Stroke(paint, width: map.trails.isEmpty ? 1.6 : 1.1, dash: attribute.isSupplementary ? [4, 3] : [])
      return .group(
        name: attribute.name,
        [
          .path(.segment(origin, base), fill: nil, stroke: line, role: .vector),
          .path(.polyline([tip, base + side, base - side], closed: true), fill: paint, stroke: nil, role: .vector),
        ])
    }
  }

  private func diamond(_ c: Point, _ r: Double) -> Path {
    .polyline([Point(c.x, c.y - r), Point(c.x + r, c.y), Point(c.x, c.y + r), Point(c.x - r, c.y)], closed: true)
  }

  private func colour(_ brand: PerceptualMap.Place) -> Colour { brand.name == map.own ? theme.accent : theme.neutral }

  private var dots: [Mark] {
    var leaders: [Mark] = []
    for place in layout.places.placements {
      guard let leader = place?.leader else { continue }
      leaders.append(
        .path(
          .segment(leader.start, leader.end), fill: nil, stroke: Stroke(theme.faint, width: 0.8), role: .leader))
    }
    return leaders
      + drawingOrder.map { i in
        let (brand, at, radius) = (map.brands[i], layout.brandPoints[i], layout.brandRadii[i])
        let paint = Paint(colour(brand), opacity: brand.isPoorlyShown ? 0.45 : 1)
        let shape = brand.isSupplementary ? diamond(at, radius * 1.2) : Path.circle(at, radius)
        let isOpen = brand.isSmallBase || brand.isSupplementary
        // A thin edge in the ground's colour keeps dots that touch apart.
        let stroke = isOpen ? Stroke(paint, width: 1.4) : Stroke(theme.paper, width: 0.8)
        return .group(
          name: brand.name,
          [.path(shape, fill: isOpen ? Paint(theme.paper) : paint, stroke: stroke, role: .point)])
      }
  }

  /// Large dots first, so that none hides a smaller one; our own on top.
  private var drawingOrder: [Int] {
    map.brands.indices.sorted { a, b in
      let (ownA, ownB) = (map.brands[a].name == map.own ? 1.0 : 0, map.brands[b].name == map.own ? 1.0 : 0)
      return (ownA, -layout.brandRadii[a], Double(a)) < (ownB, -layout.brandRadii[b], Double(b))
    }
  }

  private var names: [Mark] {
    var marks: [Mark] = []
    let numbered = layout.numbered
    for (i, place) in layout.places.placements.enumerated() {
      guard let place else { continue }
      if i >= map.brands.count + map.attributes.count {
        marks.append(overlayName(i - map.brands.count - map.attributes.count, place))
        continue
      }
      let isAttribute = i >= map.brands.count
      let source = isAttribute ? map.attributes[i - map.brands.count] : map.brands[i]
      let anchorPoint = isAttribute ? layout.attributePoints[i - map.brands.count] : layout.brandPoints[i]
      let ink: Colour =
        isAttribute
        ? colour(attribute: i - map.brands.count) ?? attributeColour
        : source.name == map.own ? theme.accent : source.isPoorlyShown ? theme.muted : theme.ink
      if place.isNumber {
        let number = (numbered.firstIndex(of: i) ?? 0) + 1
        let mark = context.label(
          "\(number)", layout.numberFont, Paint(isAttribute ? attributeColour : theme.muted), x: place.box.centre.x,
          middle: place.box.centre.y, anchor: .middle, halo: true)
        marks.append(.group(name: source.name, [mark]))
        continue
      }
      let label = layout.labels[i]
      let anchor: TextRun.Anchor =
        place.box.x >= anchorPoint.x ? .start : place.box.maxX <= anchorPoint.x ? .end : .middle
      var lines: [Mark] = []
      for (k, line) in label.lines.enumerated() {
        let x = anchor == .start ? place.box.x : anchor == .end ? place.box.maxX : place.box.centre.x
        lines.append(
          context.label(
            line, label.font, Paint(ink), x: x, middle: place.box.y + (Double(k) + 0.5) * label.lineHeight,
            anchor: anchor, halo: true))
      }
      marks.append(.group(name: source.name, lines))
    }
    return marks
  }

  private func name(_ index: Int) -> String {
    if index < map.brands.count { return map.brands[index].label }
    let next = index - map.brands.count
    return next < map.attributes.count ? map.attributes[next].label : map.overlay[next - map.attributes.count].label
  }

  /// The names that found no room: by their numbers, in columns; below them those without even a number.
  func key(below top: Double) -> (marks: [Mark], bottom: Double) {
    var (marks, y) = questions(below: top)
    let numbered = layout.numbered
    let font = frame.smallFont
    let room = context.width.pixels - 2 * Frame.margin
    if !numbered.isEmpty {
      let texts = numbered.indices.map { "\($0 + 1)" }
      let numberWidth = texts.map { context.measurer.measure($0, layout.numberFont).width }.max() ?? 0
      let widest = numbered.map { context.measurer.measure(name($0), font).width }.max() ?? 0
      let columns = max(1, min(numbered.count, Int(room / (numberWidth + widest + 22))))
      let rows = (numbered.count + columns - 1) / columns
      let column = columns == 1 ? room : min(room / Double(columns), numberWidth + widest + 40)
      let step = context.measurer.measure("X", font).height * 1.12
      y += 12
      for (k, i) in numbered.enumerated() {
        let x = Frame.margin + Double(k / rows) * column
        let middle = y + (Double(k % rows) + 0.5) * step
        marks.append(
          context.label(
            texts[k], layout.numberFont, Paint(theme.muted), x: x + numberWidth, middle: middle, anchor: .end,
            role: .legend))
        let line = context.measurer.lines(name(i), font, width: column - numberWidth - 8, limit: 1)
        marks.append(
          context.label(
            line.first ?? "", font, Paint(theme.ink), x: x + numberWidth + 6, middle: middle, role: .legend))
      }
      y += Double(rows) * step
    }
    let unnamed = layout.places.placements.indices.filter { layout.places.placements[$0] == nil && !isNote($0) }
    if !unnamed.isEmpty {
      y += 8
      let text = "In the crowd, not named: " + unnamed.map(name).joined(separator: ", ")
      for line in context.measurer.lines(text, font, width: room, limit: 6) {
        marks.append(
          Frame.text(line, font, Paint(theme.muted), x: Frame.margin, top: &y, role: .legend, in: context))
      }
    }
    return (marks, y)
  }

  /// A name on a contour, which may be left out.
  private func isNote(_ index: Int) -> Bool {
    let at = index - map.brands.count - map.attributes.count
    return at >= 0 && map.overlay[at].isNote
  }

  func areas(_ words: PerceptualMapWords) -> [HitArea] {
    let brands = map.brands.indices.map { i in
      HitArea(
        name: map.brands[i].label, detail: words.detail(map.brands[i]),
        shape: .circle(centre: layout.brandPoints[i], radius: max(12, layout.brandRadii[i] + 4)),
        target: "row/brands/\(map.brands[i].name)")
    }
    let attributes = map.attributes.indices.map { i in
      HitArea(
        name: map.attributes[i].label, detail: words.detail(map.attributes[i]),
        shape: .circle(centre: layout.attributePoints[i], radius: 12),
        target: "row/attributes/\(map.attributes[i].name)")
    }
    return brands + attributes + overlayAreas
  }
}
