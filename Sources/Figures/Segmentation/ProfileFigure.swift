import Formats
import Graphics
import ValueModels

/// All groups side by side: how far each stands from the total, row by row, the most telling rows only.
struct ProfileFigure {
  static let rowLimit = 16

  let context: FigureContext
  let contents: SegmentContents
  let rows: [ProfileRow]
  let sections: [ProfileSection]
  let title: String
  let subtitle: String
  let frame: Frame
  /// Groups that may be shown.
  let groups: [Int]

  static func draw(_ context: FigureContext) throws(NothingToDraw) -> Figure {
    let contents = SegmentContents(context.findings)
    let figure = ProfileFigure(context, contents)
    guard !figure.rows.isEmpty, !figure.groups.isEmpty else {
      throw NothingToDraw("No variable has values in groups large enough to be shown.")
    }
    return figure.figure()
  }

  private init(_ context: FigureContext, _ contents: SegmentContents) {
    self.context = context
    self.contents = contents
    rows = contents.telling(Self.rowLimit)
    sections = ProfileSection.split(rows)
    groups = contents.groups.indices.filter { group in contents.rows.contains { $0.cells[group] != nil } }
    title = SegmentWords.profileTitle(contents, rows, context.language)
    subtitle =
      "Differences of \(groups.count) groups from the total, with 95% intervals; the rows that tell them apart most come first"
    frame = Frame(context, title: title, subtitle: subtitle)
  }

  private func figure() -> Figure {
    var marks: [Mark] = []
    var areas: [HitArea] = []
    let bottom = groups.count > 4 ? panels(&marks, &areas) : together(&marks, &areas)
    var notes = [SegmentWords.key]
    let rest = contents.rows.count - rows.count
    if rest > 0 { notes.append("The table holds \(rest) more \(rest == 1 ? "row" : "rows").") }
    return Figure(
      drawing: frame.drawing(marks: marks, areas: areas, bottom: bottom, notes: notes), title: title,
      subtitle: subtitle, alt: ChainWords.shortened("Profile of \(groups.count) groups. " + title),
      description: SegmentWords.profileDescription(contents, rows, groups, context.language),
      reading:
        "A dot to the right of the line stands above the total, to the left below. Rows at the top tell the groups apart most.",
      table: "profiles")
  }

  private var narrow: Bool { context.width == .narrow }
  /// Where the scales begin; on narrow pages words stand above their row instead.
  private var labelWidth: Double {
    if narrow { return 0 }
    let most = context.width == .wide ? 250.0 : 190
    return rows.reduce(60) { width, row in
      context.measurer.evenLines(row.label, frame.labelFont, width: most, limit: 3)
        .reduce(width) { max($0, context.measurer.measure($1, frame.labelFont).width) }
    }
  }
  private var totalWidth: Double { 56 }

  // MARK: Up to four groups on one scale

  private func together(_ marks: inout [Mark], _ areas: inout [HitArea]) -> Double {
    let spread = groups.count > 1 ? 6.5 : 0
    let left = Frame.margin + labelWidth + (narrow ? 0 : 10)
    let right = frame.width - Frame.margin - totalWidth
    var y = frame.top
    for (index, section) in sections.enumerated() {
      let plot = ProfilePlot(section, groups: groups, left: left, right: right, context: context, frame: frame)
      y = heading(section, left, y, &marks)
      let words = y + 8
      y += 20
      let top = y
      var body: [Mark] = []
      for (rank, row) in section.rows.enumerated() {
        let block = rowLabel(row)
        let high = Double(groups.count - 1) * spread + 14
        let start = y
        // On narrow pages the row's own words come first, then the groups' names, then the dots.
        if narrow { y += block.size.height + 4 }
        if rank == 0, index == 0 {
          let dots = narrow ? high / 2 : max(block.size.height + 10, high + 8) / 2
          y = GroupNames.place(
            groups, contents, at: { plot.place(row, $0, dots, spread: spread) }, left: left,
            right: frame.width - Frame.margin, top: y + 2, frame, context, &body)
        }
        let height = narrow ? high + 4 : max(block.size.height + 10, high + 8)
        let middle = narrow ? y + high / 2 : y + height / 2
        let at =
          narrow
          ? Point(Frame.margin, start + 2)
          : Point(Frame.margin + labelWidth - block.size.width, middle - block.size.height / 2)
        body += block.marks(at: at, align: narrow ? .start : .end, halo: narrow ? Paint(context.theme.paper) : nil)
        body.append(total(row, section, narrow ? start + 2 + block.size.height / 2 : middle))
        body += plot.marks(row, y: middle, spread: spread) { ($0.base ?? .infinity) < contents.smallBase }
        areas.append(
          area(row, section, Rect(x: Frame.margin, y: y, width: frame.width - 2 * Frame.margin, height: height)))
        y += height
        body.append(rule(y))
      }
      marks += plot.axis(words: words, from: top, to: y) + body
      y += 18
    }
    return y - 14
  }

