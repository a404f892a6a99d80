import Graphics

extension ChainLayout {
  /// Lanes through the gaps, their labels in as many tiers as the room across asks for.
  mutating func makeLanes() {
    gaps = [[Lane]](repeating: [], count: max(1, layers.count - 1))
    var load = [Int](repeating: 0, count: gaps.count)
    let labelled = bundles.map { bundle in (bundle.forward + bundle.back).contains { parts.labels[$0] != nil } }
    for (index, bundle) in bundles.enumerated() where labelled[index] {
      let (from, to) = (layerOf[bundle.first], layerOf[bundle.second])
      if to == from + 1 { load[from] += 1 }
    }
    for (index, bundle) in bundles.enumerated() where !straight.contains(index) {
      let (from, to) = (layerOf[bundle.first], layerOf[bundle.second])
      if from == to {
        let gap = from < layers.count - 1 || layers.count == 1 ? from : from - 1
        gaps[gap].append(
          Lane(bundle: index, ends: (bundle.first, bundle.second), turnsBack: true, hasLabel: labelled[index]))
        load[gap] += 1
        continue
      }
      let labelGap = (from..<to).min { (load[$0], $0) < (load[$1], $1) } ?? from
      if to > from + 1, labelled[index] { load[labelGap] += 1 }
      for (step, gap) in (from..<to).enumerated() {
        gaps[gap].append(
          Lane(
            bundle: index, ends: (routes[index][step], routes[index][step + 1]), turnsBack: false,
            hasLabel: labelled[index] && gap == labelGap))
      }
    }
    var place = [Double](repeating: 0, count: cells.count)
    for layer in layers {
      for (index, cell) in layer.enumerated() { place[cell] = (Double(index) + 0.5) / Double(layer.count) }
    }
    for gap in gaps.indices {
      sortLanes(gap, by: place)
      assignTiers(gap)
    }
  }

  private mutating func sortLanes(_ gap: Int, by place: [Double]) {
    let keyed = gaps[gap].map { (key: place[$0.ends.0] + place[$0.ends.1], lane: $0) }
    gaps[gap] = keyed.enumerated().sorted { ($0.element.key, $0.offset) < ($1.element.key, $1.offset) }
      .map(\.element.lane)
  }

  /// The fewest tiers in which the labels of a gap stand side by side.
  private mutating func assignTiers(_ gap: Int) {
    let labelled = gaps[gap].indices.filter { gaps[gap][$0].hasLabel }
    var tiers = 1
    if let extent {
      while tiers < labelled.count {
        assign(labelled, gap, tiers)
        let widest = (0..<tiers).map { tier in
          gaps[gap].reduce(0.0) { sum, lane in
            let cell = cell(for: lane, tier: tier)
            return sum + cell.before + cell.after + cell.gap
          }
        }.max()
        if (widest ?? 0) <= extent { break }
        tiers += 1
      }
    }
    assign(labelled, gap, tiers)
    for index in gaps[gap].indices {
      for tier in 0..<tiers {
        gaps[gap][index].cells.append(cells.count)
        cells.append(cell(for: gaps[gap][index], tier: tier))
      }
    }
  }

  private mutating func assign(_ labelled: [Int], _ gap: Int, _ tiers: Int) {
    var next = 0
    for lane in labelled {
      if gaps[gap][lane].turnsBack {
        gaps[gap][lane].labelTier = layerOf[gaps[gap][lane].ends.0] == gap ? 0 : tiers - 1
      } else {
        gaps[gap][lane].labelTier = next % tiers
        next += 1
      }
    }
  }

  private func cell(for lane: Lane, tier: Int) -> RowCell {
    let bundle = bundles[lane.bundle]
    let half = bundle.thickness / 2
    if lane.turnsBack, tier != lane.labelTier { return RowCell(before: 0, after: 0, gap: 0, isSoft: true) }
    guard lane.hasLabel, tier == lane.labelTier else {
      return RowCell(before: half + 3, after: half + 3, gap: 4, isSoft: true)
    }
    if lane.turnsBack {
      let all = block(bundle.forward + bundle.back)
      let room = max(direction.across(all), bundle.thickness) / 2
      return RowCell(before: room, after: room, gap: 12, isSoft: false)
    }
    let space = direction == .downward ? 5.0 : 3
    let before = block(bundle.forward)
    let after = block(bundle.back)
    return RowCell(
      before: half + space + direction.across(before), after: half + space + direction.across(after), gap: 10,
      isSoft: false)
  }

