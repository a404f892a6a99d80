import Statistics

/// Answers as columns of numbers: a number as it is, a category as one column of 0 and 1 for each answer but the commonest.
struct DummyCoding: Sendable {
  /// One column.
  struct Term: Sendable, Hashable {
    /// The place of its question.
    var question: Int
    /// The answer that it marks; nil for a number.
    var level: String?
  }

  let names: [String]
  /// The commonest answer of each question, which has no column; nil for numbers.
  let commonest: [String?]
  let terms: [Term]
  /// The columns of each question.
  let columns: [[Int]]
  /// The people in it: places among the rows used.
  let rows: [Int]
  /// One list a term, a number a person.
  let values: [[Double]]

  /// - Parameters:
  ///   - variables: the questions.
  ///   - rows: the people that take part, each with an answer to every question.
  init(_ variables: [ProfileVariable], rows: [Int]) {
    var terms: [Term] = []
    var columns: [[Int]] = []
    var values: [[Double]] = []
    var references: [String?] = []
    for (question, variable) in variables.enumerated() {
      let first = terms.count
      switch variable.values {
      case .numbers(let numbers, _):
        references.append(nil)
        terms.append(Term(question: question, level: nil))
        values.append(rows.map { numbers[$0] })
      case .levels(let codes, let levels):
        var counts = [Int](repeating: 0, count: levels.count)
        for row in rows { counts[Int(codes[row])] += 1 }
        let commonest = counts.indices.reduce(0) { counts[$1] > counts[$0] ? $1 : $0 }
        references.append(levels.isEmpty ? nil : levels[commonest])
        for level in levels.indices where level != commonest && counts[level] > 0 {
          terms.append(Term(question: question, level: levels[level]))
          values.append(rows.map { codes[$0] == Int32(level) ? 1 : 0 })
        }
      }
      columns.append(Array(first..<terms.count))
    }
    names = variables.map(\.name)
    commonest = references
    self.rows = rows
    self.terms = terms
    self.columns = columns
    self.values = values
  }
}

extension ProfileVariable {
  /// How many columns of numbers its answers take.
  var columnCount: Int {
    switch values {
    case .numbers: 1
    case .levels(_, let names): max(0, names.count - 1)
    }
  }

  func isAnswered(_ row: Int) -> Bool {
    switch values {
    case .numbers(let numbers, _): !numbers[row].isNaN
    case .levels(let codes, _): codes[row] >= 0
    }
  }
}
