import Testing

@testable import ValueModels

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// `findings/<id>.json` and the CSV of its tables (`study.md` §3).
@Suite struct FindingsFilesTests {
  var findings: Findings {
    var findings = Findings(
      id: "a", type: "perceptual-map", title: "Who \"likes\" </script>",
      method: Method(
        summary: "s",
        settings: [
          .init("own", .none), .init("seed", .integer(1)), .init("names", .list([.text("b"), .truth(true)])),
          .init("orient", .map([.init("right", .text("x")), .init("w", .number(0.5))])),
        ], references: ["r"]))
    findings.facts = [Fact("brands", 2), Fact("explained", 0.1 + 0.2, .share), Fact("gone", Double.nan)]
    var table = FindingsTable("brands", title: "t", columns: [.init("brand", .text), .init("x"), .init("own", .truth)])
    table.add([.text("=1+1, \"x\""), .number(1.0 / 3), .truth(true)])
    table.add([.text("-5"), .missing, .truth(false)])
    table.add([.text("plain"), .number(-0.5), .missing])
    findings.tables = [table]
    findings.cautions = [Caution("small-base", "few", rows: ["plain"])]
    findings.data = [DataUse(name: "d", rows: 3, used: 2, sha256: "ab", source: .survey, collected: "2026-04")]
    return findings
  }

  @Test func jsonHasTheShapeOfTheContract() throws {
    let text = findings.json(figures: [FigureEntry(name: "map", png: "p", svg: "s", alt: "a")])
    let object = try #require(JSON(text))
    #expect(object.keys == ["id", "type", "title", "facts", "tables", "figures", "cautions", "method", "data"])
    #expect(text.contains("\"facts\": {\"brands\": 2, \"explained\": 0.30000000000000004, \"gone\": null}"))
    #expect(text.contains("\"columns\": [\"brand\", \"x\", \"own\"]"))
    #expect(
      text.contains(
        "\"settings\": {\"own\": null, \"seed\": 1, \"names\": [\"b\", true], \"orient\": {\"right\": \"x\", \"w\": 0.5}}"
      ))
    #expect(
      text.contains(
        "{\"name\": \"d\", \"rows\": 3, \"used\": 2, \"dropped\": 1, \"sha256\": \"ab\", \"source\": \"survey\", \"collected\": \"2026-04\"}"
      ))
    #expect(!text.contains("</script"))
    #expect(text == findings.json(figures: [FigureEntry(name: "map", png: "p", svg: "s", alt: "a")]))
  }

  @Test func emptyFindingsAreWholeJSONToo() throws {
    let bare = Findings(id: "a", type: "t", title: "", method: Method(summary: ""))
    #expect(JSON(bare.json()) != nil)
    var table = FindingsTable("t", title: "", columns: [])
    table.add([])
    var empty = bare
    empty.tables = [table, FindingsTable("u", title: "", columns: [.init("c")])]
    #expect(JSON(empty.json()) != nil)
  }

  @Test func csvRunsNoFormula() {
    #expect(
      findings.tables[0].csv
        == "brand,x,own\r\n\"'=1+1, \"\"x\"\"\",0.3333333333333333,true\r\n'-5,,false\r\nplain,-0.5,\r\n")
    for start in ["=", "+", "-", "@", "\t", "\r", "\n", "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}"] {
      let field = csvField(start + "cmd")
      #expect(field.hasPrefix("'") || field.hasPrefix("\"'"), "\(start.unicodeScalars.first?.value ?? 0)")
    }
    for blank in [" ", "\u{A0}", "\u{200B}", "\u{FEFF}", "\u{2029}", "\u{1}", "\u{AD} "] {
      #expect(csvField(blank + "=1") == "'" + blank + "=1")
      #expect(csvField(blank + "a=1") == blank + "a=1")
    }
  }

  /// Doubles of all sizes come back to the same bits.
  @Test func numbersReadBack() {
    var bits: UInt64 = 0x9E37_79B9_7F4A_7C15
    for _ in 0..<2000 {
      bits ^= bits << 13
      bits ^= bits >> 7
      bits ^= bits << 17
      let number = Double(bitPattern: bits)
      guard number.isFinite else { continue }
      #expect(Double(Value(number).json)?.bitPattern == number.bitPattern)
    }
    #expect(Value(Double.infinity).json == "null")
    #expect(Value.number(.nan).json == "null")
  }

  @Test func slugsDiffer() {
    #expect(
      uniqueSlugs(["Coffee bar", "Coffee Bar", "Café & Co", "!", "O'Neil"]) == [
        "coffee-bar", "coffee-bar-2", "café-co", "item", "oneil",
      ])
  }
}

/// The top-level keys of a JSON object in order, as far as a check needs them; nil where the text is no JSON.
private struct JSON {
  var keys: [String]

  init?(_ text: String) {
    guard let data = text.data(using: .utf8), (try? JSONDecoder().decode(Anything.self, from: data)) != nil else {
      return nil
    }
    keys = text.split(separator: "\n").compactMap { line in
      line.hasPrefix("  \"") ? line.dropFirst(3).split(separator: "\"").first.map(String.init) : nil
    }
  }

  private struct Anything: Decodable {}
}
