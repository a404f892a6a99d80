import Formats
import Graphics
import ValueModels

/// Giver by receiver: a small mark a kind, each kind at its own place in the cell.
struct ChainMatrix {
  /// Up to this many flows the diagram tells more.
  static let leastFlows = 25
  static let actorLimit = 80

  private let context: FigureContext
  private let contents: ChainContents
  private let values: FlowValues
  private let order: [Int]
  private let kinds: [BandKind]
  private let frame: Frame
  private let title: String
  private let subtitle = "A row gives, a column receives; a mark for each kind of flow"

  static func draw(_ context: FigureContext) throws(NothingToDraw) -> Figure {
    let contents = ChainContents(context.findings)
    guard !contents.flows.isEmpty else { throw NothingToDraw("There are no flows between actors to draw.") }
    guard contents.actors.count <= actorLimit else {
      throw NothingToDraw("\(contents.actors.count) actors are too many for one matrix; the table lists their flows.")
    }
    return ChainMatrix(context, contents).figure()
  }

  private init(_ context: FigureContext, _ contents: ChainContents) {
    self.context = context
    self.contents = contents
    values = FlowValues(contents.flows, context.language)
    kinds = BandKind.allCases.filter { kind in contents.flows.contains { $0.kind == kind } }
    let last = contents.stages.count
    order = contents.actors.indices.sorted {
      (contents.actors[$0].stage ?? last, $0) < (contents.actors[$1].stage ?? last, $1)
    }
    let pairs = Set(contents.flows.map { [$0.from, $0.to] }).count
    let possible = contents.actors.count * (contents.actors.count - 1)
    title =
      "\(contents.flows.count) flows join \(pairs) of \(context.language.number(Double(possible))) pairs: "
      + ChainMatrix.busiest(contents)
    frame = Frame(context, title: title, subtitle: subtitle)
  }

  private static func busiest(_ contents: ChainContents) -> String {
    let counts = contents.actors.indices.map { at in contents.flows.count { $0.from == at || $0.to == at } }
    let most = counts.indices.max { (counts[$0], -$0) < (counts[$1], -$1) } ?? 0
    return "\(contents.actors[most].name) takes part in \(counts[most])"
  }

  private func figure() -> Figure {
    let theme = context.theme
    let count = order.count
    let font = Font(count > 40 ? 10 : count > 24 ? 11 : 12)
    let narrow = context.width == .narrow
    let names = order.enumerated().map { at, actor in
      let text = "\(at + 1)  \(contents.actors[actor].name)"
      return context.measurer.lines(text, font, width: narrow ? 130 : 210, limit: 1).first ?? text
    }
    let nameWidth = names.map { context.measurer.measure($0, font).width }.max() ?? 0
    let left = Frame.margin + nameWidth + 10
    let cell = min(34, (frame.width - Frame.margin - left) / Double(max(1, count)))
    // Rows are never lower than their names; on narrow pages they are taller than columns are wide.
    let tall = max(cell, names.map { context.measurer.measure($0, font).height }.max() ?? 0)
    let legend = legend()
    let numbers = Font(min(11, max(7, cell * 0.62)))
    let top = legend.bottom + 14 + 16
    var marks = legend.marks
    var areas: [HitArea] = []
    let side = tall * Double(count)
    for at in 0..<count {
      let middle = (Double(at) + 0.5) * cell
      let actor = contents.actors[order[at]]
      let paint = Paint(actor.isOwn ? theme.accent : theme.ink)
      // Columns carry the numbers of the rows; only some where they would touch.
      let every = max(1, Int(((context.measurer.measure("\(count)", numbers).width + 3) / cell).rounded(.up)))
      if at % every == 0 {
        marks.append(
          context.label("\(at + 1)", numbers, paint, x: left + middle, middle: top - 9, anchor: .middle, role: .axis))
      }
      marks.append(
        context.label(
          names[at], actor.isOwn ? Font(font.size, .semibold) : font, paint, x: left - 10,
          middle: top + (Double(at) + 0.5) * tall,
          anchor: .end, role: .axis))
      areas.append(
        HitArea(
          name: actor.name, detail: ChainWords.detail(of: order[at], contents, values),
          shape: .rectangle(
            Rect(x: Frame.margin, y: top + Double(at) * tall, width: nameWidth, height: tall)),
          target: "actor/\(actor.slug)"))
    }
    marks += ruling(left: left, top: top, cell: Size(cell, tall))
    var rank = [Int](repeating: 0, count: count)
    for (at, actor) in order.enumerated() { rank[actor] = at }
    for pair in pairs {
      let found = kinds.filter { kind in pair.flows.contains { contents.flows[$0].kind == kind } }
      let corner = Point(left + Double(rank[pair.to]) * cell, top + Double(rank[pair.from]) * tall)
      let rect = Rect(x: corner.x, y: corner.y, width: cell, height: tall)
      marks += self.marks(found, in: rect)
      areas.append(area(pair, rect))
    }
    return Figure(
      drawing: frame.drawing(marks: marks, areas: areas, bottom: top + side + 8), title: title, subtitle: subtitle,
      alt: ChainWords.shortened(title), description: ChainWords.description(contents, values, crossings: 0).dropLast(),
      reading:
        "Columns carry the numbers of the rows. A mark whose mirror across the diagonal is empty is a flow that gets "
        + "nothing back.",
      table: "flows")
  }

