import Diagnostics
import Pages

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
  /// The folder the site will be published to: what an earlier build left there is not made again. nil makes all pages.
  package var output: String?
  /// A page to explain.
  package var explained: String?

  package init(study: String) { self.study = study }
}

/// What a build did, for its summary line.
package struct BuildCounts: Sendable, Hashable {
  package var pages = 0
  /// Pages that were made, and not kept as they stand.
  package var pagesMade = 0
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
  /// The build whose files the site keeps where it says so.
  package var earlier: EarlierBuild?
  package var explanation: PageExplanation?
  /// For the next build.
  var sources: [(String, KnownSource)] = []
  var record = SiteRecord.empty
  /// Links of pages to other hosts, where they were to be gathered.
  package var externalLinks: [ExternalLink] = []
}
