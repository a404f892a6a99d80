import Figures
import Graphics
import Statistics
import Testing

@Suite struct LabelPlacingTests {
  static let canvas = Rect(x: 0, y: 0, width: 960, height: 680)

  enum Shape: String, CaseIterable { case uniform, clustered, diagonal, blob }

  /// Random labels whose sizes are those of short names.
  static func requests(_ shape: Shape, _ count: Int, seed: UInt64) -> [LabelRequest] {
    var random = SeededGenerator(seed: seed)
    let centres = (0..<5).map { _ in Point(100 + 760 * random.uniform(), 80 + 520 * random.uniform()) }
    return (0..<count).map { _ in
      var p: Point
      switch shape {
      case .uniform: p = Point(20 + 920 * random.uniform(), 20 + 640 * random.uniform())
      case .clustered:
        let centre = centres[random.index(below: 5)]
        p = centre + Point(50 * random.normal(), 40 * random.normal())
      case .diagonal:
        let t = random.uniform()
        p = Point(60 + 840 * t + 14 * random.normal(), 60 + 560 * t + 14 * random.normal())
      case .blob: p = Point(480 + 45 * random.normal(), 340 + 40 * random.normal())
      }
      p = Point(min(950, max(10, p.x)), min(670, max(10, p.y)))
      return LabelRequest(
        anchor: p, radius: 3.5, size: Size(20 + 70 * random.uniform(), 15), numberSize: Size(14, 13),
        priority: random.uniform() < 0.1 ? 1 : 0)
    }
  }

  /// What may never happen, whatever the requests.
  static func faults(
    _ requests: [LabelRequest], _ layout: LabelLayout, _ obstacles: LabelObstacles = LabelObstacles(),
    canvas: Rect = canvas
  ) -> [String] {
    var faults: [String] = []
    let placed = layout.placements.enumerated().compactMap { i, p in p.map { (index: i, place: $0) } }
    for (k, a) in placed.enumerated() {
      let box = a.place.box
      if !canvas.contains(box) { faults.append("\(a.index) leaves the canvas") }
      let wanted = a.place.isNumber ? requests[a.index].numberSize : requests[a.index].size
      if abs(box.width - (wanted?.width ?? 0)) > 1e-6 || abs(box.height - (wanted?.height ?? 0)) > 1e-6 {
        faults.append("\(a.index) has another size")
      }
      let discs = requests.map { LabelObstacles.Disc($0.anchor, $0.radius) } + obstacles.discs
      for (j, disc) in discs.enumerated() {
        let dx = max(box.minX - disc.centre.x, 0, disc.centre.x - box.maxX)
        let dy = max(box.minY - disc.centre.y, 0, disc.centre.y - box.maxY)
        if (dx * dx + dy * dy).squareRoot() < disc.radius { faults.append("\(a.index) covers the mark \(j)") }
      }
      for other in obstacles.boxes {
        if box.overlaps(other) { faults.append("\(a.index) covers other text") }
        if let leader = a.place.leader, crosses(leader, other) { faults.append("leader over other text") }
      }
      for b in placed.dropFirst(k + 1) {
        if box.overlaps(b.place.box) { faults.append("\(a.index) and \(b.index) overlap") }
        if let p = a.place.leader, let q = b.place.leader, crosses(p, q) { faults.append("leaders cross") }
      }
      for b in placed where b.index != a.index {
        if let leader = a.place.leader, crosses(leader, b.place.box) { faults.append("leader through \(b.index)") }
      }
    }
    return faults
  }

  @Test(arguments: Shape.allCases, [1, 2, 20, 60])
  func nothingOverlaps(_ shape: Shape, _ count: Int) {
    for seed in 1...2 as ClosedRange<UInt64> {
      let requests = Self.requests(shape, count, seed: seed * 977 + UInt64(count))
      let layout = placeLabels(requests, within: Self.canvas)
      #expect(Self.faults(requests, layout) == [])
      #expect(layout.placements.count == count)
      guard shape != .blob else { continue }
      // Only a blob may need the key for more than a few.
      #expect(layout.keyed.count <= count / 8)
      #expect(layout.displacement / Double(count) <= 14)
    }
  }

