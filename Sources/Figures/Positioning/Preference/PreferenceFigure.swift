import Graphics
import ValueModels

/// `preference`: the map with what segments and persons prefer in a second layer.
enum PreferenceFigure {
  static func isOffered(_ findings: Findings) -> Bool {
    guard let table = findings.table("preferences") else { return false }
    return table.numbers("x").contains { $0 != nil } || findings.table("demand") != nil
  }

  @Sendable static func draw(_ context: FigureContext) throws(NothingToDraw) -> Figure {
    let findings = context.findings.onPreferencePlaces
    var context = context
    context.findings = findings
    var map = try PerceptualMap(findings)
    let contents = PreferenceContents(findings)
    guard !map.isLine, !contents.rows.isEmpty || contents.demand != nil else {
      throw NothingToDraw("No preference has a place on the map.")
    }
    // The map figure shows how sure the brands' places are; here they would hide the second layer.
    for i in map.brands.indices { map.brands[i].region = nil }
    map.overlay = overlay(map, contents, context)
    let words = PreferenceWords(map, contents, context.language)
    let frame = Frame(context, title: words.title, subtitle: words.subtitle)
    let layout = PerceptualMapFigures.bestLayout(map, words.map, context, frame)
    let painter = PerceptualMapPainter(map: map, layout: layout, context: context, frame: frame)
    let (key, bottom) = painter.key(below: layout.plot.maxY)
    let contours = contents.demand.map { PreferenceContours($0, layout, context.theme).marks } ?? []
    let drawing = frame.drawing(
      marks: contours + painter.marks + key, areas: painter.areas(words.map), bottom: bottom,
      notes: words.notes(layout.factors))
    return Figure(
      drawing: drawing, title: words.title, subtitle: words.subtitle, alt: words.alt, description: words.description,
      reading: words.reading, table: "preferences")
  }

  static func isInternal(_ findings: Findings) -> Bool {
    findings.setting("preference")?.entry("model") == .text("internal")
  }

  private static func overlay(
    _ map: PerceptualMap, _ contents: PreferenceContents, _ context: FigureContext
  ) -> [MapOverlay] {
    let reach = map.brands.reduce(0) { max($0, ($1.x * $1.x + $1.y * $1.y).squareRoot()) }
    var found: [MapOverlay] = []
    for row in contents.rows {
      let words = PreferenceWords.detail(row, context.language)
      if row.isArrow {
        guard let direction = row.direction else { continue }
        let length = reach * max(0.15, max(0, row.rSquared).squareRoot())
        found.append(
          MapOverlay(
            name: row.segment, label: row.label, x: direction.x * length, y: direction.y * length,
            shape: .arrow(isDashed: row.kind != "vector"), isFaint: !row.isSignificant, detail: words))
      } else {
        found.append(
          MapOverlay(
            name: row.segment, label: row.label, x: row.x, y: row.y,
            shape: row.kind == "ideal" ? .ideal : row.kind == "saddle" ? .saddle : .antiIdeal,
            isFaint: !row.isSignificant, detail: words))
      }
    }
    guard let demand = contents.demand else { return found }
    return found + notes(demand, map, context)
  }

  /// A name for the longest line of each level, where it is farthest from the brands.
  private static func notes(_ demand: DemandGrid, _ map: PerceptualMap, _ context: FigureContext) -> [MapOverlay] {
    var taken: [(x: Double, y: Double)] = map.brands.map { ($0.x, $0.y) }
    return demand.levels.compactMap { level in
      let lines = demand.lines(at: level.value)
      guard
        let line = lines.enumerated().max(by: {
          ($0.element.points.count, -$0.offset) < ($1.element.points.count, -$1.offset)
        })?
        .element
      else { return nil }
      func room(_ point: (x: Double, y: Double)) -> Double {
        taken.reduce(.infinity) { min($0, ($1.x - point.x) * ($1.x - point.x) + ($1.y - point.y) * ($1.y - point.y)) }
      }
      let rooms = line.points.map(room)
      let best = rooms.indices.max { (rooms[$0], -$0) < (rooms[$1], -$1) } ?? 0
      let point = line.points[best]
      taken.append(point)
      return MapOverlay(
        name: "contours", label: context.language.percent(level.share), x: point.x, y: point.y, shape: .note,
        isFaint: false,
        detail: "")
    }
  }
}

extension Findings {
  /// These findings with the brands where preferences alone place them, if that was asked for; else as they are.
  fileprivate var onPreferencePlaces: Findings {
    guard PreferenceFigure.isInternal(self), var brands = table("internal_brands"),
      var dimensions = table("internal_dimensions")
    else { return self }
    var shown = self
    (brands.name, dimensions.name) = ("brands", "dimensions")
    shown.tables = [brands, dimensions] + ["preferences", "demand"].compactMap { table($0) }
    shown.facts.removeAll { ["p_value", "stress", "resamples"].contains($0.name) }
    shown.cautions.removeAll { $0.id == "no-structure" }
    shown.method.settings.removeAll { ["method", "scaling", "rotation", "focus"].contains($0.name) }
    shown.method.settings.append(Method.NamedSetting("method", .text("principal-components")))
    shown.method.summary =
      "Internal preference map (MDPREF): principal components of preferences, each person's centred"
    if let persons = fact("preference_base") {
      shown.facts.removeAll { $0.name == "base" }
      shown.facts.append(Fact("base", persons, .integer))
      shown.method.settings.removeAll { $0.name == "base_of" }
      shown.method.settings.append(Method.NamedSetting("base_of", .text("persons")))
    }
    return shown
  }
}

/// Light lines under the map.
struct PreferenceContours {
  private let demand: DemandGrid
  private let layout: PerceptualMapLayout
  private let theme: Theme

  init(_ demand: DemandGrid, _ layout: PerceptualMapLayout, _ theme: Theme) {
    (self.demand, self.layout, self.theme) = (demand, layout, theme)
  }

  var marks: [Mark] {
    let ink = theme.hues[3 % max(1, theme.hues.count)]
    let factor = layout.factors.brands
    var found: [Mark] = []
    for (at, level) in demand.levels.enumerated() {
      let strength = 0.25 + 0.35 * Double(at + 1) / Double(demand.levels.count)
      for line in demand.lines(at: level.value) {
        let points = line.points.map { layout.projection($0.x * factor, $0.y * factor) }
          .filter { layout.plot.inset(by: -0.5).contains(Rect(x: $0.x, y: $0.y, width: 0, height: 0)) }
        guard points.count > 1 else { continue }
        let isClosed = line.isClosed && points.count == line.points.count
        found.append(
          .path(
            .polyline(points, closed: isClosed), fill: isClosed ? Paint(ink, opacity: 0.05) : nil,
            stroke: Stroke(Paint(ink, opacity: strength), width: 1.1), role: .band))
      }
    }
    return found.isEmpty ? [] : [.group(name: "contours", found)]
  }
}
