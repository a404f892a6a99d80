import Graphics

/// The groups' names above their dots of the first row, joined by thin leaders; in one row as a key where there is no room.
enum GroupNames {
  /// - Parameter position: Where a group's dot will stand, y counted from the value returned.
  /// - Returns: y below the names and leaders.
  static func place(
    _ groups: [Int], _ contents: SegmentContents, at position: (Int) -> Point?, left: Double, right: Double,
    top: Double, _ frame: Frame, _ context: FigureContext, _ marks: inout [Mark]
  ) -> Double {
    let font = Font(frame.smallFont.size, .semibold)
    let shown = groups.compactMap { group in position(group).map { (group: group, x: $0.x, y: $0.y) } }.sorted {
      $0.x < $1.x
    }
    let blocks = shown.map { entry -> TextBlock in
      var block = TextBlock()
      block.add(
        contents.groups[entry.group].name, font, Paint(SegmentLook.colour(entry.group, context.theme)),
        width: (right - left) / Double(max(1, shown.count)) - 14, limit: 3, in: context.measurer)
      return block
    }
    let high = blocks.map(\.size.height).max() ?? 0
    // Names as near to their dots as they can stand side by side.
    var steps: [Double] = []
    for index in blocks.indices {
      let before =
        index == 0 ? 0 : steps[index - 1] + (blocks[index - 1].size.width + blocks[index].size.width) / 2 + 12
      steps.append(before)
    }
    let wanted = zip(shown, steps).map { $0.x - $1 }
    let fitted = RowSettling.isotonic(wanted, Array(repeating: 1, count: wanted.count))
    let least = left + (blocks.first?.size.width ?? 0) / 2
    let most = right - (blocks.last?.size.width ?? 0) / 2 - (steps.last ?? 0)
    for (index, entry) in shown.enumerated() {
      let x = max(least, min(most, fitted[index])) + steps[index]
      let block = blocks[index]
      marks += block.marks(
        at: Point(x - block.size.width / 2, top + high - block.size.height), align: .middle,
        halo: Paint(context.theme.paper))
      marks.append(
        .path(
          .polyline([Point(x, top + high + 2), Point(entry.x, top + high + 12 + entry.y - 6)]), fill: nil,
          stroke: Stroke(SegmentLook.colour(entry.group, context.theme), width: 1), role: .leader))
    }
    return top + high + 12
  }
}
