import Diagnostics
import Markup
import ValueModels

/// One page of the site as a section of the whole report.
struct PrintFragment: Sendable {
  var html: String
  /// Faults of templates; what is wrong with the page itself was told when it was rendered.
  var diagnostics: [Diagnostic]
}

/// Makes a page's section from what rendering that page knows, and from nothing else: it may be kept as long as that stays the same.
///
/// - Parameter number: Of the page, in the order of the site.
func printFragment(
  _ number: Int, _ document: MarkdownDocument, _ index: SiteIndex, form: PrintForm = .page
) -> PrintFragment {
  let page = index.pages[number]
  var resolver = PrintResolver(index, page: page, form: form)
  var rendering = MarkdownRendering()
  // The report's title is the first heading, a page's the second.
  rendering.headingOffset = document.headings.contains { $0.level == 1 } ? 2 : 1
  rendering.anchorPrefix = PrintPlace.prefix(page)
  // Regions of one document have names of their own.
  rendering.words.footnotes += " of \(page.title)"
  rendering.words.table += " of \(page.title)"
  let places = RawPlaces(index: index, page: page, form: form)
  rendering.rawAttribute = { places.changed($0, $1) }
  let (body, _) = document.html(resolver: &resolver, rendering: rendering)
  let level = PrintOutline.level(of: number, index)
  var context = TemplateObject([
    ("anchor", .text(PrintPlace.section(page))), ("title", .text(page.title)), ("level", .text("\(level)")),
    ("lead", .optional(page.matter.description)), ("draft", .truth(page.matter.isDraft)), ("body", .html(body)),
  ])
  context["served"] = .truth(page.servedBy != nil)
  let tiles = page.tiles
  context["has_tiles"] = .truth(tiles != nil)
  context["tiles"] = tiles ?? .list([TemplateObject](), fields: ["label", "value"])
  let cards = page.group == .index ? StudyMap(index: index, page: page).cards : []
  context["has_map"] = .truth(!cards.isEmpty)
  context["map"] = .list(cards.map { inside($0, index) }, fields: StudyMap.fields)
  do throws(Rejection) {
    let html = try index.input.templates.render("partials/print-section", context, language: index.input.study.language)
    return PrintFragment(html: html, diagnostics: resolver.diagnostics)
  } catch {
    return PrintFragment(html: "", diagnostics: resolver.diagnostics + error.diagnostics)
  }
}

/// A card of the index with its link led to the section.
private func inside(_ card: TemplateObject, _ index: SiteIndex) -> TemplateObject {
  var card = card
  if case .text(let href)? = card["href"], let page = index.page(at: href) {
    card["href"] = .text("#" + PrintPlace.section(page))
  }
  return card
}
