import Graphics
import ValueModels

/// One side of an actor's own view: partners with the flows that join them, as lines of words, and bands to the box.
struct EgoSide {
  private struct Row {
    var flow: Int
    var block: TextBlock
    /// The partner's name stands above the first of its flows.
    var name: TextBlock?
  }

  private let figure: EgoFigure
  private var rows: [Row] = []
  private var rest = TextBlock()
  private let width: Double
  private let align: TextRun.Anchor
  private(set) var height = 0.0

  init(_ flows: (shown: [Int], more: Int), _ figure: EgoFigure, width: Double, align: TextRun.Anchor) {
    self.figure = figure
    self.width = width
    self.align = align
    let (contents, values, _, frame, context) = figure.parts
    var last: Int?
    for flow in flows.shown {
      let partner = figure.partnerOf(flow)
      var name: TextBlock?
      if partner != last {
        var block = TextBlock()
        block.add(
          contents.actors[partner].name, frame.strongFont, Paint(context.theme.ink), width: width, limit: 2,
          in: context.measurer)
        name = block
        last = partner
      }
      let f = contents.flows[flow]
      var block = TextBlock()
      let what = f.offering.isEmpty ? f.kind.word : f.offering
      let words = [what, values.short(f)].compactMap { $0 }.joined(separator: ", ")
      block.add(words, frame.smallFont, Paint(context.theme.ink), width: width, limit: 3, in: context.measurer)
      rows.append(Row(flow: flow, block: block, name: name))
    }
    if rows.isEmpty {
      rest.add(
        "nothing", frame.smallFont, Paint(context.theme.muted), width: width, in: context.measurer)
    } else if flows.more > 0 {
      rest.add(
        "and \(flows.more) slighter ones", frame.smallFont, Paint(context.theme.muted), width: width,
        in: context.measurer)
    }
    height = rows.enumerated().reduce(rest.size.height) { $0 + step($1.element, isFirst: $1.offset == 0) }
  }

  /// px across all bands where they meet the box.
  var thickness: Double { rows.reduce(0) { $0 + max(8, figure.parts.widths[$1.flow] + 3) } }

  private func step(_ row: Row, isFirst: Bool) -> Double {
    (row.name.map { $0.size.height + (isFirst ? 0 : 12) } ?? 0) + max(18, row.block.size.height + 4)
  }

  /// - Parameter list: The left edge of the words.
  func bands(list: Double, top: Double, box: Rect, incoming: Bool) -> (marks: [Mark], areas: [HitArea]) {
    let (contents, values, widths, _, context) = figure.parts
    var bands: [Mark] = []
    var words: [Mark] = []
    var areas: [HitArea] = []
    let total = thickness
    // Arrow heads are wider than thin bands: ports spread where the box has room.
    let squeeze = total > 0 ? min(1.8, (box.height - 8) / total) : 1
    var port = box.centre.y - total * squeeze / 2
    let isLeft = list < box.x
    var y = top
    for (at, row) in rows.enumerated() {
      if let name = row.name {
        if at > 0 { y += 12 }
        words += name.marks(at: Point(edge(list, name.size.width), y), align: align)
        let actor = contents.actors[figure.partnerOf(row.flow)]
        areas.append(
          HitArea(
            name: actor.name, detail: ChainWords.detail(of: figure.partnerOf(row.flow), contents, values),
            shape: .rectangle(Rect(x: list, y: y, width: width, height: name.size.height)),
            target: "actor/\(actor.slug)"))
        y += name.size.height
      }
      let tall = max(18, row.block.size.height + 4)
      words += row.block.marks(
        at: Point(edge(list, row.block.size.width), y + (tall - row.block.size.height) / 2), align: align)
      let take = max(8, widths[row.flow] + 3) * squeeze
      let outer = Point(isLeft ? list + width + 8 : list - 8, y + tall / 2)
      let inner = Point(isLeft ? box.x : box.maxX, port + take / 2)
      bands += band(row.flow, from: incoming ? outer : inner, to: incoming ? inner : outer, context)
      areas.append(
        HitArea(
          name: ChainWords.name(of: row.flow, contents),
          detail: ChainWords.detail(ofFlow: row.flow, contents, values),
          shape: .rectangle(Rect(x: list, y: y, width: width, height: tall)), target: "row/flows/\(row.flow + 1)"))
      port += take
      y += tall
    }
    words += rest.marks(at: Point(edge(list, rest.size.width), y), align: align)
    return (bands + words, areas)
  }

  private func edge(_ list: Double, _ text: Double) -> Double { align == .end ? list + width - text : list }

  private func band(_ flow: Int, from: Point, to: Point, _ context: FigureContext) -> [Mark] {
    let (contents, _, widths, _, _) = figure.parts
    let f = contents.flows[flow]
    let colour = FlowStyle.colour(f, context.theme)
    let direction = to.x > from.x ? 1.0 : -1
    let end = Point(to.x - direction * (ChainLayout.arrow - 1), to.y)
    let bend = (end.x - from.x) * 0.5
    var path = Path()
    path.move(from)
    path.curve(Point(from.x + bend, from.y), Point(end.x - bend, end.y), end)
    return [
      .path(
        path, fill: nil,
        stroke: Stroke(
          Paint(colour, opacity: widths[flow] > 4 ? 0.8 : 1), width: widths[flow], dash: FlowStyle.dash(f)),
        role: .band),
      BandPainter.head(
        tip: to, heading: Point(direction, 0), width: widths[flow], colour: colour, open: f.isUnreciprocated,
        context.theme),
    ]
  }
}
