import Markup

/// The pages of a site by section, settled once for all pages: what each page's navigation and links look up.
struct SiteSections: Sendable {
  /// Longer lists are shown in part, and a study with more written pages is folded by its folders.
  static let mostSiblings = 40

  enum Section: Sendable {
    case page(Int, title: String?)
    /// Written pages that lie in no folder.
    case pages([Int])
    case group(title: String, [Int])
    /// Written pages of one folder, folded where the current page lies elsewhere.
    case folder(title: String, [Int])
  }

  /// How lists of pages show one.
  struct Link: Sendable {
    /// Its path in the site and its title, escaped.
    var address: String
    var title: String
    var isServed: Bool
    /// Changes with all of these.
    var fingerprint: UInt64
  }

  private(set) var sections: [Section] = []
  /// How each page is shown in lists, by its number.
  private(set) var links: [Link] = []
  /// The page of a folder itself, or its first, by the section's number.
  private(set) var heads: [Int: Int] = [:]
  /// Section of each page that has one, by the page's number.
  private(set) var sectionOfPage: [Int: Int] = [:]
  /// Built-in pages of analyses with those of their rows.
  private(set) var analyses: [(page: Int, rows: [Int])] = []
  private(set) var analysisOfRow: [Int: Int] = [:]
  /// Rows whose analysis has no page.
  private(set) var orphans: [Int] = []
  /// Pages of rows by the page of the group (`by`) or the written page of the analysis they belong to, and the other way.
  private(set) var rowsOfGroup: [Int: [Int]] = [:]
  private(set) var groupOfRow: [Int: Int] = [:]
  /// Number of each page by its output path.
  private(set) var numbers: [String: Int] = [:]
  /// Output path of the page of a row, by `analysis/slug`.
  private(set) var rowPages: [String: String] = [:]
  /// Output path of the first page of a segment, by its slug, for analyses that have no pages of their own for it.
  private(set) var segmentPages: [String: String] = [:]

  init(_ pages: [PlannedPage]) {
    let written = pages.count { if case .written = $0.group { true } else { false } }
    let isFolded = written > Self.mostSiblings
    var drafts: [String: Draft] = [:]
    var placeOfAnalysis: [String: Int] = [:]
    var groupPages: [String: Int] = [:]
    for (number, page) in pages.enumerated() {
      numbers[page.output] = numbers[page.output] ?? number
      var print = Fingerprint()
      print.add(page.output)
      print.add(page.title)
      print.add(page.servedBy != nil)
      links.append(
        Link(
          address: escapeAttribute(page.output), title: escapeHTML(page.title), isServed: page.servedBy != nil,
          fingerprint: print.value))
      // A written page in place of an analysis' own has its rows.
      if case .written = page.group, page.linkName.hasSuffix(".md") {
        groupPages[String(page.linkName.dropLast(".md".utf8.count))] = number
      }
      if page.parentAnalysis == nil, let slug = page.segmentSlug {
        segmentPages[slug] = segmentPages[slug] ?? page.output
      }
      switch page.group {
      case .index: sections.append(.page(number, title: "Overview"))
      case .written where isFolded:
        let folder = page.folder.split(separator: "/").first.map(String.init) ?? ""
        add(number, to: "folder " + folder, &drafts) {
          folder.isEmpty ? .pages($0) : .folder(title: readableName(folder), $0)
        }
      case .written: sections.append(.page(number, title: nil))
      case .each(let source):
        add(number, to: "each " + source, &drafts) { .group(title: readableName(source), $0) }
        if let each = page.matter.each, let slug = page.rowSlug { addRow(each.analysis, slug, page) }
      case .analysis(let id) where page.parentAnalysis != nil:
        groupPages[id] = number
        if let place = page.parentAnalysis.flatMap({ placeOfAnalysis[$0] }) {
          analyses[place].rows.append(number)
          analysisOfRow[number] = analyses[place].page
        } else if let written = page.parentAnalysis.flatMap({ groupPages[$0] }) {
          rowsOfGroup[written, default: []].append(number)
          groupOfRow[number] = written
        } else {
          orphans.append(number)
        }
      case .analysis(let id):
        placeOfAnalysis[id] = analyses.count
        analyses.append((number, []))
      case .row(let id):
        if let group = groupPages[id] {
          rowsOfGroup[group, default: []].append(number)
          groupOfRow[number] = group
          analysisOfRow[number] = analysisOfRow[group]
        } else if let place = placeOfAnalysis[id] {
          analyses[place].rows.append(number)
          analysisOfRow[number] = analyses[place].page
        } else {
          orphans.append(number)
        }
        if let slug = page.directory.split(separator: "/").last { addRow(id, String(slug), page) }
      }
    }
    for draft in drafts.values { sections[draft.place] = draft.make(draft.pages) }
    for (number, section) in sections.enumerated() {
      guard case .folder(_, let members) = section, let first = members.first else { continue }
      let folder = pages[first].directory.split(separator: "/").first.map(String.init) ?? ""
      heads[number] = numbers[folder + "/index.html"] ?? first
    }
  }

  private mutating func addRow(_ analysis: String, _ slug: String, _ page: PlannedPage) {
    let key = analysis + "/" + slug
    rowPages[key] = rowPages[key] ?? page.output
  }

  /// Adds a page to the section of a name, which is made when it is first met.
  private mutating func add(
    _ number: Int, to name: String, _ drafts: inout [String: Draft], _ make: @escaping ([Int]) -> Section
  ) {
    if drafts[name] == nil {
      drafts[name] = Draft(place: sections.count, make: make)
      sections.append(make([]))
    }
    drafts[name]?.pages.append(number)
    sectionOfPage[number] = drafts[name]?.place
  }

  private struct Draft {
    var place: Int
    var pages: [Int] = []
    var make: ([Int]) -> Section
  }
}
