import Graphics

/// Where the rows of a layout stand along the stages.
struct AlongPlan {
  /// Start and end of each layer's boxes.
  var layers: [ClosedRange<Double>] = []
  /// Start and end of each tier, gap by gap.
  var tiers: [[ClosedRange<Double>]] = []
  var length = 0.0
}

extension ChainLayout {
  /// Turns the settled rows into places on the page.
  func placement(length: Double?) -> ChainPlacement? {
    guard let plan = alongPlan(length: length) else { return nil }
    let boxes = parts.boxes.indices.map { actor in
      let span = plan.layers[layerOf[actor]]
      return direction.rect(
        u: span.lowerBound, v: line[actor] - cells[actor].before, along: span.upperBound - span.lowerBound,
        across: cells[actor].before + cells[actor].after)
    }
    var placed = ChainPlacement(
      boxes: boxes, bands: Array(repeating: nil, count: parts.flows.count),
      labels: Array(repeating: nil, count: parts.flows.count),
      stages: Array(repeating: nil, count: parts.stageCount), size: Size(0, 0), crossings: crossings,
      isTight: isTight)
    for index in bundles.indices {
      if straight.contains(index) {
        drawStraight(index, plan, into: &placed)
      } else if layerOf[bundles[index].first] == layerOf[bundles[index].second] {
        drawTurning(index, plan, into: &placed)
      } else {
        drawCrossing(index, plan, into: &placed)
      }
    }
    for (actor, layer) in layerOf.prefix(parts.boxes.count).enumerated() {
      let span = plan.layers[layer]
      let stage = parts.stage[actor]
      if let old = placed.stages[stage] {
        placed.stages[stage] =
          min(old.lowerBound, span.lowerBound)...max(old.upperBound, span.upperBound)
      } else {
        placed.stages[stage] = span
      }
    }
    let across = extent ?? cells.indices.map { line[$0] + cells[$0].after }.max() ?? 0
    placed.size =
      direction == .rightward ? Size(plan.length, across) : Size(across, plan.length)
    return placed
  }

  private func alongPlan(length: Double?) -> AlongPlan? {
    var widths = layers.map { layer in
      layer.filter { $0 < parts.boxes.count }.map { direction.along(parts.boxes[$0]) }.max() ?? 0
    }
    for bundle in straight { widths[layerOf[bundles[bundle].first]].grow(to: straightAlong(bundle)) }
    // Room in which lines turn, before and after the tiers of each gap and between them.
    var turns: [[Double]] = []
    var rooms: [[Double]] = []
    for (gap, lanes) in gaps.enumerated() {
      let count = max(1, lanes.first?.cells.count ?? 1)
      turns.append((0...count).map { turn(gap, $0, of: count) })
      rooms.append((0..<count).map { tier in lanes.reduce(0) { max($0, labelAlong($1, tier)) } })
    }
    if layers.count == 1, gaps.first?.isEmpty == true {
      turns = [[0, 0]]
      rooms = [[0]]
    }
    if let length {
      let fixed = widths.reduce(0, +) + rooms.joined().reduce(0, +)
      let wanted = turns.joined().reduce(0, +)
      let left = length - fixed
      guard wanted == 0 || left >= 0.72 * wanted else { return nil }
      if wanted > 0 { turns = turns.map { $0.map { $0 * left / wanted } } }
    }
    var plan = AlongPlan()
    var u = 0.0
    for layer in layers.indices {
      plan.layers.append(u...(u + widths[layer]))
      u += widths[layer]
      guard layer < gaps.count else { continue }
      var tiers: [ClosedRange<Double>] = []
      for (tier, room) in rooms[layer].enumerated() {
        u += turns[layer][tier]
        tiers.append(u...(u + room))
        u += room
      }
      u += turns[layer].last ?? 0
      plan.tiers.append(tiers)
    }
    plan.length = u
    return plan
  }

  /// How long lines need to swing from one row of cells to the next: longer where they go far.
  private func turn(_ gap: Int, _ step: Int, of tiers: Int) -> Double {
    var farthest = 0.0
    for lane in gaps[gap] where !lane.turnsBack {
      let from = step == 0 ? line[lane.ends.0] + port(lane.ends.0, 1, lane.bundle, gap) : line[lane.cells[step - 1]]
      let to = step == tiers ? line[lane.ends.1] + port(lane.ends.1, 0, lane.bundle, gap) : line[lane.cells[step]]
      farthest = max(farthest, abs(to - from))
    }
    if step > 0, step < tiers { return farthest < 1 ? 8 : 10 + min(50, 0.35 * farthest) }
    if layers.count == 1, step == tiers { return 0 }
    let back = turningRoom(gap, after: step == 0)
    return max(back > 0 ? back + 2 * Self.arrow + 12 : 0, 2 * Self.arrow + 8 + min(56, 0.24 * farthest))
  }

  /// Lanes of a gap that turn back to the layer before it (or after it), the shortest first: it turns nearest to the boxes.
  private func turning(_ gap: Int, after: Bool) -> [Lane] {
    gaps[gap].filter { $0.turnsBack && (layerOf[$0.ends.0] == gap) == after }.sorted {
      let (a, b) = (abs(line[$0.ends.0] - line[$0.ends.1]), abs(line[$1.ends.0] - line[$1.ends.1]))
      return (a, $0.bundle) < (b, $1.bundle)
    }
  }

  private func turningRoom(_ gap: Int, after: Bool) -> Double {
    turning(gap, after: after).reduce(0) { $0 + bundles[$1.bundle].thickness + 6 }
  }

  /// How far from the first tier's edge, towards the boxes, the middle of a lane runs that turns back: outside the tiers,
  /// so that it passes under no label.
  func turningDepth(_ gap: Int, after: Bool, bundle: Int) -> Double {
    var depth = 0.0
    for lane in turning(gap, after: after).reversed() {
      let thickness = bundles[lane.bundle].thickness
      if lane.bundle == bundle { return depth + 4 + thickness / 2 }
      depth += thickness + 6
    }
    return depth
  }

  private func labelAlong(_ lane: Lane, _ tier: Int) -> Double {
    guard tier == lane.labelTier else { return 0 }
    let bundle = bundles[lane.bundle]
    guard lane.hasLabel else { return 0 }
    if lane.turnsBack { return direction.along(block(bundle.forward + bundle.back)) }
    return max(direction.along(block(bundle.forward)), direction.along(block(bundle.back)))
  }

  private func straightAlong(_ index: Int) -> Double {
    let bundle = bundles[index]
    if direction == .rightward { return bundle.thickness + 18 + block(bundle.forward + bundle.back).width }
    let (before, after) = (block(bundle.forward).height, block(bundle.back).height)
    return bundle.thickness + 8 + 2 * max(before, after)
  }
}

extension Double {
  fileprivate mutating func grow(to other: Double) { self = max(self, other) }
}
