/// Answers to categorical questions: codes 0 ..< levels, −1 where there is no answer.
package struct CategoricalAnswers: Sendable {
  package let rows: Int
  /// The number of possible answers of each question, each at least 1.
  package let levels: [Int]
  /// Question by question, one code a row.
  package let codes: [[Int32]]

  /// - Parameters:
  ///   - codes: Question by question, equally many rows each.
  ///   - levels: One a question; every code is below its question's number.
  package init(codes: [[Int32]], levels: [Int]) {
    rows = codes.first?.count ?? 0
    precondition(codes.count == levels.count, "each question has its number of levels")
    precondition(codes.allSatisfy { $0.count == codes[0].count }, "questions have equally many rows")
    self.codes = codes
    self.levels = levels
  }

  package var questions: Int { levels.count }
}

/// Answer patterns that occur, each with the weight of its rows.
///
/// For speed, questions that stand side by side are read together: the answers to a block of questions are one joint
/// code, so that a pass over the patterns multiplies one factor a block rather than one a question.
struct AnswerPatterns: Sendable {
  struct Block: Sendable {
    /// The questions read together.
    var questions: Range<Int>
    /// The answer to each of them for every joint code that occurs, code by code; −1 where missing.
    var answers: [Int32]
    var codeCount: Int
  }

  let levels: [Int]
  let blocks: [Block]
  /// Pattern by pattern, the joint code of each block.
  let codes: [Int32]
  /// The pattern of each row given.
  let patternOfRow: [Int32]
  let count: Int

  /// The most joint codes a block may have; its factors then stay in the fastest memory.
  private static let mostCodes = 256

  init(_ answers: CategoricalAnswers) {
    levels = answers.levels
    let n = answers.rows
    var pattern = [Int32](repeating: 0, count: n)
    var patterns = n > 0 ? 1 : 0
    var blocks: [Block] = []
    var codesByBlock: [[Int32]] = []
    let choices = zip(levels, answers.codes).map { $0 + ($1.contains(-1) ? 1 : 0) }
    var start = 0
    while start < answers.questions {
      var end = start
      var size = 1
      while end < answers.questions {
        let larger = size * choices[end]
        if end > start, larger > Self.mostCodes { break }
        size = larger
        end += 1
      }
      let (block, codes) = Self.block(answers, start..<end)
      (pattern, patterns) = Self.refined(pattern, by: codes, codeCount: block.codeCount)
      blocks.append(block)
      codesByBlock.append(codes)
      start = end
    }
    var flat = [Int32](repeating: 0, count: patterns * blocks.count)
    for (b, codes) in codesByBlock.enumerated() {
      for row in 0..<n { flat[Int(pattern[row]) * blocks.count + b] = codes[row] }
    }
    self.blocks = blocks
    codes = flat
    patternOfRow = pattern
    count = patterns
  }

  /// Joint codes in order of first appearance.
  private static func block(_ answers: CategoricalAnswers, _ questions: Range<Int>) -> (Block, [Int32]) {
    var codes = [Int32](repeating: 0, count: answers.rows)
    var count = answers.rows > 0 ? 1 : 0
    for question in questions {
      let own = answers.codes[question].map { $0 + 1 }
      (codes, count) = refined(codes, by: own, codeCount: answers.levels[question] + 1)
    }
    var found = [Int32](repeating: -1, count: count * questions.count)
    for row in 0..<answers.rows {
      let place = Int(codes[row]) * questions.count
      for (at, question) in questions.enumerated() { found[place + at] = answers.codes[question][row] }
    }
    return (Block(questions: questions, answers: found, codeCount: count), codes)
  }

  /// Classes of rows split by a further code, numbered in order of first appearance.
  private static func refined(_ classes: [Int32], by codes: [Int32], codeCount: Int) -> ([Int32], Int) {
    var numbers: [Int64: Int32] = [:]
    var result = classes
    for row in classes.indices {
      let key = Int64(classes[row]) * Int64(codeCount) + Int64(codes[row])
      if let known = numbers[key] {
        result[row] = known
      } else {
        let new = Int32(clamping: numbers.count)
        numbers[key] = new
        result[row] = new
      }
    }
    return (result, numbers.count)
  }

  /// The answer of a pattern to a question; −1 where missing.
  func answer(_ pattern: Int, _ question: Int) -> Int {
    for (b, block) in blocks.enumerated() where block.questions.contains(question) {
      let code = Int(codes[pattern * blocks.count + b])
      return Int(block.answers[code * block.questions.count + question - block.questions.lowerBound])
    }
    return -1
  }

  /// The weight of each pattern: the sum over its rows.
  func weights(_ rowWeights: [Double]?) -> [Double] {
    var result = [Double](repeating: 0, count: count)
    for (row, pattern) in patternOfRow.enumerated() { result[Int(pattern)] += rowWeights?[row] ?? 1 }
    return result
  }

  /// The weighted share of each answer among the answers given, question by question; equal where there is none.
  func marginals(_ weights: [Double]) -> [[Double]] {
    var sums = levels.map { [Double](repeating: 0, count: $0) }
    for (b, block) in blocks.enumerated() {
      let width = block.questions.count
      for pattern in 0..<count {
        let code = Int(codes[pattern * blocks.count + b])
        for (at, question) in block.questions.enumerated() {
          let answer = Int(block.answers[code * width + at])
          if answer >= 0 { sums[question][answer] += weights[pattern] }
        }
      }
    }
    return sums.map { own in
      let total = own.reduce(0, +)
      return total > 0 ? own.map { $0 / total } : own.map { _ in 1 / Double(own.count) }
    }
  }
}
