import Graphics

/// Paints flows: bands, arrow heads, and the areas that name them.
struct BandPainter {
  let contents: ChainContents
  let context: FigureContext
  let widths: [Double]

  /// Wide bands first, so that thin ones stay on top.
  var order: [Int] { contents.flows.indices.sorted { (-widths[$0], $0) < (-widths[$1], $1) } }

  func band(_ flow: Int, _ band: ChainPlacement.Band?, _ shift: Point) -> Mark {
    guard let band else { return .group(name: "", []) }
    let paint = Paint(FlowStyle.colour(contents.flows[flow], context.theme), opacity: widths[flow] > 4 ? 0.8 : 1)
    return .path(
      band.path.moved(by: shift), fill: nil,
      stroke: Stroke(paint, width: widths[flow], dash: FlowStyle.dash(contents.flows[flow])), role: .band)
  }

  /// A filled head; an open one where nothing comes back.
  func head(_ flow: Int, _ band: ChainPlacement.Band?, _ shift: Point) -> [Mark] {
    guard let band else { return [] }
    let colour = FlowStyle.colour(contents.flows[flow], context.theme)
    return [
      Self.head(
        tip: band.tip + shift, heading: band.heading, width: widths[flow], colour: colour,
        open: contents.flows[flow].isUnreciprocated, context.theme)
    ]
  }

  static func head(
    tip: Point, heading: Point, width: Double, colour: Colour, open: Bool, _ theme: Theme
  ) -> Mark {
    let half = max(3.8, width / 2 + 2)
    let across = Point(-heading.y, heading.x)
    let back = tip - heading * ChainLayout.arrow
    let point = open ? tip - heading * 1.2 : tip
    let path = Path.polyline([back + across * half, point, back - across * half], closed: true)
    return open
      ? .path(path, fill: Paint(theme.paper), stroke: Stroke(colour, width: 1.4), role: .band)
      : .path(path, fill: Paint(colour), stroke: nil, role: .band)
  }

  /// Where a reader finds the flow: its label, or a spot on its band.
  func area(
    _ flow: Int, _ band: ChainPlacement.Band?, _ label: Rect?, _ shift: Point, _ values: FlowValues
  ) -> HitArea {
    let spot = band?.middle ?? .zero
    let rect = label ?? Rect(x: spot.x - 12, y: spot.y - 12, width: 24, height: 24)
    return HitArea(
      name: ChainWords.name(of: flow, contents), detail: ChainWords.detail(ofFlow: flow, contents, values),
      shape: .rectangle(rect.moved(by: shift)), target: "row/flows/\(flow + 1)")
  }
}

extension Path {
  func moved(by shift: Point) -> Path {
    Path(
      elements.map { element in
        switch element {
        case .move(let p): .move(p + shift)
        case .line(let p): .line(p + shift)
        case .curve(let a, let b, let p): .curve(a + shift, b + shift, p + shift)
        case .close: .close
        }
      })
  }
}
