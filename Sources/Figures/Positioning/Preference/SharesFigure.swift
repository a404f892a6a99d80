import Formats
import Graphics
import ValueModels

/// `shares`: what share of preference each brand would get, by segment; a thin line where the answers as given put it.
enum SharesFigure {
  struct Group {
    var name: String
    var shares: [Double]
    var observed: [Double?]
  }

  static func isOffered(_ findings: Findings) -> Bool {
    findings.table("shares").map { !$0.rows.isEmpty } ?? false
  }

  @Sendable static func draw(_ context: FigureContext) throws(NothingToDraw) -> Figure {
    guard let table = context.findings.table("shares"), !table.rows.isEmpty else {
      throw NothingToDraw("No shares of preference were found.")
    }
    let (brands, groups) = read(table)
    let words = SharesWords(brands, groups, context)
    let frame = Frame(context, title: words.title, subtitle: words.subtitle)
    // Brands in the order of the first group, the largest first.
    let order = brands.indices.sorted { (-groups[0].shares[$0], $0) < (-groups[0].shares[$1], $1) }
    let panels = SharesPanels(brands: brands, groups: groups, order: order, context: context, frame: frame)
    let (marks, bottom) = panels.marks(from: frame.top)
    return Figure(
      drawing: frame.drawing(marks: marks, areas: [], bottom: bottom, notes: words.notes), title: words.title,
      subtitle: words.subtitle, alt: shortened("Bars of shares of preference: \(words.title)", to: 150),
      description: words.description, table: "shares")
  }

  private static func read(_ table: FindingsTable) -> (brands: [String], groups: [Group]) {
    let (brandOf, groupOf) = (table.texts("brand"), table.texts("segment"))
    let (shares, observed) = (table.numbers("share"), table.numbers("observed"))
    var brands: [String] = []
    var names: [String] = []
    for (brand, name) in zip(brandOf, groupOf) {
      if !brands.contains(brand) { brands.append(brand) }
      if !names.contains(name) { names.append(name) }
    }
    var groups = names.map {
      Group(
        name: $0, shares: [Double](repeating: 0, count: brands.count),
        observed: [Double?](repeating: nil, count: brands.count))
    }
    for row in brandOf.indices {
      guard let b = brands.firstIndex(of: brandOf[row]), let g = names.firstIndex(of: groupOf[row]) else { continue }
      groups[g].shares[b] = max(0, min(1, shares[row] ?? 0))
      if row < observed.count { groups[g].observed[b] = observed[row] }
    }
    return (brands, groups)
  }
}

/// A panel a group: side by side where there is room, else below each other.
private struct SharesPanels {
  let brands: [String]
  let groups: [SharesFigure.Group]
  let order: [Int]
  let context: FigureContext
  let frame: Frame

  private var theme: Theme { context.theme }
  private var own: String? { context.findings.setting("own")?.text }

  func marks(from top: Double) -> (marks: [Mark], bottom: Double) {
    let room = context.width.pixels - 2 * Frame.margin
    let widest = brands.map { context.measurer.measure($0, frame.strongFont).width }.max() ?? 0
    let names = min(widest, room * 0.4) + 10
    let columns = max(1, min(groups.count, Int((room - names) / 170)))
    let step = context.measurer.measure("X", frame.labelFont).height * 1.45
    let width = (room - names - 18 * Double(columns - 1)) / Double(columns)
    let most = groups.flatMap { $0.shares + $0.observed.compactMap(\.self) }.max() ?? 1
    var found: [Mark] = []
    var y = top
    for start in stride(from: 0, to: groups.count, by: columns) {
      let row = groups[start..<min(start + columns, groups.count)]
      var below = y
      for (at, group) in row.enumerated() {
        let x = Frame.margin + names + Double(at) * (width + 18)
        var head = y
        for line in context.measurer.lines(SharesWords.label(group.name), frame.strongFont, width: width, limit: 3) {
          found.append(
            Frame.text(line, frame.strongFont, Paint(theme.ink), x: x, top: &head, role: .legend, in: context))
        }
        below = max(below, head)
      }
      below += 4
      for (line, brand) in order.enumerated() {
        let middle = below + (Double(line) + 0.5) * step
        let isOwn = brands[brand] == own
        let font = isOwn ? frame.strongFont : frame.labelFont
        let text = context.measurer.lines(brands[brand], font, width: names - 8, limit: 1).first ?? ""
        found.append(
          context.label(
            text, font, Paint(isOwn ? theme.accent : theme.ink), x: Frame.margin, middle: middle, role: .axis))
        for (at, group) in row.enumerated() {
          let x = Frame.margin + names + Double(at) * (width + 18)
          found.append(
            .group(name: "\(group.name): \(brands[brand])", bar(group, brand, x, middle, width, step, most, isOwn)))
        }
      }
      y = below + Double(order.count) * step + 18
    }
    return (found, y - 12)
  }

