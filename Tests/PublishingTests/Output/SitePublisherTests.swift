import Diagnostics
import Glibc
import Testing

@testable import Publishing

@Suite struct SitePublisherTests {
  private func site(_ files: (String, String)...) -> SiteFiles {
    var site = SiteFiles()
    for (path, text) in files { site.add(text, at: path) }
    return site
  }

  private func faults(_ body: () throws -> Void) -> [String] {
    do {
      try body()
      return []
    } catch let rejection as Rejection {
      return rejection.diagnostics.map(\.id)
    } catch {
      return ["\(error)"]
    }
  }

  @Test func theFirstSiteIsWritten() throws {
    let scratch = try Scratch()
    let result = try SitePublisher(output: scratch.path + "/new/deep/out/").publish(
      site(("index.html", "1"), ("a/b/c.html", "2")))
    #expect(result == .init(written: 2, kept: 0, removed: 0))
    #expect(scratch.text("new/deep/out/a/b/c.html") == "2")
    #expect(entries(of: scratch.path + "/new/deep").map(\.name) == ["out"])
  }

  @Test func theNextReplacesItAndTellsWhatItDid() throws {
    let scratch = try Scratch()
    let publisher = SitePublisher(output: scratch.path + "/out")
    _ = try publisher.publish(site(("index.html", "1"), ("old/x.html", "2"), ("same.css", "3")))
    let result = try publisher.publish(site(("index.html", "new"), ("same.css", "3"), ("b.html", "4")))
    #expect(result == .init(written: 2, kept: 1, removed: 1))
    #expect(!scratch.exists("out/old"))
    #expect(scratch.text("out/index.html") == "new")
    #expect(try publisher.publish(site(("index.html", "new"), ("same.css", "3"), ("b.html", "4"))).written == 0)
    #expect(entries(of: scratch.path).map(\.name) == ["out"])
  }

  @Test func nothingIsTouchedWhereNothingChanged() throws {
    let scratch = try Scratch()
    let publisher = SitePublisher(output: scratch.path + "/out")
    _ = try publisher.publish(site(("index.html", "1")))
    var before = stat()
    stat(scratch.path + "/out", &before)
    _ = try publisher.publish(site(("index.html", "1")))
    var after = stat()
    stat(scratch.path + "/out", &after)
    #expect(before.st_ino == after.st_ino)
  }

  @Test func aFileThatSomebodyChangedIsWrittenAgain() throws {
    let scratch = try Scratch()
    let publisher = SitePublisher(output: scratch.path + "/out")
    let pages = site(("index.html", "12"), ("b.html", "3"))
    _ = try publisher.publish(pages)
    try scratch.write("xx", to: "out/index.html")
    #expect(try publisher.publish(pages) == .init(written: 1, kept: 1, removed: 0))
    unlink(scratch.path + "/out/b.html")
    symlink("/etc/hostname", scratch.path + "/out/b.html")
    #expect(try publisher.publish(pages).written == 1)
    #expect(scratch.text("out/b.html") == "3")
  }

  // MARK: Files that are not ours

  @Test func foreignFilesAreKeptAsTheyAre() throws {
    let scratch = try Scratch(("out/CNAME", "example.com"), ("out/notes/deep/x.txt", "mine"))
    symlink("nowhere", scratch.path + "/out/link")
    mkfifo(scratch.path + "/out/pipe", 0o600)
    try scratch.makeFolder("out/.git/refs/heads")
    chmod(scratch.path + "/out/CNAME", 0o640)
    var before = stat()
    lstat(scratch.path + "/out/CNAME", &before)
    let publisher = SitePublisher(output: scratch.path + "/out")
    for text in ["1", "2", "3"] { _ = try publisher.publish(site(("index.html", text))) }
    #expect(scratch.text("out/CNAME") == "example.com")
    #expect(scratch.text("out/notes/deep/x.txt") == "mine")
    #expect(scratch.exists("out/.git/refs/heads"))
    var after = stat()
    lstat(scratch.path + "/out/CNAME", &after)
    #expect(after.st_ino == before.st_ino && after.st_mode == before.st_mode)
    lstat(scratch.path + "/out/link", &after)
    #expect(after.st_mode & S_IFMT == S_IFLNK)
    lstat(scratch.path + "/out/pipe", &after)
    #expect(after.st_mode & S_IFMT == S_IFIFO)
  }

