import Diagnostics

/// How a study is built.
package struct BuildOptions: Sendable {
  /// The study folder.
  package var study: String
  package var withDrafts = false
  package var audience: String?
  /// A PDF beside the PNG and SVG of every figure.
  package var withPDF = false
  /// The whole report as one file instead of a site.
  package var isSingleFile = false
  /// Links to other hosts are gathered, for `LinkCheck`.
  package var gathersExternalLinks = false
  /// Cautions count as errors.
  package var isStrict = false
  package var jobs = 2
  package var usesCache = true
  /// False for commands that write nothing at all.
  package var writesCache = true

  package init(study: String) { self.study = study }
}

/// What a build did, for its summary line.
package struct BuildCounts: Sendable, Hashable {
  package var pages = 0
  package var figures = 0
  package var figuresDrawn = 0
  package var analyses = 0
  package var analysesComputed = 0
  package var cautions = 0
}

/// The outcome of a build before anything is written.
package struct BuiltSite: Sendable {
  /// nil where there were errors.
  package var site: SiteFiles?
  package var diagnostics: [Diagnostic]
  package var counts: BuildCounts
  /// Links of pages to other hosts, where they were to be gathered.
  package var externalLinks: [ExternalLink] = []
}
