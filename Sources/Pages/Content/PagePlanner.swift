import Diagnostics
import Markup
import Settings
import ValueModels

/// Decides which pages there are: the written ones, one for each row where a page asks for it, and the built-in ones of everything
/// that nobody wrote.
struct PagePlanner {
  let input: SiteInput
  private(set) var pages: [PlannedPage] = []
  private(set) var diagnostics: [Diagnostic] = []
  /// Sources left out as drafts or for another audience, by their path: a link to one deserves its own words.
  private(set) var withheld: Set<String> = []
  /// True where pages are missing for reasons already told: links that lead to them are not faults of their own.
  private(set) var hasUnknownPages = false
  private var claimed: [String: String] = [:]
  /// `analysis/table` whose rows a written page covers.
  private var covered: Set<String> = []

  private let knowledge: SegmentKnowledge

  init(_ input: SiteInput) {
    self.input = input
    knowledge = SegmentKnowledge(input)
  }

  static func plan(_ input: SiteInput) -> PagePlanner {
    var planner = PagePlanner(input)
    planner.planWritten()
    planner.planAnalyses()
    planner.planIndex()
    planner.sort()
    return planner
  }

  // MARK: Written pages

  private mutating func planWritten() {
    for source in input.sources {
      if let known = input.earlier?.record.plan(of: source), input.agrees(known.reads, []) {
        claim(known.page)
        continue
      }
      plan(source)
    }
  }

  private mutating func plan(_ source: PageSource) {
    let text: String
    do throws(Rejection) {
      if let read = source.text { text = read } else { text = try input.reread(source.path) }
    } catch {
      diagnostics += error.diagnostics
      hasUnknownPages = true
      return
    }
    let split = splitFrontMatter(quotingTags(text), file: source.file)
    diagnostics += split.diagnostics
    if split.diagnostics.contains(where: { $0.severity == .error }) { return }
    var found: [Diagnostic] = []
    let matter = split.frontMatter.map { FrontMatter($0, diagnostics: &found) } ?? FrontMatter()
    diagnostics += found
    guard found.isEmpty else { return }
    guard input.withDrafts || !matter.isDraft,
      matter.audience.isEmpty || (input.audience.map { matter.audience.contains($0) } ?? false)
    else {
      withheld.insert(source.path)
      return
    }
    let folder =
      source.path.contains("/")
      ? String(source.path[..<(source.path.lastIndex(of: "/") ?? source.path.startIndex)]) : ""
    var page = PlannedPage(
      .init(
        group: source.path == "index.md" ? .index : .written, output: outputPath(ofSource: source.path),
        body: split.body, source: source.fingerprint,
        firstLine: split.bodyFirstLine, file: source.file, folder: folder, title: "", matter: matter, names: [],
        order: matter.order ?? .infinity, linkName: source.path))
    if !split.diagnostics.isEmpty { page.source = 0 }
    if let each = matter.each {
      planEach(each, source: source, page: page)
      return
    }
    if let text = matter.slug {
      guard let expanded = expandLine(text, at: matter.slugPosition, names: [], &page) else { return }
      guard let output = outputPath(ofSlug: expanded) else {
        diagnostics.append(
          Diagnostic(
            .error, "page.bad-slug", at: matter.slugPosition,
            "a slug is a path below the site, and '\(expanded)' is none"))
        return
      }
      page.output = output
    }
    name(&page, fallback: readableName(source.path), names: [])
    claim(page)
  }

  private mutating func planEach(_ each: FrontMatter.Each, source: PageSource, page: PlannedPage) {
    if input.failed.contains(each.analysis) {
      hasUnknownPages = true
      return
    }
    guard let part = input.parts.first(where: { $0.findings.id == each.analysis }) else {
      diagnostics.append(
        Diagnostic(
          .error, "page.unknown-analysis", at: each.position,
          "'each' names an analysis of the study, and there is no '\(each.analysis)'",
          hint: nearestHint(to: each.analysis, among: input.parts.map(\.findings.id))))
      return
    }
    guard let table = part.findings.table(each.table) else {
      diagnostics.append(
        Diagnostic(
          .error, "page.unknown-table", at: each.position,
          "'each' names a findings table, and '\(each.analysis)' has no '\(each.table)'",
          hint: nearestHint(to: each.table, among: part.findings.tables.map(\.name))))
      return
    }
    covered.insert("\(each.analysis)/\(each.table)")
    for row in knowledge.rows(of: table, in: part) {
      let names: [(String, TemplateValue)] = [(each.word, .object(row.object))]
      var one = page
      one.servedBy = knowledge.servedBy(row, table, part)
      one.group = .each(source.path)
      one.names = names
      if let text = page.matter.slug {
        guard let expanded = expandLine(text, at: page.matter.slugPosition, names: names, &one) else { return }
        guard let output = outputPath(ofSlug: expanded) else {
          diagnostics.append(
            Diagnostic(
              .error, "page.bad-slug", at: page.matter.slugPosition,
              "a slug is a path below the site, and '\(expanded)' is none"))
          return
        }
        one.output = output
      } else {
        one.output = String(page.output.dropLast("index.html".count)) + row.slug + "/index.html"
      }
      one.linkName = one.directory.isEmpty ? "index.md" : String(one.directory.dropLast()) + ".md"
      name(&one, fallback: row.name, names: names)
      claim(one)
    }
  }

  // MARK: Built-in pages