  @Test func foreignFilesInTheWayAreRefused() throws {
    let scratch = try Scratch(("out/index.html", "mine"), ("out/a", "a file"), ("out/b.html/c", "x"), ("out/z", "fine"))
    let before = scratch.tree()
    let publisher = SitePublisher(output: scratch.path + "/out")
    let pages = site(("index.html", "ours"), ("a/x.html", "1"), ("b.html", "2"), ("z", "fine"))
    #expect(faults { _ = try publisher.publish(pages) } == Array(repeating: "output.foreign-file", count: 3))
    #expect(scratch.tree() == before)
    _ = try publisher.publish(pages, clean: true)
    #expect(scratch.text("out/index.html") == "ours" && scratch.text("out/a/x.html") == "1")
  }

  @Test func cleanTakesAwayWhatIsNotOurs() throws {
    let scratch = try Scratch(("out/mine.txt", "x"), ("out/d/e", "y"))
    let publisher = SitePublisher(output: scratch.path + "/out")
    let pages = site(("index.html", "1"))
    _ = try publisher.publish(pages)
    #expect(scratch.exists("out/mine.txt"))
    _ = try publisher.publish(pages, clean: true)
    #expect(Set(entries(of: scratch.path + "/out").map(\.name)) == ["index.html", SitePublisher.manifestName])
  }

  // MARK: Places

  @Test func aLinkedOutputFolderIsFollowed() throws {
    let scratch = try Scratch(("real/keep", "x"))
    symlink("real", scratch.path + "/out")
    _ = try SitePublisher(output: scratch.path + "/out/").publish(site(("index.html", "1")))
    var status = stat()
    lstat(scratch.path + "/out", &status)
    #expect(status.st_mode & S_IFMT == S_IFLNK)
    #expect(scratch.text("real/index.html") == "1" && scratch.text("real/keep") == "x")
  }

