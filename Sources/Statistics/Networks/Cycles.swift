extension DirectedGraph {
  /// The cycles found within the bounds.
  package struct Cycles: Equatable, Sendable {
    /// Each cycle as its nodes in order, from its smallest node; ordered by length, then by nodes.
    package let cycles: [[Int]]
    /// Whether a bound on their number or on the search stopped it, so that there may be more.
    package let isTruncated: Bool
  }

  /// The simple cycles of 2 … `longest` different nodes.
  ///
  /// - Parameters:
  ///   - longest: The most nodes a cycle may have.
  ///   - limit: The most cycles to collect.
  ///   - steps: The most edges to try in all: dense networks have more paths than can be walked.
  package func simpleCycles(longest: Int = 6, limit: Int = 1_000, steps: Int = 2_000_000) -> Cycles {
    var search = CycleSearch(graph: self, longest: longest, limit: limit, stepsLeft: steps)
    for start in 0..<nodes where !search.isTruncated { search.walk(from: start) }
    let ordered = search.found.sorted { $0.count != $1.count ? $0.count < $1.count : $0.lexicographicallyPrecedes($1) }
    return Cycles(cycles: ordered, isTruncated: search.isTruncated)
  }
}

/// A walk over all paths from one node through greater ones, so that each cycle is met once.
private struct CycleSearch {
  let graph: DirectedGraph
  let longest: Int
  let limit: Int
  var stepsLeft: Int
  var found: [[Int]] = []
  var isTruncated = false
  private var onPath: [Bool]

  init(graph: DirectedGraph, longest: Int, limit: Int, stepsLeft: Int) {
    self.graph = graph
    self.longest = longest
    self.limit = limit
    self.stepsLeft = stepsLeft
    onPath = [Bool](repeating: false, count: graph.nodes)
  }

  /// With a stack of its own, since a path may be as long as the network.
  mutating func walk(from start: Int) {
    var path = [start]
    var nextEdge = [0]
    onPath[start] = true
    while let node = path.last {
      let edges = graph.leaving[node]
      let at = nextEdge[path.count - 1]
      guard at < edges.count, !isTruncated else {
        path.removeLast()
        nextEdge.removeLast()
        onPath[node] = false
        continue
      }
      nextEdge[path.count - 1] += 1
      stepsLeft -= 1
      if stepsLeft < 0 { isTruncated = true }
      let to = graph.edges[edges[at]].to
      if to == start, path.count > 1 {
        if found.count < limit { found.append(path) } else { isTruncated = true }
      } else if to > start, !onPath[to], path.count < longest {
        path.append(to)
        nextEdge.append(0)
        onPath[to] = true
      }
    }
  }
}
