import Markup

/// Where a page of the site, and what stands on it, is found in the whole report.
///
/// Ids of pages, headings and footnotes begin with the page's own address (`page/segments/builders:how-it-was-done`), so that none
/// meets another: no address holds a colon. Figures and tables stand there once, under the names they have everywhere.
enum PrintPlace {
  /// The id of a page's section.
  static func section(_ page: PlannedPage) -> String {
    page.directory.isEmpty ? "page" : "page/" + page.directory.dropLast()
  }

  /// Set before every id of a page that is not that of a figure or table.
  static func prefix(_ page: PlannedPage) -> String { section(page) + ":" }

  /// The id of a place of a page: of its section, a heading, a figure.
  static func anchor(_ fragment: String, on page: PlannedPage) -> String {
    if fragment.isEmpty || pageOwn.contains(fragment) { return section(page) }
    guard ["fig-", "tbl-"].contains(where: fragment.hasPrefix) else { return prefix(page) + fragment }
    // A figure that a page shows twice is drawn once.
    let parts = fragment.split(separator: "-")
    guard parts.count > 2, Int(parts[parts.count - 1]) != nil, parts[parts.count - 2] == "again" else {
      return fragment
    }
    return parts.dropLast(2).joined(separator: "-")
  }

  /// Ids that layouts give and the report has no use for.
  private static let pageOwn: Set<String> = ["main", "toc-title", "study-map-title", "groups-title"]
}

extension SiteIndex {
  /// Sites with more pages have no whole report: at some 20 KB a page it would be a page of more than 6 MB and a thousand sheets, which
  /// browsers lay out slowly and nobody prints; and it is written anew whenever any page changes.
  static let mostPrinted = 300

  /// Path of the whole report in the site, nil where there is none. A page of the study that lies there keeps its place.
  var printPage: String? {
    guard input.printRules != nil, pages.count <= Self.mostPrinted else { return nil }
    return ["print/index.html", "whole-report/index.html"].first {
      sections.numbers[$0] == nil && !input.assets.contains($0)
    }
  }

  /// The folder the whole report lies in, which its links count from.
  var printFolder: String { String((printPage ?? "print/index.html").dropLast("index.html".utf8.count)) }
}
