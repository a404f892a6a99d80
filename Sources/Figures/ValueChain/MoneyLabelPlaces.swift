import Graphics

/// Finds the words above a bar a place clear of bands and other words: straight above it where that is free, otherwise as
/// little higher or to a side as it takes.
struct MoneyLabelPlaces {
  private let ribbons: [SankeyLayout.Ribbon]
  private let shift: Point
  private(set) var taken: [Rect]

  /// - Parameter taken: What words must not cover: bars, and words that cannot move.
  init(_ ribbons: [SankeyLayout.Ribbon], shift: Point, taken: [Rect]) {
    self.ribbons = ribbons
    self.shift = shift
    self.taken = taken
  }

  /// - Parameters:
  ///   - wanted: Where the words would stand if nothing were in the way.
  ///   - within: Beyond which they must not reach.
  mutating func place(_ wanted: Rect, within: Rect) -> Point {
    var best = (cost: Double.infinity, rect: wanted)
    for lift in stride(from: 0.0, through: 28, by: 2) {
      for aside in stride(from: -36.0, through: 36, by: 4) {
        let rect = Rect(x: wanted.x + aside, y: wanted.y - lift, width: wanted.width, height: wanted.height)
        guard rect.x >= within.x, rect.maxX <= within.maxX, rect.y >= within.y else { continue }
        let cost = lift * 1.2 + abs(aside) + 40 * Double(covered(rect))
        if cost < best.cost { best = (cost, rect) }
      }
    }
    taken.append(best.rect)
    return Point(best.rect.x, best.rect.y)
  }

  func isFree(_ rect: Rect) -> Bool { !taken.contains { $0.overlaps(rect.inset(by: -2)) } }

  mutating func take(_ rect: Rect) { taken.append(rect) }

  /// How many points of bands, and how many times over other words, lie under `rect` with a little air.
  private func covered(_ rect: Rect) -> Int {
    let air = rect.inset(by: -3)
    var count = taken.count { $0.overlaps(air) } * 6
    for ribbon in ribbons {
      let half = ribbon.thickness / 2
      count += ribbon.spine.count { point in
        let (x, y) = (point.x + shift.x, point.y + shift.y)
        return x > air.x && x < air.maxX && y + half > air.y && y - half < air.maxY
      }
    }
    return count
  }
}
