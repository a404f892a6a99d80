import Publishing
import Testing

@testable import Preview

/// One server answers all tests of the suite, one after the other.
private let shared = Result { () throws(PreviewServer.Refusal) in
  let board = PreviewBoard()
  return (board: board, server: try PreviewServer(port: 0, board: board))
}

@Suite(.serialized) struct PreviewServerTests {
  private let board: PreviewBoard
  private let server: PreviewServer

  init() throws {
    (board, server) = try shared.get()
    board.take(SampleSite.files, diagnostics: [])
  }

  @Test func answersOverTheWire() throws {
    let page = try Client.ask(server.port, "GET /segments/")
    #expect(page.hasPrefix("HTTP/1.1 200 OK\r\n"))
    #expect(page.contains("<p>Segments</p>"))
    #expect(server.address == "http://127.0.0.1:\(server.port)/")
  }

  @Test func headHasNoBody() throws {
    let head = try Client.ask(server.port, "HEAD /findings/map.csv")
    #expect(head.contains("Content-Length: 10\r\n"))
    #expect(head.hasSuffix("\r\n\r\n"))
  }

  /// What civetweb would make of these on its own is never reached, and what it refuses itself carries our headers.
  @Test(arguments: [
    ("GET /%2e%2e/%2e%2e/%2e%2e/etc/passwd", "404"), ("GET /../../../etc/passwd", "404"), ("GET //etc/passwd", "404"),
    ("GET /%2fetc/passwd", "400"), ("GET /%00", "400"), ("GET /a b", "400"), ("GET etc/passwd", "400"),
    ("POST /", "405"), ("PUT /x", "405"), ("DELETE /index.html", "405"), ("OPTIONS /", "405"), ("PROPFIND /", "405"),
    ("MKCOL /x", "405"), ("FOO /", "400"), ("GET", "400"), ("\u{1}\u{2}", "400"),
  ])
  func refuses(line: String, status: String) throws {
    let answer = try Client.ask(server.port, line)
    #expect(answer.hasPrefix("HTTP/1.1 \(status) "))
    #expect(answer.contains("X-Content-Type-Options: nosniff"))
    #expect(!answer.contains("root:"))
  }

  @Test func refusesTooLongAHead() throws {
    let answer = try Client.ask(server.port, "GET /", "X: \(String(repeating: "a", count: 20_000))\r\n")
    #expect(answer.hasPrefix("HTTP/1.1 4"))
    let many = try Client.ask(server.port, "GET /", (0..<100).map { "X\($0): a\r\n" }.joined())
    #expect(many.hasPrefix("HTTP/1.1 431 "))
  }

  @Test func refusesOtherHosts() throws {
    let client = try Client(port: server.port)
    client.say("GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n")
    #expect(client.hear().hasPrefix("HTTP/1.1 421 "))
  }

  @Test func slowAndVanishingClientsHoldNobodyUp() throws {
    let slow = try (0..<20).map { _ in try Client(port: server.port) }
    for client in slow { client.say("GET / HT") }
    for _ in 0..<50 {
      let gone = try Client(port: server.port)
      gone.say("GET / HTTP/1.1\r\nHost: 127.0.0.1:\(server.port)\r\n\r\n")
    }
    #expect(try Client.ask(server.port, "GET /").contains("<p>First</p>"))
    // Those who say nothing more are sent away in the end.
    #expect(slow[0].hear().hasPrefix("HTTP/1.1 4"))
  }

  @Test func manyAtOnceAreAnswered() async throws {
    let port = server.port
    let good = try await withThrowingTaskGroup(of: Int.self) { group in
      for _ in 0..<8 {
        group.addTask { try (0..<40).count { _ in try Client.ask(port, "GET /").contains("<p>First</p>") } }
      }
      return try await group.reduce(0, +)
    }
    #expect(good == 320)
  }

  @Test func listenersAreToldOfBuilds() throws {
    let build = board.now.build
    let client = try Client(port: server.port)
    client.say("GET /_valuemap/events?build=\(build) HTTP/1.1\r\nHost: localhost:\(server.port)\r\n\r\n")
    #expect(client.hear(until: "event: good\n").contains("Content-Type: text/event-stream\r\n"))
    board.take(nil, diagnostics: [SampleSite.error("wrong")])
    #expect(client.hear(until: "}]\n\n").contains("event: errors\ndata: [{"))
    board.take(SampleSite.files, diagnostics: [])
    #expect(client.hear(until: "event:").contains("event: good"))
    var files = SampleSite.files
    files.add("x", at: "x.txt")
    board.take(files, diagnostics: [])
    // Told to reload, a page has no more to hear.
    #expect(client.hear().contains("event: reload\n"))
  }

  @Test func oneListenerTooManySendsTheOldestAway() throws {
    let build = board.now.build
    let clients = try (0...PreviewBoard.listenerLimit).map { _ in
      let client = try Client(port: server.port)
      client.say("GET /_valuemap/events?build=\(build) HTTP/1.1\r\nHost: localhost:\(server.port)\r\n\r\n")
      #expect(client.hear(until: "event: good\ndata: \(build)\n\n").contains("200 OK"))
      return client
    }
    #expect(clients[0].hear() == "")
  }

  @Test func stoppingEndsStreams() throws {
    let server = try PreviewServer(port: 0, board: PreviewBoard())
    let client = try Client(port: server.port)
    client.say("GET /_valuemap/events?build=x HTTP/1.1\r\nHost: localhost:\(server.port)\r\n\r\n")
    _ = client.hear(until: "event:")
    server.stop()
    server.stop()
    _ = client.hear()
    #expect(throws: Client.Failure.self) { try Client(port: server.port) }
  }

  @Test func aTakenPortIsSaid() throws {
    #expect(throws: PreviewServer.Refusal.portTaken) { try PreviewServer(port: server.port, board: PreviewBoard()) }
  }
}
