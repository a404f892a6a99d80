/// Literals and matches on their way into blocks with codes of their own (RFC 1951, 3.2.7).
struct DeflateBlocks {
  var out: BitWriter
  /// A literal as it is; a match as 0x8000_0000, its length − 3 in bits 16 to 23 and its distance − 1 below.
  private var tokens: [UInt32] = []
  private var letters = [Int](repeating: 0, count: 286)
  private var distances = [Int](repeating: 0, count: 30)

  private static let most = 40_000

  init(capacity: Int) {
    out = BitWriter(capacity: capacity)
    tokens.reserveCapacity(Self.most)
  }

  mutating func literal(_ byte: UInt8) {
    tokens.append(UInt32(byte))
    letters[Int(byte)] += 1
    if tokens.count == Self.most { flush(isLast: false) }
  }

  /// - Parameters:
  ///   - length: 3 to 258.
  ///   - distance: 1 to 32,768.
  mutating func match(length: Int, distance: Int) {
    tokens.append(0x8000_0000 | UInt32(length - 3) << 16 | UInt32(distance - 1))
    letters[DeflateSymbols.ofLength[length - 3].symbol] += 1
    distances[DeflateSymbols.distance(distance).symbol] += 1
    if tokens.count == Self.most { flush(isLast: false) }
  }

  mutating func flush(isLast: Bool) {
    letters[256] = 1
    // A block without matches still names a distance.
    if distances.allSatisfy({ $0 == 0 }) { distances[0] = 1 }
    let letterCode = HuffmanCode(letters, longest: 15)
    let distanceCode = HuffmanCode(distances, longest: 15)
    out.put(isLast ? 1 : 0, bits: 1)
    out.put(2, bits: 2)
    writeCodes(letterCode.lengths, distanceCode.lengths)
    for token in tokens {
      guard token & 0x8000_0000 != 0 else {
        out.put(letterCode, Int(token))
        continue
      }
      let length = DeflateSymbols.ofLength[Int(token >> 16 & 0xFF)]
      out.put(letterCode, length.symbol)
      out.put(UInt64(length.extra), bits: length.bits)
      let distance = DeflateSymbols.distance(Int(token & 0xFFFF) + 1)
      out.put(distanceCode, distance.symbol)
      out.put(UInt64(distance.extra), bits: distance.bits)
    }
    out.put(letterCode, 256)
    tokens.removeAll(keepingCapacity: true)
    for place in letters.indices { letters[place] = 0 }
    for place in distances.indices { distances[place] = 0 }
  }

  /// The lengths of both codes, runs of them shortened, in a third code.
  private mutating func writeCodes(_ letters: [UInt8], _ distances: [UInt8]) {
    let all = letters + distances
    var runs: [(symbol: Int, extra: Int, bits: Int)] = []
    var at = 0
    while at < all.count {
      var end = at
      while end < all.count, all[end] == all[at] { end += 1 }
      var left = end - at
      if all[at] != 0 {
        runs.append((Int(all[at]), 0, 0))
        left -= 1
      }
      while left > 0 {
        if all[at] == 0, left >= 11 {
          let part = min(left, 138)
          runs.append((18, part - 11, 7))
          left -= part
        } else if left >= 3 {
          let part = min(left, all[at] == 0 ? 10 : 6)
          runs.append(all[at] == 0 ? (17, part - 3, 3) : (16, part - 3, 2))
          left -= part
        } else {
          runs.append((Int(all[at]), 0, 0))
          left -= 1
        }
      }
      at = end
    }
    var counts = [Int](repeating: 0, count: 19)
    for run in runs { counts[run.symbol] += 1 }
    let code = HuffmanCode(counts, longest: 7)
    let order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]
    let used = max(4, (order.lastIndex { code.lengths[$0] > 0 } ?? 0) + 1)
    out.put(UInt64(letters.count - 257), bits: 5)
    out.put(UInt64(distances.count - 1), bits: 5)
    out.put(UInt64(used - 4), bits: 4)
    for symbol in order.prefix(used) { out.put(UInt64(code.lengths[symbol]), bits: 3) }
    for run in runs {
      out.put(code, run.symbol)
      out.put(UInt64(run.extra), bits: run.bits)
    }
  }
}

/// What stands for lengths and distances (RFC 1951, 3.2.5).
enum DeflateSymbols {
  typealias Symbol = (symbol: Int, extra: Int, bits: Int)

  /// By length − 3.
  static let ofLength: [Symbol] = (0...255).map { length in
    // 258 has a symbol of its own.
    if length == 255 { return (285, 0, 0) }
    if length < 8 { return (257 + length, 0, 0) }
    let bits = (Int.bitWidth - 1 - length.leadingZeroBitCount) - 2
    return (257 + 4 * bits + length >> bits, length & ((1 << bits) - 1), bits)
  }

  /// - Parameter distance: 1 to 32,768.
  static func distance(_ distance: Int) -> Symbol {
    let d = distance - 1
    if d < 4 { return (d, 0, 0) }
    let bits = (Int.bitWidth - 1 - d.leadingZeroBitCount) - 1
    return (2 * bits + d >> bits, d & ((1 << bits) - 1), bits)
  }
}