  /// The room of labels stacked on one side of a bundle.
  func block(_ flows: [Int]) -> Size {
    flows.compactMap { parts.labels[$0] }.reduce(Size(0, 0)) { Size(max($0.width, $1.width), $0.height + $1.height) }
  }

  /// Puts every cell in its place across the stages: once with the lines leaving boxes in the middle, then from their ports.
  mutating func settle() {
    ports = [[Int: Double]](repeating: [:], count: 2 * parts.boxes.count)
    settleRows(start: nil)
    for gap in gaps.indices { sortLanes(gap, by: line) }
    for _ in 0..<2 {
      assignPorts()
      settleRows(start: line)
    }
    slidePorts()
  }

  private mutating func settleRows(start: [Double]?) {
    var rows: [[Int]] = []
    for layer in layers.indices {
      rows.append(layers[layer])
      guard layer < gaps.count else { continue }
      for tier in 0..<(gaps[layer].first?.cells.count ?? 0) { rows.append(gaps[layer].map { $0.cells[tier] }) }
    }
    if let extent { isTight = rows.contains { squeeze($0, extent) < 0.6 } }
    line = RowSettling.settle(rows: rows, cells: cells, links: links, extent: extent, start: start)
  }

  /// What is left of the room that a row's lines without words want; 1 where they have it all.
  private func squeeze(_ row: [Int], _ extent: Double) -> Double {
    var (hard, soft) = (0.0, 0.0)
    for cell in row {
      let room = cells[cell].before + cells[cell].after + (cell == row.last ? 0 : cells[cell].gap)
      if cells[cell].isSoft { soft += room } else { hard += room }
    }
    return soft > 0 ? min(1, (extent - hard) / soft) : 1
  }

  private var links: [RowLink] {
    var links: [RowLink] = []
    for (gap, lanes) in gaps.enumerated() {
      for lane in lanes {
        if lane.turnsBack {
          let cell = lane.cells[lane.labelTier]
          links.append(RowLink(a: lane.ends.0, b: cell, weight: 0.5))
          links.append(RowLink(a: lane.ends.1, b: cell, weight: 0.5))
          continue
        }
        let long = routes[lane.bundle].count > 2 ? 2.0 : 1
        for (a, b) in zip(lane.cells, lane.cells.dropFirst()) { links.append(RowLink(a: a, b: b, weight: 30)) }
        if let first = lane.cells.first, let last = lane.cells.last {
          let (upper, lower) = (lane.ends.0, lane.ends.1)
          links.append(
            RowLink(a: upper, b: first, weight: long, offsetA: port(upper, 1, lane.bundle, gap)))
          links.append(RowLink(a: last, b: lower, weight: long, offsetB: port(lower, 0, lane.bundle, gap)))
        }
      }
    }
    for bundle in straight {
      let (a, b) = (bundles[bundle].first, bundles[bundle].second)
      let apart = cells[a].after + straightGap(a, b) + cells[b].before
      let sign = (layers[layerOf[a]].firstIndex(of: a) ?? 0) < (layers[layerOf[b]].firstIndex(of: b) ?? 0) ? 1.0 : -1
      links.append(RowLink(a: a, b: b, weight: 1, offsetA: sign * apart))
    }
    return links
  }

  private func straightGap(_ a: Int, _ b: Int) -> Double {
    let layer = layers[layerOf[a]]
    let left = (layer.firstIndex(of: a) ?? 0) < (layer.firstIndex(of: b) ?? 0) ? a : b
    return cells[left].gap
  }

  /// Where a bundle leaves an actor, from its middle; 0 at a pass.
  func port(_ cell: Int, _ side: Int, _ bundle: Int, _ gap: Int) -> Double {
    cell < parts.boxes.count ? ports[2 * cell + side][bundle] ?? 0 : 0
  }

