import Synchronization
import Testing

@testable import Preview

/// Counts the words given by a watcher.
private final class Words: Sendable {
  private let count = Mutex(0)
  func hear() { count.withLock { $0 += 1 } }
  var heard: Int { count.withLock { $0 } }

  /// Waits generously, since a machine may be busy; returns as soon as there is a word after `before`.
  func hasHeardMore(than before: Int) async -> Bool {
    for _ in 0..<500 {
      if heard > before { return true }
      try? await Task.sleep(for: .milliseconds(10))
    }
    return false
  }

  /// Waits until nothing was heard for a while.
  func calm() async -> Int {
    var last = heard
    var quiet = 0
    while quiet < 15 {
      try? await Task.sleep(for: .milliseconds(10))
      quiet = heard == last ? quiet + 1 : 0
      last = heard
    }
    return last
  }
}

@Suite struct StudyWatcherTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    folder.makeFolder("content")
    folder.makeFolder("content/data")
    folder.makeFolder("public")
    try folder.write("title: A\n", to: "valuemap.yaml")
    try folder.write("a\n", to: "content/data/a.csv")
  }

  private func expectWord(_ words: Words, _ change: () throws -> Void, _ what: String) async rethrows {
    let before = await words.calm()
    try change()
    #expect(await words.hasHeardMore(than: before), "\(what)")
  }

  @Test(arguments: [StudyWatcher.Way.automatic, .looking(everyMilliseconds: 20)])
  func tellsOfChanges(way: StudyWatcher.Way) async throws {
    let words = Words()
    let watcher = StudyWatcher(root: folder.path, way: way) { words.hear() }
    defer { watcher.stop() }
    try await expectWord(words, { try folder.write("title: Bee\n", to: "valuemap.yaml") }, "the declaration")
    try await expectWord(words, { try folder.write("a,b\n", to: "content/data/a.csv") }, "data")
    try await expectWord(words, { try folder.write("# New\n", to: "content/new.md") }, "a new page")
    try await expectWord(
      words,
      {
        try folder.write("# Saved at once\n", to: "content/new.md.tmp")
        folder.move("content/new.md.tmp", to: "content/new.md")
      }, "a page saved beside and renamed")
    await expectWord(words, { folder.remove("content/new.md") }, "a page removed")
    // Each of these folders is new, the first below one that was not there at the start either.
    try await expectWord(
      words,
      {
        folder.makeFolder("templates")
        folder.makeFolder("templates/styles")
        try folder.write("a {}\n", to: "templates/styles/site.css")
      }, "a new folder with a file in it")
    try await expectWord(words, { try folder.write("b {}\n\n", to: "templates/styles/site.css") }, "a file in it")
    await expectWord(words, { folder.move("templates", to: "away") }, "a folder moved away")
    await expectWord(words, { folder.move("away", to: "templates") }, "and back")
    try await expectWord(words, { try folder.write("c {}\n\n\n", to: "templates/styles/site.css") }, "a file in it")
  }

  @Test(arguments: [StudyWatcher.Way.automatic, .looking(everyMilliseconds: 20)])
  func staysQuietAboutTheRest(way: StudyWatcher.Way) async throws {
    let words = Words()
    let watcher = StudyWatcher(root: folder.path, way: way) { words.hear() }
    defer { watcher.stop() }
    let before = await words.calm()
    try folder.write("x", to: "public/index.html")
    try folder.write("x", to: "README.md")
    try folder.write("x", to: "content/.new.md.swp")
    try folder.write("x", to: "content/new.md~")
    try folder.write("x", to: "content/4913")
    folder.makeFolder(".valuemap")
    try folder.write("x", to: ".valuemap/x")
    #expect(await words.calm() == before)
  }

  @Test func manyChangesAreOneWord() async throws {
    let words = Words()
    let watcher = StudyWatcher(root: folder.path) { words.hear() }
    defer { watcher.stop() }
    for number in 0..<200 { try folder.write("x", to: "content/data/\(number).csv") }
    #expect(await words.hasHeardMore(than: 0))
    #expect(await words.calm() <= 5)
  }

  @Test func noWordAfterStopping() async throws {
    let words = Words()
    let watcher = StudyWatcher(root: folder.path) { words.hear() }
    try folder.write("x", to: "content/a.md")
    watcher.stop()
    let heard = words.heard
    try folder.write("y", to: "content/b.md")
    #expect(await words.calm() == heard)
    watcher.stop()
  }

  @Test func aFolderThatIsGoneIsNoCrash() async throws {
    let words = Words()
    let watcher = StudyWatcher(root: folder.path + "/none") { words.hear() }
    #expect(await words.calm() == 0)
    watcher.stop()
  }
}
