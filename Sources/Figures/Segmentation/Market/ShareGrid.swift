import Formats
import Graphics

/// Hair lines across a plot with their shares beside them.
enum ShareGrid {
  static func marks(
    _ scale: LinearScale, ticks: Int, _ plot: Rect, _ frame: Frame, _ context: FigureContext
  ) -> [Mark] {
    scale.ticks(ticks).flatMap { tick -> [Mark] in
      [
        .path(
          .segment(Point(plot.x, scale(tick)), Point(plot.maxX, scale(tick))), fill: nil,
          stroke: Stroke(context.theme.grid), role: .grid),
        context.label(
          context.language.percent(tick), frame.smallFont, Paint(context.theme.muted), x: plot.x - 8,
          middle: scale(tick), anchor: .end, role: .axis),
      ]
    }
  }
}
