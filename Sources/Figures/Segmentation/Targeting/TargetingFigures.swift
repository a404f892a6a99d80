import Graphics
import ValueModels

/// The figures of targeting.
enum TargetingFigures {
  static func offered(_ findings: Findings) -> [FigureKind] {
    guard let table = findings.table("segments"), !table.rows.isEmpty else { return [] }
    return [
      FigureKind("grid", caption: "Attractiveness of the segments and our strength in them") {
        context throws(NothingToDraw) in
        try TargetingGrid(context).figure
      }
    ]
  }
}
