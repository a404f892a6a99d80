import Markup

/// The list of pages beside each page. Its length depends on the number of sections, not on that of pages: rows of a table are
/// listed only beside their own section, and of long lists the part around the current page.
struct SiteNavigation {
  let index: SiteIndex
  let current: Int

  private var page: PlannedPage { index.pages[current] }

  var html: String {
    var out = "<ul>\n"
    let own = index.sections.sectionOfPage[current]
    for (number, section) in index.sections.sections.enumerated() {
      switch section {
      case .page(let page, let title): out += "<li>\(link(page, title: title))\(rows(ofGroup: page))</li>\n"
      case .pages(let pages): out += part(of: pages).map { "<li>\(link($0))\(rows(ofGroup: $0))</li>\n" }.joined()
      case .group(let title, let pages): out += group(title: title, pages)
      case .folder(let title, let pages):
        out +=
          own == number
          ? group(title: title, pages) : "<li>\(head(of: pages).map { link($0, title: title) } ?? "")</li>\n"
      }
    }
    let analyses = index.sections.analyses
    if !analyses.isEmpty {
      out += "<li><span class=\"nav-group\">Analyses</span><ul>\n"
      for (number, rows) in analyses {
        let isOpen = number == current || index.sections.analysisOfRow[current] == number
        out += "<li>\(link(number))\(isOpen && !rows.isEmpty ? list(rows) : "")</li>\n"
      }
      out += "</ul></li>\n"
    }
    if !index.sections.orphans.isEmpty { out += group(title: "In detail", index.sections.orphans) }
    return out + "</ul>\n"
  }

  private func group(title: String, _ numbers: [Int]) -> String {
    "<li><span class=\"nav-group\">\(escapeHTML(title))</span>\(list(numbers))</li>\n"
  }

  /// The page of the folder itself, or its first.
  private func head(of numbers: [Int]) -> Int? {
    guard let first = numbers.first else { return nil }
    let folder = index.pages[first].directory.split(separator: "/").first.map(String.init) ?? ""
    return index.sections.numbers[folder + "/index.html"] ?? first
  }

  private func list(_ numbers: [Int]) -> String {
    "<ul>\n" + part(of: numbers).map { "<li>\(link($0))\(rows(ofGroup: $0))</li>\n" }.joined() + "</ul>"
  }

  /// The rows of a group are listed beside its own page and theirs.
  private func rows(ofGroup number: Int) -> String {
    guard let rows = index.sections.rowsOfGroup[number],
      number == current || index.sections.groupOfRow[current] == number
    else { return "" }
    return list(rows)
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

  private func link(_ number: Int, title: String? = nil) -> String {
    let target = index.pages[number]
    let mark = number == current ? " aria-current=\"page\"" : ""
    let served = target.servedBy == nil ? "" : " <span class=\"served\">served</span>"
    return
      "<a href=\"\(escapeAttribute(relativePath(from: page.directory, to: target.output)))\"\(mark)>\(escapeHTML(title ?? target.title))\(served)</a>"
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
