/// A logistic regression: the logarithm of the odds of an outcome as a sum over columns.
///
/// Maximum likelihood by iteratively reweighted least squares (McCullagh & Nelder, *Generalized Linear Models*, 2nd ed.
/// 1989, §4.4), run until the estimates stand still. A column that follows from those before it gets no coefficient, as in
/// R's `glm`. Where the outcomes are separated (Albert & Anderson 1984) there is no maximum: the coefficients would run
/// away. Then, or where asked for, the fit is penalised: ½ λ Σ βⱼ² is taken off the likelihood, each column measured in its
/// own standard deviations and the intercept left free (le Cessie & van Houwelingen 1992).
package struct LogisticRegression: Sendable {
  /// Why there is no fit.
  package enum Failure: Error, Equatable, Sendable {
    /// Outcomes or weights are not one a row.
    case count(Int)
    /// All rows of weight > 0 have the same outcome, or there are none.
    case oneOutcome
    /// A weight that is negative or not finite.
    case badWeight(Int)
    /// A NaN, an infinity, or a column whose variance is too large to hold.
    case notFinite(column: Int)
    /// The iteration did not settle.
    case notConverged
  }

  /// A coefficient in the column's own unit: the change of log odds with a change by one.
  package struct Coefficient: Equatable, Sendable {
    package let estimate: Double
    /// From the inverse of the information at the maximum (of the penalised one, where a penalty is).
    package let standardError: Double
    /// The estimate over its standard error.
    package var z: Double { estimate / standardError }
    /// P(|Z| > |z|).
    package var pValue: Double { min(1, 2 * NormalDistribution.sf(abs(z))) }
  }

  /// Of the intercept.
  package let intercept: Coefficient
  /// One a column of the design; nil where a column is constant or follows from those before it.
  package let coefficients: [Coefficient?]
  /// Σ w log P(outcome), weights rescaled to the number of rows; without the penalty.
  package let logLikelihood: Double
  /// The same of a fit by the intercept alone.
  package let nullLogLikelihood: Double
  /// Steps taken.
  package let iterations: Int
  /// λ; 0 where there is no penalty.
  package let ridge: Double
  /// Columns whose coefficients ran away before a penalty held them; empty where the outcomes overlap.
  package let runaways: [Int]
  /// Whether the outcomes are separated, wholly or partly.
  package let isSeparated: Bool

  let scaling: DesignScaling
  /// Of intercept and active columns, in standard deviations.
  let scaledEstimates: [Double]
  /// Inverse information of the same.
  let scaledCovariance: Matrix

  /// λ where outcomes are separated and none is given: the penalty of a standard normal prior on each coefficient of a
  /// standardised column, worth a single observation beside thousands.
  package static let standardRidge = 1.0

  /// Fits the model.
  ///
  /// - Parameters:
  ///   - design: *n* × *k*, finite, without a column of ones.
  ///   - outcomes: *n*; true is the outcome modelled.
  ///   - weights: case weights ≥ 0, rescaled to mean 1; 1 each where none are given.
  ///   - ridge: λ ≥ 0; nil is 0, and `standardRidge` where the outcomes are separated.
  package init(
    _ design: Matrix, outcomes: [Bool], weights: [Double]? = nil, ridge: Double? = nil
  ) throws(Failure) {
    guard outcomes.count == design.rows else { throw .count(outcomes.count) }
    let cases = try Self.caseWeights(weights, count: outcomes.count)
    var share = 0.0
    for i in outcomes.indices where outcomes[i] { share += cases[i] }
    share /= Double(max(1, outcomes.count))
    let hasBoth =
      outcomes.indices.contains { outcomes[$0] && cases[$0] > 0 }
      && outcomes.indices.contains { !outcomes[$0] && cases[$0] > 0 }
    guard hasBoth, share > 0, share < 1 else { throw .oneOutcome }

    let scaling = try DesignScaling(design, weights: cases)
    self.scaling = scaling
    var descent = LogisticDescent(scaling.scaled(design), outcomes: outcomes, weights: cases, share: share)
    nullLogLikelihood = descent.logLikelihood
    var end = descent.run(ridge: ridge ?? 0)
    var lambda = ridge ?? 0
    var ranAway: [Int] = []
    isSeparated = end == .runningAway
    if end == .runningAway {
      ranAway = descent.runaways.compactMap { $0 == 0 ? nil : scaling.active[$0 - 1] }
      if lambda == 0 { lambda = Self.standardRidge }
      descent.restart()
      end = descent.run(ridge: lambda)
    }
    guard end == .settled, let covariance = descent.covariance(ridge: lambda) else { throw .notConverged }
    runaways = ranAway
    self.ridge = lambda
    iterations = descent.iterations
    logLikelihood = descent.logLikelihood
    scaledEstimates = descent.estimates
    scaledCovariance = covariance
    let own = scaling.inOwnUnits(estimates: descent.estimates, covariance: covariance)
    intercept = own.intercept
    coefficients = own.coefficients
  }

  private static func caseWeights(_ weights: [Double]?, count: Int) throws(Failure) -> [Double] {
    guard let weights else { return [Double](repeating: 1, count: count) }
    guard weights.count == count else { throw .count(weights.count) }
    if let bad = weights.firstIndex(where: { !($0 >= 0 && $0.isFinite) }) { throw .badWeight(bad) }
    let largest = weights.max() ?? 0
    guard largest > 0 else { throw .oneOutcome }
    var sum = 0.0
    for weight in weights { sum += weight / largest }
    return weights.map { $0 / largest * Double(count) / sum }
  }

  /// Twice what the likelihood lacks of a perfect one.
  package var deviance: Double { -2 * logLikelihood }
}
