import Formats
import Graphics
import ValueModels

/// Volume from left to right through the stages of a market: bands as wide as the volume, and on each node a disc whose area is the share
/// of all volume that is decided there. On narrow pages the stages stand below each other.
struct MarketFlowFigure {
  struct Node {
    var name: String
    var stage: Int
    var share: Double
    var decisions: Double?
    var isLeverage: Bool
  }

  private let context: FigureContext
  private let nodes: [Node]
  private let stages: [String]
  private let flows: [MoneyFlows.Payment]
  private static let most = 60
  private var language: Language { context.language }

  init(_ context: FigureContext) throws(NothingToDraw) {
    self.context = context
    let findings = context.findings
    guard let nodeTable = findings.table("nodes"), let flowTable = findings.table("flows") else {
      throw NothingToDraw("There are no flows.")
    }
    let stageNames = findings.table("stages")?.texts("stage") ?? []
    let (names, places) = (nodeTable.texts("node"), nodeTable.texts("stage"))
    let (shares, decisions) = (nodeTable.numbers("share"), nodeTable.numbers("decisions"))
    let leverage = nodeTable.values("leverage")
    stages = stageNames
    nodes = names.indices.map { at in
      Node(
        name: names[at], stage: stageNames.firstIndex(of: places[at]) ?? max(stageNames.count - 1, 0),
        share: shares[at] ?? 0, decisions: decisions[at], isLeverage: leverage[at] == .truth(true))
    }
    let index = Dictionary(names.enumerated().map { ($1, $0) }) { first, _ in first }
    let (from, to, volumes) = (flowTable.texts("node"), flowTable.texts("to"), flowTable.numbers("share"))
    flows = from.indices.compactMap { at in
      guard let a = index[from[at]], let b = index[to[at]], let share = volumes[at], share > 0 else { return nil }
      return MoneyFlows.Payment(from: a, to: b, value: share)
    }
    guard nodes.count <= Self.most else {
      throw NothingToDraw(
        "A picture bears \(Self.most) nodes, and this market has \(nodes.count); the tables have them all.")
    }
    guard !flows.isEmpty else { throw NothingToDraw("No flow has a volume.") }
  }

  // MARK: Words

  private var title: String {
    let deciders = nodes.filter { ($0.decisions ?? 0) > 0 }.sorted { ($0.decisions ?? 0) > ($1.decisions ?? 0) }
    guard let first = deciders.first, let share = first.decisions else {
      let largest = nodes.max { $0.share < $1.share }
      return largest.map { "\(language.share($0.share)) of the volume passes \($0.name)" } ?? "Where the volume flows"
    }
    let next = deciders.dropFirst().first { $0.isLeverage }
    // A name may stand for one or for many: the sentence fits both.
    let words = "\(language.share(share)) of the volume is decided at \(first.name)"
    return next.map { "\(words), \(language.share($0.decisions ?? 0)) at \($0.name)" } ?? words
  }

  private var subtitle: String {
    let unit = context.findings.setting("unit")?.text
    let volume = context.findings.number("volume").map { language.number($0) } ?? ""
    let isList = context.width == .narrow
    return "\(isList ? "Bars" : "Bands"): \(volume) \(unit ?? "units") from stage to stage"
      + (hasDecisions ? "; \(isList ? "the dark part" : "discs"): the share of them that is decided at a node" : "")
  }

  private var hasDecisions: Bool { nodes.contains { ($0.decisions ?? 0) > 0 } }

  private func detail(_ node: Node) -> String {
    var text = "\(language.share(node.share)) of the volume"
    if let decided = node.decisions { text += ", \(language.share(decided)) decided here" }
    return text + (node.isLeverage ? "; a point of leverage" : "")
  }

  private var notes: [String] {
    guard hasDecisions else { return [] }
    var least = 0.1
    if case .number(let value)? = context.findings.setting("leverage") { least = value }
    return [
      "Coloured\(context.width == .narrow ? "" : " discs"): points of leverage, where at least \(language.percent(least)) of all volume is decided."
    ]
  }

  var figure: Figure {
    let frame = Frame(context, title: title, subtitle: subtitle)
    var marks: [Mark] = []
    var areas: [HitArea] = []
    let bottom =
      context.width == .narrow ? list(frame, &marks, &areas) : bands(frame, &marks, &areas)
    return Figure(
      drawing: frame.drawing(marks: marks, areas: areas, bottom: bottom, notes: notes), title: title,
      subtitle: subtitle,
      alt: shortened("Market map. \(title)", to: 150),
      description: stages.indices.map { stage in
        let here = nodes.filter { $0.stage == stage }.map { "\($0.name) (\(detail($0)))" }
        return "\(stageName(stage)): \(here.joined(separator: "; "))."
      },
      reading: hasDecisions
        ? "Volume runs from left to right. Where a disc is large, more of it is decided there: speak to those first."
        : nil,
      table: "nodes")
  }

