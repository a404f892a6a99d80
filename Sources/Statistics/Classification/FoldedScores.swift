import Glibc

/// The scores of the cases of one fold under the functions of all other folds, for a set of columns that grows.
///
/// Adding a column x to a set S adds to a group's function (μ_g·S / σ²) r − μ²_g·S / 2σ², with r, μ_g·S and σ² what is left
/// of x, of its group means and of its variance within groups after the columns of S: Gaussian elimination, so no
/// selection is ever fitted afresh.
struct FoldedScores: Sendable {
  private let fold: FoldedCases.Fold
  private let groups: Int
  /// What is left of the covariance within groups, of the group means and of the cases' values.
  private var within: Matrix
  private var means: Matrix
  private var residuals: [Double]
  /// Groups × cases.
  private(set) var scores: [Double]
  private var isIn: [Bool]
  private let firstVariances: [Double]

  private var n: Int { fold.cases.count }

  init(_ data: FoldedCases, _ index: Int) throws(ClassificationFunctions.Failure) {
    fold = data.folds[index]
    groups = data.groups
    let training = data.total.adding(fold.moments, -1)
    let pooled = try PooledWithin(training)
    within = pooled.covariance
    means = pooled.means
    firstVariances = (0..<data.columns).map { pooled.covariance[$0, $0] }
    residuals = fold.values.storage
    isIn = [Bool](repeating: false, count: data.columns)
    scores = []
    scores.reserveCapacity(groups * fold.cases.count)
    for g in 0..<groups {
      let prior = training.weights[g] > 0 ? log(training.weights[g] / pooled.total) : -.infinity
      scores += [Double](repeating: prior, count: fold.cases.count)
    }
  }

  /// The coefficients of some columns more and what they take off each group's score.
  private func terms(_ columns: [Int]) -> (coefficients: Matrix, constants: [Double]) {
    var variances = within.selecting(rows: columns, columns: columns)
    for (at, column) in columns.enumerated() where variances[at, at] <= 1e-9 * firstVariances[column] {
      // Nothing of it is left: it has no say.
      for other in columns.indices { (variances[at, other], variances[other, at]) = (0, 0) }
    }
    let own = means.selecting(columns: columns)
    let solved = solveLeavingOutDependent(variances, own)
    let constants = (0..<groups).map { g in
      columns.indices.reduce(0) { $0 + solved[g, $1] * own[g, $1] } / 2
    }
    return (solved, constants)
  }

  /// The weight of the cases that would be put into their own group with some columns more.
  func correct(adding columns: [Int], _ line: inout [Double], _ best: inout [Double], _ own: inout [Double]) -> Double {
    let (coefficients, constants) = terms(columns)
    let n = n
    var right = 0.0
    line.withUnsafeMutableBufferPointer { line in
      best.withUnsafeMutableBufferPointer { best in
        own.withUnsafeMutableBufferPointer { own in
          for g in 0..<groups {
            fill(line, g, columns, coefficients, constants[g])
            if g == 0 {
              for i in 0..<n { best[i] = line[i] }
            } else {
              for i in 0..<n { best[i] = line[i] > best[i] ? line[i] : best[i] }
            }
            for i in fold.ranges[g] { own[i] = line[i] }
          }
          for i in 0..<n where own[i] >= best[i] && own[i] > -.infinity { right += fold.weights[i] }
        }
      }
    }
    return right
  }

  private func fill(
    _ line: UnsafeMutableBufferPointer<Double>, _ g: Int, _ columns: [Int], _ coefficients: Matrix, _ constant: Double
  ) {
    let n = n
    scores.withUnsafeBufferPointer { scores in
      residuals.withUnsafeBufferPointer { residuals in
        let start = g * n
        let (a, from) = (coefficients[g, 0], columns[0] * n)
        for i in 0..<n { line[i] = scores[start + i] - constant + a * residuals[from + i] }
        for at in columns.indices.dropFirst() {
          let (a, from) = (coefficients[g, at], columns[at] * n)
          for i in 0..<n { line[i] += a * residuals[from + i] }
        }
      }
    }
  }

  /// Takes some columns into the set.
  ///
  /// - Parameter areLast: No columns will follow, so that what is left of the others need not be worked out.
  mutating func add(_ columns: [Int], areLast: Bool = false) {
    let (coefficients, constants) = terms(columns)
    var line = [Double](repeating: 0, count: n)
    for g in 0..<groups {
      line.withUnsafeMutableBufferPointer { fill($0, g, columns, coefficients, constants[g]) }
      for i in 0..<n { scores[g * n + i] = line[i] }
    }
    if areLast { return }
    for column in columns { isIn[column] = true }
    for pivot in columns where within[pivot, pivot] > 1e-9 * firstVariances[pivot] { eliminate(pivot, block: columns) }
  }

  /// Takes what a column explains out of all columns not yet in the set.
  private mutating func eliminate(_ pivot: Int, block: [Int]) {
    let n = n
    let variance = within[pivot, pivot]
    let row = Array(within.row(pivot))
    for j in isIn.indices where j != pivot && (!isIn[j] || block.contains(j)) && row[j] != 0 {
      let slope = row[j] / variance
      residuals.withUnsafeMutableBufferPointer { residuals in
        let (to, from) = (j * n, pivot * n)
        for i in 0..<n { residuals[to + i] -= slope * residuals[from + i] }
      }
      for g in 0..<groups { means[g, j] -= slope * means[g, pivot] }
      for l in isIn.indices where l != pivot { within[j, l] -= slope * row[l] }
      within[j, pivot] = 0
      within[pivot, j] = 0
    }
    // What has been used up explains nothing more.
    for l in isIn.indices { (within[pivot, l], within[l, pivot]) = (0, 0) }
  }

  /// For each case of the fold its place in the input and its scores.
  func forEachCase(_ body: (Int, [Double]) -> Void) {
    let n = n
    for (i, origin) in fold.cases.enumerated() { body(origin, (0..<groups).map { scores[$0 * n + i] }) }
  }
}
