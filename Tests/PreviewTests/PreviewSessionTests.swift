import Diagnostics
import Publishing
import Synchronization
import Testing

@testable import Preview

@Suite struct PreviewSessionTests {
  /// The study's only page is what one file holds, and a text with an exclamation mark is an error.
  @Test func aChangeOnDiskReachesTheBrowser() async throws {
    let folder = try TemporaryFolder()
    folder.makeFolder("content")
    try folder.write("one", to: "content/page.txt")
    let session = try PreviewSession(root: folder.path, port: 0)
    let root = folder.path
    let running = Task {
      await session.run {
        let text =
          StudyFolder(root).flatMap { try? $0.read("content/page.txt") }.map { String(decoding: $0, as: UTF8.self) }
          ?? ""
        if text.contains("!") { return PreviewOutcome(site: nil, diagnostics: [SampleSite.error("no shouting")]) }
        var files = SiteFiles()
        files.add("<html><body>\(text)</body></html>", at: "index.html")
        return PreviewOutcome(site: files, diagnostics: [])
      }
    }
    let port = session.server.port
    var page = ""
    for _ in 0..<500 where !page.contains("<body>one") {
      page = try Client.ask(port, "GET /")
      try await Task.sleep(for: .milliseconds(10))
    }
    let build = try #require(page.split(separator: "data-build=\"").last?.prefix { $0 != "\"" })
    let client = try Client(port: port)
    client.say("GET /_valuemap/events?build=\(build) HTTP/1.1\r\nHost: localhost:\(port)\r\n\r\n")
    #expect(await client.heard(until: "data: \(build)\n\n").contains("event: good"))
    try folder.write("one!", to: "content/page.txt")
    #expect(await client.heard(until: "}]").contains("no shouting"))
    #expect(try Client.ask(port, "GET /").contains("<body>one<"))
    try folder.write("two", to: "content/page.txt")
    #expect(await client.heard().contains("event: reload"))
    #expect(try Client.ask(port, "GET /").contains("<body>two<"))
    session.stop()
    await running.value
  }

  /// What is wrong only while a change is under way is not shown.
  @Test func aFailureOvertakenByTheNextChangeIsNotShown() async throws {
    let folder = try TemporaryFolder()
    folder.makeFolder("content")
    try folder.write("one", to: "content/page.txt")
    let session = try PreviewSession(root: folder.path, port: 0)
    let builds = Atomic<Int>(0)
    let running = Task {
      await session.run {
        if builds.add(1, ordering: .relaxed).newValue == 1 {
          try? folder.write("two", to: "content/page.txt")
          try? await Task.sleep(for: .milliseconds(500))
          return PreviewOutcome(site: nil, diagnostics: [SampleSite.error("half saved")])
        }
        return PreviewOutcome(site: SampleSite.files, diagnostics: [])
      }
    }
    var seen: Set<String> = []
    for _ in 0..<500 where !seen.contains(where: { $0.contains("First") }) {
      seen.insert(try Client.ask(session.server.port, "GET /"))
      try await Task.sleep(for: .milliseconds(10))
    }
    #expect(seen.contains { $0.contains("First") })
    #expect(!seen.contains { $0.contains("half saved") })
    session.stop()
    await running.value
  }
}
