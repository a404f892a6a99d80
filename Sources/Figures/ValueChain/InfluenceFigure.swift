import Formats
import Graphics
import ValueModels

/// Who stands at the centre: PageRank and betweenness of each actor, the most central first.
struct InfluenceFigure {
  static let rowLimit = 25

  private struct Row {
    var name: String
    var slug: String
    var rank: Double
    var between: Double
    var isOwn: Bool
  }

  private let context: FigureContext
  private let rows: [Row]
  private let total: Int
  private let frame: Frame
  private let title: String
  private let subtitle: String

  static func hasMeasures(_ findings: Findings) -> Bool { rows(findings).count > 2 }

  static func draw(_ context: FigureContext) throws(NothingToDraw) -> Figure {
    let rows = rows(context.findings)
    guard rows.count > 2 else {
      throw NothingToDraw("Fewer than three actors have a place in the network of influence.")
    }
    return InfluenceFigure(context, rows).figure()
  }

  private static func rows(_ findings: Findings) -> [Row] {
    guard let table = findings.table("actors") else { return [] }
    let own = ChainContents(findings).own.map { ChainContents(findings).actors[$0].name }
    let (ranks, between) = (table.numbers("pagerank"), table.numbers("betweenness"))
    let (ins, outs) = (table.numbers("strength_in"), table.numbers("strength_out"))
    let (names, slugs) = (table.texts("actor"), table.texts("slug"))
    guard [ranks, between, ins, outs].allSatisfy({ $0.count == names.count }), slugs.count == names.count else {
      return []
    }
    return names.indices.compactMap { at -> Row? in
      guard let rank = ranks[at], let middle = between[at], (ins[at] ?? 0) + (outs[at] ?? 0) > 0 else { return nil }
      return Row(name: names[at], slug: slugs[at], rank: rank, between: middle, isOwn: names[at] == own)
    }.enumerated().sorted { (-$0.element.rank, $0.offset) < (-$1.element.rank, $1.offset) }.map(\.element)
  }

  private init(_ context: FigureContext, _ rows: [Row]) {
    self.context = context
    self.rows = Array(rows.prefix(Self.rowLimit))
    total = rows.count
    let kinds = Self.kinds(context.findings)
    // Only what is said can be called word; goods and money are value.
    let isWord = !kinds.isEmpty && kinds.allSatisfy { ["information", "influence", "trust"].contains($0) }
    let subject = isWord ? "Word" : "Value"
    let between = rows.enumerated().max { ($0.element.between, -$0.offset) < ($1.element.between, -$1.offset) }?.element
    let first = rows[0].name
    if let between, between.between > 0, between.name != first {
      title = "\(subject) ends at \(first); it passes through \(between.name)"
    } else {
      title = "\(subject) ends at \(first)"
    }
    subtitle = "Centrality in the network of " + (kinds.isEmpty ? "all flows" : context.language.list(kinds))
    frame = Frame(context, title: title, subtitle: subtitle)
  }

  private static func kinds(_ findings: Findings) -> [String] {
    guard case .list(let items)? = findings.setting("influence_kinds"), items.count < 6 else { return [] }
    return items.compactMap(\.text)
  }

  private func figure() -> Figure {
    let theme = context.theme
    let narrow = context.width == .narrow
    let names = rows.map { row -> TextBlock in
      var block = TextBlock()
      block.add(
        row.name, row.isOwn ? frame.strongFont : frame.labelFont, Paint(row.isOwn ? theme.accent : theme.ink),
        width: narrow ? 130 : 220, limit: 2, in: context.measurer)
      return block
    }
    let nameWidth = names.map(\.size.width).max() ?? 0
    let left = Frame.margin + nameWidth + 14
    let wordWidth = 46.0
    let panel = (frame.width - Frame.margin - left - 28) / 2 - wordWidth
    let starts = [left, left + panel + wordWidth + 28]
    let scales = [rows.map(\.rank).max() ?? 1, rows.map(\.between).max() ?? 1]
    var marks: [Mark] = []
    var areas: [HitArea] = []
    for (start, heading) in zip(starts, ["Where it ends (PageRank)", "Where it passes (betweenness)"]) {
      var block = TextBlock()
      block.add(
        heading, Font(frame.smallFont.size, .semibold), Paint(theme.muted), width: panel + wordWidth, limit: 2,
        in: context.measurer)
      marks += block.marks(at: Point(start, frame.top), align: .start, role: .axis)
    }
    var y = frame.top + (narrow ? 40 : 26)
    let axisTop = y - 4
    for (row, name) in zip(rows, names) {
      let height = max(24, name.size.height + 6)
      var group = name.marks(
        at: Point(left - 14 - name.size.width, y + (height - name.size.height) / 2), align: .end)
      for (at, value) in [row.rank, row.between].enumerated() {
        let x = starts[at] + (scales[at] > 0 ? panel * value / scales[at] : 0)
        let colour = row.isOwn ? theme.accent : theme.neutral
        let centre = Point(x, y + height / 2)
        group.append(
          .path(
            .segment(Point(starts[at], centre.y), centre), fill: nil, stroke: Stroke(colour, width: 1.5), role: .bar))
        group.append(
          .path(
            .circle(centre, 4.5), fill: Paint(at == 0 ? colour : theme.paper), stroke: Stroke(colour, width: 1.8),
            role: .point))
        group.append(
          context.label(
            at == 0
              ? context.language.percent(value, decimals: 1) : context.language.number(value, decimals: 3),
            frame.smallFont,
            Paint(theme.ink), x: x + 9, middle: centre.y))
      }
      marks.append(.group(name: row.name, group))
      areas.append(
        HitArea(
          name: row.name,
          detail:
            "PageRank \(context.language.percent(row.rank, decimals: 1)), betweenness \(context.language.number(row.between, decimals: 3))",
          shape: .rectangle(Rect(x: Frame.margin, y: y, width: frame.width - 2 * Frame.margin, height: height)),
          target: "actor/\(row.slug)"))
      y += height
    }
    for start in starts {
      marks.insert(
        .path(.segment(Point(start, axisTop), Point(start, y)), fill: nil, stroke: Stroke(theme.faint), role: .axis),
        at: 0)
    }
    let notes = total > rows.count ? ["The \(rows.count) most central of \(total) actors."] : []
    return Figure(
      drawing: frame.drawing(marks: marks, areas: areas, bottom: y + 4, notes: notes), title: title, subtitle: subtitle,
      alt: ChainWords.shortened(title),
      description: rows.map {
        "\($0.name): PageRank \(context.language.percent($0.rank, decimals: 1)), betweenness \(context.language.number($0.between, decimals: 3))."
      },
      reading:
        "PageRank: the share that ends with an actor, if it is handed on along the flows. Betweenness: how many "
        + "of the shortest ways between others lead through it, 0 to 1. Both describe the flows as listed.",
      table: "actors")
  }
}
