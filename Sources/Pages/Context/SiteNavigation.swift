import Markup

/// The list of pages beside each page. It grows with the number of sections, not with that of pages: rows of a table are
/// listed only beside their own section.
struct SiteNavigation {
  let index: SiteIndex
  let current: Int

  private static let mostSiblings = 40

  private var page: PlannedPage { index.pages[current] }

  var html: String {
    var out = "<ul>\n"
    let pages = index.pages
    var lastEach: String?
    for (number, page) in pages.enumerated() {
      switch page.group {
      case .index: out += "<li>\(link(number, title: "Overview"))</li>\n"
      case .written: out += "<li>\(link(number))</li>\n"
      case .each(let source):
        guard lastEach != source else { continue }
        lastEach = source
        out += group(title: readableName(source), pages.indices.filter { pages[$0].group == page.group })
      case .analysis, .row: continue
      }
    }
    let analyses = pages.indices.filter { if case .analysis = pages[$0].group { true } else { false } }
    if !analyses.isEmpty {
      out += "<li><span class=\"nav-group\">Analyses</span><ul>\n"
      for number in analyses {
        out += "<li>\(link(number))\(rows(of: pages[number]))</li>\n"
      }
      out += "</ul></li>\n"
    }
    // Rows whose analysis has a written page instead of the built-in one.
    let orphans = pages.indices.filter { number in
      guard case .row(let analysis) = pages[number].group else { return false }
      return !analyses.contains { pages[$0].group == .analysis(analysis) }
    }
    if !orphans.isEmpty { out += group(title: "In detail", Array(orphans)) }
    return out + "</ul>\n"
  }

  private func rows(of analysis: PlannedPage) -> String {
    guard case .analysis(let id) = analysis.group else { return "" }
    let isOpen = page.group == analysis.group || page.group == .row(analysis: id)
    guard isOpen else { return "" }
    let rows = index.pages.indices.filter { index.pages[$0].group == .row(analysis: id) }
    return rows.isEmpty ? "" : list(rows)
  }

  private func group(title: String, _ numbers: [Int]) -> String {
    "<li><span class=\"nav-group\">\(escapeHTML(title))</span>\(list(numbers))</li>\n"
  }

  private func list(_ numbers: [Int]) -> String {
    var shown = numbers
    if numbers.count > Self.mostSiblings {
      // The current page with its neighbours; the others are reached from the section's own page.
      let place = numbers.firstIndex(of: current) ?? 0
      let start = max(0, min(place - Self.mostSiblings / 2, numbers.count - Self.mostSiblings))
      shown = Array(numbers[start..<(start + Self.mostSiblings)])
    }
    return "<ul>\n" + shown.map { "<li>\(link($0))</li>\n" }.joined() + "</ul>"
  }

  private func link(_ number: Int, title: String? = nil) -> String {
    let target = index.pages[number]
    let mark = number == current ? " aria-current=\"page\"" : ""
    return
      "<a href=\"\(escapeAttribute(relativePath(from: page.directory, to: target.output)))\"\(mark)>\(escapeHTML(title ?? target.title))</a>"
  }
}

/// The map of the study on its index: what was asked, what was found, where to go deeper.
struct StudyMap {
  let index: SiteIndex
  let page: PlannedPage

  static let fields = [
    "question", "title", "found", "href", "thumbnail", "dark_thumbnail", "width", "height", "has_deeper", "deeper",
  ]

  var cards: [TemplateObject] {
    index.input.parts.compactMap { part in
      let id = part.findings.id
      guard let output = index.outputs["analyses/\(id).md"] else { return nil }
      let figure = part.figures.first
      let rows = index.pages.filter { candidate in
        switch candidate.group {
        case .row(let analysis): analysis == id
        case .each: candidate.matter.each?.analysis == id
        default: false
        }
      }
      let deeper = rows.prefix(8).map { row in
        TemplateObject([
          ("title", .text(row.title)), ("href", .text(relativePath(from: page.directory, to: row.output))),
        ])
      }
      return TemplateObject([
        ("question", .text(part.question)), ("title", .text(part.findings.title)),
        ("found", .optional(figure?.title ?? part.findings.cautions.first?.message)),
        ("href", .text(relativePath(from: page.directory, to: output))),
        ("thumbnail", .optional(figure?.thumbnail.map { relativePath(from: page.directory, to: $0) })),
        ("dark_thumbnail", .optional(figure?.darkThumbnail.map { relativePath(from: page.directory, to: $0) })),
        ("width", .optional(figure.map { "\($0.normal.width)" })),
        ("height", .optional(figure.map { "\($0.normal.height)" })),
        ("has_deeper", .truth(!deeper.isEmpty)), ("deeper", .list(Array(deeper), fields: ["title", "href"])),
      ])
    }
  }
}
