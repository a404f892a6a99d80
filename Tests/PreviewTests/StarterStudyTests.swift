import Diagnostics
import Glibc
import Publishing
import Testing

/// The study that `init` writes is what people see first: it builds, and says little.
@Suite struct StarterStudyTests {
  @Test func buildsWithoutErrors() async throws {
    let folder = try TemporaryFolder()
    let study = folder.path + "/deep/er"
    try StarterStudy.write(to: study)
    var options = BuildOptions(study: study)
    options.usesCache = false
    let builder = try #require(StudyBuilder(options))
    let built = await builder.build()
    #expect(built.diagnostics.filter { $0.severity == .error } == [])
    // What remains is said of every study of this kind: profiles only describe, few actors are few, and two brands are too alike.
    let known = [
      "analysis.descriptive-tests", "analysis.few-actors", "analysis.not-distinguished", "study.font-missing",
      "figure.missing-glyphs",
    ]
    #expect(built.diagnostics.filter { !known.contains($0.id) } == [])
    #expect(built.site?["index.html"] != nil)
    #expect(built.site?["needs/index.html"] != nil)
  }

  @Test func writesOverNothing() throws {
    let folder = try TemporaryFolder()
    try folder.write("mine", to: "valuemap.yaml")
    folder.makeFolder("content")
    try folder.write("mine", to: "content/index.md")
    #expect(throws: StarterStudy.Refusal.exists(["content/index.md", "valuemap.yaml"])) {
      try StarterStudy.write(to: folder.path)
    }
    #expect(StudyFolder(folder.path)?.files(below: ".") == ["content/index.md", "valuemap.yaml"])
    #expect(access(folder.path + "/.gitignore", F_OK) != 0)
    #expect(throws: StarterStudy.Refusal.notAFolder(folder.path + "/valuemap.yaml")) {
      try StarterStudy.write(to: folder.path + "/valuemap.yaml")
    }
  }

  @Test func leavesOtherFilesAlone() throws {
    let folder = try TemporaryFolder()
    try folder.write("mine", to: "README.md")
    try StarterStudy.write(to: folder.path)
    #expect(try StudyFolder(folder.path)?.read("README.md") == Array("mine".utf8))
    #expect(try StudyFolder(folder.path)?.read(".gitignore").isEmpty == false)
  }
}
