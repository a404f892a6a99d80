import Diagnostics
import Figures
import ValueModels

/// What all pages of a study share.
package struct StudyFacts: Sendable {
  package var title: String
  package var client: String?
  /// The deliverable's date, ISO 8601.
  package var date: String?
  /// The newest date found in the data.
  package var dataAsOf: String?
  package var language: TemplateLanguage
  package var isConfidential = true
  /// Only for canonical links; ends in a slash.
  package var siteURL: String?
  /// Path of the logo in the site, if there is one.
  package var logo: String?
  package var theme: Theme

  package init(title: String, language: TemplateLanguage, theme: Theme) {
    self.title = title
    self.language = language
    self.theme = theme
  }
}

/// A part of a drawn figure that stands for something, with its outline as an SVG element.
package struct FigureArea: Sendable, Hashable, Codable {
  package var name: String
  package var detail: String
  /// `<circle …>` without class or closing slash: finished markup of our own.
  package var shape: String
  package var target: String?

  package init(name: String, detail: String, shape: String, target: String?) {
    self.name = name
    self.detail = detail
    self.shape = shape
    self.target = target
  }
}

/// One picture of a figure at one width.
package struct DrawnPicture: Sendable, Hashable, Codable {
  /// Path of the SVG in the site.
  package var svg: String
  /// px
  package var width: Int
  package var height: Int
  package var areas: [FigureArea]

  package init(svg: String, width: Int, height: Int, areas: [FigureArea]) {
    self.svg = svg
    self.width = width
    self.height = height
    self.areas = areas
  }
}

/// A figure as pages need it: its pictures' places in the site and the words that carry it.
package struct DrawnFigure: Sendable, Hashable, Codable {
  package var name: String
  package var caption: String
  package var title: String
  package var alt: String
  package var description: [String]
  package var reading: String?
  /// The findings table behind it.
  package var table: String?
  package var normal: DrawnPicture
  package var narrow: DrawnPicture
  /// Path of the PNG in the site.
  package var png: String
  /// Small pictures for the map of the study, on light and on dark pages; only of an analysis' main figure.
  package var thumbnail: String?
  package var darkThumbnail: String?
  /// Path of the PDF in the site, where PDFs were asked for.
  package var pdf: String?

  package init(
    name: String, caption: String, title: String, alt: String, description: [String], reading: String?, table: String?,
    normal: DrawnPicture, narrow: DrawnPicture, png: String
  ) {
    self.name = name
    self.caption = caption
    self.title = title
    self.alt = alt
    self.description = description
    self.reading = reading
    self.table = table
    self.normal = normal
    self.narrow = narrow
    self.png = png
  }
}

/// An analysis with all that was made of it.
package struct AnalysedStudyPart: Sendable {
  package var kind: AnalysisKind
  /// What was asked: in the study's words, or the kind's.
  package var question: String
  package var findings: Findings
  /// The main one first.
  package var figures: [DrawnFigure]
  /// Why a figure the kind offers could not be drawn, by its name.
  package var undrawn: [(name: String, reason: String)]
  /// For one of the groups of another analysis: that analysis, and the group's name.
  package var groupOf: (id: String, label: String)?
  /// Changes with the findings: what is written from them alone is remembered by it. Empty where nothing is to be remembered.
  package var stamp = ""

  package init(
    kind: AnalysisKind, question: String? = nil, findings: Findings, figures: [DrawnFigure],
    undrawn: [(name: String, reason: String)], groupOf: (id: String, label: String)? = nil
  ) {
    self.groupOf = groupOf
    self.kind = kind
    self.question = question ?? kind.question
    self.findings = findings
    self.figures = figures
    self.undrawn = undrawn
  }
}

extension AnalysedStudyPart {
  /// Why there is nothing to see, where there is nothing.
  var whyNothing: String {
    undrawn.first?.reason ?? findings.cautions.first { $0.id == "not-computed" }?.message
      ?? "the analysis has nothing to draw"
  }
}

