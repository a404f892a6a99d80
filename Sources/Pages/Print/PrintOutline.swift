/// The order of the whole report: its list of contents, and what runs above each sheet.
struct PrintOutline {
  struct Entry {
    /// Set before the entry where a group of pages begins, as in the navigation.
    var head: String?
    var title: String
    var anchor: String
    /// From 1; sections of level 1 are numbered and begin a sheet.
    var level: Int
    /// Name of the sheets it lies on; sections of one name follow each other on a sheet.
    var sheet: String
    /// What runs above sheets of that name; only on the first entry of a name.
    var running: String?
  }

  private(set) var entries: [Entry] = []

  /// How deep a page stands; depends on that page alone.
  static func level(of number: Int, _ index: SiteIndex) -> Int {
    switch index.pages[number].group {
    case .index, .written: 1
    case .each: 2
    case .analysis: index.pages[number].parentAnalysis == nil ? 1 : 2
    // Below the page of its group, or the written page of its analysis, or the analysis itself.
    case .row: index.sections.groupOfRow[number].map { index.pages[$0].parentAnalysis == nil ? 2 : 3 } ?? 2
    }
  }

  init(_ index: SiteIndex) {
    var (section, groups) = (0, 0)
    var (lastHead, sheet, running) = ("", "s0", String?.none)
    for (number, page) in index.pages.enumerated() {
      let level = Self.level(of: number, index)
      let head = Self.head(of: number, index)
      if level == 1 {
        section += 1
        (sheet, running) = ("s\(section)", "\(section)  \(page.title)")
      } else if let head, head != lastHead, head != Self.analyses {
        // Pages of rows whose analysis has a written page stand after all that is numbered.
        groups += 1
        (sheet, running) = ("g\(groups)", head)
      }
      entries.append(
        Entry(
          head: head == lastHead ? nil : head, title: page.title, anchor: PrintPlace.section(page), level: level,
          sheet: sheet, running: running))
      running = nil
      lastHead = head ?? ""
    }
  }

  private static let analyses = "Analyses"

  private static func head(of number: Int, _ index: SiteIndex) -> String? {
    let page = index.pages[number]
    switch page.group {
    case .index, .written: return nil
    case .each(let source): return readableName(source)
    case .analysis where page.parentAnalysis == nil || index.sections.analysisOfRow[number] != nil: return analyses
    case .analysis(let id): return inDetail(page.parentAnalysis ?? id, index)
    case .row(let id): return index.sections.analysisOfRow[number] == nil ? inDetail(id, index) : analyses
    }
  }

  private static func inDetail(_ id: String, _ index: SiteIndex) -> String {
    index.outputs["analyses/\(id).md"].flatMap { index.title(of: $0) }.map { "In detail: \($0)" } ?? "In detail"
  }
}
