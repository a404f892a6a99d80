/// The rows a Gaussian mixture is fitted to: identical ones once with their weight, centred, and turned and scaled so that
/// their covariance is the identity for the families with full covariances, to which that makes no difference.
struct MixtureRows: Sendable {
  /// Different rows.
  let count: Int
  let columns: Int
  /// Row by row, centred.
  let points: [Double]
  /// Row by row, of covariance identity; nil where variables depend on each other linearly.
  let white: [Double]?
  /// What `white` adds to the log-density of a row.
  let logVolume: Double
  /// One a row, ≥ 0; a row of weight 0 has no say and belongs to components all the same.
  var weights: [Double]
  /// Rows of weight > 0.
  private(set) var weighted: Int
  /// The sum of weights.
  private(set) var total: Double
  /// Of each variable, divisor the sum of weights.
  let variances: [Double]
  let means: [Double]
  /// The row here of each row of the matrix given.
  let places: [Int32]

  init(_ matrix: Matrix, weights caseWeights: [Double]?) throws(KMeans.Failure) {
    // Checks the values and the weights, and finds the centre.
    let checked = try KMeansData(matrix, weights: caseWeights)
    let d = matrix.columns
    means = checked.means
    columns = d
    var places = [Int32](repeating: 0, count: matrix.rows)
    var points: [Double] = []
    var summed: [Double] = []
    var known: [[UInt64]: Int32] = [:]
    for row in 0..<matrix.rows {
      // −0 is 0.
      let key = matrix.row(row).map { $0 == 0 ? 0 : $0.bitPattern }
      let place = known[key] ?? Int32(summed.count)
      if Int(place) == summed.count {
        known[key] = place
        summed.append(0)
        for j in 0..<d { points.append(matrix[row, j] - means[j]) }
      }
      summed[Int(place)] += caseWeights?[row] ?? 1
      places[row] = place
    }
    let groupCount = summed.count
    let sum = summed.reduce(0, +)
    count = groupCount
    weights = summed
    total = sum
    weighted = summed.count { $0 > 0 }
    self.points = points
    self.places = places
    var covariance = Matrix(rows: d, columns: d)
    for row in 0..<groupCount {
      for j in 0..<d {
        for l in 0...j { covariance[j, l] += summed[row] * points[row * d + j] * points[row * d + l] }
      }
    }
    for j in 0..<d {
      for l in 0...j {
        covariance[j, l] /= sum
        covariance[l, j] = covariance[j, l]
      }
    }
    variances = (0..<d).map { covariance[$0, $0] }
    guard variances.allSatisfy({ $0.isFinite }) else { throw .tooLarge }
    let whitening = Self.whitening(covariance)
    if let whitening {
      white =
        Matrix(rows: groupCount, columns: d, storage: points).multiplied(by: whitening.turn).storage
      logVolume = whitening.logVolume
    } else {
      white = nil
      logVolume = 0
    }
  }

  /// What makes a covariance the identity; nil where it is singular.
  private static func whitening(_ covariance: Matrix) -> (turn: Matrix, logVolume: Double)? {
    let d = covariance.rows
    // On the scale of the correlations, so that units do not matter.
    let scales = (0..<d).map { covariance[$0, $0] > 0 ? 1 / covariance[$0, $0].squareRoot() : 0 }
    let correlations = covariance.scalingColumns(by: scales).scalingRows(by: scales)
    guard let eigen = try? correlations.symmetricEigen(), let last = eigen.values.last, last > 1e-9 else { return nil }
    let roots = eigen.values.map { 1 / $0.squareRoot() }
    let volume = scales.reduce(0) { $0 + logarithm($1) } + roots.reduce(0) { $0 + logarithm($1) }
    return (eigen.vectors.scalingRows(by: scales).scalingColumns(by: roots), volume)
  }

  /// The same rows with other weights, one a row of the matrix given; units and the least variances stay.
  func weighted(by caseWeights: [Double]) -> MixtureRows {
    var result = self
    var summed = [Double](repeating: 0, count: count)
    for (row, place) in places.enumerated() { summed[Int(place)] += caseWeights[row] }
    result.weights = summed
    result.total = summed.reduce(0, +)
    result.weighted = summed.count { $0 > 0 }
    return result
  }
}
