/// Why a page was made anew, or was not; for `build --explain`.
package struct PageExplanation: Sendable {
  package var output: String
  package var file: String
  /// Empty where the page that stood was kept.
  package var reasons: [String]
  /// What it shows of the rest of the study.
  package var reads: [String]

  init(_ page: PlannedPage, reasons: [String], reads: [PageRead]) {
    output = page.output
    file = page.file
    self.reasons = reasons
    self.reads = reads.map(\.words)
  }

  package var text: String {
    var lines = ["\(output), made from \(file): \(reasons.isEmpty ? "kept as it stood" : "made anew")"]
    lines += reasons.isEmpty ? ["  nothing it shows has changed"] : reasons.map { "  because \($0)" }
    if !reads.isEmpty { lines += ["  it shows of the study, besides its own text:"] + reads.map { "    " + $0 } }
    return lines.joined(separator: "\n")
  }

  package var json: String {
    func list(_ texts: [String]) -> String { "[" + texts.map(SearchEntry.quoted).joined(separator: ",") + "]" }
    return "{\"page\":\(SearchEntry.quoted(output)),\"source\":\(SearchEntry.quoted(file)),\"kept\":\(reasons.isEmpty),"
      + "\"reasons\":\(list(reasons)),\"reads\":\(list(reads))}"
  }
}
