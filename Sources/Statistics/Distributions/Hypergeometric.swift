import CBoostMath

/// The number of marked items in `draws` items taken without return from `population`, of which `marked` are marked.
///
/// Probabilities from binomial ones (Loader, *Fast and accurate computation of binomial probabilities*, 2000), tails
/// by their exact ratio; good for populations of millions. Impossible parameters give NaN.
package struct Hypergeometric: Sendable {
  /// The number of items, ≥ 0.
  package let population: Int
  /// How many of them are marked, 0 … population.
  package let marked: Int
  /// How many are drawn, 0 … population.
  package let draws: Int

  /// The distribution with these parameters.
  package init(population: Int, marked: Int, draws: Int) {
    self.population = population
    self.marked = marked
    self.draws = draws
  }

  private var isPossible: Bool {
    population >= 0 && (0...population).contains(marked) && (0...population).contains(draws)
  }
  private var lowest: Int { max(0, draws - (population - marked)) }
  private var highest: Int { min(draws, marked) }

  /// P(X = k); 0 outside the support.
  package func pmf(_ k: Int) -> Double {
    guard isPossible else { return .nan }
    guard k >= lowest, k <= highest else { return 0 }
    guard lowest < highest else { return 1 }
    let p = Double(draws) / Double(population)
    let inMarked = cboost_binomial_pmf(Double(k), Double(marked), p)
    let inOthers = cboost_binomial_pmf(Double(draws - k), Double(population - marked), p)
    return inMarked * inOthers / cboost_binomial_pmf(Double(draws), Double(population), p)
  }

  /// P(X ≤ k).
  package func cdf(_ k: Int) -> Double {
    guard isPossible else { return .nan }
    if k < lowest { return 0 }
    if k >= highest { return 1 }
    return isBelowMean(k) ? lowerTail(k) : 1 - upperTail(k + 1)
  }

  /// P(X > k).
  package func sf(_ k: Int) -> Double {
    guard isPossible else { return .nan }
    if k < lowest { return 1 }
    if k >= highest { return 0 }
    return isBelowMean(k) ? 1 - lowerTail(k) : upperTail(k + 1)
  }

  private func isBelowMean(_ k: Int) -> Bool { Double(k) < Double(draws) * Double(marked) / Double(population) }

  /// P(X ≤ k) for k below the mean: terms shrink going down, so the sum stops when they no longer count.
  private func lowerTail(_ k: Int) -> Double {
    let first = pmf(k)
    guard first > 0 else { return 0 }
    var (sum, term, at) = (1.0, 1.0, k)
    while at > lowest, term > sum * 1e-18 {
      term *= Double(at) / Double(marked - at + 1)
      term *= Double(population - marked - draws + at) / Double(draws - at + 1)
      sum += term
      at -= 1
    }
    return min(1, first * sum)
  }

  /// P(X ≥ k) for k above the mean.
  private func upperTail(_ k: Int) -> Double {
    let first = pmf(k)
    guard first > 0 else { return 0 }
    var (sum, term, at) = (1.0, 1.0, k)
    while at < highest, term > sum * 1e-18 {
      term *= Double(marked - at) / Double(at + 1)
      term *= Double(draws - at) / Double(population - marked - draws + at + 1)
      sum += term
      at += 1
    }
    return min(1, first * sum)
  }
}
