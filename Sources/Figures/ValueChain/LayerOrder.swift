import Statistics

/// Nodes in layers, edges between neighbouring layers, ties within one.
struct LayeredGraph {
  var layers: [[Int]]
  /// Ends in layer *i* and *i* + 1.
  var edges: [(upper: Int, lower: Int)]
  /// Pairs of one layer that should stand side by side.
  var ties: [(Int, Int)]
  var nodeCount: Int
}

/// Orders the nodes of each layer so that few edges cross.
///
/// Sugiyama, Tagawa and Toda (1981), with the weighted median and transposition of Gansner et al. (1993), from the given
/// order and from several shuffled ones with a fixed seed; the best is kept, the first of equals.
struct LayerOrder {
  private let up: [[Int]]
  private let down: [[Int]]
  private let tied: [[Int]]
  private let edges: [(upper: Int, lower: Int)]
  private var layers: [[Int]]
  private var position: [Int]

  /// - Returns: The layers in their best order and the crossings left.
  static func best(_ graph: LayeredGraph, starts: Int = 6, sweeps: Int = 8) -> (layers: [[Int]], crossings: Int) {
    var best: (layers: [[Int]], cost: Double, crossings: Int)?
    var generator = SeededGenerator(seed: 1)
    for start in 0..<max(1, starts) {
      var order = LayerOrder(graph)
      if start > 0 { order.shuffle(&generator) }
      order.improve(sweeps: sweeps) { layers, cost, crossings in
        if cost < (best?.cost ?? .infinity) { best = (layers, cost, crossings) }
      }
      if best?.cost == 0 { break }
    }
    return (best?.layers ?? graph.layers, best?.crossings ?? 0)
  }

  private init(_ graph: LayeredGraph) {
    layers = graph.layers
    edges = graph.edges
    var up = [[Int]](repeating: [], count: graph.nodeCount)
    var down = up
    var tied = up
    for edge in graph.edges {
      down[edge.upper].append(edge.lower)
      up[edge.lower].append(edge.upper)
    }
    for (a, b) in graph.ties {
      tied[a].append(b)
      tied[b].append(a)
    }
    self.up = up
    self.down = down
    self.tied = tied
    position = [Int](repeating: 0, count: graph.nodeCount)
    for layer in layers { for (index, node) in layer.enumerated() { position[node] = index } }
  }

  private mutating func shuffle(_ generator: inout SeededGenerator) {
    for layer in layers.indices {
      layers[layer].shuffle(using: &generator)
      place(layer)
    }
  }

  private mutating func place(_ layer: Int) {
    for (index, node) in layers[layer].enumerated() { position[node] = index }
  }

  private mutating func improve(sweeps: Int, keep: ([[Int]], Double, Int) -> Void) {
    transpose()
    report(keep)
    for sweep in 0..<sweeps {
      let downwards = sweep % 2 == 0
      for layer in downwards ? Array(layers.indices) : layers.indices.reversed() {
        sort(layer, by: downwards ? up : down)
      }
      transpose()
      report(keep)
    }
  }

  private func report(_ keep: ([[Int]], Double, Int) -> Void) {
    let crossings = self.crossings
    keep(layers, Double(crossings) + 1.5 * tieCost, crossings)
  }

  private mutating func sort(_ layer: Int, by neighbours: [[Int]]) {
    let keys = layers[layer].map { node -> Double in
      let places = (neighbours[node] + (tied[node])).map { position[$0] }.sorted()
      return places.isEmpty ? Double(position[node]) : median(places)
    }
    let sorted = layers[layer].indices.sorted { (keys[$0], $0) < (keys[$1], $1) }.map { layers[layer][$0] }
    layers[layer] = sorted
    place(layer)
  }

  /// Between two middle places the one on the denser side weighs more.
  private func median(_ places: [Int]) -> Double {
    let middle = places.count / 2
    if places.count % 2 == 1 { return Double(places[middle]) }
    if places.count == 2 { return Double(places[0] + places[1]) / 2 }
    let left = Double(places[middle - 1] - places[0])
    let right = Double(places[places.count - 1] - places[middle])
    guard left + right > 0 else { return Double(places[middle - 1] + places[middle]) / 2 }
    return (Double(places[middle - 1]) * right + Double(places[middle]) * left) / (left + right)
  }

  private mutating func transpose() {
    for _ in 0..<8 {
      var improved = false
      for layer in layers.indices where layers[layer].count > 1 {
        for index in 0..<(layers[layer].count - 1) {
          let (a, b) = (layers[layer][index], layers[layer][index + 1])
          let gain = swapGain(up[a], up[b]) + swapGain(down[a], down[b])
          var tieGain = 0.0
          if !tied[a].isEmpty || !tied[b].isEmpty {
            let before = tieCost(of: a) + tieCost(of: b)
            position.swapAt(a, b)
            tieGain = before - tieCost(of: a) - tieCost(of: b)
            position.swapAt(a, b)
          }
          if Double(gain) + 1.5 * tieGain > 0 {
            layers[layer].swapAt(index, index + 1)
            position.swapAt(a, b)
            improved = true
          }
        }
      }
      if !improved { return }
    }
  }

  /// Crossings saved when two neighbours of a layer change places.
  private func swapGain(_ left: [Int], _ right: [Int]) -> Int {
    var gain = 0
    for a in left { for b in right { gain += (position[a] - position[b]).signum() } }
    return gain
  }

  private func tieCost(of node: Int) -> Double {
    tied[node].reduce(0) { $0 + Double(abs(position[node] - position[$1]) - 1) }
  }

  private var tieCost: Double {
    var cost = 0.0
    for layer in layers { for node in layer { cost += tieCost(of: node) } }
    return cost / 2
  }

  /// Pairs of edges that cross, counted gap by gap.
  private var crossings: Int {
    var layerOf = [Int](repeating: 0, count: position.count)
    for (index, layer) in layers.enumerated() { for node in layer { layerOf[node] = index } }
    var gaps = [[(Int, Int)]](repeating: [], count: layers.count)
    for edge in edges { gaps[layerOf[edge.upper]].append((position[edge.upper], position[edge.lower])) }
    var count = 0
    for gap in gaps {
      let sorted = gap.sorted { $0 < $1 }
      for i in sorted.indices { for j in 0..<i where sorted[j].1 > sorted[i].1 { count += 1 } }
    }
    return count
  }
}
