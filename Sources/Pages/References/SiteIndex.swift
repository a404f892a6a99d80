import Markup
import Synchronization
import ValueModels

/// What all pages look up while they are rendered: settled before the first of them is.
final class SiteIndex: Sendable {
  let input: SiteInput
  let pages: [PlannedPage]
  /// What is known of each page's text, by its number.
  let summaries: [PageSummary]
  let labels: LabelTable
  /// Output path by the name that links use (`segments.md`).
  let outputs: [String: String]
  let withheld: Set<String>
  let hasUnknownPages: Bool
  let sections: SiteSections
  /// Files under `findings/` that pages may link.
  let findingsFiles: Set<String>
  fileprivate let headings = HeadingLabels()
  fileprivate let anchors = Mutex<[String: Set<String>]>([:])

  init(
    input: SiteInput, pages: [PlannedPage], summaries: [PageSummary], labels: LabelTable,
    outputs: [String: String], withheld: Set<String>, hasUnknownPages: Bool, sections: SiteSections,
    findingsFiles: Set<String>
  ) {
    self.input = input
    self.pages = pages
    self.summaries = summaries
    self.labels = labels
    self.outputs = outputs
    self.withheld = withheld
    self.hasUnknownPages = hasUnknownPages
    self.sections = sections
    self.findingsFiles = findingsFiles
  }
}

/// Headings by their names, gathered when the first reference asks: most sites have many headings and few references to them.
private final class HeadingLabels: Sendable {
  private let known = Mutex<[String: Label]?>(nil)

  func label(_ name: String, _ index: SiteIndex) -> Label? {
    known.withLock { known in
      if let known { return known[name] }
      var all: [String: Label] = [:]
      for (page, summary) in zip(index.pages, index.summaries) {
        for heading in summary.headings where all[heading.anchor] == nil {
          all[heading.anchor] = Label(text: heading.text, page: page.output, anchor: heading.anchor)
        }
      }
      known = all
      return all[name]
    }
  }
}

extension SiteIndex {
  /// Every id of a page; nil where there is no such page. Gathered when a link or reference first asks: a page may hold many thousands.
  func anchors(of output: String) -> Set<String>? {
    if let known = anchors.withLock({ $0[output] }) { return known }
    guard let made = gatheredAnchors(of: output) else { return nil }
    anchors.withLock { $0[output] = made }
    return made
  }

  private func gatheredAnchors(of output: String) -> Set<String>? {
    guard let number = sections.numbers[output] else { return nil }
    let summary = summaries[number]
    var own = Set(summary.anchors)
    own.insert("main")
    if !summary.headings.isEmpty { own.insert("toc-title") }
    for directive in summary.directives {
      if let resolved = try? ResolvedDirective.resolve(directive, in: input) { own.insert(resolved.anchor) }
    }
    return own
  }

  /// Where a reference leads: to a figure or table, or to the first heading of that name.
  func label(_ name: String) -> Label? { labels.labels[name] ?? headings.label(name, self) }

  /// All that a reference may name.
  var labelNames: [String] { labels.names + summaries.flatMap { $0.headings.map(\.anchor) } }

  /// Title of the page that lies there.
  func title(of output: String) -> String? { page(at: output)?.title }

  func page(at output: String) -> PlannedPage? { sections.numbers[output].map { pages[$0] } }

  /// The page that a figure's area leads to, if one exists: `segment/builders` is the page of that row, wherever it lies.
  func page(ofTarget target: String, _ part: AnalysedStudyPart) -> String? {
    guard let key = target.split(separator: "/").last.map(String.init) else { return nil }
    let own = part.kind.pages == nil ? nil : sections.rowPages["\(part.findings.id)/\(slug(key))"]
    return own ?? (target.hasPrefix("segment/") ? sections.segmentPages[slug(key)] : nil)
  }
}