  private func stageName(_ stage: Int) -> String { stages[stage].isEmpty ? "End" : stages[stage] }

  // MARK: Bands

  private func bands(_ frame: Frame, _ marks: inout [Mark], _ areas: inout [HitArea]) -> Double {
    let theme = context.theme
    let last = stages.count - 1
    let blocks = nodes.map { block($0, frame, width: $0.stage == 0 || $0.stage == last ? 120 : 150) }
    func edge(_ stage: Int) -> Double {
      nodes.indices.filter { nodes[$0].stage == stage }.map { blocks[$0].size.width }.max() ?? 0
    }
    let x0 = Frame.margin + edge(0) + 10
    let x1 = frame.width - Frame.margin - edge(last) - 34 - SankeyLayout.bar
    let totals = stages.indices.map { stage in nodes.filter { $0.stage == stage }.reduce(0) { $0 + $1.share } }
    let money = MoneyFlows(payments: flows, nodes: nodes.count)
    let most = nodes.indices.map { max(money.paidIn($0), money.paidOut($0)) }.max() ?? 1
    func isInner(_ node: Int) -> Bool { nodes[node].stage > 0 && nodes[node].stage < last }
    let layout = SankeyLayout(
      money, room: 330 * most / max(totals.max() ?? 1, 1e-9),
      above: { isInner($0) ? blocks[$0].size.height + 8 : 0 },
      beside: { max(isInner($0) ? 0 : blocks[$0].size.height, 2 * radius(nodes[$0]) + 4) },
      place: { column, columns in columns > 1 ? x0 + (x1 - x0) * Double(column) / Double(columns - 1) : x0 },
      stages: nodes.map(\.stage))
    let top = frame.top + 24
    let shift = Point(0, top)
    marks += heads(frame, x0, x1)
    for ribbon in layout.ribbons {
      let flow = flows[ribbon.payment]
      marks.append(
        .group(
          name: "\(nodes[flow.from].name) to \(nodes[flow.to].name)",
          [.path(ribbon.path.moved(by: shift), fill: Paint(theme.neutral, opacity: 0.28), stroke: nil, role: .band)]))
      let middle = ribbon.middle + shift
      areas.append(
        HitArea(
          name: "\(nodes[flow.from].name) to \(nodes[flow.to].name)",
          detail: "\(language.share(flow.value)) of the volume",
          shape: .rectangle(Rect(x: middle.x - 12, y: middle.y - 12, width: 24, height: 24))))
    }
    var taken: [Rect] = layout.nodes.map { $0.rect.moved(by: shift) }
    for at in nodes.indices where !isInner(at) {
      let bar = layout.nodes[at].rect.moved(by: shift)
      let size = blocks[at].size
      let isFirst = nodes[at].stage == 0
      let x = isFirst ? bar.x - 8 - size.width : bar.maxX + 10 + max(0, radius(nodes[at]) - 6)
      let place = Rect(x: x, y: bar.centre.y - size.height / 2, width: size.width, height: size.height)
      taken.append(place)
      marks.append(
        .group(name: nodes[at].name, blocks[at].marks(at: Point(place.x, place.y), align: isFirst ? .end : .start)))
    }
    var places = MoneyLabelPlaces(layout.ribbons, shift: shift, taken: taken)
    for at in nodes.indices {
      let bar = layout.nodes[at].rect.moved(by: shift)
      var painted: [Mark] = [.path(.rectangle(bar, radius: 2), fill: Paint(theme.neutral), stroke: nil, role: .node)]
      painted += disc(nodes[at], bar.centre, frame)
      if isInner(at) {
        let size = blocks[at].size
        let wanted = Rect(
          x: bar.centre.x - size.width / 2, y: min(bar.y, bar.centre.y - radius(nodes[at])) - size.height - 4,
          width: size.width, height: size.height)
        let spot = places.place(
          wanted,
          within: Rect(x: Frame.margin, y: frame.top + 20, width: frame.width - 2 * Frame.margin, height: 10_000))
        painted += blocks[at].marks(at: spot, align: .middle, halo: Paint(theme.paper))
      }
      marks.append(.group(name: nodes[at].name, painted))
      let reach = max(radius(nodes[at]), 8)
      areas.append(
        HitArea(
          name: nodes[at].name, detail: detail(nodes[at]),
          shape: .rectangle(
            Rect(x: bar.centre.x - reach, y: bar.y, width: 2 * reach, height: max(bar.height, 16))),
          target: "row/nodes/\(nodes[at].name)"))
    }
    let reach = nodes.indices.map { layout.nodes[$0].rect.centre.y + radius(nodes[$0]) }.max() ?? 0
    return top + max(layout.height, reach) + 12
  }

