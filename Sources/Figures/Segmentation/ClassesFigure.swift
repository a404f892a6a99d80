import Formats
import Graphics
import ValueModels

/// How probable each answer is in each latent class: a row an answer, a column a segment, darker where more probable.
struct ClassesFigure {
  static let mostRows = 24

  private let context: FigureContext
  private let groups: [SegmentGroup]
  private let rows: [AnswerRow]
  /// Rows that only the table holds.
  private let further: Int
  private let frame: Frame
  private let title: String
  private let subtitle = "How probable each answer is in each segment; what tells them apart most comes first"

  static func hasRows(_ findings: Findings) -> Bool {
    guard let table = findings.table("probabilities") else { return false }
    return table.numbers("probability").contains { $0 != nil }
  }

  static func draw(_ context: FigureContext) throws(NothingToDraw) -> Figure {
    let figure = ClassesFigure(context)
    guard !figure.rows.isEmpty else {
      throw NothingToDraw("No segment is large enough for its answers to be shown.")
    }
    return figure.figure()
  }

  private init(_ context: FigureContext) {
    self.context = context
    groups = SegmentContents(context.findings).groups
    let all = AnswerRow.rows(context.findings, groups: groups).filter { row in
      row.probabilities.contains { $0 != nil }
    }
    rows = Array(all.prefix(Self.mostRows))
    further = all.count - rows.count
    title = Self.title(rows, groups, context.language)
    frame = Frame(context, title: title, subtitle: subtitle)
  }

  private static func title(_ rows: [AnswerRow], _ groups: [SegmentGroup], _ language: Language) -> String {
    for row in rows where row.spread(groups) > 0 {
      let shown = row.probabilities.indices.filter { row.probabilities[$0] != nil }
      guard let high = shown.max(by: { (row.probabilities[$0] ?? 0) < (row.probabilities[$1] ?? 0) }),
        let low = shown.max(by: { (row.probabilities[$0] ?? 0) > (row.probabilities[$1] ?? 0) })
      else { continue }
      let label = row.label.prefix(1).uppercased() + row.label.dropFirst()
      return "\(label): \(language.share(row.probabilities[high] ?? 0)) in \(groups[high].name), "
        + "\(language.share(row.probabilities[low] ?? 0)) in \(groups[low].name)"
    }
    return "How the segments answer"
  }

  private func figure() -> Figure {
    var marks: [Mark] = []
    var areas: [HitArea] = []
    let perBlock = context.width == .narrow ? 5 : context.width == .wide ? 14 : 9
    let blocks = (groups.count + perBlock - 1) / perBlock
    let size = (groups.count + blocks - 1) / max(1, blocks)
    var y = frame.top
    for block in 0..<blocks {
      let members = Array(block * size..<min(groups.count, (block + 1) * size))
      y = draw(members, top: y, &marks, &areas) + 22
    }
    return Figure(
      drawing: frame.drawing(
        marks: marks, areas: areas, bottom: y - 22 + 4,
        notes: further > 0 ? ["The table holds \(context.language.number(Double(further))) more rows."] : []),
      title: title, subtitle: subtitle, alt: ChainWords.shortened("Answers by segment. " + title),
      description: rows.prefix(8).map { row in "\(row.label): \(words(row).joined(separator: ", "))." },
      reading:
        "Each column describes one segment by itself: the share of its members expected to answer so. "
        + "Where a variable asks for yes or no, the yes is shown.",
      table: "probabilities")
  }

  private func words(_ row: AnswerRow) -> [String] {
    groups.indices.compactMap { group in
      row.probabilities[group].map { "\(groups[group].name) \(context.language.share($0))" }
    }
  }

  /// Columns of some segments; returns y below.
  private func draw(_ members: [Int], top: Double, _ marks: inout [Mark], _ areas: inout [HitArea]) -> Double {
    let theme = context.theme
    let most = context.width == .narrow ? 130.0 : context.width == .wide ? 280 : 230
    let labels = rows.map { row -> TextBlock in
      var block = TextBlock()
      block.add(row.label, frame.labelFont, Paint(theme.ink), width: most, limit: 3, in: context.measurer)
      return block
    }
    let labelWidth = labels.reduce(60) { max($0, $1.size.width) }
    let left = Frame.margin + labelWidth + 12
    let width = min(150, (frame.width - Frame.margin - left) / Double(members.count))
    let heads = members.map { group -> TextBlock in
      var block = TextBlock()
      let paint = Paint(SegmentLook.colour(group, theme))
      block.add(
        groups[group].name, Font(frame.smallFont.size, .semibold), paint, width: width - 8, limit: 5,
        in: context.measurer)
      if let share = groups[group].share {
        let isSmall = (groups[group].base ?? .infinity) < 30
        let size = isSmall ? groups[group].size.map { ", n = " + context.language.number($0) } ?? "" : ""
        block.add(
          context.language.share(share) + size, frame.smallFont, Paint(theme.muted), width: width - 8, limit: 2,
          in: context.measurer)
      }
      return block
    }
    let high = heads.reduce(0) { max($0, $1.size.height) }
    for (column, block) in heads.enumerated() {
      let middle = left + (Double(column) + 0.5) * width
      marks += block.marks(
        at: Point(middle - block.size.width / 2, top + high - block.size.height), align: .middle, role: .axis)
    }
    var y = top + high + 6
    for (row, label) in zip(rows, labels) {
      let height = max(26, label.size.height + 8)
      marks += label.marks(
        at: Point(left - 12 - label.size.width, y + (height - label.size.height) / 2), align: .end, role: .axis)
      for (column, group) in members.enumerated() {
        let cell = Rect(x: left + Double(column) * width + 1, y: y + 1, width: width - 2, height: height - 2)
        marks += tile(row.probabilities[group], group, in: cell)
      }
      areas.append(
        HitArea(
          name: row.label, detail: words(row).joined(separator: ", "),
          shape: .rectangle(
            Rect(x: Frame.margin, y: y, width: left - Frame.margin + width * Double(members.count), height: height)),
          target: "row/probabilities/\(row.variable)"))
      y += height
    }
    return y
  }

  /// A tile whose colour grows with the probability, and the number on it.
  private func tile(_ probability: Double?, _ group: Int, in cell: Rect) -> [Mark] {
    let theme = context.theme
    guard let probability else {
      return [
        context.label(
          "–", frame.smallFont, Paint(theme.muted), x: cell.x + cell.width / 2, middle: cell.y + cell.height / 2,
          anchor: .middle)
      ]
    }
    let strength = 0.05 + 0.42 * probability
    let isMarked = (probability * 100).rounded() >= 50
    return [
      .path(
        .rectangle(cell), fill: Paint(SegmentLook.colour(group, theme), opacity: strength), stroke: nil,
        role: .region),
      context.label(
        context.language.share(probability), Font(frame.smallFont.size, isMarked ? .semibold : .regular),
        Paint(theme.ink), x: cell.x + cell.width / 2, middle: cell.y + cell.height / 2, anchor: .middle),
    ]
  }
}
