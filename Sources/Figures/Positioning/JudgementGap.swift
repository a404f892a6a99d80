import Graphics
import ValueModels

/// The judged map laid over the measured one: an arrow a brand.
struct JudgementGap {
  struct Row {
    var name: String
    var judged: (x: Double, y: Double)
    var measured: (x: Double, y: Double)
    var distance: Double
    var relative: Double
  }

  let rows: [Row]
  private let context: FigureContext
  private let own: String?

  init(_ context: FigureContext) throws(NothingToDraw) {
    self.context = context
    own = context.findings.setting("own")?.text
    guard let table = context.findings.table("gap") else { throw NothingToDraw("The map was not compared.") }
    let columns = ["x", "y", "measured_x", "measured_y", "distance", "relative"].map { table.numbers($0) }
    rows = table.texts("brand").enumerated().compactMap { at, name in
      let values = columns.compactMap { at < $0.count ? $0[at] : nil }
      guard values.count == columns.count, values.allSatisfy(\.isFinite) else { return nil }
      return Row(
        name: name, judged: (values[0], values[1]), measured: (values[2], values[3]), distance: values[4],
        relative: values[5])
    }
    guard !rows.isEmpty else { throw NothingToDraw("No brand stands on both maps.") }
  }

  private var byDistance: [Row] {
    rows.enumerated().sorted { (-$0.element.distance, $0.offset) < (-$1.element.distance, $1.offset) }.map(\.element)
  }

  private var title: String {
    let probability = context.findings.number("congruence_p") ?? 1
    guard probability <= 0.05 else { return "The judges' map and the measured one hardly agree" }
    let first = byDistance.first.map { JudgementFigures.label($0.name) } ?? ""
    return "The judges see the market much as buyers do, and \(first) least so"
  }

  private var subtitle: String {
    let language = context.language
    var text = "Judgement of \(JudgementFigures.judges(context)) laid over the measured map"
    if let congruence = context.findings.number("congruence") {
      text += "; congruence \(language.number(congruence, decimals: 2))"
      if let p = context.findings.number("congruence_p") {
        text +=
          p < 0.001 ? " (p < \(language.number(0.001, decimals: 3)))" : " (p = \(language.number(p, decimals: 3)))"
      }
    }
    return text
  }

  var figure: Figure {
    let language = context.language
    let frame = Frame(context, title: title, subtitle: subtitle)
    let narrow = context.width == .narrow
    let all = rows.flatMap { [$0.judged, $0.measured] }
    let (minX, maxX) = (all.map(\.x).min() ?? 0, all.map(\.x).max() ?? 0)
    let (minY, maxY) = (all.map(\.y).min() ?? 0, all.map(\.y).max() ?? 0)
    let width = context.width.pixels - 2 * Frame.margin
    let inner = width - (narrow ? 60 : 120)
    let ratio = maxX > minX ? (maxY - minY) / (maxX - minX) : 1
    let height = max(min(inner * ratio + 60, narrow ? width * 1.4 : min(width * 0.9, 620)), width * 0.45).rounded()
    let plot = Rect(x: Frame.margin, y: frame.top, width: width, height: height)
    let projection = MapProjection(
      minX: minX, maxX: maxX, minY: minY, maxY: maxY,
      into: Rect(x: plot.x + (narrow ? 30 : 60), y: plot.y + 26, width: inner, height: height - 52))
    let judged = rows.map { projection($0.judged.x, $0.judged.y) }
    let measured = rows.map { projection($0.measured.x, $0.measured.y) }
    var dots: [NamedDots.Dot] = []
    for (at, row) in rows.enumerated() {
      let isOwn = row.name == own
      let way = measured[at] - judged[at]
      dots.append(
        NamedDots.Dot(
          name: row.name, label: JudgementFigures.label(row.name), at: measured[at], radius: 4.5, isOwn: isOwn,
          direction: way.length > 6 ? way : nil))
      dots.append(
        NamedDots.Dot(
          name: row.name, label: "", at: judged[at], radius: 3.5, isOwn: isOwn, isOpen: true, isNamed: false))
    }
    let segments = zip(judged, measured).map { Segment($0, $1) }
    let named = NamedDots(dots, context, LabelObstacles(segments: segments), within: plot)
    let arrows = rows.indices.compactMap { arrow(judged[$0], measured[$0], rows[$0].name) }
    var notes = [
      "Rings: where the judges put a brand. Dots: where the data put it. The judged map was turned, mirrored and stretched "
        + "to lie as close as it can."
    ]
    if !named.unnamed.isEmpty { notes.append("In the crowd, not named: \(named.unnamed.joined(separator: ", ")).") }
    let drawing = frame.drawing(
      marks: arrows + named.marks,
      areas: rows.indices.map { at in
        HitArea(
          name: JudgementFigures.label(rows[at].name),
          detail: "\(JudgementFigures.label(rows[at].name)): \(language.number(rows[at].distance, decimals: 2)) off, "
            + "\(language.percent(rows[at].relative)) of the map's spread",
          shape: .circle(centre: measured[at], radius: 12), target: "row/brands/\(rows[at].name)")
      }, bottom: plot.maxY, notes: notes)
    let most = byDistance.prefix(3).map { JudgementFigures.label($0.name) }
    let least = byDistance.last.map { JudgementFigures.label($0.name) } ?? ""
    return Figure(
      drawing: drawing, title: title, subtitle: subtitle, alt: shortened("Judged against measured: \(title)", to: 150),
      description: ["Farthest off: \(language.list(most)). Closest: \(least)."],
      reading:
        "The longer a line, the farther the judges are from what the data show. Left and right, above and below mean"
        + " nothing here.", table: "gap")
  }

  /// From the edge of the ring to the edge of the dot, with a head where there is room.
  private func arrow(_ from: Point, _ to: Point, _ name: String) -> Mark? {
    let way = to - from
    guard way.length > 9 else { return nil }
    let unit = way * (1 / way.length)
    let (start, tip) = (from + unit * 3.5, to - unit * 5)
    let colour = name == own ? context.theme.accent : context.theme.hues[1]
    let length = (tip - start).length
    let head = min(7, length * 0.6)
    let base = tip - unit * head
    let side = Point(-unit.y, unit.x) * (head * 0.4)
    return .group(
      name: name,
      [
        .path(.segment(start, base), fill: nil, stroke: Stroke(Paint(colour, opacity: 0.8), width: 1.4), role: .vector),
        .path(
          .polyline([tip, base + side, base - side], closed: true), fill: Paint(colour, opacity: 0.8), stroke: nil,
          role: .vector),
      ])
  }
}
