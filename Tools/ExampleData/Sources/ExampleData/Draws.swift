/// Random draws that are the same on every machine: SplitMix64, and only additions, multiplications and comparisons after it,
/// since the exponential function of a system's library may differ in its last digit.
struct Draws {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func bits() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// In [0, 1).
  mutating func uniform() -> Double { Double(bits() >> 11) * 0x1p-53 }

  mutating func uniform(_ low: Double, _ high: Double) -> Double { low + (high - low) * uniform() }

  mutating func whole(_ range: ClosedRange<Int>) -> Int {
    range.lowerBound + Int(uniform() * Double(range.count))
  }

  /// Mean 0, standard deviation 1: twelve uniform numbers less six, near enough to normal for a market that is invented.
  mutating func normal() -> Double { (0..<12).reduce(-6) { sum, _ in sum + uniform() } }

  mutating func normal(_ mean: Double, _ deviation: Double) -> Double { mean + deviation * normal() }

  mutating func happens(_ chance: Double) -> Bool { uniform() < chance }

  /// An index, drawn in proportion to the weights.
  mutating func index(_ weights: [Double]) -> Int {
    var left = uniform() * weights.reduce(0, +)
    for (index, weight) in weights.enumerated() {
      left -= weight
      if left < 0 { return index }
    }
    return weights.count - 1
  }

  mutating func pick<Item>(_ items: [(Item, Double)]) -> Item { items[index(items.map(\.1))].0 }

  /// A skewed amount around `typical`: products of small steps.
  mutating func amount(_ typical: Double, spread: Double) -> Double { typical * exponential(spread * normal()) }
}

/// e to the power of x, by a short series and ten squarings.
func exponential(_ x: Double) -> Double {
  let small = max(-30, min(30, x)) / 1024
  var power = 1 + small * (1 + small / 2 * (1 + small / 3 * (1 + small / 4)))
  for _ in 0..<10 { power *= power }
  return power
}

/// The chance that belongs to log odds.
func logistic(_ odds: Double) -> Double { 1 / (1 + exponential(-odds)) }

func clamp(_ value: Double, _ low: Double, _ high: Double) -> Double { max(low, min(high, value)) }

/// The log odds of a share between 2 and 98 per cent, by Newton's steps.
func logOdds(_ share: Double) -> Double {
  let share = clamp(share, 0.02, 0.98)
  var x = 0.0
  for _ in 0..<40 {
    let guess = logistic(x)
    x += (share - guess) / (guess * (1 - guess))
  }
  return x
}
