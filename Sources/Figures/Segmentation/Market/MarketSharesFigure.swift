import Formats
import Graphics
import ValueModels

/// Shares of the players: lines over the periods with their names at the right, or bars where there is one period.
struct MarketSharesFigure {
  struct Player {
    var name: String
    /// By period; nil where nothing is known.
    var shares: [Double?]
    var isOther: Bool
    var change: Double?
  }

  private let context: FigureContext
  private let players: [Player]
  private let periods: [String]
  private let own: String?
  private var language: Language { context.language }
  /// Lines that a picture bears.
  private static let most = 14

  init(_ context: FigureContext) throws(NothingToDraw) {
    self.context = context
    let findings = context.findings
    own = findings.setting("own")?.text
    guard let table = findings.table("players"), let standing = findings.table("standing") else {
      throw NothingToDraw("There are no players.")
    }
    var periods: [String] = []
    // The table of periods has them in order of time.
    for period in findings.table("periods")?.texts("period") ?? [] where !periods.contains(period) {
      periods.append(period)
    }
    self.periods = periods
    let (names, times, shares) = (table.texts("player"), table.texts("period"), table.numbers("share"))
    let others = standing.values("others")
    let place = Dictionary(periods.enumerated().map { ($1, $0) }) { first, _ in first }
    players = standing.texts("player").enumerated().prefix(Self.most).map { at, name in
      var line = [Double?](repeating: nil, count: periods.count)
      for row in names.indices where names[row] == name {
        if let time = place[times[row]] { line[time] = shares[row] }
      }
      return Player(
        name: name, shares: line, isOther: at < others.count && others[at] == .truth(true),
        change: standing.numbers("change")[at])
    }
    guard players.contains(where: { $0.shares.contains { $0 != nil } }) else {
      throw NothingToDraw("No player has a share.")
    }
  }

  private var title: String {
    let named = players.filter { !$0.isOther }
    guard let leader = named.first, let share = leader.shares.last.flatMap(\.self) else {
      return "Shares of the market"
    }
    let lead = "\(leader.name) leads with \(language.share(share))"
    func gain(_ player: Player) -> Double? {
      guard let first = player.shares.first.flatMap(\.self), let last = player.shares.last.flatMap(\.self) else {
        return nil
      }
      return last - first
    }
    guard periods.count > 1, let best = named.max(by: { (gain($0) ?? -1) < (gain($1) ?? -1) }), let points = gain(best),
      points >= 0.005
    else { return lead }
    let number = language.number(points * 100, decimals: 1)
    return best.name == leader.name
      ? "\(lead), \(number) points more than in \(periods[0])"
      : "\(lead); \(best.name) gained most, \(number) points since \(periods[0])"
  }

  private var subtitle: String {
    let facts = context.findings
    var parts: [String] = []
    if let size = facts.number("size") {
      parts.append("\(language.number(size.rounded())) \(facts.fact("unit")?.text ?? "")".trimmedEnd)
    }
    if let cagr = facts.number("cagr") {
      let isYears = !facts.cautions.contains { $0.id == "periods-without-time" }
      parts.append("growing \(language.percent(cagr, decimals: 1)) a \(isYears ? "year" : "period")")
    }
    if let hhi = facts.number("hhi") { parts.append("concentration (HHI) \(language.number(hhi.rounded()))") }
    let last = periods.count > 1 ? " in \(periods.last ?? "")" : ""
    return "Share of all sales" + (parts.isEmpty ? "" : "; the market\(last): " + parts.joined(separator: ", "))
  }

  var figure: Figure {
    let frame = Frame(context, title: title, subtitle: subtitle)
    var marks: [Mark] = []
    var areas: [HitArea] = []
    let bottom = periods.count > 1 ? lines(frame, &marks, &areas) : bars(frame, &marks, &areas)
    let left = (context.findings.table("standing")?.rows.count ?? 0) - players.count
    return Figure(
      drawing: frame.drawing(
        marks: marks, areas: areas, bottom: bottom,
        notes: left > 0 ? ["Not drawn: \(left) smaller players; the table has them."] : []), title: title,
      subtitle: subtitle, alt: shortened("Market shares. \(title)", to: 150),
      description: players.map { "\($0.name): \(detail($0))." }, reading: nil, table: "standing")
  }

