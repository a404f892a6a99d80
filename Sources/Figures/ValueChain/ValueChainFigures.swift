import ValueModels

/// The figures of a value chain that have something to draw, the diagram first.
enum ValueChainFigures {
  static func offered(_ findings: Findings) -> [FigureKind] {
    let contents = ChainContents(findings)
    guard !contents.flows.isEmpty else { return [] }
    var kinds = [diagram("diagram", "Who gives what to whom", .whole)]
    if !MoneyFlows(contents).payments.isEmpty {
      kinds.append(
        FigureKind("money", caption: "Where the money comes from and where it stays") {
          context throws(NothingToDraw) in
          try MoneyFigure.draw(context)
        })
    }
    if ChainContents.changes(findings) != nil { kinds.append(diagram("change", "What changed", .change)) }
    if contents.flows.count > ChainMatrix.leastFlows, contents.actors.count <= ChainMatrix.actorLimit {
      kinds.append(
        FigureKind("matrix", caption: "Giver by receiver: which kinds of flow there are") {
          context throws(NothingToDraw) in
          try ChainMatrix.draw(context)
        })
    }
    if InfluenceFigure.hasMeasures(findings) {
      kinds.append(
        FigureKind("influence", caption: "Who stands at the centre of the word") { context throws(NothingToDraw) in
          try InfluenceFigure.draw(context)
        })
    }
    if contents.inLanes != nil { kinds.append(diagram("swimlanes", "Who gives what to whom, by lane", .lanes)) }
    let present = BandKind.allCases.filter { kind in contents.flows.contains { $0.kind == kind } }
    if present.count > 1 {
      // One flow alone needs no picture.
      for kind in present where contents.flows.count(where: { $0.kind == kind }) > 1 {
        kinds.append(diagram("diagram-\(kind.word)", "Who gives \(kind.word) to whom", .kind(kind)))
      }
    }
    return kinds + egos(contents)
  }

  private static func diagram(_ name: String, _ caption: String, _ view: ChainDiagram.View) -> FigureKind {
    FigureKind(name, caption: caption) { context throws(NothingToDraw) in try ChainDiagram.draw(context, view) }
  }

  /// One figure an actor with flows, for its own page.
  private static func egos(_ contents: ChainContents) -> [FigureKind] {
    contents.actors.indices.compactMap { at in
      guard contents.flows.contains(where: { $0.from == at || $0.to == at }) else { return nil }
      let actor = contents.actors[at]
      return FigureKind("ego-\(actor.slug)", caption: "What \(actor.name) gets and gives") {
        context throws(NothingToDraw) in
        try EgoFigure.draw(context, slug: actor.slug)
      }
    }
  }
}
