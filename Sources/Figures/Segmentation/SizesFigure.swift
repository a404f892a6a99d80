import Formats
import Graphics
import ValueModels

/// How large the groups are: a bar each with its share and base, and beside it what the group is worth where that is known.
struct SizesFigure {
  private let context: FigureContext
  private let contents: SegmentContents
  private let frame: Frame
  private let title: String
  private let subtitle: String
  private let hasWorth: Bool
  private let worth: String

  static func draw(_ context: FigureContext) throws(NothingToDraw) -> Figure {
    let contents = SegmentContents(context.findings)
    guard contents.groups.contains(where: { $0.share != nil }) else {
      throw NothingToDraw("No group is large enough to be shown.")
    }
    return SizesFigure(context, contents).figure()
  }

  private init(_ context: FigureContext, _ contents: SegmentContents) {
    self.context = context
    self.contents = contents
    hasWorth = contents.groups.contains { $0.valueShare != nil }
    worth = context.findings.setting("value")?.text ?? "value"
    title = Self.title(contents, worth, context.findings.caseNoun, context.language)
    let noun = context.findings.caseNoun
    subtitle =
      hasWorth ? "Share of all \(noun), and of the sum of \(worth)" : "Share of all \(noun), and their number (n)"
    frame = Frame(context, title: title, subtitle: subtitle)
  }

  private static func title(_ contents: SegmentContents, _ worth: String, _ noun: String, _ language: Language)
    -> String
  {
    let shown = contents.groups.filter { $0.share != nil }
    guard let largest = shown.max(by: { ($0.share ?? 0) < ($1.share ?? 0) }), let share = largest.share else {
      return "Sizes of the groups"
    }
    let gap = shown.compactMap { group -> (SegmentGroup, Double)? in
      guard let value = group.valueShare, let share = group.share, share > 0 else { return nil }
      return (group, value - share)
    }.max { $0.1 < $1.1 }
    if let (group, lead) = gap, lead >= 0.05, let value = group.valueShare, let part = group.share {
      return "\(group.name): \(language.share(part)) of the \(noun), \(language.share(value)) of \(worth)"
    }
    return shown.count == 2
      ? "\(largest.name) is the larger of 2 groups, with \(language.share(share))"
      : "\(largest.name) is the largest of \(contents.groups.count) groups, with \(language.share(share))"
  }

  private func figure() -> Figure {
    let theme = context.theme
    let narrow = context.width == .narrow
    let most = contents.groups.flatMap { [$0.share, $0.valueShare] }.compactMap { $0 }.max() ?? 1
    let names = contents.groups.indices.map { nameBlock($0, width: narrow ? frame.width - 2 * Frame.margin : 220) }
    let nameWidth = narrow ? 0 : min(220, names.map(\.size.width).max() ?? 0) + 18
    let left = Frame.margin + nameWidth
    let words = contents.groups.map { valueWords($0) }
    let wordWidth =
      words.flatMap { $0 }.map { context.measurer.measure($0, frame.strongFont).width }.max() ?? 0
    let room = frame.width - Frame.margin - left - wordWidth - 10
    var marks: [Mark] = []
    var areas: [HitArea] = []
    var y = frame.top + 2
    for (index, group) in contents.groups.enumerated() {
      let top = y
      let block = names[index]
      let bars = group.valueShare == nil ? 26.0 : 40
      let height = narrow ? block.size.height + 4 + bars : max(block.size.height, bars)
      var row = block.marks(
        at: narrow
          ? Point(Frame.margin, y) : Point(left - 18 - block.size.width, y + (height - block.size.height) / 2),
        align: narrow ? .start : .end)
      var barTop = narrow ? y + block.size.height + 4 : y + (height - bars) / 2
      let colour = SegmentLook.colour(index, theme)
      if let share = group.share {
        let isSmall = (group.base ?? .infinity) < contents.smallBase
        let main = Rect(x: left, y: barTop, width: max(1.5, room * share / most), height: 26)
        row.append(
          .path(
            .rectangle(main, radius: 3), fill: Paint(isSmall ? theme.paper : colour),
            stroke: isSmall ? Stroke(colour, width: 1.5) : nil, role: .bar))
        row.append(
          context.label(
            words[index][0], frame.strongFont, Paint(theme.ink), x: main.maxX + 8, middle: main.centre.y))
        barTop += 28
        if let value = group.valueShare {
          let second = Rect(x: left, y: barTop, width: max(1.5, room * value / most), height: 12)
          row.append(
            .path(
              .rectangle(second, radius: 3), fill: Paint(colour, opacity: 0.45), stroke: nil, role: .bar))
          row.append(
            context.label(
              words[index][1], frame.smallFont, Paint(theme.muted), x: second.maxX + 8, middle: second.centre.y))
        }
      } else {
        row.append(
          context.label(
            "too few to be shown", frame.smallFont, Paint(theme.muted), x: left, middle: barTop + 13))
      }
      marks.append(.group(name: group.name, row))
      areas.append(
        HitArea(
          name: group.name, detail: words[index].joined(separator: ", "),
          shape: .rectangle(Rect(x: Frame.margin, y: top, width: frame.width - 2 * Frame.margin, height: height)),
          target: "segment/\(group.slug)"))
      y += height + 16
    }
    marks.insert(
      .path(
        .segment(Point(left, frame.top), Point(left, y - 14)), fill: nil, stroke: Stroke(theme.faint), role: .axis),
      at: 0)
    if narrow { marks.removeFirst() }
    return Figure(
      drawing: frame.drawing(marks: marks, areas: areas, bottom: y - 8), title: title, subtitle: subtitle,
      alt: ChainWords.shortened(alt), description: description, reading: nil, table: "segments")
  }

  private func nameBlock(_ index: Int, width: Double) -> TextBlock {
    let group = contents.groups[index]
    var block = TextBlock()
    block.add(group.name, frame.strongFont, Paint(context.theme.ink), width: width, limit: 4, in: context.measurer)
    if let suggestion = group.suggestion {
      block.add(
        suggestion, Font(11), Paint(context.theme.muted), width: width, limit: 2, in: context.measurer)
    }
    return block
  }

  private func valueWords(_ group: SegmentGroup) -> [String] {
    guard let share = group.share else { return ["too few to be shown"] }
    var words = [context.language.share(share)]
    if let size = group.size { words[0] += "  n = " + context.language.number(size) }
    if let value = group.valueShare { words.append("\(context.language.share(value)) of \(worth)") }
    return words
  }

  private var alt: String {
    let parts = contents.groups.compactMap { group in
      group.share.map { "\(group.name) \(context.language.share($0))" }
    }
    return "Sizes of \(contents.groups.count) groups: \(parts.joined(separator: ", "))"
  }

  private var description: [String] {
    contents.groups.enumerated().map { index, group in
      "\(group.name): \(valueWords(group).joined(separator: ", "))"
        + (group.suggestion.map { "; \($0)." } ?? ".")
    }
  }
}
