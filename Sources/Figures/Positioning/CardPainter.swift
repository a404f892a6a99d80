import Graphics

/// One card: the segment and the base at its head, the promise large, the slots in rows, and the claim's place beside.
struct CardPainter {
  private let card: PositioningCard
  private let context: FigureContext
  private let frame: Frame
  private let inset: CardInset?
  private let narrow: Bool

  init(
    _ card: PositioningCard, _ context: FigureContext, _ frame: Frame,
    _ places: [(brand: String, x: Double, y: Double)]
  ) {
    self.card = card
    self.context = context
    self.frame = frame
    narrow = context.width == .narrow
    inset = card.claim.flatMap { CardInset(places, $0, alternative: card.alternative, context) }
  }

  private static let padding = 20.0

  /// The marks, ground first, and the card's height.
  func marks(top: Double) -> ([Mark], height: Double) {
    let theme = context.theme
    let width = frame.width - 2 * Frame.margin
    let inner = Rect(
      x: Frame.margin + Self.padding + 4, y: top + Self.padding - 4, width: width - 2 * Self.padding - 4, height: 0)
    let mapWidth = narrow ? inner.width : 216.0
    let textWidth = inset == nil || narrow ? inner.width : inner.width - mapWidth - 28
    var marks: [Mark] = []
    var y = inner.y
    marks += head(inner, textWidth, &y)
    y += 6
    marks += promise(inner.x, textWidth, &y)
    y += 10
    marks += slots(inner.x, textWidth, &y)
    if let inset {
      let mapTop = narrow ? y + 12 : inner.y + 2
      let left = narrow ? inner.x : inner.maxX - mapWidth
      let room = Rect(x: left, y: mapTop, width: mapWidth, height: narrow ? 190 : 176)
      let (drawn, bottom) = inset.marks(room, frame)
      marks += drawn
      y = max(y, bottom)
    }
    let height = (y + Self.padding - 6 - top).rounded(.up)
    let box = Rect(x: Frame.margin, y: top, width: width, height: height)
    let ground: [Mark] = [
      .path(.rectangle(box, radius: 8), fill: Paint(theme.paper), stroke: Stroke(theme.rule, width: 1), role: .node),
      .path(
        .rectangle(Rect(x: box.x, y: box.y + 14, width: 4, height: height - 28), radius: 2), fill: Paint(theme.accent),
        stroke: nil, role: .frame),
    ]
    return (ground + marks, height)
  }

  /// The segment on the left, the base with its mark on the right; below each other where they do not fit.
  private func head(_ inner: Rect, _ width: Double, _ y: inout Double) -> [Mark] {
    let theme = context.theme
    let badge = baseWidth
    let beside = width - badge - 16
    var marks: [Mark] = []
    let font = Font(narrow ? 13 : 14, .semibold)
    let fits = beside > 0 && context.measurer.measure(JudgementFigures.label(card.segment), font).width <= beside
    let start = y
    for line in context.measurer.lines(
      JudgementFigures.label(card.segment), font, width: fits ? beside : width, limit: 2)
    {
      marks.append(Frame.text(line, font, Paint(theme.accent), x: inner.x, top: &y, role: .legend, in: context))
    }
    let height = context.measurer.measure("X", frame.smallFont).height
    if fits {
      marks += base(right: inner.x + width, middle: start + context.measurer.measure("X", font).height / 2)
    } else if badge > 0 {
      marks += base(right: inner.x + badge, middle: y + height / 2 + 2)
      y += height + 4
    }
    return marks
  }

  /// The promise large, and below it who promises it as what.
  private func promise(_ x: Double, _ width: Double, _ y: inout Double) -> [Mark] {
    let theme = context.theme
    let font = Font(narrow ? 17 : 20, .semibold, italic: card.benefit.isEmpty)
    let text =
      card.benefit.isEmpty ? "No promise stated" : card.benefit.prefix(1).uppercased() + card.benefit.dropFirst()
    let ink = card.benefit.isEmpty ? theme.negative : theme.ink
    var marks = context.measurer.lines(text, font, width: width, limit: 3).map {
      Frame.text($0, font, Paint(ink), x: x, top: &y, role: .label, in: context)
    }
    let line = [JudgementFigures.label(card.brand), card.category].filter { !$0.isEmpty }.joined(separator: ", ")
    y += 2
    marks += context.measurer.lines(line, frame.labelFont, width: width, limit: 2).map {
      Frame.text($0, frame.labelFont, Paint(theme.muted), x: x, top: &y, role: .label, in: context)
    }
    return marks
  }

  private func slots(_ x: Double, _ width: Double, _ y: inout Double) -> [Mark] {
    let theme = context.theme
    let wordWidth = (card.rows.map { context.measurer.measure($0.word, frame.smallFont).width }.max() ?? 0) + 14
    var marks: [Mark] = []
    for (at, row) in card.rows.enumerated() {
      if at > 0 { y += 4 }
      let isEmpty = row.text.isEmpty
      let font = Font(frame.labelFont.size, .regular, italic: isEmpty)
      let text = isEmpty ? "not stated" : row.text
      let middle = y + context.measurer.measure("X", font).height / 2
      marks.append(context.label(row.word, frame.smallFont, Paint(theme.muted), x: x, middle: middle, role: .legend))
      for line in context.measurer.lines(text, font, width: max(40, width - wordWidth), limit: 4) {
        marks.append(
          Frame.text(
            line, font, Paint(isEmpty ? theme.negative : theme.ink), x: x + wordWidth, top: &y, role: .label,
            in: context))
      }
    }
    return marks
  }

  // MARK: The base

  private static let sign = 11.0

  private var baseWidth: Double {
    card.bases.reduce(0) { $0 + Self.sign + 6 + context.measurer.measure($1, frame.smallFont).width }
      + 12 * Double(max(0, card.bases.count - 1))
  }

  /// A shape of its own and a word for each base: a square works, a diamond says who one is, a ring is felt.
  private func base(right: Double, middle: Double) -> [Mark] {
    var x = right - baseWidth
    let half = Self.sign / 2
    var marks: [Mark] = []
    for name in card.bases {
      let centre = Point(x + half, middle)
      let colour = context.theme.hues[name == "functional" ? 0 : name == "symbolic" ? 3 : 2]
      switch name {
      case "functional":
        marks.append(
          .path(
            .rectangle(Rect(x: x + 1, y: middle - half + 1, width: 9, height: 9), radius: 1.5), fill: Paint(colour),
            stroke: nil, role: .legend))
      case "symbolic":
        let corners = [
          Point(centre.x, middle - half), Point(x + Self.sign, middle), Point(centre.x, middle + half),
          Point(x, middle),
        ]
        marks.append(.path(.polyline(corners, closed: true), fill: Paint(colour), stroke: nil, role: .legend))
      default:
        marks.append(.path(.circle(centre, 4), fill: nil, stroke: Stroke(colour, width: 2.4), role: .legend))
      }
      x += Self.sign + 6
      marks.append(
        context.label(name, frame.smallFont, Paint(context.theme.muted), x: x, middle: middle, role: .legend))
      x += context.measurer.measure(name, frame.smallFont).width + 12
    }
    return marks
  }
}
