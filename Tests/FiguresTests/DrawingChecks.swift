import Figures
import Graphics
import Testing

/// What must hold for every drawing, read from the drawing itself.
struct DrawingChecks {
  struct Text {
    var string: String
    var box: Rect
    var role: Role
    var size: Double
  }

  var texts: [Text] = []
  var points: [(name: String, bounds: Rect)] = []
  var leaders: [Figures.Segment] = []
  let drawing: Drawing

  init(_ drawing: Drawing) {
    self.drawing = drawing
    visit(drawing.marks, name: "")
  }

  /// The lines at the foot as one text.
  var caption: String { texts.filter { $0.role == .caption }.map(\.string).joined(separator: " ") }

  private mutating func visit(_ marks: [Mark], name: String) {
    for mark in marks {
      switch mark {
      case .group(let name, let inner): visit(inner, name: name)
      case .text(let run, let box, let role):
        texts.append(Text(string: run.text, box: box, role: role, size: run.font.size))
      case .path(let path, _, _, .point): points.append((name, DrawingChecks.bounds(path)))
      case .path(let path, _, _, .leader):
        if case .move(let a)? = path.elements.first, case .line(let b)? = path.elements.last {
          leaders.append(Figures.Segment(a, b))
        }
      case .path: break
      }
    }
  }

  private static func bounds(_ path: Path) -> Rect {
    var ends: [Point] = []
    for element in path.elements {
      switch element {
      case .move(let p), .line(let p), .curve(_, _, let p): ends.append(p)
      case .close: break
      }
    }
    let (xs, ys) = (ends.map(\.x), ends.map(\.y))
    let (left, top) = (xs.min() ?? 0, ys.min() ?? 0)
    return Rect(x: left, y: top, width: (xs.max() ?? 0) - left, height: (ys.max() ?? 0) - top)
  }

  /// No text overlaps another, leaves the canvas, covers a dot or is crossed by a leader; no leaders cross; all is
  /// finite; type is 11 px or more.
  func expectSound(_ comment: Comment? = nil, sourceLocation: Testing.SourceLocation = #_sourceLocation) {
    var faults: [String] = []
    if let odd = drawing.firstNonFinite { faults.append("not finite: \(odd)") }
    let canvas = Rect(x: 0, y: 0, width: drawing.size.width, height: drawing.size.height)
    for (i, a) in texts.enumerated() {
      if !canvas.contains(a.box) { faults.append("off the canvas: \(a.string)") }
      if a.size < 11 { faults.append("small type: \(a.string)") }
      for b in texts.dropFirst(i + 1) where a.box.inset(by: 0.01).overlaps(b.box) {
        faults.append("overlap: \(a.string) and \(b.string)")
      }
      for point in points where covers(a.box, point.bounds) { faults.append("\(a.string) covers \(point.name)") }
      for leader in leaders where crosses(leader, a.box.inset(by: 0.5)) {
        faults.append("a leader runs through \(a.string)")
      }
    }
    for (i, a) in leaders.enumerated() {
      for b in leaders.dropFirst(i + 1) where crosses(a, b) { faults.append("leaders cross") }
    }
    #expect(faults == [], comment, sourceLocation: sourceLocation)
  }

  private func covers(_ box: Rect, _ dot: Rect) -> Bool {
    let centre = dot.centre
    let dx = max(box.minX - centre.x, 0, centre.x - box.maxX)
    let dy = max(box.minY - centre.y, 0, centre.y - box.maxY)
    return (dx * dx + dy * dy).squareRoot() < dot.width / 2
  }
}

func crosses(_ a: Figures.Segment, _ b: Figures.Segment) -> Bool {
  func side(_ p: Point, _ q: Point, _ r: Point) -> Double { (q.x - p.x) * (r.y - p.y) - (q.y - p.y) * (r.x - p.x) }
  return side(a.start, a.end, b.start) * side(a.start, a.end, b.end) < 0
    && side(b.start, b.end, a.start) * side(b.start, b.end, a.end) < 0
}

/// By the corners: a segment crosses a box where an end lies inside or it crosses a diagonal.
func crosses(_ segment: Figures.Segment, _ box: Rect) -> Bool {
  func isInside(_ p: Point) -> Bool { p.x > box.minX && p.x < box.maxX && p.y > box.minY && p.y < box.maxY }
  if isInside(segment.start) || isInside(segment.end) { return true }
  let falling = Figures.Segment(Point(box.minX, box.minY), Point(box.maxX, box.maxY))
  let rising = Figures.Segment(Point(box.minX, box.maxY), Point(box.maxX, box.minY))
  return crosses(segment, falling) || crosses(segment, rising)
}
