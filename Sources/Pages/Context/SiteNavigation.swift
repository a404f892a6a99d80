import Markup

/// The list of pages beside each page. Its length depends on the number of sections, not on that of pages: rows of a table are
/// listed only beside their own section, and of long lists the part around the current page.
struct SiteNavigation {
  let index: SiteIndex
  let current: Int

  var html: String {
    var writer = NavigationHTML(index: index, current: current)
    walk(&writer)
    return writer.html
  }

  /// Tells a writer what stands in the list, from top to bottom.
  private func walk(_ writer: inout some NavigationWriter) {
    writer.add("<ul>\n")
    let own = index.sections.sectionOfPage[current]
    for number in index.sections.sections.indices { section(number, isOwn: own == number, &writer) }
    let analyses = index.sections.analyses
    if !analyses.isEmpty {
      writer.add("<li><span class=\"nav-group\">Analyses</span><ul>\n")
      for (number, rows) in analyses {
        let isOpen = number == current || index.sections.analysisOfRow[current] == number
        writer.add("<li>")
        writer.link(number, title: nil)
        if isOpen, !rows.isEmpty { list(rows, &writer) }
        writer.add("</li>\n")
      }
      writer.add("</ul></li>\n")
    }
    if !index.sections.orphans.isEmpty { group(title: "In detail", index.sections.orphans, &writer) }
    writer.add("</ul>\n")
  }

  private func section(_ number: Int, isOwn: Bool, _ writer: inout some NavigationWriter) {
    switch index.sections.sections[number] {
    case .page(let page, let title):
      writer.add("<li>")
      writer.link(page, title: title)
      rows(ofGroup: page, &writer)
      writer.add("</li>\n")
    case .pages(let pages):
      for page in part(of: pages) {
        writer.add("<li>")
        writer.link(page, title: nil)
        rows(ofGroup: page, &writer)
        writer.add("</li>\n")
      }
    case .group(let title, let pages): group(title: title, pages, &writer)
    case .folder(let title, let pages):
      if isOwn {
        group(title: title, pages, &writer)
      } else {
        writer.add("<li>")
        if let head = index.sections.heads[number] { writer.link(head, title: title) }
        writer.add("</li>\n")
      }
    }
  }

  /// Changes with the list of this page: with what all pages show of it, and with what only this one has open.
  var fingerprint: UInt64 {
    var own = NavigationFingerprint(index: index)
    if let number = index.sections.sectionOfPage[current] { section(number, isOwn: true, &own) }
    let open = index.sections.analysisOfRow[current] ?? current
    if let rows = index.sections.analyses.first(where: { $0.page == open })?.rows { list(rows, &own) }
    rows(ofGroup: index.sections.groupOfRow[current] ?? current, &own)
    if !index.sections.orphans.isEmpty { list(index.sections.orphans, &own) }
    var print = Fingerprint()
    print.add(
      index.input.answers.answer("navigation") {
        // As on a page that has nothing open.
        var all = NavigationFingerprint(index: index)
        SiteNavigation(index: index, current: -1).walk(&all)
        return all.value
      })
    print.add(own.value)
    return print.value
  }

  private func group(title: String, _ numbers: [Int], _ writer: inout some NavigationWriter) {
    writer.add("<li><span class=\"nav-group\">")
    writer.text(title)
    writer.add("</span>")
    list(numbers, &writer)
    writer.add("</li>\n")
  }

  private func list(_ numbers: [Int], _ writer: inout some NavigationWriter) {
    writer.add("<ul>\n")
    for number in part(of: numbers) {
      writer.add("<li>")
      writer.link(number, title: nil)
      rows(ofGroup: number, &writer)
      writer.add("</li>\n")
    }
    writer.add("</ul>")
  }

  /// The rows of a group are listed beside its own page and theirs.
  private func rows(ofGroup number: Int, _ writer: inout some NavigationWriter) {
    let above = index.sections.groupOfRow[current]
    guard let rows = index.sections.rowsOfGroup[number],
      number == current || above == number || above.flatMap({ index.sections.groupOfRow[$0] }) == number
    else { return }
    list(rows, &writer)
  }

  /// The current page with its neighbours, or the first ones; the others are reached from the section's own page.
  private func part(of numbers: [Int]) -> ArraySlice<Int> {
    let most = SiteSections.mostSiblings
    guard numbers.count > most else { return numbers[...] }
    let place =
      numbers.binarySearch(current) ?? index.sections.groupOfRow[current].flatMap { numbers.binarySearch($0) } ?? 0
    let start = max(0, min(place - most / 2, numbers.count - most))
    return numbers[start..<(start + most)]
  }
}

