import ValueModels

/// The figures of a value chain that have something to draw.
enum ValueChainFigures {
  static func offered(_ findings: Findings) -> [FigureKind] {
    let contents = ChainContents(findings)
    guard !contents.flows.isEmpty else { return [] }
    return [
      FigureKind("diagram", caption: "Who gives what to whom") { context throws(NothingToDraw) in
        try ChainDiagram.draw(context)
      }
    ]
  }
}
