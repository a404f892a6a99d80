import Formats
import Graphics
import ValueModels

/// The figures of referral value.
enum ReferralFigures {
  static func offered(_ findings: Findings) -> [FigureKind] {
    var kinds: [FigureKind] = []
    if findings.table("groups")?.numbers("customers").contains(where: { $0 != nil }) == true {
      kinds.append(
        FigureKind("groups", caption: "What customers buy and what they bring") { context throws(NothingToDraw) in
          try ReferralGroups.draw(context)
        })
    }
    if findings.table("deciles")?.rows.isEmpty == false, (findings.number("crv_total") ?? 0) > 0 {
      kinds.append(
        FigureKind("deciles", caption: "How few customers bring most") { context throws(NothingToDraw) in
          try ReferralDeciles.draw(context)
        })
    }
    return kinds
  }
}

/// Four fields: lifetime value upwards, referral value to the right; words and numbers in each, nobody singly.
struct ReferralGroups {
  static func draw(_ context: FigureContext) throws(NothingToDraw) -> Figure {
    guard let table = context.findings.table("groups"), table.rows.count == 4 else {
      throw NothingToDraw("There are no groups of customers to show.")
    }
    let language = context.language
    let names = table.texts("group")
    let customers = table.numbers("customers")
    let shares = table.numbers("share")
    let life = table.numbers("clv_share")
    let brought = table.numbers("crv_share")
    let actions = table.texts("action")
    var title = "What customers buy and what they bring"
    if let share = shares[2], let part = brought[2], part > share {
      title = "Advocates: \(language.share(share)) of customers bring \(language.share(part)) of referral value"
    } else if let share = shares[0], let part = brought[0] {
      title = "Champions: \(language.share(share)) of customers bring \(language.share(part)) of referral value"
    }
    let subtitle = "Customers by their own lifetime value and by the value of those they bring"
    let frame = Frame(context, title: title, subtitle: subtitle)
    let theme = context.theme
    let left = Frame.margin + 26
    let gap = 8.0
    let width = (frame.width - Frame.margin - left - gap) / 2
    let narrow = context.width == .narrow
    let height = narrow ? 170.0 : 150
    var marks: [Mark] = []
    var areas: [HitArea] = []
    // Affluents above on the left, champions above on the right: referral value grows to the right, lifetime value upwards.
    let places = [(1, 0), (0, 0), (1, 1), (0, 1)]
    for at in 0..<4 {
      let rect = Rect(
        x: left + Double(places[at].0) * (width + gap), y: frame.top + Double(places[at].1) * (height + gap),
        width: width,
        height: height)
      var group: [Mark] = [
        .path(.rectangle(rect, radius: 6), fill: Paint(theme.panel), stroke: nil, role: .background)
      ]
      var block = TextBlock()
      let name = names[at].prefix(1).uppercased() + names[at].dropFirst()
      block.add(name, frame.strongFont, Paint(theme.ink), width: width - 28, in: context.measurer)
      if let count = customers[at], let share = shares[at] {
        block.add(
          language.share(share), Font(narrow ? 20 : 26, .semibold), Paint(at == 0 ? theme.accent : theme.ink),
          width: width - 28, in: context.measurer)
        block.add(
          "\(language.number(count)) customers", frame.smallFont, Paint(theme.muted), width: width - 28,
          in: context.measurer)
        if let life = life[at], let brought = brought[at] {
          block.add(
            "\(language.share(life)) of lifetime value, \(language.share(brought)) of referral value", frame.smallFont,
            Paint(theme.ink), width: width - 28, limit: 3, in: context.measurer)
        }
      } else {
        block.add("too few to be shown", frame.smallFont, Paint(theme.muted), width: width - 28, in: context.measurer)
      }
      block.add(actions[at], frame.smallFont, Paint(theme.muted), width: width - 28, limit: 3, in: context.measurer)
      group += block.marks(at: Point(rect.x + 14, rect.y + max(6, (height - block.size.height) / 2)), align: .start)
      marks.append(.group(name: name, group))
      areas.append(HitArea(name: name, detail: actions[at], shape: .rectangle(rect), target: "row/groups/\(at + 1)"))
    }
    let bottom = frame.top + 2 * height + gap
    marks += axisWords(frame, context, left: left, bottom: bottom, middle: frame.top + height + gap / 2)
    return Figure(
      drawing: frame.drawing(marks: marks, areas: areas, bottom: bottom + 26), title: title, subtitle: subtitle,
      alt: ChainWords.shortened(title),
      description: (0..<4).map { at in
        "\(names[at]): "
          + (customers[at].map { "\(language.number($0)) customers, \(actions[at])" } ?? "too few to be shown") + "."
      },
      reading: "High and low are cut at the \(context.findings.setting("cut")?.text ?? "median") of each value.",
      table: "groups")
  }

