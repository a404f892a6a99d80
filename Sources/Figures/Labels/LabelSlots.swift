import Glibc
import Graphics

/// One place a label might take.
struct Slot {
  var box: Box
  /// The box with its margin, and the leader: nothing outside can be in conflict.
  var extent: Box
  var leader: Line
  var hasLeader: Bool
  var isNumber: Bool
  var gap: Double
  /// What the place costs by itself, in px of displacement.
  var cost: Double
}

/// What a place costs, in px of displacement from the mark.
///
/// The slots and their costs go back to Christensen, Marks and Shieber (1995); leaders, arrows and numbers are ours.
enum LabelCost {
  static let leader = 8.0
  static let leaderOverPoint = 120.0
  static let boxOverSegment = 20.0
  static let leaderOverSegment = 8.0
  /// The label stands nearer to a foreign mark than to its own.
  static let ambiguous = 14.0
  /// In a crowd of more than `crowd` labels long leaders confuse more than numbers do.
  static let number = 240.0
  static let numberInCrowd = 100.0
  static let crowd = 100
  /// From this many px on a leader costs twice its length.
  static let longLeader = 45.0
  static let overlap = 1000.0
  static let leaderThroughLabel = 500.0
  static let leadersCross = 300.0
  /// From here on labels are in conflict.
  static let conflict = 290.0
}

/// Lists the places of one label: beside the mark without a leader, then rings around it with one.
/// Places off the canvas, over a mark or over other text are not listed at all, so no choice among them can be wrong.
struct SlotMaker {
  let canvas: Box
  let grid: DiscGrid
  let blocked: [Box]
  let segments: [Line]
  let isCrowd: Bool

  static let nearGap = 2.2
  static let rings: [Double] = [8, 13, 19, 26, 35, 46, 60, 78, 100, 126]
  static let numberRings: [Double] = [8, 12, 17, 24, 34, 46, 60]
  /// In a crowd leaders longer than this make a thicket.
  static let longestInCrowd = 40.0

  init(_ requests: [LabelRequest], _ obstacles: LabelObstacles, canvas: Rect) {
    self.canvas = Box(canvas)
    var discs: [DiscGrid.Disc] = []
    for (i, r) in requests.enumerated() {
      discs.append(DiscGrid.Disc(x: r.anchor.x, y: r.anchor.y, radius: r.radius, owner: i))
    }
    for d in obstacles.discs {
      discs.append(DiscGrid.Disc(x: d.centre.x, y: d.centre.y, radius: d.radius, owner: -1))
    }
    grid = DiscGrid(discs, canvas: self.canvas)
    blocked = obstacles.boxes.map(Box.init)
    segments = obstacles.segments.map(Line.init)
    isCrowd = requests.count > LabelCost.crowd
  }

  /// The places right beside the mark, cheapest first.
  func near(_ index: Int, _ request: LabelRequest, number: Bool = false) -> [Slot] {
    let size = number ? request.numberSize ?? request.size : request.size
    let (x, y, w, h) = (request.anchor.x, request.anchor.y, size.width, size.height)
    let d = request.radius + SlotMaker.nearGap
    // Text boxes have air above and below the letters, so labels above and below may come closer.
    let v = max(request.radius + 1, d - 2)
    let k = d * 0.7071
    var slots: [Slot] = []
    func add(_ left: Double, _ top: Double, _ preference: Double) {
      let box = Box(minX: left, minY: top, maxX: left + w, maxY: top + h)
      let side = request.direction == nil ? preference : turn(request, box)
      append(box, side, leader: false, number, index, request, &slots)
    }
    add(x + d, y - h / 2, 0)
    add(x + k, y - k - h * 0.8, 1)
    add(x + k, y + k - h * 0.2, 1.5)
    add(x - d - w, y - h / 2, 2)
    add(x - w / 2, y - v - h, 2.5)
    add(x - w / 2, y + v, 3)
    add(x - k - w, y - k - h * 0.8, 3)
    add(x - k - w, y + k - h * 0.2, 3.5)
    for (step, share) in [0.1, 0.3, 0.7, 0.9].enumerated() {
      add(x - w * share, y - v - h, 3 + Double(step) * 0.1)
      add(x - w * share, y + v, 3.5 + Double(step) * 0.1)
    }
    for share in [0.25, 0.4, 0.6, 0.75] {
      add(x + d, y - h * share, 0.5)
      add(x - d - w, y - h * share, 2.5)
    }
    return sorted(slots)
  }

