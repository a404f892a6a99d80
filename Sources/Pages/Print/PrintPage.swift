import Diagnostics
import Markup
import ValueModels

/// Joins sections to the whole report through `layouts/print`.
///
/// - Parameters:
///   - fragments: One a page, in the order of the site.
///   - stylesheet: Path of the report's own stylesheet in the site; `form` tells whether it is used.
/// - Throws: faults of the layout.
func printPage(
  _ fragments: [PrintFragment], _ index: SiteIndex, stylesheet: String, form: PrintForm = .page
) throws(Rejection) -> String {
  let study = index.input.study
  let site = TemplateObject([
    ("title", .text(study.title)), ("client", .optional(study.client)),
    ("date", study.date.map { .date($0) } ?? .missing), ("data_as_of", study.dataAsOf.map { .date($0) } ?? .missing),
    ("language", .text(study.language.language.identifier)),
    ("direction", .text(study.language.language.direction.rawValue)), ("confidential", .truth(study.isConfidential)),
  ])
  func link(_ path: String) -> String { relativePath(from: index.printFolder, to: path) }
  var page = TemplateObject([
    ("home", .text(link("index.html"))), ("stylesheet", .text(link(index.input.stylesheet))),
    ("print_stylesheet", .text(link(stylesheet))), ("icon", .text(link(index.input.icon))),
    ("logo", .optional(study.logo.map(link))), ("single", .truth(false)), ("styles", .html("")),
    ("glyphs", .html("")),
  ])
  var body = fragments.map(\.html).joined(separator: "\n")
  if case .singleFile(let files) = form {
    var drawings = InlineDrawings(files: files)
    body = drawings.filled(body)
    page["single"] = .truth(true)
    let rules = files.styles + "\n" + printStylesheet(index.input.printRules ?? "", index)
    page["styles"] = .html(rules.replacing("</", with: "<\\/"))
    page["glyphs"] = .html(drawings.sharedGlyphs)
    page["icon"] = .text(files.icon)
    page["logo"] = .optional(study.logo.flatMap { files.address(ofAsset: $0) })
  }
  page["body"] = .html(body)
  let entries = PrintOutline(index).entries
  // A short list stands below the title, a long one in columns.
  page["length"] = .text(entries.count <= 8 ? "few" : entries.count > 30 ? "many" : "")
  page["contents"] = .list(
    entries.map { entry in
      TemplateObject([
        ("head", .optional(entry.head)), ("title", .text(entry.title)), ("href", .text("#" + entry.anchor)),
        ("level", .text("\(entry.level)")),
      ])
    }, fields: ["head", "title", "href", "level"])
  return try index.input.templates.render(
    "layouts/print", TemplateObject([("site", .object(site)), ("page", .object(page))]), language: study.language)
}

/// The rules that only the whole report needs: the built-in ones or the study's, then what runs above each section on paper.
///
/// Browsers count no pages in a list of contents, so each sheet says which section it is of.
func printStylesheet(_ rules: String, _ index: SiteIndex) -> String {
  var out = rules
  let title = [index.input.study.title, index.input.study.client ?? ""].filter { !$0.isEmpty }.joined(separator: " · ")
  out += "\n@page{@top-left{content:\(cssString(title))}"
  if index.input.study.isConfidential { out += "@bottom-left{content:\"Confidential\"}" }
  out += "}\n"
  for (place, entry) in PrintOutline(index).entries.enumerated() {
    if let running = entry.running { out += "@page \(entry.sheet){@top-right{content:\(cssString(running))}}\n" }
    out += ".report-section:nth-of-type(\(place + 1)){page:\(entry.sheet)}\n"
  }
  return out
}

/// Text as a CSS string that closes no rule and no style element: whatever is no letter, digit or blank is written by its number.
func cssString(_ text: String) -> String {
  var out = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9", " ": out.unicodeScalars.append(scalar)
    default: out += "\\" + String(scalar.value, radix: 16) + " "
    }
  }
  return out + "\""
}
