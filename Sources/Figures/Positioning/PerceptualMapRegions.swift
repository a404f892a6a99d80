import Glibc
import Graphics

/// The ellipses under the dots: where each brand's place may be.
extension PerceptualMapPainter {
  /// The widest first; on a line, bars of a hair's height.
  var regions: [Mark] {
    let shown = map.brands.indices.filter { map.brands[$0].region != nil }.sorted { a, b in
      (-area(a), a) < (-area(b), b)
    }
    let crowd = shown.count > 25 ? 0.6 : 1
    return shown.compactMap { i in
      guard let region = map.brands[i].region else { return nil }
      let isOwn = map.brands[i].name == map.own
      let ink = isOwn ? context.theme.accent : context.theme.neutral
      let centre = layout.brandPoints[i]
      let polygon = outline(region, around: centre)
      let shape: Path
      if polygon.allSatisfy(layout.plot.contains) {
        shape = whole(region, around: centre)
      } else {
        let inside = clipped(polygon)
        guard inside.count > 2 else { return nil }
        shape = .polyline(inside, closed: true)
      }
      return .group(
        name: map.brands[i].name,
        [
          .path(
            shape, fill: Paint(ink, opacity: (isOwn ? 0.14 : 0.08) * crowd),
            stroke: Stroke(Paint(ink, opacity: (isOwn ? 0.6 : 0.35) * crowd), width: 0.8), role: .region)
        ])
    }
  }

  private func area(_ i: Int) -> Double {
    map.brands[i].region.map { $0.halfWidth * $0.halfHeight } ?? 0
  }

  /// The ellipse as a polygon: with both deviations and the correlation, x = w cos t, y = h (r cos t + √(1 − r²) sin t).
  private func outline(_ region: PerceptualMap.Region, around centre: Point) -> [Point] {
    let place = projected(region, around: centre)
    let steps = 72
    return (0..<steps).map { step in
      let t = 2 * Double.pi * Double(step) / Double(steps)
      return place(cos(t), sin(t))
    }
  }

  /// The ellipse in four curves.
  private func whole(_ region: PerceptualMap.Region, around centre: Point) -> Path {
    let place = projected(region, around: centre)
    return Path.circle(.zero, 1).mapped { place($0.x, $0.y) }
  }

  /// From the circle of radius 1 to the ellipse on the page.
  private func projected(
    _ region: PerceptualMap.Region, around centre: Point
  ) -> (_ u: Double, _ v: Double) -> Point {
    let scale = layout.projection.scale * layout.factors.brands
    let w = max(0.5, region.halfWidth * scale)
    let h = max(0.5, region.halfHeight * scale)
    let r = max(-1, min(1, region.correlation))
    let rest = (1 - r * r).squareRoot()
    return { u, v in Point(centre.x + w * u, centre.y - h * (r * u + rest * v)) }
  }

  /// The part inside the plot (Sutherland and Hodgman, one side after the other).
  private func clipped(_ polygon: [Point]) -> [Point] {
    let plot = layout.plot
    var points = polygon
    let sides: [(Point) -> Double] = [
      { $0.x - plot.x }, { plot.maxX - $0.x }, { $0.y - plot.y }, { plot.maxY - $0.y },
    ]
    for inside in sides {
      var kept: [Point] = []
      for (at, point) in points.enumerated() {
        let before = points[(at + points.count - 1) % points.count]
        let (a, b) = (inside(before), inside(point))
        if (a < 0) != (b < 0) { kept.append(before + (point - before) * (a / (a - b))) }
        if b >= 0 { kept.append(point) }
      }
      points = kept
    }
    return points
  }
}
