/// The distinct texts of a column and their codes, in order of first appearance, keyed by UTF-8 bytes.
///
/// Open addressing over stored 64-bit hashes; the bytes of all levels lie in one block, so that a cell that is known
/// already costs no allocation.
struct LevelDictionary: Sendable {
  private var bytes: [UInt8] = []
  private var ends: [Int] = []
  private var hashes: [UInt64] = []
  /// Code + 1 by place, 0 where free; a power of two long and at most half full.
  private var places: [Int32] = .init(repeating: 0, count: 64)

  var count: Int { ends.count }

  /// Bytes of all levels together.
  var byteCount: Int { bytes.count }

  var levels: [String] { (0..<count).map { String(decoding: bytes[range($0)], as: UTF8.self) } }

  private func range(_ code: Int) -> Range<Int> { (code == 0 ? 0 : ends[code - 1])..<ends[code] }

  /// Calls `body` with the bytes of a level.
  func withLevel<R>(_ code: Int, _ body: (UnsafeBufferPointer<UInt8>) -> R) -> R {
    bytes.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[range(code)])) }
  }

  /// The code of a text, added if it is new.
  @inline(__always)
  mutating func code(of key: UnsafeBufferPointer<UInt8>) -> Int32 {
    let hash = hashed(key)
    let mask = places.count - 1
    var place = Int(truncatingIfNeeded: hash) & mask
    while true {
      let code = Int(places[place]) - 1
      if code < 0 { return add(key, hash: hash, at: place) }
      if hashes[code] == hash && isLevel(code, key) { return Int32(truncatingIfNeeded: code) }
      place = (place + 1) & mask
    }
  }

  @inline(__always)
  private func isLevel(_ code: Int, _ key: UnsafeBufferPointer<UInt8>) -> Bool {
    let start = code == 0 ? 0 : ends[code - 1]
    guard ends[code] - start == key.count else { return false }
    return bytes.withUnsafeBufferPointer { stored in
      var i = 0
      while i < key.count {
        if stored[start + i] != key[i] { return false }
        i += 1
      }
      return true
    }
  }

  @inline(never)
  private mutating func add(_ key: UnsafeBufferPointer<UInt8>, hash: UInt64, at place: Int) -> Int32 {
    bytes.append(contentsOf: key)
    ends.append(bytes.count)
    hashes.append(hash)
    places[place] = Int32(truncatingIfNeeded: count)
    if count * 2 > places.count { grow() }
    return Int32(truncatingIfNeeded: count - 1)
  }

  private mutating func grow() {
    var wider = [Int32](repeating: 0, count: places.count * 2)
    let mask = wider.count - 1
    for (code, hash) in hashes.enumerated() {
      var place = Int(truncatingIfNeeded: hash) & mask
      while wider[place] != 0 { place = (place + 1) & mask }
      wider[place] = Int32(truncatingIfNeeded: code + 1)
    }
    places = wider
  }
}

/// A hash of bytes: eight at a time, folded through 128-bit products. Not random, so that runs are alike.
@inline(__always)
private func hashed(_ key: UnsafeBufferPointer<UInt8>) -> UInt64 {
  var hash: UInt64 = 0x9E37_79B9_7F4A_7C15 ^ UInt64(truncatingIfNeeded: key.count)
  var rest = key.count
  guard var p = UnsafeRawPointer(key.baseAddress) else { return hash }
  while rest >= 8 {
    hash = folded(hash ^ p.loadUnaligned(as: UInt64.self), 0xD6E8_FEB8_6659_FD93)
    p += 8
    rest -= 8
  }
  var tail: UInt64 = 0
  if rest >= 4 {
    tail = UInt64(p.loadUnaligned(as: UInt32.self))
    p += 4
    rest -= 4
  }
  while rest > 0 {
    tail = tail << 8 | UInt64(p.load(as: UInt8.self))
    p += 1
    rest -= 1
  }
  return folded(hash ^ tail, 0xA076_1D64_78BD_642F)
}

@inline(__always)
private func folded(_ a: UInt64, _ b: UInt64) -> UInt64 {
  let product = a.multipliedFullWidth(by: b)
  return product.high ^ product.low
}
