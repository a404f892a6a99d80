import Formats
import Graphics
import ValueModels

/// What speaks for each number of segments: a small panel a criterion, the number taken marked in each.
struct CriteriaFigure {
  private struct Panel {
    var name: String
    var hint: String
    var points: [(k: Double, value: Double, error: Double?)]
  }

  private let context: FigureContext
  private let panels: [Panel]
  /// Of mixtures.
  private let families: CriteriaFamilies?
  private let taken: Double?
  private let frame: Frame
  private let title: String
  private let subtitle = "Each number of segments tried, by what can speak for it"

  static func draw(_ context: FigureContext) throws(NothingToDraw) -> Figure {
    let figure = CriteriaFigure(context)
    guard !figure.panels.isEmpty || figure.families != nil else {
      throw NothingToDraw("Only one number of segments was tried, so there is nothing to compare.")
    }
    return figure.figure()
  }

  static func hasPanels(_ findings: Findings) -> Bool { !panels(findings).isEmpty }

  private init(_ context: FigureContext) {
    self.context = context
    families = CriteriaFamilies(context)
    panels = Self.panels(context.findings)
    let table = context.findings.table("criteria")
    let ks = table?.numbers("segments") ?? []
    let flags = table?.values("taken") ?? []
    taken = zip(ks, flags).first { $1 == .truth(true) }?.0 ?? context.findings.number("segments")
    title = Self.title(context, taken)
    frame = Frame(context, title: title, subtitle: subtitle)
  }

  private static func title(_ context: FigureContext, _ taken: Double?) -> String {
    guard let taken else { return "How many segments?" }
    let number = context.language.number(taken)
    switch context.findings.fact("criterion")?.text {
    case "given"?: return "\(number) segments, as asked for"
    case "silhouette"?: return "\(number) segments: the largest average silhouette"
    case "gap"?: return "\(number) segments: what the gap statistic takes"
    case "replicable"?: return "\(number) segments: the most that random halves agree on"
    case "bic"?: return "\(number) segments: the least BIC"
    default: return "\(number) segments were taken"
    }
  }

  private static func panels(_ findings: Findings) -> [Panel] {
    guard let table = findings.table("criteria") else { return [] }
    let ks = table.numbers("segments")
    let errors = table.numbers("gap_se")
    let known = [
      ("silhouette", "Average silhouette", "higher: clearer groups"),
      ("gap", "Gap statistic, ± 1 standard error", "higher: clearer than chance"),
      ("calinski_harabasz", "Caliński–Harabasz index", "higher: farther apart"),
      ("bic", "BIC", "lower: better balance"), ("sabic", "SABIC", "lower: better balance"),
      ("aic", "AIC", "lower: better balance"), ("icl", "ICL", "lower: better balance, segments apart"),
      ("entropy", "Entropy R²", "higher: fewer people between segments"),
      ("split_half", "Agreement of halves (adjusted Rand)", "1: two halves give the same segments"),
      ("caic", "CAIC", "lower: better balance, stricter"), ("cost", "Cost", "falls always: look for a bend"),
      ("within_ss", "Sum of squares within", "falls always: look for a bend"),
    ]
    let hasFamilies = table.columns.contains { $0.name.hasPrefix("bic_") }
    let panels = known.compactMap { column, name, hint -> Panel? in
      // Those of mixtures stand in a panel of their own, and of the kinds of BIC the others say little more.
      if hasFamilies, ["bic", "aic"].contains(column) { return nil }
      let values = table.numbers(column)
      let points = values.indices.compactMap { row -> (k: Double, value: Double, error: Double?)? in
        guard let k = ks[row], let value = values[row] else { return nil }
        return (k, value, column == "gap" && errors.indices.contains(row) ? errors[row] : nil)
      }.sorted { $0.k < $1.k }
      return points.count > 1 ? Panel(name: name, hint: hint, points: points) : nil
    }
    return panels + merges(findings, ks.compactMap { $0 })
  }

