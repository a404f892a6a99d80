import COpenBLAS

/// One climb of the likelihood of a Gaussian mixture at a time, by EM (Dempster, Laird & Rubin 1977).
///
/// All families share one form: the log-density of a row under a component is linear in features of the row (its values,
/// and their squares or products), and the M step needs the sums of the same features. Both are one matrix product over
/// blocks of rows. Steps are lengthened by squared extrapolation (SQUAREM, Varadhan & Roland 2008) of those sums.
struct GaussianAscent: ~Copyable {
  let rows: MixtureRows
  let family: CovarianceFamily
  let components: Int
  private let form: GaussianForm
  private let values: [Double]
  /// Features of one block of rows.
  private let features: UnsafeMutablePointer<Double>
  /// Log-densities, then memberships times weights, of one block.
  private let scores: UnsafeMutablePointer<Double>
  private static let block = 256
  /// Sums of features, components × (1 + features): the weight first.
  private(set) var sums: [Double]
  private(set) var logLikelihood = -Double.infinity
  /// What the last cycle gained.
  private(set) var gain = Double.infinity
  private(set) var passes = 0
  private(set) var isDegenerate = false

  init(_ rows: MixtureRows, _ family: CovarianceFamily, components: Int, floor: Double) {
    self.rows = rows
    self.family = family
    self.components = components
    form = GaussianForm(rows, family, components: components, floor: floor)
    values = family.isFull ? rows.white ?? rows.points : rows.points
    features = .allocate(capacity: Self.block * form.features)
    scores = .allocate(capacity: Self.block * components)
    features.initialize(repeating: 0, count: Self.block * form.features)
    scores.initialize(repeating: 0, count: Self.block * components)
    sums = [Double](repeating: 0, count: components * (1 + form.features))
  }

  deinit {
    features.deallocate()
    scores.deallocate()
  }

  /// Begins from components given, one a row.
  mutating func start(from assignments: [Int32]) {
    reset()
    var sums = sums
    for at in sums.indices { sums[at] = 0 }
    let width = 1 + form.features
    inBlocks { first, count, features, _ in
      for row in 0..<count {
        let weight = rows.weights[first + row]
        let own = Int(assignments[first + row]) * width
        sums[own] += weight
        for f in 0..<form.features { sums[own + 1 + f] += weight * features[row * form.features + f] }
      }
    }
    self.sums = sums
  }

  /// Begins from sums another climb came to.
  mutating func start(from sums: [Double]) {
    reset()
    self.sums = sums
  }

  private mutating func reset() {
    logLikelihood = -.infinity
    gain = .infinity
    passes = 0
    isDegenerate = false
  }

  /// Climbs until a cycle gains next to nothing, or for so many passes over the rows.
  mutating func climb(passes limit: Int) {
    // Of a log-likelihood in the millions, less than this is rounding.
    var quiet = 0
    while passes < limit, !isDegenerate {
      let before = logLikelihood
      cycle()
      gain = logLikelihood - before
      let enough = max(1e-8, 1e-13 * logLikelihood.magnitude)
      quiet = gain < enough ? quiet + 1 : 0
      if quiet == 2 { return }
    }
  }

  /// Two EM steps and a longer one in their direction, kept where it climbs.
  private mutating func cycle() {
    let start = sums
    guard let first = step(from: start) else { return degenerate() }
    guard let second = step(from: first.sums) else { return degenerate() }
    var squares = (step: 0.0, bend: 0.0)
    for at in start.indices {
      let r = first.sums[at] - start[at]
      let v = second.sums[at] - first.sums[at] - r
      squares.step += r * r
      squares.bend += v * v
    }
    sums = second.sums
    logLikelihood = second.logLikelihood
    guard squares.bend > 0 else { return }
    let length = (squares.step / squares.bend).squareRoot()
    guard length > 1, length.isFinite else { return }
    var longer = start
    for at in start.indices {
      let r = first.sums[at] - start[at]
      let v = second.sums[at] - first.sums[at] - r
      longer[at] = start[at] + 2 * length * r + length * length * v
    }
    // Outside what sums can be, or lower: the two steps are kept.
    guard let jump = step(from: longer), jump.logLikelihood >= second.logLikelihood else { return }
    sums = jump.sums
    logLikelihood = jump.logLikelihood
  }

