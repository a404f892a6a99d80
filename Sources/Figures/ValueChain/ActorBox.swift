import Graphics

/// An actor's box: name, role and what it does as a customer, sized by its words.
struct ActorBox {
  private static let padding = 8.0
  private static let chipHeight = 17.0

  private let actor: ChainActor
  private var name = TextBlock()
  private var role = TextBlock()
  /// Rows of chips with the width of each.
  private var chips: [[(text: String, width: Double)]] = []
  private let small: Font
  let size: Size

  /// - Parameter width: The measure in which names and roles are broken, px.
  init(_ actor: ChainActor, width: Double, frame: Frame, _ context: FigureContext) {
    self.actor = actor
    small = Font(11)
    let theme = context.theme
    name.add(
      actor.name, frame.strongFont, Paint(actor.isOwn ? theme.paper : theme.ink), width: width, limit: 4,
      in: context.measurer)
    if !actor.role.isEmpty {
      role.add(
        actor.role, small, Paint(actor.isOwn ? theme.paper : theme.muted), width: width, limit: 4,
        in: context.measurer)
    }
    var inner = max(name.size.width, role.size.width, 40)
    var row: [(text: String, width: Double)] = []
    var used = 0.0
    for word in actor.customerWords {
      // The usual words always fit, and the box grows with them; only a longer one of the data's own is cut.
      let text = context.measurer.lines(word, small, width: max(width - 12, 84), limit: 1).first ?? word
      let chip = context.measurer.measure(text, small).width + 12
      if !row.isEmpty, used + 4 + chip > max(inner, width * 0.8) {
        chips.append(row)
        (row, used) = ([], 0)
      }
      row.append((text, chip))
      used += (row.count > 1 ? 4 : 0) + chip
      inner = max(inner, used)
    }
    if !row.isEmpty { chips.append(row) }
    var height = name.size.height + role.size.height + 2 * Self.padding - 2
    if !chips.isEmpty { height += 4 + Self.chipHeight * Double(chips.count) + 3 * Double(chips.count - 1) }
    size = Size((inner + 2 * Self.padding).rounded(.up), height.rounded(.up))
  }

  /// The box filled into `rect`, which is at least as large as `size`.
  func marks(in rect: Rect, _ context: FigureContext) -> [Mark] {
    let theme = context.theme
    var marks: [Mark] = [
      .path(
        .rectangle(rect, radius: 7), fill: Paint(actor.isOwn ? theme.accent : theme.paper),
        stroke: Stroke(actor.isOwn ? theme.accent : theme.faint, width: 1.25), role: .node)
    ]
    var y = rect.y + (rect.height - size.height) / 2 + Self.padding - 1
    let left = { (width: Double) in rect.x + (rect.width - width) / 2 }
    marks += name.marks(at: Point(left(name.size.width), y), align: .middle)
    y += name.size.height
    marks += role.marks(at: Point(left(role.size.width), y), align: .middle)
    y += role.size.height + 4
    for row in chips {
      var x = left(row.reduce(4 * Double(row.count - 1)) { $0 + $1.width })
      for chip in row {
        let pill = Rect(x: x, y: y, width: chip.width, height: Self.chipHeight)
        let ink = actor.isOwn ? theme.paper : theme.ink
        marks.append(
          .path(
            .rectangle(pill, radius: Self.chipHeight / 2), fill: Paint(actor.isOwn ? theme.accent : theme.panel),
            stroke: Stroke(actor.isOwn ? theme.paper : theme.rule), role: .legend))
        marks.append(
          context.label(chip.text, small, Paint(ink), x: pill.centre.x, middle: pill.centre.y, anchor: .middle))
        x += chip.width + 4
      }
      y += Self.chipHeight + 3
    }
    return [.group(name: actor.name, marks)]
  }
}
