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
    var chosen = PaletteBuilder(ranked.required, ranked.rest, census.colours)
    chosen.spread(most: most)
    colours = chosen.colours
    var places = [UInt8](repeating: 0, count: census.colours.count)
    for (place, slot) in chosen.slots.enumerated() { places[slot] = UInt8(place) }
    let tolerated = most < 256 ? Self.toleratedSmall : Self.tolerated
    var changed = 0
    for (at, slot) in ranked.rest.enumerated() where !chosen.isPicked(at) {
      let (place, distance) = chosen.nearest(at)
      places[slot] = UInt8(place)
      if most < 256, distance > Self.otherHue { return nil }
      if distance > Self.visible { changed += census.counts[slot] }
    }
    guard changed * tolerated <= image.width * image.height else { return nil }
    rows = census.rows(of: image, places: places)
  }

  /// Squared distance over the three channels beyond which a changed pixel might be seen: 16 levels in one.
  private static let visible: Float = 256
  /// One pixel in so many may change visibly.
  private static let tolerated = 200
  /// One in so many of a thumbnail, whose palette is smaller; and none so far off that an orange line turns grey.
  private static let toleratedSmall = 100
  private static let otherHue: Float = 2_500
}

/// Picks colours, and knows of each other one the nearest picked.
private struct PaletteBuilder {
  private let all: [UInt32]
  private let rest: [Int]
  private(set) var slots: [Int] = []
  private var picked: [Bool]
  // Of the rest, by place in it: channels, and the nearest picked colour with its squared distance. Kept up with every pick, side
  // by side, so that the processor takes several at a time.
  private var red: [Float]
  private var green: [Float]
  private var blue: [Float]
  private var distances: [Float]
  private var places: [Int32]

  init(_ required: [Int], _ rest: [Int], _ all: [UInt32]) {
    self.all = all
    self.rest = rest
    picked = [Bool](repeating: false, count: rest.count)
    red = rest.map { Self.channel(all[$0], 16) }
    green = rest.map { Self.channel(all[$0], 8) }
    blue = rest.map { Self.channel(all[$0], 0) }
    distances = [Float](repeating: .infinity, count: rest.count)
    places = [Int32](repeating: 0, count: rest.count)
    for slot in required { pick(slot) }
  }

  var colours: [UInt32] { slots.map { all[$0] } }

  /// - Parameter at: place in the rest.
  func isPicked(_ at: Int) -> Bool { picked[at] }

  /// Fills up to `most` with the commonest that stand well apart from all picked before, so that every ramp between two
  /// colours gets its steps; then with the commonest of the others.
  mutating func spread(most: Int) {
    for apart: Float in [160, 40, -1] {
      for at in rest.indices where !picked[at] {
        if slots.count >= most { return }
        if distances[at] > apart {
          picked[at] = true
          pick(rest[at])
        }
      }
    }
  }

  /// The first of the nearest.
  func nearest(_ at: Int) -> (place: Int, distance: Float) { (Int(places[at]), distances[at]) }

  /// Squares of whole numbers up to 3 · 255² are exact.
  private mutating func pick(_ slot: Int) {
    let (r, g, b) = (Self.channel(all[slot], 16), Self.channel(all[slot], 8), Self.channel(all[slot], 0))
    let place = Int32(slots.count)
    slots.append(slot)
    let count = rest.count
    red.withUnsafeBufferPointer { red in
      green.withUnsafeBufferPointer { green in
        blue.withUnsafeBufferPointer { blue in
          distances.withUnsafeMutableBufferPointer { distances in
            places.withUnsafeMutableBufferPointer { places in
              for at in 0..<count {
                let (dr, dg, db) = (r - red[at], g - green[at], b - blue[at])
                let distance = dr * dr + dg * dg + db * db
                let isNearer = distance < distances[at]
                distances[at] = isNearer ? distance : distances[at]
                places[at] = isNearer ? place : places[at]
              }
            }
          }
        }
      }
    }
  }

  private static func channel(_ colour: UInt32, _ shift: UInt32) -> Float { Float(colour >> shift & 0xFF) }
}
