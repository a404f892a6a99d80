import Testing

@testable import Statistics

@Suite struct NetworksTests {
  private struct Case: Decodable {
    let nodes: Int
    let edges: [[Double]]
    let pagerank, betweenness, betweenness_unweighted: [Double]
    let reciprocity: Double
    let cycles: [[Int]]
    let eigenvector: [Double]?

    func graph() throws -> DirectedGraph {
      try DirectedGraph(
        nodes: nodes, edges: edges.map { .init(from: Int($0[0]), to: Int($0[1]), weight: $0[2]) })
    }
  }

  /// networkx on random networks, parallel edges and dangling nodes among them.
  @Test func agreesWithNetworkx() throws {
    struct File: Decodable { let cases: [Case] }
    for expected in try reference("networkx/centrality.expected.json", as: File.self).cases {
      let graph = try expected.graph()
      #expect(agree(graph.pageRank(), expected.pagerank))
      #expect(agree(graph.betweenness(), expected.betweenness))
      #expect(agree(graph.betweenness(weighted: false, normalized: false), expected.betweenness_unweighted))
      #expect(agree(try #require(graph.reciprocity), expected.reciprocity))
      let cycles = graph.simpleCycles(longest: 4)
      #expect(!cycles.isTruncated && Set(cycles.cycles) == Set(expected.cycles))
      #expect(cycles.cycles.count == expected.cycles.count)
      if let eigenvector = expected.eigenvector { #expect(agree(try graph.eigenvectorCentrality(), eigenvector)) }
    }
  }

  @Test func parallelEdgesAreSummed() throws {
    let graph = try DirectedGraph(
      nodes: 3,
      edges: [
        .init(from: 1, to: 0, weight: 2), .init(from: 0, to: 1, weight: 3), .init(from: 1, to: 0, weight: 4),
        .init(from: 1, to: 2, weight: 0), .init(from: 2, to: 2, weight: 5), .init(from: 0, to: 2, weight: 1),
      ])
    #expect(graph.edges.map(\.weight) == [3, 1, 6, 5])
    #expect(graph.strengthIn == [6, 3, 6] && graph.strengthOut == [4, 6, 5])
    #expect(graph.unreciprocated == [.init(from: 0, to: 2, weight: 1)])
    #expect(agree(try #require(graph.reciprocity), 2 / 3.0))
    #expect(graph.simpleCycles().cycles == [[0, 1]])
    #expect(graph.weight(from: 9, to: 0) == 0)
  }

  /// Three edges of 30, 60 and one of 20: both ways to the end are 0.05 long.
  @Test func pathsOfEqualLengthShare() throws {
    let graph = try DirectedGraph(
      nodes: 4,
      edges: [
        .init(from: 0, to: 1, weight: 30), .init(from: 1, to: 3, weight: 60), .init(from: 0, to: 2, weight: 60),
        .init(from: 2, to: 3, weight: 30), .init(from: 0, to: 3, weight: 20),
      ])
    #expect(agree(graph.betweenness(normalized: false), [0, 1 / 3.0, 1 / 3.0, 0]))
  }

  @Test func oddNetworks() throws {
    let none = try DirectedGraph(nodes: 0, edges: [])
    #expect(none.pageRank() == [] && none.betweenness() == [] && none.reciprocity == nil)
    #expect(none.simpleCycles() == .init(cycles: [], isTruncated: false))
    let alone = try DirectedGraph(nodes: 2, edges: [])
    #expect(alone.pageRank() == [0.5, 0.5] && alone.betweenness() == [0, 0])
    #expect(throws: DirectedGraph.MeasureFailure.noCycle) { try alone.eigenvectorCentrality() }
    let line = try DirectedGraph(nodes: 2, edges: [.init(from: 0, to: 1, weight: 1e308)])
    #expect(throws: DirectedGraph.MeasureFailure.noCycle) { try line.eigenvectorCentrality() }
    #expect(line.pageRank().allSatisfy { $0.isFinite })
    let tiny = try DirectedGraph(
      nodes: 2, edges: [.init(from: 0, to: 1, weight: .leastNonzeroMagnitude), .init(from: 1, to: 0)])
    #expect(tiny.betweenness().allSatisfy { $0.isFinite } && tiny.pageRank().allSatisfy { $0.isFinite })
    #expect(throws: DirectedGraph.MeasureFailure.notConverged) { try tiny.eigenvectorCentrality() }
  }

  @Test func badEdgesAreRefused() {
    typealias Failure = DirectedGraph.Failure
    func failure(_ edges: [DirectedGraph.Edge]) -> Failure? {
      thrown { () throws(Failure) in
        _ = try DirectedGraph(nodes: 2, edges: edges)
      }
    }
    #expect(failure([.init(from: 0, to: 2)]) == .noSuchNode(edge: 0))
    #expect(failure([.init(from: 0, to: 1), .init(from: -1, to: 0)]) == .noSuchNode(edge: 1))
    #expect(failure([.init(from: 0, to: 1, weight: -1)]) == .negativeWeight(edge: 0))
    #expect(failure([.init(from: 0, to: 1, weight: .nan)]) == .notFinite(edge: 0))
    #expect(
      failure([.init(from: 0, to: 1, weight: 1e308), .init(from: 0, to: 1, weight: 1e308)]) == .notFinite(edge: 1))
  }

  @Test func searchForCyclesIsBounded() throws {
    let all = (0..<20).flatMap { a in (0..<20).map { DirectedGraph.Edge(from: a, to: $0) } }
    let graph = try DirectedGraph(nodes: 20, edges: all)
    #expect(graph.simpleCycles(longest: 2).cycles.count == 190)
    #expect(graph.simpleCycles(longest: 20, limit: 50).isTruncated)
    #expect(graph.simpleCycles(longest: 20, limit: .max, steps: 1_000).isTruncated)
  }
}
