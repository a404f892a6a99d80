import Graphics

/// To the nearest 64th of a px. Sines and sums differ in their last digit between processors, and a choice between two
/// places that cost the same must not hang on it.
func snapped(_ value: Double) -> Double { (value * 64).rounded() / 64 }

/// A rectangle by its edges: what the inner loops of the placement compare.
struct Box {
  var minX: Double
  var minY: Double
  var maxX: Double
  var maxY: Double

  init(minX: Double, minY: Double, maxX: Double, maxY: Double) {
    self.minX = minX
    self.minY = minY
    self.maxX = maxX
    self.maxY = maxY
  }

  init(_ r: Rect) { self.init(minX: r.minX, minY: r.minY, maxX: r.maxX, maxY: r.maxY) }

  static let nowhere = Box(minX: .infinity, minY: .infinity, maxX: -.infinity, maxY: -.infinity)

  var rect: Rect { Rect(x: minX, y: minY, width: maxX - minX, height: maxY - minY) }

  @inline(__always) func meets(_ o: Box) -> Bool {
    minX < o.maxX && o.minX < maxX && minY < o.maxY && o.minY < maxY
  }

  func grown(_ x: Double, _ y: Double) -> Box {
    Box(minX: minX - x, minY: minY - y, maxX: maxX + x, maxY: maxY + y)
  }

  /// Moved to a 64th of a px; the size stays.
  var snapped: Box {
    let (x, y) = ((minX * 64).rounded() / 64, (minY * 64).rounded() / 64)
    return Box(minX: x, minY: y, maxX: x + (maxX - minX), maxY: y + (maxY - minY))
  }

  func inside(_ o: Box) -> Bool { minX >= o.minX && maxX <= o.maxX && minY >= o.minY && maxY <= o.maxY }

  /// From a point to the nearest point of the box; 0 inside.
  @inline(__always) func distance(_ x: Double, _ y: Double) -> Double {
    let dx = max(minX - x, 0, x - maxX)
    let dy = max(minY - y, 0, y - maxY)
    return (dx * dx + dy * dy).squareRoot()
  }

  /// True where the segment shares a point with the inside (Liang and Barsky's clipping).
  func isCrossed(_ l: Line) -> Bool {
    var t0 = 0.0
    var t1 = 1.0
    let dx = l.bx - l.ax
    let dy = l.by - l.ay
    func clip(_ p: Double, _ q: Double) -> Bool {
      if p == 0 { return q > 0 }
      let r = q / p
      if p < 0 { t0 = max(t0, r) } else { t1 = min(t1, r) }
      return t0 < t1
    }
    return clip(-dx, l.ax - minX) && clip(dx, maxX - l.ax) && clip(-dy, l.ay - minY) && clip(dy, maxY - l.ay)
  }
}

struct Line {
  var ax: Double
  var ay: Double
  var bx: Double
  var by: Double

  init(ax: Double, ay: Double, bx: Double, by: Double) {
    self.ax = ax
    self.ay = ay
    self.bx = bx
    self.by = by
  }

  init(_ s: Segment) { self.init(ax: s.start.x, ay: s.start.y, bx: s.end.x, by: s.end.y) }

  var segment: Segment { Segment(Point(ax, ay), Point(bx, by)) }

  var bounds: Box { Box(minX: min(ax, bx), minY: min(ay, by), maxX: max(ax, bx), maxY: max(ay, by)) }

  /// True where the two cross or touch; parallel ones on one line count as crossing where they overlap.
  func crosses(_ o: Line) -> Bool {
    func side(_ l: Line, _ x: Double, _ y: Double) -> Double {
      (l.bx - l.ax) * (y - l.ay) - (l.by - l.ay) * (x - l.ax)
    }
    let a = side(self, o.ax, o.ay)
    let b = side(self, o.bx, o.by)
    let c = side(o, ax, ay)
    let d = side(o, bx, by)
    if a == 0, b == 0 {
      let (p, q) = (bounds, o.bounds)
      return p.minX <= q.maxX && q.minX <= p.maxX && p.minY <= q.maxY && q.minY <= p.maxY
    }
    return a * b <= 0 && c * d <= 0
  }

  func distance(_ x: Double, _ y: Double) -> Double {
    let dx = bx - ax
    let dy = by - ay
    let squared = dx * dx + dy * dy
    let t = squared > 0 ? max(0, min(1, ((x - ax) * dx + (y - ay) * dy) / squared)) : 0
    let ex = ax + t * dx - x
    let ey = ay + t * dy - y
    return (ex * ex + ey * ey).squareRoot()
  }
}

/// Discs sorted into square cells, so that a label asks only those near it.
struct DiscGrid {
  struct Disc {
    var x: Double
    var y: Double
    var radius: Double
    /// The request it belongs to; −1 for an obstacle.
    var owner: Int
  }

  private let cell = 48.0
  private let minX: Double
  private let minY: Double
  private let columns: Int
  private let rows: Int
  private var starts: [Int]
  private var sorted: [Disc] = []
  private var reach = 0.0

  init(_ discs: [Disc], canvas: Box) {
    minX = canvas.minX
    minY = canvas.minY
    columns = DiscGrid.count(canvas.maxX - canvas.minX, cell)
    rows = DiscGrid.count(canvas.maxY - canvas.minY, cell)
    starts = [Int](repeating: 0, count: columns * rows + 1)
    var cells: [Int] = []
    for disc in discs {
      let c = column(disc.x)
      let r = row(disc.y)
      cells.append(r * columns + c)
      reach = max(reach, disc.radius)
    }
    for c in cells { starts[c + 1] += 1 }
    for i in 1..<starts.count { starts[i] += starts[i - 1] }
    let order = discs.indices.sorted { (cells[$0], $0) < (cells[$1], $1) }
    sorted = order.map { discs[$0] }
  }

  private func column(_ x: Double) -> Int { DiscGrid.index((x - minX) / cell, columns) }
  private func row(_ y: Double) -> Int { DiscGrid.index((y - minY) / cell, rows) }

  /// Held inside before it becomes a whole number, since a mark may lie any distance off the canvas.
  private static func index(_ place: Double, _ count: Int) -> Int {
    place.isNaN ? 0 : Int(max(0, min(Double(count - 1), place.rounded(.down))))
  }

  private static func count(_ length: Double, _ cell: Double) -> Int { Int(max(0, min(255, length / cell))) + 1 }

  /// Every disc that may come within `margin` px of the box, and some beyond.
  @inline(__always) func visit(_ box: Box, margin: Double, _ body: (Disc) -> Void) {
    let m = margin + reach
    let c0 = column(box.minX - m)
    let c1 = column(box.maxX + m)
    let r0 = row(box.minY - m)
    let r1 = row(box.maxY + m)
    for r in r0...r1 {
      // Cells of one row lie side by side, so their discs do as well.
      for i in starts[r * columns + c0]..<starts[r * columns + c1 + 1] { body(sorted[i]) }
    }
  }
}
