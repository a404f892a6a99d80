import Diagnostics
import Glibc
import Testing

@testable import Publishing

@Suite struct BuildTests {
  private func bytes(_ built: BuiltSite) throws -> [String: [UInt8]] {
    try unwrap(built.site, "errors: \(built.diagnostics.map { $0.text() })").files
  }

  @Test func theSameInputGivesTheSameBytes() async throws {
    let page = ("content/index.md", "![](figure:brand-map)\n\n{{brand-map.answers}}\n")
    let one = try await Scratch.study(replacing: [page], isWarm: false)
    let cold = try await bytes(one.build { $0.jobs = 1 })
    #expect(cold.count > 10)
    let warm = try await one.build { $0.jobs = 4 }
    #expect(try bytes(warm) == cold)
    #expect(warm.counts.figuresDrawn == 0 && warm.counts.analysesComputed == 0 && warm.counts.figures > 0)
    // Another folder, no cache, four jobs.
    let other = try await Scratch.study(replacing: [page], isWarm: false)
    #expect(
      try await bytes(
        other.build {
          $0.jobs = 4
          $0.usesCache = false
        }) == cold)
    #expect(!other.exists(".valuemap"))
    for (path, file) in cold {
      #expect(!String(decoding: file, as: UTF8.self).contains("/tmp/"), "\(path) names a path of the machine")
    }
  }

  @Test func aDamagedCacheGivesTheSameBytes() async throws {
    let study = try await Scratch.study()
    let whole = try await bytes(study.build())
    let cache = study.path + "/.valuemap/cache"
    for (number, (name, _)) in entries(of: cache).enumerated() {
      let entry = try unwrap(readWhole(cache + "/" + name), "no entry")
      // The entries are links to those of other tests: take away, then write.
      unlink(cache + "/" + name)
      switch number % 3 {
      case 0: try study.write(Array(entry.dropLast(7)), to: ".valuemap/cache/" + name)
      case 1: try study.write([], to: ".valuemap/cache/" + name)
      default: try study.write(entry.reversed(), to: ".valuemap/cache/" + name)
      }
    }
    let again = try await study.build()
    #expect(try bytes(again) == whole)
    #expect(again.counts.figuresDrawn == again.counts.figures)
  }

  @Test func aChangedCellReachesThePages() async throws {
    let study = try await Scratch.study(("content/index.md", "Base {{brand-map.answers}}"))
    let before = try await bytes(study.build())
    try study.write(
      "brand,light,fast,cheap\nAero,10,20,30\nBolt,20,5,12\nCirrus,7,18,9\nDune,15,11,99\n",
      to: "content/data/brands.csv")
    let after = try await bytes(study.build())
    #expect(before["index.html"] != after["index.html"])
    #expect(before["findings/brand-map.json"] != after["findings/brand-map.json"])
    // And back: the old bytes, from the cache.
    try study.write(TextArchive(at: "Sites/brands.study").files[1].text, to: "content/data/brands.csv")
    let back = try await study.build()
    #expect(try bytes(back) == before)
    #expect(back.counts.figuresDrawn == 0)
  }

  @Test func checkingWritesNothing() async throws {
    let study = try await Scratch.study(replacing: [], isWarm: false)
    _ = try await study.build { $0.writesCache = false }
    #expect(!study.exists(".valuemap"))
  }

  @Test func strictTurnsCautionsIntoFailure() async throws {
    let study = try await Scratch.study(("templates/partials/nobody.css", "x"))
    #expect(try await study.build().site != nil)
    let strict = try await study.build { $0.isStrict = true }
    #expect(strict.site == nil && strict.counts.cautions > 0)
  }

  @Test func whatAStudyShowsIsCopiedAndNothingElse() async throws {
    let study = try await Scratch.study(
      ("content/index.md", "![A dot](pics/dot.svg) [doc](doc.pdf)"), ("content/pics/dot.svg", "<svg/>"),
      ("content/doc.pdf", "%PDF"),
      ("content/unused.txt", "x"), ("content/.secret", "x"), ("content/data/raw.txt", "x"))
    let files = try await bytes(study.build())
    #expect(files["pics/dot.svg"] != nil && files["doc.pdf"] != nil)
    #expect(files["unused.txt"] == nil && files[".secret"] == nil)
    #expect(!files.keys.contains { $0.hasPrefix("data/") || $0.hasSuffix("brands.csv") && !$0.hasPrefix("findings/") })
  }

  @Test func confidentialStudiesAreNotIndexed() async throws {
    let closed = try await bytes(Scratch.study().build())
    #expect(closed["robots.txt"].map { String(decoding: $0, as: UTF8.self) } == "User-agent: *\nDisallow: /\n")
    #expect(closed["sitemap.xml"] == nil)
    let open = try await Scratch.study()
    let text = try unwrap(open.text("valuemap.yaml"), "no study")
    try open.write("confidential: false\nsite_url: https://example.com/a&b\n" + text, to: "valuemap.yaml")
    let files = try await bytes(open.build())
    #expect(
      String(decoding: files["sitemap.xml"] ?? [], as: UTF8.self).contains(
        "<loc>https://example.com/a&amp;b/index.html</loc>"))
    #expect(!String(decoding: files["index.html"] ?? [], as: UTF8.self).contains("noindex"))
  }

  @Test func findingsOfOneAnalysisComeWithoutThePages() async throws {
    let study = try await Scratch.study(("content/index.md", "{{nothing.here}}"))
    let builder = try unwrap(StudyBuilder(BuildOptions(study: study.path)), "no study")
    let (read, declared) = builder.readStudy()
    let (findings, counts, found) = await builder.analyse(read, only: ["brand-map"])
    #expect(findings.map(\.id) == ["brand-map"] && counts.analyses == 1)
    #expect(!(declared + found).contains { $0.severity == .error })
  }

  /// Names from the data in every kind of file: no markup in pages and pictures, no formula in tables for a spreadsheet.
  @Test func namesFromTheDataAreOnlyNames() async throws {
    let names = [
      "<script>alert(1)</script>", "=HYPERLINK(\"\"x\"\")", "@sum", "+1+1", "-2+3", "]]><svg onload=x>", "&lt;b&gt;",
    ]
    var csv = "brand,<img src=x onerror=y>,=fast,cheap\n"
    for (row, name) in names.enumerated() { csv += "\"\(name)\",\(10 + row * 3),\(20 - row),\(7 + row * row)\n" }
    let files = try await bytes(Scratch.study(("content/data/brands.csv", csv)).build())
    for (path, file) in files where !path.hasSuffix(".png") {
      let text = String(decoding: file, as: UTF8.self)
      guard path.hasSuffix(".csv") else {
        #expect(!text.contains("<script>") && !text.contains("<img src=x") && !text.contains("<svg onload"), "\(path)")
        continue
      }
      for line in text.split(separator: "\r\n").dropFirst() {
        let first = line.first == "\"" ? line.dropFirst().first : line.first
        #expect(!"=+@".contains(first ?? " ") && !line.hasPrefix("-2+3"), "\(path): \(line)")
      }
    }
  }

  /// A figure's file is named by its bytes, so that a browser never shows an old one.
  @Test func everyFileAPageNamesIsThere() async throws {
    let files = try await bytes(Scratch.study().build())
    let page = String(decoding: files["analyses/brand-map/index.html"] ?? [], as: UTF8.self)
    var rest = page[...]
    var count = 0
    while let start = rest.range(of: "=\"../../") {
      let end = rest[start.upperBound...].firstIndex(of: "\"") ?? rest.endIndex
      let path = rest[start.upperBound..<end].split(separator: "#").first.map(String.init) ?? ""
      // The way to the site's root alone is no file: search reads its index from there.
      #expect(path.isEmpty || files[path] != nil, "\(path)")
      rest = rest[end...]
      count += 1
    }
    #expect(count > 8)
  }
}

extension StringProtocol {
  /// Where a text first stands.
  fileprivate func range(of text: String) -> Range<Index>? {
    var at = startIndex
    while at < endIndex {
      if self[at...].hasPrefix(text) { return at..<index(at, offsetBy: text.count) }
      at = index(after: at)
    }
    return nil
  }
}
