import Formats
import Graphics
import ValueModels

/// Where the money of a chain comes from and where it stays: a Sankey diagram, on narrow pages a list of bars.
struct MoneyFigure {
  private let context: FigureContext
  private let contents: ChainContents
  private let flows: MoneyFlows
  private let values: FlowValues
  private let title: String
  private let frame: Frame
  private let subtitle: String

  static func draw(_ context: FigureContext) throws(NothingToDraw) -> Figure {
    let contents = ChainContents(context.findings)
    let flows = MoneyFlows(contents)
    guard !flows.payments.isEmpty else { throw NothingToDraw("No money flow has a value.") }
    return MoneyFigure(context, contents, flows).figure()
  }

  private init(_ context: FigureContext, _ contents: ChainContents, _ flows: MoneyFlows) {
    self.context = context
    self.contents = contents
    self.flows = flows
    values = FlowValues(contents.flows, context.language)
    title = Self.title(contents, flows, values)
    let per = flows.period.isEmpty ? "" : " per \(flows.period)"
    subtitle = "Who pays whom, \(flows.unit.isEmpty ? "money" : CurrencyUnit.spelled(flows.unit))\(per)"
    frame = Frame(context, title: title, subtitle: subtitle)
  }

  private static func title(_ contents: ChainContents, _ flows: MoneyFlows, _ values: FlowValues) -> String {
    let per = flows.period.isEmpty ? "" : " per \(flows.period)"
    func name(_ actor: Int) -> String { contents.actors[flows.actors[actor]].name }
    func amount(_ value: Double) -> String { values.amount(value, flows.unit, shared: false) }
    if let own = flows.actors.firstIndex(where: { contents.actors[$0].isOwn }) {
      let into = flows.payments.filter { $0.to == own }
      if let most = into.max(by: { $0.value < $1.value }) {
        let all = flows.paidIn(own)
        return into.count == 1
          ? "\(name(most.from)) pays all of the \(amount(all))\(per) that \(name(own)) takes in"
          : "\(amount(most.value)) of the \(amount(all))\(per) that \(name(own)) takes in comes from \(name(most.from))"
      }
    }
    let best = flows.actors.indices.max { flows.paidIn($0) < flows.paidIn($1) } ?? 0
    return "\(name(best)) takes in the most: \(amount(flows.paidIn(best)))\(per)"
  }

  private func figure() -> Figure {
    var marks: [Mark] = []
    var areas: [HitArea] = []
    let bottom = context.width == .narrow ? bars(&marks, &areas) : sankey(&marks, &areas)
    var notes: [String] = []
    if !flows.others.isEmpty {
      notes.append("Not drawn, since units are never added: money in \(context.language.list(flows.others)).")
    }
    if flows.unvalued > 0 {
      notes.append("\(flows.unvalued) money \(flows.unvalued == 1 ? "flow has" : "flows have") no value and no band.")
    }
    return Figure(
      drawing: frame.drawing(marks: marks, areas: areas, bottom: bottom, notes: notes), title: title,
      subtitle: subtitle, alt: ChainWords.shortened("Money flows. " + title), description: description,
      reading: "A band is as wide as the sum that is paid; a bar is as high as the larger of what goes in and out.",
      table: "flows")
  }

  private var description: [String] {
    flows.actors.indices.map { actor in
      let (paid, got) = (flows.paidOut(actor), flows.paidIn(actor))
      let name = contents.actors[flows.actors[actor]].name
      if got == 0 { return "\(name) pays \(amount(paid))." }
      if paid == 0 { return "\(name) gets \(amount(got))." }
      return "\(name) gets \(amount(got)) and pays \(amount(paid)), leaving \(amount(got - paid))."
    }
  }

  private func amount(_ value: Double) -> String { values.amount(value, flows.unit, shared: true) }

  // MARK: Sankey

