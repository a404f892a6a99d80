import Formats
import Graphics
import ValueModels

/// Segments on the grid of attractiveness and our strength: discs by size, the chosen in the accent's colour, with the reach that other
/// weights would give them.
struct TargetingGrid {
  private typealias LabelSegment = Segment

  struct Target {
    var name: String
    var slug: String
    var strength: Double
    var attractiveness: Double
    var cell: String
    var isChosen: Bool
    var chosenIn: Double
    var share: Double?
    /// Least and greatest strength and attractiveness under other weights.
    var reach: (x: (Double, Double), y: (Double, Double))?
    /// Standard deviations between judges.
    var spread: (x: Double, y: Double)?
  }

  private let context: FigureContext
  private let segments: [Target]
  private let scale: (Double, Double)
  private let cuts: (strength: [Double], attractiveness: [Double])
  private var language: Language { context.language }

  init(_ context: FigureContext) throws(NothingToDraw) {
    self.context = context
    let findings = context.findings
    guard let table = findings.table("segments") else { throw NothingToDraw("There are no segments.") }
    scale = Self.pair(findings.setting("scale")) ?? (1, 5)
    cuts = (Self.cuts(findings, "strength"), Self.cuts(findings, "attractiveness"))
    let texts = ["segment", "slug", "cell"].map { table.texts($0) }
    let names = [
      "strength", "attractiveness", "chosen_in", "share", "strength_least", "strength_greatest", "attractiveness_least",
      "attractiveness_greatest", "strength_sd", "attractiveness_sd",
    ]
    let numbers = names.map { table.numbers($0) }
    let chosen = table.values("chosen")
    segments = table.rows.indices.compactMap { row in
      func number(_ at: Int) -> Double? { row < numbers[at].count ? numbers[at][row] : nil }
      func text(_ at: Int) -> String { row < texts[at].count ? texts[at][row] : "" }
      guard let x = number(0), let y = number(1), x.isFinite, y.isFinite else { return nil }
      var segment = Target(
        name: text(0), slug: text(1), strength: x, attractiveness: y, cell: text(2),
        isChosen: row < chosen.count && chosen[row] == .truth(true), chosenIn: number(2) ?? 0, share: number(3))
      if let a = number(4), let b = number(5), let c = number(6), let d = number(7) { segment.reach = ((a, b), (c, d)) }
      if let a = number(8), let b = number(9) { segment.spread = (a, b) }
      return segment
    }
    guard !segments.isEmpty else { throw NothingToDraw("No segment has a place on the grid.") }
  }

  private static func pair(_ setting: SettingValue?) -> (Double, Double)? {
    guard case .list(let items)? = setting, items.count == 2 else { return nil }
    let numbers = items.compactMap { if case .number(let value) = $0 { value } else { nil } }
    return numbers.count == 2 && numbers[0] < numbers[1] ? (numbers[0], numbers[1]) : nil
  }

  private static func cuts(_ findings: Findings, _ side: String) -> [Double] {
    guard case .map(let sides)? = findings.setting("cuts"),
      case .list(let items)? = sides.first(where: { $0.name == side })?.value
    else { return [] }
    return items.compactMap { if case .number(let value) = $0 { value } else { nil } }
  }

  // MARK: Words

  private var chosen: [Target] { segments.filter(\.isChosen) }

  private var title: String {
    let names = chosen.map(\.name)
    guard !names.isEmpty else { return "No segment comes up to the rule" }
    let are = names.count == 1 ? "is" : "are"
    let doubtful = chosen.filter { $0.chosenIn < 0.95 }
    if names.count > 4 {
      return "\(language.number(Double(names.count))) of \(language.number(Double(segments.count))) segments are chosen"
    }
    if doubtful.isEmpty { return "\(language.list(names)) \(are) chosen, however the criteria are weighed" }
    return "\(language.list(names)) \(are) chosen; for \(language.list(doubtful.map(\.name))) it depends on the weights"
  }

  private var subtitle: String {
    let judges = context.findings.number("judges")
    var who = ""
    if context.findings.isJudgement {
      who = judges.map { "Judgement of \(language.number($0)) \($0 == 1 ? "judge" : "judges"). " } ?? "Judgement. "
    }
    return who + "Weighted scores from \(language.number(scale.0)) to \(language.number(scale.1))"
      + (hasShares ? "; discs by share of respondents" : "")
  }

  private var hasShares: Bool { segments.contains { $0.share != nil } }

  private func label(_ segment: Target) -> String {
    segment.chosenIn > 0.05 && segment.chosenIn < 0.95
      ? "\(segment.name) (\(language.percent(segment.chosenIn)))" : segment.name
  }