  private func heads(_ frame: Frame, _ x0: Double, _ x1: Double) -> [Mark] {
    let last = Double(max(stages.count - 1, 1))
    return stages.indices.compactMap { stage in
      let x = x0 + (x1 - x0) * Double(stage) / last + SankeyLayout.bar / 2
      let room = (x1 - x0) / last - 12
      guard let line = context.measurer.lines(stageName(stage), frame.smallFont, width: max(room, 60), limit: 1).first
      else {
        return nil
      }
      return context.label(
        line, frame.smallFont, Paint(context.theme.muted), x: x, middle: frame.top + 8, anchor: .middle, role: .axis)
    }
  }

  /// px; its area is the share decided.
  private func radius(_ node: Node) -> Double {
    guard let decided = node.decisions, decided > 0 else { return 0 }
    return max(4, 30 * decided.squareRoot())
  }

  private func disc(_ node: Node, _ centre: Point, _ frame: Frame) -> [Mark] {
    let theme = context.theme
    let r = radius(node)
    guard r > 0 else { return [] }
    return [
      .path(
        .circle(centre, r), fill: Paint(node.isLeverage ? theme.accent : theme.paper),
        stroke: Stroke(node.isLeverage ? theme.paper : theme.neutral, width: 1.5), role: .point)
    ]
  }

  private func block(_ node: Node, _ frame: Frame, width: Double) -> TextBlock {
    var block = TextBlock()
    let theme = context.theme
    block.add(node.name, frame.strongFont, Paint(theme.ink), width: width, limit: 3, in: context.measurer)
    block.add(
      "\(language.share(node.share)) passes", frame.smallFont, Paint(theme.muted), width: width, in: context.measurer)
    if let decided = node.decisions, decided > 0 {
      block.add(
        "\(language.share(decided)) decided", frame.smallFont, Paint(node.isLeverage ? theme.accent : theme.muted),
        width: width, in: context.measurer)
    }
    return block
  }

  // MARK: List

  private func list(_ frame: Frame, _ marks: inout [Mark], _ areas: inout [HitArea]) -> Double {
    let theme = context.theme
    let room = frame.width - 2 * Frame.margin
    var y = frame.top
    for stage in stages.indices {
      marks.append(
        Frame.text(
          stageName(stage), frame.smallFont, Paint(theme.muted), x: Frame.margin, top: &y, role: .axis, in: context))
      y += 4
      for node in nodes.filter({ $0.stage == stage }).sorted(by: { $0.share > $1.share }) {
        let top = y
        var row: [Mark] = []
        let words = detail(node).replacing("; a point of leverage", with: "")
        let width = context.measurer.measure(words, frame.smallFont).width
        var same = y
        let isBeside = context.measurer.measure(node.name, frame.strongFont).width + width + 12 <= room
        for line in context.measurer.lines(node.name, frame.strongFont, width: room, limit: 2) {
          row.append(
            Frame.text(line, frame.strongFont, Paint(theme.ink), x: Frame.margin, top: &y, role: .label, in: context))
        }
        if isBeside {
          row.append(
            Frame.text(
              words, frame.smallFont, Paint(theme.muted), x: frame.width - Frame.margin, top: &same, anchor: .end,
              role: .label, in: context))
        } else {
          row.append(
            Frame.text(words, frame.smallFont, Paint(theme.muted), x: Frame.margin, top: &y, role: .label, in: context))
        }
        y += 2
        let bar = Rect(x: Frame.margin, y: y, width: max(1.5, room * min(1, node.share)), height: 10)
        row.append(.path(.rectangle(bar, radius: 2), fill: Paint(theme.neutral, opacity: 0.4), stroke: nil, role: .bar))
        if let decided = node.decisions, decided > 0 {
          let part = Rect(x: Frame.margin, y: y, width: max(1.5, room * min(1, decided)), height: 10)
          row.append(
            .path(
              .rectangle(part, radius: 2), fill: Paint(node.isLeverage ? theme.accent : theme.neutral), stroke: nil,
              role: .bar))
        }
        y += 18
        marks.append(.group(name: node.name, row))
        areas.append(
          HitArea(
            name: node.name, detail: detail(node),
            shape: .rectangle(Rect(x: Frame.margin, y: top, width: room, height: y - top - 4)),
            target: "row/nodes/\(node.name)"))
      }
      y += 8
    }
    return y
  }
}
