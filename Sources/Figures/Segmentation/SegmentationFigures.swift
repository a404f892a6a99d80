import ValueModels

/// The figures of groups that have something to draw.
enum SegmentationFigures {
  /// Of groups found: sizes first.
  static func found(_ findings: Findings) -> [FigureKind] {
    let contents = SegmentContents(findings)
    var kinds = sizes(contents) + profile(contents) + classes(findings)
    if SegmentMapFigure.hasPlaces(findings) {
      kinds.append(
        FigureKind("map", caption: "Where the groups lie") { context throws(NothingToDraw) in
          try SegmentMapFigure.draw(context)
        })
    }
    if CriteriaFigure.hasPanels(findings) {
      kinds.append(
        FigureKind("criteria", caption: "What speaks for each number of segments") { context throws(NothingToDraw) in
          try CriteriaFigure.draw(context)
        })
    }
    return kinds + typing(findings) + single(contents)
  }

  /// Of groups in the data: the profile first.
  static func given(_ findings: Findings) -> [FigureKind] {
    let contents = SegmentContents(findings)
    return profile(contents) + sizes(contents) + typing(findings) + single(contents)
  }

  private static func typing(_ findings: Findings) -> [FigureKind] {
    guard TypingFigure.isOffered(findings) else { return [] }
    return [
      FigureKind("typing", caption: "How well few questions tell the group") { context throws(NothingToDraw) in
        try TypingFigure.draw(context)
      }
    ]
  }

  private static func sizes(_ contents: SegmentContents) -> [FigureKind] {
    guard contents.groups.contains(where: { $0.share != nil }) else { return [] }
    return [
      FigureKind("sizes", caption: "How large the groups are") { context throws(NothingToDraw) in
        try SizesFigure.draw(context)
      }
    ]
  }

  private static func profile(_ contents: SegmentContents) -> [FigureKind] {
    guard contents.rows.contains(where: { row in row.cells.contains { $0 != nil } }) else { return [] }
    return [
      FigureKind("profile", caption: "How the groups differ from the total") { context throws(NothingToDraw) in
        try ProfileFigure.draw(context)
      }
    ]
  }

  private static func classes(_ findings: Findings) -> [FigureKind] {
    guard ClassesFigure.hasRows(findings) else { return [] }
    return [
      FigureKind("classes", caption: "How probable each answer is in each segment") {
        context throws(NothingToDraw) in try ClassesFigure.draw(context)
      }
    ]
  }

  private static func single(_ contents: SegmentContents) -> [FigureKind] {
    contents.groups.enumerated().compactMap { index, group in
      guard contents.rows.contains(where: { $0.cells[index] != nil }) else { return nil }
      let slug = group.slug
      return FigureKind("profile-\(slug)", caption: "How \(group.name) differs from the total") {
        context throws(NothingToDraw) in
        try SegmentFigure.draw(context, slug)
      }
    }
  }
}
