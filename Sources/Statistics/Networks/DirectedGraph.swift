/// A network of directed, weighted edges between nodes 0 ..< `nodes`.
///
/// Parallel edges are added together first; an edge of weight 0 is no edge. Loops are kept: they count in strengths and
/// PageRank, and are left out of paths, cycles and reciprocity.
package struct DirectedGraph: Sendable {
  /// An edge of the network.
  package struct Edge: Equatable, Sendable {
    /// The node it leaves.
    package let from: Int
    /// The node it enters.
    package let to: Int
    /// How much flows, ≥ 0.
    package let weight: Double
    /// An edge between two nodes.
    package init(from: Int, to: Int, weight: Double = 1) {
      self.from = from
      self.to = to
      self.weight = weight
    }
  }

  /// Why edges make no network; `edge` is the index in the list given.
  package enum Failure: Error, Equatable, Sendable {
    /// An end that is not a node.
    case noSuchNode(edge: Int)
    /// A weight below 0.
    case negativeWeight(edge: Int)
    /// NaN or infinity, or the edge at which the sum of all weights reaches it.
    case notFinite(edge: Int)
  }

  /// Why a measure is not defined for this network.
  package enum MeasureFailure: Error, Equatable, Sendable {
    /// The network has no cycle, so eigenvector centrality is 0 everywhere.
    case noCycle
    /// The iteration did not settle.
    case notConverged
  }

  /// The number of nodes.
  package let nodes: Int
  /// The summed edges of weight > 0, ordered by `from`, then `to`.
  package let edges: [Edge]
  /// The indices in `edges` that leave each node.
  let leaving: [[Int]]
  /// The indices in `edges` that enter each node.
  let entering: [[Int]]

  /// A network from a list of edges; `nodes` below 0 counts as 0.
  package init(nodes: Int, edges given: [Edge]) throws(Failure) {
    let count = max(0, nodes)
    var total = 0.0
    for (at, edge) in given.enumerated() {
      guard edge.from >= 0, edge.from < count, edge.to >= 0, edge.to < count else { throw .noSuchNode(edge: at) }
      guard edge.weight.isFinite else { throw .notFinite(edge: at) }
      guard edge.weight >= 0 else { throw .negativeWeight(edge: at) }
      total += edge.weight
      guard total.isFinite else { throw .notFinite(edge: at) }
    }
    let order = given.indices.filter { given[$0].weight > 0 }.sorted {
      (given[$0].from, given[$0].to, $0) < (given[$1].from, given[$1].to, $1)
    }
    var summed: [Edge] = []
    for at in order {
      let edge = given[at]
      if let last = summed.last, last.from == edge.from, last.to == edge.to {
        summed[summed.count - 1] = Edge(from: edge.from, to: edge.to, weight: last.weight + edge.weight)
      } else {
        summed.append(edge)
      }
    }
    self.nodes = count
    edges = summed
    var outgoing = [[Int]](repeating: [], count: count)
    var incoming = outgoing
    for (at, edge) in summed.enumerated() {
      outgoing[edge.from].append(at)
      incoming[edge.to].append(at)
    }
    leaving = outgoing
    entering = incoming
  }

  /// The summed weight that enters each node.
  package var strengthIn: [Double] { entering.map { $0.reduce(0) { $0 + edges[$1].weight } } }
  /// The summed weight that leaves each node.
  package var strengthOut: [Double] { leaving.map { $0.reduce(0) { $0 + edges[$1].weight } } }

  /// The weight from one node to another; 0 without an edge.
  package func weight(from: Int, to: Int) -> Double {
    guard from >= 0, from < nodes, let at = leaving[from].first(where: { edges[$0].to == to }) else { return 0 }
    return edges[at].weight
  }

  /// The edges, loops left out, that no edge answers in the other direction.
  package var unreciprocated: [Edge] {
    edges.filter { $0.from != $0.to && weight(from: $0.to, to: $0.from) == 0 }
  }

  /// The share of edges, loops left out, that are answered by one in the other direction, 0–1; `nil` without edges.
  package var reciprocity: Double? {
    let count = edges.count { $0.from != $0.to }
    return count == 0 ? nil : 1 - Double(unreciprocated.count) / Double(count)
  }
}
