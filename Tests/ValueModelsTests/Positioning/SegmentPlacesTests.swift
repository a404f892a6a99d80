import Testing

@testable import ValueModels

/// `supplementary: {segments: column}`: brands as groups of respondents see them.
@Suite struct SegmentPlacesTests {
  /// 40 respondents rate 4 brands on 3 attributes; segment "b" sees brand A as the others see brand C.
  private func csv(segmentOf: (Int, Int) -> String = { person, _ in person % 4 == 0 ? "b" : "a" }) -> String {
    let means: [[Int]] = [[9, 2, 4], [3, 8, 5], [5, 4, 9], [2, 6, 3]]
    var out = "respondent,brand,segment,p,q,r\n"
    for person in 0..<40 {
      for brand in 0..<4 {
        let segment = segmentOf(person, brand)
        let seen = segment == "b" && brand == 0 ? means[2] : means[brand]
        let answers = seen.enumerated().map { max(1, min(10, $1 + (person * 7 + brand * 3 + $0 * 5) % 3 - 1)) }
        out += "\(person),\(["A", "B", "C", "D"][brand]),\(segment),\(answers.map { "\($0)" }.joined(separator: ","))\n"
      }
    }
    return out
  }

  private func long(_ csv: String) -> String {
    var out = "respondent,brand,segment,attribute,score\n"
    for line in csv.split(separator: "\n").dropFirst() {
      let cells = line.split(separator: ",", omittingEmptySubsequences: false)
      for (at, name) in ["p", "q", "r"].enumerated() {
        out += "\(cells[0]),\(cells[1]),\(cells[2]),\(name),\(cells[3 + at])\n"
      }
    }
    return out
  }

  private func ask(_ settings: String, _ csv: String, below: Int = 0) -> Asking {
    var ask = Asking(
      perceptualMapKind, "data: data\nsupplementary: {segments: segment}\nbootstrap: 0\npermutation: 0\n" + settings,
      ["data": csv])
    ask.privacy = Privacy(minimumBase: 0, suppressBelow: below)
    return ask
  }

  @Test(arguments: ["correspondence", "principal-components", "discriminant"])
  func ownBrandBySegment(_ method: String) throws {
    let findings = try ask("own: A\nmethod: \(method)", csv()).findings()
    let table = try #require(findings.table("segments"))
    #expect(table.texts("brand") == ["A", "A"])
    #expect(table.texts("segment").sorted() == ["a", "b"])
    #expect(table.numbers("base").compactMap { $0 }.sorted() == [10, 30])
    // The map itself is as without segments.
    var plain = ask("own: A\nmethod: \(method)", csv())
    plain.settings = plain.settings.replacing("supplementary: {segments: segment}\n", with: "attributes: [p, q, r]\n")
    let other = try plain.findings()
    #expect(findings.table("brands") == other.table("brands"))
    #expect(findings.table("attributes") == other.table("attributes"))
    // Together the segments stand where the brand does, and "b" near C.
    let brands = try #require(findings.table("brands"))
    for axis in ["dim_1", "dim_2"] {
      let own = try #require(brands.numbers(axis)[0])
      let places = table.numbers(axis).compactMap { $0 }
      let bases = table.numbers("base").compactMap { $0 }
      if method != "correspondence" {
        #expect(abs(zip(places, bases).reduce(0) { $0 + $1.0 * $1.1 } / 40 - own) < 1e-9)
      }
    }
    let b = try #require(table.texts("segment").firstIndex(of: "b"))
    func distance(_ brand: Int) -> Double {
      ["dim_1", "dim_2"].reduce(0) { sum, axis in
        let d = (table.numbers(axis)[b] ?? 0) - (brands.numbers(axis)[brand] ?? 0)
        return sum + d * d
      }
    }
    #expect(distance(2) < distance(0))
  }

  @Test func longFormIsTheSame() throws {
    let a = try ask("own: A\nmethod: principal-components", csv()).findings()
    let b = try ask("own: A\nmethod: principal-components", long(csv())).findings()
    let pairs = zip(a.table("segments")?.numbers("dim_1") ?? [], b.table("segments")?.numbers("dim_1") ?? [])
    #expect(pairs.allSatisfy { abs(($0 ?? 0) - ($1 ?? 1)) < 1e-9 })
    #expect(a.table("segments")?.rows.count == 2)
  }

  @Test func allBrandsWithoutAnOwnOne() throws {
    #expect(try ask("", csv()).findings().table("segments")?.rows.count == 8)
  }

  @Test func smallSegmentsAreHidden() throws {
    // 10 respondents in "b": fewer than 12, so neither it nor "a", which would tell it, is shown.
    let findings = try ask("own: A", csv(), below: 12).findings()
    #expect(findings.table("segments") == nil)
    #expect(findings.cautions.contains { $0.id == "suppressed" && $0.rows.count == 2 })
    let three = csv { person, _ in person < 5 ? "c" : person % 2 == 0 ? "b" : "a" }
    let shown = try ask("own: A", three, below: 10).findings().table("segments")
    #expect(shown?.rows.count == 1)
  }

  @Test func respondentsWhoseSegmentChanges() throws {
    let changed = csv { person, brand in person == 3 && brand == 2 ? "b" : person % 4 == 0 ? "b" : "a" }
    let findings = try ask("own: C", changed).findings()
    let caution = findings.cautions.first { $0.id == "segments-differ" }
    #expect(
      caution?.message.hasPrefix(
        "1 respondent is in different segments of 'segment' on different rows, first on line 16") == true)
    #expect(try ask("own: C", long(changed)).findings().cautions.contains { $0.id == "segments-differ" })
  }

  @Test func whatCannotBe() {
    #expect(
      Asking(
        perceptualMapKind, "data: data\nsupplementary: {segments: a}",
        ["data": "brand,a,b,c\nX,4,1,2\nY,1,5,2\nZ,2,2,9\n"]
      )
      .faults().contains("valuemap.yaml:2:27 settings.wrong-type"))
    #expect(
      Asking(perceptualMapKind, "data: data\nsupplementary: {segments: nobody}", ["data": csv()]).faults()
        .contains("valuemap.yaml:2:27 analysis.unknown-column"))
  }
}
