import Diagnostics
import Publishing
import Testing

@testable import Preview

@Suite struct PreviewStateTests {
  @Test func theScriptIsPutIntoPagesOnly() {
    let page = SampleSite.answer("/segments/").text
    let script = "<script src=\"/_valuemap/reload.js\" data-build=\"\(SampleSite.state.build)\" defer></script>\n"
    #expect(page.contains("<p>Segments</p>\(script)</BODY></html>"))
    #expect(!SampleSite.answer("/figures/map.svg").text.contains("script"))
    #expect(SampleSite.state.site?["index.html"] == SampleSite.files["index.html"])
  }

  @Test(arguments: ["", "<", "</bod", "no end", "</body", "<p></body></body>"])
  func anyPageTakesTheScript(html: String) {
    let out = String(decoding: PreviewPages.withReload(Array(html.utf8), build: "b"), as: UTF8.self)
    #expect(out.contains("data-build=\"b\""))
    #expect(out.replacing("<script src=\"/_valuemap/reload.js\" data-build=\"b\" defer></script>\n", with: "") == html)
  }

  @Test func theSiteInTheOutputFolderIsShownAtOnce() throws {
    let folder = try TemporaryFolder()
    _ = try SitePublisher(output: folder.path + "/public").publish(SampleSite.files)
    var state = PreviewState(published: PublishedSite(output: folder.path + "/public"))
    #expect(state.answer(SampleSite.request("/segments/")).text.contains("<p>Segments</p>"))
    // The page is up to date where the first build makes the same, and shows its errors where it fails.
    #expect(state.build == SampleSite.state.build)
    state.take(nil, diagnostics: [SampleSite.error("wrong")])
    #expect(state.events(forPageOf: state.build).hasPrefix("event: errors\n"))
    #expect(state.answer(SampleSite.request("/")).status == 200)
    state.take(SampleSite.files, diagnostics: [])
    #expect(state.events(forPageOf: SampleSite.state.build).hasPrefix("event: good\n"))
  }

  @Test func aFailedBuildLeavesTheLastGoodSite() {
    var state = SampleSite.state
    let good = state.build
    state.take(nil, diagnostics: [SampleSite.error("a <b> & c", hint: "d"), Diagnostic(.caution, "x.y", "z")])
    #expect(state.build == good)
    #expect(state.answer(SampleSite.request("/")).status == 200)
    let events = state.events(forPageOf: good)
    #expect(
      events.hasPrefix("event: errors\ndata: [{\"severity\":\"error\",\"id\":\"page.wrong\",\"file\":\"content/a.md\""))
    #expect(events.hasSuffix("}]\n\n") && events.split(separator: "\n").count == 2)
    #expect(!events.contains("x.y"))
    #expect(state.events(forPageOf: "older").hasPrefix("event: reload\n"))
    state.take(SampleSite.files, diagnostics: [])
    #expect(state.events(forPageOf: good).hasPrefix("event: good\n"))
  }

  @Test func aPageIsOutOfDateWhenTheSiteHasChanged() {
    var state = SampleSite.state
    let old = state.build
    var files = SampleSite.files
    files.add("more", at: "more.txt")
    state.take(files, diagnostics: [])
    #expect(state.build != old)
    #expect(state.events(forPageOf: old) == "event: reload\ndata: \(state.build)\n\n")
  }

  @Test func withoutAGoodBuildAPageListsTheErrors() {
    var state = PreviewState()
    #expect(state.answer(SampleSite.request("/")).text.contains("Building…"))
    let building = state.build
    state.take(nil, diagnostics: [SampleSite.error("counts <script>alert(1)</script>", hint: "say 'so'")])
    let response = state.answer(SampleSite.request("/any"))
    #expect(response.status == 503)
    #expect(response.text.contains("content/a.md:3:7"))
    #expect(response.text.contains("counts &lt;script&gt;alert(1)"))
    #expect(response.text.contains("hint: say &#39;so&#39;"))
    #expect(response.text.contains("data-build=\"\(state.build)\""))
    #expect(state.events(forPageOf: building).hasPrefix("event: reload\n"))
    #expect(state.events(forPageOf: state.build).hasPrefix("event: good\n"))
    let failed = state.build
    state.take(nil, diagnostics: [SampleSite.error("another")])
    #expect(state.events(forPageOf: failed).hasPrefix("event: reload\n"))
  }

  @Test func underStrictCautionsAreTheErrors() {
    var state = SampleSite.state
    state.take(nil, diagnostics: [Diagnostic(.caution, "x.y", "z"), Diagnostic(.note, "n.n", "n")])
    #expect(state.problems.map(\.id) == ["x.y"])
  }

  @Test func theSameErrorIsListedOnce() {
    var state = SampleSite.state
    state.take(nil, diagnostics: [SampleSite.error("a"), SampleSite.error("a"), SampleSite.error("b")])
    #expect(state.problems.count == 2)
  }

  @Test func wordsFromTheStudyBecomeTextOnly() {
    for danger in ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("] {
      #expect(!PreviewAssets.script.contains(danger))
    }
  }
}
