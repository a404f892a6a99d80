/// How unlike the pairs of some objects are: a symmetric table without its diagonal, some pairs perhaps unknown.
package struct Dissimilarities: Sendable {
  /// Why a table cannot be scaled.
  package enum Failure: Error, Equatable, Sendable {
    /// Fewer objects than a map of this many dimensions needs.
    case tooFew(Int)
    /// Infinite, or too large for its square.
    case notFinite(Int, Int)
    case negative(Int, Int)
    /// All pairs are equally unlike, or all are 0: any map would do.
    case noDifferences
    /// These objects have no pair in common with the first one, not even through others.
    case disconnected([Int])
    /// Classical scaling needs every pair.
    case missing(Int, Int)
    /// LAPACK did not converge.
    case notConverged
  }

  /// The number of objects.
  package let count: Int
  /// Known pairs, the first object below the second, in reading order.
  package let pairs: [(first: Int, second: Int)]
  /// One a pair, ≥ 0.
  package let values: [Double]

  /// Whether every pair is known.
  package var isComplete: Bool { pairs.count == count * (count - 1) / 2 }

  /// Reads the upper triangle of a square table; NaN stands for a pair that is not known.
  ///
  /// - Throws: `.negative`, `.notFinite` with the cell, `.disconnected`, `.noDifferences`, `.tooFew` below 3 objects.
  package init(_ table: Matrix) throws(Failure) {
    guard table.rows == table.columns, table.rows >= 3 else { throw .tooFew(min(table.rows, table.columns)) }
    count = table.rows
    var pairs: [(first: Int, second: Int)] = []
    var values: [Double] = []
    for i in 0..<table.rows {
      for j in (i + 1)..<max(i + 1, table.rows) {
        let value = table[i, j]
        if value.isNaN { continue }
        guard value.isFinite, (value * value * Double(count * count)).isFinite else { throw .notFinite(i, j) }
        guard value >= 0 else { throw .negative(i, j) }
        pairs.append((i, j))
        values.append(value)
      }
    }
    self.pairs = pairs
    self.values = values
    let apart = Self.disconnected(count, pairs)
    guard apart.isEmpty else { throw .disconnected(apart) }
    guard let first = values.first, values.contains(where: { $0 != first }) else { throw .noDifferences }
  }

  private static func disconnected(_ count: Int, _ pairs: [(first: Int, second: Int)]) -> [Int] {
    var group = Array(0..<count)
    func root(_ at: Int) -> Int {
      var at = at
      while group[at] != at { at = group[at] }
      return at
    }
    for pair in pairs {
      let (a, b) = (root(pair.first), root(pair.second))
      if a != b { group[max(a, b)] = min(a, b) }
    }
    return (0..<count).filter { root($0) != 0 }
  }

  /// The distance of every known pair in a configuration of objects × dimensions.
  package func distances(_ configuration: Matrix) -> [Double] {
    let columns = configuration.columns
    return configuration.storage.withUnsafeBufferPointer { x in
      pairs.map { pair in
        var square = 0.0
        for k in 0..<columns {
          let difference = x[pair.first * columns + k] - x[pair.second * columns + k]
          square += difference * difference
        }
        return square.squareRoot()
      }
    }
  }

  /// The square table, pairs that are not known filled with the mean.
  func filled() -> Matrix {
    let mean = values.reduce(0, +) / Double(max(1, values.count))
    var table = Matrix(rows: count, columns: count, repeating: mean)
    for i in 0..<count { table[i, i] = 0 }
    for (pair, value) in zip(pairs, values) {
      table[pair.first, pair.second] = value
      table[pair.second, pair.first] = value
    }
    return table
  }
}