  @Test func anOutputThatIsAFileIsRefused() throws {
    let scratch = try Scratch(("report.pdf", "precious"), ("d/x", ""))
    symlink("nowhere", scratch.path + "/dangling")
    for name in ["report.pdf", "dangling", "d/x/y"] {
      #expect(
        faults { _ = try SitePublisher(output: scratch.path + "/" + name).publish(site(("i", "1"))) } == [
          "output.unwritable"
        ])
    }
    #expect(scratch.text("report.pdf") == "precious")
    #expect(faults { _ = try SitePublisher(output: "/").publish(site(("i", "1"))) } == ["output.unwritable"])
  }

  @Test func theStudyItselfIsNoOutput() throws {
    let scratch = try Scratch(("study/valuemap.yaml", "x"), ("study/content/a.md", "y"))
    let before = scratch.tree()
    let study = scratch.path + "/study"
    for output in [
      study, scratch.path, study + "/content", study + "/content/site", study + "/templates", study + "/.valuemap/x",
    ] {
      for clean in [false, true] {
        #expect(
          faults { _ = try SitePublisher(output: output, study: study).publish(site(("i", "1")), clean: clean) }
            == ["output.unwritable"], "\(output)")
      }
    }
    #expect(scratch.tree() == before)
    _ = try SitePublisher(output: study + "/public", study: study).publish(site(("i", "1")))
    _ = try SitePublisher(output: study + "-site", study: study).publish(site(("i", "1")))
  }

  @Test func aFolderThatCannotBeWrittenIsSaid() throws {
    guard getuid() != 0 else { return }  // Nothing is forbidden to root.
    let scratch = try Scratch(("locked/out/index.html", "old"))
    chmod(scratch.path + "/locked", 0o500)
    #expect(
      faults { _ = try SitePublisher(output: scratch.path + "/locked/out").publish(site(("b", "1"))) } == [
        "output.unwritable"
      ])
    #expect(scratch.text("locked/out/index.html") == "old")
  }

  @Test func aNameThatIsTooLongChangesNothing() throws {
    let scratch = try Scratch()
    let publisher = SitePublisher(output: scratch.path + "/out")
    _ = try publisher.publish(site(("index.html", "1")))
    let before = scratch.tree()
    let long = String(repeating: "x", count: 300)
    #expect(faults { _ = try publisher.publish(site(("index.html", "2"), (long, "3"))) } == ["output.unwritable"])
    #expect(faults { _ = try publisher.publish(site(("a", "2"), ("a/b", "3"))) } == ["output.unwritable"])
    #expect(scratch.tree() == before)
  }

  // MARK: What a build that was killed left

  @Test func aStageLeftLyingIsSwept() throws {
    let scratch = try Scratch((".out.valuemap-stage/a/b", "half"), ("out/keep", "x"))
    _ = try SitePublisher(output: scratch.path + "/out").publish(site(("index.html", "1")))
    #expect(entries(of: scratch.path).map(\.name) == ["out"])
    #expect(scratch.exists("out/keep") && !scratch.exists("out/a"))
  }

  @Test func aLinkInPlaceOfTheStageIsNotFollowed() throws {
    let scratch = try Scratch(("precious/a", "1"))
    symlink("precious", scratch.path + "/.out.valuemap-stage")
    _ = try SitePublisher(output: scratch.path + "/out").publish(site(("index.html", "1")))
    #expect(scratch.text("precious/a") == "1")
    #expect(scratch.tree("precious").count == 1)
  }

  /// Where folders cannot be exchanged the end is the same.
  @Test func withoutExchangeFilesMoveOneByOne() throws {
    let scratch = try Scratch(("out/CNAME", "mine"))
    var publisher = SitePublisher(output: scratch.path + "/out")
    publisher.canExchange = false
    _ = try publisher.publish(site(("index.html", "1"), ("a", "file"), ("b/c/d", "deep"), ("e/f.css", "x")))
    let result = try publisher.publish(
      site(("index.html", "2"), ("a/x", "now a folder"), ("b", "now a file"), ("g", "y")))
    #expect(result == .init(written: 4, kept: 0, removed: 3))
    #expect(
      scratch.tree("out").map { String($0.split(separator: " ")[0]) }
        == [
          SitePublisher.manifestName, "CNAME", "a/", "a/x", "b", "g", "index.html",
        ].map { "out/" + $0 })
    #expect(entries(of: scratch.path).map(\.name) == ["out"])
    #expect(
      try publisher.publish(site(("index.html", "2"), ("a/x", "now a folder"), ("b", "now a file"), ("g", "y"))).written
        == 0)
  }

  /// A name of bytes that are no text.
  @Test func anyNameCanBeSwept() throws {
    let scratch = try Scratch(("tree/deep/er/x", ""))
    let name: [CChar] = Array((scratch.path + "/tree/deep/").utf8).map { CChar(bitPattern: $0) } + [-1, -2, 0]
    #expect(name.withUnsafeBufferPointer { $0.baseAddress.map { mkdir($0, 0o700) } } == 0)
    symlink("/", scratch.path + "/tree/root")
    #expect(entries(of: scratch.path + "/tree/deep").count == 2)
    removeTree(scratch.path + "/tree")
    #expect(!scratch.exists("tree"))
  }

  @Test func aManifestIsInput() throws {
    let scratch = try Scratch(("out/CNAME", "x"), ("precious", "y"))
    try scratch.write(
      "valuemap manifest 1\n00 1 ../precious\n00 1 /etc/hostname\n00 x bad\n00\n\n00 1 gone/../../precious\n",
      to: "out/" + SitePublisher.manifestName)
    _ = try SitePublisher(output: scratch.path + "/out").publish(site(("index.html", "1")))
    #expect(scratch.text("precious") == "y" && scratch.text("out/CNAME") == "x")
    try scratch.write([0xFF, 0xFE, 0x00], to: "out/" + SitePublisher.manifestName)
    #expect(
      faults { _ = try SitePublisher(output: scratch.path + "/out").publish(site(("index.html", "2"))) } == [
        "output.foreign-file"
      ])
    _ = try SitePublisher(output: scratch.path + "/out").publish(site(("index.html", "2")), clean: true)
    #expect(scratch.text("out/index.html") == "2")
  }

  @Test func buildsAtOnceEachPublishAWholeSite() async throws {
    let scratch = try Scratch()
    let output = scratch.path + "/out"
    let sites = (0..<4).map { number in
      var site = SiteFiles()
      for file in 0..<20 { site.add("site \(number)", at: "f\(file % 3)/\(file).html") }
      return site
    }
    await withTaskGroup(of: Void.self) { group in
      for round in 0..<24 {
        group.addTask { _ = try? SitePublisher(output: output).publish(sites[round % 4]) }
      }
      group.addTask {
        // A reader throughout: every file it finds is of some whole site, and after the first it misses none.
        for _ in 0..<200 where readWhole(output + "/f0/0.html") != nil {
          let first = readWhole(output + "/f1/1.html")
          if first == nil { Issue.record("a file is missing between two sites") }
        }
      }
    }
    let texts = Set((0..<20).map { scratch.text("out/f\($0 % 3)/\($0).html") ?? "none" })
    #expect(texts.count == 1)
    #expect(entries(of: scratch.path).map(\.name) == ["out"])
  }
}