  private func detail(_ player: Player) -> String {
    zip(periods, player.shares).compactMap { period, share in
      share.map { periods.count > 1 ? "\(period) \(language.share($0))" : language.share($0) }
    }.joined(separator: ", ")
  }

  private func colour(_ player: Player) -> Colour { player.name == own ? context.theme.accent : context.theme.neutral }

  // MARK: Lines

  private func lines(_ frame: Frame, _ marks: inout [Mark], _ areas: inout [HitArea]) -> Double {
    let theme = context.theme
    let narrow = context.width == .narrow
    let most = players.flatMap(\.shares).compactMap(\.self).max() ?? 1
    let upper = niceDomain(0, most, 4).upper
    let room = narrow ? 150.0 : 190
    // A long name is cut, its share never.
    let texts = players.map { player -> String in
      let share = " " + language.share(player.shares.last.flatMap(\.self) ?? 0)
      let left = room - context.measurer.measure(share, frame.labelFont).width
      return (context.measurer.lines(player.name, frame.labelFont, width: left, limit: 1).first ?? player.name) + share
    }
    let width = texts.map { context.measurer.measure($0, frame.strongFont).width }.max() ?? 80
    let plot = Rect(
      x: Frame.margin + 40, y: frame.top + 8, width: frame.width - 2 * Frame.margin - 40 - width - 16,
      height: max(narrow ? 320 : 360, Double(players.count) * 19))
    let y = LinearScale(0, upper, start: plot.maxY, end: plot.y)
    let x = LinearScale(0, Double(periods.count - 1), start: plot.x + 6, end: plot.maxX)
    marks += ShareGrid.marks(y, ticks: 4, plot, frame, context)
    marks += periodLabels(frame, plot, x)
    let heights = spread(
      players.map { y($0.shares.last.flatMap(\.self) ?? 0) },
      gap: context.measurer.measure("X", frame.labelFont).height + 2,
      within: plot)
    // Our own line is painted last, over the others.
    for at in players.indices.sorted(by: {
      (players[$0].name == own ? 1 : 0, $0) < (players[$1].name == own ? 1 : 0, $1)
    }) {
      let player = players[at]
      let isOwn = player.name == own
      let points = player.shares.enumerated().compactMap { time, share in share.map { Point(x(Double(time)), y($0)) } }
      var row: [Mark] = []
      if points.count > 1 {
        row.append(
          .path(
            .polyline(points), fill: nil,
            stroke: Stroke(
              Paint(colour(player), opacity: isOwn ? 1 : 0.75), width: isOwn ? 3 : 1.6,
              dash: player.isOther ? [4, 3] : []),
            role: .line))
      }
      for point in points {
        row.append(
          .path(
            .circle(point, isOwn ? 4 : 2.6), fill: Paint(colour(player)), stroke: Stroke(theme.paper, width: 1),
            role: .point))
      }
      if let last = points.last, player.shares.last.flatMap(\.self) != nil {
        if abs(heights[at] - last.y) > 3 {
          row.append(
            .path(
              .segment(Point(last.x + 5, last.y), Point(plot.maxX + 13, heights[at])), fill: nil,
              stroke: Stroke(theme.faint, width: 0.8), role: .leader))
        }
        row.append(
          context.label(
            texts[at], isOwn ? frame.strongFont : frame.labelFont, Paint(isOwn ? theme.accent : theme.ink),
            x: plot.maxX + 15, middle: heights[at], role: .label))
        areas.append(
          HitArea(
            name: player.name, detail: detail(player),
            shape: .rectangle(Rect(x: plot.maxX + 12, y: heights[at] - 9, width: width + 6, height: 18)),
            target: "row/standing/\(player.name)"))
      }
      marks.append(.group(name: player.name, row))
    }
    return plot.maxY + 26
  }

