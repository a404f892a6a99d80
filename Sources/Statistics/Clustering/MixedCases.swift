/// Cases described by numbers and by categories, checked, for clustering.
struct MixedCases: Sendable {
  /// Rows of weight > 0.
  let rows: Int
  let numbers: Int
  let categories: Int
  /// Row by row, centred.
  let points: [Double]
  /// Row by row: where the answer stands among the levels of all categories.
  let places: [Int32]
  /// Where the levels of each category begin; one more entry at the end.
  let starts: [Int]
  /// One a row; the largest is 1.
  let weights: [Double]
  let weightUnit: Double
  let means: [Double]
  /// What a differing category costs.
  let gamma: Double
  let distinctRows: Int
  /// The row given of each row here.
  private let origins: [Int]
  private let rowsGiven: Int

  init(
    _ matrix: Matrix, _ answers: CategoricalAnswers, gamma: Double, weights given: [Double]?
  ) throws(KPrototypes.Failure) {
    let n = matrix.columns > 0 ? matrix.rows : answers.rows
    guard n > 0, matrix.columns + answers.questions > 0 else { throw .noCases }
    guard answers.questions == 0 || matrix.columns == 0 || answers.rows == matrix.rows else { throw .rowCount }
    if let (row, column) = matrix.firstNonFinite { throw .notFinite(row: row, column: column) }
    for (category, codes) in answers.codes.enumerated() {
      if let row = codes.firstIndex(where: { $0 < 0 }) { throw .missingCategory(row: row, category: category) }
    }
    guard gamma >= 0, gamma.isFinite else { throw .badGamma(gamma) }
    if let given {
      guard given.count == n else { throw .weightCount(given.count) }
      if let bad = given.firstIndex(where: { !($0 >= 0) || !$0.isFinite }) { throw .badWeight(row: bad) }
    }
    let all = given ?? [Double](repeating: 1, count: n)
    let largest = all.reduce(0) { max($0, $1) }
    guard largest > 0 else { throw .badWeight(row: 0) }
    // A weight this far below the largest cannot move a prototype.
    let kept = all.indices.filter { all[$0] / largest > 1e-200 }
    let d = matrix.columns
    weights = kept.map { all[$0] / largest }
    let sum = weights.reduce(0, +)
    var centre = [Double](repeating: 0, count: d)
    for (at, row) in kept.enumerated() { for j in 0..<d { centre[j] += weights[at] / sum * matrix[row, j] } }
    points = kept.flatMap { row in (0..<d).map { matrix[row, $0] - centre[$0] } }
    guard points.reduce(0, { $0 + $1 * $1 }).isFinite else { throw .tooLarge }
    var begins = [0]
    for levels in answers.levels { begins.append(begins[begins.count - 1] + levels) }
    starts = begins
    places = kept.flatMap { row in answers.codes.indices.map { Int32(begins[$0]) + answers.codes[$0][row] } }
    rows = kept.count
    numbers = d
    categories = answers.questions
    weightUnit = largest
    means = centre
    self.gamma = gamma
    origins = kept
    rowsGiven = n
    distinctRows =
      Set(
        kept.map { row in
          (0..<d).map { matrix[row, $0] == 0 ? 0 : matrix[row, $0].bitPattern } + answers.codes.map { UInt64($0[row]) }
        }
      ).count
  }

  /// The cluster of every row given; rows of weight 0 go to the nearest prototype, which is what `nearest` finds.
  func ofAllRows(_ own: [Int], nearest: (Int) -> Int) -> [Int] {
    var result = [Int](repeating: -1, count: rowsGiven)
    for (at, origin) in origins.enumerated() { result[origin] = own[at] }
    for row in result.indices where result[row] < 0 { result[row] = nearest(row) }
    return result
  }

  /// The dissimilarity of two rows: the squared distance of the numbers and γ for each category that differs.
  func dissimilarity(_ a: Int, _ b: Int) -> Double {
    var square = 0.0
    for j in 0..<numbers {
      let difference = points[a * numbers + j] - points[b * numbers + j]
      square += difference * difference
    }
    var differing = 0
    for q in 0..<categories where places[a * categories + q] != places[b * categories + q] { differing += 1 }
    return square + gamma * Double(differing)
  }
}
