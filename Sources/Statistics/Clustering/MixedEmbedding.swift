extension KPrototypes {
  /// Mixed cases as points whose squared distances are their dissimilarities: the numbers, and for each level of each
  /// category a coordinate of √(γ / 2) or 0. Silhouettes are taken of these.
  package static func embedding(_ numbers: Matrix, _ categories: CategoricalAnswers, gamma: Double) -> Matrix {
    let rows = numbers.columns > 0 ? numbers.rows : categories.rows
    let width = numbers.columns + categories.levels.reduce(0, +)
    let step = (gamma / 2).squareRoot()
    var result = Matrix(rows: rows, columns: width)
    for row in 0..<rows {
      for column in 0..<numbers.columns { result.storage[row * width + column] = numbers[row, column] }
      var start = row * width + numbers.columns
      for (codes, levels) in zip(categories.codes, categories.levels) {
        if codes[row] >= 0 { result.storage[start + Int(codes[row])] = step }
        start += levels
      }
    }
    return result
  }

  /// Rows that differ in a number or a category.
  package static func distinctRows(
    _ numbers: Matrix, _ categories: CategoricalAnswers
  ) throws(Failure) -> Int {
    try MixedCases(numbers, categories, gamma: 1, weights: nil).distinctRows
  }
}