  private func periodLabels(_ frame: Frame, _ plot: Rect, _ x: LinearScale) -> [Mark] {
    var marks: [Mark] = []
    var end = -Double.infinity
    for (at, period) in periods.enumerated() {
      let width = context.measurer.measure(period, frame.smallFont).width
      let centre = min(x(Double(at)), plot.maxX - width / 2 + 6)
      guard centre - width / 2 > end + 8 else { continue }
      end = centre + width / 2
      marks.append(
        context.label(
          period, frame.smallFont, Paint(context.theme.muted), x: centre, middle: plot.maxY + 14, anchor: .middle,
          role: .axis))
    }
    return marks
  }

  /// Heights near those wanted and a gap apart, the order kept: neighbours that crowd move apart as one.
  private func spread(_ wanted: [Double], gap: Double, within plot: Rect) -> [Double] {
    let order = wanted.indices.sorted { (wanted[$0], $0) < (wanted[$1], $1) }
    var groups: [(sum: Double, count: Int, first: Int)] = []
    for (place, at) in order.enumerated() {
      groups.append((wanted[at], 1, place))
      while groups.count > 1 {
        let (a, b) = (groups[groups.count - 2], groups[groups.count - 1])
        let bottom = a.sum / Double(a.count) + gap * Double(a.count - 1) / 2
        let top = b.sum / Double(b.count) - gap * Double(b.count - 1) / 2
        guard top - bottom < gap else { break }
        groups.removeLast(2)
        groups.append((a.sum + b.sum, a.count + b.count, a.first))
      }
    }
    var heights = wanted
    for group in groups {
      let top = group.sum / Double(group.count) - gap * Double(group.count - 1) / 2
      for offset in 0..<group.count { heights[order[group.first + offset]] = top + gap * Double(offset) }
    }
    // Down from the upper edge and up from the lower one.
    var least = plot.y
    for at in order {
      heights[at] = max(heights[at], least)
      least = heights[at] + gap
    }
    var greatest = plot.maxY
    for at in order.reversed() {
      heights[at] = min(heights[at], greatest)
      greatest = heights[at] - gap
    }
    return heights
  }

  // MARK: Bars

  private func bars(_ frame: Frame, _ marks: inout [Mark], _ areas: inout [HitArea]) -> Double {
    let theme = context.theme
    let narrow = context.width == .narrow
    let names = players.map {
      context.measurer.lines($0.name, frame.labelFont, width: narrow ? 130 : 200, limit: 1).first ?? ""
    }
    let nameWidth = names.map { context.measurer.measure($0, frame.strongFont).width }.max() ?? 0
    let left = Frame.margin + nameWidth + 10
    let most = players.compactMap { $0.shares.last.flatMap(\.self) }.max() ?? 1
    let room = frame.width - Frame.margin - left - 54
    var y = frame.top + 4
    for (at, player) in players.enumerated() {
      guard let share = player.shares.last.flatMap(\.self) else { continue }
      let isOwn = player.name == own
      let bar = Rect(x: left, y: y, width: max(1.5, room * share / most), height: 20)
      marks.append(
        .group(
          name: player.name,
          [
            context.label(
              names[at], isOwn ? frame.strongFont : frame.labelFont, Paint(isOwn ? theme.accent : theme.ink),
              x: left - 8, middle: bar.centre.y, anchor: .end),
            .path(
              .rectangle(bar, radius: 2), fill: Paint(colour(player), opacity: player.isOther ? 0.45 : 1), stroke: nil,
              role: .bar),
            context.label(
              language.share(share), frame.strongFont, Paint(theme.ink), x: bar.maxX + 8, middle: bar.centre.y),
          ]))
      areas.append(
        HitArea(
          name: player.name, detail: detail(player),
          shape: .rectangle(Rect(x: Frame.margin, y: y, width: frame.width - 2 * Frame.margin, height: 20)),
          target: "row/standing/\(player.name)"))
      y += 27
    }
    return y
  }
}

extension String {
  fileprivate var trimmedEnd: String {
    var text = self[...]
    while text.last == " " { text = text.dropLast() }
    return String(text)
  }
}
