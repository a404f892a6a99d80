import Testing

@testable import Preview

@Suite struct AnsweringTests {
  @Test func looksUpByExactPath() {
    #expect(SampleSite.answer("/").text.contains("First"))
    #expect(SampleSite.answer("/index.html").text.contains("First"))
    #expect(SampleSite.answer("/segments/").text.contains("Segments"))
    #expect(SampleSite.answer("/%C3%BCber%20uns/").text.contains("Über"))
    #expect(SampleSite.answer("/findings/map.csv?v=1").text == "0123456789")
  }

  @Test(arguments: [
    "/../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/%252e%252e/etc/passwd", "//etc/passwd", "/./index.html",
    "/segments/../index.html", "/segments//index.html", "//index.html", "/INDEX.HTML", "/index.html/", "/index.html/x",
    "/valuemap.yaml", "/.gitignore", "/.valuemap/cache", "/content/index.md", "/segment", "/findings", "/findings/",
  ])
  func hasNothingElse(target: String) {
    #expect(SampleSite.answer(target).status == 404)
  }

  @Test(arguments: ["/%00", "/index.html%00.png", "/a%2f..%2fb", "/%", "/%ff", "/a\\b", "a", "*"])
  func refusesWhatIsNoAddress(target: String) {
    #expect(SampleSite.answer(target).status == 400)
  }

  @Test func refusesTooMuch() {
    #expect(SampleSite.answer("/" + String(repeating: "a", count: 5000)).status == 414)
    #expect(SampleSite.answer("/", Array(repeating: ("X", "a"), count: 64)).status == 431)
  }

