import Diagnostics
import Testing

@Suite struct DiagnosticTests {
  private let place = SourcePosition(file: "content/a.md", line: 3, column: 7)

  @Test func textNamesPlaceRuleAndWayOut() {
    let problem = Diagnostic(.error, "a.b", at: place, "counts are 0 or more, and -3 was found", hint: "delete it")
    #expect(
      problem.text() == """
        content/a.md:3:7: error: counts are 0 or more, and -3 was found [a.b]
          hint: delete it
        """)
    #expect(Diagnostic(.caution, "a.b", "m").text() == "caution: m [a.b]")
    #expect(problem.text(colour: true).contains("\u{1B}[1;31merror\u{1B}[0m"))
  }

  @Test func controlCharactersDoNotReachATerminal() {
    let problem = Diagnostic(.note, "a.b", "x\u{1B}[2J\ny\t\u{202E}z\u{9B}")
    #expect(problem.text() == "note: x<U+1B>[2J\\ny\\t<U+202E>z<U+9B> [a.b]")
  }

  @Test(arguments: ["\u{7}", "\r", "\u{7F}", "\u{85}", "\u{61C}", "\u{200F}", "\u{2028}", "\u{202E}", "\u{2067}"])
  func neitherAsTextNorAsJSON(sign: String) throws {
    let scalar = try #require(sign.unicodeScalars.first)
    let problem = Diagnostic(.note, "a.b", at: SourcePosition(file: sign), sign, hint: sign)
    #expect(!problem.text().unicodeScalars.contains(scalar))
    #expect(!problem.json.unicodeScalars.contains(scalar))
  }

  @Test func whatWasFoundIsNotPrintedByTheMegabyte() {
    let problem = Diagnostic(
      .note, "a.b", String(repeating: "ä", count: 1 << 20), hint: String(repeating: "k", count: 5000))
    #expect(problem.text().utf8.count < 13_000 && problem.json.utf8.count < 13_000)
    #expect(problem.text().contains("ä… [a.b]"))
  }

  @Test func errorsWithoutAHintGetTheOneOfTheirKind() {
    let problem = Diagnostic(.error, "study.circle", at: place, "m")
    #expect(problem.text().contains("\n  hint: let one"))
    #expect(problem.json.contains("\"hint\":\"let one"))
    #expect(Diagnostic(.error, "study.circle", "m", hint: "own").text().hasSuffix("hint: own"))
    #expect(!Diagnostic(.caution, "study.circle", "m").text().contains("hint"))
  }

  @Test func jsonHasItsKeysInOneOrder() {
    let problem = Diagnostic(.error, "a.b", at: place, "say \"no\" <b>", hint: "h\u{1}")
    #expect(
      problem.json
        == #"{"severity":"error","id":"a.b","file":"content/a.md","line":3,"column":7,"#
        + #""message":"say \"no\" \u003cb\u003e","hint":"h\u0001"}"#)
    #expect(
      Diagnostic(.note, "a", at: SourcePosition(file: "f"), "m").json
        == #"{"severity":"note","id":"a","file":"f","message":"m"}"#)
  }

  @Test func positionsLeaveOutWhatIsNotKnown() {
    #expect(SourcePosition(file: "f").description == "f")
    #expect(SourcePosition(file: "f", line: 2).description == "f:2")
    #expect(place < SourcePosition(file: "content/a.md", line: 4))
    #expect(place < SourcePosition(file: "content/b.md"))
  }

  @Test func readingOrderIsPlaceThenWeight() {
    let late = Diagnostic(.error, "a", at: place, "m")
    let early = Diagnostic(.note, "z", at: SourcePosition(file: "content/a.md", line: 1), "m")
    let heavy = Diagnostic(.error, "z", at: place, "m")
    let light = Diagnostic(.caution, "a", at: place, "m")
    let nowhere = Diagnostic(.note, "n", "m")
    let sorted = [light, heavy, late, early, nowhere].sorted(by: Diagnostic.inReadingOrder)
    #expect(sorted == [nowhere, early, late, heavy, light])
  }
}

@Suite struct DiagnosticListTests {
  private func problem(_ line: Int, _ id: String = "a.b", _ severity: Severity = .error) -> Diagnostic {
    Diagnostic(severity, id, at: SourcePosition(file: "f", line: line), "m")
  }

  @Test func overfullGroupsEndInACount() {
    var list = DiagnosticList(limit: 3)
    for line in 1...1207 { list.add(problem(line)) }
    list.add(problem(5000, "c.d", .caution))
    #expect(list.count(of: .error) == 1207)
    #expect(
      list.all.map(\.message) == ["m", "m", "m", "and 1,204 more of the same kind", "m"])
    #expect(list.all.last?.id == "c.d")
  }

  @Test func fullGroupsCanBeCountedWithoutBuilding() {
    var list = DiagnosticList(limit: 2)
    let early = list.countIfFull(.error, "a.b", file: "f")
    list.add(contentsOf: [problem(1), problem(2)])
    let full = list.countIfFull(.error, "a.b", file: "f")
    let other = list.countIfFull(.error, "a.b", file: "g")
    #expect([early, full, other] == [false, true, false])
    #expect(list.count(of: .error) == 3)
  }

  @Test func onlyErrorsAreThrown() throws {
    var list = DiagnosticList()
    #expect(list.isEmpty)
    list.add(problem(1, "a.b", .caution))
    try list.throwIfErrors()
    list.add(problem(2))
    #expect(list.hasErrors)
    #expect(throws: Rejection.self) { try list.throwIfErrors() }
  }
}

@Suite struct NearestNameTests {
  @Test(arguments: [
    ("corespondence", "correspondence"), ("CORRESPONDENCE", "correspondence"), ("kmaens", "kmeans"), ("segmnt", nil),
    ("xyz", nil), ("", nil),
  ])
  func nearest(name: String, expected: String?) {
    #expect(nearestName(to: name, among: ["correspondence", "kmeans", "discriminant"]) == expected)
  }

  @Test func tiesGoToTheFirst() {
    #expect(nearestName(to: "bat", among: ["cat", "hat"]) == "cat")
  }

  @Test func hintsListFewNames() {
    #expect(nearestHint(to: "zzz", among: ["a", "b"]) == "known are 'a', 'b'")
    #expect(nearestHint(to: "zzz", among: []) == nil)
    #expect(nearestHint(to: "zzz", among: (1...14).map { "name\($0)" })?.hasSuffix("and 2 more") == true)
  }

  @Test func numbersAreGrouped() {
    #expect([0, 12, 999, 1000, -1_234_567].map(grouped) == ["0", "12", "999", "1,000", "-1,234,567"])
  }
}
