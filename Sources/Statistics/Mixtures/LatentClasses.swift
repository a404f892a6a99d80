/// Latent classes: groups within which answers to categorical questions are independent of each other.
///
/// The probability of an answer pattern is Σ shares(k) Π p(answer | k); missing answers leave their factor out, so that
/// they are missing at random (Lazarsfeld & Henry 1968; Goodman 1974; conventions of poLCA, Linzer & Lewis 2011).
/// Maximum likelihood by EM, lengthened by squared extrapolation, the best of many random starts, which are combined with
/// each other where few agree. The same seed gives the same classes on any number of cores.
package struct LatentClasses: Sendable {
  /// Why classes cannot be found.
  package enum Failure: Error, Equatable, Sendable {
    /// There are no rows, or no questions.
    case noAnswers
    /// The weights are not one a row.
    case weightCount(Int)
    /// A weight that is negative or not finite, or all weights are 0 (row 0).
    case badWeight(row: Int)
    /// Fewer than one class.
    case tooFewClasses(Int)
    /// More classes than answer patterns that differ (and weigh more than 0).
    case moreClassesThanPatterns(classes: Int, patterns: Int)
  }

  /// The share of each class, 0–1; classes stand in order of the weight of the rows assigned to them, the largest first.
  package let shares: [Double]
  /// Question by question, class by class: the probability of each answer, 0–1.
  package let probabilities: [[[Double]]]
  /// The most probable class of each row; of equals the first.
  package let assignments: [Int]
  /// How probable that class is for each row, averaged over the rows of each class; 1 where no row doubts.
  package let certainty: [Double]
  /// The weights of all rows are rescaled to sum to it: the rows of weight > 0.
  package let base: Int
  package let logLikelihood: Double
  /// Free parameters: (K − 1) + K Σ (levels − 1).
  package let parameters: Int
  /// Patterns that could occur, less 1, at most the rows, less the parameters; below 0 the model is not identified.
  package let degrees: Int
  /// Different answer patterns of weight > 0, those with missing answers among them.
  package let patterns: Int
  /// 2 Σ observed · ln(observed / expected) over patterns without missing answers; nil where there are none.
  package let gSquared: Double?
  /// Pearson's Σ (observed − expected)² / expected over all such patterns that could occur.
  package let chiSquared: Double?
  /// 1 − Σ (−p ln p) / (N ln K), 0–1: how far the classes are told apart; 1 for a single class.
  package let entropy: Double
  /// Probabilities of answers within 10⁻⁶ of 0 or 1, where standard errors do not exist.
  package let boundary: Int
  /// The number of random starts.
  package let starts: Int
  /// How many of them, once combined, came to the best log-likelihood, to 1 part in 10⁸.
  package let bestStarts: Int
  /// Whether EM came to rest: false after 6,000 passes without.
  package let hasConverged: Bool
  /// As the search gives them, classes in order: what further fits begin from.
  let values: [Double]

  package var classes: Int { shares.count }
  package var aic: Double { -2 * logLikelihood + 2 * Double(parameters) }
  /// Schwarz (1978) with ln N.
  package var bic: Double { penalised(logarithm(Double(base))) }
  /// Bozdogan (1987): ln N + 1.
  package var caic: Double { penalised(logarithm(Double(base)) + 1) }
  /// Sclove (1987), also “adjusted BIC”: ln((N + 2) / 24).
  package var sabic: Double { penalised(logarithm((Double(base) + 2) / 24)) }

  private func penalised(_ price: Double) -> Double { -2 * logLikelihood + price * Double(parameters) }

  /// Fits each number of classes.
  ///
  /// - Parameters:
  ///   - answers: Rows × questions, missing answers allowed; a row of none at all tells nothing and goes to the largest
  ///     class.
  ///   - classes: Each at least 1 and at most the number of patterns that differ.
  ///   - weights: One a row, ≥ 0, rescaled to a mean of 1 over rows of weight > 0; nil is 1 each.
  ///   - starts: Random starts for each number of classes, at least 1.
  ///   - seed: Start *s* has a random sequence of its own.
  package static func fits(
    _ answers: CategoricalAnswers, classes: [Int], weights: [Double]? = nil, starts: Int = 50, seed: UInt64 = 1
  ) throws(Failure) -> [LatentClasses] {
    let sample = try AnswerSample(answers, weights: weights)
    var results: [LatentClasses] = []
    for k in classes { results.append(try sample.fit(classes: k, starts: starts, seed: seed)) }
    return results
  }

  init(
    _ sample: AnswerSample, _ search: LatentClassSearch, _ found: LatentClassSearch.Climbed, starts: Int, hits: Int
  ) {
    let k = search.classes
    let model = AnswerModel(classes: k, levels: sample.patterns.levels, values: found.values)
    let order = model.order(sample)
    let ordered = model.selecting(order)
    let (posteriors, densities) = ordered.posteriors(sample.patterns)
    let modal = (0..<sample.patterns.count).map { pattern in
      (1..<k).reduce(0) { posteriors[pattern, $1] > posteriors[pattern, $0] ? $1 : $0 }
    }
    var doubt = 0.0
    var (sure, own) = ([Double](repeating: 0, count: k), [Double](repeating: 0, count: k))
    for (pattern, weight) in sample.weights.enumerated() {
      for c in 0..<k where posteriors[pattern, c] > 0 {
        doubt -= weight * posteriors[pattern, c] * logarithm(posteriors[pattern, c])
      }
      own[modal[pattern]] += weight
      sure[modal[pattern]] += weight * posteriors[pattern, modal[pattern]]
    }
    shares = ordered.shares
    probabilities = ordered.probabilities
    assignments = sample.patterns.patternOfRow.map { modal[Int($0)] }
    certainty = (0..<k).map { own[$0] > 0 ? sure[$0] / own[$0] : 1 }
    base = sample.base
    logLikelihood = found.logLikelihood
    parameters = model.parameters
    degrees = sample.degrees(parameters: model.parameters)
    patterns = sample.distinctPatterns
    let fit = sample.fitOfCompletePatterns(densities)
    gSquared = fit?.gSquared
    chiSquared = fit?.chiSquared
    entropy = k > 1 ? max(0, 1 - doubt / (Double(sample.base) * logarithm(Double(k)))) : 1
    boundary = probabilities.joined().joined().count { $0 < 1e-6 || $0 > 1 - 1e-6 }
    self.starts = starts
    bestStarts = hits
    hasConverged = found.hasConverged
    values = ordered.values
  }
}