  private var notes: [String] {
    var vary = 0.5
    if case .number(let value)? = context.findings.setting("vary") { vary = value }
    let range = "±" + language.percent(vary)
    var notes = ["Filled: chosen. Thin lines: as far as a segment can move when weights vary by \(range)."]
    if segments.contains(where: { $0.spread != nil }) {
      notes.append("Pale areas: one standard deviation between judges.")
    }
    if segments.contains(where: { label($0) != $0.name }) {
      notes.append("In brackets: how often a segment is chosen under such weights.")
    }
    return [notes.joined(separator: " ")]
  }

  private func detail(_ segment: Target) -> String {
    var text =
      "attractiveness \(language.number(segment.attractiveness, decimals: 2)), our strength \(language.number(segment.strength, decimals: 2)); \(segment.cell); "
    text += segment.isChosen ? "chosen" : "not chosen"
    text += ", under other weights in \(language.share(segment.chosenIn)) of the draws"
    if let share = segment.share { text += "; \(language.share(share)) of respondents" }
    return text
  }

  // MARK: Picture

  var figure: Figure {
    let frame = Frame(context, title: title, subtitle: subtitle)
    let narrow = context.width == .narrow
    let left = Frame.margin + 34
    let width = context.width.pixels - Frame.margin - left
    let plot = Rect(x: left, y: frame.top + 26, width: width, height: narrow ? width * 1.05 : min(width * 0.72, 520))
    // Half a unit of air, so that a disc on the edge of the scale stands whole.
    let air = (scale.1 - scale.0) * 0.06
    let x = LinearScale(scale.0 - air, scale.1 + air, start: plot.x, end: plot.maxX)
    let y = LinearScale(scale.0 - air, scale.1 + air, start: plot.maxY, end: plot.y)
    let largest = segments.compactMap(\.share).max() ?? 1
    var lines: [Mark] = []
    var obstacles = LabelObstacles()
    var dots: [NamedDots.Dot] = []
    for segment in segments {
      let at = Point(x(segment.strength), y(segment.attractiveness))
      let radius = segment.share.map { max(5, (narrow ? 16 : 22) * ($0 / largest).squareRoot()) } ?? 8
      let colour = segment.isChosen ? context.theme.accent : context.theme.neutral
      if let spread = segment.spread {
        let (a, b) = (x(segment.strength + spread.x) - at.x, at.y - y(segment.attractiveness + spread.y))
        if max(a, b) > 0.5 {
          // Where judges differ on one side only, the area is a band.
          lines.append(
            .path(
              .ellipse(centre: at, a: max(a, 4), b: max(b, 4)), fill: Paint(colour, opacity: 0.2), stroke: nil,
              role: .region))
        }
      }
      if let reach = segment.reach {
        for (a, b) in [
          (Point(x(reach.x.0), at.y), Point(x(reach.x.1), at.y)),
          (Point(at.x, y(reach.y.0)), Point(at.x, y(reach.y.1))),
        ] {
          obstacles.segments.append(.init(a, b))
          lines.append(
            .path(.segment(a, b), fill: nil, stroke: Stroke(Paint(colour, opacity: 0.9), width: 1.2), role: .line))
        }
      }
      dots.append(
        .init(
          name: segment.name, label: label(segment), at: at, radius: radius, isOwn: segment.isChosen,
          isOpen: !segment.isChosen))
    }
    let cells = cellMarks(frame, x, y, avoiding: dots, obstacles.segments)
    // Names keep off the lines as off other names.
    obstacles.boxes =
      cells.boxes
      + obstacles.segments.map { line in
        Rect(
          x: min(line.start.x, line.end.x) - 1, y: min(line.start.y, line.end.y) - 1,
          width: abs(line.start.x - line.end.x) + 2, height: abs(line.start.y - line.end.y) + 2)
      }
    let named = NamedDots(dots, context, obstacles, within: plot)
    var notes = notes
    if !named.unnamed.isEmpty { notes.append("In the crowd, not named: \(named.unnamed.joined(separator: ", ")).") }
    let drawing = frame.drawing(
      marks: cells.grounds + lines + cells.names + axes(frame, plot, x, y) + named.marks,
      areas: zip(segments, dots).map { segment, dot in
        HitArea(
          name: segment.name, detail: detail(segment), shape: .circle(centre: dot.at, radius: max(12, dot.radius)),
          target: "segment/\(segment.slug)")
      }, bottom: plot.maxY + 40, notes: notes)
    return Figure(
      drawing: drawing, title: title, subtitle: subtitle,
      alt: shortened("Grid of \(segments.count) segments: \(title)", to: 150),
      description: segments.map { "\($0.name): \(detail($0))." },
      reading:
        "Up: worth more. Right: we are stronger. The cells say what usually follows; they do not decide it.",
      table: "segments")
  }

