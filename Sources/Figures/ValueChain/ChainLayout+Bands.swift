import Graphics

extension ChainLayout {
  /// The flows of a bundle with the offset of their middle from the bundle's: forward first, then those that return.
  private func strands(_ bundle: FlowBundle) -> [(flow: Int, offset: Double, returns: Bool)] {
    var place = -bundle.thickness / 2
    return (bundle.forward.map { ($0, false) } + bundle.back.map { ($0, true) }).map { flow, returns in
      let room = max(parts.leastRoom, parts.widths[flow])
      defer { place += room + Self.bandSpace }
      return (flow, place + room / 2, returns)
    }
  }

  /// A bundle that runs from layer to layer, straight through the rooms of its labels, turning only between rows.
  func drawCrossing(_ index: Int, _ plan: AlongPlan, into placed: inout ChainPlacement) {
    let bundle = bundles[index]
    let (from, to) = (layerOf[bundle.first], layerOf[bundle.second])
    var knots: [(u: Double, v: Double)] = []
    let start = line[bundle.first] + port(bundle.first, 1, index, from)
    let end = line[bundle.second] + port(bundle.second, 0, index, to - 1)
    let (exit, entry) = (plan.layers[from].upperBound, plan.layers[to].lowerBound)
    let stub = Self.arrow + 2
    knots += [(exit, start), (exit + stub, start)]
    for gap in from..<to {
      guard let lane = gaps[gap].first(where: { $0.bundle == index }) else { continue }
      for (tier, cell) in lane.cells.enumerated() {
        let span = plan.tiers[gap][tier]
        knots += [(span.lowerBound, line[cell]), (span.upperBound, line[cell])]
      }
      if gap + 1 < to {
        let span = plan.layers[gap + 1]
        let v = line[lane.ends.1]
        knots += [(span.lowerBound, v), (span.upperBound, v)]
      }
      if lane.hasLabel { putLabels(bundle, line[lane.cells[lane.labelTier]], plan.tiers[gap][lane.labelTier], &placed) }
    }
    knots += [(entry - stub, end), (entry, end)]
    let middle = knots[knots.count / 2]
    for strand in strands(bundle) {
      var path = knots.map { (u: $0.u, v: $0.v + strand.offset) }
      let tip = strand.returns ? path[0] : path[path.count - 1]
      if strand.returns { path[0].u += Self.arrow } else { path[path.count - 1].u -= Self.arrow }
      placed.bands[strand.flow] = ChainPlacement.Band(
        path: curve(path, offset: strand.offset), tip: direction.point(tip.u, tip.v),
        heading: direction.point(strand.returns ? -1 : 1, 0),
        middle: direction.point(middle.u, middle.v + strand.offset))
    }
  }

  private func putLabels(
    _ bundle: FlowBundle, _ v: Double, _ span: ClosedRange<Double>, _ placed: inout ChainPlacement
  ) {
    let centre = (span.lowerBound + span.upperBound) / 2
    let half = bundle.thickness / 2
    if direction == .rightward {
      var y = v - half - 3 - block(bundle.forward).height
      for flow in bundle.forward { put(flow, left: centre, top: &y, .middle, &placed) }
      y = v + half + 3
      for flow in bundle.back { put(flow, left: centre, top: &y, .middle, &placed) }
    } else {
      var y = centre - block(bundle.forward).height / 2
      for flow in bundle.forward { put(flow, left: v - half - 5, top: &y, .end, &placed) }
      y = centre - block(bundle.back).height / 2
      for flow in bundle.back { put(flow, left: v + half + 5, top: &y, .start, &placed) }
    }
  }

  /// Sets a label at an x that is its left, middle or right by `align`.
  private func put(
    _ flow: Int, left x: Double, top y: inout Double, _ align: TextRun.Anchor, _ placed: inout ChainPlacement
  ) {
    guard let size = parts.labels[flow] else { return }
    let left = align == .start ? x : align == .middle ? x - size.width / 2 : x - size.width
    placed.labels[flow] = (Rect(x: left, y: y, width: size.width, height: size.height), align)
    y += size.height
  }