  private mutating func planAnalyses() {
    for part in input.parts {
      let id = part.findings.id
      // A written page of the analysis' name stands for it; one of the same name in another folder does not.
      let isWritten = pages.contains { $0.linkName == "\(id).md" }
      if !isWritten { planBuiltIn(part) }
      guard let (tableName, word) = part.kind.pages, !covered.contains("\(id)/\(tableName)"),
        let table = part.findings.table(tableName)
      else { continue }
      let context = AnalysisPageContext(part, input)
      let object = context.object
      for row in knowledge.rows(of: table, in: part) {
        planRow(row, word: word, of: part, table, context, object)
      }
    }
  }

  private mutating func planBuiltIn(_ part: AnalysedStudyPart) {
    let id = part.findings.id
    add(
      template: "pages/analysis.md", group: .analysis(id), output: "analyses/\(slug(id))/index.html",
      link: "analyses/\(id).md",
      names: [("analysis", .object(AnalysisPageContext(part, input).object))], fallback: part.findings.title,
      parent: part.groupOf?.id)
  }

  private mutating func planRow(
    _ row: PageRow, word: String, of part: AnalysedStudyPart, _ table: FindingsTable, _ context: AnalysisPageContext,
    _ object: TemplateObject
  ) {
    let id = part.findings.id
    let isSegment = table.name == "segments"
    add(
      template: isSegment ? "pages/segment.md" : "pages/row.md", group: .row(analysis: id),
      output: "analyses/\(slug(id))/\(row.slug)/index.html",
      link: "analyses/\(id)/\(row.slug).md",
      names: [
        ("analysis", .object(object)),
        isSegment ? ("segment", .object(row.object)) : ("row", .object(context.row(row, word: word))),
      ], fallback: row.name, parent: part.groupOf?.id, servedBy: knowledge.servedBy(row, table, part))
  }

  private mutating func planIndex() {
    guard !pages.contains(where: { $0.output == "index.html" }) else { return }
    var page = PlannedPage(
      .init(
        group: .index, output: "index.html", body: "", firstLine: 1, file: "content/index.md", folder: "",
        title: input.study.title,
        matter: FrontMatter(), names: [], order: -.infinity, linkName: "index.md"))
    // Of no source: it stands as long as what it shows does.
    page.source = textFingerprint("no source")
    page.matter.title = input.study.title
    claim(page)
  }

  private mutating func add(
    template: String, group: PlannedPage.Group, output: String, link: String, names: [(String, TemplateValue)],
    fallback: String, parent: String? = nil, servedBy: String? = nil
  ) {
    guard let text = input.pageTemplates[template] else { return }
    let file = "templates/" + template
    let split = splitFrontMatter(quotingTags(text), file: file)
    diagnostics += split.diagnostics
    var found: [Diagnostic] = []
    let matter = split.frontMatter.map { FrontMatter($0, diagnostics: &found) } ?? FrontMatter()
    diagnostics += found
    var page = PlannedPage(
      .init(
        group: group, output: output, body: split.body,
        source: split.diagnostics.isEmpty ? input.answers.fingerprint(ofText: text, named: template) : 0,
        firstLine: split.bodyFirstLine, file: file, folder: "", title: "",
        matter: matter, names: names, order: .infinity, linkName: link,
        parentAnalysis: parent, servedBy: servedBy))
    name(&page, fallback: fallback, names: names)
    claim(page)
  }

  // MARK: Names, titles, order

  /// Expands the tags of the title and of the description.
  private mutating func name(_ page: inout PlannedPage, fallback: String, names: [(String, TemplateValue)]) {
    page.title = fallback
    if let text = page.matter.title {
      page.title = expandLine(text, at: page.matter.titlePosition, names: names, &page) ?? text
    }
    if let text = page.matter.description {
      page.matter.description =
        expandLine(text, at: page.matter.descriptionPosition, names: names, &page) ?? text
    }
  }

  /// Expands the tags of one line of front matter to plain text.
  private mutating func expandLine(
    _ text: String, at position: SourcePosition?, names: [(String, TemplateValue)], _ page: inout PlannedPage
  ) -> String? {
    // Most titles have no tags.
    guard text.utf8.contains(UInt8(ascii: "{")) else { return text }
    do throws(Rejection) {
      return try input.templates.expandPlain(
        text, at: position ?? SourcePosition(file: page.file), pageNames(names, input),
        language: input.study.language, asks: &page.asks)
    } catch {
      diagnostics += error.diagnostics
      return nil
    }
  }

  private mutating func claim(_ page: PlannedPage) {
    if let other = claimed[page.output] {
      diagnostics.append(
        Diagnostic(
          .error, "page.same-address", at: page.matter.slugPosition ?? SourcePosition(file: page.file),
          "a page has an address of its own, and '\(page.output)' is also that of \(other)",
          hint: "give one of them another 'slug:'"))
      hasUnknownPages = true
      return
    }
    claimed[page.output] = page.file
    pages.append(page)
  }

  /// Index first, then what was written by `order` and path, then the analyses in the study's order, each followed by its rows.
  private mutating func sort() {
    func rank(_ page: PlannedPage) -> Int {
      switch page.group {
      case .index: 0
      case .written, .each: 1
      case .analysis, .row: 2
      }
    }
    let indexed = pages.enumerated().sorted { a, b in
      let (ra, rb) = (rank(a.element), rank(b.element))
      if ra != rb { return ra < rb }
      if ra == 1, a.element.order != b.element.order { return a.element.order < b.element.order }
      return a.offset < b.offset
    }
    pages = indexed.map(\.element)
  }
}