  private func bounds(_ cuts: [Double], _ scale: LinearScale) -> [Double] {
    [scale.start] + cuts.map { scale($0) } + [scale.end]
  }

  /// The cells' grounds and names.
  private func cellMarks(
    _ frame: Frame, _ x: LinearScale, _ y: LinearScale, avoiding dots: [NamedDots.Dot], _ lines: [LabelSegment]
  ) -> (grounds: [Mark], names: [Mark], boxes: [Rect]) {
    let theme = context.theme
    let (xs, ys) = (bounds(cuts.strength, x), bounds(cuts.attractiveness, y))
    let count = ys.count - 1
    var grounds: [Mark] = []
    var names: [Mark] = []
    var boxes: [Rect] = []
    for row in 0..<count {
      for column in 0..<(xs.count - 1) {
        let cell = Rect(
          x: xs[column], y: ys[row + 1], width: xs[column + 1] - xs[column], height: ys[row] - ys[row + 1])
        let level = row + column
        let top = count == 3 ? 3 : 2
        let paint =
          level >= top
          ? Paint(theme.accent, opacity: 0.1) : level == top - 1 ? Paint(theme.neutral, opacity: 0.08) : nil
        if let paint { grounds.append(.path(.rectangle(cell), fill: paint, stroke: nil, role: .region)) }
        grounds.append(.path(.rectangle(cell), fill: nil, stroke: Stroke(theme.rule), role: .grid))
        let font = Font(11, level >= top ? .medium : .regular)
        var block = TextBlock()
        block.add(
          targetingCell(attractiveness: row, strength: column, of: count), font, Paint(theme.muted),
          width: cell.width - 14,
          limit: 2, in: context.measurer)
        let spot = place(block.size, in: cell, dots, lines)
        boxes.append(spot)
        names += block.marks(at: Point(spot.x, spot.y), align: .start, role: .annotation)
      }
    }
    return (grounds, names, boxes)
  }

  /// The corner of a cell in which its name covers the least: the upper left where that is free.
  private func place(_ size: Size, in cell: Rect, _ dots: [NamedDots.Dot], _ lines: [LabelSegment]) -> Rect {
    let (left, right) = (cell.x + 7, cell.maxX - 7 - size.width)
    let (top, bottom) = (cell.y + 6, cell.maxY - 6 - size.height)
    let corners = [(left, top), (right, top), (left, bottom), (right, bottom)].map {
      Rect(x: $0.0, y: $0.1, width: size.width, height: size.height)
    }
    func hits(_ rect: Rect) -> Int {
      let air = rect.inset(by: -3)
      let covered = dots.count { dot in
        air.overlaps(
          Rect(x: dot.at.x - dot.radius, y: dot.at.y - dot.radius, width: 2 * dot.radius, height: 2 * dot.radius))
      }
      let crossed = lines.count { line in
        air.overlaps(
          Rect(
            x: min(line.start.x, line.end.x) - 1, y: min(line.start.y, line.end.y) - 1,
            width: abs(line.start.x - line.end.x) + 2, height: abs(line.start.y - line.end.y) + 2))
      }
      return 3 * covered + crossed
    }
    return corners.enumerated().min { (hits($0.element), $0.offset) < (hits($1.element), $1.offset) }?.element ?? cell
  }

  private func axes(_ frame: Frame, _ plot: Rect, _ x: LinearScale, _ y: LinearScale) -> [Mark] {
    let theme = context.theme
    var marks: [Mark] = []
    for tick in niceTicks(scale.0, scale.1, 5) {
      marks.append(
        context.label(
          language.number(tick), frame.smallFont, Paint(theme.muted), x: x(tick), middle: plot.maxY + 12,
          anchor: .middle, role: .axis))
      marks.append(
        context.label(
          language.number(tick), frame.smallFont, Paint(theme.muted), x: plot.x - 8, middle: y(tick), anchor: .end,
          role: .axis))
    }
    marks.append(
      context.label(
        "Attractiveness ↑", frame.strongFont, Paint(theme.muted), x: Frame.margin, middle: plot.y - 13, role: .axis))
    marks.append(
      context.label(
        "Our strength →", frame.strongFont, Paint(theme.muted), x: plot.maxX, middle: plot.maxY + 29, anchor: .end,
        role: .axis))
    return marks
  }
}
