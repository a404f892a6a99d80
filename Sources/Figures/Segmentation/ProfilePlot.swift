import Formats
import Graphics

/// Draws one section of a profile: rows of dots on a scale of differences from the total, with their intervals.
struct ProfilePlot {
  let section: ProfileSection
  let groups: [Int]
  let context: FigureContext
  let frame: Frame
  let scale: LinearScale
  let ticks: [Double]

  /// - Parameters:
  ///   - left, right: px, the room of the scale.
  init(
    _ section: ProfileSection, groups: [Int], left: Double, right: Double, context: FigureContext, frame: Frame,
    extent: (lower: Double, upper: Double)? = nil
  ) {
    self.section = section
    self.groups = groups
    self.context = context
    self.frame = frame
    let (low, high) = extent ?? section.extent(groups)
    let pad = (high - low) * 0.04
    let scale = LinearScale(low - pad, high + pad, start: left + 7, end: right - 7)
    self.scale = scale
    // As many ticks as have room for their words.
    var ticks: [Double] = [0]
    for wanted in [7, 5, 4, 3, 2] {
      let some = niceTicks(low - pad, high + pad, wanted)
      let widths = some.map { context.measurer.measure(section.tick($0, context.language), frame.smallFont).width }
      let positions = some.map(scale.callAsFunction)
      let clear = some.indices.dropFirst().allSatisfy {
        positions[$0] - positions[$0 - 1] > (widths[$0] + widths[$0 - 1]) / 2 + 10
      }
      if clear, some.contains(0) {
        ticks = some
        break
      }
    }
    if ticks.count == 1 {
      // Where even few words collide, the farthest tick that stands clear of 0 tells the scale.
      let zero = context.measurer.measure(section.tick(0, context.language), frame.smallFont).width
      let some = niceTicks(low - pad, high + pad, 4).filter { tick in
        let width = context.measurer.measure(section.tick(tick, context.language), frame.smallFont).width
        let x = scale(tick)
        return tick != 0 && abs(x - scale(0)) > (width + zero) / 2 + 5 && x - width / 2 >= left - 3
          && x + width / 2 <= right + 3
      }
      if let farthest = some.max(by: { abs($0) < abs($1) }) { ticks = [0, farthest].sorted() }
    }
    self.ticks = ticks
  }

  /// Grid lines and the words of the scale, the words' middle at `y`.
  func axis(words y: Double, from top: Double, to bottom: Double) -> [Mark] {
    let theme = context.theme
    return ticks.flatMap { tick -> [Mark] in
      let x = scale(tick)
      return [
        .path(
          .segment(Point(x, top), Point(x, bottom)), fill: nil,
          stroke: Stroke(tick == 0 ? theme.faint : theme.grid, width: tick == 0 ? 1.25 : 1), role: .grid),
        context.label(
          section.tick(tick, context.language), frame.smallFont, Paint(theme.muted), x: x, middle: y, anchor: .middle,
          role: .axis),
      ]
    }
  }

  /// Where a group's dot of a row stands when the row's middle is at `y`.
  func place(_ row: ProfileRow, _ group: Int, _ y: Double, spread: Double) -> Point? {
    guard let cell = row.cells[group], let rank = groups.firstIndex(of: group) else { return nil }
    let offset = (Double(rank) - Double(groups.count - 1) / 2) * spread
    return Point(scale(section.difference(cell.value, row)), y + offset)
  }

  func marks(_ row: ProfileRow, y: Double, spread: Double, small: (ProfileRow.Cell) -> Bool) -> [Mark] {
    var bars: [Mark] = []
    var dots: [Mark] = []
    for group in groups {
      guard let cell = row.cells[group], let at = place(row, group, y, spread: spread) else { continue }
      let colour = SegmentLook.colour(group, context.theme)
      if let ends = section.interval(cell, row) {
        let (a, b) = (min(scale.start, scale.end), max(scale.start, scale.end))
        let x0 = max(a, min(b, scale(ends.lower)))
        let x1 = max(a, min(b, scale(ends.upper)))
        bars.append(
          .path(
            .segment(Point(x0, at.y), Point(x1, at.y)), fill: nil,
            stroke: Stroke(Paint(colour, opacity: 0.6), width: 2),
            role: .region))
      }
      dots.append(
        SegmentLook.mark(group, at: at, 4.5, filled: cell.isSignificant && !small(cell), context.theme))
    }
    return bars + dots
  }
}