/// A Markdown file below `content/`.
package struct PageSource: Sendable {
  /// Relative to `content/`: `segments/overview.md`.
  package var path: String
  /// nil for one that is as an earlier build found it and was not read again.
  package var text: String?
  /// Of the text's bytes.
  package var fingerprint: UInt64
  /// Relative to the study, for diagnostics: `content/segments/overview.md`.
  package var file: String { "content/" + path }

  package init(path: String, text: String) {
    self.path = path
    self.text = text
    fingerprint = textFingerprint(text)
  }

  /// - Parameter fingerprint: What the earlier build found.
  package init(unread path: String, fingerprint: UInt64) {
    self.path = path
    self.fingerprint = fingerprint
  }
}

/// Texts of earlier builds by what they were made from, handed in so that this room opens no files.
package protocol TextMemory: Sendable {
  func find(_ key: [String]) -> String?
  func keep(_ text: String, _ key: [String])
}

extension TextMemory {
  /// The text kept under a key that says all it depends on; otherwise a new one, which is kept.
  func text(_ key: [String], _ make: () -> String) -> String {
    if let text = find(key) { return text }
    let text = make()
    keep(text, key)
    return text
  }
}

/// What an earlier build of the same study left: what it knew of its pages, and the files it wrote.
package protocol EarlierSite: Sendable {
  var record: SiteRecord { get }
  /// True where a file of the site stands as that build wrote it.
  func stands(_ path: String) -> Bool
  /// The bytes of such a file; nil where it cannot be read or holds others.
  func bytes(of path: String) -> [UInt8]?
}

/// Everything the pages are made from.
package struct SiteInput: Sendable {
  package var study: StudyFacts
  /// In the order of the study.
  package var parts: [AnalysedStudyPart]
  package var sources: [PageSource]
  /// Files below `content/` that are no pages and no data, by path: what pages may show and link.
  package var assets: Set<String>
  package var templates: TemplateLibrary
  /// Built-in page templates (`pages/analysis.md`), replaced by the study's own, by path below `templates/`.
  package var pageTemplates: [String: String]
  /// Path of the stylesheet in the site.
  package var stylesheet: String
  /// Path of the script in the site.
  package var script: String
  package var icon: String
  package var withDrafts = false
  package var audience: String?
  /// What all pages may name; filled in when the site is composed.
  var names = TemplateObject()
  /// Analyses of the study that could not be computed: pages may name them, and nothing more is said of it.
  package var failed: Set<String> = []
  /// What the whole report is made for, and the rules of its own stylesheet; without rules none is made.
  package var printForm = PrintForm.page
  package var printRules: String?
  /// Whether links to other hosts are gathered, for `check --external`.
  package var gathersExternalLinks = false
  /// Where texts of earlier builds are found, if anywhere.
  package var memory: (any TextMemory)?
  /// The site as it was built before: pages that would be the same are not made again.
  package var earlier: (any EarlierSite)?
  /// Reads a source that was left unread.
  package var reread: @Sendable (_ path: String) throws(Rejection) -> String = { path throws(Rejection) in
    throw Rejection(Diagnostic(.error, "file.missing", "a page is read again, and '\(path)' cannot be"))
  }
  /// The page to explain: its address in the site, its source, or its name in links.
  package var explained: String?
  /// Answers to what pages ask, shared by all of them.
  let answers = SharedAnswers()

  package init(
    study: StudyFacts, parts: [AnalysedStudyPart], sources: [PageSource], assets: Set<String>,
    templates: TemplateLibrary,
    pageTemplates: [String: String], stylesheet: String, script: String, icon: String
  ) {
    self.study = study
    self.parts = parts
    self.sources = sources
    self.assets = assets
    self.templates = templates
    self.pageTemplates = pageTemplates
    self.stylesheet = stylesheet
    self.script = script
    self.icon = icon
  }
}

/// Text of the built-in files below `templates/` whose path begins so, replaced by the study's own of the same path.
package func templateFiles(below folder: String, overrides: [(path: String, text: String)]) -> [String: String] {
  var files: [String: String] = [:]
  for template in embeddedTemplates where template.path.hasPrefix(folder) { files[template.path] = template.text }
  for override in overrides where override.path.hasPrefix(folder) { files[override.path] = override.text }
  return files
}

/// Paths of all built-in templates, for a study that wants to replace one.
package var builtInTemplatePaths: [String] { embeddedTemplates.map(\.path) }
