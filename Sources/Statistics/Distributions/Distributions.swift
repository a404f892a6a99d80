import CBoostMath

/// The standard normal distribution. Arguments outside a function's domain give NaN.
package enum NormalDistribution {
  /// P(Z ≤ x).
  package static func cdf(_ x: Double) -> Double { cboost_normal_cdf(x) }
  /// P(Z > x), exact far into the tail.
  package static func sf(_ x: Double) -> Double { cboost_normal_sf(x) }
  /// The x with P(Z ≤ x) = p; 0 and 1 give ∓∞.
  package static func quantile(_ p: Double) -> Double {
    p == 0 ? -.infinity : p == 1 ? .infinity : cboost_normal_quantile(p)
  }
  /// The x with P(Z > x) = p; 0 and 1 give ±∞.
  package static func inverseSF(_ p: Double) -> Double {
    p == 0 ? .infinity : p == 1 ? -.infinity : cboost_normal_isf(p)
  }
}

/// Student's *t* distribution with `degrees` > 0 degrees of freedom. Arguments outside the domain give NaN.
package struct StudentT: Sendable {
  /// The degrees of freedom, > 0, not necessarily whole.
  package let degrees: Double
  /// The distribution with these degrees of freedom.
  package init(degrees: Double) { self.degrees = degrees }
  /// P(T ≤ x).
  package func cdf(_ x: Double) -> Double { cboost_student_t_cdf(x, degrees) }
  /// P(T > x).
  package func sf(_ x: Double) -> Double { cboost_student_t_sf(x, degrees) }
  /// P(|T| > |x|).
  package func twoSided(_ x: Double) -> Double { 2 * cboost_student_t_sf(abs(x), degrees) }
  /// The x with P(T ≤ x) = p.
  package func quantile(_ p: Double) -> Double { cboost_student_t_quantile(p, degrees) }
}

/// The χ² distribution with `degrees` > 0 degrees of freedom. Arguments outside the domain give NaN.
package struct ChiSquared: Sendable {
  /// The degrees of freedom, > 0.
  package let degrees: Double
  /// The distribution with these degrees of freedom.
  package init(degrees: Double) { self.degrees = degrees }
  /// P(X ≤ x).
  package func cdf(_ x: Double) -> Double { cboost_chi_squared_cdf(x, degrees) }
  /// P(X > x).
  package func sf(_ x: Double) -> Double { cboost_chi_squared_sf(x, degrees) }
  /// The x with P(X ≤ x) = p.
  package func quantile(_ p: Double) -> Double { cboost_chi_squared_quantile(p, degrees) }
}

/// Fisher's *F* distribution. Arguments outside the domain give NaN.
package struct FisherF: Sendable {
  /// The degrees of freedom of the numerator, > 0.
  package let numerator: Double
  /// The degrees of freedom of the denominator, > 0.
  package let denominator: Double
  /// The distribution with these degrees of freedom.
  package init(numerator: Double, denominator: Double) {
    self.numerator = numerator
    self.denominator = denominator
  }
  /// P(F ≤ x).
  package func cdf(_ x: Double) -> Double { cboost_fisher_f_cdf(x, numerator, denominator) }
  /// P(F > x).
  package func sf(_ x: Double) -> Double { cboost_fisher_f_sf(x, numerator, denominator) }
  /// The x with P(F ≤ x) = p.
  package func quantile(_ p: Double) -> Double { cboost_fisher_f_quantile(p, numerator, denominator) }
}

/// The beta distribution on [0, 1]. Arguments outside the domain give NaN.
package struct BetaDistribution: Sendable {
  /// The first shape, > 0.
  package let alpha: Double
  /// The second shape, > 0.
  package let beta: Double
  /// The distribution with these shapes.
  package init(alpha: Double, beta: Double) {
    self.alpha = alpha
    self.beta = beta
  }
  /// P(X ≤ x).
  package func cdf(_ x: Double) -> Double { cboost_beta_cdf(x, alpha, beta) }
  /// P(X > x).
  package func sf(_ x: Double) -> Double { cboost_beta_sf(x, alpha, beta) }
  /// The x with P(X ≤ x) = p.
  package func quantile(_ p: Double) -> Double { cboost_beta_quantile(p, alpha, beta) }
}

/// The number of successes in `trials` independent draws. Arguments outside the domain give NaN.
package struct Binomial: Sendable {
  /// The number of draws, ≥ 0.
  package let trials: Int
  /// The probability of a success, 0–1.
  package let probability: Double
  /// The distribution for this many draws.
  package init(trials: Int, probability: Double) {
    self.trials = trials
    self.probability = probability
  }
  /// P(X = k); 0 outside 0 … trials.
  package func pmf(_ k: Int) -> Double {
    k < 0 || k > trials ? 0 : cboost_binomial_pmf(Double(k), Double(trials), probability)
  }
  /// P(X ≤ k).
  package func cdf(_ k: Int) -> Double {
    k < 0 ? 0 : k >= trials ? 1 : cboost_binomial_cdf(Double(k), Double(trials), probability)
  }
  /// P(X > k).
  package func sf(_ k: Int) -> Double {
    k < 0 ? 1 : k >= trials ? 0 : cboost_binomial_sf(Double(k), Double(trials), probability)
  }
  /// The smallest k with P(X ≤ k) ≥ q.
  package func quantile(_ q: Double) -> Double { cboost_binomial_quantile(q, Double(trials), probability) }
}
