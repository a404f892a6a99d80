import Graphics

/// Lays a chain out in layers: actors in their stages, bundles of flows as lanes between them, labels in rooms of their own.
///
/// Phases after Sugiyama, Tagawa and Toda (1981); labels are nodes of the gaps between layers, as in Graphviz' dot, so that
/// no band passes under a foreign label and no label meets another.
struct ChainLayout {
  static let arrow = 8.0
  static let bandSpace = 2.0
  static let portSpace = 6.0

  /// A bundle on its way through one gap between layers.
  struct Lane {
    var bundle: Int
    /// Cells of the rows on both sides, actors or passes; the same layer twice for a lane that turns back.
    var ends: (Int, Int)
    var turnsBack: Bool
    var hasLabel: Bool
    /// One cell a tier of the gap, in order, and the tier of its label.
    var cells: [Int] = []
    var labelTier = 0
  }

  let parts: ChainParts
  let direction: ChainDirection
  /// px across the stages; nil where the page may grow that way.
  let extent: Double?
  var bundles: [FlowBundle] = []
  /// Actor cells come first, then passes, then lanes.
  var cells: [RowCell] = []
  var layers: [[Int]] = []
  var layerOf: [Int] = []
  /// The nodes of each bundle from its first to its second actor.
  var routes: [[Int]] = []
  var gaps: [[Lane]] = []
  /// Bundles between neighbours of one layer, drawn straight from box to box.
  var straight: [Int] = []
  var line: [Double] = []
  var crossings = 0
  var isTight = false
  /// Offset of a bundle's middle from its actor's, by actor and side (0 towards earlier layers).
  var ports: [[Int: Double]] = []

  /// - Parameter length: The room along the stages; nil where the page may grow that way.
  /// - Returns: nil where the chain cannot be laid out well in that room.
  static func place(
    _ parts: ChainParts, _ direction: ChainDirection, extent: Double?, length: Double?
  ) -> ChainPlacement? {
    var layout = ChainLayout(parts: parts, direction: direction, extent: extent)
    layout.assignLayers()
    layout.makeBundles()
    if let length, layout.leastLength > length { return nil }
    layout.routeBundles()
    layout.orderLayers()
    layout.chooseStraight()
    layout.makeLanes()
    layout.settle()
    return layout.placement(length: length)
  }

  private init(parts: ChainParts, direction: ChainDirection, extent: Double?) {
    self.parts = parts
    self.direction = direction
    self.extent = extent
  }

  /// One layer a stage, more where its boxes do not fit side by side.
  private mutating func assignLayers() {
    layerOf = [Int](repeating: 0, count: parts.boxes.count)
    for stage in 0..<max(1, parts.stageCount) {
      // Those who take from earlier stages stand on the side of them.
      let members = parts.boxes.indices.filter { parts.stage[$0] == stage }
        .sorted { (lean($0), $0) < (lean($1), $1) }
      guard !members.isEmpty else { continue }
      var rows = 1
      if let extent {
        let total = members.reduce(0) { $0 + direction.across(parts.boxes[$1]) + 26 }
        rows = max(1, min(members.count, Int((total / extent).rounded(.up))))
      }
      for row in 0..<rows {
        let range = (row * members.count / rows)..<((row + 1) * members.count / rows)
        for actor in members[range] { layerOf[actor] = layers.count }
        layers.append(members[range].sorted())
      }
    }
    cells = parts.boxes.map {
      let half = direction.across($0) / 2
      return RowCell(before: half, after: half, gap: direction == .downward ? 20 : 22, isSoft: false)
    }
  }

  /// What boxes, labels and the shortest turns take along the stages at least.
  private var leastLength: Double {
    var gaps = [Double](repeating: 0, count: max(0, layers.count - 1))
    for bundle in bundles where layerOf[bundle.second] == layerOf[bundle.first] + 1 {
      for flow in bundle.forward + bundle.back {
        let gap = layerOf[bundle.first]
        gaps[gap] = max(gaps[gap], parts.labels[flow].map(direction.along) ?? 0)
      }
    }
    let boxes = layers.reduce(0) { sum, layer in sum + (layer.map { direction.along(parts.boxes[$0]) }.max() ?? 0) }
    return boxes + gaps.reduce(0, +) + 34 * Double(gaps.count)
  }

