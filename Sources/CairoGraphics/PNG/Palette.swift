/// Up to 256 colours that stand for all of an image.
///
/// Anti-aliased edges give a flat figure thousands of colours, each on a handful of pixels. They go to the nearest of the
/// commonest ones; what covers an area keeps its exact value, since a tint says which segment something belongs to.
struct Palette {
  /// 0xFFRRGGBB each, at most 256.
  private(set) var colours: [UInt32]
  /// The image in rows, each behind a 0 (PNG's mark for "no filter"), a place in `colours` a pixel.
  private(set) var rows: [UInt8]

  /// Nil where 256 colours do not do: more of them must stay exact, or too many pixels would change visibly.
  ///
  /// - Parameters:
  ///   - exact: colours that must survive wherever they occur.
  ///   - most: how many colours at most, 1 to 256. Below 256 edges may lose steps that would be seen in a large image.
  init?(of image: borrowing PaintedImage, keeping exact: [UInt32], most: Int = 256) {
    guard let census = Census(image) else { return nil }
    let ranked = census.ranked(exact: exact)
    guard ranked.required.count <= most else { return nil }
    var chosen = PaletteBuilder(ranked.required, census.colours)
    chosen.spread(over: ranked.rest, most: most)
    colours = chosen.colours
    var places = [UInt8](repeating: 0, count: census.colours.count)
    for (place, slot) in chosen.slots.enumerated() { places[slot] = UInt8(place) }
    let tolerated = most < 256 ? Self.toleratedSmall : Self.tolerated
    var changed = 0
    for slot in ranked.rest where !chosen.contains(slot) {
      let (place, distance) = chosen.nearest(census.colours[slot])
      places[slot] = UInt8(place)
      if most < 256, distance > Self.otherHue { return nil }
      if distance > Self.visible { changed += census.counts[slot] }
    }
    guard changed * tolerated <= image.width * image.height else { return nil }
    rows = census.rows(of: image, places: places)
  }

  /// Squared distance over the three channels beyond which a changed pixel might be seen: 16 levels in one.
  private static let visible: Int32 = 256
  /// One pixel in so many may change visibly.
  private static let tolerated = 200
  /// One in so many of a thumbnail, whose palette is smaller; and none so far off that an orange line turns grey.
  private static let toleratedSmall = 100
  private static let otherHue: Int32 = 2_500
}

/// Picks colours, and finds the nearest picked one.
private struct PaletteBuilder {
  private let all: [UInt32]
  private(set) var slots: [Int] = []
  private var picked: [Bool]
  // Channels side by side, so that the search takes several colours at a time.
  private var red: [Int32] = []
  private var green: [Int32] = []
  private var blue: [Int32] = []

  init(_ required: [Int], _ all: [UInt32]) {
    self.all = all
    picked = [Bool](repeating: false, count: all.count)
    for slot in required { pick(slot) }
  }

  var colours: [UInt32] { slots.map { all[$0] } }

  func contains(_ slot: Int) -> Bool { picked[slot] }

  /// Fills up to `most` with the commonest that stand well apart from all picked before, so that every ramp between two
  /// colours gets its steps; then with the commonest of the others.
  mutating func spread(over rest: [Int], most: Int) {
    for apart: Int32 in [160, 40, -1] {
      for slot in rest where !picked[slot] {
        if slots.count >= most { return }
        if apart < 0 || nearest(all[slot]).distance > apart { pick(slot) }
      }
    }
  }

  private mutating func pick(_ slot: Int) {
    picked[slot] = true
    slots.append(slot)
    let (r, g, b) = Self.channels(all[slot])
    red.append(r)
    green.append(g)
    blue.append(b)
  }

  func nearest(_ colour: UInt32) -> (place: Int, distance: Int32) {
    let (r, g, b) = Self.channels(colour)
    var best = (place: 0, distance: Int32.max)
    for place in red.indices {
      let (dr, dg, db) = (r &- red[place], g &- green[place], b &- blue[place])
      let distance = dr &* dr &+ dg &* dg &+ db &* db
      if distance < best.distance { best = (place, distance) }
    }
    return best
  }

  private static func channels(_ colour: UInt32) -> (Int32, Int32, Int32) {
    (Int32(colour >> 16 & 0xFF), Int32(colour >> 8 & 0xFF), Int32(colour & 0xFF))
  }
}
