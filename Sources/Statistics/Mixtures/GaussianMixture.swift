/// A mixture of normal distributions, one a component, fitted by maximum likelihood.
///
/// McLachlan & Peel, *Finite Mixture Models* (2000); families of covariances as Fraley & Raftery (2002). The likelihood has
/// many local maxima and, where covariances vary, no bound: components that shrink towards a point or a plane are refused
/// (see `MixtureSearch`). Weights count as repetitions.
package struct GaussianMixture: Sendable {
  package let family: CovarianceFamily
  /// Shares of the components, the largest first, summing to 1.
  package let shares: [Double]
  /// components × variables, in the unit of the points.
  package let means: Matrix
  /// Probability of each component for each row of the matrix given, rows × components. Rows of weight 0 have theirs too.
  package let memberships: Matrix
  /// The component of highest probability for each row; of equals the larger component.
  package let assignments: [Int]
  package let logLikelihood: Double
  /// Free parameters.
  package let parameters: Int
  /// The sum of weights.
  package let total: Double
  /// −Σ weight · p ln p over rows and components: 0 where every row belongs wholly to one.
  package let uncertainty: Double
  /// Starts run to the end, and how many of them came to this log-likelihood, to 1 part in 10⁸.
  package let starts: Int
  package let bestStarts: Int
  /// Starts given up since a component degenerated.
  package let degenerateStarts: Int
  /// Whether the climb ended by itself, not by the limit of passes.
  package let isConverged: Bool

  package var components: Int { shares.count }
  /// −2 ln L + p ln n: smaller is better. mclust prints the same with the opposite sign.
  package var bic: Double { -2 * logLikelihood + Double(parameters) * logarithm(total) }
  /// −2 ln L + 2 p: smaller is better.
  package var aic: Double { -2 * logLikelihood + 2 * Double(parameters) }
  /// BIC plus twice the uncertainty of the memberships (Biernacki, Celeux & Govaert 2000): smaller is better.
  package var icl: Double { bic + 2 * uncertainty }
  /// 1 − uncertainty / (n ln K), 0–1: 1 where every row belongs wholly to one component; nil for one component.
  package var entropy: Double? {
    components > 1 ? max(0, 1 - uncertainty / (total * logarithm(Double(components)))) : nil
  }

  init(
    _ rows: MixtureRows, _ climb: Climbed, memberships own: Matrix, starts: Int, bestStarts: Int, degenerate: Int
  ) {
    let k = own.columns
    let d = rows.columns
    var masses = [Double](repeating: 0, count: k)
    var centres = Matrix(rows: k, columns: d)
    var doubt = 0.0
    for row in 0..<rows.count {
      for c in 0..<k {
        let p = own.storage[row * k + c]
        guard p > 0 else { continue }
        let weight = rows.weights[row] * p
        masses[c] += weight
        doubt -= weight * logarithm(p)
        for j in 0..<d { centres.storage[c * d + j] += weight * rows.points[row * d + j] }
      }
    }
    for c in 0..<k {
      for j in 0..<d { centres.storage[c * d + j] = centres.storage[c * d + j] / masses[c] + rows.means[j] }
    }
    let order = (0..<k).sorted { a, b in
      if masses[a] != masses[b] { return masses[a] > masses[b] }
      return centres.row(a).lexicographicallyPrecedes(centres.row(b))
    }
    family = climb.family
    total = rows.total
    shares = order.map { masses[$0] / rows.total }
    means = centres.selecting(rows: order)
    memberships = rows.ofAllRows(own).selecting(columns: order)
    let memberships = memberships
    assignments = (0..<memberships.rows).map { row in
      var best = 0
      for c in 1..<max(k, 1) where memberships.storage[row * k + c] > memberships.storage[row * k + best] { best = c }
      return best
    }
    logLikelihood = climb.logLikelihood + (climb.family.isFull ? rows.logVolume * rows.total : 0)
    parameters = climb.family.allParameters(components: k, variables: d)
    uncertainty = max(0, doubt)
    self.starts = starts
    self.bestStarts = bestStarts
    degenerateStarts = degenerate
    isConverged = climb.isConverged
  }
}

extension MixtureRows {
  /// Memberships of every row of the matrix given, from those of the different rows.
  fileprivate func ofAllRows(_ own: Matrix) -> Matrix {
    let k = own.columns
    var result = Matrix(rows: places.count, columns: k)
    for (row, place) in places.enumerated() {
      for c in 0..<k { result.storage[row * k + c] = own.storage[Int(place) * k + c] }
    }
    return result
  }
}
