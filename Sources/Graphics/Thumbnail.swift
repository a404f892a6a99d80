extension Drawing {
  /// The picture as a small image shows it: without its title, which stands beside it, and with bars in place of letters nobody
  /// could read. Eight wide to at most five high: a higher picture is made smaller, and one much higher is cut.
  package var thumbnail: Drawing {
    let texts = marks.flatMap(\.texts)
    let head = texts.filter { $0.role == .title || $0.role == .subtitle }.map(\.box.maxY).max() ?? 0
    let foot = texts.filter { $0.role == .caption && $0.box.y > size.height / 2 }.map(\.box.y).min() ?? size.height
    // The room above the title stays above what follows it.
    let rise = head > 0 ? max(0, head - Self.margin) : 0
    let (width, most) = (size.width, (size.width * 5 / 8).rounded())
    let height = max(1, min(size.height, foot) - rise)
    let shrinking = max(Self.smallest, min(1, most / height))
    let left = (width - shrinking * width) / 2
    let place = { (p: Point) in Point(left + shrinking * p.x, shrinking * (p.y - rise)) }
    return Drawing(
      size: Size(width, min(most, shrinking * height)), background: background,
      marks: marks.compactMap { $0.sketched(place, shrinking) })
  }

  /// Of a picture that is higher than a thumbnail.
  private static let smallest = 0.6
  /// px
  private static let margin = 12.0
}

extension Mark {
  fileprivate var texts: [(box: Rect, role: Role)] {
    switch self {
    case .path: []
    case .text(_, let box, let role): [(box, role)]
    case .group(_, let marks): marks.flatMap(\.texts)
    }
  }

  /// Nil for what a thumbnail leaves out.
  fileprivate func sketched(_ place: (Point) -> Point, _ shrinking: Double) -> Mark? {
    switch self {
    case .path(let path, let fill, let stroke, let role):
      return .path(path.mapped(place), fill: fill, stroke: stroke, role: role)
    case .group(let name, let marks):
      return .group(name: name, marks.compactMap { $0.sketched(place, shrinking) })
    case .text(let run, let box, let role):
      guard role != .title, role != .subtitle, role != .caption, let bar = run.bar(box) else { return nil }
      let paint = Paint(run.paint.colour, opacity: run.paint.opacity * 0.4)
      let path = Path.rectangle(bar, radius: run.font.size * 0.15).mapped(place)
      return .path(path, fill: paint, stroke: nil, role: role)
    }
  }
}

extension TextRun {
  /// As high as a small letter, and as long as the text; nil for a text that runs aslant or shows nothing.
  fileprivate func bar(_ box: Rect) -> Rect? {
    guard text.utf8.contains(where: { $0 > 0x20 }) else { return nil }
    let height = font.size * 0.5
    switch rotation.truncatingRemainder(dividingBy: 360) {
    case 0: return Rect(x: box.x, y: at.y - height, width: box.width, height: height)
    case 90, -90, 270, -270:
      return Rect(x: box.x + (box.width - height) / 2, y: box.y, width: height, height: box.height)
    default: return nil
    }
  }
}

extension Path {
  /// Every point put elsewhere; curves stay curves, so that only moves, turns and scalings are true to them.
  package func mapped(_ place: (Point) -> Point) -> Path {
    Path(
      elements.map { element in
        switch element {
        case .move(let p): .move(place(p))
        case .line(let p): .line(place(p))
        case .curve(let a, let b, let p): .curve(place(a), place(b), place(p))
        case .close: .close
        }
      })
  }
}
