/// A generator of random numbers that gives the same sequence for the same seed on every machine.
///
/// xoshiro256** of Blackman and Vigna (2018), its state filled by SplitMix64. Not for secrets.
package struct SeededGenerator: RandomNumberGenerator, Sendable {
  private var state: (UInt64, UInt64, UInt64, UInt64)
  private var spareNormal: Double?

  /// A generator from a seed; `stream` gives independent sequences for one seed, for work that may run in any order.
  package init(seed: UInt64, stream: UInt64 = 0) {
    var mixer = SplitMix64(state: seed)
    if stream != 0 {
      var branch = SplitMix64(state: stream)
      // Multiplied, so that seed a with stream b is not seed b with stream a.
      mixer = SplitMix64(state: mixer.next() ^ (branch.next() &* 0xD1B5_4A32_D192_ED03))
    }
    state = (mixer.next(), mixer.next(), mixer.next(), mixer.next())
  }

  /// The next 64 random bits.
  package mutating func next() -> UInt64 {
    let result = rotateLeft(state.1 &* 5, 7) &* 9
    let shifted = state.1 << 17
    state.2 ^= state.0
    state.3 ^= state.1
    state.1 ^= state.2
    state.0 ^= state.3
    state.2 ^= shifted
    state.3 = rotateLeft(state.3, 45)
    return result
  }

  /// A uniform number in [0, 1), a multiple of 2⁻⁵³.
  package mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// A uniform integer in 0 ..< `count`, without bias (Lemire 2019); 0 when `count` is 0 or 1.
  package mutating func index(below count: Int) -> Int {
    guard count > 1 else { return 0 }
    let bound = UInt64(count)
    var product = next().multipliedFullWidth(by: bound)
    if product.low < bound {
      let threshold = (0 &- bound) % bound
      while product.low < threshold { product = next().multipliedFullWidth(by: bound) }
    }
    return Int(product.high)
  }

  /// A standard normal number (Marsaglia's polar method).
  package mutating func normal() -> Double {
    if let spare = spareNormal {
      spareNormal = nil
      return spare
    }
    while true {
      let u = 2 * uniform() - 1
      let v = 2 * uniform() - 1
      let s = u * u + v * v
      guard s > 0, s < 1 else { continue }
      let factor = (-2 * logarithm(s) / s).squareRoot()
      spareNormal = v * factor
      return u * factor
    }
  }

  /// Puts the elements in random order (Fisher–Yates).
  package mutating func shuffle<Element>(_ elements: inout [Element]) {
    guard elements.count > 1 else { return }
    for i in stride(from: elements.count - 1, to: 0, by: -1) { elements.swapAt(i, index(below: i + 1)) }
  }
}

private func rotateLeft(_ x: UInt64, _ k: UInt64) -> UInt64 { (x << k) | (x >> (64 - k)) }

/// Steele, Lea and Flood's mixer, used to spread a seed over a larger state.
private struct SplitMix64 {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
