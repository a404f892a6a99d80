import Tables

/// How many cases each row of a table stands for.
struct CaseWeights {
  let column: Column
  private let weights: [Double]

  fileprivate init(_ column: Column, _ weights: [Double]) {
    self.column = column
    self.weights = weights
  }

  /// The weights of some rows, rescaled so that they sum to their number.
  func rescaled(_ rows: [Int]) -> [Double] {
    // Divided by the largest first: a sum of large weights may be infinite.
    let largest = rows.reduce(0) { max($0, weights[$1]) }
    guard largest > 0 else { return rows.map { _ in 1 } }
    let sum = rows.reduce(0) { $0 + weights[$1] / largest }
    return rows.map { weights[$0] / largest / sum * Double(rows.count) }
  }

  /// Kish's (Σw)²/Σw²: how many cases of equal weight tell as much.
  static func effectiveBase(_ weights: [Double]) -> Double {
    let squares = weights.reduce(0) { $0 + $1 * $1 }
    let sum = weights.reduce(0, +)
    return squares > 0 ? sum * sum / squares : 0
  }
}

extension Groundwork {
  /// The setting `weight` of a table of respondents; nil where it is not given or wrong. Rows without a weight are left
  /// out; a weight that is 0 or negative is an error at its cell, since such a person is not in the sample at all.
  mutating func caseWeights(in rows: inout SourceRows) -> CaseWeights? {
    guard let weights = weights(in: &rows), let name = text("weight"), let column = rows.table[name] else { return nil }
    for row in rows.kept where weights[row] == 0 {
      failCell(
        "analysis.zero-weight", rows, row, column, "a respondent's weight is above 0, and 0 was found",
        hint: "leave such rows out with 'where', or leave the cell empty")
    }
    return CaseWeights(column, weights)
  }
}

extension Grouping {
  /// The effective base of each group; nil without weights.
  var effectiveBases: [Double]? {
    guard let weights else { return nil }
    var sums = [Double](repeating: 0, count: count)
    var squares = sums
    for (row, group) in membership.enumerated() {
      sums[group] += weights[row]
      squares[group] += weights[row] * weights[row]
    }
    return sums.indices.map { squares[$0] > 0 ? sums[$0] * sums[$0] / squares[$0] : 0 }
  }

  /// Each group's share of all, by weight where there are weights.
  var shares: [Double] {
    guard let weights else { return sizes.map { Double($0) / Double(max(total, 1)) } }
    var sums = [Double](repeating: 0, count: count)
    for (row, group) in membership.enumerated() { sums[group] += weights[row] }
    let all = sums.reduce(0, +)
    return sums.map { all > 0 ? $0 / all : 0 }
  }
}