  /// Hair lines, stronger between stages, and the diagonal greyed.
  private func ruling(left: Double, top: Double, cell: Size) -> [Mark] {
    var marks: [Mark] = []
    let count = Double(order.count)
    for at in 0...order.count {
      let (x, y) = (left + Double(at) * cell.width, top + Double(at) * cell.height)
      let isEdge =
        at == 0 || at == order.count
        || contents.actors[order[at - 1]].stage != contents.actors[order[min(at, order.count - 1)]].stage
      let stroke = Stroke(isEdge ? context.theme.faint : context.theme.grid, width: isEdge ? 1 : 0.75)
      for line in [
        Path.segment(Point(x, top), Point(x, top + count * cell.height)),
        Path.segment(Point(left, y), Point(left + count * cell.width, y)),
      ] {
        marks.append(.path(line, fill: nil, stroke: stroke, role: .grid))
      }
    }
    for at in order.indices {
      let rect = Rect(
        x: left + Double(at) * cell.width, y: top + Double(at) * cell.height, width: cell.width, height: cell.height)
      marks.append(.path(.rectangle(rect.inset(by: 0.5)), fill: Paint(context.theme.panel), stroke: nil, role: .grid))
    }
    return marks
  }

  /// The kinds of one pair side by side: alone as large as the cell allows, several in two or three to a row.
  private func marks(_ found: [BandKind], in cell: Rect) -> [Mark] {
    let columns = found.count == 1 ? 1 : found.count <= 4 ? 2 : 3
    let rows = (found.count + columns - 1) / columns
    let step = (cell.width - 2) / Double(columns)
    let radius = min(5.5, max(1, step * 0.36))
    return found.enumerated().map { at, kind in
      let x = cell.centre.x + step * (Double(at % columns) - Double(columns - 1) / 2)
      let y = cell.centre.y + step * (Double(at / columns) - Double(rows - 1) / 2)
      return Self.mark(kind, at: Point(x, y), radius, context.theme)
    }
  }

  /// A colour and a shape a kind.
  private static func mark(_ kind: BandKind, at point: Point, _ radius: Double, _ theme: Theme) -> Mark {
    .path(
      SegmentLook.shape(kind.rawValue, at: point, radius), fill: Paint(FlowStyle.colour(kind, theme)), stroke: nil,
      role: .point)
  }

  private func legend() -> (marks: [Mark], bottom: Double) {
    var marks: [Mark] = []
    var at = Point(Frame.margin + 6, frame.top + 8)
    for kind in kinds {
      let width = context.measurer.measure(kind.word, frame.smallFont).width + 16
      if at.x > Frame.margin + 6, at.x + width > frame.width - Frame.margin {
        at = Point(Frame.margin + 6, at.y + frame.smallFont.size * 1.6)
      }
      marks.append(
        .group(
          name: kind.word,
          [
            Self.mark(kind, at: at, 5, context.theme),
            context.label(
              kind.word, frame.smallFont, Paint(context.theme.ink), x: at.x + 12, middle: at.y, role: .legend),
          ]))
      at.x += width + 16
    }
    return (marks, at.y + 10)
  }

  private struct Pair {
    var from: Int
    var to: Int
    var flows: [Int]
  }

  /// Pairs that exchange something, in the order of the flows.
  private var pairs: [Pair] {
    var indexOf: [[Int]: Int] = [:]
    var pairs: [Pair] = []
    for (at, flow) in contents.flows.enumerated() {
      if let known = indexOf[[flow.from, flow.to]] {
        pairs[known].flows.append(at)
      } else {
        indexOf[[flow.from, flow.to]] = pairs.count
        pairs.append(Pair(from: flow.from, to: flow.to, flows: [at]))
      }
    }
    return pairs
  }

  private func area(_ pair: Pair, _ rect: Rect) -> HitArea {
    let words = pair.flows.map { at in
      let flow = contents.flows[at]
      return (flow.offering.isEmpty ? flow.kind.word : flow.offering) + (values.long(flow).map { " (\($0))" } ?? "")
    }
    return HitArea(
      name: "\(contents.actors[pair.from].name) to \(contents.actors[pair.to].name)",
      detail: words.joined(separator: ", "), shape: .rectangle(rect),
      target: pair.flows.first.map { "row/flows/\($0 + 1)" })
  }
}
