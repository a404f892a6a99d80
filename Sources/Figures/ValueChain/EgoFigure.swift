import Formats
import Graphics
import ValueModels

/// One actor's view of the chain: what it gets, from whom, what it gives, to whom, and what stays with it.
struct EgoFigure {
  /// Beyond this many on a side the slighter ones are only counted.
  static let sideLimit = 20

  private let context: FigureContext
  private let contents: ChainContents
  private let values: FlowValues
  private let ego: Int
  private let widths: [Double]
  private let frame: Frame
  private let title: String
  private let subtitle: String

  static func draw(_ context: FigureContext, slug: String) throws(NothingToDraw) -> Figure {
    let contents = ChainContents(context.findings)
    guard let ego = contents.actors.firstIndex(where: { $0.slug == slug }),
      contents.flows.contains(where: { $0.from == ego || $0.to == ego })
    else { throw NothingToDraw("This actor gives nothing and gets nothing.") }
    return EgoFigure(context, contents, ego).figure()
  }

  private init(_ context: FigureContext, _ contents: ChainContents, _ ego: Int) {
    self.context = context
    self.contents = contents
    self.ego = ego
    values = FlowValues(contents.flows, context.language)
    widths = FlowStyle.widths(contents.flows, widest: 12)
    title = EgoWords.title(contents, ego, context)
    subtitle = "What \(contents.actors[ego].name) gets, from whom, and what it gives, to whom"
    frame = Frame(context, title: title, subtitle: subtitle)
  }

  /// The flows of a side, by partner in the order of the chain; the widest where there are too many.
  private func flows(incoming: Bool) -> (shown: [Int], more: Int) {
    let mine = contents.flows.indices.filter {
      (incoming ? contents.flows[$0].to : contents.flows[$0].from) == ego
    }
    let kept = mine.sorted { (-widths[$0], $0) < (-widths[$1], $1) }.prefix(Self.sideLimit)
    let ordered = kept.sorted { a, b in
      let (p, q) = (partner(a), partner(b))
      let (s, t) = (contents.actors[p].stage ?? 0, contents.actors[q].stage ?? 0)
      return (s, p, a) < (t, q, b)
    }
    return (ordered, mine.count - ordered.count)
  }

  private func partner(_ flow: Int) -> Int {
    contents.flows[flow].from == ego ? contents.flows[flow].to : contents.flows[flow].from
  }

  private func figure() -> Figure {
    let narrow = context.width == .narrow
    let boxWidth = narrow ? 104.0 : 150
    let gap = narrow ? 70.0 : 84
    let room = frame.width - 2 * Frame.margin
    let listWidth = narrow ? room - boxWidth - gap : (room - boxWidth - 2 * gap) / 2
    let gets = EgoSide(flows(incoming: true), self, width: listWidth, align: .end)
    let gives = EgoSide(flows(incoming: false), self, width: listWidth, align: .start)
    let legend = ChainLegend.marks(
      contents.keeping { $0.from == ego || $0.to == ego }, values, frame, context)
    let headings = legend.bottom + 12
    let top = headings + 24
    var marks = legend.marks
    var areas: [HitArea] = []
    var bottom = top
    let left = Frame.margin
    func heading(_ text: String, x: Double, anchor: TextRun.Anchor, y: Double) {
      marks.append(
        context.label(text, frame.strongFont, Paint(context.theme.muted), x: x, middle: y, anchor: anchor, role: .axis))
    }
    let box = ActorBox(contents.actors[ego], width: boxWidth - 20, frame: frame, context)
    if narrow {
      heading("Gets", x: left, anchor: .start, y: headings)
      let first = place(gets, box, list: left, box: left + listWidth + gap, boxWidth, top: top, incoming: true)
      let second = first.bottom + 44
      heading("Gives", x: left + boxWidth + gap, anchor: .start, y: second - 22)
      let next = place(gives, box, list: left + boxWidth + gap, box: left, boxWidth, top: second, incoming: false)
      marks += first.marks + next.marks
      areas += first.areas + next.areas
      bottom = next.bottom
    } else {
      let height = max(gets.height, gives.height, box.size.height + 20)
      heading("Gets", x: left + listWidth, anchor: .end, y: headings)
      heading("Gives", x: left + listWidth + 2 * gap + boxWidth, anchor: .start, y: headings)
      let rect = boxRect(box, x: left + listWidth + gap, boxWidth, top: top, height: height, sides: [gets, gives])
      let a = gets.bands(list: left, top: top + (height - gets.height) / 2, box: rect, incoming: true)
      let b = gives.bands(
        list: rect.maxX + gap, top: top + (height - gives.height) / 2, box: rect, incoming: false)
      marks += a.marks + b.marks + box.marks(in: rect, context)
      areas += a.areas + b.areas
      bottom = top + height
    }
    let notes = EgoWords.keeps(contents, ego, context).map { [$0] } ?? []
    return Figure(
      drawing: frame.drawing(marks: marks, areas: areas, bottom: bottom + 8, notes: notes), title: title,
      subtitle: subtitle, alt: ChainWords.shortened(title + ". " + subtitle),
      description: [ChainWords.detail(of: ego, contents, values)] + notes, reading: ChainWords.reading, table: "flows")
  }

  private func place(
    _ side: EgoSide, _ box: ActorBox, list: Double, box x: Double, _ width: Double, top: Double, incoming: Bool
  ) -> (marks: [Mark], areas: [HitArea], bottom: Double) {
    let height = max(side.height, box.size.height)
    let rect = boxRect(box, x: x, width, top: top, height: height, sides: [side])
    let drawn = side.bands(list: list, top: top + (height - side.height) / 2, box: rect, incoming: incoming)
    return (drawn.marks + box.marks(in: rect, context), drawn.areas, top + height)
  }

  /// The actor's box, tall enough for all bands that touch it.
  private func boxRect(
    _ box: ActorBox, x: Double, _ width: Double, top: Double, height: Double, sides: [EgoSide]
  ) -> Rect {
    let needed = sides.map(\.thickness).max() ?? 0
    let tall = min(height, max(box.size.height, needed + 16, height * 0.5))
    return Rect(x: x, y: top + (height - tall) / 2, width: width, height: tall)
  }

  // What a side needs to know of the figure.
  var parts: (contents: ChainContents, values: FlowValues, widths: [Double], frame: Frame, context: FigureContext) {
    (contents, values, widths, frame, context)
  }
  func partnerOf(_ flow: Int) -> Int { partner(flow) }
}
