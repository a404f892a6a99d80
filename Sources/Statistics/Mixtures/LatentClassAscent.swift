/// One climb of the likelihood of latent classes at a time, over the same answer patterns.
///
/// Parameters stand class by class in the lanes of a vector: first the shares, then the probability of every answer of
/// every question. EM steps (Dempster, Laird & Rubin 1977; Goodman 1974) are lengthened by squared extrapolation
/// (SQUAREM, scheme S3 of Varadhan & Roland 2008), which goes to the same optimum in a fraction of the steps.
struct LatentClassAscent<Lanes: SIMD>: ~Copyable where Lanes.Scalar == Double {
  typealias Vector = UnsafeMutablePointer<Lanes>

  let patterns: AnswerPatterns
  let classes: Int
  /// The sum of weights.
  let total: Double
  /// Where the answers of each question begin among the parameters; shares stand at 0.
  let starts: [Int]
  let size: Int
  /// Patterns of weight > 0.
  private let active: Int
  private let weights: UnsafeMutablePointer<Double>
  private let codes: UnsafeMutablePointer<Int32>
  /// Where the joint codes of each block begin among the factors.
  private let blockStarts: UnsafeMutablePointer<Int>
  private let factorCount: Int
  private let factors: Vector
  private let expected: Vector
  let parameters: Vector
  private let first: Vector
  private let second: Vector
  /// The log-likelihood at `parameters`, once a pass has been made from them.
  private(set) var logLikelihood = -Double.infinity
  /// How much the last cycle gained.
  private(set) var gain = Double.infinity
  private(set) var passes = 0

  /// - Parameter patternWeights: one a pattern, ≥ 0, not all 0.
  init(_ patterns: AnswerPatterns, weights patternWeights: [Double], classes: Int) {
    self.patterns = patterns
    self.classes = classes
    var next = 1
    starts = patterns.levels.map { levels in
      defer { next += levels }
      return next
    }
    size = next
    let kept = patternWeights.indices.filter { patternWeights[$0] > 0 }
    active = kept.count
    total = kept.reduce(0) { $0 + patternWeights[$1] }
    let width = patterns.blocks.count
    weights = .allocate(capacity: kept.count)
    codes = .allocate(capacity: kept.count * width)
    blockStarts = .allocate(capacity: width)
    var place = 0
    for (b, block) in patterns.blocks.enumerated() {
      (blockStarts + b).initialize(to: place)
      place += block.codeCount
    }
    factorCount = place
    for (at, pattern) in kept.enumerated() {
      (weights + at).initialize(to: patternWeights[pattern])
      for b in 0..<width { (codes + at * width + b).initialize(to: patterns.codes[pattern * width + b]) }
    }
    factors = .allocate(capacity: factorCount)
    expected = .allocate(capacity: factorCount)
    parameters = .allocate(capacity: size)
    first = .allocate(capacity: size)
    second = .allocate(capacity: size)
    factors.initialize(repeating: .zero, count: factorCount)
    expected.initialize(repeating: .zero, count: factorCount)
    for vector in [parameters, first, second] { vector.initialize(repeating: .zero, count: size) }
  }

  deinit {
    weights.deallocate()
    codes.deallocate()
    blockStarts.deallocate()
    factors.deallocate()
    expected.deallocate()
    parameters.deallocate()
    first.deallocate()
    second.deallocate()
  }

  /// The parameters of the classes, without padding: `size` × classes.
  var values: [Double] {
    var result = [Double](repeating: 0, count: size * classes)
    for i in 0..<size { for k in 0..<classes { result[i * classes + k] = parameters[i][k] } }
    return result
  }

  /// Begins anew from parameters as `values` gives them.
  mutating func begin(from values: [Double]) {
    logLikelihood = -.infinity
    gain = .infinity
    passes = 0
    for i in 0..<size {
      var vector = Lanes(repeating: i == 0 ? 0 : 1)
      for k in 0..<classes { vector[k] = values[i * classes + k] }
      parameters[i] = vector
    }
  }

  /// Climbs until two cycles each gain less than `least`, or for `most` more passes over the patterns.
  ///
  /// - Returns: whether the gain fell below `least`.
  @discardableResult
  mutating func climb(passes most: Int, until least: Double) -> Bool {
    let limit = passes + most
    var slow = 0
    while passes < limit {
      let before = logLikelihood
      let start = step(from: parameters, to: first)
      let middle = step(from: first, to: second)
      extrapolate()
      // `first` now holds the extrapolated point; its step goes to `parameters`.
      let reached = step(from: first, to: parameters)
      if reached >= middle {
        logLikelihood = reached
      } else {
        parameters.update(from: second, count: size)
        logLikelihood = middle
      }
      gain = logLikelihood - (before.isFinite ? before : start)
      // A cycle can stall before a long one.
      slow = gain < least && before.isFinite ? slow + 1 : 0
      if slow == 2 { return true }
    }
    return false
  }

  /// The log-likelihood at the parameters, which one plain EM step then follows.
  mutating func settle() {
    logLikelihood = step(from: parameters, to: first)
  }

  /// Puts the extrapolated point in `first`: never outside [0, 1], since a share that reaches 0 could not leave it.
  private mutating func extrapolate() {
    var stepSquare = Lanes.zero
    var turnSquare = Lanes.zero
    for i in 0..<size {
      let step = first[i] - parameters[i]
      let turn = second[i] - first[i] - step
      stepSquare += step * step
      turnSquare += turn * turn
    }
    let turn = turnSquare.sum()
    let length = turn > 0 ? max(1, (stepSquare.sum() / turn).squareRoot()) : 1
    for i in 0..<size {
      let step = first[i] - parameters[i]
      let turn = second[i] - first[i] - step
      var point = parameters[i] + 2 * length * step + length * length * turn
      point.replace(with: 0.1 * second[i], where: point .< 0.1 * second[i])
      first[i] = point
    }
    normalise(first)
  }

