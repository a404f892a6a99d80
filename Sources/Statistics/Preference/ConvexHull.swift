/// The smallest convex polygon round some points (Andrew's monotone chain, 1979).
package struct ConvexHull: Sendable {
  /// Its corners against the clock, without repetition; two for points on a line, one for a single point.
  package let corners: [(x: Double, y: Double)]
  private let slack: Double

  /// - Parameter points: Finite places; others are left out.
  package init(_ points: [(x: Double, y: Double)]) {
    let sorted = points.filter { $0.x.isFinite && $0.y.isFinite }.sorted { ($0.x, $0.y) < ($1.x, $1.y) }
    func turn(_ a: (x: Double, y: Double), _ b: (x: Double, y: Double), _ c: (x: Double, y: Double)) -> Double {
      (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)
    }
    func chain(_ points: some Sequence<(x: Double, y: Double)>) -> [(x: Double, y: Double)] {
      var kept: [(x: Double, y: Double)] = []
      for point in points {
        if let last = kept.last, last.x == point.x, last.y == point.y { continue }
        while kept.count > 1, turn(kept[kept.count - 2], kept[kept.count - 1], point) <= 0 { kept.removeLast() }
        kept.append(point)
      }
      return kept
    }
    let (lower, upper) = (chain(sorted), chain(sorted.reversed()))
    corners = lower.count < 2 ? lower : Array(lower.dropLast() + upper.dropLast())
    let size = sorted.reduce(0) { max($0, abs($1.x), abs($1.y)) }
    slack = 1e-12 * size * size
  }

  /// Whether a place lies inside or on the edge.
  package func contains(_ x: Double, _ y: Double) -> Bool {
    guard corners.count > 2, x.isFinite, y.isFinite else { return false }
    for (at, a) in corners.enumerated() {
      let b = corners[at + 1 == corners.count ? 0 : at + 1]
      if (b.x - a.x) * (y - a.y) - (b.y - a.y) * (x - a.x) < -slack { return false }
    }
    return true
  }

  /// How far from a place inside the edge lies in a direction; 0 where the place is not inside or there is no direction.
  package func reach(fromX x: Double, y: Double, towardX dx: Double, y dy: Double) -> Double {
    let length = (dx * dx + dy * dy).squareRoot()
    guard length > 0, contains(x, y) else { return 0 }
    var best = Double.infinity
    for (at, a) in corners.enumerated() {
      let b = corners[at + 1 == corners.count ? 0 : at + 1]
      let (ex, ey) = (b.x - a.x, b.y - a.y)
      // Where the ray passes to the outside of this edge.
      let away = (ey * dx - ex * dy) / length
      if away > 0 { best = min(best, max(0, (ey * (a.x - x) - ex * (a.y - y)) / away)) }
    }
    return best.isFinite ? best : 0
  }
}
