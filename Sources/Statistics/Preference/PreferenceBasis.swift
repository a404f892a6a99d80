/// The functions 1, x, y, x² + y², x² − y², xy of some objects' places, made orthonormal in that order, so that one
/// decomposition serves all models of all persons who judged these objects.
package struct PreferenceBasis: Sendable {
  /// The objects.
  package let count: Int
  /// How many of the six functions do not follow from those before them on these places, 0–6: objects on a line leave 2, on a
  /// circle 3.
  package let rank: Int
  /// Function after function, `count` values each.
  private let functions: [Double]
  /// The triangle that takes the functions to the orthonormal ones, 6 × 6, by columns.
  private let triangle: [Double]

  /// The basis on places, best about 0 and of size about 1.
  ///
  /// - Parameters:
  ///   - x: One number an object, finite.
  ///   - y: Likewise.
  package init(x: [Double], y: [Double]) {
    let n = min(x.count, y.count)
    count = n
    var q = [Double](repeating: 0, count: 6 * n)
    var r = [Double](repeating: 0, count: 36)
    for i in 0..<n {
      let values = PreferenceSurface.functions(x[i], y[i])
      for k in 0..<6 { q[k * n + i] = values[k] }
    }
    var rank = 0
    for k in 0..<min(6, n) {
      let size = norm(q, k * n, n)
      // Twice, since once leaves rounding in where functions are nearly dependent.
      for _ in 0..<2 {
        for j in 0..<k {
          var product = 0.0
          for i in 0..<n { product += q[j * n + i] * q[k * n + i] }
          for i in 0..<n { q[k * n + i] -= product * q[j * n + i] }
          r[k * 6 + j] += product
        }
      }
      let rest = norm(q, k * n, n)
      // The tolerance of R's lm.
      guard rest > 1e-7 * size, rest > 0 else { break }
      r[k * 6 + k] = rest
      for i in 0..<n { q[k * n + i] /= rest }
      rank += 1
    }
    self.rank = rank
    functions = q
    triangle = r
  }

  /// Whether a model can be fitted and tested: its functions are independent and an object more than parameters is there.
  package func allows(_ model: PreferenceModel) -> Bool { rank >= model.parameters && count > model.parameters }

  /// Fits all models to preferences at once.
  ///
  /// - Parameter values: One an object, in the order of the places, finite.
  package func fit(_ values: [Double]) -> PreferenceFits {
    var rest = values
    return fit(&rest)
  }

  /// The same; what no function explains is left in `values`.
  package func fit(_ values: inout [Double]) -> PreferenceFits {
    let n = count
    var scores = SIMD8<Double>(repeating: 0)
    var residuals = SIMD8<Double>(repeating: 0)
    functions.withUnsafeBufferPointer { q in
      values.withUnsafeMutableBufferPointer { z in
        for k in 0..<rank {
          var product = 0.0
          for i in 0..<n { product += q[k * n + i] * z[i] }
          var sum = 0.0
          for i in 0..<n {
            z[i] -= product * q[k * n + i]
            sum += z[i] * z[i]
          }
          scores[k] = product
          residuals[k + 1] = sum
        }
      }
    }
    // What rounding leaves of an exact fit is no difference to be tested.
    let least = 1e-22 * max(residuals[1], scores[0] * scores[0])
    for p in 1...7 where least.isFinite && residuals[p] <= least { residuals[p] = 0 }
    return PreferenceFits(objects: n, rank: rank, scores: scores, residuals: residuals)
  }

  /// The surface of a fitted model.
  package func surface(_ fits: PreferenceFits, _ model: PreferenceModel) -> PreferenceSurface {
    let p = min(model.parameters, rank)
    var b = SIMD8<Double>(repeating: 0)
    for k in stride(from: p - 1, through: 0, by: -1) {
      var value = fits.scores[k]
      for j in (k + 1)..<max(p, k + 1) { value -= triangle[j * 6 + k] * b[j] }
      b[k] = value / triangle[k * 6 + k]
    }
    return PreferenceSurface(b)
  }
}

private func norm(_ values: [Double], _ start: Int, _ count: Int) -> Double {
  var sum = 0.0
  for i in start..<start + count { sum += values[i] * values[i] }
  return sum.squareRoot()
}

/// All models fitted to the preferences of one person or segment.
package struct PreferenceFits: Sendable {
  /// Objects judged.
  package let objects: Int
  let rank: Int
  /// The parts of the orthonormal functions.
  let scores: SIMD8<Double>
  /// The sum of squares left by a model of so many parameters.
  let residuals: SIMD8<Double>

  /// The sum of squares about the mean; 0 where all is liked alike.
  package var total: Double { residuals[1] }

  /// What a model leaves unexplained.
  package func residual(_ model: PreferenceModel) -> Double { residuals[model.parameters] }

  /// The share of the sum of squares that a model explains, 0–1; 0 where there is none.
  package func rSquared(_ model: PreferenceModel) -> Double {
    total > 0 ? max(0, min(1, 1 - residual(model) / total)) : 0
  }

  /// Whether a model can be tested.
  package func allows(_ model: PreferenceModel) -> Bool { rank >= model.parameters && objects > model.parameters }

  /// The test of a model against a simpler one, or against none at all (the mean); nil where there are too few objects.
  package func test(_ model: PreferenceModel, against simpler: PreferenceModel? = nil) -> PreferenceTest? {
    let before = simpler?.parameters ?? 1
    guard allows(model), before < model.parameters else { return nil }
    let degrees = model.parameters - before
    let rest = objects - model.parameters
    let gain = max(0, residuals[before] - residuals[model.parameters])
    let error = residuals[model.parameters] / Double(rest)
    let f = error > 0 ? gain / Double(degrees) / error : gain > 0 ? .infinity : 0
    return PreferenceTest(f: f, degrees: degrees, residualDegrees: rest)
  }

  /// The simplest model than which no richer one is significantly better; nil where not even a vector can be tested.
  ///
  /// - Parameter models: Those that may be chosen.
  package func simplest(
    among models: [PreferenceModel] = PreferenceModel.allCases, _ critical: CriticalF
  ) -> PreferenceModel? {
    let able = models.filter(allows).sorted()
    return able.first { model in
      !able.contains { richer in
        richer > model && test(richer, against: model).map { critical.isSignificant($0) } ?? false
      }
    }
  }
}
