import Formats
import Graphics
import ValueModels

/// Customers on one line, from the most likely to respond to those who never will: how often each stretch responded,
/// what was foretold, and where contacting stops paying. Nobody stands singly: every bar is a bin of many.
struct ResponseLineFigure {
  private let context: FigureContext
  private let contents: ResponseContents
  private let frame: Frame
  private let title: String
  private let subtitle: String
  private let breakEven: Double?
  private var theme: Theme { context.theme }
  private var language: Language { context.language }

  static func draw(_ context: FigureContext) throws(NothingToDraw) -> Figure {
    let contents = ResponseContents(context.findings)
    guard contents.bins.count > 1 else { throw NothingToDraw("There is no order of customers to draw.") }
    return Self(context, contents).figure()
  }

  private init(_ context: FigureContext, _ contents: ResponseContents) {
    self.context = context
    self.contents = contents
    breakEven = contents.number("break_even")
    let held = contents.bins.reduce(0) { $0 + $1.customers }
    title = Self.title(contents, context.language)
    subtitle =
      "\(context.language.number(held)) \(contents.noun) the model had not seen, in the order it gave them; bars: the share who responded"
    frame = Frame(context, title: title, subtitle: subtitle)
  }

  private static func title(_ contents: ResponseContents, _ language: Language) -> String {
    guard let gain = contents.number("gain_top_fifth") else { return "From most likely to respond to never" }
    let first = "The first \(language.percent(0.2)) hold \(language.share(gain)) of those who respond"
    let doubts = contents.findings.cautions.map(\.id)
    if doubts.contains("calibration-level"), let rate = contents.number("holdout_rate") {
      let said = contents.bins.reduce(0) { $0 + $1.predicted * $1.customers }
      let all = contents.bins.reduce(0) { $0 + $1.customers }
      return first + ". \(language.share(rate)) responded, \(language.share(said / max(1, all))) were foretold"
    }
    guard let share = contents.number("contact_share"), let never = contents.number("never_share"),
      !doubts.contains("cut-too-early"), !doubts.contains("cut-too-late")
    else { return first }
    if share >= 1 { return first + "; contacting pays for all" }
    if share <= 0 { return first + "; contacting pays for none" }
    let beyond = "; contacting pays for \(language.share(share))"
    return never > 0 ? first + beyond + ", and never for \(language.share(never))" : first + beyond
  }

  private func figure() -> Figure {
    let narrow = context.width == .narrow
    let highest = contents.bins.map { max($0.rate, $0.predicted) }.max() ?? 0
    let side = context.measurer.measure(Self.foretold, frame.smallFont).width + 8
    let plot = ResponsePlot(
      context, frame, values: [highest, breakEven.map { min($0, 2 * highest) } ?? 0], across: (0, 1),
      height: narrow ? 190 : 250, top: frame.top + (breakEven == nil ? 30 : 46), right: side)
    var marks = plot.grid
    var areas: [HitArea] = []
    for bin in contents.bins {
      let box = Rect(
        x: plot.x(bin.from) + 0.5, y: plot.y(bin.rate), width: max(1, plot.x(bin.to) - plot.x(bin.from) - 1),
        height: max(0, plot.y(0) - plot.y(bin.rate)))
      marks.append(.path(.rectangle(box), fill: paint(bin.zone), stroke: nil, role: .bar))
      areas.append(
        HitArea(
          name: "\(language.percent(bin.from)) to \(language.percent(bin.to))",
          detail: "\(language.share(bin.rate)) of \(language.number(bin.customers)) responded, "
            + "\(language.share(bin.predicted)) foretold",
          shape: .rectangle(Rect(x: box.x - 0.5, y: plot.area.y, width: box.width + 1, height: plot.area.height)),
          target: "table/line"))
    }
    let foretold = contents.bins.map { Point(plot.x(($0.from + $0.to) / 2), plot.y($0.predicted)) }
    marks.append(
      .path(.polyline(foretold), fill: nil, stroke: Stroke(Paint(theme.ink, opacity: 0.75), width: 1.5), role: .line))

    // Above the ground, where no bar reaches: what the first fifth holds.
    let fifth = plot.x(0.2)
    if let gain = contents.number("gain_top_fifth") {
      marks.append(
        .path(
          Path([
            .move(Point(plot.area.minX, frame.top + 20)), .line(Point(plot.area.minX, frame.top + 14)),
            .line(Point(fifth, frame.top + 14)), .line(Point(fifth, frame.top + 20)),
          ]), fill: nil, stroke: Stroke(theme.muted, width: 1.25), role: .annotation))
      marks.append(
        context.label(
          "first \(language.percent(0.2)): \(language.share(gain)) of those who respond", frame.strongFont,
          Paint(theme.ink), x: fifth + 8, middle: frame.top + 15))
    }
    marks += cutMarks(plot)
    marks.append(
      context.label(
        Self.foretold, frame.smallFont, Paint(theme.ink), x: plot.area.maxX + 6,
        middle: max(plot.area.minY + 8, min(plot.area.maxY - 8, foretold[foretold.count - 1].y))))
    let foot = plot.foot([0, 0.2, 0.4, 0.6, 0.8, 1], "\(contents.noun), the most likely to respond first", &marks)
    let bottom = strip(plot, top: foot + 6, &marks)
    return Figure(
      drawing: frame.drawing(marks: marks, areas: areas, bottom: bottom, notes: [note]), title: title,
      subtitle: subtitle, alt: ChainWords.shortened("Customers in order of how likely they are to respond. " + title),
      description: description,
      reading:
        "Customers stand from the most likely to respond, left, to the least, right; each bar is the share of a bin who did."
        + (breakEven == nil ? "" : " Contacting pays while the line foretold stays above break-even."),
      table: "line")
  }

