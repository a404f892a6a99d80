import Diagnostics
import Markup
import Settings
import Testing

@Suite struct YAMLReadingTests {
  private func tree(_ text: String) -> String {
    let (tree, problems) = parseYAML(text, file: "v.yaml")
    return problems.isEmpty ? tree?.json ?? "nothing" : problems.map { $0.text() }.joined(separator: "\n")
  }

  private func ids(_ text: String) -> [String] {
    parseYAML(text, file: "v.yaml").1.map { "\($0.position?.line ?? 0):\($0.position?.column ?? 0) \($0.id)" }
  }

  @Test func scalarsStayText() {
    let (tree, problems) = parseYAML("a: no\nb: 1_000\nc: 'x'\nd: 2026-02-30\ne: ~\nf: |\n  one\n  two\n", file: "v")
    #expect(problems.isEmpty)
    #expect(tree?["a"]?.value == .scalar("no", quoted: false))
    #expect(tree?["b"]?.value == .scalar("1_000", quoted: false))
    #expect(tree?["c"]?.value == .scalar("x", quoted: true))
    #expect(tree?["d"]?.value == .scalar("2026-02-30", quoted: false))
    #expect(tree?["e"]?.isNull == true)
    #expect(tree?["f"]?.value == .scalar("one\ntwo\n", quoted: true))
  }

  @Test func everyNodeKnowsItsPlace() throws {
    let text = "title: Tée\nanalyses:\n  map:\n    rows: [a, \"b\"]\n"
    let (found, problems) = parseYAML(text, file: "v.yaml", firstLine: 11)
    let tree = try #require(found)
    #expect(problems.isEmpty)
    #expect(tree.position.description == "v.yaml:11:1")
    #expect(tree["title"]?.position.description == "v.yaml:11:8")
    let map = try #require(tree["analyses"]?["map"])
    #expect(map.position.description == "v.yaml:14:5")
    guard case .map(let entries) = map.value, case .list(let items)? = map["rows"]?.value else {
      Issue.record("no list")
      return
    }
    #expect(entries.first?.keyPosition.description == "v.yaml:14:5")
    #expect(items.map(\.position.description) == ["v.yaml:14:12", "v.yaml:14:15"])
  }

  @Test func columnsCountCharacters() {
    #expect(parseYAML("é: 'ü' x", file: "v").1.first?.position?.column == 8)
    #expect(parseYAML("\u{FEFF}a: b", file: "v").0?["a"]?.position.column == 4)
  }

  @Test func emptyTextsAreNothing() {
    for text in ["", "\n\n", "# only a comment\n", "---\n", "\u{FEFF}"] {
      let (tree, problems) = parseYAML(text, file: "v")
      #expect(problems.isEmpty)
      #expect(tree?.isNull ?? true)
    }
  }

  @Test func anchorsAndAliases() {
    #expect(tree("a: &x [1, 2]\nb: *x\nc: {k: *x}") == #"{"a":[1,2],"b":[1,2],"c":{"k":[1,2]}}"#)
    #expect(tree("a: &x name\n*x : 1") == #"{"a":"name","name":1}"#)
    #expect(ids("b: *x\na: &x 1") == ["1:4 yaml.alias"])
    #expect(ids("a: &x [*x]") == ["1:8 yaml.alias"])
    #expect(ids("a: &x [1]\n*x : 2") == ["2:1 yaml.key"])
  }

