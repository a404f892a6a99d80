import Diagnostics
import Figures
import Formats
import Testing
import ValueModels

@testable import Pages

/// A study of one map and one segmentation, made by hand, and pages around it.
struct SampleSite {
  /// Path below `content/` and text.
  var pages: [(String, String)] = []
  /// Path below `templates/` and text.
  var templates: [(path: String, text: String)] = []
  var assets: Set<String> = []
  var brands = ["Aero", "Bolt", "Cirrus"]
  var segments = ["Builders", "Dreamers"]
  var title = "Phones in spring"
  var client: String? = "Northwind"
  var language = Language.british
  var audience: String?
  var withDrafts = false
  var siteURL: String?
  var failed: Set<String> = []

  init(_ pages: (String, String)...) { self.pages = pages }

  /// Findings whose every text holds the first brand, so that it lands wherever text lands.
  var map: Findings {
    var findings = Findings(
      id: "map", type: "perceptual-map", title: "How buyers see \(brands[0])",
      method: Method(
        summary: "Correspondence analysis of \(brands[0])",
        settings: [.init("method", .text("correspondence")), .init("own", .text(brands[0]))],
        references: ["Greenacre (2007) on \(brands[0])"]))
    findings.facts = [
      Fact("brands", brands.count), Fact("explained", 0.834, .share), Fact("base", 302),
      Fact("best", .text(brands[0]), .text),
      Fact("lead", -1.5, .signed), Fact("price", 1234.5), Fact("rank", 2), Fact("none", .missing, .number),
    ]
    var table = FindingsTable(
      "brands", title: "Positions of \(brands[0])",
      columns: [.init("brand", .text), .init("x"), .init("share", .share), .init("empty", .number)])
    for (row, brand) in brands.enumerated() {
      table.add([.text(brand), .number(Double(row) - 0.41), .number(0.25), .missing])
    }
    let nothing = FindingsTable("nothing", title: "No rows", columns: [.init("brand", .text), .init("x")])
    findings.tables = [table, nothing]
    findings.cautions = [Caution("small-base", "'\(brands[0])' rests on few answers", rows: [brands[0]])]
    findings.data = [DataUse(name: "ratings", rows: 10, used: 9, sha256: "00", source: .survey, collected: "2026-04")]
    return findings
  }

  var needs: Findings {
    var findings = Findings(
      id: "needs", type: "segmentation", title: "Segments by need", method: Method(summary: "Groups of buyers"))
    findings.facts = [Fact("segments", segments.count)]
    var table = FindingsTable(
      "segments", title: "Segments", columns: [.init("name", .text), .init("size", .integer), .init("share", .share)])
    for name in segments { table.add([.text(name), .integer(40), .number(0.5)]) }
    findings.tables = [table]
    return findings
  }

  private func drawn(_ name: String, table: String?) -> DrawnFigure {
    let shape = "<circle cx=\"1\" cy=\"2\" r=\"12\"/>"
    func picture(_ file: String) -> DrawnPicture {
      DrawnPicture(
        svg: file, width: 640, height: 480,
        areas: brands.map { FigureArea(name: $0, detail: "at \($0)", shape: shape, target: "brand/\($0)") })
    }
    return DrawnFigure(
      name: name, caption: "Who stands for \(brands[0])", title: "\(brands[0]) leads", alt: "A map with \(brands[0])",
      description: ["\(brands[0]) lies left."], reading: "Near \(brands[0]) is alike.", table: table,
      normal: picture("figures/map.\(name).1.svg"), narrow: picture("figures/map.\(name).narrow.2.svg"),
      png: "figures/map.\(name).3.png")
  }

  func input() throws -> SiteInput {
    let mapKind = try #require(AnalysisCatalogue.kind("perceptual-map"))
    let segmentKind = try #require(AnalysisCatalogue.kind("segmentation"))
    var facts = StudyFacts(
      title: title, language: TemplateLanguage(language, currency: "GBP"), theme: Theme())
    facts.client = client
    facts.date = "2026-05-04"
    facts.siteURL = siteURL
    var parts = [
      AnalysedStudyPart(
        kind: mapKind, findings: map, figures: [drawn("map", table: "brands"), drawn("scree", table: nil)],
        undrawn: [("regions", "no draws were made")]),
      AnalysedStudyPart(
        kind: segmentKind, findings: needs, figures: [], undrawn: [("sizes", "one segment only")]),
    ]
    parts.removeAll { failed.contains($0.findings.id) }
    var input = SiteInput(
      study: facts, parts: parts, sources: pages.map { PageSource(path: $0, text: $1) }, assets: assets,
      templates: TemplateLibrary(overrides: templates),
      pageTemplates: templateFiles(below: "pages/", overrides: templates), stylesheet: "assets/site.css",
      script: "assets/site.js",
      icon: "assets/icon.svg")
    input.audience = audience
    input.withDrafts = withDrafts
    input.failed = failed
    return input
  }

  func compose() async throws -> Composed {
    let site = await composeSite(try input(), parallel: OneByOne())
    return Composed(site: site)
  }
}

struct Composed {
  var site: ComposedSite

  func page(_ path: String) throws -> String {
    String(
      decoding: try #require(
        site.pages.first { $0.path == path }?.bytes, "there is no \(path) among \(site.pages.map(\.path))"),
      as: UTF8.self)
  }

  var pages: [(path: String, html: String)] {
    site.pages.map { ($0.path, String(decoding: $0.bytes ?? [], as: UTF8.self)) }
  }
  var paths: [String] { site.pages.map(\.path) }
  var errors: [Diagnostic] { site.diagnostics.filter { $0.severity == .error } }
  /// `content/index.md:3:1 page.broken-link`
  var faults: [String] { errors.map { "\($0.position?.description ?? "-") \($0.id)" } }
}

struct OneByOne: ParallelMap {
  func map<Result: Sendable>(_ count: Int, _ body: @escaping @Sendable (Int) -> Result) async -> [Result] {
    (0..<count).map(body)
  }
}
