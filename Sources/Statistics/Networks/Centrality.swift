extension DirectedGraph {
  /// PageRank (Page et al. 1998) with weights.
  ///
  /// A node passes its rank on in proportion to the weights it sends; one that sends nothing passes it to all nodes
  /// alike; as networkx has it.
  ///
  /// - Parameter damping: The share that follows edges, 0 ..< 1.
  /// - Returns: One rank a node, > 0, summing to 1; iterated until the sum of changes is at most 10⁻¹⁵ or 1,000 times.
  package func pageRank(damping: Double = 0.85) -> [Double] {
    guard nodes > 0 else { return [] }
    let damping = min(max(damping, 0), 1 - 1e-9)
    let shares = outgoingShares()
    var rank = [Double](repeating: 1 / Double(nodes), count: nodes)
    for _ in 0..<1000 {
      var dangling = 0.0
      for node in 0..<nodes where leaving[node].isEmpty { dangling += rank[node] }
      var next = [Double](repeating: (1 - damping + damping * dangling) / Double(nodes), count: nodes)
      for (at, edge) in edges.enumerated() { next[edge.to] += damping * rank[edge.from] * shares[at] }
      let sum = next.reduce(0, +)
      for node in 0..<nodes { next[node] /= sum }
      let change = zip(rank, next).reduce(0) { $0 + abs($1.0 - $1.1) }
      rank = next
      if change <= 1e-15 { break }
    }
    return rank
  }

  /// Each edge's share of what its node sends. Divided by the largest first, so that huge weights cannot overflow.
  private func outgoingShares() -> [Double] {
    var shares = [Double](repeating: 0, count: edges.count)
    for node in 0..<nodes {
      let largest = leaving[node].reduce(0) { max($0, edges[$1].weight) }
      let sum = leaving[node].reduce(0) { $0 + edges[$1].weight / largest }
      for at in leaving[node] { shares[at] = edges[at].weight / largest / sum }
    }
    return shares
  }

  /// Betweenness (Freeman 1977) by Brandes' algorithm (2001): how many of the shortest paths between others pass a node.
  ///
  /// The length of an edge is 1 / weight when `weighted`, else 1. Paths whose lengths agree to 1 part in 10¹² are equal
  /// and share the count.
  ///
  /// - Parameter normalized: Divided by (n − 1)(n − 2), so that 0–1, where there are more than two nodes.
  package func betweenness(weighted: Bool = true, normalized: Bool = true) -> [Double] {
    var result = [Double](repeating: 0, count: nodes)
    for source in 0..<nodes {
      let paths = shortestPaths(from: source, weighted: weighted)
      var dependency = [Double](repeating: 0, count: nodes)
      for node in paths.order.reversed() {
        for before in paths.predecessors[node] {
          dependency[before] += paths.counts[before] / paths.counts[node] * (1 + dependency[node])
        }
        if node != source { result[node] += dependency[node] }
      }
    }
    if normalized, nodes > 2 {
      let pairs = Double(nodes - 1) * Double(nodes - 2)
      for node in 0..<nodes { result[node] /= pairs }
    }
    return result
  }

  private func shortestPaths(
    from source: Int, weighted: Bool
  ) -> (order: [Int], predecessors: [[Int]], counts: [Double]) {
    var distance = [Double](repeating: .infinity, count: nodes)
    var counts = [Double](repeating: 0, count: nodes)
    var predecessors = [[Int]](repeating: [], count: nodes)
    var settled = [Bool](repeating: false, count: nodes)
    var order: [Int] = []
    var queue = DistanceHeap()
    distance[source] = 0
    counts[source] = 1
    queue.push(0, source)
    while let (_, node) = queue.pop() {
      guard !settled[node] else { continue }
      settled[node] = true
      order.append(node)
      for at in leaving[node] where edges[at].to != node {
        let to = edges[at].to
        let length = distance[node] + (weighted ? 1 / edges[at].weight : 1)
        // A length of infinity (a weight too small to divide by) joins nothing.
        guard !settled[to], length.isFinite else { continue }
        let tolerance = 1e-12 * length
        if length < distance[to] - tolerance {
          distance[to] = length
          counts[to] = counts[node]
          predecessors[to] = [node]
          queue.push(length, to)
        } else if length <= distance[to] + tolerance {
          counts[to] += counts[node]
          predecessors[to].append(node)
        }
      }
    }
    return (order, predecessors, counts)
  }

  /// Eigenvector centrality (Bonacich 1972): a node counts by what it receives from nodes that count.
  ///
  /// The leading left eigenvector of the weights, as networkx has it: iterated as x ← x + Aᵀx from all equal (A divided
  /// by its largest strength), Euclidean length 1, ≥ 0. Where several parts of the network share the largest eigenvalue,
  /// each keeps the weight that start gives it.
  ///
  /// - Throws: `.noCycle` where all eigenvalues are 0; `.notConverged` after 100,000 steps.
  package func eigenvectorCentrality() throws(MeasureFailure) -> [Double] {
    guard hasCycle else { throw .noCycle }
    let largest = edges.reduce(0) { max($0, $1.weight) }
    var strongest = 0.0
    for node in 0..<nodes { strongest = max(strongest, entering[node].reduce(0) { $0 + edges[$1].weight / largest }) }
    var x = [Double](repeating: 1 / Double(nodes).squareRoot(), count: nodes)
    for _ in 0..<100_000 {
      var next = x
      for edge in edges { next[edge.to] += edge.weight / largest / strongest * x[edge.from] }
      let norm = next.reduce(0) { $0 + $1 * $1 }.squareRoot()
      for node in 0..<nodes { next[node] /= norm }
      let change = zip(x, next).reduce(0) { max($0, abs($1.0 - $1.1)) }
      x = next
      if change <= 1e-15 { return x }
    }
    throw .notConverged
  }

  /// Whether a walk can return to where it began (a loop counts).
  private var hasCycle: Bool {
    var waiting = entering.map(\.count)
    var free = (0..<nodes).filter { waiting[$0] == 0 }
    var removed = 0
    while let node = free.popLast() {
      removed += 1
      for at in leaving[node] {
        waiting[edges[at].to] -= 1
        if waiting[edges[at].to] == 0 { free.append(edges[at].to) }
      }
    }
    return removed < nodes
  }
}

/// A binary heap of nodes by distance; equal distances by node, so that the order is always the same.
private struct DistanceHeap {
  private var items: [(distance: Double, node: Int)] = []

  private func precedes(_ a: Int, _ b: Int) -> Bool { items[a] < items[b] }

  mutating func push(_ distance: Double, _ node: Int) {
    items.append((distance, node))
    var at = items.count - 1
    while at > 0, precedes(at, (at - 1) / 2) {
      items.swapAt(at, (at - 1) / 2)
      at = (at - 1) / 2
    }
  }

  mutating func pop() -> (distance: Double, node: Int)? {
    guard let first = items.first else { return nil }
    let last = items.removeLast()
    guard !items.isEmpty else { return first }
    items[0] = last
    var at = 0
    while true {
      var least = at
      for child in [2 * at + 1, 2 * at + 2] where child < items.count && precedes(child, least) { least = child }
      guard least != at else { return first }
      items.swapAt(at, least)
      at = least
    }
  }
}
