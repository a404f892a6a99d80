import Diagnostics
import Glibc
import Testing

@testable import Publishing

/// Input made to exhaust time or memory, or to hold the build for ever (quality.md: an error within 5 s and 400 MB).
@Suite(.timeLimit(.minutes(5))) struct BombTests {
  private func errors(_ files: [(String, String)], prepare: (Scratch) throws -> Void = { _ in }) async throws
    -> [String]
  {
    let study = try await Scratch.study(replacing: files)
    try prepare(study)
    let before = study.tree()
    let built = try await study.build()
    #expect(study.tree() == before)
    #expect((built.site == nil) == built.diagnostics.contains { $0.severity == .error })
    return built.diagnostics.filter { $0.severity == .error }.map { "\($0.position.map { "\($0)" } ?? "-") \($0.id)" }
  }

  @Test func aLineOfFiftyMegabytes() async throws {
    let csv = "brand,light\nAero," + String(repeating: "9", count: 50 << 20) + "\n"
    let found = try await errors([("content/data/brands.csv", csv)])
    #expect(!found.isEmpty && found.allSatisfy { $0.hasPrefix("content/data/brands.csv") }, "\(found)")
  }

  @Test func aHundredThousandColumns() async throws {
    let row = Array(repeating: "1", count: 100_000).joined(separator: ",")
    let header = (0..<100_000).map { "c\($0)" }.joined(separator: ",")
    let found = try await errors([("content/data/brands.csv", header + "\n" + row + "\n")])
    #expect(found.map { String($0.split(separator: " ")[1]) }.contains("table.too-many-columns"), "\(found)")
  }

  @Test func oneQuoteOverManyLines() async throws {
    let csv = "brand,light\n\"" + String(repeating: "Aero,1\n", count: 200_000)
    let found = try await errors([("content/data/brands.csv", csv)])
    #expect(!found.isEmpty)
  }

  @Test(arguments: ["\0\0\0\0", "\u{1}\u{2}\u{3},\u{4}\n", "PK\u{3}\u{4}\0\0"]) func bytesThatAreNoText(text: String)
    async throws
  {
    let found = try await errors([("content/data/brands.csv", text)])
    #expect(found.count == 1, "\(found)")
  }

  @Test func pipesAndDevicesHoldNothingUp() async throws {
    let found = try await errors([]) { study in
      unlink(study.path + "/content/data/brands.csv")
      mkfifo(study.path + "/content/data/brands.csv", 0o600)
      mkfifo(study.path + "/content/pipe.md", 0o600)
      symlink("/dev/zero", study.path + "/content/zero.md")
      symlink("/etc/hostname", study.path + "/content/host.md")
      try study.makeFolder("templates")
      mkfifo(study.path + "/templates/x.mustache", 0o600)
    }
    #expect(
      found == [
        "content/host.md file.outside", "content/pipe.md file.not-a-file", "content/zero.md file.outside",
        "templates/x.mustache file.not-a-file", "valuemap.yaml:3:11 file.not-a-file",
      ])
  }

  @Test func theStudyFileIsAPipe() async throws {
    let found = try await errors([]) { study in
      unlink(study.path + "/valuemap.yaml")
      mkfifo(study.path + "/valuemap.yaml", 0o600)
    }
    #expect(found == ["valuemap.yaml file.not-a-file"])
  }

  @Test func theStudyFileIsNotThere() async throws {
    let found = try await errors([]) { study in unlink(study.path + "/valuemap.yaml") }
    #expect(found == ["valuemap.yaml file.missing"])
  }

  @Test func filesInOtherEncodingsAreSaidByPlace() async throws {
    let found = try await errors([]) { study in
      try study.write(Array("title: x\n# caf".utf8) + [0xE9, 0x0A], to: "valuemap.yaml")
      try study.write(Array("a\n\nb ".utf8) + [0xFF], to: "content/a.md")
      try study.write([0xC3], to: "templates/partials/head.mustache")
    }
    #expect(
      found == [
        "content/a.md:3:3 file.not-utf8", "templates/partials/head.mustache:1:1 file.not-utf8",
        "valuemap.yaml:2:6 file.not-utf8",
      ])
  }

  @Test(arguments: [
    "[", "![", "*a ", "`", "<", "[a](", "- ", "> ", "| ", "#", "_a*", "&#", "\\", "[^1]", "{{", "{{#a}}", "~~",
  ])
  func aPageOfOneSign(sign: String) async throws {
    let text = String(repeating: sign, count: 60_000)
    // That it ends is what is tested: how fast depends on what else the machine does (Tests/fault has the seconds).
    _ = try await errors([("content/index.md", text)])
  }

  /// Each reference asks what its page has: gathered once, not once a reference.
  @Test func aPageOfManyReferences() async throws {
    let text = (0..<20_000).map { "## h\($0)\n\n[](#h\($0)) x\n\n" }.joined()
    let study = try await Scratch.study(replacing: [("content/many.md", text)])
    #expect(try await study.build().site != nil)
  }

  @Test(arguments: ["- ", "a: ", "[", "{a: ", "&a [", "? "]) func frontMatterOfOneSign(sign: String) async throws {
    let found = try await errors([
      ("content/index.md", "---\n" + String(repeating: sign, count: 30_000) + "\n---\ntext")
    ])
    #expect(!found.isEmpty)
  }

  @Test func aliasesThatMultiply() async throws {
    var text = "a: &a [x, x, x, x, x, x, x, x, x]\n"
    for (last, next) in zip("abcdefgh", "bcdefghi") {
      text += "\(next): &\(next) [" + Array(repeating: "*\(last)", count: 9).joined(separator: ", ") + "]\n"
    }
    for path in ["valuemap.yaml", "content/index.md"] {
      let whole = path == "valuemap.yaml" ? "title: x\n" + text : "---\n" + text + "---\n"
      let found = try await errors([(path, whole)])
      #expect(found.contains { $0.hasPrefix(path) && $0.hasSuffix("yaml.too-many-nodes") }, "\(found)")
    }
  }

  @Test func manyFaultsAreCountedNotListed() async throws {
    let page = String(repeating: "{{nobody}}\n", count: 5000)
    let study = try await Scratch.study(("content/index.md", page))
    let built = try await study.build()
    #expect(built.diagnostics.count == 51)
    #expect(built.diagnostics.last?.message == "and 4,950 more of the same kind")
  }

  /// A file and a folder of one name in the site.
  @Test func whatTakesAPlaceOfThePagesIsRefused() async throws {
    let found = try await errors([
      ("content/index.md", "[a](index.html) [b](robots.txt)"), ("content/index.html", "x"), ("content/robots.txt", "y"),
    ])
    #expect(found == ["content/index.html output.same-path", "content/robots.txt output.same-path"])
  }
}