  private func sankey(_ marks: inout [Mark], _ areas: inout [HitArea]) -> Double {
    let names = flows.actors.indices.map { nameBlock($0, width: 130) }
    func isSource(_ actor: Int) -> Bool { flows.paidIn(actor) == 0 }
    func isSink(_ actor: Int) -> Bool { flows.paidOut(actor) == 0 }
    let left = flows.actors.indices.filter(isSource).map { names[$0].size.width }.max() ?? 0
    let right = flows.actors.indices.filter(isSink).map { names[$0].size.width }.max() ?? 0
    func laidOut(reach: Double) -> SankeyLayout {
      let x0 = Frame.margin + max(left > 0 ? left + 8 : 60, reach)
      let x1 = frame.width - Frame.margin - max(right > 0 ? right + 8 : 60, reach) - SankeyLayout.bar
      return SankeyLayout(
        flows, room: 300,
        above: { isSource($0) || isSink($0) ? 0 : names[$0].size.height + 8 },
        beside: { isSource($0) || isSink($0) ? names[$0].size.height : 0 },
        place: { column, columns in columns > 1 ? x0 + (x1 - x0) * Double(column) / Double(columns - 1) : x0 })
    }
    // Money that comes back turns beside the outermost bars and needs room there; how much is known once it is laid out.
    var layout = laidOut(reach: 0)
    if layout.reach > 0 { layout = laidOut(reach: layout.reach + 4) }
    let shift = Point(0, frame.top + 6)
    // Words at the ends stand beside their bars; words above bars go where they stay clear of bands.
    let ends = flows.actors.indices.filter { isSource($0) || isSink($0) }
    func beside(_ actor: Int) -> Point {
      let (rect, size) = (layout.nodes[actor].rect.moved(by: shift), names[actor].size)
      return Point(isSource(actor) ? rect.x - 8 - size.width : rect.maxX + 8, rect.centre.y - size.height / 2)
    }
    var places = MoneyLabelPlaces(
      layout.ribbons, shift: shift,
      taken: layout.nodes.map { $0.rect.moved(by: shift) }
        + ends.map {
          Rect(x: beside($0).x, y: beside($0).y, width: names[$0].size.width, height: names[$0].size.height)
        })
    let within = Rect(x: Frame.margin, y: frame.top - 8, width: frame.width - 2 * Frame.margin, height: 1e6)
    for ribbon in layout.ribbons {
      let payment = flows.payments[ribbon.payment]
      marks.append(
        .path(
          ribbon.path.moved(by: shift), fill: Paint(FlowStyle.colour(.money, context.theme), opacity: 0.38),
          stroke: nil, role: .band))
      areas.append(
        HitArea(
          name: "\(name(payment.from)) to \(name(payment.to))", detail: amount(payment.value),
          shape: .path(ribbon.path.moved(by: shift))))
    }
    for (actor, node) in layout.nodes.enumerated() {
      let rect = node.rect.moved(by: shift)
      let own = contents.actors[flows.actors[actor]].isOwn
      marks.append(
        .path(
          .rectangle(rect, radius: 2), fill: Paint(own ? context.theme.accent : context.theme.neutral), stroke: nil,
          role: .node))
      let block = names[actor]
      let at: Point
      let align: TextRun.Anchor
      if ends.contains(actor) {
        (at, align) = (beside(actor), isSource(actor) ? .end : .start)
      } else {
        let wanted = Rect(
          x: rect.centre.x - block.size.width / 2, y: rect.y - block.size.height - 5, width: block.size.width,
          height: block.size.height)
        (at, align) = (places.place(wanted, within: within), .middle)
      }
      marks.append(.group(name: name(actor), block.marks(at: at, align: align, halo: Paint(context.theme.paper))))
      areas.append(
        HitArea(
          name: name(actor), detail: description[actor], shape: .rectangle(rect.inset(by: -6)),
          target: "actor/\(contents.actors[flows.actors[actor]].slug)"))
    }
    for ribbon in layout.ribbons { addValue(ribbon, shift, &places, &marks) }
    return shift.y + layout.height
  }

  /// A band's own value, where neither end says it already and there is room for it.
  private func addValue(
    _ ribbon: SankeyLayout.Ribbon, _ shift: Point, _ places: inout MoneyLabelPlaces, _ marks: inout [Mark]
  ) {
    let payment = flows.payments[ribbon.payment]
    let alone =
      flows.payments.count { $0.from == payment.from } == 1 && flows.paidIn(payment.from) == 0
      || flows.payments.count { $0.to == payment.to } == 1
    guard !alone else { return }
    let mark = context.label(
      amount(payment.value), frame.smallFont, Paint(context.theme.ink), x: ribbon.middle.x + shift.x,
      middle: ribbon.middle.y + shift.y, anchor: .middle, halo: true)
    guard case .text(_, let box, _) = mark, places.isFree(box) else { return }
    places.take(box)
    marks.append(mark)
  }

  private func nameBlock(_ actor: Int, width: Double) -> TextBlock {
    let own = contents.actors[flows.actors[actor]].isOwn
    var block = TextBlock()
    block.add(
      name(actor), frame.strongFont, Paint(own ? context.theme.accent : context.theme.ink), width: width, limit: 3,
      in: context.measurer)
    let (paid, got) = (flows.paidOut(actor), flows.paidIn(actor))
    let texts = got == 0 ? [amount(paid)] : paid == 0 ? [amount(got)] : ["\(amount(got)) in", "\(amount(paid)) out"]
    for text in texts {
      block.add(text, frame.smallFont, Paint(context.theme.muted), width: width, in: context.measurer)
    }
    return block
  }

  private func name(_ actor: Int) -> String { contents.actors[flows.actors[actor]].name }

  // MARK: Bars

  private func bars(_ marks: inout [Mark], _ areas: inout [HitArea]) -> Double {
    let theme = context.theme
    let most = flows.payments.map(\.value).max() ?? 1
    let room = frame.width - 2 * Frame.margin
    var y = frame.top
    for payment in flows.payments.sorted(by: { $0.value > $1.value }) {
      let top = y
      let value = amount(payment.value)
      let valueWidth = context.measurer.measure(value, frame.strongFont).width
      var row: [Mark] = []
      let lines = context.measurer.lines(
        "\(name(payment.from)) → \(name(payment.to))", frame.labelFont, width: room - valueWidth - 12)
      for (index, line) in lines.enumerated() {
        if index == 0 {
          var same = y
          row.append(
            Frame.text(
              value, frame.strongFont, Paint(theme.ink), x: frame.width - Frame.margin, top: &same, anchor: .end,
              role: .label, in: context))
        }
        row.append(
          Frame.text(line, frame.labelFont, Paint(theme.ink), x: Frame.margin, top: &y, role: .label, in: context))
      }
      y += 1
      let bar = Rect(x: Frame.margin, y: y, width: max(1.5, room * payment.value / most), height: 8)
      row.append(
        .path(
          .rectangle(bar, radius: 2), fill: Paint(FlowStyle.colour(.money, theme)), stroke: nil, role: .bar))
      y += 18
      marks.append(.group(name: "\(name(payment.from)) to \(name(payment.to))", row))
      areas.append(
        HitArea(
          name: "\(name(payment.from)) to \(name(payment.to))", detail: value,
          shape: .rectangle(Rect(x: Frame.margin, y: top, width: room, height: y - top - 6))))
    }
    return y
  }
}
