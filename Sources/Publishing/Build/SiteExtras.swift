import Figures
import Graphics
import Pages
import ValueModels

/// The stylesheet: the theme's colours as variables, light and dark, and the rules after them.
func stylesheet(_ overrides: [(path: String, text: String)], theme: Theme) -> String {
  let colours =
    [
      theme.ink, theme.muted, theme.faint, theme.rule, theme.grid, theme.paper, theme.panel, theme.accent,
      theme.neutral, theme.positive, theme.negative,
    ]
    + theme.hues
  func variables(_ colour: (Colour) -> RGB) -> String {
    colours.map { "--vm-\($0.name):\(colour($0).hex)" }.joined(separator: ";")
  }
  let files = templateFiles(below: "styles/", overrides: overrides)
  let rules = files.keys.sorted().compactMap { $0.hasSuffix(".css") ? files[$0] : nil }.joined(separator: "\n")
  return ":root{\(variables(\.light))}\n@media screen and (prefers-color-scheme:dark){:root{\(variables(\.dark))}}\n"
    + trimmedRules(rules)
}

/// What script adds, in one file.
func siteScript(_ overrides: [(path: String, text: String)]) -> String {
  let files = templateFiles(below: "scripts/", overrides: overrides)
  return files.keys.sorted().compactMap { $0.hasSuffix(".js") ? files[$0].map(trimmedScript) : nil }.joined(
    separator: "\n")
}

/// Two crossing axes and a point in the study's accent.
func favicon(_ theme: Theme) -> String {
  let accent = theme.accent.light.hex
  return
    "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 32 32\"><rect width=\"32\" height=\"32\" rx=\"6\" fill=\"\(accent)\"/><path d=\"M16 5v22M5 16h22\" stroke=\"#fff\" stroke-width=\"1.5\" opacity=\".6\"/><circle cx=\"21.5\" cy=\"10.5\" r=\"4.5\" fill=\"#fff\"/></svg>\n"
}

func sitemapLine(_ study: Study) -> String { study.siteURL.map { "Sitemap: \($0)sitemap.xml\n" } ?? "" }

/// No dates: they would make bytes depend on when a build was made.
func sitemap(_ pages: [String], _ url: String) -> String {
  "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n"
    + pages.map { "<url><loc>\(xml(url + $0))</loc></url>\n" }.joined() + "</urlset>\n"
}

private func xml(_ text: String) -> String {
  text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
}

extension Findings {
  /// Rows left out, by line in the file and reason.
  var droppedCSV: String {
    var out = "data,line,reason\r\n"
    for row in dropped { out += "\(csvField(row.data)),\(row.line),\(csvField(row.reason))\r\n" }
    return out
  }
}
