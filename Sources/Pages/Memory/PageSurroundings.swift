/// Fingerprints of all that a page's layout shows besides the page's own text.
struct PageSurroundings: Sendable, Hashable {
  /// Title, client, dates, stylesheet and the like: what every page shows.
  var study: UInt64
  /// The layout and all templates it brings in.
  var layout: UInt64
  /// The page's own title, place and front matter.
  var own: UInt64
  /// The list of pages beside it.
  var navigation: UInt64
  /// The way from the study down to it, and the pages before and after.
  var around: UInt64
  /// The cards of a map of the study.
  var cards: UInt64

  var all: [UInt64] { [study, layout, own, navigation, around, cards] }

  /// What is not as it was, in words.
  func differences(from earlier: PageSurroundings) -> [String] {
    var found: [String] = []
    if study != earlier.study { found.append("what every page shows of the study, or the stylesheet or script") }
    if layout != earlier.layout { found.append("its layout, or a template that it brings in") }
    if own != earlier.own { found.append("its title, address or front matter") }
    if navigation != earlier.navigation { found.append("the list of pages beside it") }
    if around != earlier.around { found.append("the pages above, before or after it") }
    if cards != earlier.cards { found.append("the cards that lead deeper") }
    return found
  }
}

extension SiteIndex {
  /// Of all that the layouts of all pages can show, but for cards: as long as it is the same, so is every page's share of it.
  var shell: UInt64 {
    input.answers.answer("shell") {
      var print = Fingerprint()
      print.add(input.studyFingerprint)
      for name in input.templates.names { print.add(input.templates.fingerprint(of: name)) }
      print.add(printPage)
      for (page, link) in zip(pages, sections.links) {
        print.add(link.fingerprint)
        print.add(own(page))
        print.add([page.folder, page.linkName])
        print.add(page.parentAnalysis)
        print.add(page.servedBy)
      }
      return print.value
    }
  }

  /// What a page's layout shows, or what is remembered of it where nothing at all has changed that it could show.
  func surroundings(of number: Int, after earlier: (any EarlierSite)?) -> PageSurroundings {
    let page = pages[number]
    // A page in a folder is no analysis' own, and has no cards.
    if let earlier, page.group == .written, !page.folder.isEmpty, earlier.record.shell == shell,
      let record = earlier.record[page.output], record.file == page.file
    {
      return record.surroundings
    }
    return surroundings(of: number)
  }

  func surroundings(of number: Int) -> PageSurroundings {
    let page = pages[number]
    let context = PageContext(index: self, number: number)
    return PageSurroundings(
      study: input.studyFingerprint, layout: input.templates.fingerprint(of: "layouts/" + page.layout),
      own: own(page), navigation: SiteNavigation(index: self, current: number).fingerprint,
      around: context.fingerprintOfWays, cards: context.fingerprintOfCards)
  }

  private func own(_ page: PlannedPage) -> UInt64 {
    var own = Fingerprint()
    own.add([page.title, page.output, page.matter.layout, page.file])
    own.add(page.matter.description)
    for truth in [page.matter.isDraft, page.matter.contents, page.matter.allowsHTML] { own.add(truth) }
    switch page.group {
    case .index: own.add(1)
    case .written: own.add(2)
    case .each(let source): own.add(["each", source])
    case .analysis(let id): own.add(["analysis", id])
    case .row(let id): own.add(["row", id])
    }
    own.add(page.names.isEmpty ? .missing : page.tiles ?? .missing)
    return own.value
  }
}

extension PlannedPage {
  /// The layout it is set in; the index has its own unless it names one.
  var layout: String { self.group == .index && self.matter.layout == "page" ? "index" : self.matter.layout }
}