  @Test(arguments: ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PATCH", "PROPFIND", "get", ""])
  func isReadOnly(method: String) {
    let response = SampleSite.answer("/", method: method)
    #expect(response.status == 405)
    #expect(response.header("Allow") == "GET, HEAD")
  }

  @Test func aRequestCarriesNoBody() {
    #expect(SampleSite.answer("/", [("Content-Length", "3")]).status == 400)
    #expect(SampleSite.answer("/", [("Transfer-Encoding", "chunked")]).status == 400)
    #expect(SampleSite.answer("/", [("Content-Length", "0")]).status == 200)
  }

  @Test func headIsTheHeadOfGet() {
    for target in ["/", "/findings/map.csv", "/none", "/segments", "/_valuemap/reload.js"] {
      let (get, head) = (SampleSite.answer(target), SampleSite.answer(target, method: "HEAD"))
      #expect(head.isHeadOnly && !get.isHeadOnly)
      #expect(head.headText == get.headText)
    }
  }

  @Test func aFolderIsLedToItsSlash() {
    #expect(SampleSite.answer("/segments?x=1").header("Location") == "/segments/?x=1")
    #expect(SampleSite.answer("/%C3%BCber%20uns").header("Location") == "/%C3%BCber%20uns/")
    // Never to another host: only folders that the site has are led to.
    #expect(SampleSite.answer("//evil.example").status == 404)
    #expect(SampleSite.answer("//segments").status == 404)
  }

  @Test func whatIsNotThereIsSaidWithTheNearest() {
    let response = SampleSite.answer("/segmnets/")
    #expect(response.status == 404)
    #expect(response.text.contains("href=\"/segments/index.html\""))
    #expect(response.header("Cache-Control") == "no-store")
    let hostile = SampleSite.answer("/%3Cscript%3Ealert(1)%3C/script%3E".replacing("%3C/", with: "%3C"))
    #expect(!hostile.text.contains("<script>"))
    #expect(hostile.text.contains("&lt;script&gt;"))
  }

  @Test func everyAnswerIsGuarded() {
    for target in ["/", "/figures/map.svg", "/none", "/%", "/_valuemap/events", "/_valuemap/reload.js"] {
      let head = SampleSite.answer(target).headText
      #expect(head.contains("\r\nX-Content-Type-Options: nosniff\r\n"))
      #expect(head.contains("\r\nReferrer-Policy: no-referrer\r\n"))
      #expect(head.contains("\r\nContent-Security-Policy: default-src 'self';"))
      #expect(head.contains("unsafe-inline") == (target == "/figures/map.svg"))
      #expect(!head.contains("script-src"))
    }
  }

  @Test func aKnownVersionIsNotSentAgain() throws {
    let first = SampleSite.answer("/findings/map.csv")
    let tag = try #require(first.header("ETag"))
    #expect(first.header("Cache-Control") == "no-cache")
    for given in [tag, "W/\(tag)", "\"x\", \(tag)", "*"] {
      let again = SampleSite.answer("/findings/map.csv", [("If-None-Match", given)])
      #expect(again.status == 304)
      #expect(again.isHeadOnly)
      #expect(again.header("ETag") == tag)
      #expect(!again.headText.contains("Content-Length"))
    }
    #expect(SampleSite.answer("/findings/map.csv", [("If-None-Match", "\"x\"")]).status == 200)
    #expect(SampleSite.answer("/", [("If-None-Match", tag)]).status == 200)
  }

  @Test(arguments: [
    ("bytes=0-3", 206, "0123", "bytes 0-3/10"), ("bytes=7-", 206, "789", "bytes 7-9/10"),
    ("bytes=-2", 206, "89", "bytes 8-9/10"), ("bytes=-99", 206, "0123456789", "bytes 0-9/10"),
    ("bytes=8-99", 206, "89", "bytes 8-9/10"), ("bytes=10-", 416, "The file has 10 bytes.\n", "bytes */10"),
    ("bytes=-0", 416, "The file has 10 bytes.\n", "bytes */10"), ("bytes=4-2", 200, "0123456789", nil),
    ("bytes=0-1,3-4", 200, "0123456789", nil), ("bytes=-", 200, "0123456789", nil),
    ("bytes=a-b", 200, "0123456789", nil),
    ("lines=0-1", 200, "0123456789", nil), ("bytes=0-99999999999999999999", 200, "0123456789", nil),
  ])
  func sendsOneRange(range: String, status: Int, text: String, content: String?) {
    let response = SampleSite.answer("/findings/map.csv", [("Range", range)])
    #expect(response.status == status)
    #expect(response.text == text)
    #expect(response.header("Content-Range") == content)
    #expect(response.headText.contains("Content-Length: \(text.utf8.count)\r\n"))
  }

  @Test func aRangeOfAnotherVersionIsTheWhole() {
    let headers = [("Range", "bytes=0-3"), ("If-Range", "\"old\"")]
    #expect(SampleSite.answer("/findings/map.csv", headers).status == 200)
    #expect(SampleSite.answer("/findings/map.csv", method: "HEAD", [("Range", "bytes=0-3")]).status == 200)
  }

  @Test(arguments: [
    ("a.html", "text/html; charset=utf-8"), ("a/b.CSS", "text/css; charset=utf-8"), ("a.svg", "image/svg+xml"),
    ("a.csv", "text/csv; charset=utf-8"), ("a.exe", "application/octet-stream"), ("html", "application/octet-stream"),
    ("a.html/b", "application/octet-stream"), ("", "application/octet-stream"),
  ])
  func namesTypes(path: String, type: String) {
    #expect(contentType(of: path) == type)
  }

  @Test func hasItsOwnFiles() {
    #expect(SampleSite.answer("/_valuemap/reload.js").header("Content-Type") == "text/javascript; charset=utf-8")
    #expect(SampleSite.answer("/_valuemap/overlay.css").status == 200)
    #expect(SampleSite.answer("/_valuemap/").status == 404)
    let events = SampleSite.answer("/_valuemap/events?build=abc")
    #expect(events.header("Content-Type") == "text/event-stream")
    #expect(events.listener == "abc")
    #expect(!events.headText.contains("Content-Length"))
  }

  /// Whatever is sent, the answer is one of a few, and what it holds is of the site or of the preview.
  @Test func anythingIsAnswered() {
    var state: UInt64 = 7
    func below(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(bound))
    }
    let pieces = [
      "/", "/", "..", "%2e", "%", "%00", "%zz", "\\", "index.html", "segments", "?", "#", "ü", "\u{0}", "\r\n",
      "http://",
      "127.0.0.1:4321", "_valuemap", "events", ".", " ", "%C3%BC", "//", ":", "@", "*",
    ]
    let names = ["Range", "If-None-Match", "Origin", "Content-Length", "Sec-Fetch-Site", "If-Range", "Host"]
    let values = [
      "", "bytes=", "bytes=0-", "bytes=--1", "*", "\"", "W/", ",", "0", "-1", "null", "cross-site", "bytes=5-2",
    ]
    let known: Set = [200, 206, 302, 304, 400, 403, 404, 405, 414, 416, 421]
    for _ in 0..<3000 {
      let target = (0..<below(7)).map { _ in pieces[below(pieces.count)] }.joined()
      let headers = (0..<below(3)).map { _ in (names[below(names.count)], values[below(values.count)]) }
      let response = SampleSite.answer(target, method: ["GET", "HEAD", "POST"][below(3)], headers)
      #expect(known.contains(response.status))
      #expect(response.headText.split(separator: "\r\n").count < 20)
      #expect(response.body.indices.contains(response.sent.lowerBound) || response.sent.isEmpty)
    }
  }
}
