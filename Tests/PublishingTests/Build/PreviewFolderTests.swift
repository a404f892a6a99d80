import Glibc
import Testing

@testable import Publishing

@Suite struct PreviewFolderTests {
  private func builder(_ study: Scratch, _ place: PreviewFolder) throws -> StudyBuilder {
    var options = BuildOptions(study: study.path)
    options.output = place.output
    return try unwrap(StudyBuilder(options), "no study")
  }

  @Test func whatAChangeTouchesIsMadeAndTheRestKept() async throws {
    let study = try await Scratch.study()
    let place = try unwrap(PreviewFolder(study: study.path), "no folder")
    let (first, shown) = try await builder(study, place).publish(to: place)
    let before = try #require(shown)
    #expect(first.site?.paths == before.paths)
    let plain = try #require(try await study.build().site)
    for path in plain.paths { #expect(before[path] == plain[path], "\(path)") }

    try study.write("---\ntitle: Another\n---\nNew words.\n", to: "content/another.md")
    let (second, next) = try await builder(study, place).publish(to: place)
    let after = try #require(next)
    #expect((second.site?.keptCount ?? 0) > 0)
    let anew = try #require(try await study.build().site)
    #expect(after.paths == anew.paths && after.digest != before.digest)
    for path in anew.paths { #expect(after[path] == anew[path], "\(path)") }
    // The site of before is still whole in memory, and this one without its folder.
    removeTree(study.path + "/.valuemap/preview")
    for path in plain.paths { #expect(before[path] == plain[path], "\(path)") }
    for path in anew.paths { #expect(after[path] == anew[path], "\(path)") }
    #expect(!study.exists("public"))
  }

  @Test func errorsLeaveTheSiteThatIsThere() async throws {
    let study = try await Scratch.study()
    let place = try unwrap(PreviewFolder(study: study.path), "no folder")
    let (_, shown) = try await builder(study, place).publish(to: place)
    try study.write("{{nothing.here}}\n", to: "content/another.md")
    let (built, none) = try await builder(study, place).publish(to: place)
    #expect(built.site == nil && none == nil)
    #expect(PublishedSite(output: place.output)?.digest == shown?.digest)
  }

  @Test func whereItCannotBeTheSiteIsInMemory() async throws {
    let study = try await Scratch.study()
    let place = try unwrap(PreviewFolder(study: study.path), "no folder")
    #expect(PreviewFolder(study: study.path) == nil, "one preview at a time has it")
    try study.write("not a folder", to: ".valuemap/preview/site")
    let (built, shown) = try await builder(study, place).publish(to: place)
    #expect(shown == nil)
    let plain = try #require(try await study.build().site)
    for path in plain.paths { #expect(built.site?[path] == plain[path], "\(path)") }

    let elsewhere = try Scratch()
    let linked = try Scratch(("valuemap.yaml", "title: T\n"))
    symlink(elsewhere.path, linked.path + "/.valuemap")
    #expect(PreviewFolder(study: linked.path) == nil)
    #expect(entries(of: elsewhere.path).isEmpty)
  }
}
