import Graphics
import ValueModels

/// The figures of markets: where volume flows, and who has how much of it.
enum MarketFigures {
  static func flows(_ findings: Findings) -> [FigureKind] {
    guard let table = findings.table("flows"), !table.rows.isEmpty else { return [] }
    return [
      FigureKind("flow", caption: "Where the volume flows, and where it is decided") { context throws(NothingToDraw) in
        try MarketFlowFigure(context).figure
      }
    ]
  }

  static func shares(_ findings: Findings) -> [FigureKind] {
    guard let table = findings.table("standing"), !table.rows.isEmpty else { return [] }
    var kinds = [
      FigureKind("shares", caption: "Shares of the market") { context throws(NothingToDraw) in
        try MarketSharesFigure(context).figure
      }
    ]
    if table.numbers("growth").contains(where: { $0 != nil }) {
      kinds.append(
        FigureKind("growth", caption: "Share of the market and growth") { context throws(NothingToDraw) in
          try MarketGrowthFigure(context).figure
        })
    }
    return kinds
  }
}
