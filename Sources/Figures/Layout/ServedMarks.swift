import Graphics
import ValueModels

/// Marks the names of segments that the study serves: a line in the accent's colour under them, within their own room, and a sentence at
/// the foot that says what it means.
struct ServedMarks {
  private let names: [String]
  private let theme: Theme

  init(_ context: FigureContext) {
    names = context.served
    theme = context.theme
  }

  /// The lines under names, to be painted over the marks; none where nothing served is named.
  func lines(under marks: [Mark]) -> [Mark] {
    guard !names.isEmpty else { return [] }
    var found: [Mark] = []
    for mark in marks { visit(mark, within: nil, &found) }
    return found
  }

  static func note(_ count: Int) -> String { "Underlined: \(count == 1 ? "the segment" : "segments") we serve." }

  private func visit(_ mark: Mark, within group: String?, _ found: inout [Mark]) {
    switch mark {
    case .group(let name, let inner):
      let served = names.contains(name) ? name : group
      for mark in inner { visit(mark, within: served, &found) }
    case .text(let run, let box, let role):
      guard [.label, .legend, .axis].contains(role), run.rotation == 0 else { return }
      // A long name stands on several lines, each a part of it.
      let isPart = group.map { $0.contains(run.text) && run.text.count > 2 } ?? false
      guard names.contains(run.text) || isPart else { return }
      let y = min(box.maxY - 1, run.at.y + 3)
      found.append(
        .path(
          .segment(Point(box.x, y), Point(box.maxX, y)), fill: nil, stroke: Stroke(theme.accent, width: 2),
          role: .annotation))
    case .path: break
    }
  }
}