  /// Spreads the lines of each side of a box in the order in which their lanes stand; a box too small for them grows.
  private mutating func assignPorts() {
    var sides = [[(key: Double, bundle: Int)]](repeating: [], count: 2 * parts.boxes.count)
    for (gap, lanes) in gaps.enumerated() {
      for lane in lanes {
        let first = line[lane.turnsBack ? lane.cells[lane.labelTier] : lane.cells.first ?? 0]
        let last = line[lane.turnsBack ? lane.cells[lane.labelTier] : lane.cells.last ?? 0]
        let back = lane.turnsBack && layerOf[lane.ends.0] != gap
        if lane.ends.0 < parts.boxes.count { sides[2 * lane.ends.0 + (back ? 0 : 1)].append((first, lane.bundle)) }
        if lane.ends.1 < parts.boxes.count {
          sides[2 * lane.ends.1 + (lane.turnsBack && !back ? 1 : 0)].append((last, lane.bundle))
        }
      }
    }
    for side in sides.indices {
      let sorted = sides[side].sorted { ($0.key, $0.bundle) < ($1.key, $1.bundle) }
      let total =
        sorted.reduce(0) { $0 + bundles[$1.bundle].thickness } + Self.portSpace * Double(max(0, sorted.count - 1))
      let actor = side / 2
      var half = cells[actor].before
      if total / 2 + 7 > half {
        // A crowded row squeezes its lines instead, so that boxes never meet.
        half = min(total / 2 + 7, half + spareRoom(besides: actor) / 2)
        cells[actor].before = half
        cells[actor].after = half
      }
      let squeeze = total > 0 ? min(1, (2 * half - 12) / total) : 1
      var place = -total * squeeze / 2
      for entry in sorted {
        let thickness = bundles[entry.bundle].thickness * squeeze
        ports[side][entry.bundle] = place + thickness / 2
        place += thickness + Self.portSpace * squeeze
      }
    }
  }

  /// px that the row of an actor has left besides its boxes and the room between them.
  private func spareRoom(besides actor: Int) -> Double {
    guard let extent else { return .infinity }
    var room = extent
    let layer = layers[layerOf[actor]]
    for (index, cell) in layer.enumerated() {
      let soft = cells[cell].isSoft
      room -= soft ? 6 : cells[cell].before + cells[cell].after
      if !soft, index < layer.count - 1 { room -= cells[cell].gap }
    }
    return max(0, room)
  }

  /// Moves lines along their box to where their lanes run, so that they go straight wherever the box is wide enough.
  private mutating func slidePorts() {
    for side in ports.indices {
      let actor = side / 2
      let half = cells[actor].before
      let entries = ports[side].sorted { ($0.value, $0.key) < ($1.value, $1.key) }
      guard !entries.isEmpty else { continue }
      var lanes: [Int: Double] = [:]
      for (gap, all) in gaps.enumerated() where gap == layerOf[actor] - 1 + side % 2 || gaps.count == 1 {
        for lane in all where lane.ends.0 == actor || lane.ends.1 == actor {
          guard let first = lane.cells.first, let last = lane.cells.last, !lane.turnsBack else { continue }
          lanes[lane.bundle] = line[lane.ends.0 == actor ? first : last]
        }
      }
      let thickness = entries.map { bundles[$0.key].thickness }
      let total = thickness.reduce(0, +) + Self.portSpace * Double(entries.count - 1)
      guard total <= 2 * half - 12 else { continue }
      var steps: [Double] = []
      var place = 0.0
      for (index, width) in thickness.enumerated() {
        place += index == 0 ? 0 : (thickness[index - 1] + width) / 2 + Self.portSpace
        steps.append(place)
      }
      let wanted = zip(entries, steps).map { (lanes[$0.key].map { $0 - line[actor] } ?? $0.value) - $1 }
      let fitted = RowSettling.isotonic(wanted, Array(repeating: 1, count: entries.count))
      let least = -half + 6 + (thickness.first ?? 0) / 2
      let most = half - 6 - (thickness.last ?? 0) / 2 - place
      for (index, entry) in entries.enumerated() {
        ports[side][entry.key] = min(max(fitted[index], least), most) + steps[index]
      }
    }
  }
}
