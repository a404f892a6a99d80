import Formats
import Graphics
import ValueModels

/// One group: its size, and its differences from the total with intervals and both numbers.
struct SegmentFigure {
  static let rowLimit = 14

  private let context: FigureContext
  private let contents: SegmentContents
  private let group: Int
  private let rows: [ProfileRow]
  private let frame: Frame
  private let title: String
  private let subtitle: String

  static func draw(_ context: FigureContext, _ slug: String) throws(NothingToDraw) -> Figure {
    let contents = SegmentContents(context.findings)
    guard let group = contents.groups.firstIndex(where: { $0.slug == slug }) else {
      throw NothingToDraw("There is no such group.")
    }
    let figure = SegmentFigure(context, contents, group)
    guard !figure.rows.isEmpty else {
      throw NothingToDraw("\(contents.groups[group].name) is too small to be shown.")
    }
    return figure.figure()
  }

  private init(_ context: FigureContext, _ contents: SegmentContents, _ group: Int) {
    self.context = context
    self.contents = contents
    self.group = group
    rows = contents.telling(Self.rowLimit, for: group)
    let marked = SegmentWords.marked(rows, group, context.language)
    title =
      marked.isEmpty
      ? "\(contents.groups[group].name) does not stand out from the total"
      : "\(contents.groups[group].name): \(marked)"
    subtitle = "Differences from the total, with 95% intervals; the surest come first"
    frame = Frame(context, title: title, subtitle: subtitle)
  }

  private var narrow: Bool { context.width == .narrow }
  /// A column of letters, where there is room for one and a row to show for it.
  private var hasLetters: Bool { !narrow && rows.contains { $0.cells[group]?.letters.isEmpty == false } }

  private func figure() -> Figure {
    var marks: [Mark] = []
    var areas: [HitArea] = []
    var y = sizeTile(frame.top, &marks)
    for section in ProfileSection.split(rows) { y = draw(section, y, &marks, &areas) }
    let all = contents.rows.count { $0.cells[group] != nil }
    var notes = [SegmentWords.key]
    if hasLetters { notes.append(SegmentWords.lettersKey(contents, besides: group)) }
    if all > rows.count { notes.append("The table holds \(all - rows.count) more rows for this group.") }
    return Figure(
      drawing: frame.drawing(marks: marks, areas: areas, bottom: y - 12, notes: notes), title: title,
      subtitle: subtitle, alt: ChainWords.shortened(title), description: description,
      reading: "A dot to the right of the line stands above the total, to the left below.", table: "profiles")
  }

  private var description: [String] {
    var sentences: [String] = []
    let this = contents.groups[group]
    if let share = this.share, let size = this.size {
      sentences.append(
        "\(this.name) holds \(context.language.number(size)) \(context.findings.caseNoun), \(context.language.share(share)) of all."
      )
    }
    return sentences
      + rows.prefix(8).compactMap { row in
        row.cells[group].map {
          "\(row.label): \(SegmentWords.amount($0.value, row, context.language)), total \(SegmentWords.amount(row.total, row, context.language))."
        }
      }
  }

  /// Its share as a large number, with a bar of the whole it is a part of.
  private func sizeTile(_ top: Double, _ marks: inout [Mark]) -> Double {
    let this = contents.groups[group]
    guard let share = this.share else { return top }
    let theme = context.theme
    let colour = SegmentLook.colour(group, theme)
    let room = frame.width - 2 * Frame.margin
    let big = Font(30, .semibold)
    let number = context.language.share(share)
    let wide = context.measurer.measure(number, big)
    let left = Frame.margin + 14 + wide.width + 14
    var words = ["of all \(context.findings.caseNoun)"]
    if let size = this.size { words[0] += ", n = \(context.language.number(size))" }
    if let value = this.valueShare {
      words.append(
        "\(context.language.share(value)) of \(context.findings.setting("value")?.text ?? "value")")
    }
    if let stability = this.stability { words.append("stability \(context.language.number(stability, decimals: 2))") }
    let lines = context.measurer.lines(
      words.joined(separator: " · "), frame.smallFont, width: frame.width - Frame.margin - 14 - left)
    let height = max(64, 34 + Double(lines.count) * frame.smallFont.size * 1.4)
    let tile = Rect(x: Frame.margin, y: top, width: room, height: height)
    marks.append(.path(.rectangle(tile, radius: 8), fill: Paint(theme.panel), stroke: nil, role: .background))
    marks.append(context.label(number, big, Paint(colour), x: Frame.margin + 14, middle: tile.centre.y))
    let all = Rect(x: left, y: tile.y + 15, width: tile.maxX - 14 - left, height: 12)
    marks.append(.path(.rectangle(all, radius: 3), fill: Paint(theme.rule), stroke: nil, role: .bar))
    marks.append(
      .path(
        .rectangle(Rect(x: all.x, y: all.y, width: max(2, all.width * share), height: 12), radius: 3),
        fill: Paint(colour), stroke: nil, role: .bar))
    var y = all.maxY + 7
    for line in lines {
      marks.append(
        Frame.text(line, frame.smallFont, Paint(theme.ink), x: left, top: &y, role: .label, in: context))
    }
    return tile.maxY + 18
  }

