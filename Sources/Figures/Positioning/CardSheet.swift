import Graphics
import ValueModels

/// Cards one below the other, or a single one.
struct CardSheet {
  private let context: FigureContext
  private let cards: [PositioningCard]
  private let places: [(brand: String, x: Double, y: Double)]
  /// Cards beyond the first, left to figures of their own.
  private let omitted: Int

  init(_ context: FigureContext, slug: String?) throws(NothingToDraw) {
    self.context = context
    let all = PositioningCard.all(context.findings)
    let chosen = slug.map { slug in all.filter { $0.slug == slug } } ?? all
    guard !chosen.isEmpty else { throw NothingToDraw("There is no statement.") }
    cards = Array(chosen.prefix(CardFigures.limit))
    omitted = chosen.count - cards.count
    let table = context.findings.table("places")
    let (x, y) = (table?.numbers("x") ?? [], table?.numbers("y") ?? [])
    places = (table?.texts("brand") ?? []).enumerated().compactMap { at, brand in
      guard at < x.count, at < y.count, let px = x[at], let py = y[at], px.isFinite, py.isFinite else { return nil }
      return (brand, px, py)
    }
  }

  private var title: String {
    let language = context.language
    if cards.count == 1, omitted == 0 {
      let card = cards[0]
      let promise = card.benefit.isEmpty ? "no promise is stated" : card.benefit
      guard let claim = card.claim else { return "\(card.segment): \(promise)" }
      return "\(card.segment): \(promise) – and buyers "
        + (claim.isAhead ? "see \(label(claim.brand)) ahead" : "do not see \(label(claim.brand)) ahead")
    }
    let claims = context.findings.number("claims") ?? 0
    let supported = context.findings.number("supported") ?? 0
    let count = language.number(context.findings.number("statements") ?? Double(cards.count))
    guard claims > 0 else { return "What we promise to \(count) segments" }
    if claims == 1 {
      return "The one claim that can be checked \(supported == 1 ? "holds" : "does not hold") on the map"
    }
    if supported == claims { return "All \(language.number(claims)) claims checked hold on the map" }
    if supported == 0 { return "None of \(language.number(claims)) claims checked holds on the map" }
    return "\(language.number(supported)) of \(language.number(claims)) claims checked "
      + "\(supported == 1 ? "holds" : "hold") on the map"
  }

  private var subtitle: String {
    let own = cards.map(\.brand).filter { !$0.isEmpty }
    let brands = own.enumerated().filter { own.firstIndex(of: $0.element) == $0.offset }.map { label($0.element) }
    let what = cards.count == 1 ? "Positioning statement" : "Positioning statements"
    return brands.isEmpty || brands.count > 4 ? what : "\(what) for \(context.language.list(brands))"
  }

  var figure: Figure {
    let frame = Frame(context, title: title, subtitle: subtitle)
    var marks: [Mark] = []
    var areas: [HitArea] = []
    var y = frame.top
    for (at, card) in cards.enumerated() {
      if at > 0 { y += 18 }
      let painter = CardPainter(card, context, frame, places)
      let (drawn, height) = painter.marks(top: y)
      marks.append(.group(name: card.segment, drawn))
      areas.append(
        HitArea(
          name: card.segment, detail: card.statement,
          shape: .rectangle(Rect(x: Frame.margin, y: y, width: frame.width - 2 * Frame.margin, height: height)),
          target: "row/statements/\(card.segment)"))
      y += height
    }
    var notes: [String] = []
    if cards.contains(where: { $0.claim != nil }), !places.isEmpty {
      notes.append(
        (cards.count == 1 ? "Small map" : "Small maps")
          + ": dots are brands as buyers see them. The farther a brand lies along the arrow, the more it stands for "
          + "the attribute.")
    }
    if omitted > 0 {
      notes.append(
        "\(context.language.number(Double(omitted))) more \(omitted == 1 ? "statement has" : "statements have") "
          + "\(omitted == 1 ? "a figure" : "figures") of their own.")
    }
    return Figure(
      drawing: frame.drawing(marks: marks, areas: areas, bottom: y + 8, notes: notes), title: title, subtitle: subtitle,
      alt: shortened("Positioning cards: \(title)", to: 150), description: cards.map(words), reading: nil,
      table: "statements")
  }

  private func words(_ card: PositioningCard) -> String {
    var text = "\(card.segment): \(card.statement)"
    if let claim = card.claim { text += " " + claim.verdict(context) + "." }
    if card.faults > 0 {
      text += " \(context.language.number(Double(card.faults))) \(card.faults == 1 ? "fault" : "faults") found."
    }
    return text
  }

  private func label(_ name: String) -> String { JudgementFigures.label(name) }
}

extension PositioningCard.Claim {
  /// "Ahead of all 12 brands on ‘value’"
  func verdict(_ context: FigureContext) -> String {
    let word = JudgementFigures.label(attribute)
    let language = context.language
    if isAhead { return "First of \(language.number(Double(brands))) brands on ‘\(word)’" }
    let other = JudgementFigures.label(leader)
    if rank == 1 { return "Level with \(other) on ‘\(word)’" }
    return "\(language.ordinal(rank)) of \(language.number(Double(brands))) on ‘\(word)’, behind \(other)"
  }
}
