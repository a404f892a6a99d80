import Testing

@testable import Preview

@Suite struct WatchedNamesTests {
  @Test(arguments: ["index.md", "data", "brands.csv", "page.mustache", "a b.md", "4914"])
  func areOfInterest(name: String) { #expect(WatchedNames.isOfInterest(name)) }

  @Test(arguments: [
    "", ".index.md.swp", ".git", "index.md~", "#index.md#", ".#index.md", "4913", "a.tmp", "a.swp", "a.md___jb_tmp___",
  ])
  func areNot(name: String) { #expect(!WatchedNames.isOfInterest(name)) }

  @Test func ofTheStudyFolderItselfThreeNamesCount() {
    for name in ["valuemap.yaml", "content", "templates"] { #expect(WatchedNames.concerns(name, in: "")) }
    for name in ["public", ".valuemap", "README.md", "notes"] { #expect(!WatchedNames.concerns(name, in: "")) }
    #expect(WatchedNames.concerns("public", in: "content"))
  }
}
