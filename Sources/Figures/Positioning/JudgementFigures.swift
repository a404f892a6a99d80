import Graphics
import ValueModels

/// The figures of a judged map.
package enum JudgementFigures {
  /// `map` where there are brands, `gap` where the map was compared with a measured one.
  package static func offered(_ findings: Findings) -> [FigureKind] {
    var kinds: [FigureKind] = []
    if let brands = findings.table("brands"), !brands.rows.isEmpty {
      kinds.append(FigureKind("map", caption: "Where the judges put the brands", draw: drawMap))
    }
    if let gap = findings.table("gap"), !gap.rows.isEmpty {
      kinds.append(FigureKind("gap", caption: "How far judgement is off", draw: drawGap))
    }
    return kinds
  }

  /// "2 judges"
  static func judges(_ context: FigureContext) -> String {
    let count = context.findings.number("judges") ?? 0
    return "\(context.language.number(count)) \(count == 1 ? "judge" : "judges")"
  }

  static func label(_ name: String) -> String { name.contains(" ") ? name : name.replacing("_", with: " ") }

  /// The brands as judged, on the judges' own axes, with the spread between three judges or more.
  @Sendable package static func drawMap(_ context: FigureContext) throws(NothingToDraw) -> Figure {
    let picture = try JudgedMap(context)
    return picture.figure
  }

  /// Arrows from the judged to the measured place of each brand.
  @Sendable package static func drawGap(_ context: FigureContext) throws(NothingToDraw) -> Figure {
    let picture = try JudgementGap(context)
    return picture.figure
  }
}