  // MARK: More groups, a column each

  private func panels(_ marks: inout [Mark], _ areas: inout [HitArea]) -> Double {
    let perBlock = narrow ? 4 : 8
    var y = frame.top
    let blocks = (groups.count + perBlock - 1) / perBlock
    let size = (groups.count + blocks - 1) / blocks
    for block in 0..<blocks {
      let members = Array(groups[(block * size)..<min(groups.count, (block + 1) * size)])
      for section in sections { y = panelRow(section, members, y, &marks, &areas) }
    }
    return y - 10
  }

  private func panelRow(
    _ section: ProfileSection, _ members: [Int], _ start: Double, _ marks: inout [Mark], _ areas: inout [HitArea]
  ) -> Double {
    let label = narrow ? 112.0 : labelWidth
    let left = Frame.margin + label + 10
    let width = (frame.width - Frame.margin - left) / Double(members.count)
    var y = heading(section, Frame.margin, start, &marks)
    let extent = section.extent(groups)
    let names = members.map { group -> TextBlock in
      var block = TextBlock()
      block.add(
        contents.groups[group].name, Font(frame.smallFont.size, .semibold),
        Paint(SegmentLook.colour(group, context.theme)), width: width - 8, limit: 4, in: context.measurer)
      return block
    }
    let high = names.map(\.size.height).max() ?? 0
    for (column, block) in names.enumerated() {
      let x = left + (Double(column) + 0.5) * width - block.size.width / 2
      marks += block.marks(at: Point(x, y + high - block.size.height), align: .middle)
    }
    y += high + 4
    let words = y + 8
    y += 20
    let top = y
    let plots = members.enumerated().map { column, group in
      ProfilePlot(
        section, groups: [group], left: left + Double(column) * width + 3, right: left + Double(column + 1) * width - 3,
        context: context, frame: frame, extent: extent)
    }
    var body: [Mark] = []
    for row in section.rows {
      let block = rowLabel(row, width: label)
      let height = max(22, block.size.height + 8)
      body += block.marks(
        at: Point(Frame.margin + label - block.size.width, y + (height - block.size.height) / 2), align: .end)
      for plot in plots {
        body += plot.marks(row, y: y + height / 2, spread: 0) { ($0.base ?? .infinity) < contents.smallBase }
      }
      areas.append(
        area(row, section, Rect(x: Frame.margin, y: y, width: frame.width - 2 * Frame.margin, height: height)))
      y += height
      body.append(rule(y))
    }
    for plot in plots { marks += plot.axis(words: words, from: top, to: y) }
    marks += body
    return y + 20
  }

  // MARK: Parts

  private func heading(_ section: ProfileSection, _ left: Double, _ y: Double, _ marks: inout [Mark]) -> Double {
    var y = y
    let font = Font(frame.smallFont.size, .semibold)
    for line in context.measurer.lines(section.heading, font, width: frame.width - left - Frame.margin - totalWidth) {
      marks.append(Frame.text(line, font, Paint(context.theme.ink), x: left, top: &y, role: .axis, in: context))
    }
    if groups.count <= 4 {
      var same = y - frame.smallFont.size * 1.35
      marks.append(
        Frame.text(
          "Total", font, Paint(context.theme.muted), x: frame.width - Frame.margin, top: &same, anchor: .end,
          role: .axis,
          in: context))
    }
    return y + 2
  }

  private func rowLabel(_ row: ProfileRow, width: Double? = nil) -> TextBlock {
    var block = TextBlock()
    let room = width ?? (narrow ? frame.width - 2 * Frame.margin - totalWidth - 8 : labelWidth)
    block.add(row.label, frame.labelFont, Paint(context.theme.ink), width: room, limit: 3, in: context.measurer)
    return block
  }

  private func total(_ row: ProfileRow, _ section: ProfileSection, _ y: Double) -> Mark {
    context.label(
      section.amount(row.total, context.language), frame.smallFont, Paint(context.theme.muted),
      x: frame.width - Frame.margin, middle: y, anchor: .end)
  }

  private func rule(_ y: Double) -> Mark {
    .path(
      .segment(Point(Frame.margin, y), Point(frame.width - Frame.margin, y)), fill: nil,
      stroke: Stroke(context.theme.grid), role: .grid)
  }

  private func area(_ row: ProfileRow, _ section: ProfileSection, _ rect: Rect) -> HitArea {
    let parts = groups.compactMap { group in
      row.cells[group].map { "\(contents.groups[group].name) \(section.amount($0.value, context.language))" }
    }
    return HitArea(
      name: row.label,
      detail: parts.joined(separator: ", ") + "; total \(section.amount(row.total, context.language))",
      shape: .rectangle(rect), target: "row/profiles/\(row.variable)")
  }
}
