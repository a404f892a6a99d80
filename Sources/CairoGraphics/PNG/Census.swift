import Glibc

/// The distinct colours of an image, how often each occurs, and the image as runs of one colour.
///
/// Flat figures have some twenty runs a row, so that nearly all the work is done a run at a time.
struct Census {
  private(set) var colours: [UInt32] = []
  /// Pixels.
  private(set) var counts: [Int] = []
  /// How many squares of 2 × 2 pixels the colour fills: areas have them, edges hardly ever.
  private var squares: [Int] = []
  private var runs: [Run] = []
  /// The runs of each row. A row like the one above it has the same, which is half of all rows in many a figure.
  private var spans: [Range<Int>] = []
  private var table = ColourTable()

  private struct Run {
    var slot: Int32
    var length: Int32
  }

  /// Beyond so many colours an image is no flat figure.
  private static let limit = 60_000

  /// Nil for more colours than a flat figure has.
  init?(_ image: borrowing PaintedImage) {
    spans.reserveCapacity(image.height)
    for y in 0..<image.height {
      if let above = spans.last, memcmp(image.row(y), image.row(y - 1), 4 * image.width) == 0 {
        spans.append(above)
        repeatRuns(above)
        continue
      }
      let start = runs.count
      guard read(image.row(y), width: image.width) else { return nil }
      if let above = spans.last { countSquares(above: above, below: start..<runs.count) }
      spans.append(start..<runs.count)
    }
  }

  private mutating func repeatRuns(_ span: Range<Int>) {
    for index in span {
      let (slot, length) = (Int(runs[index].slot), Int(runs[index].length))
      counts[slot] += length
      squares[slot] += length - 1
    }
  }

  private mutating func read(_ row: UnsafePointer<UInt32>, width: Int) -> Bool {
    var x = 0
    while x < width {
      let colour = row[x]
      let start = x
      x += 1
      // Eight at a time over the empty stretches.
      let pair = UInt64(colour) << 32 | UInt64(colour)
      while x + 8 <= width {
        let eight = UnsafeRawPointer(row + x)
        let a = eight.loadUnaligned(as: UInt64.self) ^ pair
        let b = eight.loadUnaligned(fromByteOffset: 8, as: UInt64.self) ^ pair
        let c = eight.loadUnaligned(fromByteOffset: 16, as: UInt64.self) ^ pair
        let d = eight.loadUnaligned(fromByteOffset: 24, as: UInt64.self) ^ pair
        if a | b | c | d != 0 { break }
        x += 8
      }
      while x < width, row[x] == colour { x += 1 }
      let slot = table.slot(of: colour, next: colours.count)
      if slot == colours.count {
        guard slot < Self.limit else { return false }
        colours.append(colour)
        counts.append(0)
        squares.append(0)
      }
      counts[slot] += x - start
      runs.append(Run(slot: Int32(slot), length: Int32(x - start)))
    }
    return true
  }

  /// Two runs of one colour, one above the other, hold a square for every two columns next to each other they share.
  private mutating func countSquares(above: Range<Int>, below: Range<Int>) {
    runs.withUnsafeBufferPointer { runs in
      squares.withUnsafeMutableBufferPointer { squares in
        var (i, j) = (above.lowerBound, below.lowerBound)
        var (endAbove, endBelow): (Int32, Int32) = (0, 0)
        while i < above.upperBound, j < below.upperBound {
          let (a, b) = (runs[i], runs[j])
          let (nextAbove, nextBelow) = (endAbove &+ a.length, endBelow &+ b.length)
          if a.slot == b.slot {
            let shared = min(nextAbove, nextBelow) &- max(endAbove, endBelow)
            if shared > 1 { squares[Int(a.slot)] += Int(shared &- 1) }
          }
          if nextAbove <= nextBelow {
            endAbove = nextAbove
            i += 1
          }
          if nextBelow <= nextAbove {
            endBelow = nextBelow
            j += 1
          }
        }
      }
    }
  }

  /// The slots whose colour must stay and the others, the commonest first.
  func ranked(exact: [UInt32]) -> (required: [Int], rest: [Int]) {
    let exact = Set(exact)
    var required: [Int] = []
    var rest: [Int] = []
    for slot in colours.indices {
      if squares[slot] >= 4 || exact.contains(colours[slot]) { required.append(slot) } else { rest.append(slot) }
    }
    func commoner(_ a: Int, _ b: Int) -> Bool { (counts[b], colours[a]) < (counts[a], colours[b]) }
    return (required.sorted(by: commoner), rest.sorted(by: commoner))
  }

  /// The rows of a PNG with a palette.
  ///
  /// - Parameter places: by slot, the colour's place in the palette.
  func rows(of image: borrowing PaintedImage, places: [UInt8]) -> [UInt8] {
    let (width, height) = (image.width, image.height)
    return [UInt8](unsafeUninitializedCapacity: (width + 1) * height) { buffer, count in
      guard var line = buffer.baseAddress else { return }
      places.withUnsafeBufferPointer { places in
        runs.withUnsafeBufferPointer { runs in
          for y in 0..<height {
            if y > 0, spans[y] == spans[y - 1] {
              line.update(from: line - (width + 1), count: width + 1)
            } else {
              line[0] = 0
              var pen = line + 1
              for index in spans[y] {
                let (length, place) = (Int(runs[index].length), places[Int(runs[index].slot)])
                // Most runs are the few pixels of an edge.
                if length == 1 { pen[0] = place } else { pen.update(repeating: place, count: length) }
                pen += length
              }
            }
            line += width + 1
          }
        }
      }
      count = (width + 1) * height
    }
  }
}

/// From colour to slot by open addressing: a dictionary's hashing would cost more than all the rest.
private struct ColourTable {
  private struct Entry {
    var colour: UInt32
    /// -1 for free.
    var slot: Int32
  }

  private static let bits: UInt32 = 17
  private var entries = [Entry](repeating: Entry(colour: 0, slot: -1), count: 1 << ColourTable.bits)

  /// The slot of `colour`; `next`, and from then on, where it is new.
  mutating func slot(of colour: UInt32, next: Int) -> Int {
    var index = Int((colour &* 0x9E37_79B1) >> (32 - Self.bits))
    while entries[index].slot >= 0 {
      if entries[index].colour == colour { return Int(entries[index].slot) }
      index = (index + 1) & ((1 << Int(Self.bits)) - 1)
    }
    entries[index] = Entry(colour: colour, slot: Int32(next))
    return next
  }
}
