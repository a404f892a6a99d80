import Testing

@testable import Publishing

@Suite struct SingleFileTests {
  @Test func theFolderHoldsOneFileThatAsksForNothing() async throws {
    let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    let study = try await Scratch.study(("content/a.md", "![Picture](p.png)\n\n[](#fig-brand-map)\n"))
    try study.write(png, to: "content/p.png")
    let built = try await study.build { $0.isSingleFile = true }
    let site = try unwrap(built.site, "no site: \(built.diagnostics)")
    #expect(site.paths == ["index.html"])
    let html = String(decoding: site["index.html"] ?? [], as: UTF8.self)
    #expect(html.contains("src=\"data:image/png;base64,iVBORw0KGgo=\""))
    #expect(html.contains("<svg id=\"d1-svg\" role=\"img\"") && !html.contains("<script"))
    // Every letter that a figure uses is there.
    let names = Set(html.split(separator: "id=\"").dropFirst().map { $0.prefix { $0 != "\"" } })
    let uses = html.split(separator: "<use href=\"#").dropFirst().map { $0.prefix { $0 != "\"" } }
    #expect(uses.count > 100 && uses.allSatisfy { names.contains($0) })
    for mark in ["src=\"", "href=\"", "srcset=\"", "url("] {
      for value in html.split(separator: mark).dropFirst() {
        #expect(value.hasPrefix("#") || value.hasPrefix("data:"), "\(mark)\(value.prefix(60))")
      }
    }
    #expect(!html.contains("\u{1}") && !html.contains("xlink"))
    // The same bytes again.
    #expect(try await study.build { $0.isSingleFile = true }.site?["index.html"] == site["index.html"])
  }

  @Test func theSiteHasThePageToPrint() async throws {
    let study = try await Scratch.study(("content/a.md", "Words."))
    let site = try unwrap(try await study.build().site, "no site")
    #expect(site["print/index.html"] != nil && site["print/report.css"] != nil)
    let map = String(decoding: site["sitemap.xml"] ?? [], as: UTF8.self)
    #expect(!map.contains("print"))
  }

  @Test func sixtyFour() {
    #expect(base64([]) == "" && base64([0x66]) == "Zg==" && base64(Array("fo".utf8)) == "Zm8=")
    #expect(base64(Array("foobar".utf8)) == "Zm9vYmFy" && base64([0xFF, 0xFE, 0xFD]) == "//79")
  }
}
