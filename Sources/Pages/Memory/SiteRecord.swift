import Diagnostics
import Markup

/// What is remembered of one page: what it was made from, what it asked, what others see of it.
///
/// A class, as ten thousand of them are handed around.
final class PageRecord: Sendable {
  let output: String
  /// The source or template it was made from, for diagnostics: `content/segments.md`.
  let file: String
  /// Fingerprint of that text.
  let source: UInt64
  /// For a written page: what its front matter settled. nil for pages made of rows and analyses, which are planned anew each time.
  let plan: PlannedPage?
  /// What the tags of its front matter asked.
  let planReads: [PageRead]
  /// What the tags of its text asked.
  let bodyReads: [PageRead]
  let summary: PageSummary
  /// What its links and figures asked.
  let reads: [PageRead]
  let surroundings: PageSurroundings
  /// Files below `content/` that it shows or links.
  let assets: [String]

  init(
    output: String, file: String, source: UInt64, plan: PlannedPage?, planReads: [PageRead], bodyReads: [PageRead],
    summary: PageSummary, reads: [PageRead], surroundings: PageSurroundings, assets: [String]
  ) {
    self.output = output
    self.file = file
    self.source = source
    self.plan = plan
    self.planReads = planReads
    self.bodyReads = bodyReads
    self.summary = summary
    self.reads = reads
    self.surroundings = surroundings
    self.assets = assets
  }
}

/// What is remembered of a site: a later build asks it which pages would be the same again.
package struct SiteRecord: Sendable {
  /// Output paths of all pages in their order, those that are not remembered included.
  private(set) var order: [String]
  /// Of the whole report; 0 where there is none, or it has to be made each time.
  let report: UInt64
  /// Of all that layouts can show.
  let shell: UInt64
  private let pages: [String: PageRecord]
  /// Output path of the page of a source.
  private let outputs: [String: String]

  package static let empty = SiteRecord(order: [], pages: [])

  init(order: [String], pages: [PageRecord], report: UInt64 = 0, shell: UInt64 = 0) {
    self.order = order
    self.report = report
    self.shell = shell
    var known: [String: PageRecord] = [:]
    var outputs: [String: String] = [:]
    known.reserveCapacity(pages.count)
    for page in pages {
      known[page.output] = page
      if page.plan != nil { outputs[page.file] = page.output }
    }
    self.pages = known
    self.outputs = outputs
  }

  subscript(output: String) -> PageRecord? { pages[output] }

  /// A written page as its front matter settled it, where the source has not changed since.
  func plan(of source: PageSource) -> (page: PlannedPage, reads: [PageRead])? {
    guard let record = outputs[source.file].flatMap({ pages[$0] }), record.source == source.fingerprint,
      let page = record.plan
    else { return nil }
    return (page, record.planReads)
  }

  /// Whether a source need not be read to be planned.
  package func knows(file: String) -> Bool { outputs[file] != nil }
}

// MARK: As bytes

extension SiteRecord {
  package func pack(into packer: inout Packer) {
    packer.add(order) { $0.add($1) }
    packer.add(report)
    packer.add(shell)
    packer.add(order.compactMap { pages[$0] }) { $0.add($1) }
  }

  package init(from reader: inout Unpacker) throws(Unpacker.Damaged) {
    let order = try reader.list { (r) throws(Unpacker.Damaged) in try r.text() }
    let (report, shell) = (try reader.bits(), try reader.bits())
    let pages = try reader.list { (r) throws(Unpacker.Damaged) in try r.page() }
    self.init(order: order, pages: pages, report: report, shell: shell)
  }
}

extension Packer {
  fileprivate mutating func add(_ page: PageRecord) {
    add(page.output)
    add(page.file)
    add(page.source)
    add(page.plan != nil)
    if let plan = page.plan { addPlan(plan) }
    add(page.planReads)
    add(page.bodyReads)
    add(page.summary)
    add(page.reads)
    for print in page.surroundings.all { add(print) }
    add(page.assets) { $0.add($1) }
  }

  private mutating func addPlan(_ page: PlannedPage) {
    add(page.group == .index)
    add(page.folder)
    add(page.title)
    add(page.order)
    add(page.linkName)
    let matter = page.matter
    add(matter.title)
    add(matter.description)
    add(matter.layout)
    add(matter.layoutPosition != nil)
    if let position = matter.layoutPosition { add(position) }
    add(matter.slugPosition != nil)
    if let position = matter.slugPosition { add(position) }
    add(matter.isDraft)
    add(matter.allowsHTML)
    add(matter.contents)
  }
}

extension Unpacker {
  fileprivate mutating func page() throws(Damaged) -> PageRecord {
    let (output, file, source) = (try text(), try text(), try bits())
    let plan: PlannedPage? = try truth() ? try plan(output: output, file: file, source: source) : nil
    return PageRecord(
      output: output, file: file, source: source, plan: plan, planReads: try reads(), bodyReads: try reads(),
      summary: try summary(file: file), reads: try reads(),
      surroundings: PageSurroundings(
        study: try bits(), layout: try bits(), own: try bits(), navigation: try bits(), around: try bits(),
        cards: try bits()),
      assets: try list { (r) throws(Damaged) in try r.text() })
  }

  private mutating func plan(output: String, file: String, source: UInt64) throws(Damaged) -> PlannedPage {
    let isIndex = try truth()
    let (folder, title, order, link) = (try text(), try text(), try number(), try text())
    var matter = FrontMatter()
    matter.title = try optionalText()
    matter.description = try optionalText()
    matter.layout = try text()
    if try truth() { matter.layoutPosition = try position(file: file) }
    if try truth() { matter.slugPosition = try position(file: file) }
    matter.isDraft = try truth()
    matter.allowsHTML = try truth()
    matter.contents = try truth()
    return PlannedPage(
      .init(
        group: isIndex ? .index : .written, output: output, body: nil, source: source, firstLine: 1, file: file,
        folder: folder, title: title, matter: matter, names: [], order: order, linkName: link))
  }
}