  /// Makes the shares and the answers of each question sum to 1 in every class.
  private func normalise(_ vector: Vector) {
    let shares = vector[0]
    vector[0] = shares / shares.sum()
    for (question, start) in starts.enumerated() {
      var sum = Lanes.zero
      for level in 0..<patterns.levels[question] { sum += vector[start + level] }
      for level in 0..<patterns.levels[question] { vector[start + level] /= sum }
    }
  }

  /// One EM step; returns the log-likelihood of where it starts.
  private mutating func step(from old: Vector, to new: Vector) -> Double {
    passes += 1
    multiplyAnswers(old)
    let width = patterns.blocks.count
    let shares = old[0]
    var sums = Lanes.zero
    var logLikelihood = 0.0
    for pattern in 0..<active {
      let own = codes + pattern * width
      var joint = shares
      for b in 0..<width { joint *= factors[blockStarts[b] + Int(own[b])] }
      var likelihood = joint.sum()
      let weight = weights[pattern]
      if likelihood < 1e-280 {
        let scaled = scaledJoint(own, shares)
        joint = scaled.joint
        likelihood = 1
        logLikelihood += weight * scaled.logarithm
      } else {
        logLikelihood += weight * logarithm(likelihood)
      }
      joint *= weight / likelihood
      sums += joint
      for b in 0..<width { expected[blockStarts[b] + Int(own[b])] += joint }
    }
    new[0] = sums / total
    gatherAnswers(old, new)
    return logLikelihood
  }

  /// The factor of every joint code: the product over its questions, 1 for a missing answer.
  private func multiplyAnswers(_ old: Vector) {
    var place = 0
    for block in patterns.blocks {
      let width = block.questions.count
      block.answers.withUnsafeBufferPointer { answers in
        for code in 0..<block.codeCount {
          var product = Lanes(repeating: 1)
          for at in 0..<width {
            let answer = Int(answers[code * width + at])
            if answer >= 0 { product *= old[starts[block.questions.lowerBound + at] + answer] }
          }
          factors[place + code] = product
          expected[place + code] = .zero
        }
      }
      place += block.codeCount
    }
  }

  /// New probabilities from the expected counts of the joint codes. A class without weight keeps its old ones.
  private func gatherAnswers(_ old: Vector, _ new: Vector) {
    for i in 1..<size { new[i] = .zero }
    var place = 0
    for block in patterns.blocks {
      let width = block.questions.count
      block.answers.withUnsafeBufferPointer { answers in
        for code in 0..<block.codeCount {
          let count = expected[place + code]
          for at in 0..<width {
            let answer = Int(answers[code * width + at])
            if answer >= 0 { new[starts[block.questions.lowerBound + at] + answer] += count }
          }
        }
      }
      place += block.codeCount
    }
    for (question, start) in starts.enumerated() {
      var sum = Lanes.zero
      for level in 0..<patterns.levels[question] { sum += new[start + level] }
      for level in 0..<patterns.levels[question] {
        var share = new[start + level] / sum
        share.replace(with: old[start + level], where: sum .<= Lanes(repeating: 1e-290))
        new[start + level] = share
      }
    }
  }

  /// The joint probabilities of a pattern with the classes, divided by their sum, and the logarithm of that sum: for
  /// patterns of so many questions that the product itself would vanish.
  private func scaledJoint(_ own: UnsafeMutablePointer<Int32>, _ shares: Lanes) -> (joint: Lanes, logarithm: Double) {
    var logs = [Double](repeating: -.infinity, count: classes)
    for k in 0..<classes {
      logs[k] = logarithm(shares[k])
      for b in patterns.blocks.indices { logs[k] += logarithm(factors[blockStarts[b] + Int(own[b])][k]) }
    }
    let largest = logs.reduce(-.infinity) { max($0, $1) }
    guard largest.isFinite else { return (shares, -1e6) }
    var joint = Lanes.zero
    for k in 0..<classes { joint[k] = exponential(logs[k] - largest) }
    let sum = joint.sum()
    return (joint / sum, largest + logarithm(sum))
  }
}

// In this file, so that the compiler makes a version of the ascent for each number of lanes.
extension LatentClassSearch {
  /// Climbs from parameters for at most so many passes over the patterns, or until cycles gain less than `gain`.
  func climbed(_ beginning: [Double], passes: Int, until gain: Double) -> Climbed {
    switch classes {
    case ...2: climbed(SIMD2<Double>.self, beginning, passes, gain)
    case ...4: climbed(SIMD4<Double>.self, beginning, passes, gain)
    case ...8: climbed(SIMD8<Double>.self, beginning, passes, gain)
    case ...16: climbed(SIMD16<Double>.self, beginning, passes, gain)
    case ...32: climbed(SIMD32<Double>.self, beginning, passes, gain)
    default: climbed(SIMD64<Double>.self, beginning, passes, gain)
    }
  }

  private func climbed<Lanes: SIMD>(
    _: Lanes.Type, _ beginning: [Double], _ passes: Int, _ gain: Double
  ) -> Climbed where Lanes.Scalar == Double {
    var ascent = LatentClassAscent<Lanes>(patterns, weights: weights, classes: classes)
    ascent.begin(from: beginning)
    let hasConverged = ascent.climb(passes: passes, until: gain)
    return Climbed(values: ascent.values, logLikelihood: ascent.logLikelihood, hasConverged: hasConverged)
  }
}
