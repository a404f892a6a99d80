import Statistics

/// Groups of actors with more flows among themselves than chance would give.
struct ChainCommunities {
  /// Community of each actor, from 1 by size; actors without a flow are each their own.
  let memberOf: [Int]
  let count: Int
  /// Newman's modularity; nil without flows.
  let modularity: Double?

  init(_ actors: Int, _ edges: [DirectedGraph.Edge], seed: UInt64) {
    guard let graph = try? DirectedGraph(nodes: actors, edges: edges), !graph.edges.isEmpty else {
      memberOf = Array(1...max(1, actors)).prefix(actors).map { $0 }
      count = actors
      modularity = nil
      return
    }
    let found = graph.communities(seed: seed)
    let sizes = (0..<found.count).map { group in found.memberOf.count { $0 == group } }
    let order = sizes.indices.sorted { (-sizes[$0], $0) < (-sizes[$1], $1) }
    var rank = [Int](repeating: 0, count: found.count)
    for (at, group) in order.enumerated() { rank[group] = at + 1 }
    memberOf = found.memberOf.map { rank[$0] }
    count = found.count
    modularity = found.modularity
  }

  /// `communities(community, actors, size)`.
  func table(_ names: [String]) -> FindingsTable {
    var table = FindingsTable(
      "communities", title: "Who belongs together by the flows",
      columns: [.init("community", .integer), .init("size", .integer), .init("actors", .text)])
    guard modularity != nil else { return table }
    for community in 1...max(1, count) {
      let members = names.indices.filter { memberOf[$0] == community }.map { names[$0] }
      guard !members.isEmpty else { continue }
      table.add([.integer(community), .integer(members.count), .text(members.joined(separator: ", "))])
    }
    return table
  }
}
