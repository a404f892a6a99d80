import Diagnostics
import Testing

@testable import Publishing

@Suite struct HandingOverTests {
  @Test func aSiteIsPackedAsItWasBuilt() throws {
    let scratch = try Scratch()
    var site = SiteFiles()
    site.add("<p>one</p>", at: "index.html")
    site.add("two", at: "a/b.txt")
    _ = try SitePublisher(output: scratch.path + "/site").publish(site)
    try scratch.write("ours no more", to: "site/foreign.txt")
    let pack = try SitePack(site: scratch.path + "/site")
    #expect(pack.files == 2)
    #expect(try SitePack(site: scratch.path + "/site").bytes == pack.bytes)
    #expect(pack.write(to: scratch.path + "/x.zip"))
    try scratch.write("changed", to: "site/index.html")
    #expect(throws: Rejection.self) { try SitePack(site: scratch.path + "/site") }
    #expect(throws: Rejection.self) { try SitePack(site: scratch.path + "/nowhere") }
  }

  private func findings(_ accuracy: Double, _ lower: Double, _ upper: Double, _ rows: String) -> String {
    """
    {"id": "a", "type": "t", "title": "T", "facts": {"auc": \(accuracy), "auc_lower": \(lower), "auc_upper": \(upper)},
     "tables": {"brands": {"columns": ["brand", "x"], "rows": [\(rows)]}}, "figures": [], "cautions": [],
     "method": {"summary": "", "settings": {}, "references": []}, "data": []}
    """
  }

  @Test func whatMovedIsToldWithItsUncertainty() throws {
    let scratch = try Scratch()
    try scratch.write(findings(0.7, 0.65, 0.75, "[\"K\", 1.5], [\"L\", 2], [\"M\", null]"), to: "old/findings/a.json")
    try scratch.write(findings(0.8, 0.77, 0.83, "[\"K\", 1.5], [\"L\", 2.25], [\"N\", 1]"), to: "new/findings/a.json")
    try scratch.write(findings(0.8, 0.77, 0.83, ""), to: "new/findings/b.json")
    let comparison = try FindingsComparison(old: scratch.path + "/old", new: scratch.path + "/new")
    #expect(comparison.analyses.map(\.id) == ["a", "b"])
    #expect(comparison.analyses.map(\.status) == ["changed", "new"])
    let changes = comparison.analyses[0].changes
    #expect(
      changes.first { $0.what == "auc" }
        == .init(what: "auc", before: "0.7", after: "0.8", judgement: "beyond its interval"))
    #expect(changes.contains { $0.what == "brands: L: x" && $0.before == "2" && $0.after == "2.25" })
    #expect(changes.contains { $0.what == "brands: M" && $0.after == "gone" })
    #expect(changes.contains { $0.what == "brands: N" && $0.after == "new" })
    #expect(!changes.contains { $0.what.hasPrefix("brands: K") })
    let same = try FindingsComparison(old: scratch.path + "/old/findings", new: scratch.path + "/old")
    #expect(same.analyses.map(\.status) == ["same"])
  }

  @Test func foldersWithoutFindingsAreRefused() throws {
    let scratch = try Scratch()
    try scratch.write("{", to: "bad/a.json")
    #expect(throws: Rejection.self) { try FindingsComparison(old: scratch.path + "/bad", new: scratch.path + "/bad") }
    #expect(throws: Rejection.self) { try FindingsComparison(old: scratch.path + "/none", new: scratch.path + "/none") }
  }
}