  @Test func keepsOffWhatIsInTheWay() {
    let requests = Self.requests(.clustered, 40, seed: 5)
    let obstacles = LabelObstacles(
      discs: (0..<20).map { LabelObstacles.Disc(Point(30 + Double($0) * 45, 200), 6) },
      boxes: [Rect(x: 300, y: 250, width: 200, height: 90), Rect(x: 0, y: 0, width: 960, height: 40)],
      segments: [Segment(Point(0, 340), Point(960, 340))])
    let layout = placeLabels(requests, avoiding: obstacles, within: Self.canvas)
    #expect(Self.faults(requests, layout, obstacles) == [])
  }

  @Test func sameOutputEachRun() {
    let requests = Self.requests(.blob, 60, seed: 9)
    #expect(placeLabels(requests, within: Self.canvas) == placeLabels(requests, within: Self.canvas))
  }

  /// What differs between processors is the last digit of a sine or a sum.
  @Test func theLastDigitDoesNotMatter() {
    let requests = Self.requests(.clustered, 40, seed: 31)
    let nudged = requests.map { request in
      var request = request
      request.anchor = Point(request.anchor.x.nextUp, request.anchor.y.nextDown)
      return request
    }
    let (a, b) = (placeLabels(requests, within: Self.canvas), placeLabels(nudged, within: Self.canvas))
    #expect(a == b)
  }

  @Test func marksOnOnePoint() {
    let requests = (0..<12).map { _ in
      LabelRequest(anchor: Point(400, 300), radius: 4, size: Size(60, 15), numberSize: Size(14, 13))
    }
    let layout = placeLabels(requests, within: Self.canvas)
    #expect(Self.faults(requests, layout) == [])
    #expect(layout.placements.allSatisfy { $0 != nil })
  }

  @Test func aLoneLabelStandsRightOfItsMarkWithoutLeader() throws {
    let request = LabelRequest(anchor: Point(100, 100), radius: 4, size: Size(50, 16))
    let place = try #require(placeLabels([request], within: Self.canvas).placements[0])
    #expect(place.leader == nil)
    #expect(abs(place.box.x - 106.2) < 0.02)
    #expect(place.box.y == 92)
  }

  @Test func aNameAtATipStandsBeyondIt() throws {
    let request = LabelRequest(anchor: Point(100, 100), radius: 3, size: Size(50, 16), direction: Point(-1, 0))
    let place = try #require(placeLabels([request], within: Self.canvas).placements[0])
    #expect(place.box.maxX < 100)
  }

  @Test func theImportantKeepTheirNames() throws {
    var requests = Self.requests(.blob, 80, seed: 21)
    requests[40].priority = 4
    requests[40].numberSize = nil
    let place = try #require(placeLabels(requests, within: Self.canvas).placements[40])
    #expect(!place.isNumber)
  }

  @Test func oddRequestsAreLeftOut() {
    let requests = [
      LabelRequest(anchor: Point(.nan, 1), radius: 3, size: Size(5, 5)),
      LabelRequest(anchor: Point(10, 10), radius: 3, size: Size(5000, 5)),
      LabelRequest(anchor: Point(10, 10), radius: .infinity, size: Size(5, 5)),
      LabelRequest(anchor: Point(100, 100), radius: 3, size: Size(0, 0)),
      LabelRequest(anchor: Point(1e308, -1e308), radius: 3, size: Size(5, 5)),
    ]
    let layout = placeLabels(requests, within: Self.canvas)
    #expect(layout.placements.map { $0 == nil } == [true, true, true, false, true])
    #expect(layout.keyed == [0, 1, 2, 4])
    #expect(placeLabels([], within: Self.canvas).placements.isEmpty)
    #expect(placeLabels(requests, within: Rect(x: 0, y: 0, width: 0, height: 0)).keyed == [0, 1, 2, 3, 4])
  }
}
