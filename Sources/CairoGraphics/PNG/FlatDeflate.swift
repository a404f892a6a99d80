import CDeflate

/// Compresses the rows of a flat image in the zlib container (RFC 1950, 1951).
///
/// Nearly all of such an image repeats the row above it or the pixel before, and a general compressor spends most of its time
/// noting every byte of that. Here the two are tried first, and only what begins anew is noted for later: a third of the time, for
/// files as small.
///
/// - Parameter stride: bytes a row.
func deflateFlat(_ bytes: [UInt8], stride: Int) -> [UInt8] {
  var block = DeflateBlocks(capacity: bytes.count / 16 + 1_000)
  block.out.put(0x78, bits: 8)
  block.out.put(0x9C, bits: 8)
  bytes.withUnsafeBufferPointer { matchRows($0, stride: stride, into: &block) }
  block.flush(isLast: true)
  block.out.align()
  let check = bytes.withUnsafeBytes { libdeflate_adler32(1, $0.baseAddress, $0.count) }
  for shift in [24, 16, 8, 0] { block.out.put(UInt64(check >> UInt32(shift) & 0xFF), bits: 8) }
  return block.out.finish()
}

private let longest = 258
private let farthest = 32_768

private func matchRows(_ bytes: UnsafeBufferPointer<UInt8>, stride: Int, into block: inout DeflateBlocks) {
  guard let base = bytes.baseAddress else { return }
  let count = bytes.count
  let hashBits: UInt32 = 15
  // Places of what began with four bytes of this hash; 0 for none, places from 1.
  var heads = [Int32](repeating: 0, count: 1 << Int(hashBits))
  heads.withUnsafeMutableBufferPointer { heads in
    func slot(_ at: Int) -> Int {
      let four = UnsafeRawPointer(base + at).loadUnaligned(as: UInt32.self)
      return Int((four &* 0x9E37_79B1) >> (32 - hashBits))
    }
    /// How many bytes at two places are the same; `at` is the later.
    func same(_ before: Int, _ at: Int, most: Int) -> Int {
      let (a, b) = (UnsafeRawPointer(base + before), UnsafeRawPointer(base + at))
      var length = 0
      while length + 8 <= most {
        let difference =
          a.loadUnaligned(fromByteOffset: length, as: UInt64.self)
          ^ b.loadUnaligned(fromByteOffset: length, as: UInt64.self)
        if difference != 0 { return length + difference.trailingZeroBitCount / 8 }
        length += 8
      }
      while length < most, base[before + length] == base[at + length] { length += 1 }
      return length
    }
    var at = 0
    while at < count {
      let most = min(longest, count - at)
      var (length, distance) = (0, 0)
      if at >= stride, stride <= farthest { (length, distance) = (same(at - stride, at, most: most), stride) }
      if length < most, at > 0 {
        let run = same(at - 1, at, most: most)
        if run > length { (length, distance) = (run, 1) }
      }
      if most >= 4 {
        let slot = slot(at)
        if length < 32 {
          let before = Int(heads[slot]) - 1
          // The nearer two cost fewer bits.
          if before >= 0, at - before <= farthest {
            let found = same(before, at, most: most)
            if found > length + 1 { (length, distance) = (found, at - before) }
          }
        }
        heads[slot] = Int32(truncatingIfNeeded: at + 1)
      }
      guard length >= 3 else {
        block.literal(base[at])
        at += 1
        continue
      }
      block.match(length: length, distance: distance)
      if length <= 16, distance != 1, at + length + 4 <= count {
        for inside in (at + 1)..<(at + length) { heads[slot(inside)] = Int32(truncatingIfNeeded: inside + 1) }
      }
      at += length
    }
  }
}
