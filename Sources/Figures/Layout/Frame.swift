import Formats
import Graphics
import ValueModels

/// What all figures share: the title at the top, the foot line below, and the room between.
///
/// Type scale at 800 px: title 22, subtitle 14, labels 14 and 12, foot 12; the narrow layout takes 18 for the title.
package struct Frame {
  package static let margin = 24.0

  package let theme: Theme
  package let width: Double
  package let titleFont: Font
  package let subtitleFont: Font
  package let labelFont: Font
  package let strongFont: Font
  package let smallFont: Font
  /// The title and subtitle, painted.
  package private(set) var head: [Mark] = []
  /// y where the picture may begin.
  package private(set) var top: Double
  private let context: FigureContext

  package init(_ context: FigureContext, title: String, subtitle: String) {
    self.context = context
    theme = context.theme
    width = context.width.pixels
    let narrow = context.width == .narrow
    titleFont = Font(narrow ? 18 : 22, .semibold)
    subtitleFont = Font(narrow ? 13 : 14)
    labelFont = Font(narrow ? 12 : 13)
    strongFont = Font(narrow ? 12 : 13, .semibold)
    smallFont = Font(narrow ? 11 : 12)
    var y = Frame.margin
    let room = width - 2 * Frame.margin
    for line in context.measurer.lines(title, titleFont, width: room, limit: 4) {
      let words = Frame.directed(line, context)
      head.append(Frame.text(words, titleFont, Paint(theme.ink), x: Frame.margin, top: &y, role: .title, in: context))
    }
    y += 4
    for line in context.measurer.lines(subtitle, subtitleFont, width: room, limit: 4) {
      let words = Frame.directed(line, context)
      head.append(
        Frame.text(words, subtitleFont, Paint(theme.muted), x: Frame.margin, top: &y, role: .subtitle, in: context))
    }
    top = y + 14
  }

  /// A line that starts with a name in the other direction still runs the language's way: a mark of no width says so.
  static func directed(_ line: String, _ context: FigureContext) -> String {
    guard
      let first = line.unicodeScalars.first(where: {
        $0.properties.isAlphabetic || [0x200E, 0x200F].contains($0.value)
      }),
      ![0x200E, 0x200F].contains(first.value)
    else { return line }
    func runsLeft(_ scalar: Unicode.Scalar) -> Bool { (0x590...0x8FF).contains(scalar.value) }
    guard line.unicodeScalars.contains(where: runsLeft) else { return line }
    let isRightToLeft = context.language.direction == .rightToLeft
    return runsLeft(first) == isRightToLeft ? line : (isRightToLeft ? "\u{200F}" : "\u{200E}") + line
  }

  /// The finished drawing: ground, head, the marks given, and the foot line below `bottom`.
  /// Judgement gets a hatched ground and says so.
  package func drawing(marks: [Mark], areas: [HitArea], bottom: Double, notes: [String] = []) -> Drawing {
    var foot: [Mark] = []
    var y = bottom + 14
    let room = width - 2 * Frame.margin
    foot.append(
      .path(
        .segment(Point(Frame.margin, y - 6), Point(width - Frame.margin, y - 6)), fill: nil,
        stroke: Stroke(theme.rule), role: .frame))
    y += 2
    let served = ServedMarks(context).lines(under: marks)
    let mark = served.isEmpty ? [] : [ServedMarks.note(context.served.count)]
    for paragraph in notes + mark + [footLine] where !paragraph.isEmpty {
      for line in context.measurer.lines(paragraph, smallFont, width: room) {
        foot.append(
          Frame.text(line, smallFont, Paint(theme.muted), x: Frame.margin, top: &y, role: .caption, in: context))
      }
    }
    let size = Size(width, (y + 16).rounded(.up))
    var ground: [Mark] = []
    if context.findings.isJudgement { ground = hatching(size) }
    return Drawing(size: size, background: theme.paper, marks: ground + head + marks + served + foot, areas: areas)
  }

  /// Base, source, wave and method in one line.
  package var footLine: String {
    let findings = context.findings
    var parts: [String] = []
    if let client = context.client { parts.append(client) }
    if let base = findings.number("base") {
      let effective = findings.number("effective_base").map {
        ", weighted (effective base \(context.language.number($0.rounded())))"
      }
      parts.append("Base: \(context.language.number(base)) \(findings.caseNoun)" + (effective ?? ""))
    }
    var sources: [String] = []
    for use in findings.data {
      let word =
        switch use.source {
        case .survey?: "survey"
        case .transactions?: "transactions"
        case .judgement?: "judgement"
        case .desk?: "desk research"
        // A table whose source nobody declared is named only where nothing better is known.
        case nil: findings.data.allSatisfy { $0.source == nil } ? use.name : ""
        }
      let text = use.collected.map { "\(word) \($0)" } ?? word
      if !text.isEmpty, !sources.contains(text) { sources.append(text) }
    }
    // A kind of source with a date need not stand there again without one.
    sources = sources.filter { bare in !sources.contains { $0.hasPrefix(bare + " ") } }
    if !sources.isEmpty { parts.append("Source: " + sources.joined(separator: ", ")) }
    if !findings.method.summary.isEmpty { parts.append(findings.method.summary) }
    return parts.joined(separator: " · ")
  }

  private func hatching(_ size: Size) -> [Mark] {
    var path = Path()
    var x = -size.height
    while x < size.width {
      path.move(Point(x, size.height))
      path.line(Point(x + size.height, 0))
      x += 12
    }
    return [.path(path, fill: nil, stroke: Stroke(Paint(theme.rule, opacity: 0.55), width: 1), role: .background)]
  }

  /// One line of text whose top stands at `top`, which moves below it.
  package static func text(
    _ string: String, _ font: Font, _ paint: Paint, x: Double, top: inout Double, anchor: TextRun.Anchor = .start,
    role: Role, in context: FigureContext
  ) -> Mark {
    let extent = context.measurer.measure(string, font)
    let baseline = top + extent.ascent
    let left = anchor == .start ? x : anchor == .middle ? x - extent.width / 2 : x - extent.width
    let box = Rect(x: left, y: top, width: extent.width, height: extent.height)
    top += extent.height * 1.12
    return .text(TextRun(string, font, paint, at: Point(x, baseline), anchor: anchor), box: box, role: role)
  }
}

extension FigureContext {
  /// A label set so that its box's middle stands at `y`; `x` is its left, middle or right edge by `anchor`.
  package func label(
    _ string: String, _ font: Font, _ paint: Paint, x: Double, middle y: Double, anchor: TextRun.Anchor = .start,
    role: Role = .label, halo: Bool = false
  ) -> Mark {
    let extent = measurer.measure(string, font)
    let left = anchor == .start ? x : anchor == .middle ? x - extent.width / 2 : x - extent.width
    let box = Rect(x: left, y: y - extent.height / 2, width: extent.width, height: extent.height)
    let run = TextRun(
      string, font, paint, at: Point(x, box.y + extent.ascent), anchor: anchor,
      halo: halo ? Paint(theme.paper) : nil)
    return .text(run, box: box, role: role)
  }
}
