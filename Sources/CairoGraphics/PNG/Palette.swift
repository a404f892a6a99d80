/// Up to 256 colours that stand for all of an image.
///
/// Anti-aliased edges give a flat figure thousands of colours, each on a handful of pixels. They go to the nearest of the
/// commonest ones; what covers an area keeps its exact value, since a tint says which segment something belongs to.
struct Palette {
  /// 0x00RRGGBB each, at most 256.
  private(set) var colours: [UInt32]
  /// For every pixel its place in `colours`.
  private(set) var indices: [UInt8]

  /// Nil where 256 colours do not do: more of them must stay exact, or too many pixels would change visibly.
  ///
  /// - Parameter exact: colours that must survive wherever they occur.
  init?(of image: PixelImage, keeping exact: [UInt32]) {
    guard var census = Census(image) else { return nil }
    let ranked = census.ranked(exact: exact)
    guard ranked.required <= 256 else { return nil }
    let kept = ranked.order.prefix(256)
    colours = kept.map { census.colours[$0] }
    var place = [UInt8](repeating: 0, count: census.colours.count)
    for (index, slot) in kept.enumerated() { place[slot] = UInt8(index) }
    var changed = 0
    for slot in ranked.order.dropFirst(256) {
      let (index, distance) = Self.nearest(to: census.colours[slot], in: colours)
      place[slot] = UInt8(index)
      if distance > Self.visible { changed += census.counts[slot] }
    }
    guard changed * 200 <= image.pixels.count else { return nil }
    indices = census.assign(place, to: image)
  }

  /// Squared distance over the three channels beyond which a changed pixel might be seen: 16 levels in one.
  private static let visible = 256

  private static func nearest(to colour: UInt32, in palette: [UInt32]) -> (index: Int, distance: Int) {
    var best = (index: 0, distance: Int.max)
    let (r, g, b) = (Int(colour >> 16), Int(colour >> 8 & 0xFF), Int(colour & 0xFF))
    for (index, other) in palette.enumerated() {
      let (dr, dg, db) = (r - Int(other >> 16), g - Int(other >> 8 & 0xFF), b - Int(other & 0xFF))
      let distance = dr * dr + dg * dg + db * db
      if distance < best.distance { best = (index, distance) }
    }
    return best
  }
}

/// The distinct colours of an image and how often each occurs.
private struct Census {
  private(set) var colours: [UInt32] = []
  private(set) var counts: [Int] = []
  /// How often the colour fills a square of 2 × 2 pixels: areas do, edges hardly ever.
  private var squares: [Int] = []
  /// Open addressing: a colour + 1 and its slot, 0 for free.
  private var keys = [UInt32](repeating: 0, count: 1 << Census.bits)
  private var slots = [Int32](repeating: 0, count: 1 << Census.bits)
  private static let bits: UInt32 = 17
  /// Beyond so many colours an image is no flat figure.
  private static let limit = 60_000

  /// Nil for more colours than a flat figure has.
  init?(_ image: PixelImage) {
    let width = image.width
    let whole = image.pixels.withUnsafeBufferPointer { pixels in
      var last: UInt32 = .max
      var slot = 0
      for y in 0..<image.height {
        let row = y * width
        // The first row has nothing above; it counts as its own.
        let above = y == 0 ? row : row - width
        for x in 0..<width {
          let colour = pixels[row + x]
          if colour != last {
            guard let found = find(colour) else { return false }
            (last, slot) = (colour, found)
          } else if x > 0, pixels[above + x] == colour, pixels[above + x - 1] == colour {
            squares[slot] += 1
          }
          counts[slot] += 1
        }
      }
      return true
    }
    if !whole { return nil }
  }

  private mutating func find(_ colour: UInt32) -> Int? {
    var index = Int((colour &* 0x9E37_79B1) >> (32 - Census.bits))
    while keys[index] != 0 {
      if keys[index] == colour + 1 { return Int(slots[index]) }
      index = (index + 1) & ((1 << Int(Census.bits)) - 1)
    }
    guard colours.count < Census.limit else { return nil }
    keys[index] = colour + 1
    slots[index] = Int32(colours.count)
    colours.append(colour)
    counts.append(0)
    squares.append(0)
    return colours.count - 1
  }

  /// Slots in order of importance (those that must stay, then by count), and how many must stay.
  func ranked(exact: [UInt32]) -> (order: [Int], required: Int) {
    let exact = Set(exact)
    func isRequired(_ slot: Int) -> Bool { squares[slot] >= 4 || exact.contains(colours[slot]) }
    var required: [Int] = []
    var rest: [Int] = []
    for slot in colours.indices {
      if isRequired(slot) { required.append(slot) } else { rest.append(slot) }
    }
    func commoner(_ a: Int, _ b: Int) -> Bool { (counts[b], colours[a]) < (counts[a], colours[b]) }
    return (required.sorted(by: commoner) + rest.sorted(by: commoner), required.count)
  }

  mutating func assign(_ place: [UInt8], to image: PixelImage) -> [UInt8] {
    var last: UInt32 = .max
    var index: UInt8 = 0
    return [UInt8](unsafeUninitializedCapacity: image.pixels.count) { buffer, count in
      for (offset, colour) in image.pixels.enumerated() {
        if colour != last {
          last = colour
          index = find(colour).map { place[$0] } ?? 0
        }
        buffer[offset] = index
      }
      count = image.pixels.count
    }
  }
}
