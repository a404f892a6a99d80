import ValueModels

/// The names that layouts know: `{{site.title}}`, `{{{page.body}}}`, `{{#page.crumbs}}` …
struct PageContext {
  let index: SiteIndex
  let number: Int

  private var summary: PageSummary { index.summaries[number] }
  private var page: PlannedPage { index.pages[number] }
  private var study: StudyFacts { index.input.study }

  func object(body: String) -> TemplateObject {
    TemplateObject([("site", .object(site)), ("page", .object(pageObject(body: body)))])
  }

  private var site: TemplateObject {
    TemplateObject([
      ("title", .text(study.title)), ("client", .optional(study.client)),
      ("date", study.date.map { .date($0) } ?? .missing), ("data_as_of", study.dataAsOf.map { .date($0) } ?? .missing),
      ("language", .text(study.language.language.identifier)),
      ("direction", .text(study.language.language.direction.rawValue)),
      ("confidential", .truth(study.isConfidential)),
    ])
  }

  private func pageObject(body: String) -> TemplateObject {
    let isIndex = page.group == .index
    var object = TemplateObject([
      ("title", .text(page.title)),
      ("head_title", .text(isIndex || page.title == study.title ? page.title : "\(page.title) · \(study.title)")),
      ("description", .optional(page.matter.description ?? summary.firstParagraph.map(shortened))),
      ("lead", .optional(page.matter.description)),
      ("body", .html(body)), ("draft", .truth(page.matter.isDraft)), ("home", .text(link("index.html"))),
      ("stylesheet", .text(link(index.input.stylesheet))), ("script", .text(link(index.input.script))),
      ("root", .text(String(link("index.html").dropLast("index.html".utf8.count)))),
      ("icon", .text(link(index.input.icon))),
      ("logo", .optional(study.logo.map(link))),
      ("canonical", .optional(study.siteURL.map { $0 + page.output })),
      ("report", .optional(index.printPage.map(link))),
    ])
    object["navigation"] = .html(SiteNavigation(index: index, current: number).html)
    let offset = summary.headingOffset
    let headings = summary.headings.map { ($0, $0.level + offset) }.filter { (2...3).contains($0.1) }
    object["has_contents"] = .truth(page.matter.contents && headings.count > 1)
    object["contents"] = .list(
      headings.map {
        TemplateObject([("text", .text($0.0.text)), ("anchor", .text($0.0.anchor)), ("level", .text("\($0.1)"))])
      },
      fields: ["text", "anchor", "level"])
    let crumbs = self.crumbs
    object["has_crumbs"] = .truth(!crumbs.isEmpty)
    object["crumbs"] = .list(crumbs, fields: ["title", "href"])
    let previous = number > 0 ? neighbour(number - 1) : nil
    let next = number + 1 < index.pages.count ? neighbour(number + 1) : nil
    object["has_neighbours"] = .truth(previous != nil || next != nil)
    object["previous"] = previous.map { .object($0) } ?? .missing
    object["next"] = next.map { .object($0) } ?? .missing
    let (groups, cards) = self.cards
    object["has_groups"] = .truth(!groups.isEmpty)
    object["groups"] = .list(groups, fields: StudyMap.fields)
    object["groups_title"] = .optional(groups.isEmpty ? nil : groupsTitle)
    object["served"] = servedNote
    let tiles = page.tiles
    object["has_tiles"] = .truth(tiles != nil)
    object["tiles"] = tiles ?? .list([TemplateObject](), fields: ["label", "value"])
    object["has_map"] = .truth(!cards.isEmpty)
    object["map"] = .list(cards, fields: StudyMap.fields)
    return object
  }

  /// Cards of the groups of the page's analysis, and of the whole study on its index.
  private var cards: (groups: [TemplateObject], study: [TemplateObject]) {
    let studyMap = StudyMap(index: index, page: page)
    return (
      analysisShown.map { studyMap.cards(ofGroupsOf: $0) } ?? [], page.group == .index ? studyMap.cards : []
    )
  }

