import Testing

@testable import Pages

@Suite struct SearchFilesTests {
  @Test func textIsWhatAReaderSees() {
    let html = """
      <h2 id="a">Price &amp; <em>val</em>ue</h2>
      <p>Ten &lt;b&gt; words.</p><table><tr><td>one</td><td>two</td></tr></table>
      <div class="hits"><svg viewBox="0 0 1 1"><g><title>left out</title></g><svg></svg></svg></div>
      <details class="figure-data" id="x"><summary>gone</summary><details><p>gone</p></details></details>
      <details><summary>kept</summary></details><p class="downloads"><a>PNG</a></p> end
      """
    #expect(plainText(ofHTML: html) == "Price & value Ten <b> words. one two kept end")
    #expect(plainText(ofHTML: "<p unclosed") == "")
    #expect(plainText(ofHTML: "") == "")
  }

  @Test func dataCloseNoScriptAndBreakNoString() {
    #expect(SearchEntry.quoted("</script>\"\\\n\u{2028}é") == "\"\\u003c/script\\u003e\\\"\\\\ \\u2028é\"")
  }

  @Test func wordsAreFolded() {
    var index = WordIndex()
    index.add(
      SearchEntry(
        path: "left/out.html", title: "Café-Ketten", headings: [("not-this", "ÜBER 30 % ")], text: "<b>; \"ﬁne\" Über"
      ).line, page: 3)
    #expect(index.words.map { String(decoding: $0, as: UTF8.self) } == ["cafe", "ketten", "uber", "30", "b", "fine"])
    #expect(index.pages(of: Array("uber".utf8)) == [3])
  }

  /// Text of a page lies in a script.
  @Test func quotedTextClosesNothing() {
    #expect(
      SearchEntry.quoted("a\"\\<b>&\n\u{2028}\u{2029}é\u{28}\u{A8}𝄞")
        == "\"a\\\"\\\\\\u003cb\\u003e\\u0026 \\u2028\\u2029é(\u{A8}𝄞\"")
  }

  private func text(_ file: SearchFiles.File?) -> String { String(decoding: file?.bytes ?? [], as: UTF8.self) }

  @Test func fewPagesAreOneFile() async {
    let entries = [SearchEntry(path: "a b/index.html", title: "T", headings: [("h", "H")], text: "words")]
    let files = await SearchFiles.files(entries.map(\.line), parallel: OneByOne())
    #expect(files.map(\.path) == ["assets/search.js"])
    #expect(text(files[0]).contains("[\"a%20b/index.html\",\"T\",[[\"h\",\"H\"]],\"words\"]"))
  }

  private func entries(_ count: Int, _ words: [Int: String] = [:]) -> [SearchEntry] {
    (0..<count).map {
      SearchEntry(path: "p\($0)/index.html", title: "Page \($0)", headings: [], text: words[$0] ?? "horse")
    }
  }

  @Test func manyPagesAreShards() async throws {
    let files = await SearchFiles.files(entries(1001, [700: "zebra crossing"]).map(\.line), parallel: OneByOne())
    #expect(files.map(\.path).sorted() == SearchFiles.paths(pages: 1001).sorted())
    let words = files.first { $0.path == SearchFiles.words(SearchFiles.shard(of: Array("zebra".utf8))) }
    #expect(text(words).contains("\"zebra\":[700]"))
    #expect(text(files.first { $0.path == "assets/search/pages-7.js" }).contains("zebra crossing"))
  }

  /// What a few changed pages make of the files that stand is what all pages would make of them.
  @Test(arguments: [5, 1000, 1001, 1250]) func changedLinesAreAsIfAllWereNew(count: Int) async throws {
    let before = entries(count, [2: "zebra crossing", 4: "Ünder <b>"])
    let after = entries(count, [2: "zebra", 3: "crossing horse zoo", 4: "under \"c\""])
    let old = await SearchFiles.files(before.map(\.line), parallel: OneByOne())
    let new = await SearchFiles.files(after.map(\.line), parallel: OneByOne())
    let earlier = FilesOfEarlier(old, order: before.map(\.path))
    let changed = zip(before, after).map { $0.text == $1.text ? nil : $1.line }
    let updated = try #require(SearchFiles.files(changed, earlier: earlier))
    #expect(updated.contains { $0.bytes == nil } == (count > 1000))
    for file in updated {
      #expect(text((file.path, file.bytes ?? earlier.bytes(of: file.path))) == text(new.first { $0.path == file.path }))
    }

    // The same where a page went and another came: the rest is found in the files that stand.
    var pages = zip(before, after).map { (output: $0.path, line: $0.text == $1.text ? nil : $1.line) }
    pages.remove(at: 1)
    let fresh = SearchEntry(path: "new/index.html", title: "New", headings: [], text: "come")
    pages.insert((output: fresh.path, line: fresh.line), at: 3)
    var all = after
    all.remove(at: 1)
    all.insert(fresh, at: 3)
    #expect(try #require(SearchFiles.allLines(pages, earlier: earlier)) == all.map(\.line))
    #expect(SearchFiles.files(changed, earlier: FilesOfEarlier([], order: before.map(\.path))) == nil)
  }
}

/// Files of search as an earlier build left them.
private struct FilesOfEarlier: EarlierSite {
  let files: [String: [UInt8]]
  let record: SiteRecord

  init(_ files: [SearchFiles.File], order: [String]) {
    self.files = Dictionary(files.map { ($0.path, $0.bytes ?? []) }, uniquingKeysWith: { first, _ in first })
    record = SiteRecord(order: order, pages: [])
  }

  func stands(_ path: String) -> Bool { files[path] != nil }
  func bytes(of path: String) -> [UInt8]? { files[path] }
}
