import Formats
import Graphics
import ValueModels

/// How well few questions tell the segment: one row a question in the order of asking, the accuracy so far as a dot with its
/// interval, against what the largest segment alone would get right.
struct TypingFigure {
  private struct Step {
    var question: String
    var accuracy: Double
    var lower: Double
    var upper: Double
    var isAsked: Bool
  }

  private let context: FigureContext
  private let steps: [Step]
  private let frame: Frame
  private let title: String
  private static let subtitle =
    "People put into their own group when so many questions are asked, cross-validated, with 95% intervals"

  static func isOffered(_ findings: Findings) -> Bool { (findings.table("typing")?.rows.count ?? 0) > 1 }

  static func draw(_ context: FigureContext) throws(NothingToDraw) -> Figure {
    guard let figure = TypingFigure(context) else { throw NothingToDraw("There is no typing tool.") }
    return figure.figure()
  }

  private init?(_ context: FigureContext) {
    self.context = context
    guard let table = context.findings.table("typing") else { return nil }
    let (accuracies, lower, upper) = (table.numbers("accuracy"), table.numbers("lower"), table.numbers("upper"))
    let taken = table.values("taken")
    steps = table.texts("question").enumerated().compactMap { row, question in
      guard let accuracy = accuracies[row] else { return nil }
      return Step(
        question: question, accuracy: accuracy, lower: lower[row] ?? accuracy, upper: upper[row] ?? accuracy,
        isAsked: taken[row] == .truth(true))
    }
    guard let last = steps.last(where: \.isAsked) ?? steps.last else { return nil }
    let asked = steps.count(where: \.isAsked)
    title =
      (asked == 1 ? "One question puts " : "\(context.language.number(Double(asked))) questions put ")
      + "\(context.language.share(last.accuracy)) of people into their own group"
    frame = Frame(context, title: title, subtitle: Self.subtitle)
  }

  private func figure() -> Figure {
    let narrow = context.width == .narrow
    let theme = context.theme
    let right = frame.width - Frame.margin - 52
    let blocks = steps.enumerated().map { at, step -> TextBlock in
      var block = TextBlock()
      block.add(
        "\(at + 1)  \(step.question.contains(" ") ? step.question : step.question.replacing("_", with: " "))",
        frame.labelFont, Paint(step.isAsked ? theme.ink : theme.muted), width: narrow ? right - Frame.margin : 230,
        limit: 2, in: context.measurer)
      return block
    }
    let label = narrow ? 0 : blocks.map(\.size.width).max() ?? 0
    let left = Frame.margin + label + (narrow ? 8 : 20)
    let scale = LinearScale(0, 1, start: left, end: right - 8)
    var marks: [Mark] = []
    var areas: [HitArea] = []
    var y = frame.top
    let largest = context.findings.number("typing_largest")
    if let largest {
      let words = "Calling everyone by the largest group: \(context.language.share(largest))"
      let width = context.measurer.measure(words, frame.smallFont).width
      let x = min(max(scale(largest), left + width / 2), frame.width - Frame.margin - width / 2)
      marks.append(context.label(words, frame.smallFont, Paint(theme.muted), x: x, middle: y + 8, anchor: .middle))
      y += 24
    }
    let top = y
    var body: [Mark] = []
    for (block, step) in zip(blocks, steps) {
      let height = narrow ? block.size.height + 24 : max(28, block.size.height + 12)
      let middle = narrow ? y + block.size.height + 13 : y + height / 2
      let at = narrow ? Point(Frame.margin, y + 4) : Point(Frame.margin, middle - block.size.height / 2)
      body += block.marks(at: at, align: .start, halo: narrow ? Paint(theme.paper) : nil)
      body.append(
        .path(
          .segment(Point(scale(step.lower), middle), Point(scale(step.upper), middle)), fill: nil,
          stroke: Stroke(Paint(theme.accent, opacity: 0.6), width: 2), role: .region))
      body.append(
        .path(
          .circle(Point(scale(step.accuracy), middle), 5), fill: Paint(step.isAsked ? theme.accent : theme.paper),
          stroke: Stroke(theme.accent, width: 1.6), role: .point))
      body.append(
        context.label(
          context.language.share(step.accuracy), Font(frame.smallFont.size, .semibold), Paint(theme.ink),
          x: frame.width - Frame.margin, middle: middle, anchor: .end))
      areas.append(
        HitArea(
          name: step.question,
          detail: "\(context.language.share(step.accuracy)) with the questions so far"
            + (step.isAsked ? "" : "; not asked: it adds no more than chance"),
          shape: .rectangle(Rect(x: Frame.margin, y: y, width: frame.width - 2 * Frame.margin, height: height)),
          target: "row/typing/\(step.question)"))
      y += height
    }
    for tick in [0, 0.25, 0.5, 0.75, 1.0] {
      let x = scale(tick)
      marks.append(
        .path(.segment(Point(x, top), Point(x, y)), fill: nil, stroke: Stroke(theme.grid), role: .grid))
      marks.append(
        context.label(
          context.language.share(tick), frame.smallFont, Paint(theme.muted), x: x, middle: y + 12, anchor: .middle,
          role: .axis))
    }
    if let largest {
      marks.append(
        .path(
          .segment(Point(scale(largest), top - 6), Point(scale(largest), y)), fill: nil,
          stroke: Stroke(Paint(theme.faint), width: 1.25, dash: [4, 3]), role: .grid))
    }
    let hasOpen = steps.contains { !$0.isAsked }
    return Figure(
      drawing: frame.drawing(
        marks: marks + body, areas: areas, bottom: y + 22,
        notes: hasOpen ? ["Open marks: questions that add no more than chance; they are not asked."] : []),
      title: title, subtitle: Self.subtitle, alt: ChainWords.shortened(title),
      description: steps.enumerated().map { at, step in
        "\(at + 1). \(step.question): \(context.language.share(step.accuracy))."
      }, reading: "Each row adds a question to those above it.", table: "typing")
  }
}
