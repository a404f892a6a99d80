import Diagnostics
import Tables
import Testing

@testable import ValueModels

@Suite struct TypingToolTests {
  private let settings = "group: region\ntyping: {questions: 3, folds: 5}"

  private func found(_ more: String = "") throws -> Findings {
    try asking(segmentProfileKind, settings + more, referenceText("catdes/customers.csv")).findings()
  }

  private func people(_ csv: String) throws -> Table {
    try #require(TableReader(name: "people", file: "new.csv").read(bytes: Array(csv.utf8)).table)
  }

  @Test func tablesHoldTogether() throws {
    let found = try found()
    let steps = try #require(found.table("typing"))
    #expect(steps.rows.count == 3)
    let taken = steps.values("taken").count { $0 == .truth(true) }
    #expect(found.fact("typing_questions") == .integer(taken))
    #expect(found.number("typing_accuracy") == steps.numbers("accuracy")[taken - 1])
    let confusion = try #require(found.table("typing_confusion"))
    #expect(confusion.numbers("cases").reduce(0) { $0 + ($1 ?? 0) } == 240)
    let right = confusion.rows.filter { $0[0] == $0[1] }.reduce(0) { $0 + ($1[2].number ?? 0) }
    #expect(isClose(found.number("typing_accuracy"), right / 240))
    let recall = try #require(found.table("typing_recall"))
    #expect(recall.rows.count == 4 && recall.numbers("recall").allSatisfy { (0...1).contains($0 ?? -1) })
    let shares = found.table("segments")?.numbers("share").compactMap { $0 } ?? []
    #expect(isClose(found.number("typing_chance"), shares.reduce(0) { $0 + $1 * $1 }))
  }

  /// The people it was made from are put where the published functions put them.
  @Test func assigningTheSamePeopleGivesTheResubstitutionAccuracy() throws {
    let found = try found()
    let csv = try referenceText("catdes/customers.csv")
    let assigned = try #require(PublishedFunctions(found)).assign(people(csv), respondent: nil)
    let regions = cells(csv).compactMap { $0["region"] }
    let right = zip(assigned.texts("segment"), regions).count { $0 == $1 }
    #expect(isClose(found.number("typing_resubstitution"), Double(right) / 240))
    #expect(assigned.numbers("probability").allSatisfy { ($0 ?? 0) >= 0.25 && ($0 ?? 2) <= 1 })
    #expect(assigned.values("row").first == .integer(1) && assigned.rows.count == 240)
  }