  var fingerprintOfCards: UInt64 {
    let (groups, study) = cards
    var print = Fingerprint()
    for card in groups + study { print.add(card) }
    print.add(groups.isEmpty ? nil : groupsTitle)
    return print.value
  }

  /// Of the trail above the page, its neighbours, and where it was decided to serve it.
  var fingerprintOfWays: UInt64 {
    var print = Fingerprint()
    for (title, output) in trail {
      print.add(title)
      print.add(output)
    }
    for neighbour in [number - 1, number + 1] where index.pages.indices.contains(neighbour) {
      print.add(neighbour < number)
      print.add(index.sections.links[neighbour].fingerprint)
    }
    if page.servedBy != nil { print.add(servedNote) }
    print.add(index.printPage)
    return print.value
  }

  /// The analysis whose page this is, built in or written.
  private var analysisShown: String? {
    if case .analysis(let id) = page.group { return id }
    guard page.group == .written, !page.linkName.utf8.contains(UInt8(ascii: "/")) else { return nil }
    return String(page.linkName.dropLast(".md".count))
  }

  private var groupsTitle: String? {
    guard let part = index.input.parts.first(where: { $0.findings.id == analysisShown }) else { return nil }
    return part.findings.setting("by")?.text.map { "By \($0)" }
  }

  /// That the study serves the segment of this page, and where that was decided.
  private var servedNote: TemplateValue {
    guard let id = page.servedBy else { return .missing }
    let output = index.outputs["analyses/\(id).md"]
    return .object([
      ("title", .optional(output.flatMap { index.title(of: $0) })), ("href", .optional(output.map(link))),
    ])
  }

  private func link(_ path: String) -> String { relativePath(from: page.directory, to: path) }

  /// At most 160 characters, cut between words.
  private func shortened(_ text: String) -> String {
    guard text.count > 160 else { return text }
    let head = text.prefix(159)
    return (head.lastIndex(of: " ").map { head[..<$0] } ?? head) + "…"
  }

  private func neighbour(_ number: Int) -> TemplateObject {
    TemplateObject([("title", .text(index.pages[number].title)), ("href", .text(link(index.pages[number].output)))])
  }

  /// From the study down to this page; none on the index.
  private var crumbs: [TemplateObject] {
    trail.map { step in
      TemplateObject([("title", .text(step.title)), ("href", .optional(step.output.map(link)))])
    }
  }

  private var trail: [(title: String, output: String?)] {
    guard page.group != .index else { return [] }
    var trail: [(title: String, output: String?)] = [(study.title, "index.html")]
    switch page.group {
    case .row(let analysis), .analysis(let analysis):
      if let above = page.parentAnalysis.flatMap({ index.outputs["analyses/\($0).md"] }),
        let title = index.title(of: above)
      {
        trail.append((title, above))
      }
      if case .analysis = page.group { break }
      if let parent = index.outputs["analyses/\(analysis).md"],
        let title = index.title(of: parent)
      {
        trail.append((title, parent))
      }
    case .each(let source):
      // The page at the source's own address, else that of the analysis whose rows these are.
      let home = outputPath(ofSource: source)
      let analysis = page.matter.each.flatMap { index.outputs["analyses/\($0.analysis).md"] }
      if let parent = index.page(at: home) ?? analysis.flatMap({ index.page(at: $0) }) {
        trail.append((parent.title, parent.output))
      }
    default:
      // Folders above the page that have a page of their own.
      let directory = page.directory
      var at = directory.utf8.startIndex
      while let slash = directory.utf8[at...].firstIndex(of: UInt8(ascii: "/")) {
        at = directory.utf8.index(after: slash)
        guard at < directory.utf8.endIndex else { break }
        if let parent = index.page(at: directory[..<at] + "index.html") { trail.append((parent.title, parent.output)) }
      }
    }
    return trail + [(page.title, nil)]
  }
}
