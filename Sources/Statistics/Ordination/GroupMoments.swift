/// What a discriminant analysis needs to know of its cases: sums by group, and squares and products over all.
///
/// Moments add up, so that those of a resample are a sum over respondents and no case is touched again.
package struct GroupMoments: Sendable {
  /// The sum of case weights in each group, ≥ 0. Their total over the active groups counts as the number of cases.
  package var weights: [Double]
  /// Weighted sums, groups × columns.
  package var sums: Matrix
  /// Weighted sums of squares and products over the cases of the active groups, columns × columns, symmetric. Values
  /// should lie around 0, or digits are lost.
  package var crossProducts: Matrix

  /// Moments as given; shapes that do not fit are a programmer's error and trap.
  package init(weights: [Double], sums: Matrix, crossProducts: Matrix) {
    precondition(
      weights.count == sums.rows && crossProducts.rows == sums.columns && crossProducts.columns == sums.columns,
      "the shapes fit")
    self.weights = weights
    self.sums = sums
    self.crossProducts = crossProducts
  }

  /// The moments of cases × columns, `groups[i]` the group of case *i* from 0; cases of a supplementary group add to
  /// its sums only.
  package init(_ cases: Matrix, groups: [Int], count: Int, weights: [Double]? = nil, supplementary: [Int] = []) {
    var own = [Double](repeating: 0, count: count)
    var sums = Matrix(rows: count, columns: cases.columns)
    var products = Matrix(rows: cases.columns, columns: cases.columns)
    let passive = Set(supplementary)
    for i in 0..<cases.rows {
      let weight = weights?[i] ?? 1
      own[groups[i]] += weight
      for a in 0..<cases.columns {
        let value = weight * cases[i, a]
        sums[groups[i], a] += value
        if passive.contains(groups[i]) { continue }
        for b in 0..<cases.columns { products[a, b] += value * cases[i, b] }
      }
    }
    self.init(weights: own, sums: sums, crossProducts: products)
  }
}