  @Test func answersNobodyGaveAreRefusedWithTheirPlaces() throws {
    var functions = try #require(PublishedFunctions(found("\ndescribe: [age, channel]\nletters: fdr")))
    #expect(Set(functions.questions).isSubset(of: ["age", "channel"]))
    functions = try #require(
      PublishedFunctions(
        asking(
          segmentProfileKind, "group: region\ntyping: {questions: 2}\ndescribe: [channel]",
          referenceText("catdes/customers.csv")
        ).findings()))
    #expect(functions.questions == ["channel"])
    func faults(_ csv: String) throws -> [String] {
      do {
        _ = try functions.assign(people(csv), respondent: nil)
        return []
      } catch let error as Rejection { return error.diagnostics.map { "\($0.position?.description ?? "") \($0.id)" } }
    }
    #expect(
      try faults("age,channel\n3,web\n4,\n5,wb\n") == [
        "new.csv:3:3 analysis.missing-answer", "new.csv:4:3 analysis.unknown-answer",
      ])
    #expect(try faults("age,chanel\n3,web\n") == ["new.csv analysis.missing-column"])
    #expect(try faults("channel\nshop\nphone\n") == [])
  }

  @Test func numbersAreNeededWhereNumbersWereGiven() throws {
    let functions = try #require(
      PublishedFunctions(
        asking(
          segmentProfileKind, "group: region\ntyping: true\ndescribe: [age]", referenceText("catdes/customers.csv")
        ).findings()))
    let table = try people("name,age\nx,30\ny,old\n")
    #expect { try functions.assign(table, respondent: nil) } throws: { error in
      let found = (error as? Rejection)?.diagnostics ?? []
      return found.map { "\($0.position?.description ?? "") \($0.id)" } == ["new.csv:3:3 analysis.not-a-number"]
    }
    let named = try functions.assign(
      people("name,age\nx,30\ny,31\n"), respondent: people("name,age\nx,30\ny,31\n")["name"])
    #expect(named.texts("name").count == 2 && named.columns[0].name == "name")
  }

  @Test func withoutAToolThereIsNothingToAssignBy() throws {
    let found = try asking(segmentProfileKind, "group: region", referenceText("catdes/customers.csv")).findings()
    #expect(found.table("typing") == nil && PublishedFunctions(found) == nil)
  }

  /// Twenty careful people and twelve who spend: small, far apart, told by their town, and one spends more.
  @Test func verdictsFollowTheirRules() throws {
    let found = try asking(segmentationKind, SegmentationTests.settings, SegmentationTests.people).findings()
    let verdicts = try #require(found.table("verdicts"))
    #expect(
      verdicts.columns.prefix(7).map(\.name) == [
        "segment", "name", "size", "distinct", "stable", "reachable", "responsive",
      ])
    #expect(verdicts.texts("size") == ["small", "small"] && verdicts.texts("distinct") == ["distinct", "distinct"])
    #expect(verdicts.values("marked_variables") == [.integer(2), .integer(2)])
    #expect(verdicts.texts("stable") == ["stable", "stable"])
    #expect(verdicts.texts("reachable") == ["reachable", "reachable"])
    #expect(verdicts.texts("responsive") == ["less", "more"])
    // A town says Ulm for 15 of 20 and for none of the others: 0.75 + 0.25 / 2 of pairs are in order.
    for area in verdicts.numbers("reach_auc") { #expect((0.8...0.9).contains(area ?? 0)) }
    // More than those who would be right by calling everyone careful.
    #expect((found.number("reach_accuracy") ?? 0) > 0.8)
    let large = try asking(segmentationKind, SegmentationTests.settings + "response: city", SegmentationTests.people)
      .findings()
    #expect(large.table("verdicts")?.texts("responsive") == ["more", "less"])
  }

  /// Of very many people a sample is enough to learn from.
  @Test func ofTooManyPeopleASampleIsDrawn() throws {
    let membership = (0..<300).map { $0 % 3 }
    let grouping = Grouping(
      keys: [.text("a"), .text("b"), .text("c")], names: ["a", "b", "c"], membership: membership,
      suppression: Suppression(below: 10))
    let column = Column(name: "x", numbers: (0..<300).map { Double($0 % 3) + Double($0 % 7) / 3 })
    let variables = [ProfileVariable(column, rows: Array(0..<300))]
    let profiles = variables.compactMap { VariableProfile($0, grouping: grouping, suppression: Suppression(below: 10)) }
    func people(_ cells: Int) -> TypedPeople? {
      TypedPeople(
        variables, profiles, grouping, suppression: Suppression(below: 10), folds: 5, seed: 1, mostCells: cells)
    }
    #expect(people(300)?.sampled == nil && people(300)?.coding.rows.count == 300)
    let some = try #require(people(120))
    #expect(some.sampled == 120 && some.coding.rows == some.coding.rows.sorted() && some.groups == [0, 1, 2])
    #expect(people(20) == nil)
  }

  /// Groups too small to be shown are in no function and no count.
  @Test func hiddenGroupsTakeNoPart() throws {
    var lines = ["g,a,b"]
    for i in 0..<40 { lines.append("one,\(i % 5),\(i % 3)") }
    for i in 0..<30 { lines.append("two,\(3 + i % 5),\(1 + i % 3)") }
    for i in 0..<12 { lines.append("three,\(i % 7),\(i % 2)") }
    for i in 0..<4 { lines.append("four,\(6 + i % 2),\(i % 3)") }
    let found = try asking(segmentProfileKind, "group: g\ntyping: true", lines.joined(separator: "\n") + "\n")
      .findings()
    for name in ["typing_functions", "typing_confusion", "typing_recall"] {
      #expect(Set(found.table(name)?.texts("segment") ?? []) == ["one", "two"])
    }
    #expect(found.table("typing_recall")?.values("base") == [.integer(40), .integer(30)])
    let verdicts = try #require(found.table("verdicts"))
    #expect(verdicts.rows.filter { $0[2].isMissing }.map { $0[1] } == [.text("three"), .text("four")])
  }
}
