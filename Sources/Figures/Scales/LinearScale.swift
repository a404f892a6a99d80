import Glibc

/// A straight mapping from values to px.
package struct LinearScale: Sendable, Hashable {
  package let lower: Double
  package let upper: Double
  /// Where `lower` stands, px.
  package let start: Double
  /// Where `upper` stands, px.
  package let end: Double

  /// A domain without extent is widened by one to either side, so that every value has a place.
  package init(_ lower: Double, _ upper: Double, start: Double, end: Double) {
    let sound = lower.isFinite && upper.isFinite
    let same = !sound || lower == upper
    let middle = sound ? lower : 0
    self.lower = same ? middle - 1 : lower
    self.upper = same ? middle + 1 : upper
    self.start = start
    self.end = end
  }

  /// px
  package func callAsFunction(_ value: Double) -> Double {
    start + (value - lower) / (upper - lower) * (end - start)
  }

  package func ticks(_ wanted: Int = 5) -> [Double] { niceTicks(min(lower, upper), max(lower, upper), wanted) }
}

/// Round numbers (1, 2 or 5 times a power of ten apart) inside `lower … upper`, about `wanted` of them.
///
/// - Returns: Ascending; the only value where both ends are equal; nothing where an end is not finite.
package func niceTicks(_ lower: Double, _ upper: Double, _ wanted: Int = 5) -> [Double] {
  guard lower.isFinite, upper.isFinite, lower <= upper else { return [] }
  guard lower < upper else { return [lower] }
  let span = upper - lower
  guard span.isFinite, span / max(abs(lower), abs(upper)) > 1e-12 else { return [lower, upper] }
  let step = niceStep(span / Double(max(1, wanted)))
  let first = (lower / step - 1e-9).rounded(.up)
  let last = (upper / step + 1e-9).rounded(.down)
  guard step > 0, first <= last, last - first < 10_000 else { return [lower, upper] }
  return stride(from: first, through: last, by: 1).map { k in
    // 3 × 0.1 is not 0.3: multiples of a step below one are divided by its inverse instead.
    let value = step < 1 ? k / (1 / step).rounded() : k * step
    return value == 0 ? 0 : value
  }
}

/// The number of the form 1, 2 or 5 times a power of ten that is nearest to `size` in ratio.
package func niceStep(_ size: Double) -> Double {
  guard size.isFinite, size > 0 else { return 1 }
  let power = pow(10, log10(size).rounded(.down))
  guard power > 0, power.isFinite else { return size }
  let rest = size / power
  return (rest < 1.415 ? 1 : rest < 3.163 ? 2 : rest < 7.072 ? 5 : 10) * power
}

/// A domain widened to the round numbers that enclose it.
package func niceDomain(_ lower: Double, _ upper: Double, _ wanted: Int = 5) -> (lower: Double, upper: Double) {
  guard lower.isFinite, upper.isFinite, lower < upper else { return (lower, upper) }
  let step = niceStep((upper - lower) / Double(max(1, wanted)))
  return ((lower / step).rounded(.down) * step, (upper / step).rounded(.up) * step)
}
