import Formats
import Graphics
import ValueModels

/// Players by their share and the growth of what they sell: above the line they grow faster than the market and gain share.
struct MarketGrowthFigure {
  private let context: FigureContext
  private let players: [(name: String, share: Double, growth: Double)]
  private let market: Double
  private let own: String?
  private var language: Language { context.language }

  init(_ context: FigureContext) throws(NothingToDraw) {
    self.context = context
    let findings = context.findings
    own = findings.setting("own")?.text
    guard let table = findings.table("standing"), let market = findings.number("growth") else {
      throw NothingToDraw("Growth needs two periods.")
    }
    self.market = market
    let (names, shares, growths) = (table.texts("player"), table.numbers("share"), table.numbers("growth"))
    players = names.indices.compactMap { at in
      guard let share = shares[at], let growth = growths[at], share.isFinite, growth.isFinite else { return nil }
      return (names[at], share, growth)
    }
    guard players.count > 1 else { throw NothingToDraw("Fewer than two players have a growth.") }
  }

  private var title: String {
    guard let fastest = players.max(by: { $0.growth < $1.growth }) else { return "Share and growth" }
    let words = "\(fastest.name) grows fastest, by \(language.percent(fastest.growth))"
    guard let own, let mine = players.first(where: { $0.name == own }), own != fastest.name else { return words }
    let gap = abs(mine.growth - market) < 0.005 ? "with" : mine.growth > market ? "faster than" : "slower than"
    return "\(words); \(own) grows \(gap) the market"
  }

  var figure: Figure {
    let period = context.findings.fact("period")?.text ?? ""
    let subtitle =
      "Share in \(period), and growth since the period before; the market grew by \(language.percent(market, decimals: 1))"
    let frame = Frame(context, title: title, subtitle: subtitle)
    let theme = context.theme
    let narrow = context.width == .narrow
    let left = Frame.margin + 46
    let plot = Rect(
      x: left, y: frame.top + 24, width: frame.width - Frame.margin - left, height: narrow ? 380 : 400)
    let shares = niceDomain(0, players.map(\.share).max() ?? 1, 5)
    let lowest = min(0, market, players.map(\.growth).min() ?? 0)
    let highest = max(0, market, players.map(\.growth).max() ?? 0)
    let span = max(highest - lowest, 0.01)
    let x = LinearScale(shares.lower, shares.upper, start: plot.x, end: plot.maxX - 12)
    let y = LinearScale(lowest - span * 0.08, highest + span * 0.08, start: plot.maxY, end: plot.y)
    var marks: [Mark] = []
    marks += ShareGrid.marks(y, ticks: 5, plot, frame, context)
    for tick in x.ticks(5) {
      marks.append(
        context.label(
          language.percent(tick), frame.smallFont, Paint(theme.muted), x: x(tick), middle: plot.maxY + 13,
          anchor: .middle,
          role: .axis))
    }
    let line = y(market)
    marks.append(
      .path(
        .segment(Point(plot.x, line), Point(plot.maxX, line)), fill: nil, stroke: Stroke(theme.muted, dash: [5, 4]),
        role: .line))
    let note = context.label(
      "the market", frame.smallFont, Paint(theme.muted), x: plot.maxX, middle: line - 9, anchor: .end, role: .annotation
    )
    marks.append(note)
    marks.append(
      context.label("Growth ↑", frame.strongFont, Paint(theme.muted), x: Frame.margin, middle: plot.y - 13, role: .axis)
    )
    marks.append(
      context.label(
        "Share →", frame.strongFont, Paint(theme.muted), x: plot.maxX, middle: plot.maxY + 31, anchor: .end, role: .axis
      ))
    var obstacles = LabelObstacles(segments: [.init(Point(plot.x, line), Point(plot.maxX, line))])
    if case .text(_, let box, _) = note { obstacles.boxes.append(box) }
    let dots = players.map { player in
      NamedDots.Dot(
        name: player.name, label: player.name, at: Point(x(player.share), y(player.growth)), radius: 5,
        isOwn: player.name == own)
    }
    let named = NamedDots(dots, context, obstacles, within: plot)
    let notes = named.unnamed.isEmpty ? [] : ["In the crowd, not named: \(named.unnamed.joined(separator: ", "))."]
    func detail(_ at: Int) -> String {
      "share \(language.share(players[at].share)), growth \(language.percent(players[at].growth, decimals: 1))"
    }
    return Figure(
      drawing: frame.drawing(
        marks: marks + named.marks,
        areas: players.indices.map { at in
          HitArea(
            name: players[at].name, detail: detail(at), shape: .circle(centre: dots[at].at, radius: 12),
            target: "row/standing/\(players[at].name)")
        }, bottom: plot.maxY + 42, notes: notes), title: title, subtitle: subtitle,
      alt: shortened("Share and growth of \(players.count) players. \(title)", to: 150),
      description: players.indices.map { "\(players[$0].name): \(detail($0))." },
      reading: "Above the broken line a player grows faster than the market and gains share.", table: "standing")
  }
}
