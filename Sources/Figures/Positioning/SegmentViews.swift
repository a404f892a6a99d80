import Graphics
import ValueModels

/// Brands as single segments see them: small rings, tied to the brand by a thin line.
extension PerceptualMap {
  /// What the findings hold of them, as a second layer.
  func segmentViews(_ findings: Findings) -> [MapOverlay] {
    guard plane == .firstAndSecond, let table = findings.table("segments"), let base = table.index(of: "base"),
      let quality = table.index(of: "quality")
    else { return [] }
    let (names, segments) = (table.texts("brand"), table.texts("segment"))
    let (x, y) = (table.numbers("x"), table.numbers("y"))
    let isOne = Set(names).count == 1
    return table.rows.indices.compactMap { row in
      guard let x = x[row], let y = y[row], x.isFinite, y.isFinite,
        let brand = brands.firstIndex(where: { $0.name == names[row] })
      else { return nil }
      let shown = table.rows[row][quality].number ?? 1
      let count = table.rows[row][base].text ?? ""
      let label = isOne ? segments[row] : "\(brands[brand].label): \(segments[row])"
      return MapOverlay(
        name: names[row], label: label, x: x, y: y, shape: .view(of: brand), isFaint: shown < 0.5,
        detail: "\(brands[brand].label) as seen by \(segments[row]): base \(count)")
    }
  }
}

extension PerceptualMapPainter {
  /// The ring of a segment's view and the line to its brand.
  func view(_ item: MapOverlay, of brand: Int, at point: Point) -> Mark {
    let ink = colour(of: item)
    let paint = Paint(ink, opacity: item.isFaint ? 0.5 : 1)
    let from = layout.brandPoints[brand]
    let way = point - from
    var marks: [Mark] = []
    if way.length > 6 {
      marks.append(
        .path(
          .segment(from, point - way * (3.6 / way.length)), fill: nil,
          stroke: Stroke(Paint(ink, opacity: 0.4), width: 1),
          role: .vector))
    }
    marks.append(
      .path(.circle(point, 3.6), fill: Paint(context.theme.paper), stroke: Stroke(paint, width: 1.5), role: .point))
    return .group(name: item.name, marks)
  }

  /// The colour of an item of the second layer: that of its brand, or the layer's own.
  func colour(of item: MapOverlay) -> Colour {
    guard case .view(let brand) = item.shape else {
      return context.theme.hues[3 % max(1, context.theme.hues.count)]
    }
    return map.brands[brand].name == map.own ? context.theme.accent : context.theme.neutral
  }
}
