import Diagnostics
import Publishing

/// What the preview shows at one moment: the site of the last good build, or before the first the one in the output folder, and what is
/// wrong since.
package struct PreviewState: Sendable {
  /// nil where there was no good build yet.
  private(set) var site: ServedSite?
  /// Empty after a good build.
  package private(set) var problems: [Diagnostic] = []
  /// Names what a page shows: the site by its content, or the state without one. A page whose build is another is out of date.
  package private(set) var build = "building"
  /// Counts changes, for those who wait for one.
  package private(set) var revision = 0

  /// - Parameter published: Shown until the first good build.
  package init(published: PublishedSite? = nil) {
    guard let published else { return }
    let shown = ServedSite.published(published)
    site = shown
    build = shown.digest.hex
  }

  /// Takes in the outcome of a build. A failed one leaves the last good site in place.
  package mutating func take(_ site: SiteFiles?, diagnostics: [Diagnostic]) {
    take(site.map { .built($0) }, diagnostics)
  }

  mutating func take(_ site: ServedSite?, _ diagnostics: [Diagnostic]) {
    revision += 1
    if let shown = site {
      self.site = shown
      problems = []
      build = shown.digest.hex
      return
    }
    // Under --strict cautions fail a build without any error.
    let errors = diagnostics.filter { $0.severity == .error }
    // What many pages share, as a template, is found wrong once for each of them.
    var seen: Set<Diagnostic> = []
    problems = (errors.isEmpty ? diagnostics.filter { $0.severity == .caution } : errors)
      .filter { seen.insert($0).inserted }
    if self.site == nil { build = "failed-" + Digest(of: problems.map(\.json)).hex }
  }

  /// What a listener is told whose page is of the build named: in the form of Server-Sent Events.
  package func events(forPageOf page: String) -> String {
    if page != build { return "event: reload\ndata: \(build)\n\n" }
    // Without a site the page itself lists the errors.
    if problems.isEmpty || site == nil { return "event: good\ndata: \(build)\n\n" }
    let shown = problems.prefix(200)
    return "event: errors\ndata: [\(shown.map(\.json).joined(separator: ","))]\n\n"
  }
}