  @Test func repeatedKeysAreErrorsWithBothPlaces() {
    #expect(
      tree("a: 1\nb:\n  c: 1\n  'c': 2\na: 2") == """
        v.yaml:4:3: error: a map has each key once, and 'c' stands already at line 3, column 3 [yaml.duplicate-key]
          hint: keep one of the two
        v.yaml:5:1: error: a map has each key once, and 'a' stands already at line 1, column 1 [yaml.duplicate-key]
          hint: keep one of the two
        """)
    #expect(parseYAML("a: 1\na: 2", file: "v").0?["a"]?.value == .scalar("1", quoted: false))
  }

  @Test(arguments: [
    ("a: {<<: {b: 1}}", "1:5 yaml.merge-key"), ("a: !!str 1", "1:4 yaml.tag"), ("a: !x 1", "1:4 yaml.tag"),
    ("a: !x [1]", "1:4 yaml.tag"), ("a: 1\n---\nb: 2", "2:1 yaml.documents"), ("? [a]\n: 1", "1:3 yaml.key"),
    ("{a: 1}: 2", "1:1 yaml.key"), (": 1", "1:1 yaml.key"), ("~: 1", "1:1 yaml.key"), ("a:\n\t- b", "2:1 yaml.tab"),
    ("a:\n \tb: 1", "2:2 yaml.tab"), ("a: \u{1}", "1:4 yaml.control-character"),
    ("a: \u{85}b\u{9B}", "1:6 yaml.control-character"), ("a: \"\\0\"", "1:4 yaml.control-character"),
    ("a: \"\\x1b[2J\"", "1:4 yaml.control-character"), ("a: b: c", "1:5 yaml.syntax"), ("a: 'b", "1:4 yaml.syntax"),
    ("a: [1", "2:1 yaml.syntax"), ("a: {b", "2:1 yaml.syntax"), ("a: @b", "1:4 yaml.syntax"),
    ("a: \"\\q\"", "1:5 yaml.syntax"), ("a: 1\n b: 2", "2:3 yaml.syntax"), ("- a\nb: 1", "2:1 yaml.syntax"),
    ("a: *", "1:5 yaml.syntax"), ("a: - b", "1:4 yaml.syntax"), ("a: |x\n b", "1:5 yaml.syntax"),
    ("a: b\nc\nd: 1", "3:1 yaml.syntax"), ("]", "1:1 yaml.syntax"), ("%FOO", "1:5 yaml.syntax"),
    ("a: 'it's'", "1:8 yaml.syntax"),
  ])
  func whatIsNotTakenIsToldAtItsPlace(text: String, expected: String) {
    let problems = parseYAML(text, file: "v.yaml").1
    let found = problems.map { "\($0.position?.line ?? 0):\($0.position?.column ?? 0) \($0.id)" }
    #expect(found.first == expected, "\(problems.map { $0.text() })")
    #expect(problems.allSatisfy { $0.severity == .error && !$0.message.isEmpty })
  }

  @Test func severalFaultsAreToldAtOnce() {
    #expect(ids("a: !x 1\na: 2\nb: *q\n") == ["1:4 yaml.tag", "2:1 yaml.duplicate-key", "3:4 yaml.alias"])
  }

  @Test func bombsEndWithinTheirBounds() {
    var bomb = "a0: &a0 [x,x,x,x,x,x,x,x,x]\n"
    for level in 1...9 {
      let alias = "*a\(level - 1)"
      bomb += "a\(level): &a\(level) [\(Array(repeating: alias, count: 9).joined(separator: ", "))]\n"
    }
    #expect(parseYAML(bomb, file: "v").1.map(\.id) == ["yaml.too-many-nodes"])
    #expect(parseYAML(bomb + "? *a9\n: 1", file: "v").1.map(\.id) == ["yaml.too-many-nodes"])

    var ladder = "a0: &a0 [x]\n"
    for level in 1...99 { ladder += "a\(level): &a\(level) [*a\(level - 1)]\n" }
    #expect(parseYAML(ladder, file: "v").1.map(\.id) == ["yaml.too-deep"])
  }

  @Test(arguments: ["[", "{", "{a: ", "- ", "? ", "[{a: ", "a:\n", "!x [", "&a ["])
  func nestingIsBounded(opening: String) {
    let problems = parseYAML(String(repeating: opening, count: 100_000), file: "v").1
    #expect(problems.contains { $0.severity == .error })
  }

  @Test func sixtyFourLevelsAreFine() {
    let text = String(repeating: "[", count: 64) + String(repeating: "]", count: 64)
    #expect(parseYAML(text, file: "v").1.isEmpty)
    #expect(parseYAML("[" + text + "]", file: "v").1.map(\.id) == ["yaml.too-deep"])
  }

  @Test func largeTextsAreRefused() {
    #expect(parseYAML(String(repeating: "# x\n", count: 1 << 20 + 1), file: "v").1.map(\.id) == ["yaml.too-large"])
    #expect(parseYAML("a: " + String(repeating: "x", count: 3 << 20), file: "v").1.isEmpty)
  }

  @Test(arguments: ["\n", "\r\n", "\r"])
  func lineEndsOfAnyKind(end: String) {
    let (tree, problems) = parseYAML("a: 1\(end)b:\(end)  - x\(end)  - y\(end)", file: "v")
    #expect(problems.isEmpty)
    #expect(tree?.json == #"{"a":1,"b":["x","y"]}"#)
    #expect(tree?["b"]?.position.line == 3)
  }

  /// Seeded: the same texts each run.
  @Test func noTextBreaksTheReader() {
    let pieces = [
      "a", "b:", ": ", " ", "  ", "\n", "- ", "[", "]", "{", "}", ",", "&x ", "*x", "'", "\"", "|", ">", "#", "!t ",
      "?", "---\n", "...", "%", "@", "`", "\t", "<<: ", "~", "\\", "é", "\u{1F600}", "\u{2028}", "\r", "null", "\0",
    ]
    var state: UInt64 = 42
    for _ in 0..<6000 {
      var text = ""
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      for _ in 0..<Int(state >> 59) + 1 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        text += pieces[Int(state >> 33) % pieces.count]
      }
      let problems = parseYAML(text, file: "v").1
      for problem in problems {
        #expect((problem.position?.line ?? 0) >= 1 && (problem.position?.column ?? 0) >= 1)
      }
    }
  }
}
