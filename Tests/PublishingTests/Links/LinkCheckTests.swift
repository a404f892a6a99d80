import Diagnostics
import Glibc
import Testing

@testable import Publishing

@Suite struct LinkCheckTests {
  private func status(_ line: String, _ head: String = "", body: String = "") -> String {
    "HTTP/1.1 \(line)\r\nContent-Length: \(body.utf8.count)\r\nConnection: close\r\n\(head)\r\n\(body)"
  }

  private func check(_ urls: [String], timeout: Int = 4000) -> [Diagnostic] {
    var check = LinkCheck(
      urls.enumerated().map {
        ExternalLink(url: $1, position: SourcePosition(file: "content/a.md", line: $0 + 1, column: 3))
      })
    check.asking.allowsPrivate = true
    check.asking.timeoutMilliseconds = timeout
    return check.run()
  }

  private func words(_ diagnostics: [Diagnostic]) -> [String] {
    diagnostics.map { "\($0.position?.line ?? 0) \($0.severity) \($0.id)" }
  }

  @Test func answersAreJudged() throws {
    let server = try AnsweringServer { request in
      switch request.path {
      case "/there", "/there?q=%C3%A9": status("200 OK")
      case "/gone": status("404 Not Found", body: request.method == "GET" ? "no" : "")
      case "/left": status("410 Gone")
      case "/forbidden": status("403 Forbidden")
      case "/busy": status("429 Too Many Requests")
      case "/broken": status("503 Service Unavailable")
      case "/no-head": request.method == "HEAD" ? status("405 Method Not Allowed") : status("200 OK", body: "long")
      case "/hangs-up": request.method == "HEAD" ? "" : status("200 OK", body: "long")
      case "/old": status("301 Moved Permanently", "Location: /there\r\n")
      case "/away": status("302 Found", "Location: /there\r\n")
      case "/round": status("302 Found", "Location: /round\r\n")
      case "/to-gone": status("308 Permanent Redirect", "Location: /gone\r\n")
      case "/strange": status("302 Found", "Location: ftp://example.com/\r\n")
      default: status("500 What")
      }
    }
    defer { server.stop() }
    let paths = [
      "/there", "/gone", "/left", "/forbidden", "/busy", "/broken", "/no-head", "/hangs-up", "/old", "/away", "/round",
      "/to-gone", "/strange", "/there?q=é#part",
    ]
    let found = check(paths.map { server.url($0) })
    #expect(
      words(found) == [
        "2 error link.gone", "3 error link.gone", "4 caution link.unsure", "5 caution link.unsure",
        "6 caution link.unsure", "9 note link.moved", "11 caution link.unsure", "12 error link.gone",
        "13 caution link.unsure",
      ])
    #expect(found.first { $0.id == "link.moved" }?.hint == "now at '\(server.url("/there"))'")
    #expect(found[0].message == "a link leads to a page that is there, and '\(server.url("/gone"))' answers 404")
    for request in server.requests {
      #expect(request.lines.contains("User-Agent: valuemap link check"))
      #expect(!request.lines.contains { $0.lowercased().hasPrefix("cookie") || $0.lowercased().hasPrefix("referer") })
      #expect(request.method == "HEAD" || request.method == "GET")
    }
  }

  @Test func eachAddressIsAskedOnceAndToldAtEveryPlace() throws {
    let server = try AnsweringServer { _ in status("404 Not Found") }
    defer { server.stop() }
    let url = server.url("/x")
    let found = check([url, url + "#a", url + "#b"])
    #expect(words(found) == ["1 error link.gone", "2 error link.gone", "3 error link.gone"])
    // Once by HEAD and, since that was refused, once by GET.
    #expect(server.requests.map(\.method) == ["HEAD", "GET"])
  }

  @Test func oneHostIsAskedTwoAtATime() throws {
    let server = try AnsweringServer { _ in
      usleep(40_000)
      return status("200 OK")
    }
    defer { server.stop() }
    #expect(check((0..<12).map { server.url("/\($0)") }) == [])
    #expect(server.requests.count == 12)
    #expect(server.mostAtOnce == 2)
  }

  @Test func slowServersAreNotWaitedFor() throws {
    let server = try AnsweringServer { _ in
      usleep(1_500_000)
      return status("200 OK")
    }
    defer { server.stop() }
    let start = ContinuousClock.now
    #expect(words(check([server.url("/")], timeout: 300)) == ["1 caution link.unsure"])
    #expect(ContinuousClock.now - start < .seconds(1.4))
  }

  @Test func nobodyListens() throws {
    let server = try AnsweringServer { _ in "" }
    server.stop()
    #expect(words(check([server.url("/")])) == ["1 caution link.unsure"])
  }

  @Test func privateAddressesAreNotAsked() throws {
    let server = try AnsweringServer { _ in status("200 OK") }
    defer { server.stop() }
    let hosts = [
      "127.0.0.1:\(server.port)", "localhost:\(server.port)", "[::1]:\(server.port)", "10.1.2.3", "192.168.0.1",
      "169.254.169.254",
      "[fe80::1]", "[::ffff:127.0.0.1]:\(server.port)", "0.0.0.0:\(server.port)", "x.localhost:\(server.port)",
    ]
    let check = LinkCheck(
      hosts.enumerated().map {
        ExternalLink(url: "http://\($1)/", position: SourcePosition(file: "content/a.md", line: $0 + 1, column: 1))
      })
    #expect(check.run().map(\.id) == hosts.map { _ in "link.private" })
    #expect(server.requests.isEmpty)
  }

  /// Spellings of 127.0.0.1 that only a resolver reads are stopped when the connection is made.
  @Test(arguments: ["2130706433", "0x7f.1", "127.1", "0177.0.0.1"])
  func spellingsOfLoopback(_ host: String) throws {
    guard getenv("http_proxy") == nil, getenv("all_proxy") == nil, getenv("ALL_PROXY") == nil else { return }
    let server = try AnsweringServer { _ in status("200 OK") }
    defer { server.stop() }
    let link = ExternalLink(
      url: "http://\(host):\(server.port)/", position: SourcePosition(file: "content/a.md", line: 1, column: 1))
    let found = LinkCheck([link]).run()
    #expect(found.count == 1 && found[0].id != "link.gone" && found[0].severity >= .caution)
    #expect(server.requests.isEmpty)
  }

  @Test func whatIsNoAddress() {
    #expect(words(check(["http://", "https:///x", "http:x"])) == (1...3).map { "\($0) error link.malformed" })
    #expect(LinkCheck([]).run() == [])
  }

  @Test func linksArePagesOnes() async throws {
    let page =
      "---\ntitle: A\n---\n[a](https://example.com/x#y) <http://example.org> [b](mailto:a@example.com) [c](other.md)\n"
    let study = try await Scratch.study(("content/a.md", page), ("content/other.md", "Words."))
    let quiet = try await study.build()
    #expect(quiet.externalLinks == [])
    let built = try await study.build { $0.gathersExternalLinks = true }
    let own = built.externalLinks.filter { $0.position.file == "content/a.md" }
    #expect(own.map(\.url) == ["https://example.com/x#y", "http://example.org"])
    #expect(own.map(\.position.line) == [4, 4])
  }
}