  private func draw(_ section: ProfileSection, _ start: Double, _ marks: inout [Mark], _ areas: inout [HitArea])
    -> Double
  {
    let theme = context.theme
    let strong = Font(frame.smallFont.size, .semibold)
    let column = 58.0
    let right = frame.width - Frame.margin
    let label = narrow ? right - Frame.margin - 2 * column - 8 : labelWidth(context.width == .wide ? 250 : 190)
    let left = narrow ? Frame.margin : Frame.margin + label + 12
    let above = hasLetters ? 64.0 : 0
    let end = right - 2 * column - above
    let plot = ProfilePlot(section, groups: [group], left: left, right: end, context: context, frame: frame)
    var y = start
    for line in context.measurer.lines(section.heading, strong, width: (narrow ? label : end - left)) {
      marks.append(Frame.text(line, strong, Paint(theme.ink), x: left, top: &y, role: .axis, in: context))
    }
    let headings = y - frame.smallFont.size * 0.8
    for (word, x) in [("Above", right - 2 * column), ("Here", right - column), ("Total", right)]
    where hasLetters || word != "Above" {
      marks.append(
        context.label(word, strong, Paint(theme.muted), x: x, middle: headings, anchor: .end, role: .axis))
    }
    y += 2
    let words = y + 8
    y += 20
    let top = y
    var body: [Mark] = []
    for row in section.rows {
      guard let cell = row.cells[group] else { continue }
      var block = TextBlock()
      block.add(row.label, frame.labelFont, Paint(theme.ink), width: label, limit: 3, in: context.measurer)
      let height = narrow ? block.size.height + 24 : max(26, block.size.height + 10)
      let middle = narrow ? y + block.size.height + 14 : y + height / 2
      let at = narrow ? Point(left, y + 4) : Point(left - 12 - block.size.width, middle - block.size.height / 2)
      body += block.marks(at: at, align: narrow ? .start : .end, halo: narrow ? Paint(theme.paper) : nil)
      body += plot.marks(row, y: middle, spread: 0) { ($0.base ?? .infinity) < contents.smallBase }
      for (text, font, paint, x) in [
        (section.amount(cell.value, context.language), strong, Paint(theme.ink), right - column),
        (section.amount(row.total, context.language), frame.smallFont, Paint(theme.muted), right),
      ] { body.append(context.label(text, font, paint, x: x, middle: middle, anchor: .end)) }
      if hasLetters, !cell.letters.isEmpty {
        body.append(
          context.label(
            SegmentWords.letters(cell.letters), frame.smallFont, Paint(theme.muted), x: right - 2 * column,
            middle: middle, anchor: .end))
      }
      areas.append(
        HitArea(
          name: row.label,
          detail:
            "\(section.amount(cell.value, context.language)), total \(section.amount(row.total, context.language))"
            + (cell.isSignificant ? "" : ", may be chance")
            + (cell.letters.isEmpty ? "" : "; above \(contents.names(cell.letters, context.language))"),
          shape: .rectangle(Rect(x: Frame.margin, y: y, width: right - Frame.margin, height: height)),
          target: "row/profiles/\(row.variable)"))
      y += height
      body.append(
        .path(.segment(Point(Frame.margin, y), Point(right, y)), fill: nil, stroke: Stroke(theme.grid), role: .grid))
    }
    marks += plot.axis(words: words, from: top, to: y) + body
    return y + 20
  }

  /// What the widest of the rows' words takes, at most `most`.
  private func labelWidth(_ most: Double) -> Double {
    rows.reduce(60) { width, row in
      context.measurer.evenLines(row.label, frame.labelFont, width: most, limit: 3)
        .reduce(width) { max($0, context.measurer.measure($1, frame.labelFont).width) }
    }
  }
}
