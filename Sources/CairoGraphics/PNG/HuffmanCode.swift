/// A prefix code for symbols by how often they occur (RFC 1951, 3.2.2).
struct HuffmanCode {
  /// Bits of each symbol; 0 for one that does not occur.
  private(set) var lengths: [UInt8]
  /// The first bit lowest, as they are written.
  private(set) var codes: [UInt16]

  /// - Parameter longest: bits a code has at most; symbols that would need more are taken for commoner than they are.
  init(_ counts: [Int], longest: Int) {
    var counts = counts
    lengths = Self.lengths(counts)
    while lengths.contains(where: { $0 > longest }) {
      for symbol in counts.indices where counts[symbol] > 0 { counts[symbol] = counts[symbol] / 2 + 1 }
      lengths = Self.lengths(counts)
    }
    var next = [Int](repeating: 0, count: longest + 2)
    for length in lengths where length > 0 { next[Int(length) + 1] += 1 }
    for length in 1..<next.count { next[length] = (next[length] + next[length - 1]) << 1 }
    codes = [UInt16](repeating: 0, count: lengths.count)
    for (symbol, length) in lengths.enumerated() where length > 0 {
      var (code, reversed) = (next[Int(length)], 0)
      next[Int(length)] += 1
      for _ in 0..<length {
        reversed = reversed << 1 | code & 1
        code >>= 1
      }
      codes[symbol] = UInt16(reversed)
    }
  }

  /// Huffman's own, over two queues: the symbols and the pairs, each from the rarest.
  private static func lengths(_ counts: [Int]) -> [UInt8] {
    var lengths = [UInt8](repeating: 0, count: counts.count)
    let symbols = counts.indices.filter { counts[$0] > 0 }.sorted { (counts[$0], $0) < (counts[$1], $1) }
    guard symbols.count > 1 else {
      for symbol in symbols { lengths[symbol] = 1 }
      return lengths
    }
    var weights = symbols.map { counts[$0] }
    var parents = [Int](repeating: 0, count: 2 * symbols.count - 1)
    var (leaf, pair) = (0, symbols.count)
    while weights.count < parents.count {
      var sum = 0
      for _ in 0..<2 {
        let takesLeaf = leaf < symbols.count && (pair >= weights.count || weights[leaf] <= weights[pair])
        let taken = takesLeaf ? leaf : pair
        if takesLeaf { leaf += 1 } else { pair += 1 }
        sum += weights[taken]
        parents[taken] = weights.count
      }
      weights.append(sum)
    }
    var depths = [Int](repeating: 0, count: parents.count)
    for node in parents.indices.dropLast().reversed() { depths[node] = depths[parents[node]] + 1 }
    for (place, symbol) in symbols.enumerated() { lengths[symbol] = UInt8(min(depths[place], 255)) }
    return lengths
  }
}

/// Bits from the lowest, in bytes.
struct BitWriter {
  private var bytes: [UInt8] = []
  private var pending: UInt64 = 0
  private var count = 0

  init(capacity: Int) { bytes.reserveCapacity(capacity) }

  /// - Parameter bits: 0 to 32.
  @inline(__always)
  mutating func put(_ value: UInt64, bits: Int) {
    pending |= value << UInt64(count)
    count += bits
    while count >= 8 {
      bytes.append(UInt8(truncatingIfNeeded: pending))
      pending >>= 8
      count -= 8
    }
  }

  @inline(__always)
  mutating func put(_ code: HuffmanCode, _ symbol: Int) {
    put(UInt64(code.codes[symbol]), bits: Int(code.lengths[symbol]))
  }

  /// To the next whole byte.
  mutating func align() { if count > 0 { put(0, bits: 8 - count) } }

  func finish() -> [UInt8] { bytes }
}
