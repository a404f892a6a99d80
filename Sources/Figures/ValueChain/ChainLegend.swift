import Graphics

/// One row, or as few as it takes: a sample of each kind's line with its word.
enum ChainLegend {
  static func marks(
    _ contents: ChainContents, _ values: FlowValues, _ frame: Frame, _ context: FigureContext
  ) -> (marks: [Mark], bottom: Double) {
    let theme = context.theme
    let font = frame.smallFont
    let right = frame.width - Frame.margin
    var marks: [Mark] = []
    var x = Frame.margin
    var y = frame.top + 8
    func entry(_ word: String, sample: (Point) -> [Mark]) {
      let width = 30 + context.measurer.measure(word, font).width
      if x > Frame.margin, x + width > right {
        x = Frame.margin
        y += font.size * 1.6
      }
      let text = context.measurer.lines(word, font, width: right - x - 30, limit: 1).first ?? word
      marks.append(
        .group(
          name: word,
          sample(Point(x, y)) + [context.label(text, font, Paint(theme.ink), x: x + 30, middle: y, role: .legend)]))
      x += width + 18
    }
    let changes = FlowChange.allCases.filter { change in contents.flows.contains { $0.change == change } }
    for change in changes {
      entry(ChainWords.legend(change)) { at in
        [
          .path(
            .segment(at, Point(at.x + 24, at.y)), fill: nil,
            stroke: Stroke(FlowStyle.colour(change, theme), width: 3, dash: FlowStyle.dash(change)), role: .legend)
        ]
      }
    }
    for kind in BandKind.allCases where changes.isEmpty && contents.flows.contains(where: { $0.kind == kind }) {
      let colour = FlowStyle.colour(kind, theme)
      entry(values.legend(kind)) { at in
        [
          .path(
            .segment(at, Point(at.x + 24, at.y)), fill: nil,
            stroke: Stroke(colour, width: 3, dash: FlowStyle.dash(kind)), role: .legend)
        ]
      }
    }
    if contents.flows.contains(where: \.isUnreciprocated) {
      entry("nothing comes back") { at in
        [
          .path(
            .segment(at, Point(at.x + 16, at.y)), fill: nil, stroke: Stroke(theme.neutral, width: 2), role: .legend),
          BandPainter.head(
            tip: Point(at.x + 24, at.y), heading: Point(1, 0), width: 2, colour: theme.neutral, open: true, theme),
        ]
      }
    }
    return (marks, y + 10)
  }
}
