import Diagnostics
import Tables
import Testing

@testable import ValueModels

/// `publish_scores`: a file about single customers, apart from all findings.
@Suite struct ResponseScoresTests {
  private func file(_ settings: String, _ csv: String = ResponseInput.csv()) throws -> PrivateFile? {
    let (table, _) = TableReader(name: "data", file: "data/data.csv").read(bytes: Array(csv.utf8))
    var notation = FlowNotation("data: data\n" + settings)
    let input = AnalysisInput(
      id: "mailing", settings: notation.read(), position: SourcePosition(file: "valuemap.yaml", line: 1, column: 1),
      tables: ["data": StudyTable(name: "data", table: try #require(table), sha256: "00")])
    return try responseScores(input)
  }

  @Test func `each customer used has a place, a probability and its upper limit`() throws {
    let found = try #require(try file(ResponseInput.plain + "contact_cost: 2\nmargin: 16\npublish_scores: ../s.csv"))
    #expect(found.path == "../s.csv" && found.rows == 2000 && found.position.line == 7)
    let rows = cells(found.csv.replacing("\r\n", with: "\n"))
    #expect(rows.count == 2000)
    #expect(Set(rows.compactMap { $0["place"].flatMap { Int($0) } }) == Set(1...2000))
    #expect(rows.count { $0["held_out"] == "true" } == 600)
    for row in rows.prefix(50) {
      let (p, upper) = (Double(row["probability"] ?? "") ?? .nan, Double(row["upper"] ?? "") ?? .nan)
      #expect(p > 0 && p < upper && upper < 1)
      #expect(row["contact"] == (p >= 0.125 ? "true" : "false"))
      #expect(row["client"]?.hasPrefix("C") == true)
    }
  }

  @Test func `with a control each has an uplift, too`() throws {
    let found = try file(
      ResponseInput.plain + "treatment: letter\ncontrol: none\npublish_scores: ../s.csv", ResponseInput.csv(6_000))
    #expect(found?.csv.hasPrefix("client,place,probability,upper,contact,held_out,uplift") == true)
  }

  @Test func `unasked for there is none, nor without a model`() throws {
    #expect(try file(ResponseInput.plain)?.rows == nil)
    #expect(try file(ResponseInput.plain + "publish_scores: ../s.csv", ResponseInput.csv(200))?.rows == nil)
  }

  @Test(arguments: ["public/s.csv", "./x/../public/s.csv", "content/data/s.csv", ".valuemap/s.csv", "public"])
  func `a place in the site is refused`(path: String) {
    #expect(
      ResponseInput.asking(ResponseInput.plain + "publish_scores: \(path)").faults()
        == ["valuemap.yaml:5:17 analysis.scores-in-site"])
  }

  @Test func `findings tell that scores were asked for, not where they lie`() throws {
    let json = try ResponseInput.asking(ResponseInput.plain + "publish_scores: ../secret/s.csv").findings().json()
    #expect(!json.contains("secret") && json.contains("\"publish_scores\": true"))
  }
}