  /// The places farther off, with a leader, cheapest first.
  func far(_ index: Int, _ request: LabelRequest, number: Bool = false) -> [Slot] {
    let size = number ? request.numberSize ?? request.size : request.size
    let (x, y, w, h) = (request.anchor.x, request.anchor.y, size.width, size.height)
    var slots: [Slot] = []
    for ring in number ? SlotMaker.numberRings : SlotMaker.rings
    where !isCrowd || ring <= SlotMaker.longestInCrowd || request.priority >= 1 {
      let directions = ring < 20 ? 16 : 24
      for step in 0..<directions {
        let angle = 2 * Double.pi * (Double(step) + (ring < 20 ? 0 : 0.5)) / Double(directions)
        let centreX = x + cos(angle) * (request.radius + ring + w / 2)
        let centreY = y + sin(angle) * (request.radius + ring + h / 2)
        let box = Box(minX: centreX - w / 2, minY: centreY - h / 2, maxX: centreX + w / 2, maxY: centreY + h / 2)
        let side = request.direction == nil ? (cos(angle) < -0.3 ? 2.0 : 0) : turn(request, box)
        append(box, side, leader: true, number, index, request, &slots)
      }
    }
    return sorted(slots)
  }

  /// How far the box stands off the wanted direction, 0 to 12.
  private func turn(_ request: LabelRequest, _ box: Box) -> Double {
    guard let wanted = request.direction else { return 0 }
    let dx = (box.minX + box.maxX) / 2 - request.anchor.x
    let dy = (box.minY + box.maxY) / 2 - request.anchor.y
    let lengths = (dx * dx + dy * dy).squareRoot() * wanted.length
    guard lengths > 0 else { return 6 }
    return 6 * (1 - (dx * wanted.x + dy * wanted.y) / lengths)
  }

  private func sorted(_ slots: [Slot]) -> [Slot] {
    // The position breaks ties: the sort of the library need not be stable.
    slots.indices.sorted { (slots[$0].cost, $0) < (slots[$1].cost, $1) }.map { slots[$0] }
  }

  private func append(
    _ box: Box, _ preference: Double, leader: Bool, _ number: Bool, _ index: Int, _ request: LabelRequest,
    _ slots: inout [Slot]
  ) {
    let box = box.snapped
    guard box.inside(canvas) else { return }
    for b in blocked where b.meets(box) { return }
    let (x, y) = (request.anchor.x, request.anchor.y)
    let away = box.distance(x, y)
    let gap = away - request.radius
    guard gap > 0.5 else { return }
    var line = Line(ax: x, ay: y, bx: x, by: y)
    if leader {
      // From the side it ends where the letters are, not at the air above them.
      let inset = x < box.minX || x > box.maxX ? min(3, (box.maxY - box.minY) / 4) : 0
      let ex = min(max(x, box.minX), box.maxX)
      let ey = min(max(y, box.minY + inset), box.maxY - inset)
      let length = ((ex - x) * (ex - x) + (ey - y) * (ey - y)).squareRoot()
      guard length > request.radius + 3 else { return }
      let start = (request.radius + 1) / length
      let end = 1 - 1.5 / length
      line = Line(
        ax: x + (ex - x) * start, ay: y + (ey - y) * start, bx: x + (ex - x) * end, by: y + (ey - y) * end)
      for b in blocked where b.isCrossed(line) { return }
    }
    // Right beside the mark a px more or less does not count, only the side does.
    let distance = leader ? gap + max(0, gap - LabelCost.longLeader) : 0
    var cost =
      (distance + (number ? (isCrowd ? LabelCost.numberInCrowd : LabelCost.number) : 0)) * (1 + request.priority)
      + preference
    var covers = false
    grid.visit(box, margin: 6) { disc in
      guard disc.owner != index else { return }
      let foreign = box.distance(disc.x, disc.y) - disc.radius
      if foreign < 0.5 { covers = true }
      if foreign < gap - 0.5, disc.x != x || disc.y != y {
        cost += LabelCost.ambiguous
      } else if foreign < 4 {
        cost += 3
      }
    }
    if covers { return }
    for segment in segments where box.isCrossed(segment) { cost += LabelCost.boxOverSegment }
    var extent = box.grown(1.5, 0.5)
    if leader {
      cost += LabelCost.leader
      let bounds = line.bounds
      grid.visit(bounds, margin: 2) { disc in
        guard disc.owner != index, disc.x != x || disc.y != y else { return }
        if line.distance(disc.x, disc.y) < disc.radius + 1.5 { cost += LabelCost.leaderOverPoint }
      }
      for segment in segments where segment.crosses(line) { cost += LabelCost.leaderOverSegment }
      extent = Box(
        minX: min(extent.minX, bounds.minX), minY: min(extent.minY, bounds.minY),
        maxX: max(extent.maxX, bounds.maxX), maxY: max(extent.maxY, bounds.maxY))
    }
    slots.append(
      Slot(box: box, extent: extent, leader: line, hasLeader: leader, isNumber: number, gap: gap, cost: snapped(cost)))
  }
}