  /// Neighbours of one layer: bands from box to box, words beside them.
  func drawStraight(_ index: Int, _ plan: AlongPlan, into placed: inout ChainPlacement) {
    let bundle = bundles[index]
    let span = plan.layers[layerOf[bundle.first]]
    let isDown = line[bundle.first] < line[bundle.second]
    let (near, far) = isDown ? (bundle.first, bundle.second) : (bundle.second, bundle.first)
    let (v0, v1) = (line[near] + cells[near].after, line[far] - cells[far].before)
    var u = (span.lowerBound + span.upperBound) / 2
    if direction == .rightward {
      let words = block(bundle.forward + bundle.back)
      u = max(span.lowerBound + bundle.thickness / 2 + 8, u - (words.width + 6) / 2)
      var y = (v0 + v1 - words.height) / 2
      for flow in bundle.forward + bundle.back {
        put(flow, left: u + bundle.thickness / 2 + 6, top: &y, .start, &placed)
      }
    } else {
      let middle = (v0 + v1) / 2
      var y = u - bundle.thickness / 2 - 3 - block(bundle.forward).height
      for flow in bundle.forward { put(flow, left: middle, top: &y, .middle, &placed) }
      y = u + bundle.thickness / 2 + 3
      for flow in bundle.back { put(flow, left: middle, top: &y, .middle, &placed) }
    }
    for strand in strands(bundle) {
      let towardsFar = strand.returns != isDown
      let (a, b) = towardsFar ? (v0, v1 - Self.arrow) : (v1, v0 + Self.arrow)
      let at = u + strand.offset
      placed.bands[strand.flow] = ChainPlacement.Band(
        path: .segment(direction.point(at, a), direction.point(at, b)),
        tip: direction.point(at, towardsFar ? v1 : v0), heading: direction.point(0, towardsFar ? 1 : -1),
        middle: direction.point(at, (v0 + v1) / 2))
    }
  }

  /// A bundle between boxes of one layer that are not neighbours: out into the gap beside it and back.
  func drawTurning(_ index: Int, _ plan: AlongPlan, into placed: inout ChainPlacement) {
    let bundle = bundles[index]
    let layer = layerOf[bundle.first]
    guard let gap = gaps.indices.first(where: { gaps[$0].contains { $0.bundle == index } }),
      let lane = gaps[gap].first(where: { $0.bundle == index })
    else { return }
    // 1 where the lane turns in the gap after its layer, -1 in the one before.
    let way = gap == layer ? 1.0 : -1
    let side = gap == layer ? 1 : 0
    let span = plan.tiers[gap][lane.labelTier]
    let near = way > 0 ? span.lowerBound : span.upperBound
    let edge = way > 0 ? plan.layers[layer].upperBound : plan.layers[layer].lowerBound
    let v = line[lane.cells[lane.labelTier]]
    let turn = near - way * turningDepth(gap, after: way > 0, bundle: index)
    let words = block(bundle.forward + bundle.back)
    let flows = bundle.forward + bundle.back
    if direction == .rightward {
      let x = near - (way > 0 ? 0 : words.width)
      var y = v - words.height / 2
      for flow in flows { put(flow, left: x, top: &y, .start, &placed) }
    } else {
      var y = near - (way > 0 ? 0 : words.height)
      for flow in flows { put(flow, left: v, top: &y, .middle, &placed) }
    }
    let a = line[bundle.first] + port(bundle.first, side, index, gap)
    let b = line[bundle.second] + port(bundle.second, side, index, gap)
    let rising = a < b ? 1.0 : -1
    let stub = Self.arrow + 2
    for strand in strands(bundle) {
      let o = strand.offset
      // What lies outside at one end lies outside all along.
      let (va, vb, u) = (a + rising * o, b - rising * o, turn - way * o)
      let (ua, ub) = (
        edge + (strand.returns ? way * Self.arrow : 0), edge + (strand.returns ? 0 : way * Self.arrow)
      )
      let (sa, sb) = (edge + way * stub, edge + way * stub)
      var path = Path([.move(direction.point(ua, va)), .line(direction.point(sa, va))])
      let middle = (va + vb) / 2
      let bend = max(-40, min(40, (middle - va) * 0.9))
      path.curve(
        direction.point(sa + (u - sa) * 0.8, va), direction.point(u, va + bend * 0.2), direction.point(u, va + bend))
      path.line(direction.point(u, vb - bend))
      path.curve(
        direction.point(u, vb - bend * 0.2), direction.point(sb + (u - sb) * 0.8, vb), direction.point(sb, vb))
      path.line(direction.point(ub, vb))
      placed.bands[strand.flow] = ChainPlacement.Band(
        path: path, tip: direction.point(edge, strand.returns ? va : vb), heading: direction.point(-way, 0),
        middle: direction.point(u, middle))
    }
  }

  /// Straight where two knots stand on one line, an S between lines.
  ///
  /// - Parameter offset: Of a strand from the middle of its bundle: the outer strand of a bend turns later, so that strands
  ///   keep apart where they run across the stages.
  private func curve(_ knots: [(u: Double, v: Double)], offset: Double) -> Path {
    var path = Path()
    for (index, knot) in knots.enumerated() {
      guard index > 0 else {
        path.move(direction.point(knot.u, knot.v))
        continue
      }
      let last = knots[index - 1]
      if abs(last.v - knot.v) < 0.05 {
        path.line(direction.point(knot.u, knot.v))
      } else {
        let way = max(-1, min(1, (last.v - knot.v) / 50))
        let room = abs(knot.u - last.u) * 0.4
        let middle = (last.u + knot.u) / 2 + max(-room, min(room, 1.33 * way * offset))
        path.curve(
          direction.point(middle, last.v), direction.point(middle, knot.v), direction.point(knot.u, knot.v))
      }
    }
    return path
  }
}
