/// A partition of a network.
package struct Communities: Sendable, Hashable {
  /// The community of each node, 0 ..< `count`, numbered as they first appear.
  package let memberOf: [Int]
  package let count: Int
  /// Newman and Girvan's modularity of the partition, −0.5 … 1.
  package let modularity: Double
}

extension DirectedGraph {
  /// Communities by modularity (Blondel et al. 2008), on weights of both directions added; loops are left out.
  ///
  /// The best of several orders of nodes drawn from the seed; the first of equals, so always the same.
  ///
  /// - Returns: Every node alone, modularity 0, where nothing joins two nodes.
  package func communities(seed: UInt64 = 1, starts: Int = 20) -> Communities {
    let links = undirected
    var best: Communities?
    for start in 0..<max(1, starts) {
      var generator = SeededGenerator(seed: seed, stream: UInt64(start))
      let found = Self.louvain(links, &generator)
      let value = modularity(of: found)
      if best.map({ value > $0.modularity + 1e-12 }) ?? true {
        best = Communities(memberOf: found, count: Set(found).count, modularity: value)
      }
    }
    return best ?? Communities(memberOf: Array(0..<nodes), count: nodes, modularity: 0)
  }

  /// Modularity of a partition on weights of both directions added: Σ over communities of the share of weight within less
  /// the square of the share of ends; 0 without weight.
  package func modularity(of memberOf: [Int]) -> Double {
    var within: [Int: Double] = [:]
    var ends: [Int: Double] = [:]
    var total = 0.0
    for edge in edges where edge.from != edge.to {
      let (a, b) = (memberOf[edge.from], memberOf[edge.to])
      total += edge.weight
      ends[a, default: 0] += edge.weight
      ends[b, default: 0] += edge.weight
      if a == b { within[a, default: 0] += edge.weight }
    }
    guard total > 0 else { return 0 }
    return ends.keys.sorted().reduce(0) { sum, community in
      let share = (ends[community] ?? 0) / (2 * total)
      return sum + (within[community] ?? 0) / total - share * share
    }
  }

  /// Neighbours with weights, both directions added, in order of node.
  private var undirected: [[(node: Int, weight: Double)]] {
    var sums = [[Int: Double]](repeating: [:], count: nodes)
    for edge in edges where edge.from != edge.to {
      sums[edge.from][edge.to, default: 0] += edge.weight
      sums[edge.to][edge.from, default: 0] += edge.weight
    }
    return sums.map { $0.sorted { $0.key < $1.key }.map { ($0.key, $0.value) } }
  }

  private static func louvain(
    _ links: [[(node: Int, weight: Double)]], _ generator: inout SeededGenerator
  ) -> [Int] {
    var memberOf = Array(links.indices)
    var level = links
    var inside = [Double](repeating: 0, count: links.count)
    while true {
      let moved = moveNodes(level, inside, &generator)
      let renumbered = numbered(moved)
      memberOf = memberOf.map { renumbered[$0] }
      let count = (renumbered.max() ?? -1) + 1
      if count == level.count { break }
      (level, inside) = joined(level, inside, renumbered, count)
    }
    return numbered(memberOf)
  }

  /// Moves single nodes to the neighbouring community that gains most until none gains.
  private static func moveNodes(
    _ links: [[(node: Int, weight: Double)]], _ inside: [Double], _ generator: inout SeededGenerator
  ) -> [Int] {
    let degrees = links.indices.map { at in links[at].reduce(2 * inside[at]) { $0 + $1.weight } }
    let total = degrees.reduce(0, +)
    var memberOf = Array(links.indices)
    guard total > 0 else { return memberOf }
    var ends = degrees
    let order = Array(links.indices).shuffled(using: &generator)
    for _ in 0..<100 {
      var changed = false
      for node in order {
        let home = memberOf[node]
        ends[home] -= degrees[node]
        var towards: [Int: Double] = [:]
        for link in links[node] { towards[memberOf[link.node], default: 0] += link.weight }
        func gain(_ community: Int) -> Double {
          (towards[community] ?? 0) - degrees[node] * ends[community] / total
        }
        var best = home
        for community in towards.keys.sorted() where gain(community) > gain(best) + 1e-12 * total { best = community }
        ends[best] += degrees[node]
        if best != home {
          memberOf[node] = best
          changed = true
        }
      }
      if !changed { break }
    }
    return memberOf
  }

  private static func joined(
    _ links: [[(node: Int, weight: Double)]], _ inside: [Double], _ memberOf: [Int], _ count: Int
  ) -> ([[(node: Int, weight: Double)]], [Double]) {
    var sums = [[Int: Double]](repeating: [:], count: count)
    var within = [Double](repeating: 0, count: count)
    for node in links.indices {
      within[memberOf[node]] += inside[node]
      for link in links[node] {
        if memberOf[link.node] == memberOf[node] {
          within[memberOf[node]] += link.weight / 2
        } else {
          sums[memberOf[node]][memberOf[link.node], default: 0] += link.weight
        }
      }
    }
    return (sums.map { $0.sorted { $0.key < $1.key }.map { ($0.key, $0.value) } }, within)
  }

  /// Communities numbered as they first appear.
  private static func numbered(_ memberOf: [Int]) -> [Int] {
    var numbers: [Int: Int] = [:]
    return memberOf.map { community in
      if let number = numbers[community] { return number }
      numbers[community] = numbers.count
      return numbers.count - 1
    }
  }
}
