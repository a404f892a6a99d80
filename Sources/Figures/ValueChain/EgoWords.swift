import Formats
import ValueModels

/// What an actor's own view says in words.
enum EgoWords {
  /// The finding about one actor: what is not answered first, else what stays with it.
  static func title(_ contents: ChainContents, _ ego: Int, _ context: FigureContext) -> String {
    let name = contents.actors[ego].name
    let open = contents.flows.filter { $0.from == ego && $0.isUnreciprocated }
    if !open.isEmpty {
      let others = Set(open.map(\.to))
      let whom = others.count == 1 ? contents.actors[open[0].to].name : "\(others.count) others"
      return "From \(whom) nothing comes back to \(name)"
    }
    if let kept = money(contents, ego, context) {
      return "Of \(kept.gets) that reach \(name), \(kept.kept) stay"
    }
    let partners = Set(contents.flows.compactMap { $0.from == ego ? $0.to : $0.to == ego ? $0.from : nil }).count
    return
      "\(name) gives \(contents.flows.count { $0.from == ego }) and gets \(contents.flows.count { $0.to == ego }), with \(partners) "
      + (partners == 1 ? "partner" : "partners")
  }

  /// Money in, out and kept, where all of it is in one unit and period.
  static func keeps(_ contents: ChainContents, _ ego: Int, _ context: FigureContext) -> String? {
    guard let kept = money(contents, ego, context) else { return nil }
    return "Money in \(kept.gets), money out \(kept.gives): \(kept.kept) stay."
  }

  private static func money(
    _ contents: ChainContents, _ ego: Int, _ context: FigureContext
  ) -> (gets: String, gives: String, kept: String)? {
    let paid = contents.flows.filter { $0.kind == .money && $0.value != nil }
    guard let first = paid.first, paid.allSatisfy({ $0.unit == first.unit && $0.period == first.period }) else {
      return nil
    }
    let gets = paid.reduce(0) { $0 + ($1.to == ego ? $1.value ?? 0 : 0) }
    let gives = paid.reduce(0) { $0 + ($1.from == ego ? $1.value ?? 0 : 0) }
    guard gets > 0, gives <= gets else { return nil }
    let values = FlowValues(contents.flows, context.language)
    func words(_ value: Double) -> String {
      values.amount(value, first.unit, shared: false) + (first.period.isEmpty ? "" : " per \(first.period)")
    }
    return (words(gets), words(gives), words(gets - gives))
  }
}
