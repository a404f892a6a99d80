import Statistics

/// Customers a model has not seen, from the most likely to respond to the least.
struct ResponseOrder {
  /// Rows of the table, in order.
  let rows: [Int]
  let probabilities: [Double]
  let logits: [Double]
  /// 95% upper limits of the probabilities.
  let upperLimits: [Double]
  let responded: [Bool]
  /// Case weights, in order; all 1 without.
  let weights: [Double]
  let isWeighted: Bool

  /// - Parameters:
  ///   - rows: held-out rows of the table.
  ///   - said: what the model says of them.
  ///   - seed: equal probabilities are put in an order drawn from it, so that the order of the file decides nothing.
  init(_ rows: [Int], _ said: LogisticRegression.Prediction, responded: [Bool], weights: [Double]?, seed: UInt64) {
    var generator = SeededGenerator(seed: seed, stream: 0x4F52_4445)
    let lots = rows.map { _ in generator.next() }
    let logit = said.logits
    let order = rows.indices.sorted {
      logit[$0] != logit[$1] ? logit[$0] > logit[$1] : (lots[$0], $0) < (lots[$1], $1)
    }
    let probabilities = said.probabilities
    let upper = said.upperLimits()
    self.rows = order.map { rows[$0] }
    self.probabilities = order.map { probabilities[$0] }
    logits = order.map { logit[$0] }
    upperLimits = order.map { upper[$0] }
    self.responded = order.map { responded[rows[$0]] }
    self.weights = order.map { weights?[rows[$0]] ?? 1 }
    isWeighted = weights != nil
  }

  var count: Int { rows.count }

  /// What a stretch of the order holds.
  struct Stretch {
    var range: Range<Int>
    /// Σw of those who responded, and of all.
    var positive = 0.0
    var weight = 0.0
    var squaredWeights = 0.0
    /// Σ w p.
    var expected = 0.0
    /// Σ w × upper limit.
    var upper = 0.0
    var responders = 0

    var rate: Double { weight > 0 ? positive / weight : 0 }
    var predicted: Double { weight > 0 ? expected / weight : 0 }
    var meanUpper: Double { weight > 0 ? upper / weight : 0 }
    /// Wilson's interval of the rate on the effective base.
    var interval: Interval? {
      guard weight > 0 else { return nil }
      let base = weight * weight / squaredWeights
      return wilsonInterval(successes: rate * base, trials: base)
    }
  }

  func stretch(_ range: Range<Int>) -> Stretch {
    var stretch = Stretch(range: range)
    for at in range {
      let w = weights[at]
      stretch.weight += w
      stretch.squaredWeights += w * w
      stretch.expected += w * probabilities[at]
      stretch.upper += w * upperLimits[at]
      if responded[at] {
        stretch.positive += w
        stretch.responders += 1
      }
    }
    return stretch
  }

  var whole: Stretch { stretch(0..<count) }

  /// Stretches of equal numbers of customers; where they do not come out even, the first have one more.
  func parts(_ count: Int) -> [Stretch] { equalParts(self.count, count).map { stretch($0) } }
}

/// 0 ..< `count` in `parts` ranges of equal length; where they do not come out even, the first have one more.
func equalParts(_ count: Int, _ parts: Int) -> [Range<Int>] {
  let parts = max(1, min(parts, count))
  let (size, more) = (count / parts, count % parts)
  var start = 0
  return (0..<parts).map { part in
    let end = start + size + (part < more ? 1 : 0)
    defer { start = end }
    return start..<end
  }
}
