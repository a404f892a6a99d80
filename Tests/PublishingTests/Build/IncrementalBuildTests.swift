import Diagnostics
import Glibc
import Testing

@testable import Publishing

/// A build after another makes only the pages that show what changed, and leaves the same bytes as a build of everything.
@Suite struct IncrementalBuildTests {
  /// Builds into `out` after what was built there, and everything anew into `whole`; both must hold the same.
  private func rebuild(
    _ study: Scratch, explaining page: String? = nil, sourceLocation: Testing.SourceLocation = #_sourceLocation
  ) async throws -> PublishedBuild {
    settle()
    let done = try await publish(study, "out") { $0.explained = page }
    let whole = try await publish(study, "whole") { $0.usesCache = false }
    #expect(done.result != nil, "\(done.diagnostics)", sourceLocation: sourceLocation)
    #expect(
      study.tree("out").map { $0.dropFirst(4) } == study.tree("whole").map { $0.dropFirst(6) },
      sourceLocation: sourceLocation)
    #expect(Set(done.diagnostics) == Set(whole.diagnostics), sourceLocation: sourceLocation)
    return done
  }

  private func publish(_ study: Scratch, _ output: String, _ change: (inout BuildOptions) -> Void = { _ in })
    async throws -> PublishedBuild
  {
    var options = BuildOptions(study: study.path)
    options.output = study.path + "/" + output
    change(&options)
    return try await unwrap(StudyBuilder(options), "no study").publish()
  }

  /// A file changed within a moment of being looked at is read again, and tests are quick.
  private func settle() { usleep(80_000) }

  private func study(_ pages: (String, String)...) async throws -> Scratch {
    try await Scratch.study(
      replacing: [
        ("content/a.md", "---\ntitle: A\n---\n\n## First\n\nWords of a. See [](#fig-brand-map).\n"),
        ("content/b.md", "---\ntitle: B\n---\n\n{{brand-map.brands}} brands in [a](a.md).\n"),
        ("content/c.md", "---\ntitle: C\norder: 3\n---\n\n![](figure:brand-map)\n"),
      ] + pages)
  }

  @Test func nothingChangedIsNothingMade() async throws {
    let study = try await study()
    _ = try await rebuild(study)
    let again = try await rebuild(study)
    #expect(again.built.counts.pagesMade == 0)
    #expect(again.result?.written == 0)
    // A file that was only touched is read, and no more.
    try study.write(study.text("content/a.md") ?? "", to: "content/a.md")
    #expect(try await rebuild(study).built.counts.pagesMade == 0)
  }

  @Test func aPageWhoseTextChangedIsMadeAlone() async throws {
    let study = try await study()
    _ = try await rebuild(study)
    try study.write("---\ntitle: A\n---\n\n## First\n\nOther words. See [](#fig-brand-map).\n", to: "content/a.md")
    let done = try await rebuild(study, explaining: "a.md")
    #expect(done.built.counts.pagesMade == 1)
    #expect(done.built.explanation?.reasons == ["content/a.md has changed"])
    #expect(done.built.explanation?.reads == ["reference #fig-brand-map"])
    // The page, the search file and the whole report.
    #expect(done.result?.written == 3)
  }

  @Test func aCellChangesThePagesThatShowIt() async throws {
    let study = try await study()
    _ = try await rebuild(study)
    let text = try unwrap(study.text("content/data/brands.csv"), "no data")
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let cells = lines[1].split(separator: ",")
    let changed = [cells[0] + ",31"] + cells.dropFirst(2).map { "," + $0 }
    try study.write(
      ([String(lines[0]), changed.joined()] + lines.dropFirst(2).map(String.init)).joined(separator: "\n"),
      to: "content/data/brands.csv")
    let done = try await rebuild(study, explaining: "a/index.html")
    // Neither a, which names the figure by its number, nor b, which counts brands.
    #expect(done.built.explanation?.reasons == [])
    #expect(done.built.counts.pagesMade < done.built.counts.pages)
    #expect(done.built.counts.pagesMade > 0)
    #expect(try await rebuild(study, explaining: "c.md").built.explanation?.reasons == [])
  }

  @Test func aFactChangesThePagesThatNameIt() async throws {
    let study = try await study()
    _ = try await rebuild(study)
    let text = try unwrap(study.text("content/data/brands.csv"), "no data")
    let lines = text.split(separator: "\n")
    let more = lines.last.map { "Zeta" + $0.drop { $0 != "," } } ?? ""
    try study.write((lines.map(String.init) + [more, ""]).joined(separator: "\n"), to: "content/data/brands.csv")
    let done = try await rebuild(study, explaining: "content/b.md")
    #expect(done.built.explanation?.reasons == ["value brand-map.brands has changed"])
  }

  @Test func aTitleChangesThePagesThatShowIt() async throws {
    let study = try await study()
    _ = try await rebuild(study)
    try study.write("---\ntitle: Anew\n---\n\n## First\n\nWords of a. See [](#fig-brand-map).\n", to: "content/a.md")
    let done = try await rebuild(study, explaining: "b.md")
    #expect(done.built.explanation?.reasons.contains("the list of pages beside it changed") == true)
  }

  @Test func pagesThatComeAndGo() async throws {
    let study = try await study()
    _ = try await rebuild(study)
    try study.write("---\ntitle: New\norder: 1\n---\n\n![](figure:brand-map)\n", to: "content/deep/new.md")
    let done = try await rebuild(study, explaining: "deep/new")
    #expect(done.built.explanation?.reasons == ["it is new"])
    // The figure is numbered where it now stands first.
    unlink(study.path + "/content/deep/new.md")
    #expect(try await rebuild(study).result?.removed == 1)
    try study.write("---\ntitle: A\ndraft: true\n---\n\nGone.\n", to: "content/a.md")
    try study.write("---\ntitle: B\n---\n\nNo link.\n", to: "content/b.md")
    _ = try await rebuild(study)
    try study.write("---\ntitle: A\n---\n\nBack.\n", to: "content/a.md")
    _ = try await rebuild(study)
  }

  @Test func aLinkToAPageThatWentIsAnErrorAsEver() async throws {
    let study = try await study()
    _ = try await rebuild(study)
    let before = study.tree("out")
    unlink(study.path + "/content/a.md")
    settle()
    let done = try await publish(study, "out")
    #expect(done.result == nil)
    #expect(done.diagnostics.contains { $0.id == "page.broken-link" && $0.position?.file == "content/b.md" })
    #expect(study.tree("out") == before)
    try study.write("---\ntitle: A\n---\n\nBack again.\n", to: "content/a.md")
    _ = try await rebuild(study)
  }

  @Test func aTemplateChangesThePagesSetInIt() async throws {
    let study = try await study(
      ("templates/layouts/wide.mustache", "<html lang=\"en\"><title>{{page.title}}</title>{{{page.body}}}</html>"),
      ("content/wide.md", "---\ntitle: Wide\nlayout: wide\n---\n\nWords.\n"))
    _ = try await rebuild(study)
    try study.write(
      "<html lang=\"en\"><title>{{page.title}}!</title>{{{page.body}}}</html>", to: "templates/layouts/wide.mustache")
    let done = try await rebuild(study, explaining: "wide.md")
    #expect(done.built.counts.pagesMade == 1)
    #expect(done.built.explanation?.reasons == ["its layout, or a template that it brings in changed"])
    try study.write("<p>{{page.title}}</p>\n", to: "templates/partials/breadcrumbs.mustache")
    #expect(try await rebuild(study, explaining: "wide.md").built.explanation?.reasons == [])
  }

  @Test func theStudysTitleChangesEveryPage() async throws {
    let study = try await study()
    _ = try await rebuild(study)
    let yaml = try unwrap(study.text("valuemap.yaml"), "no study")
    try study.write(
      "client: Somebody Else\n"
        + yaml.split(separator: "\n").filter { !$0.hasPrefix("client:") }.joined(separator: "\n") + "\n",
      to: "valuemap.yaml")
    let done = try await rebuild(study)
    #expect(done.built.counts.pagesMade == done.built.counts.pages)
  }

  /// Whatever is wrong with what was remembered, or with the site itself, the outcome is the same.
  @Test func whatWasTouchedIsMended() async throws {
    let study = try await study()
    _ = try await rebuild(study)
    try study.write("scribble", to: "out/a/index.html")
    let done = try await rebuild(study, explaining: "a.md")
    #expect(done.built.explanation?.reasons == ["the file in the output folder was not as it was written"])
    unlink(study.path + "/out/assets/search.js")
    _ = try await rebuild(study)
    unlink(study.path + "/out/.valuemap-manifest")
    for (name, _) in entries(of: study.path + "/out") { removeTree(study.path + "/out/" + name) }
    _ = try await rebuild(study)
    for (name, _) in entries(of: study.path + "/.valuemap/cache") {
      let path = study.path + "/.valuemap/cache/" + name
      guard var bytes = readWhole(path), !bytes.isEmpty else { continue }
      bytes[bytes.count / 2] ^= 0xFF
      unlink(path)
      #expect(writeWhole(bytes, to: path) == 0)
    }
    _ = try await rebuild(study)
    // A folder that another study's site was put into is not ours to keep from.
    _ = try await publish(study, "out") { $0.withDrafts = true }
    _ = try await rebuild(study)
  }

  @Test func aPageThatHasSomethingToSayIsMadeEachTime() async throws {
    let study = try await study(("content/raw.md", "---\ntitle: Raw\nallow_html: true\n---\n\n<p id=\"x\">y</p>\n"))
    _ = try await rebuild(study)
    #expect(try await rebuild(study).built.counts.pagesMade == 1)
  }
}
