/// The ascending sequence closest to `values` in least squares (pool adjacent violators).
///
/// Kruskal, Psychometrika 29 (1964). Blocks that would descend are replaced by their mean.
///
/// - Parameter weights: > 0, one a value; all the same if not given.
/// - Returns: As many values, never descending.
package func monotoneRegression(_ values: [Double], weights: [Double]? = nil) -> [Double] {
  var means: [Double] = []
  var masses: [Double] = []
  var lengths: [Int] = []
  means.reserveCapacity(values.count)
  masses.reserveCapacity(values.count)
  lengths.reserveCapacity(values.count)
  for (at, value) in values.enumerated() {
    var (mean, mass, length) = (value, weights?[at] ?? 1, 1)
    while let last = means.last, last >= mean {
      let before = masses.removeLast()
      mean = (last * before + mean * mass) / (before + mass)
      mass += before
      length += lengths.removeLast()
      means.removeLast()
    }
    means.append(mean)
    masses.append(mass)
    lengths.append(length)
  }
  var result: [Double] = []
  result.reserveCapacity(values.count)
  for (mean, length) in zip(means, lengths) { result.append(contentsOf: repeatElement(mean, count: length)) }
  return result
}

/// What of the dissimilarities a scaling keeps.
package enum ScalingLevel: Equatable, Sendable {
  /// Only their order. Pairs equally unlike may get different distances (`primary`, Kruskal's first approach), or must
  /// get the same disparity (`secondary`).
  case ordinal(Ties)
  /// A straight line with any start: disparity = a + b(δ − least δ), a and b ≥ 0.
  case interval
  /// Disparity = bδ.
  case ratio

  package enum Ties: String, Equatable, Sendable, CaseIterable {
    case primary, secondary
  }
}

/// Fits disparities, the best image of the dissimilarities at a level, to distances.
struct DisparityFit: Sendable {
  let level: ScalingLevel
  private let values: [Double]
  /// Pairs by dissimilarity, and in it the ranges of equal ones.
  private let order: [Int]
  private let blocks: [Range<Int>]
  private let isTied: Bool
  private let least: Double

  init(_ level: ScalingLevel, _ values: [Double]) {
    self.level = level
    self.values = values
    let order = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
    var blocks: [Range<Int>] = []
    var start = 0
    for at in order.indices where at + 1 == order.count || values[order[at + 1]] != values[order[at]] {
      blocks.append(start..<at + 1)
      start = at + 1
    }
    self.order = order
    self.blocks = blocks
    isTied = blocks.count < order.count
    least = values.min() ?? 0
  }

  /// The disparities in least squares, one a pair and ≥ 0.
  func callAsFunction(_ distances: [Double]) -> [Double] {
    switch level {
    case .ordinal(.primary): primary(distances)
    case .ordinal(.secondary): secondary(distances)
    case .interval: interval(distances)
    case .ratio: ratio(distances)
    }
  }

  private func primary(_ distances: [Double]) -> [Double] {
    var sorted = order
    if isTied {
      for block in blocks where block.count > 1 {
        sorted[block].sort { (distances[$0], $0) < (distances[$1], $1) }
      }
    }
    var result = [Double](repeating: 0, count: distances.count)
    for (at, value) in zip(sorted, monotoneRegression(sorted.map { distances[$0] })) { result[at] = value }
    return result
  }

  private func secondary(_ distances: [Double]) -> [Double] {
    let means = blocks.map { block in block.reduce(0) { $0 + distances[order[$1]] } / Double(block.count) }
    let fitted = monotoneRegression(means, weights: blocks.map { Double($0.count) })
    var result = [Double](repeating: 0, count: distances.count)
    for (block, value) in zip(blocks, fitted) { for at in block { result[order[at]] = value } }
    return result
  }

  private func ratio(_ distances: [Double]) -> [Double] {
    let squares = values.reduce(0) { $0 + $1 * $1 }
    let product = zip(values, distances).reduce(0) { $0 + $1.0 * $1.1 }
    return values.map { $0 * (product / squares) }
  }

  /// Least squares with neither the slope nor the value at the least dissimilarity below 0.
  private func interval(_ distances: [Double]) -> [Double] {
    let n = Double(values.count)
    let above = values.map { $0 - least }
    let (sx, sy) = (above.reduce(0, +), distances.reduce(0, +))
    let xx = above.reduce(0) { $0 + $1 * $1 }
    let xy = zip(above, distances).reduce(0) { $0 + $1.0 * $1.1 }
    let determinant = n * xx - sx * sx
    let slope = determinant > 0 ? (n * xy - sx * sy) / determinant : 0
    let start = (sy - slope * sx) / n
    if slope < 0 { return [Double](repeating: sy / n, count: values.count) }
    if start < 0 { return above.map { $0 * (xx > 0 ? xy / xx : 0) } }
    return above.map { start + slope * $0 }
  }
}
