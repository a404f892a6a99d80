import Diagnostics
import Testing

@testable import Publishing

/// Scores of single customers: written where the study asks, never into the site.
@Suite struct PrivateFilesTests {
  private func study(_ path: String) throws -> Scratch {
    var csv = "client,orders,town,said\n"
    for i in 0..<900 {
      csv += "Client-\(i),\(i % 7),\(i % 3 == 0 ? "Aston" : "Brill"),\((i * 31) % 10 < 2 + i % 3 ? 1 : 0)\n"
    }
    return try Scratch(
      ("content/data/mail.csv", csv),
      (
        "valuemap.yaml",
        """
        title: A mailing
        data:
          mail: {file: data/mail.csv, source: transactions}
        analyses:
          mail:
            type: response-line
            data: mail
            customer: client
            responded: said
            features: [orders, town]
            publish_scores: \(path)
        """
      ))
  }

  private func builder(_ scratch: Scratch) throws -> StudyBuilder {
    try unwrap(StudyBuilder(BuildOptions(study: scratch.path)), "no builder")
  }

  @Test func `scores are written beside the study and noted`() async throws {
    let scratch = try study("scores.csv")
    let notes = PrivateFiles(try builder(scratch), output: scratch.path + "/public").write()
    #expect(notes.map(\.id) == ["output.scores"] && notes[0].severity == .note)
    let lines = try unwrap(scratch.text("scores.csv"), "no scores").split(whereSeparator: \.isNewline)
    #expect(lines.count == 901)
    #expect(lines[0] == "client,place,probability,upper,contact,held_out")
    #expect(lines[1].hasPrefix("Client-0,"))
  }

  @Test func `the site knows nothing of them`() async throws {
    let scratch = try study("scores.csv")
    let built = try await scratch.build()
    let site = try unwrap(built.site, "\(built.diagnostics)")
    for path in site.paths {
      let text = String(decoding: site[path] ?? [], as: UTF8.self)
      #expect(!text.contains("Client-") && !text.contains("scores.csv"), "\(path)")
    }
  }

  @Test(arguments: ["public/scores.csv", "./x/../public/s.csv", "content/data/s.csv", "public"])
  func `a place in the site is refused`(path: String) async throws {
    let scratch = try study(path)
    let built = try await scratch.build()
    #expect(built.site == nil)
    #expect(built.diagnostics.contains { $0.id == "analysis.scores-in-site" && $0.position?.line == 11 })
  }

  @Test func `a folder that leads into the site is refused, too, and one that is missing told`() throws {
    let scratch = try study("side/scores.csv")
    try scratch.makeFolder("public")
    let files = PrivateFiles(try builder(scratch), output: scratch.path + "/public")
    #expect(files.write().map(\.id) == ["output.unwritable"])
    _ = run("/bin/ln", ["-s", scratch.path + "/public", scratch.path + "/side"])
    #expect(files.write().map(\.id) == ["analysis.scores-in-site"])
    #expect(!scratch.exists("public/scores.csv"))
    let elsewhere = try study("out/scores.csv")
    try elsewhere.makeFolder("out")
    let written = PrivateFiles(try builder(elsewhere), output: elsewhere.path + "/out").write()
    #expect(written.map(\.id) == ["analysis.scores-in-site"])
  }
}
