import Testing

@testable import Pages

@Suite struct NavigationTests {
  private func links(_ html: String) -> [String] {
    tags(ofHTML: html).filter { $0.name == "a" }.compactMap { $0.value("href") }
  }

  @Test func aSmallStudyListsAllItsPages() async throws {
    let site = try await SampleSite(("a.md", "x"), ("b/c.md", "y"), ("b/index.md", "z")).compose()
    let found = links(try site.page("b/c/index.html"))
    for link in ["../../index.html", "../../a/index.html", "../index.html", "index.html"] {
      #expect(found.contains(link))
    }
  }

  /// What a page weighs does not grow with the number of pages.
  @Test func aLargeStudyIsFoldedByItsFolders() async throws {
    var sample = SampleSite()
    for folder in ["alpha", "beta"] {
      sample.pages.append(("\(folder)/index.md", "# \(folder)"))
      for number in 100..<300 { sample.pages.append(("\(folder)/n\(number).md", "x")) }
    }
    for number in 100..<300 { sample.pages.append(("top\(number).md", "x")) }
    let site = try await sample.compose()
    #expect(site.faults == [])
    let page = try site.page("alpha/n150/index.html")
    let found = links(page)
    #expect(found.count < 2 * 100)
    #expect(found.contains("../../beta/index.html") && found.contains("../n149/index.html"))
    #expect(!found.contains("../../beta/n150/index.html"))
    #expect(page.components { $0 == "aria-current=\"page\"" } >= 2)
    #expect(page.utf8.count < 30_000)
    for (path, html) in site.pages where path.hasSuffix("50/index.html") {
      #expect(faults(ofHTML: html) == [], "\(path)")
    }
  }

  @Test func rowsStandBesideTheirAnalysisOnly() async throws {
    let site = try await SampleSite(("a.md", "x")).compose()
    #expect(try links(site.page("analyses/needs/index.html")).contains("builders/index.html"))
    #expect(try links(site.page("analyses/needs/builders/index.html")).contains("../dreamers/index.html"))
    #expect(try !links(site.page("a/index.html")).contains { $0.contains("builders") })
  }

  /// A written page in place of the analysis' own has its rows beside it.
  @Test func rowsStandBesideTheWrittenPageOfTheirAnalysis() async throws {
    let site = try await SampleSite(("a.md", "x"), ("needs.md", "y")).compose()
    #expect(try links(site.page("needs/index.html")).contains("../analyses/needs/builders/index.html"))
    #expect(try links(site.page("analyses/needs/builders/index.html")).contains("../dreamers/index.html"))
    #expect(try !links(site.page("a/index.html")).contains { $0.contains("builders") })
  }
}

extension String {
  /// How many stretches between spaces and brackets are so.
  fileprivate func components(_ isWanted: (Substring) -> Bool) -> Int {
    split(whereSeparator: { " <>".contains($0) }).count(where: isWanted)
  }
}
