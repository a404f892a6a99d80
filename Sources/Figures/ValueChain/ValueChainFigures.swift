import ValueModels

/// The figures of a value chain that have something to draw, the diagram first.
enum ValueChainFigures {
  static func offered(_ findings: Findings) -> [FigureKind] {
    let contents = ChainContents(findings)
    var kinds: [FigureKind] = []
    if !contents.flows.isEmpty {
      kinds.append(
        FigureKind("diagram", caption: "Who gives what to whom") { context throws(NothingToDraw) in
          try ChainDiagram.draw(context)
        })
    }
    if !MoneyFlows(contents).payments.isEmpty {
      kinds.append(
        FigureKind("money", caption: "Where the money comes from and where it stays") {
          context throws(NothingToDraw) in
          try MoneyFigure.draw(context)
        })
    }
    return kinds
  }
}
