import Foundation
import Testing

@testable import ValueModels

/// `method: multiple-correspondence`, on the answers of `Tests/StatisticsTests/Reference/mca`.
@Suite struct CategoryMapTests {
  private struct Expected: Decodable {
    var inertias: [Double]
    var percentages: [Double]
    var principal: [[Double]]
    var supplementary: [[Double]]
  }

  private var folder: URL {
    URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "StatisticsTests/Reference/mca")
  }

  private func answers() throws -> String {
    try String(contentsOf: folder.appending(path: "answers.csv"), encoding: .utf8)
  }

  private func asking(_ settings: String, _ csv: String) -> Asking {
    Asking(perceptualMapKind, "data: data\nmethod: multiple-correspondence\n" + settings, ["data": csv])
  }

  @Test(arguments: [
    ("factominer", "inertia: indicator"), ("factominer-weighted", "inertia: indicator\nweight: weight"),
    ("mjca-adjusted", "inertia: adjusted"), ("mjca-burt", "inertia: burt"),
  ])
  func agreesWithR(_ name: String, _ settings: String) throws {
    let expected = try JSONDecoder().decode(
      Expected.self, from: Data(contentsOf: folder.appending(path: "\(name).expected.json")))
    let findings = try asking(
      "attributes: [drink, place, price, cake, visits]\nbootstrap: 0\n" + settings, answers()
    ).findings()
    let dimensions = try #require(findings.table("dimensions"))
    let percents = dimensions.numbers("percent").compactMap { $0 }
    #expect(zip(percents, expected.percentages).allSatisfy { abs($0 - $1) < 1e-8 })
    // Levels of words stand in order of appearance here, sorted there: compared as sets of coordinates.
    for (table, places) in [("attributes", expected.principal), ("brands", expected.supplementary)] {
      for axis in 0..<2 {
        let mine = try #require(findings.table(table)).numbers("dim_\(axis + 1)").compactMap { $0 }.sorted()
        let theirs = places.map { $0[axis] }.sorted()
        let turned = theirs.map { -$0 }.sorted()
        #expect(
          zip(mine, theirs).allSatisfy { abs($0 - $1) < 1e-8 } || zip(mine, turned).allSatisfy { abs($0 - $1) < 1e-8 })
      }
    }
    #expect(findings.number("base") == 160)
    #expect(findings.number("variables") == 5)
  }

  @Test func levelsAreNamedByVariable() throws {
    let findings = try asking("bootstrap: 50\nweight: weight", answers()).findings()
    let attributes = try #require(findings.table("attributes"))
    #expect(attributes.texts("attribute").contains("drink: tea"))
    #expect(attributes.texts("variable").prefix(3) == ["drink", "drink", "drink"])
    #expect(attributes.texts("level").suffix(4) == ["1", "2", "3", "4"])
    let variables = try #require(findings.table("variables"))
    #expect(variables.texts("variable") == ["drink", "place", "price", "cake", "visits"])
    #expect(variables.values("ordered") == [false, false, false, false, true].map { .truth($0) })
    #expect(findings.table("brands")?.texts("brand").sorted() == ["Ash", "Birch", "Cedar", "Elm"])
    #expect(findings.table("regions")?.rows.count == 4)
    #expect(findings.table("attribute_regions")?.rows.count == attributes.rows.count)
    #expect(findings.number("resamples") == 50)
    #expect(findings.number("effective_base") ?? 0 < 160)
    #expect(findings.setting("inertia") == .text("adjusted"))
    #expect(findings.setting("missing") == .text("drop"))
    #expect(findings.setting("scaling") == SettingValue.none)
    let masses = attributes.numbers("mass").compactMap { $0 }
    #expect(abs(masses.reduce(0, +) - 1) < 1e-12)
  }

  @Test func brandsMayHaveASay() throws {
    let findings = try asking("brands: active\nbootstrap: 0\nattributes: [drink, place]", answers()).findings()
    #expect(findings.table("brands")?.values("supplementary") == [Value](repeating: .truth(false), count: 4))
    let masses = ["brands", "attributes"].flatMap { findings.table($0)?.numbers("mass") ?? [] }.compactMap { $0 }
    #expect(abs(masses.reduce(0, +) - 1) < 1e-12)
    #expect(findings.method.summary.contains("the brand one of the variables"))
  }

  @Test func tableWithoutBrandsAndWithGaps() throws {
    var csv = "age,drink,place\n"
    for i in 0..<60 {
      csv += "\(i % 3),\(i % 2 == 0 ? "tea" : "coffee"),\(i % 7 == 0 ? "" : i % 4 < 2 ? "home" : "work")\n"
    }
    let dropped = try asking("bootstrap: 0\ninertia: indicator", csv).findings()
    #expect(dropped.table("brands") == nil && dropped.fact("brands") == nil)
    #expect(dropped.number("base") == 51)
    #expect(dropped.dropped.count == 9)
    let kept = try asking("bootstrap: 0\ninertia: indicator\nmissing: category", csv).findings()
    #expect(kept.number("base") == 60)
    #expect(kept.table("attributes")?.texts("attribute").contains("place: no answer") == true)
    let beside = try asking(
      "bootstrap: 20\ninertia: indicator\nmissing: category\nsupplementary: {attributes: [age]}", csv
    ).findings()
    #expect(
      beside.table("attributes")?.values("supplementary").suffix(3) == [.truth(true), .truth(true), .truth(true)])
  }

  @Test func smallLevelsAreHiddenAndCannotBeWorkedOut() throws {
    var csv = "drink,place,size\n"
    for i in 0..<90 {
      let drink = i < 4 ? "cocoa" : i % 3 == 0 ? "tea" : i % 3 == 1 ? "coffee" : "milk"
      csv += "\(drink),\(i % 4 < 2 ? "home" : "work"),\((i / 5) % 3)\n"
    }
    var asked = asking("bootstrap: 20\ninertia: indicator", csv)
    asked.privacy = Privacy(minimumBase: 0, suppressBelow: 10)
    let findings = try asked.findings()
    let shown = try #require(findings.table("attributes")).texts("attribute")
    // One level alone would follow from the others of its variable, so a second goes with it.
    #expect(shown.filter { $0.hasPrefix("drink") }.count == 2 && !shown.contains("drink: cocoa"))
    #expect(findings.cautions.contains { $0.id == "suppressed" })
    asked.privacy = Privacy(minimumBase: 0, suppressBelow: 0)
    let all = try asked.findings()
    #expect(findings.number("inertia") == all.number("inertia"))
  }

  @Test func refusals() throws {
    let csv = "brand,a,b,c,n\nX,u,p,z,0.5\nY,v,q,z,1.5\nX,u,p,z,2.5\nY,v,p,z,3.5\n"
    func faults(_ settings: String) -> [String] { asking(settings, csv).faults() }
    #expect(faults("attributes: [a, c]") == ["data/data.csv:2:7 analysis.constant-attribute"])
    #expect(faults("attributes: [a]") == ["valuemap.yaml:3:13 analysis.too-few-attributes"])
    #expect(faults("attributes: [a, brand]").contains { $0.hasSuffix("settings.wrong-type") })
    #expect(faults("attributes: [a, b]\nown: Z") == ["valuemap.yaml:4:6 analysis.unknown-name"])
    #expect(faults("attributes: [a, b]\norient: {right: nobody}") == ["valuemap.yaml:4:17 analysis.unknown-name"])
    #expect(faults("attributes: [a, b]\ninput: counts") == ["valuemap.yaml:4:8 settings.wrong-type"])
    #expect(faults("attributes: [a, b]\nsupplementary: {brands: [X]}").contains { $0.hasSuffix("settings.wrong-type") })
    #expect(faults("attributes: [a, nothing]") == ["valuemap.yaml:3:17 analysis.unknown-column"])
    var many = "respondent,a,b\n"
    for i in 0..<120 { many += "\(i),v\(i),\(i % 2)\n" }
    #expect(asking("attributes: [a, b]", many).faults() == ["data/data.csv:2:3 analysis.too-many-categories"])
    var apart = "a,b\n"
    for i in 0..<40 { apart += "\(i % 2),\(i / 2 % 2)\n" }
    #expect(asking("", apart).faults() == ["valuemap.yaml:1:1 analysis.no-association"])
  }

  @Test func otherMethodsSayThatTheSettingsHaveNoSay() throws {
    let findings = try Asking(
      perceptualMapKind, "data: data\ninertia: burt", ["data": "brand,a,b,c\nX,4,1,2\nY,1,5,2\nZ,2,2,9\n"]
    ).findings()
    #expect(findings.cautions.contains { $0.id == "unused-setting" })
  }
}