  private func paint(_ zone: String?) -> Paint {
    switch zone {
    case "never"?: Paint(theme.neutral, opacity: 0.45)
    case "perhaps"?: Paint(theme.accent, opacity: 0.45)
    default: Paint(theme.accent, opacity: 0.9)
    }
  }

  private static let foretold = "foretold"

  /// Break-even is a rule, not an estimate: with a decimal where it has one.
  private func precise(_ share: Double) -> String {
    abs(share * 100 - (share * 100).rounded()) < 0.05 ? language.share(share) : language.percent(share, decimals: 1)
  }

  /// Break-even across; where the line foretold crosses it, the cut, named at its head above all bars.
  private func cutMarks(_ plot: ResponsePlot) -> [Mark] {
    guard let breakEven else { return [] }
    var marks: [Mark] = []
    if breakEven <= plot.y.upper {
      let level = plot.y(breakEven)
      marks.append(plot.dashed(Point(plot.area.minX, level), Point(plot.area.maxX, level), theme.negative))
    }
    let share = contents.number("contact_share") ?? 0
    // With costs or margins by customer break-even is an average, and no one place cuts the line.
    let isOne = ["contact_cost", "margin"].allSatisfy { name in
      if case .text? = contents.findings.setting(name) { false } else { true }
    }
    let isCut = isOne && share > 0 && share < 1
    let at = isCut ? plot.x(share) : isOne && share >= 1 ? plot.area.maxX : plot.area.minX
    let head = plot.area.minY - 16
    if isCut {
      marks.append(
        .path(
          .segment(Point(at, head), Point(at, plot.area.maxY)), fill: nil, stroke: Stroke(theme.negative, width: 1.5),
          role: .line))
    }
    let text = "break-even \(precise(breakEven))" + (isOne ? "" : " on average")
    let width = context.measurer.measure(text, frame.smallFont).width
    let isRight = at + 6 + width <= plot.area.maxX
    marks.append(
      context.label(
        text, frame.smallFont, Paint(theme.negative), x: isRight ? at + 6 : at - 6, middle: head + 5,
        anchor: isRight ? .start : .end))
    return marks
  }

  /// The line itself: one strip, cut at break-even into named zones, or into fifths with what each holds.
  private func strip(_ plot: ResponsePlot, top: Double, _ marks: inout [Mark]) -> Double {
    let height = 20.0
    let zones = self.zones
    var x = plot.area.minX
    var labels: [(text: String, centre: Double, font: Font)] = []
    for zone in zones {
      let width = zone.share * plot.area.width
      marks.append(
        .path(
          .rectangle(Rect(x: x, y: top, width: max(0.5, width - 1.5), height: height)), fill: zone.paint, stroke: nil,
          role: .band))
      labels.append((zone.text, x + width / 2, frame.strongFont))
      x += width
    }
    // Beneath the strip, each under its own stretch; one that finds no room on the first row moves to the next.
    var ends: [Double] = []
    let low = plot.area.minX
    for label in labels {
      let width = context.measurer.measure(label.text, label.font).width
      let left = max(low, min(plot.area.maxX - width, label.centre - width / 2))
      var row = 0
      while row < ends.count, ends[row] + 10 > left { row += 1 }
      if row == ends.count { ends.append(0) }
      ends[row] = left + width
      marks.append(
        context.label(
          label.text, label.font, Paint(theme.ink), x: left, middle: top + height + 13 + 18 * Double(row)))
    }
    return top + height + 18 * Double(max(1, ends.count)) + 4
  }

  private var zones: [(text: String, share: Double, paint: Paint)] {
    let never = contents.number("never_share") ?? 0
    guard let contact = contents.number("contact_share") else {
      let total = contents.tenths.reduce(0) { $0 + $1.responders }
      guard contents.tenths.count == 10, total > 0 else { return [("all", 1, paint(nil))] }
      return (0..<5).map { fifth in
        let held = contents.tenths[2 * fifth].responders + contents.tenths[2 * fifth + 1].responders
        let text = language.share(held / total) + (fifth == 0 && context.width != .narrow ? " of responders" : "")
        return (text, 0.2, Paint(theme.accent, opacity: 0.9 - 0.18 * Double(fifth)))
      }
    }
    let all = [
      ("contact", contact, paint("contact")), ("perhaps", max(0, 1 - contact - never), paint("perhaps")),
      ("never", never, paint("never")),
    ]
    return all.filter { $0.1 > 0.0005 }.map { ("\($0.0) \(language.share($0.1))", $0.1, $0.2) }
  }

  private var note: String {
    var text = ""
    if breakEven != nil {
      text =
        "Contact: the probability foretold reaches break-even, cost over margin. Never: its upper limit (95%) does not, nor "
        + "does that of the share observed there. Perhaps: between the two, worth a test."
    } else if contents.tenths.count == 10 {
      text = "Beneath: the share of all who responded in each fifth."
    }
    return text
  }

  private var description: [String] {
    var lines = contents.tenths.map { tenth in
      "\(language.percent(tenth.from)) to \(language.percent(tenth.to)): \(language.share(tenth.rate)) responded, "
        + "\(language.share(tenth.predicted)) foretold."
    }
    if let breakEven {
      lines.append(
        "Break-even at \(precise(breakEven)): " + zones.map(\.text).joined(separator: ", ") + ".")
    }
    return lines
  }
}
