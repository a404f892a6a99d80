import Statistics

/// The few questions that tell to which group a person belongs, and how well they do.
struct TypingTool: Sendable {
  private let people: TypedPeople
  private let grouping: Grouping
  private let selection: QuestionSelection
  private let functions: ClassificationFunctions
  /// Terms of the functions, by their place in the coding.
  private let terms: [Int]
  /// The share of the people it was fitted to that it puts into their own group.
  private let resubstitution: Double

  /// - Returns: nil where there is nothing to select.
  init?(_ people: TypedPeople, _ grouping: Grouping, most: Int) {
    guard
      let selection = try? QuestionSelection.forward(people.cases, questions: people.coding.columns, most: most),
      selection.taken > 0
    else { return nil }
    let terms = selection.steps.prefix(selection.taken).flatMap { people.coding.columns[$0.question] }
    guard let functions = try? people.cases.functions(terms) else { return nil }
    self.people = people
    self.grouping = grouping
    self.selection = selection
    self.functions = functions
    self.terms = terms
    let columns = terms.map { people.coding.values[$0] }
    resubstitution = people.share { row in
      let scores = functions.scores(columns.map { $0[row] })
      return ClassificationFunctions.classified(scores).group == people.membership[row]
    }
  }

  private var taken: QuestionSelection.Step { selection.steps[selection.taken - 1] }

  var facts: [Fact] {
    let shares = people.shares
    return [
      Fact("typing_questions", selection.taken), Fact("typing_accuracy", taken.accuracy, .share),
      Fact("typing_resubstitution", resubstitution, .share),
      Fact("typing_chance", shares.reduce(0) { $0 + $1 * $1 }, .share),
      Fact("typing_largest", shares.max() ?? 0, .share),
    ]
  }

  var tables: [FindingsTable] { [steps, classification, confusion, recall] }

  private var keyFormat: Format { grouping.keys.contains { $0.text != nil } ? .text : .integer }
  private func name(_ step: QuestionSelection.Step) -> String { people.coding.names[step.question] }

  private var steps: FindingsTable {
    var table = FindingsTable(
      "typing", title: "Typing tool: accuracy by number of questions, cross-validated",
      columns: [
        .init("question", .text), .init("step", .integer), .init("accuracy", .share), .init("lower", .share),
        .init("upper", .share), .init("taken", .truth),
      ])
    for (at, step) in selection.steps.enumerated() {
      let interval = shareInterval(min(1, step.accuracy), base: people.cases.effectiveBase)
      table.add([
        .text(name(step)), .integer(at + 1), Value(step.accuracy), Value(interval?.lower), Value(interval?.upper),
        .truth(at < selection.taken),
      ])
    }
    return table
  }

  private var classification: FindingsTable {
    var table = FindingsTable(
      "typing_functions",
      title: "Typing tool: classification functions; the segment with the largest sum is a person's own",
      columns: [
        .init("segment", keyFormat), .init("term", .text), .init("coefficient"), .init("question", .text),
        .init("level", .text),
      ])
    for (at, group) in people.groups.enumerated() {
      table.add([grouping.keys[group], .text("(constant)"), Value(functions.constants[at]), .missing, .missing])
      for (column, place) in terms.enumerated() {
        let term = people.coding.terms[place]
        let question = people.coding.names[term.question]
        // The answer that adds nothing stands first, so that all answers are listed.
        if term.level != nil, people.coding.columns[term.question].first == place,
          let level = people.coding.commonest[term.question]
        {
          table.add([
            grouping.keys[group], .text("\(question): \(level)"), .number(0), .text(question), .text(level),
          ])
        }
        table.add([
          grouping.keys[group], .text(term.level.map { "\(question): \($0)" } ?? question),
          Value(functions.coefficients[at, column]), .text(question), Value(term.level),
        ])
      }
    }
    return table
  }

  private var confusion: FindingsTable {
    var table = FindingsTable(
      "typing_confusion", title: "Typing tool: where people of each segment are put, cross-validated",
      columns: [.init("segment", keyFormat), .init("predicted", keyFormat), .init("cases"), .init("share", .share)])
    let sums = taken.confusion.rowSums
    for (a, group) in people.groups.enumerated() {
      for (b, other) in people.groups.enumerated() {
        let cases = taken.confusion[a, b]
        table.add([
          grouping.keys[group], grouping.keys[other],
          people.weights == nil ? .integer(Int(cases.rounded())) : Value(cases), Value(cases / sums[a]),
        ])
      }
    }
    return table
  }

  private var recall: FindingsTable {
    var table = FindingsTable(
      "typing_recall", title: "Typing tool: how surely each segment is recognised, cross-validated",
      columns: [
        .init("segment", keyFormat), .init("name", .text), .init("recall", .share), .init("precision", .share),
        .init("base", .integer),
      ])
    let (rows, columns) = (taken.confusion.rowSums, taken.confusion.columnSums)
    for (at, group) in people.groups.enumerated() {
      let right = taken.confusion[at, at]
      table.add([
        grouping.keys[group], .text(grouping.names[group]), Value(right / rows[at]), Value(right / columns[at]),
        .integer(people.membership.count { $0 == at }),
      ])
    }
    return table
  }
}
