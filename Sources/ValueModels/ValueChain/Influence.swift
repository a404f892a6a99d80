import Diagnostics
import Settings
import Statistics

/// Which flows make the network whose centres are looked for.
struct InfluenceSettings {
  /// Nil: information, influence and trust where there are any, else all.
  var kinds: [FlowKind]?
  /// Nil: values where every flow has one in one unit and period.
  var usesValues: Bool?

  init(_ ground: inout Groundwork) {
    let known = FlowKind.allCases.map(\.rawValue)
    kinds = ground.texts("influence_kinds")?.compactMap { named in
      if let kind = FlowKind(rawValue: named.name) { return kind }
      ground.fail(
        "settings.unknown-choice", at: named.position,
        "'influence_kinds' lists kinds of flow, and '\(named.name)' is none",
        hint: nearestHint(to: named.name, among: known))
      return nil
    }
    if ground.setting("influence_weight") != nil {
      usesValues = ground.choice("influence_weight", among: ["value", "count"], standard: "value") == "value"
    }
  }
}

/// The place of actors in the network of influence. Descriptive: what the flows listed say, not a test.
struct Influence {
  var kinds: [FlowKind]
  var usesValues: Bool
  var pageRank: [Double]
  var betweenness: [Double]
  /// Nil where the network has no cycle, so that no actor counts through others.
  var eigenvector: [Double]?
  var strengthIn: [Double]
  var strengthOut: [Double]
  /// The flows used, as edges with their weights.
  var edges: [DirectedGraph.Edge]

  /// Parallel flows are added first. Rank arrives along the flows; betweenness takes 1 / weight as length, its sum divided
  /// by (n − 1)(n − 2).
  /// Where weights are asked for that cannot be added, flows are counted, and a caution says so.
  init(_ actors: ChainActors, _ flows: ChainFlows, _ settings: InfluenceSettings, _ ground: inout Groundwork) {
    let soft: [FlowKind] = [.information, .influence, .trust]
    let standard = flows.flows.contains { soft.contains($0.kind) } ? soft : FlowKind.allCases
    kinds = settings.kinds ?? standard
    let chosen = kinds
    let used = flows.flows.filter { chosen.contains($0.kind) }
    let isOneMeasure =
      !used.isEmpty && used.allSatisfy { $0.value != nil }
      && distinct(used.map { measure($0.unit, $0.period) }).count == 1
    let byValue = isOneMeasure && settings.usesValues ?? true
    usesValues = byValue
    if settings.usesValues == true, !isOneMeasure {
      ground.cautions.append(
        Caution(
          "influence-counts",
          "Influence counts flows: their values are missing in part or in several units, and are not added"))
    }
    edges = used.map { DirectedGraph.Edge(from: $0.from, to: $0.to, weight: byValue ? $0.value ?? 1 : 1) }
    let count = actors.actors.count
    guard let graph = try? DirectedGraph(nodes: count, edges: edges) else {
      // Values that add up to more than a number can hold.
      let none = [Double](repeating: .nan, count: count)
      (pageRank, betweenness, eigenvector, strengthIn, strengthOut) = (none, none, nil, none, none)
      return
    }
    pageRank = graph.pageRank(damping: 0.85)
    betweenness = graph.betweenness(weighted: usesValues)
    // The iteration leaves traces of its start on actors outside the strongest circle: they count nothing.
    eigenvector = (try? graph.eigenvectorCentrality())?.map { $0 < 1e-9 ? 0 : $0 }
    strengthIn = graph.strengthIn
    strengthOut = graph.strengthOut
  }
}