  private mutating func degenerate() { isDegenerate = true }

  /// The parameters these sums make, their log-likelihood, and the sums expected under them; nil where a component has no
  /// rows or no spread.
  private mutating func step(from sums: [Double]) -> (sums: [Double], logLikelihood: Double)? {
    guard let linear = form.linear(sums) else { return nil }
    passes += 1
    var next = [Double](repeating: 0, count: sums.count)
    let total = pass(linear, weights: rows.weights) { first, count, features, scores in
      let width = 1 + form.features
      next.withUnsafeMutableBufferPointer { next in
        guard let base = next.baseAddress else { return }
        for row in 0..<count { for k in 0..<components { base[k * width] += scores[row * components + k] } }
        dense_gemm(
          MatrixTransposed, MatrixAsIs, Int32(components), Int32(form.features), Int32(count), 1, scores,
          Int32(components), features, Int32(form.features), 1, base + 1, Int32(width))
      }
    }
    return total.isFinite ? (next, total) : nil
  }

  /// Memberships of the different rows, rows × components, at the parameters reached; nil where they are degenerate.
  func memberships() -> Matrix? {
    guard let linear = form.linear(sums) else { return nil }
    var result = Matrix(rows: rows.count, columns: components)
    _ = pass(linear, weights: [Double](repeating: 1, count: rows.count)) { first, count, _, scores in
      for at in 0..<count * components { result.storage[first * components + at] = scores[at] }
    }
    return result
  }

  /// Runs over all rows; `use` gets a block's features and its memberships times weights. Returns the log-likelihood.
  private func pass(
    _ linear: GaussianForm.Linear, weights: [Double],
    _ use: (Int, Int, UnsafeMutablePointer<Double>, UnsafeMutablePointer<Double>) -> Void
  ) -> Double {
    var total = 0.0
    let k = components
    inBlocks { first, count, features, scores in
      for row in 0..<count { for c in 0..<k { scores[row * k + c] = linear.constants[c] } }
      dense_gemm(
        MatrixAsIs, MatrixTransposed, Int32(count), Int32(k), Int32(form.features), 1, features,
        Int32(form.features), linear.coefficients, Int32(form.features), 1, scores, Int32(k))
      // Sums lie between 1 and k: the logarithm of their product is taken now and then only.
      var product = 1.0
      for row in 0..<count {
        let line = scores + row * k
        var largest = line[0]
        for c in 1..<max(k, 1) where line[c] > largest { largest = line[c] }
        var sum = 0.0
        for c in 0..<k {
          // Below, it adds nothing to 1.
          let value = line[c] - largest < -38 ? 0 : exponential(line[c] - largest)
          line[c] = value
          sum += value
        }
        let weight = weights[first + row]
        if weight == 1 {
          total += largest
          product *= sum
          if product > 1e200 {
            total += logarithm(product)
            product = 1
          }
        } else {
          total += weight * (largest + logarithm(sum))
        }
        let scale = weight / sum
        for c in 0..<k { line[c] *= scale }
      }
      total += logarithm(product)
      use(first, count, features, scores)
    }
    return total
  }

  private func inBlocks(
    _ body: (Int, Int, UnsafeMutablePointer<Double>, UnsafeMutablePointer<Double>) -> Void
  ) {
    var first = 0
    while first < rows.count {
      let count = min(Self.block, rows.count - first)
      form.fill(features, from: values, first: first, count: count)
      body(first, count, features, scores)
      first += count
    }
  }
}
