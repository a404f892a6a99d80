import Glibc

/// A place on the page, in px from the upper left corner; y grows downwards.
package struct Point: Sendable, Hashable, Codable {
  package var x: Double
  package var y: Double

  package init(_ x: Double, _ y: Double) {
    self.x = x
    self.y = y
  }

  package static let zero = Point(0, 0)
  package static func + (a: Point, b: Point) -> Point { Point(a.x + b.x, a.y + b.y) }
  package static func - (a: Point, b: Point) -> Point { Point(a.x - b.x, a.y - b.y) }
  package static func * (a: Point, k: Double) -> Point { Point(a.x * k, a.y * k) }
  package var length: Double { (x * x + y * y).squareRoot() }
  package var isFinite: Bool { x.isFinite && y.isFinite }
}

package struct Size: Sendable, Hashable, Codable {
  package var width: Double
  package var height: Double

  package init(_ width: Double, _ height: Double) {
    self.width = width
    self.height = height
  }
}

package struct Rect: Sendable, Hashable, Codable {
  package var x: Double
  package var y: Double
  package var width: Double
  package var height: Double

  package init(x: Double, y: Double, width: Double, height: Double) {
    self.x = x
    self.y = y
    self.width = width
    self.height = height
  }

  package var minX: Double { x }
  package var minY: Double { y }
  package var maxX: Double { x + width }
  package var maxY: Double { y + height }
  package var centre: Point { Point(x + width / 2, y + height / 2) }

  /// True where the insides share area; touching edges do not count.
  package func overlaps(_ other: Rect) -> Bool {
    x < other.maxX && other.x < maxX && y < other.maxY && other.y < maxY
  }

  package func contains(_ point: Point) -> Bool {
    point.x >= x && point.x <= maxX && point.y >= y && point.y <= maxY
  }

  package func contains(_ other: Rect) -> Bool {
    other.x >= x && other.maxX <= maxX && other.y >= y && other.maxY <= maxY
  }

  /// Grown by `margin` on every side; negative shrinks.
  package func inset(by margin: Double) -> Rect {
    Rect(x: x + margin, y: y + margin, width: width - 2 * margin, height: height - 2 * margin)
  }
}

/// Straight lines and cubic curves.
package struct Path: Sendable, Hashable {
  package enum Element: Sendable, Hashable {
    case move(Point)
    case line(Point)
    case curve(Point, Point, Point)
    case close
  }

  package var elements: [Element] = []

  package init(_ elements: [Element] = []) { self.elements = elements }

  package mutating func move(_ p: Point) { elements.append(.move(p)) }
  package mutating func line(_ p: Point) { elements.append(.line(p)) }
  package mutating func curve(_ a: Point, _ b: Point, _ p: Point) { elements.append(.curve(a, b, p)) }
  package mutating func close() { elements.append(.close) }

  package static func segment(_ a: Point, _ b: Point) -> Path { Path([.move(a), .line(b)]) }

  package static func polyline(_ points: [Point], closed: Bool = false) -> Path {
    var path = Path()
    for (index, point) in points.enumerated() { index == 0 ? path.move(point) : path.line(point) }
    if closed { path.close() }
    return path
  }

  /// A rectangle whose corners are rounded by `radius` px.
  package static func rectangle(_ r: Rect, radius: Double = 0) -> Path {
    guard radius > 0 else {
      return polyline([Point(r.x, r.y), Point(r.maxX, r.y), Point(r.maxX, r.maxY), Point(r.x, r.maxY)], closed: true)
    }
    let c = min(radius, r.width / 2, r.height / 2)
    let k = c * (1 - 0.552_284_749_831)
    var path = Path()
    path.move(Point(r.x + c, r.y))
    path.line(Point(r.maxX - c, r.y))
    path.curve(Point(r.maxX - k, r.y), Point(r.maxX, r.y + k), Point(r.maxX, r.y + c))
    path.line(Point(r.maxX, r.maxY - c))
    path.curve(Point(r.maxX, r.maxY - k), Point(r.maxX - k, r.maxY), Point(r.maxX - c, r.maxY))
    path.line(Point(r.x + c, r.maxY))
    path.curve(Point(r.x + k, r.maxY), Point(r.x, r.maxY - k), Point(r.x, r.maxY - c))
    path.line(Point(r.x, r.y + c))
    path.curve(Point(r.x, r.y + k), Point(r.x + k, r.y), Point(r.x + c, r.y))
    path.close()
    return path
  }

  /// An ellipse with half axes `a` and `b` px, its `a` axis turned by `angle` radians (clockwise on the page).
  package static func ellipse(centre: Point, a: Double, b: Double, angle: Double = 0) -> Path {
    let k = 0.552_284_749_831
    let (c, s) = (cos(angle), sin(angle))
    func at(_ u: Double, _ v: Double) -> Point {
      Point(centre.x + u * a * c - v * b * s, centre.y + u * a * s + v * b * c)
    }
    var path = Path()
    path.move(at(1, 0))
    path.curve(at(1, k), at(k, 1), at(0, 1))
    path.curve(at(-k, 1), at(-1, k), at(-1, 0))
    path.curve(at(-1, -k), at(-k, -1), at(0, -1))
    path.curve(at(k, -1), at(1, -k), at(1, 0))
    path.close()
    return path
  }

  package static func circle(_ centre: Point, _ radius: Double) -> Path {
    ellipse(centre: centre, a: radius, b: radius)
  }

  package var isFinite: Bool {
    elements.allSatisfy { element in
      switch element {
      case .move(let p), .line(let p): p.isFinite
      case .curve(let a, let b, let p): a.isFinite && b.isFinite && p.isFinite
      case .close: true
      }
    }
  }
}
