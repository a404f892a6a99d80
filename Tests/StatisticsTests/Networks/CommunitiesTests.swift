import Testing

@testable import Statistics

@Suite struct CommunitiesTests {
  private struct Case: Decodable {
    struct Partition: Decodable {
      let member: [Int]
      let modularity: Double
    }
    let name: String
    let nodes: Int
    let edges: [[Double]]
    let best: Double
    let partitions: [Partition]
  }

  /// networkx: its modularity of given partitions, and the best of 200 of its Louvain runs.
  @Test func agreesWithNetworkx() throws {
    struct File: Decodable { let cases: [Case] }
    for expected in try reference("networkx/communities.expected.json", as: File.self).cases {
      let graph = try DirectedGraph(
        nodes: expected.nodes, edges: expected.edges.map { .init(from: Int($0[0]), to: Int($0[1]), weight: $0[2]) })
      for partition in expected.partitions {
        #expect(abs(graph.modularity(of: partition.member) - partition.modularity) < 1e-12)
      }
      let found = graph.communities()
      #expect(found.modularity >= expected.best - 1e-6, "\(expected.name)")
      #expect(abs(graph.modularity(of: found.memberOf) - found.modularity) < 1e-12)
    }
  }

  @Test func nothingJoinedIsNothingGrouped() throws {
    let graph = try DirectedGraph(nodes: 3, edges: [.init(from: 1, to: 1, weight: 4)])
    let found = graph.communities()
    #expect(found.memberOf == [0, 1, 2])
    #expect(found.modularity == 0)
    #expect(try DirectedGraph(nodes: 0, edges: []).communities().count == 0)
  }
}
