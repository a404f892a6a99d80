import Testing

@testable import Preview

@Suite struct RequestTargetTests {
  @Test(arguments: [
    ("/", "/", ""), ("/a/b.html", "/a/b.html", ""), ("/a%20b", "/a b", ""), ("/%C3%BCber", "/über", ""),
    ("/a?x=%00&y", "/a", "x=%00&y"), ("/%252e", "/%2e", ""), ("/%2E%2e/x", "/../x", ""), ("http://h:1", "/", ""),
    ("HTTP://h/a?b", "/a", "b"),
  ])
  func decodesOnce(raw: String, path: String, query: String) throws {
    let target = try RequestTarget(raw)
    #expect(target.path == path)
    #expect(target.query == query)
  }

  @Test(arguments: [
    ("", RequestTarget.Refusal.notAPath), ("a", .notAPath), ("*", .notAPath), ("?x", .notAPath),
    ("ftp://x/", .notAPath),
    ("https://h/", .notAPath), ("/%", .badEscape), ("/%4", .badEscape), ("/%4g", .badEscape), ("/%%41", .badEscape),
    ("/%+1", .badEscape), ("/%00", .forbiddenCharacter), ("/%0d%0a", .forbiddenCharacter),
    ("/%7F", .forbiddenCharacter),
    ("/a%2fb", .forbiddenCharacter), ("/a%5Cb", .forbiddenCharacter), ("/a\\b", .forbiddenCharacter),
    ("/a b", .forbiddenCharacter), ("/a\tb", .forbiddenCharacter), ("/ü", .forbiddenCharacter),
    ("/a#b", .forbiddenCharacter), ("/%ff", .notUTF8), ("/%c0%ae", .notUTF8), ("/%ed%a0%80", .notUTF8),
  ])
  func refusesWhatIsNotSpeltRight(raw: String, refusal: RequestTarget.Refusal) {
    #expect(throws: refusal) { try RequestTarget(raw) }
  }

  @Test func hasAnEnd() {
    #expect(throws: RequestTarget.Refusal.tooLong) { try RequestTarget("/" + String(repeating: "a", count: 4096)) }
  }

  @Test func tellsTheHostOfAnAbsoluteAddress() throws {
    #expect(try RequestTarget("http://evil.example/x").authority == "evil.example")
    #expect(try RequestTarget("//evil.example/x").authority == nil)
  }

  @Test func readsAParameter() throws {
    #expect(try RequestTarget("/e?a=1&build=7f").parameter("build") == "7f")
    #expect(try RequestTarget("/e?rebuild=1").parameter("build") == nil)
  }

  @Test(arguments: ["a b/ü?#%&\"<>", "plain/index.html", "x;y"])
  func escapingIsUndoneByDecoding(path: String) throws {
    #expect(try RequestTarget("/" + escapedPath(path)).path == "/" + path)
  }
}
