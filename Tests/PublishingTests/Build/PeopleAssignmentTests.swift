import Diagnostics
import Testing

@testable import Publishing

/// New people are put into segments by the typing tool of a study, from a file outside it.
@Suite struct PeopleAssignmentTests {
  private static let study = """
    title: Walkers
    date: 2026-01-01
    data:
      people: {file: people.csv, delimiter: ";", decimal: ",", columns: {age: alter, town: ort, other: sonst}, types: {town: category}}
    analyses:
      groups: {type: segment-profile, data: people, group: kind, describe: [age, town], typing: true}
      plain: {type: segment-profile, data: people, group: kind, describe: [age, town]}
    """

  /// Older people from Ulm, younger ones from Bonn.
  private static let people: String = {
    var lines = ["id;kind;alter;ort;sonst"]
    for i in 0..<40 { lines.append("\(i);old;\(50 + i % 20),5;\(i % 4 == 0 ? "Bonn" : "Ulm");x") }
    for i in 0..<30 { lines.append("\(100 + i);young;\(20 + i % 15),5;\(i % 5 == 0 ? "Ulm" : "Bonn");y") }
    return lines.joined(separator: "\n") + "\n"
  }()

  private func assign(_ csv: String, id: String = "groups", respondent: String? = nil) async throws -> String {
    let scratch = try Scratch(("valuemap.yaml", Self.study), ("content/people.csv", Self.people), ("new.csv", csv))
    var options = BuildOptions(study: scratch.path)
    options.writesCache = false
    let builder = try #require(StudyBuilder(options))
    return try await PeopleAssignment(builder: builder).assign(id, scratch.path + "/new.csv", respondent: respondent)
      .csv
  }

  /// Read as the study's own table is, though the group and a renamed column are not in it.
  @Test func peopleArePutWhereTheyBelong() async throws {
    let csv = try await assign("nr;alter;ort\na;61,5;Ulm\nb;22;Bonn\n", respondent: "nr")
    let lines = csv.split(whereSeparator: \.isNewline).map { $0.split(separator: ",").map(String.init) }
    #expect(lines[0] == ["nr", "segment", "name", "probability"])
    #expect(lines[1].prefix(3) == ["a", "old", "old"] && lines[2].prefix(3) == ["b", "young", "young"])
    #expect((Double(lines[1][3]) ?? 0) > 0.9)
    #expect(try await assign("alter;ort\n61,5;Ulm\n").hasPrefix("row,segment,name,probability\r\n1,old,old,"))
  }

  @Test func everyWrongCellIsSaid() async throws {
    await #expect {
      try await assign("alter;ort\n61,5;Ulm\n;Bonn\n30;Rom\n")
    } throws: { error in
      guard case PeopleAssignment.Failure.study(let diagnostics) = error else { return false }
      let places = diagnostics.map { "\($0.id) \($0.position?.line ?? 0):\($0.position?.column ?? 0)" }
      // Of the questions asked; the town may not be among them.
      return places.contains("analysis.missing-answer 3:1")
        && !places.contains { $0.hasPrefix("analysis.missing-column") }
    }
    await #expect {
      try await assign("ort\nUlm\n")
    } throws: { error in
      guard case PeopleAssignment.Failure.study(let diagnostics) = error else { return false }
      return diagnostics.map(\.id) == ["analysis.missing-column"]
    }
  }

  @Test func wrongUseIsToldApart() async {
    for (id, respondent) in [("grups", nil), ("plain", nil), ("groups", "nummer")] {
      await #expect {
        try await assign("alter;ort\n61,5;Ulm\n", id: id, respondent: respondent)
      } throws: { error in
        if case PeopleAssignment.Failure.use = error { true } else { false }
      }
    }
  }

  @Test func resultsStayOutsideTheSite() throws {
    let scratch = try Scratch(("public/index.html", ""), ("x", ""))
    #expect(isInSite(scratch.path + "/public/a.csv", of: scratch.path))
    #expect(isInSite(scratch.path + "/public/../public/a.csv", of: scratch.path))
    #expect(!isInSite(scratch.path + "/a.csv", of: scratch.path))
    #expect(!isInSite(scratch.path + "/nowhere/a.csv", of: scratch.path))
  }
}