  private static func axisWords(
    _ frame: Frame, _ context: FigureContext, left: Double, bottom: Double, middle: Double
  ) -> [Mark] {
    let paint = Paint(context.theme.muted)
    let across = context.label(
      "referral value: low → high", frame.smallFont, paint, x: (left + frame.width - Frame.margin) / 2,
      middle: bottom + 14, anchor: .middle, role: .axis)
    let text = "own lifetime value: low → high"
    let extent = context.measurer.measure(text, frame.smallFont)
    let run = TextRun(
      text, frame.smallFont, paint, at: Point(Frame.margin + extent.ascent, middle), anchor: .middle, rotation: -90)
    let box = Rect(
      x: Frame.margin, y: middle - extent.width / 2, width: extent.height, height: extent.width)
    return [across, .text(run, box: box, role: .axis)]
  }
}

/// A bar a tenth of the customers: its share of referral value.
struct ReferralDeciles {
  static func draw(_ context: FigureContext) throws(NothingToDraw) -> Figure {
    guard let table = context.findings.table("deciles"), !table.rows.isEmpty else {
      throw NothingToDraw("Too few customers to show parts of them.")
    }
    let language = context.language
    let shares = table.numbers("crv_share").map { $0 ?? 0 }
    let part = shares.count == 10 ? "tenth" : "quarter"
    let title = "The first \(part) of customers brings \(language.share(shares[0])) of referral value"
    let subtitle = "Customers from those who bring most, in \(part)s; share of referral value"
    let frame = Frame(context, title: title, subtitle: subtitle)
    let theme = context.theme
    let left = Frame.margin + 8
    let step = (frame.width - Frame.margin - left) / Double(shares.count)
    let height = 210.0
    let most = max(shares.max() ?? 1, 1e-12)
    let least = min(0, shares.min() ?? 0)
    let scale = (height - 22) / (most - least)
    let zero = frame.top + 22 + most * scale
    var marks: [Mark] = []
    var areas: [HitArea] = []
    for (at, share) in shares.enumerated() {
      let x = left + Double(at) * step
      let top = share >= 0 ? zero - share * scale : zero
      let bar = Rect(x: x + 3, y: top, width: step - 6, height: max(1, abs(share) * scale))
      marks.append(
        .path(.rectangle(bar, radius: 2), fill: Paint(at == 0 ? theme.accent : theme.neutral), stroke: nil, role: .bar))
      marks.append(
        context.label(
          language.share(share), frame.smallFont, Paint(theme.ink), x: bar.centre.x,
          middle: share >= 0 ? top - 9 : bar.maxY + 9, anchor: .middle))
      marks.append(
        context.label(
          "\(at + 1)", frame.smallFont, Paint(theme.muted), x: bar.centre.x, middle: zero - least * scale + 26,
          anchor: .middle, role: .axis))
      areas.append(
        HitArea(
          name: "\(part) \(at + 1)", detail: language.share(share) + " of referral value",
          shape: .rectangle(Rect(x: x, y: frame.top, width: step, height: height)), target: "row/deciles/\(at + 1)"))
    }
    marks.append(
      .path(
        .segment(Point(left, zero), Point(frame.width - Frame.margin, zero)), fill: nil, stroke: Stroke(theme.faint),
        role: .axis))
    return Figure(
      drawing: frame.drawing(marks: marks, areas: areas, bottom: zero - least * scale + 38), title: title,
      subtitle: subtitle, alt: ChainWords.shortened(title),
      description: shares.enumerated().map { "\(part) \($0.offset + 1): \(language.share($0.element))." }, reading: nil,
      table: "deciles")
  }
}
