import Glibc

/// Fisher's linear classification functions: a case belongs to the group whose function is largest.
///
/// f_g(x) = ln π_g − ½ μ_gᵀ W⁻¹ μ_g + μ_gᵀ W⁻¹ x, W the covariance within groups pooled over them (divisor n − k), π_g the
/// group's share (Fisher 1936; Anderson 1958). The posterior probability is proportional to exp f_g.
package struct ClassificationFunctions: Equatable, Sendable {
  /// Why there are no functions.
  package enum Failure: Error, Equatable, Sendable {
    /// Fewer than two groups with cases.
    case tooFewGroups
    /// No more cases than groups.
    case tooFewCases
    /// Numbers that are not finite, or too large to square.
    case notFinite
  }

  /// Groups × columns, in the columns' own units; 0 for a column that follows from the ones before it.
  package let coefficients: Matrix
  /// One a group.
  package let constants: [Double]

  /// The functions of groups whose moments are known.
  ///
  /// - Parameters:
  ///   - moments: Sums about 0 in standardised units (see `FoldedCases`).
  ///   - columns: Which of their columns take part.
  ///   - centres, scales: What takes a column's own units to the standardised: (x − centre) / scale.
  init(_ moments: GroupMoments, columns: [Int], centres: [Double], scales: [Double]) throws(Failure) {
    let within = try PooledWithin(moments)
    // Raw means in standardised spread: the functions are then the classical ones, without a common part taken off.
    var raw = Matrix(rows: moments.weights.count, columns: columns.count)
    for g in 0..<raw.rows {
      for (at, column) in columns.enumerated() {
        raw[g, at] = within.means[g, column] + centres[column] / scales[column]
      }
    }
    let solved = solveLeavingOutDependent(within.covariance.selecting(rows: columns, columns: columns), raw)
    var coefficients = solved
    var constants: [Double] = []
    for g in 0..<raw.rows {
      var square = 0.0
      for at in columns.indices {
        square += solved[g, at] * raw[g, at]
        coefficients[g, at] = solved[g, at] / scales[columns[at]]
      }
      constants.append(moments.weights[g] > 0 ? log(moments.weights[g] / within.total) - square / 2 : -.infinity)
    }
    guard coefficients.firstNonFinite == nil, constants.allSatisfy({ !$0.isNaN && $0 < .infinity }) else {
      throw .notFinite
    }
    self.coefficients = coefficients
    self.constants = constants
  }

  /// The functions as given, to classify with; one row and one constant a group.
  package init(coefficients: Matrix, constants: [Double]) {
    precondition(coefficients.rows == constants.count, "one constant a group")
    self.coefficients = coefficients
    self.constants = constants
  }

  /// The functions' values at one case, one a group.
  package func scores(_ values: [Double]) -> [Double] {
    constants.indices.map { g in
      values.indices.reduce(constants[g]) { $0 + coefficients[g, $1] * values[$1] }
    }
  }

  /// The group of the largest function (the first of equals) and the posterior probabilities of all.
  package static func classified(_ scores: [Double]) -> (group: Int, probabilities: [Double]) {
    let largest = scores.max() ?? 0
    let terms = scores.map { exp($0 - largest) }
    let sum = terms.reduce(0, +)
    return (scores.firstIndex(of: largest) ?? 0, terms.map { $0 / sum })
  }
}

/// The covariance within groups, pooled over them, and the groups' means.
struct PooledWithin {
  let covariance: Matrix
  let means: Matrix
  /// The sum of weights.
  let total: Double

  init(_ moments: GroupMoments) throws(ClassificationFunctions.Failure) {
    let (groups, p) = (moments.weights.count, moments.sums.columns)
    let present = moments.weights.indices.filter { moments.weights[$0] > 0 }
    guard present.count >= 2 else { throw .tooFewGroups }
    total = moments.weights.reduce(0, +)
    let free = total - Double(present.count)
    guard free > 1e-9 else { throw .tooFewCases }
    var means = Matrix(rows: groups, columns: p)
    for g in present { for j in 0..<p { means[g, j] = moments.sums[g, j] / moments.weights[g] } }
    var products = moments.crossProducts
    for i in 0..<p {
      for j in 0...i {
        var value = products[i, j]
        for g in present { value -= moments.sums[g, i] * means[g, j] }
        products[i, j] = value / free
        products[j, i] = value / free
      }
    }
    // A column that does not vary within groups would have functions without bound: it keeps a thousandth of its spread.
    for j in 0..<p { products[j, j] = max(products[j, j], 1e-6 * moments.crossProducts[j, j] / free) }
    guard products.firstNonFinite == nil, means.firstNonFinite == nil else { throw .notFinite }
    covariance = products
    self.means = means
  }
}

/// Rows *y* with *y* · A = *x* for a symmetric positive matrix A; a column that follows from the ones before it has 0.
func solveLeavingOutDependent(_ a: Matrix, _ rows: Matrix) -> Matrix {
  let n = a.rows
  var lower = Matrix(rows: n, columns: n)
  var isKept = [Bool](repeating: true, count: n)
  for i in 0..<n {
    for j in 0...i where isKept[j] {
      var value = a[i, j]
      for k in 0..<j { value -= lower[i, k] * lower[j, k] }
      if i != j {
        lower[i, j] = value / lower[j, j]
      } else if value > 1e-9 * a[i, i], a[i, i] > 0 {
        lower[i, i] = value.squareRoot()
      } else {
        isKept[i] = false
        for k in 0..<i { lower[i, k] = 0 }
      }
    }
  }
  var result = rows
  for row in 0..<rows.rows {
    for i in 0..<n {
      var value = result[row, i]
      for k in 0..<i { value -= lower[i, k] * result[row, k] }
      result[row, i] = isKept[i] ? value / lower[i, i] : 0
    }
    for i in stride(from: n - 1, through: 0, by: -1) {
      var value = result[row, i]
      for k in (i + 1)..<max(n, i + 1) { value -= lower[k, i] * result[row, k] }
      result[row, i] = isKept[i] ? value / lower[i, i] : 0
    }
  }
  return result
}
