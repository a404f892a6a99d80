import COpenBLAS
import Glibc

/// Newton's steps to the maximum of a logistic likelihood, penalised or not.
struct LogisticDescent {
  enum End: Equatable { case settled, runningAway, stuck }

  /// Ones and scaled columns, *n* × *p*.
  private let design: Matrix
  private let outcomes: [Bool]
  private let weights: [Double]
  private let start: Double

  private(set) var estimates: [Double]
  private(set) var logLikelihood: Double
  private(set) var iterations = 0
  /// Places in the estimates that still ran when the last run ended; 0 is the intercept.
  private(set) var runaways: [Int] = []
  /// Log odds of each row at the estimates.
  private var logits: [Double]

  private static let mostSteps = 60

  /// - Parameter share: The weighted share of the outcome, 0–1 exclusive: the fit by the intercept alone.
  init(_ design: Matrix, outcomes: [Bool], weights: [Double], share: Double) {
    self.design = design
    self.outcomes = outcomes
    self.weights = weights
    start = log(share / (1 - share))
    estimates = [Double](repeating: 0, count: design.columns)
    logits = [Double](repeating: 0, count: design.rows)
    logLikelihood = 0
    restart()
  }

  mutating func restart() {
    for j in estimates.indices { estimates[j] = 0 }
    estimates[0] = start
    for i in logits.indices { logits[i] = start }
    logLikelihood = likelihood(logits)
    iterations = 0
  }

  mutating func run(ridge: Double) -> End {
    var objective = penalised(logLikelihood, estimates, ridge)
    while iterations < Self.mostSteps {
      iterations += 1
      guard var step = step(ridge: ridge) else { return givingUp(iterations > 4 && ridge == 0) }
      var change = times(step)
      // Where outcomes are separated every step moves the farthest rows by about one; near a maximum they shrink fast.
      if ridge == 0, iterations >= 8, hasRunAway(change) {
        let largest = step.map(abs).max() ?? 0
        runaways = step.indices.filter { abs(step[$0]) > 0.05 * largest }
        return .runningAway
      }
      var halvings = 0
      while true {
        let next = zip(estimates, step).map { $0 + $1 }
        let nextLogits = zip(logits, change).map { $0 + $1 }
        let value = likelihood(nextLogits)
        let nextObjective = penalised(value, next, ridge)
        // Rounding may take a little off at the maximum itself.
        if nextObjective >= objective - 1e-11 * abs(objective) || halvings >= 40 {
          estimates = next
          logits = times(next)
          logLikelihood = value
          objective = nextObjective
          break
        }
        halvings += 1
        for j in step.indices { step[j] /= 2 }
        for i in change.indices { change[i] /= 2 }
      }
      let reach = 1 + (estimates.map(abs).max() ?? 0)
      if halvings == 0, step.allSatisfy({ abs($0) <= 1e-9 * reach }) { return .settled }
    }
    return givingUp(ridge == 0)
  }

  private mutating func givingUp(_ isRunning: Bool) -> End {
    runaways = estimates.indices.filter { abs(estimates[$0]) > 0.2 * (estimates.map(abs).max() ?? 0) }
    return isRunning ? .runningAway : .stuck
  }

  private func hasRunAway(_ change: [Double]) -> Bool {
    change.indices.contains { weights[$0] > 0 && abs(change[$0]) > 0.3 && abs(logits[$0]) > 7 }
  }

  /// The inverse of the information at the estimates; nil where it is singular.
  func covariance(ridge: Double) -> Matrix? {
    var identity = Matrix(rows: design.columns, columns: design.columns)
    for j in 0..<design.columns { identity[j, j] = 1 }
    return try? information(ridge).solvingPositiveDefinite(identity)
  }

  private func penalised(_ likelihood: Double, _ estimates: [Double], _ ridge: Double) -> Double {
    likelihood - ridge / 2 * estimates.dropFirst().reduce(0) { $0 + $1 * $1 }
  }

  /// Newton's step; nil where the information is singular.
  private func step(ridge: Double) -> [Double]? {
    var residuals = [Double](repeating: 0, count: logits.count)
    for i in logits.indices { residuals[i] = weights[i] * ((outcomes[i] ? 1 : 0) - logistic(logits[i])) }
    var gradient = [Double](repeating: 0, count: estimates.count)
    dense_gemv(
      MatrixTransposed, Int32(design.rows), Int32(design.columns), 1, design.storage, Int32(design.columns),
      residuals, 1, 0, &gradient, 1)
    for j in gradient.indices.dropFirst() { gradient[j] -= ridge * estimates[j] }
    let right = Matrix(rows: gradient.count, columns: 1, storage: gradient)
    return (try? information(ridge).solvingPositiveDefinite(right))?.storage
  }

  private func information(_ ridge: Double) -> Matrix {
    var working = [Double](repeating: 0, count: logits.count)
    for i in logits.indices {
      let p = logistic(logits[i])
      working[i] = weights[i] * p * (1 - p)
    }
    var information = weightedGram(design, weights: working)
    for j in 0..<design.columns where j > 0 { information[j, j] += ridge }
    return information
  }

  private func times(_ vector: [Double]) -> [Double] {
    var product = [Double](repeating: 0, count: design.rows)
    dense_gemv(
      MatrixAsIs, Int32(design.rows), Int32(design.columns), 1, design.storage,
      Int32(design.columns), vector, 1, 0, &product, 1)
    return product
  }

  /// Σ w log P(outcome), exact for any log odds.
  private func likelihood(_ logits: [Double]) -> Double {
    var sum = 0.0
    for i in logits.indices {
      let against = outcomes[i] ? -logits[i] : logits[i]
      sum -= weights[i] * (max(against, 0) + log1p(exp(-abs(against))))
    }
    return sum
  }
}

/// 1 / (1 + e⁻ˣ), 0–1.
func logistic(_ x: Double) -> Double {
  if x >= 0 { return 1 / (1 + exp(-x)) }
  let e = exp(x)
  return e / (1 + e)
}
