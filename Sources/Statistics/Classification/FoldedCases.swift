/// Cases of known groups dealt into folds, each fold with its own sums and products: what any selection of columns needs
/// to be cross-validated without touching the cases again for the fit.
package struct FoldedCases: Sendable {
  struct Fold: Sendable {
    /// Where its cases stand in the input, group by group.
    let cases: [Int]
    /// The part of `cases` that belongs to each group.
    let ranges: [Range<Int>]
    /// Rescaled so that all cases sum to their number.
    let weights: [Double]
    /// Columns × cases, standardised.
    let values: Matrix
    let moments: GroupMoments
  }

  let folds: [Fold]
  let total: GroupMoments
  let groups: Int
  let columns: Int
  let centres: [Double]
  let scales: [Double]
  package let cases: Int
  /// Kish's (Σw)²/Σw².
  package let effectiveBase: Double

  /// Deals cases into folds that hold each group in its proportion.
  ///
  /// - Parameters:
  ///   - values: One list a column, a number a case, all finite.
  ///   - groups: The group of each case, 0 ..< `count`.
  ///   - weights: Case weights > 0; `nil` is 1 each.
  ///   - folds: 2 or more; at most the number of cases.
  ///   - seed: The seed of the deal.
  /// - Throws: `.tooFewCases`, `.tooFewGroups`, `.notFinite`.
  package init(
    _ values: [[Double]], groups: [Int], count: Int, weights: [Double]? = nil, folds wanted: Int = 10, seed: UInt64 = 1
  ) throws(ClassificationFunctions.Failure) {
    let n = groups.count
    guard n > 2, values.allSatisfy({ $0.count == n }) else { throw .tooFewCases }
    let sum = weights?.reduce(0, +) ?? Double(n)
    guard sum > 0, sum.isFinite else { throw .notFinite }
    let unit = Double(n) / sum
    cases = n
    effectiveBase = weights.map { w in sum * sum / w.reduce(0) { $0 + $1 * $1 } } ?? Double(n)
    self.groups = count
    columns = values.count

    var dealt = [[[Int]]](repeating: [[Int]](repeating: [], count: count), count: max(2, min(wanted, n)))
    var generator = SeededGenerator(seed: seed, stream: 0x666F_6C64)
    var next = 0
    var members = [[Int]](repeating: [], count: count)
    for (at, group) in groups.enumerated() { members[group].append(at) }
    for group in 0..<count {
      generator.shuffle(&members[group])
      for member in members[group] {
        dealt[next][group].append(member)
        next = (next + 1) % dealt.count
      }
    }

    var centres: [Double] = []
    var scales: [Double] = []
    for column in values {
      guard let moments = try? Moments(column, weights: weights) else { throw .notFinite }
      centres.append(moments.mean)
      scales.append(moments.variance > 0 ? moments.variance.squareRoot() : 1)
    }
    self.centres = centres
    self.scales = scales
    var made: [Fold] = []
    for parts in dealt {
      // In their own order within a group, so that memory is read forwards.
      let order = parts.flatMap { $0.sorted() }
      var starts = [0]
      for part in parts { starts.append(starts[starts.count - 1] + part.count) }
      var block = Matrix(rows: values.count, columns: order.count)
      for (j, column) in values.enumerated() {
        for (at, from) in order.enumerated() {
          block.storage[j * order.count + at] = (column[from] - centres[j]) / scales[j]
        }
      }
      let own = order.map { (weights?[$0] ?? 1) * unit }
      made.append(
        Fold(
          cases: order, ranges: parts.indices.map { starts[$0]..<starts[$0 + 1] }, weights: own, values: block,
          moments: Self.moments(block, own, starts, isWeighted: weights != nil)))
    }
    folds = made
    total = made.dropFirst().reduce(made[0].moments) { $0.adding($1.moments, 1) }
    guard total.crossProducts.firstNonFinite == nil, total.sums.firstNonFinite == nil else { throw .notFinite }
    guard total.weights.count(where: { $0 > 0 }) >= 2 else { throw .tooFewGroups }
  }

  private static func moments(_ block: Matrix, _ weights: [Double], _ starts: [Int], isWeighted: Bool) -> GroupMoments {
    let n = block.columns
    let groups = starts.count - 1
    var weighted = block
    if isWeighted { for j in 0..<block.rows { for i in 0..<n { weighted.storage[j * n + i] *= weights[i] } } }
    var sums = Matrix(rows: groups, columns: block.rows)
    var own = [Double](repeating: 0, count: groups)
    for g in 0..<groups {
      for i in starts[g]..<starts[g + 1] { own[g] += weights[i] }
      for j in 0..<block.rows {
        var sum = 0.0
        for i in starts[g]..<starts[g + 1] { sum += weighted.storage[j * n + i] }
        sums[g, j] = sum
      }
    }
    return GroupMoments(
      weights: own, sums: sums, crossProducts: weighted.multiplied(by: block, transposingOther: true))
  }

  /// The classification functions of some columns, of all cases.
  package func functions(_ columns: [Int]) throws(ClassificationFunctions.Failure) -> ClassificationFunctions {
    try ClassificationFunctions(total, columns: columns, centres: centres, scales: scales)
  }
}

extension GroupMoments {
  /// Sums added, or taken away with a factor of −1.
  func adding(_ other: GroupMoments, _ factor: Double) -> GroupMoments {
    func sum(_ a: Matrix, _ b: Matrix) -> Matrix {
      Matrix(rows: a.rows, columns: a.columns, storage: zip(a.storage, b.storage).map { $0 + factor * $1 })
    }
    // Weights left over by rounding are none.
    let rest = zip(weights, other.weights).map { $0 + factor * $1 }.map { abs($0) < 1e-9 ? 0 : $0 }
    return GroupMoments(
      weights: rest, sums: sum(sums, other.sums), crossProducts: sum(crossProducts, other.crossProducts))
  }
}
