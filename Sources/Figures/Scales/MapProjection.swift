import Graphics

/// From map units to px with one scale for both directions: on a map distance means something.
/// Upwards on the map is upwards on the page.
package struct MapProjection: Sendable, Hashable {
  /// px a unit
  package let scale: Double
  /// Where 0, 0 stands, px.
  package let origin: Point

  package init(scale: Double, origin: Point) {
    self.scale = scale
    self.origin = origin
  }

  /// Fits `bounds` (map units, y upwards, as the least and greatest values) into `room`, middle on middle.
  /// Bounds without extent get the scale 1.
  package init(minX: Double, maxX: Double, minY: Double, maxY: Double, into room: Rect) {
    let width = maxX - minX
    let height = maxY - minY
    var scale = Double.infinity
    if width > 0, width.isFinite { scale = min(scale, max(1, room.width) / width) }
    if height > 0, height.isFinite { scale = min(scale, max(1, room.height) / height) }
    if !scale.isFinite { scale = 1 }
    let middle = room.centre
    self.init(
      scale: scale,
      origin: Point(middle.x - (minX + maxX) / 2 * scale, middle.y + (minY + maxY) / 2 * scale))
  }

  package func callAsFunction(_ x: Double, _ y: Double) -> Point {
    Point(origin.x + x * scale, origin.y - y * scale)
  }
}
