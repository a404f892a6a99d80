import Testing

@testable import Preview

@Suite struct CallersTests {
  @Test(arguments: ["127.0.0.1:4321", "localhost:4321", "[::1]:4321", "LocalHost:4321"])
  func answersThisComputer(host: String) {
    #expect(SampleSite.answer("/", host: host).status == 200)
  }

  @Test(arguments: [
    "evil.example", "evil.example:4321", "127.0.0.1", "127.0.0.1:80", "localhost", "127.0.0.1:4321.evil.example",
    "localhost:4321@evil.example", "0.0.0.0:4321", "127.1:4321", "localhost.:4321", "", "[::1]",
  ])
  func answersNoOtherName(host: String) {
    #expect(SampleSite.answer("/", host: host).status == 421)
    #expect(!SampleSite.answer("/", host: host).text.contains("First"))
  }

  @Test func theHostIsNamedOnce() {
    #expect(SampleSite.answer("/", host: nil).status == 400)
    #expect(SampleSite.answer("/", [("host", "127.0.0.1:4321")]).status == 400)
  }

  @Test func anAbsoluteAddressIsOfOneOfOurHosts() {
    #expect(SampleSite.answer("http://localhost:4321/").status == 200)
    #expect(SampleSite.answer("http://evil.example/").status == 421)
    #expect(SampleSite.answer("http://127.0.0.1:4321@evil.example/").status == 421)
  }

  @Test func onPort80TheHostNeedsNoPort() {
    let callers = Callers(port: 80)
    #expect(callers.isKnown(host: "localhost"))
    #expect(callers.isKnown(host: "127.0.0.1:80"))
  }

  @Test func otherSitesTakeNothing() {
    #expect(SampleSite.answer("/", [("Origin", "http://evil.example")]).status == 403)
    #expect(SampleSite.answer("/", [("Origin", "null")]).status == 403)
    #expect(SampleSite.answer("/", [("Origin", "https://127.0.0.1:4321")]).status == 403)
    #expect(SampleSite.answer("/", [("Origin", "http://127.0.0.1:4321")]).status == 200)
    #expect(SampleSite.answer("/figures/map.svg", [("Sec-Fetch-Site", "cross-site")]).status == 403)
    let framed = [("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Mode", "navigate"), ("Sec-Fetch-Dest", "iframe")]
    #expect(SampleSite.answer("/", framed).status == 403)
    let followed = [("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Mode", "navigate"), ("Sec-Fetch-Dest", "document")]
    #expect(SampleSite.answer("/", followed).status == 200)
    #expect(SampleSite.answer("/", [("Sec-Fetch-Site", "same-origin")]).status == 200)
  }

  @Test func noAnswerAllowsOtherSitesToRead() {
    for target in ["/", "/none", "/_valuemap/events", "/%"] {
      let head = SampleSite.answer(target, [("Origin", "http://localhost:4321")]).headText.lowercased()
      #expect(!head.contains("access-control"))
    }
  }
}
