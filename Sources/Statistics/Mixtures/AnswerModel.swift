/// The parameters of latent classes with their meaning.
struct AnswerModel: Sendable {
  let classes: Int
  let levels: [Int]
  /// Shares, then question by question and answer by answer the probabilities, each one number a class.
  let values: [Double]
  private let starts: [Int]

  init(classes: Int, levels: [Int], values: [Double]) {
    self.classes = classes
    self.levels = levels
    self.values = values
    var next = 1
    starts = levels.map { count in
      defer { next += count }
      return next
    }
  }

  var shares: [Double] { Array(values.prefix(classes)) }
  var parameters: Int { classes - 1 + classes * levels.reduce(0) { $0 + $1 - 1 } }

  /// Question by question, class by class.
  var probabilities: [[[Double]]] {
    zip(starts, levels).map { start, count in
      (0..<classes).map { k in (0..<count).map { values[(start + $0) * classes + k] } }
    }
  }

  /// The same model with its classes in another order.
  func selecting(_ order: [Int]) -> AnswerModel {
    let size = values.count / classes
    let ordered = (0..<size).flatMap { i in order.map { values[i * classes + $0] } }
    return AnswerModel(classes: classes, levels: levels, values: ordered)
  }

  /// Classes by the weight of the rows for which each is the most probable, then by share, the largest first.
  func order(_ sample: AnswerSample) -> [Int] {
    let (posteriors, _) = posteriors(sample.patterns)
    var modal = [Double](repeating: 0, count: classes)
    for (pattern, weight) in sample.weights.enumerated() {
      let best = (1..<classes).reduce(0) { posteriors[pattern, $1] > posteriors[pattern, $0] ? $1 : $0 }
      modal[best] += weight
    }
    return (0..<classes).sorted { (-modal[$0], -values[$0], $0) < (-modal[$1], -values[$1], $1) }
  }

  /// The probability of each class given a pattern, patterns × classes, and the logarithm of the pattern's own probability.
  func posteriors(_ patterns: AnswerPatterns) -> (Matrix, [Double]) {
    let logs = values.map { $0 > 0 ? logarithm($0) : -.infinity }
    var result = Matrix(rows: patterns.count, columns: classes)
    var densities = [Double](repeating: 0, count: patterns.count)
    var own = [Double](repeating: 0, count: classes)
    for pattern in 0..<patterns.count {
      for k in 0..<classes { own[k] = logs[k] }
      for (b, block) in patterns.blocks.enumerated() {
        let width = block.questions.count
        let code = Int(patterns.codes[pattern * patterns.blocks.count + b]) * width
        for at in 0..<width {
          let answer = Int(block.answers[code + at])
          guard answer >= 0 else { continue }
          let place = (starts[block.questions.lowerBound + at] + answer) * classes
          for k in 0..<classes { own[k] += logs[place + k] }
        }
      }
      let largest = own.reduce(-.infinity) { max($0, $1) }
      // A pattern that no class can give (only one of weight 0) is as probable as the classes.
      guard largest.isFinite else {
        for k in 0..<classes { result[pattern, k] = values[k] }
        densities[pattern] = -.infinity
        continue
      }
      let sum = own.reduce(0) { $0 + exponential($1 - largest) }
      for k in 0..<classes { result[pattern, k] = exponential(own[k] - largest) / sum }
      densities[pattern] = largest + logarithm(sum)
    }
    return (result, densities)
  }

  /// The most probable class of every row.
  func assignments(_ patterns: AnswerPatterns) -> [Int] {
    let (posteriors, _) = posteriors(patterns)
    let modal = (0..<patterns.count).map { pattern in
      (1..<classes).reduce(0) { posteriors[pattern, $1] > posteriors[pattern, $0] ? $1 : $0 }
    }
    return patterns.patternOfRow.map { modal[Int($0)] }
  }
}
