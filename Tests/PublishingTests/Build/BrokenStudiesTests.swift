import Diagnostics
import Glibc
import Testing

@testable import Publishing

/// Studies that are wrong in one way each, under `Broken/<diagnostic-id>/`: every error that is expected stands in the heading of
/// the file, one a line, as `file:line:column id`. Files that are not given are those of `Sites/brands.study`.
@Suite struct BrokenStudiesTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var testDescription: String { name }
  }

  static let cases: [Case] = {
    let folder = "/" + #filePath.split(separator: "/").dropLast(2).joined(separator: "/") + "/Broken"
    return entries(of: folder).map(\.name).sorted().flatMap { id in
      entries(of: folder + "/" + id).map { Case(name: id + "/" + $0.name) }.sorted { $0.name < $1.name }
    }
  }()

  @Test func thereAreMany() { #expect(Self.cases.count >= 60) }

  @Test(.timeLimit(.minutes(1)), arguments: cases) func aBrokenStudyIsRefusedAndNothingIsWritten(_ one: Case)
    async throws
  {
    let archive = try TextArchive(at: "Broken/" + one.name)
    let study = try await Scratch.study(replacing: archive.files)
    try study.write("the site of before", to: "public/index.html")
    let before = study.tree()
    let built = try await study.build()
    #expect(built.site == nil)
    #expect(study.tree() == before)
    let errors = built.diagnostics.filter { $0.severity == .error }
    let found = errors.map { "\($0.position.map { "\($0)" } ?? "-") \($0.id)" }
    #expect(found == archive.heading.split(separator: "\n").map(String.init))
    #expect(errors.contains { $0.id == one.name.split(separator: "/").first.map(String.init) })
    for error in errors {
      #expect(!error.message.isEmpty && error.message.utf8.count < 2000)
      #expect(!(error.text() + error.json).contains("/tmp/"), "no path of the machine")
    }
  }
}
