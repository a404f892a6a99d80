import Graphics

/// The diagram's words measured and its layout chosen: stages from left to right where that leaves every label its room,
/// from top to bottom where the page is too narrow for it.
struct DiagramLayout {
  struct Heading {
    var block: TextBlock
    var at: Point
    var align: TextRun.Anchor
    /// Reads upwards, along a stage that runs over the page.
    var isTurned: Bool
    var panel: Rect
  }

  var placement: ChainPlacement
  var boxes: [ActorBox]
  var labels: [TextBlock?]
  var widths: [Double]
  var headings: [Heading] = []
  /// Where the placement's own corner stands, from the corner of the room for the picture.
  var origin: Point
  /// Room that panels take below the placement.
  var below: Double
}

extension ChainDiagram {
  /// - Parameter named: The flows that carry a label.
  func layout(_ named: Set<Int>) -> DiagramLayout {
    let stages = StageAssignment.stages(contents)
    if context.width != .narrow, !isLaned {
      for (box, label) in [(118.0, 112.0), (104, 96), (94, 84), (84, 74)] {
        if let layout = rightward(stages, named, box: box, label: label) { return layout }
      }
    }
    return downward(stages, named)
  }

  private typealias Measured = (boxes: [ActorBox], labels: [TextBlock?], widths: [Double], parts: ChainParts)
  private typealias Stages = (of: [Int], count: Int, named: Bool)

  private func rightward(_ stages: Stages, _ named: Set<Int>, box: Double, label: Double) -> DiagramLayout? {
    let (boxes, labels, widths, parts) = measured(stages, named, box: box, label: label)
    let room = frame.width - 2 * Frame.margin
    let pad = 8.0
    guard let placed = ChainLayout.place(parts, .rightward, extent: nil, length: room - 2 * pad) else { return nil }
    let spans = placed.stages
    let blocks = spans.enumerated().map { stage, span in
      span.map { heading(stage, stages, width: max(60, $0.upperBound - $0.lowerBound + 2 * pad - 4)) }
    }
    let top = stages.named ? (blocks.compactMap { $0?.size.height }.max() ?? 0) + 16 : pad
    var layout = DiagramLayout(
      placement: placed, boxes: boxes, labels: labels, widths: widths, origin: Point(Frame.margin + pad, top),
      below: pad)
    for (span, block) in zip(spans, blocks) where stages.named {
      guard let span, let block else { continue }
      let panel = Rect(
        x: span.lowerBound - pad, y: -top, width: span.upperBound - span.lowerBound + 2 * pad,
        height: placed.size.height + top + pad)
      let at = Point(panel.centre.x - block.size.width / 2, -top + 7)
      layout.headings.append(.init(block: block, at: at, align: .middle, isTurned: false, panel: panel))
    }
    return layout
  }

  private func downward(_ stages: Stages, _ named: Set<Int>) -> DiagramLayout {
    let narrow = context.width == .narrow
    let room = frame.width - 2 * Frame.margin
    var gutter = 0.0
    if stages.named {
      let blocks = (0..<stages.count).map { heading($0, stages, width: narrow ? 130 : 92) }
      gutter = narrow ? (blocks.map(\.size.height).max() ?? 0) + 8 : (blocks.map(\.size.width).max() ?? 0) + 18
    }
    let extent = room - gutter - 8
    let crowd = (0..<max(1, stages.count)).map { stage in stages.of.count { $0 == stage } }.max() ?? 1
    let box = min(128, max(narrow ? 74 : 88, extent / Double(max(1, crowd)) - 60))
    // Bands grow thinner where a row is too full for them.
    var chosen: (parts: Measured, placed: ChainPlacement)?
    for (widest, least) in [(narrow ? 9.0 : 12, 5.0), (5, 4), (3, 2.5)] {
      let parts = measured(stages, named, box: box, label: narrow ? 76 : 100, widest: widest, room: least)
      guard let placed = ChainLayout.place(parts.parts, .downward, extent: extent, length: nil) else { continue }
      // Where thinner bands do not help either, wide ones at least show their values.
      if chosen == nil || !placed.isTight { chosen = (parts, placed) }
      if !placed.isTight { break }
    }
    // Without a length the layout always finds a place.
    let found =
      chosen?.placed
      ?? ChainPlacement(boxes: [], bands: [], labels: [], stages: [], size: Size(0, 0), crossings: 0, isTight: false)
    let (boxes, labels, widths, _) = chosen?.parts ?? measured(stages, named, box: box, label: 100)
    let pad = 10.0
    var layout = DiagramLayout(
      placement: found, boxes: boxes, labels: labels, widths: widths, origin: Point(Frame.margin + gutter, pad),
      below: pad)
    for (stage, span) in found.stages.enumerated() where stages.named {
      guard let span else { continue }
      let panel = Rect(
        x: -gutter, y: span.lowerBound - pad, width: room, height: span.upperBound - span.lowerBound + 2 * pad)
      let block = heading(stage, stages, width: narrow ? max(40, panel.height - 8) : 92)
      let at =
        narrow
        ? Point(-gutter + 5, panel.centre.y) : Point(-gutter + 9, panel.centre.y - block.size.height / 2)
      layout.headings.append(.init(block: block, at: at, align: .start, isTurned: narrow, panel: panel))
    }
    return layout
  }

  private func heading(_ stage: Int, _ stages: Stages, width: Double) -> TextBlock {
    var block = TextBlock()
    let name = contents.stages.indices.contains(stage) ? contents.stages[stage] : ""
    block.add(
      name, Font(frame.smallFont.size, .semibold), Paint(context.theme.muted), width: width, limit: 3,
      in: context.measurer)
    return block
  }

  private func measured(
    _ stages: Stages, _ named: Set<Int>, box: Double, label: Double, widest: Double = 12, room: Double = 5
  ) -> Measured {
    let boxes = contents.actors.map { ActorBox($0, width: box, frame: frame, context) }
    let widths = FlowStyle.widths(contents.flows, widest: widest)
    let labels = contents.flows.enumerated().map { index, flow -> TextBlock? in
      guard named.contains(index) else { return nil }
      var block = TextBlock()
      let size = frame.smallFont.size
      let paint = Paint(FlowStyle.colour(flow, context.theme))
      block.add(flow.offering, Font(size), Paint(context.theme.ink), width: label, limit: 4, in: context.measurer)
      if let value = values.caption(flow) {
        block.add(value, Font(size, .semibold), paint, width: label, limit: 2, in: context.measurer)
      }
      return block.lines.isEmpty ? nil : block
    }
    let parts = ChainParts(
      boxes: boxes.map(\.size), stage: stages.of, stageCount: stages.count,
      flows: contents.flows.map { ($0.from, $0.to) }, widths: widths, leastRoom: room, labels: labels.map { $0?.size })
    return (boxes, labels, widths, parts)
  }
}

/// A stage's name turned to read upwards.
enum TurnedHeading {
  /// - Parameter at: The left edge of its first line, the middle of its length.
  static func marks(_ block: TextBlock, at: Point, _ context: FigureContext) -> [Mark] {
    var x = at.x
    return block.lines.map { line in
      let baseline = Point(x + line.extent.ascent, at.y)
      let run = TextRun(line.text, line.font, line.paint, at: baseline, anchor: .middle, rotation: -90)
      let box = Rect(
        x: x, y: at.y - line.extent.width / 2, width: line.extent.height, height: line.extent.width)
      x += line.extent.height
      return .text(run, box: box, role: .axis)
    }
  }
}