/// Takes what stands in the list of pages: as HTML, or as a fingerprint that changes with it.
protocol NavigationWriter {
  mutating func add(_ html: StaticString)
  mutating func text(_ text: String)
  mutating func link(_ page: Int, title: String?)
}

struct NavigationHTML: NavigationWriter {
  let index: SiteIndex
  let current: Int
  private let directory: String
  private var out: [UInt8] = []

  init(index: SiteIndex, current: Int) {
    self.index = index
    self.current = current
    directory = index.pages[current].directory
    out.reserveCapacity(8192)
  }

  var html: String { String(decoding: out, as: UTF8.self) }

  mutating func add(_ html: StaticString) { html.withUTF8Buffer { out.append(contentsOf: $0) } }

  mutating func text(_ text: String) { out.append(contentsOf: escapeHTML(text).utf8) }

  mutating func link(_ page: Int, title: String?) {
    let target = index.sections.links[page]
    add("<a href=\"")
    appendRelativePath(from: directory, to: target.address, &out)
    add(page == current ? "\" aria-current=\"page\">" : "\">")
    if let title { text(title) } else { out.append(contentsOf: target.title.utf8) }
    if target.isServed { add(" <span class=\"served\">served</span>") }
    add("</a>")
  }
}

/// Changes with everything the list shows. Where links lead from is left out: it is the page's own address.
struct NavigationFingerprint: NavigationWriter {
  private let links: [SiteSections.Link]
  private var print = Fingerprint()

  init(index: SiteIndex) { links = index.sections.links }

  var value: UInt64 { print.value }

  mutating func add(_ html: StaticString) { print.add(html.utf8CodeUnitCount) }
  mutating func text(_ text: String) { print.add(text) }
  mutating func link(_ page: Int, title: String?) {
    print.add(links[page].fingerprint)
    if let title { print.add(title) }
  }
}

extension [Int] {
  /// Where a number stands in a sorted list.
  fileprivate func binarySearch(_ number: Int) -> Int? {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if self[middle] < number { low = middle + 1 } else { high = middle }
    }
    return low < count && self[low] == number ? low : nil
  }
}

/// The map of the study on its index: what was asked, what was found, where to go deeper.
struct StudyMap {
  let index: SiteIndex
  let page: PlannedPage

  static let fields = [
    "question", "title", "found", "href", "thumbnail", "dark_thumbnail", "width", "height", "has_deeper", "deeper",
  ]

  /// Of all analyses; groups (`by`) are found on the page of theirs.
  var cards: [TemplateObject] { cards(of: index.input.parts.filter { $0.groupOf == nil }) }

  /// Of the groups of one analysis, named by the group.
  func cards(ofGroupsOf id: String) -> [TemplateObject] {
    cards(of: index.input.parts.filter { $0.groupOf?.id == id })
  }

  private func cards(of parts: [AnalysedStudyPart]) -> [TemplateObject] {
    parts.compactMap { part in
      let id = part.findings.id
      guard let output = index.outputs["analyses/\(id).md"] else { return nil }
      let figure = part.figures.first
      let rows = index.pages.filter { candidate in
        switch candidate.group {
        case .row(let analysis): analysis == id
        case .analysis: candidate.parentAnalysis == id
        case .each: candidate.matter.each?.analysis == id
        default: false
        }
      }
      let deeper = rows.prefix(8).map { row in
        TemplateObject([
          ("title", .text(row.title)), ("href", .text(relativePath(from: page.directory, to: row.output))),
          ("served", .truth(row.servedBy != nil)),
        ])
      }
      return TemplateObject([
        ("question", part.groupOf == nil ? .text(part.question) : .missing),
        ("title", .text(part.groupOf?.label ?? part.findings.title)),
        ("found", .optional(figure?.title ?? part.findings.cautions.first?.message)),
        ("href", .text(relativePath(from: page.directory, to: output))),
        ("thumbnail", .optional(figure?.thumbnail.map { relativePath(from: page.directory, to: $0) })),
        ("dark_thumbnail", .optional(figure?.darkThumbnail.map { relativePath(from: page.directory, to: $0) })),
        ("width", .optional(figure.map { "\($0.normal.width)" })),
        ("height", .optional(figure.map { "\(min($0.normal.height, $0.normal.width * 5 / 8))" })),
        ("has_deeper", .truth(!deeper.isEmpty)), ("deeper", .list(Array(deeper), fields: ["title", "href", "served"])),
      ])
    }
  }
}
