import Graphics

/// What tests ask of a finished drawing: its texts and boxes, and which of them are in each other's way.
struct DrawnMarks {
  struct Text {
    var text: String
    var box: Rect
    var group: String
  }

  private(set) var texts: [Text] = []
  /// Boxes of actors by name.
  private(set) var nodes: [(name: String, rect: Rect)] = []
  /// The middle of each band, as a line of points, and half its width.
  private(set) var bands: [(points: [Point], half: Double)] = []
  private let drawing: Drawing

  init(_ drawing: Drawing) {
    self.drawing = drawing
    visit(drawing.marks, "")
  }

  private mutating func visit(_ marks: [Mark], _ group: String) {
    for mark in marks {
      switch mark {
      case .text(let run, let box, _): texts.append(Text(text: run.text, box: box, group: group))
      case .group(let name, let inner): visit(inner, name)
      case .path(let path, _, _, .node): nodes.append((group, bounds(path)))
      case .path(let path, nil, let stroke?, .band): bands.append((sampled(path), stroke.width / 2))
      case .path: break
      }
    }
  }

  /// Corners of rounded boxes and bars, whose curves never leave the hull of their points.
  private func bounds(_ path: Path) -> Rect {
    var points: [Point] = []
    for element in path.elements {
      switch element {
      case .move(let p), .line(let p): points.append(p)
      case .curve(let a, let b, let p): points += [a, b, p]
      case .close: break
      }
    }
    let (x, y) = (points.map(\.x), points.map(\.y))
    let (left, top) = (x.min() ?? 0, y.min() ?? 0)
    return Rect(x: left, y: top, width: (x.max() ?? 0) - left, height: (y.max() ?? 0) - top)
  }

  private func sampled(_ path: Path) -> [Point] {
    var points: [Point] = []
    for element in path.elements {
      switch element {
      case .move(let p): points.append(p)
      case .line(let p):
        let a = points.last ?? p
        for step in 1...20 { points.append(a + (p - a) * (Double(step) / 20)) }
      case .curve(let b, let c, let d):
        let a = points.last ?? d
        for step in 1...20 {
          let t = Double(step) / 20
          let u = 1 - t
          points.append(a * (u * u * u) + b * (3 * u * u * t) + c * (3 * u * t * t) + d * (t * t * t))
        }
      case .close: break
      }
    }
    return points
  }

  /// Labels of flows that a band runs through.
  var labelsOverBands: [String] {
    texts.filter { $0.group.contains(": ") }.filter { text in
      bands.contains { band in band.points.contains { text.box.inset(by: 1 - band.half).contains($0) } }
    }.map { "'\($0.text)' of \($0.group)" }
  }

  /// Pairs of texts that overlap by more than half a px.
  var collisions: [String] {
    var found: [String] = []
    for (index, a) in texts.enumerated() {
      for b in texts.dropFirst(index + 1) where a.box.inset(by: 0.25).overlaps(b.box.inset(by: 0.25)) {
        found.append("'\(a.text)' and '\(b.text)'")
      }
    }
    return found
  }

  /// Texts over a box that is not their own.
  var overForeignBoxes: [String] {
    texts.flatMap { text in
      nodes.filter { $0.name != text.group && $0.rect.inset(by: 0.25).overlaps(text.box) }.map {
        "'\(text.text)' over \($0.name)"
      }
    }
  }

  /// Boxes over boxes.
  var boxesThatMeet: [String] {
    var found: [String] = []
    for (index, a) in nodes.enumerated() {
      for b in nodes.dropFirst(index + 1) where a.rect.overlaps(b.rect) { found.append("\(a.name) and \(b.name)") }
    }
    return found
  }

  var offCanvas: [String] {
    let page = Rect(x: 0, y: 0, width: drawing.size.width, height: drawing.size.height)
    return texts.filter { !page.contains($0.box) }.map(\.text)
      + nodes.filter { !page.contains($0.rect) }.map(\.name)
  }

  /// All of the above and what is not finite.
  var faults: [String] {
    collisions + overForeignBoxes + boxesThatMeet + offCanvas.map { "\($0) off the page" }
      + [drawing.firstNonFinite].compactMap { $0 }
  }
}
