import Testing

@testable import Figures

@Suite struct LayerOrderTests {
  @Test func `a crossing that can be undone is undone`() {
    let graph = LayeredGraph(
      layers: [[0, 1, 2], [3, 4, 5]], edges: [(0, 5), (1, 4), (2, 3)], ties: [], nodeCount: 6)
    #expect(LayerOrder.best(graph).crossings == 0)
  }

  @Test func `a complete pairing of two by two crosses once`() {
    let graph = LayeredGraph(
      layers: [[0, 1], [2, 3]], edges: [(0, 2), (0, 3), (1, 2), (1, 3)], ties: [], nodeCount: 4)
    #expect(LayerOrder.best(graph).crossings == 1)
  }

  @Test func `ties bring nodes of a layer together`() {
    let graph = LayeredGraph(layers: [[0, 1, 2, 3]], edges: [], ties: [(0, 3)], nodeCount: 4)
    let layer = LayerOrder.best(graph).layers[0]
    let places = [layer.firstIndex(of: 0), layer.firstIndex(of: 3)].compactMap { $0 }
    #expect(abs(places[0] - places[1]) == 1)
  }
}

@Suite struct RowSettlingTests {
  /// Pooling by hand: 3 and 1 average to 2, 5 stays.
  @Test func `isotonic fits pool what is out of order`() {
    #expect(RowSettling.isotonic([3, 1, 5], [1, 1, 1]) == [2, 2, 5])
    #expect(RowSettling.isotonic([3, 1, 5], [3, 1, 1]) == [2.5, 2.5, 5])
    #expect(RowSettling.isotonic([], []) == [])
  }

  @Test func `cells keep their rooms and stay in the extent`() {
    let cells = (0..<4).map { _ in RowCell(before: 10, after: 10, gap: 5, isSoft: false) }
    let links = [RowLink(a: 0, b: 3, weight: 5), RowLink(a: 1, b: 3, weight: 5)]
    let line = RowSettling.settle(rows: [[0, 1, 2], [3]], cells: cells, links: links, extent: 100)
    #expect(line[1] - line[0] >= 25 - 1e-9)
    #expect(line[2] - line[1] >= 25 - 1e-9)
    #expect(line[0] >= 10 - 1e-9 && line[2] <= 90 + 1e-9)
    #expect(abs(line[3] - (line[0] + line[1]) / 2) < 1)
  }
}