  /// Heights at which Ward's tree would join *k* segments into one fewer.
  private static func merges(_ findings: Findings, _ ks: [Double]) -> [Panel] {
    guard let table = findings.table("merges") else { return [] }
    let heights = table.numbers("height").compactMap { $0 }
    let points = ks.sorted().compactMap { k -> (k: Double, value: Double, error: Double?)? in
      let at = heights.count - Int(k) + 1
      return heights.indices.contains(at) ? (k, heights[at], nil) : nil
    }
    guard points.count > 1 else { return [] }
    return [Panel(name: "Height of the next merge", hint: "high: one segment fewer costs much", points: points)]
  }

  private func figure() -> Figure {
    let columns = context.width == .narrow ? 1 : context.width == .wide ? min(4, panels.count) : min(2, panels.count)
    let gap = 32.0
    let width = (frame.width - 2 * Frame.margin - gap * Double(columns - 1)) / Double(columns)
    let height = context.width == .narrow ? 150.0 : 160
    var marks: [Mark] = []
    var areas: [HitArea] = []
    var y = frame.top
    if let families {
      let box = Rect(
        x: Frame.margin, y: y, width: frame.width - 2 * Frame.margin, height: context.width == .narrow ? 240 : 260)
      let end = families.draw(frame, in: box, &marks)
      areas.append(
        HitArea(
          name: "BIC by family", detail: families.words,
          shape: .rectangle(Rect(x: box.x, y: y, width: box.width, height: end - y)), target: "table/criteria"))
      y = end + 20
    }
    for start in stride(from: 0, to: panels.count, by: columns) {
      var bottom = y
      for column in 0..<columns where start + column < panels.count {
        let x = Frame.margin + Double(column) * (width + gap)
        let box = Rect(x: x, y: y, width: width, height: height)
        let end = draw(panels[start + column], in: box, &marks)
        areas.append(
          HitArea(
            name: panels[start + column].name, detail: words(panels[start + column]),
            shape: .rectangle(Rect(x: x, y: y, width: width, height: end - y)), target: "table/criteria"))
        bottom = max(bottom, end)
      }
      y = bottom + 20
    }
    var notes: [String] = []
    if let reason = context.findings.fact("reason")?.text, !context.findings.method.summary.contains(reason) {
      notes.append("Rule: " + reason + ".")
    }
    return Figure(
      drawing: frame.drawing(marks: marks, areas: areas, bottom: y - 14, notes: notes), title: title,
      subtitle: subtitle, alt: ChainWords.shortened("Criteria for the number of segments. " + title),
      description: (families.map { ["BIC by family: \($0.words)."] } ?? [])
        + panels.map { "\($0.name): \(words($0))." }
        + [context.findings.fact("reason")?.text].compactMap { $0 },
      reading: "The marked number was taken. Criteria may disagree; none of them is a proof.", table: "criteria")
  }

  private func words(_ panel: Panel) -> String {
    panel.points.map { "\(context.language.number($0.k)) segments \(context.language.number($0.value))" }
      .joined(separator: ", ")
  }