  private func bar(
    _ group: SharesFigure.Group, _ brand: Int, _ x: Double, _ middle: Double, _ width: Double, _ step: Double,
    _ most: Double, _ isOwn: Bool
  ) -> [Mark] {
    let text = context.language.share(group.shares[brand])
    let room = width - context.measurer.measure("<0.1%", frame.smallFont).width - 8
    let scale = most > 0 ? max(0, room) / most : 0
    let (length, height) = (group.shares[brand] * scale, step * 0.56)
    var marks: [Mark] = [
      .path(
        .rectangle(Rect(x: x, y: middle - height / 2, width: max(1, length), height: height)),
        fill: Paint(isOwn ? theme.accent : theme.neutral, opacity: isOwn ? 1 : 0.7), stroke: nil, role: .bar)
    ]
    var end = length
    if let observed = group.observed[brand] {
      let at = x + max(0, min(1, observed)) * scale
      end = max(end, at - x)
      marks.append(
        .path(
          .segment(Point(at, middle - height * 0.75), Point(at, middle + height * 0.75)), fill: nil,
          stroke: Stroke(theme.ink, width: 1.6), role: .line))
    }
    marks.append(context.label(text, frame.smallFont, Paint(theme.muted), x: x + end + 5, middle: middle))
    return marks
  }
}

private struct SharesWords {
  private let brands: [String]
  private let groups: [SharesFigure.Group]
  private let language: Language
  private let rule: String

  init(_ brands: [String], _ groups: [SharesFigure.Group], _ context: FigureContext) {
    (self.brands, self.groups, language) = (brands, groups, context.language)
    rule = context.findings.setting("preference")?.entry("share")?.text ?? "first-choice"
  }

  static func label(_ name: String) -> String {
    name == "All" ? "All persons" : name.contains(" ") ? name : name.replacing("_", with: " ")
  }

  private func largest(_ group: SharesFigure.Group) -> (brand: String, share: Double) {
    let at = group.shares.indices.max { (group.shares[$0], -$0) < (group.shares[$1], -$1) } ?? 0
    return (brands[at], group.shares[at])
  }

  var title: String {
    guard let first = groups.first, groups.count > 1, first.name != "All" else {
      let best = largest(groups[0])
      let known = groups[0].observed.map { $0 ?? 0 }
      let given = known.indices.max { (known[$0], -$0) < (known[$1], -$1) } ?? 0
      let text = "The largest share by the map: \(best.brand), \(language.share(best.share))"
      guard known.contains(where: { $0 > 0 }), brands[given] != best.brand else { return text }
      return text + "; by the answers: \(brands[given]), \(language.share(known[given]))"
    }
    guard groups.count <= 3 else { return "Shares of preference of \(language.number(Double(groups.count))) segments" }
    let parts = groups.map { "\(largest($0).brand) for \(Self.label($0.name))" }
    return "The largest share by the map: \(parts.joined(separator: ", "))"
  }

  var subtitle: String {
    let words =
      switch rule {
      case "logit": "in proportion to e raised to the preference that the model predicts"
      case "inverse-distance": "by the inverse of the squared distance from the ideal point"
      default: "each to the brand that the model predicts to be liked best"
      }
    return "Shares of preference by brand, \(words)"
  }

  private var hasObserved: Bool { groups.contains { $0.observed.contains { $0 != nil } } }

  var notes: [String] {
    hasObserved
      ? ["Bars: predicted from the map. Thin lines: the brands scored highest in the answers, ties shared."] : []
  }

  var description: [String] {
    groups.map { group in
      let order = group.shares.indices.sorted { (-group.shares[$0], $0) < (-group.shares[$1], $1) }
      let parts = order.prefix(5).map { "\(brands[$0]) \(language.share(group.shares[$0]))" }
      return "\(Self.label(group.name)): \(parts.joined(separator: ", "))."
    }
  }
}
