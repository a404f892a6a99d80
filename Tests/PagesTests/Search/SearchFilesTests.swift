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
    #expect(SearchFiles.quoted("</script>\"\\\n\u{2028}é") == "\"\\u003c/script\\u003e\\\"\\\\ \\u2028é\"")
  }

  @Test func wordsAreFolded() {
    #expect(SearchFiles.words("Café-Ketten, ÜBER 30 %; ﬁne") == ["cafe", "ketten", "uber", "30", "fine"])
  }

  /// Text of a page lies in a script.
  @Test func quotedTextClosesNothing() {
    #expect(
      SearchFiles.quoted("a\"\\<b>&\n\u{2028}\u{2029}é\u{28}\u{A8}𝄞")
        == "\"a\\\"\\\\\\u003cb\\u003e\\u0026 \\u2028\\u2029é(\u{A8}𝄞\"")
  }

  @Test func fewPagesAreOneFile() {
    let entries = [SearchEntry(path: "a b/index.html", title: "T", headings: [("h", "H")], text: "words")]
    let files = SearchFiles.files(entries)
    #expect(files.map(\.path) == ["assets/search.js"])
    #expect(files[0].text.contains("[\"a%20b/index.html\",\"T\",[[\"h\",\"H\"]],\"words\"]"))
  }

  @Test func manyPagesAreShards() throws {
    let entries = (0..<1001).map {
      SearchEntry(
        path: "p\($0)/index.html", title: "Page \($0)", headings: [], text: $0 == 700 ? "zebra crossing" : "horse")
    }
    let files = SearchFiles.files(entries)
    #expect(files.count == 1 + 11 + SearchFiles.shards)
    let shard = "assets/search/words-\(SearchFiles.shard(of: "zebra")).js"
    let words = try #require(files.first { $0.path == shard })
    #expect(words.text.contains("\"zebra\":[700]"))
    #expect(files.first { $0.path == "assets/search/pages-7.js" }?.text.contains("zebra crossing") == true)
  }
}
