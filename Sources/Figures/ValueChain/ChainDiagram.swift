import Formats
import Graphics
import ValueModels

/// The value-chain diagram: actors in their stages, flows as bands between them.
struct ChainDiagram {
  /// Beyond this many flows the thinner ones carry no label; the table has them all.
  static let labelLimit = 40
  /// Beyond these a picture tells nothing.
  static let actorLimit = 120
  static let flowLimit = 400

  let context: FigureContext
  let contents: ChainContents
  let values: FlowValues
  let frame: Frame
  let isLaned: Bool
  private let title: String
  private let subtitle: String
  private let table: String

  /// What of the chain is drawn.
  enum View: Hashable {
    case whole
    case kind(BandKind)
    case lanes
    case change
  }

  static func draw(_ context: FigureContext, _ view: View = .whole) throws(NothingToDraw) -> Figure {
    let all = ChainContents(context.findings)
    let contents =
      switch view {
      case .whole: all
      case .kind(let kind): all.keeping { $0.kind == kind }
      case .lanes: all.inLanes ?? all
      case .change: ChainContents.changes(context.findings) ?? all
      }
    guard !contents.actors.isEmpty, !contents.flows.isEmpty else {
      throw NothingToDraw("There are no flows between actors to draw.")
    }
    guard contents.actors.count <= actorLimit, contents.flows.count <= flowLimit else {
      throw NothingToDraw(
        "\(contents.actors.count) actors and \(contents.flows.count) flows are too many for one picture; the table lists them."
      )
    }
    return ChainDiagram(context, contents, view).figure()
  }

  private init(_ context: FigureContext, _ contents: ChainContents, _ view: View) {
    self.context = context
    self.contents = contents
    isLaned = view == .lanes
    table = view == .change ? "changes" : "flows"
    values = FlowValues(contents.flows, context.language)
    switch view {
    case .kind(let kind): title = ChainWords.kindTitle(kind, contents, values)
    case .change: title = ChainWords.changeTitle(contents, context.language)
    case .lanes where contents.own == nil:
      title = "\(contents.actors.count) actors in \(contents.stages.count) lanes"
    case .whole, .lanes: title = ChainWords.diagramTitle(contents)
    }
    let waves = [context.findings.fact("wave_before")?.text, context.findings.fact("wave")?.text].compactMap { $0 }
    let kinds = BandKind.allCases.filter { kind in contents.flows.contains { $0.kind == kind } }
    subtitle =
      "\(contents.actors.count) actors and \(contents.flows.count) flows: "
      + context.language.list(kinds.map(\.word)) + (view == .change ? ", \(waves.joined(separator: " to "))" : "")
    frame = Frame(context, title: title, subtitle: subtitle)
  }

  private func figure() -> Figure {
    let named = labelled()
    let legend = ChainLegend.marks(contents, values, frame, context)
    let layout = layout(named)
    let placed = layout.placement
    var marks: [Mark] = []
    var areas: [HitArea] = []
    let shift = Point(layout.origin.x, legend.bottom + 10 + layout.origin.y)
    marks += stageMarks(layout, shift)
    let painter = BandPainter(contents: contents, context: context, widths: layout.widths)
    for flow in painter.order { marks.append(painter.band(flow, placed.bands[flow], shift)) }
    for flow in painter.order { marks += painter.head(flow, placed.bands[flow], shift) }
    for (actor, box) in placed.boxes.enumerated() {
      marks += layout.boxes[actor].marks(in: box.moved(by: shift), context)
      areas.append(
        HitArea(
          name: contents.actors[actor].name, detail: ChainWords.detail(of: actor, contents, values),
          shape: .rectangle(box.moved(by: shift)), target: "actor/\(contents.actors[actor].slug)"))
    }
    for (flow, label) in placed.labels.enumerated() {
      if let label, let block = layout.labels[flow] {
        marks.append(
          .group(
            name: ChainWords.name(of: flow, contents),
            block.marks(
              at: Point(label.frame.x + shift.x, label.frame.y + shift.y), align: label.align,
              halo: Paint(context.theme.paper))))
      }
      areas.append(painter.area(flow, placed.bands[flow], label?.frame, shift, values))
    }
    let bottom = shift.y + placed.size.height + layout.below
    var notes: [String] = []
    if named.count == Self.labelLimit, named.count < contents.flows.count {
      notes.append(
        "Labels stand at the \(named.count) widest flows; the table names all \(contents.flows.count).")
    }
    return Figure(
      drawing: frame.drawing(marks: legend.marks + marks, areas: areas, bottom: bottom, notes: notes),
      title: title, subtitle: subtitle, alt: ChainWords.alt(contents, title),
      description: ChainWords.description(contents, values, crossings: placed.crossings),
      reading: ChainWords.reading, table: table)
  }

  /// The flows that carry a label: all, or the widest.
  private func labelled() -> Set<Int> {
    let widths = FlowStyle.widths(contents.flows, widest: 12)
    // What did not change needs no words beside what did.
    let told = contents.flows.indices.filter { ![.same, .unvalued].contains(contents.flows[$0].change) }
    let order = told.sorted { (-widths[$0], $0) < (-widths[$1], $1) }
    return Set(order.count <= Self.labelLimit ? order : Array(order.prefix(Self.labelLimit)))
  }

  private func stageMarks(_ layout: DiagramLayout, _ shift: Point) -> [Mark] {
    layout.headings.flatMap { heading -> [Mark] in
      var marks: [Mark] = [
        .path(
          .rectangle(heading.panel.moved(by: shift), radius: 6), fill: Paint(context.theme.panel), stroke: nil,
          role: .background)
      ]
      let at = Point(heading.at.x + shift.x, heading.at.y + shift.y)
      if heading.isTurned {
        marks += TurnedHeading.marks(heading.block, at: at, context)
      } else {
        marks += heading.block.marks(at: at, align: heading.align, role: .axis)
      }
      return marks
    }
  }
}

extension Rect {
  func moved(by shift: Point) -> Rect { Rect(x: x + shift.x, y: y + shift.y, width: width, height: height) }
}