  private func draw(_ panel: Panel, in box: Rect, _ marks: inout [Mark]) -> Double {
    let theme = context.theme
    var y = box.y
    for line in context.measurer.lines(panel.name, frame.strongFont, width: box.width) {
      marks.append(Frame.text(line, frame.strongFont, Paint(theme.ink), x: box.x, top: &y, role: .axis, in: context))
    }
    for line in context.measurer.lines(panel.hint, frame.smallFont, width: box.width) {
      marks.append(Frame.text(line, frame.smallFont, Paint(theme.muted), x: box.x, top: &y, role: .axis, in: context))
    }
    let low = panel.points.map { $0.value - ($0.error ?? 0) }.min() ?? 0
    let high = panel.points.map { $0.value + ($0.error ?? 0) }.max() ?? 1
    let pad = max((high - low) * 0.16, 1e-9)
    let top = y + 18
    let bottom = top + box.height - 40
    // Where the lowest was taken, its words stand below the line.
    let isLowest = panel.points.contains { $0.k == taken && $0.value <= low + (high - low) * 0.1 }
    let least = low - pad * (isLowest && panel.points.count > 2 ? 2.6 : 1)
    let vertical = LinearScale(least, high + pad, start: bottom, end: top)
    let ticks = niceTicks(least, high + pad, 4)
    // As many decimals at every tick as the finest of them needs.
    let step = ticks.count > 1 ? (ticks[1] - ticks[0]) * 1.000_001 : 1
    let decimals: Int? = step >= 1 ? nil : step >= 0.1 ? 1 : step >= 0.01 ? 2 : step >= 0.001 ? 3 : nil
    let texts = ticks.map { context.language.number($0, decimals: decimals) }
    let gutter = texts.map { context.measurer.measure($0, frame.smallFont).width }.max() ?? 0
    let left = box.x + gutter + 10
    let across = LinearScale(
      panel.points[0].k, panel.points[panel.points.count - 1].k, start: left + 10, end: box.maxX - 12)
    for (tick, text) in zip(ticks, texts) {
      marks.append(
        .path(
          .segment(Point(left, vertical(tick)), Point(box.maxX, vertical(tick))), fill: nil, stroke: Stroke(theme.grid),
          role: .grid))
      marks.append(
        context.label(
          text, frame.smallFont, Paint(theme.muted), x: left - 6, middle: vertical(tick), anchor: .end, role: .axis))
    }
    for point in panel.points {
      let isTaken = point.k == taken
      marks.append(
        context.label(
          context.language.number(point.k), isTaken ? frame.strongFont : frame.smallFont,
          Paint(isTaken ? theme.accent : theme.muted), x: across(point.k), middle: bottom + 12, anchor: .middle,
          role: .axis))
    }
    marks.append(
      .path(
        .polyline(panel.points.map { Point(across($0.k), vertical($0.value)) }), fill: nil,
        stroke: Stroke(theme.neutral, width: 1.75), role: .line))
    for point in panel.points {
      let at = Point(across(point.k), vertical(point.value))
      let isTaken = point.k == taken
      if let error = point.error {
        marks.append(
          .path(
            .segment(Point(at.x, vertical(point.value - error)), Point(at.x, vertical(point.value + error))), fill: nil,
            stroke: Stroke(isTaken ? theme.accent : theme.neutral, width: 1.5), role: .region))
      }
      marks.append(
        .path(
          .circle(at, isTaken ? 5.5 : 3.5), fill: Paint(isTaken ? theme.accent : theme.neutral),
          stroke: Stroke(theme.paper, width: 1.5), role: .point))
    }
    if let point = panel.points.first(where: { $0.k == taken }) {
      let line = panel.points.map { Point(across($0.k), vertical($0.value)) }
      let reach = abs(vertical(point.value) - vertical(point.value + (point.error ?? 0)))
      marks.append(
        takenLabel(
          "\(context.language.number(point.value)) taken", at: Point(across(point.k), vertical(point.value)),
          reach: reach,
          line, in: Rect(x: left, y: top - 18, width: box.maxX - left, height: bottom - top + 18)))
    }
    return bottom + 22
  }

  /// The words at the number taken: above its dot, or where the line leaves room for them.
  private func takenLabel(_ text: String, at dot: Point, reach: Double, _ line: [Point], in room: Rect) -> Mark {
    let font = Font(frame.smallFont.size, .semibold)
    let extent = context.measurer.measure(text, font)
    let half = extent.width / 2
    let x = max(room.x + half, min(room.maxX - half, dot.x))
    let places = [
      Point(x, dot.y - reach - 15), Point(x, dot.y + reach + 15), Point(dot.x + half + 10, dot.y),
      Point(dot.x - half - 10, dot.y), Point(x, dot.y - reach - 28),
    ]
    func isFree(_ at: Point) -> Bool {
      let box = Rect(x: at.x - half - 1, y: at.y - extent.height / 2, width: extent.width + 2, height: extent.height)
      guard room.contains(box) else { return false }
      for (a, b) in zip(line, line.dropFirst()) {
        for step in 0...24 where box.inset(by: -5).contains(a + (b - a) * (Double(step) / 24)) { return false }
      }
      return true
    }
    let place = places.first(where: isFree) ?? places[0]
    return context.label(
      text, font, Paint(context.theme.accent), x: place.x, middle: place.y, anchor: .middle, halo: true)
  }
}