  /// Negative where an actor deals with earlier stages, positive with later ones.
  private func lean(_ actor: Int) -> Int {
    parts.flows.reduce(0) { sum, flow in
      guard flow.from == actor || flow.to == actor else { return sum }
      let other = flow.from == actor ? flow.to : flow.from
      return sum + (parts.stage[other] - parts.stage[actor]).signum()
    }
  }

  private mutating func makeBundles() {
    var index: [[Int]: Int] = [:]
    for (number, flow) in parts.flows.enumerated() {
      let forward = (layerOf[flow.from], flow.from) < (layerOf[flow.to], flow.to)
      let ends = forward ? [flow.from, flow.to] : [flow.to, flow.from]
      let bundle = index[ends] ?? bundles.count
      if bundle == bundles.count {
        index[ends] = bundle
        bundles.append(FlowBundle(first: ends[0], second: ends[1], forward: [], back: []))
      }
      if forward { bundles[bundle].forward.append(number) } else { bundles[bundle].back.append(number) }
    }
    for index in bundles.indices {
      let flows = bundles[index].forward + bundles[index].back
      bundles[index].thickness =
        flows.reduce(0) { $0 + max(parts.leastRoom, parts.widths[$1]) } + Self.bandSpace * Double(flows.count - 1)
    }
  }

  /// Adds a pass in every layer that a bundle skips.
  private mutating func routeBundles() {
    for bundle in bundles {
      var route = [bundle.first]
      let (from, to) = (layerOf[bundle.first], layerOf[bundle.second])
      if to > from + 1 {
        for layer in (from + 1)..<to {
          route.append(cells.count)
          layers[layer].append(cells.count)
          layerOf.append(layer)
          let half = bundle.thickness / 2 + 3
          cells.append(RowCell(before: half, after: half, gap: 6, isSoft: true))
        }
      }
      route.append(bundle.second)
      routes.append(route)
    }
  }

  private mutating func orderLayers() {
    var edges: [(upper: Int, lower: Int)] = []
    var ties: [(Int, Int)] = []
    for (bundle, route) in zip(bundles, routes) {
      if layerOf[bundle.first] == layerOf[bundle.second] {
        ties.append((bundle.first, bundle.second))
      } else {
        for (a, b) in zip(route, route.dropFirst()) { edges.append((a, b)) }
      }
    }
    let heavy = edges.count > 150
    let graph = LayeredGraph(layers: layers, edges: edges, ties: ties, nodeCount: cells.count)
    (layers, crossings) = LayerOrder.best(graph, starts: heavy ? 3 : 10, sweeps: heavy ? 6 : 8)
  }

  /// Neighbours of one layer are joined directly where the row has room for the words between them.
  private mutating func chooseStraight() {
    let inLayer = bundles.indices.filter { layerOf[bundles[$0].first] == layerOf[bundles[$0].second] }
    func joins(_ bundle: Int, _ a: Int, _ b: Int) -> Bool {
      bundles[bundle].first == min(a, b) && bundles[bundle].second == max(a, b)
    }
    var room = Double.infinity
    var candidates: [(bundle: Int, left: Int, need: Double)] = []
    for layer in layers {
      if let extent {
        room = extent
        for (index, cell) in layer.enumerated() {
          if cells[cell].isSoft { continue }
          room -= cells[cell].before + cells[cell].after + (index < layer.count - 1 ? cells[cell].gap : 0)
        }
        room -= 10 * Double(layer.count { cells[$0].isSoft })
      }
      for (left, right) in zip(layer, layer.dropFirst()) {
        guard let bundle = inLayer.first(where: { joins($0, left, right) }) else { continue }
        candidates.append((bundle, left, straightRoom(bundle)))
      }
      for candidate in candidates.sorted(by: { ($0.need, $0.left) < ($1.need, $1.left) }) {
        let more = max(0, candidate.need - cells[candidate.left].gap)
        guard more <= room else { continue }
        room -= more
        cells[candidate.left].gap += more
        straight.append(candidate.bundle)
      }
      candidates = []
    }
  }

  /// Room across the stages between two boxes joined directly.
  private func straightRoom(_ bundle: Int) -> Double {
    let labels = (bundles[bundle].forward + bundles[bundle].back).compactMap { parts.labels[$0] }
    return direction == .downward
      ? max(30, (labels.map(\.width).max() ?? 0) + 2 * Self.arrow + 10)
      : max(30, labels.reduce(0) { $0 + $1.height } + 2 * Self.arrow + 8)
  }
}
