import CairoGraphics
import Diagnostics
import Figures
import Formats
import Glibc
import Pages
import Settings
import Tables
import ValueModels

/// Builds a study: reads it, computes what its cache does not hold, and composes the site in memory. Writes nothing but the cache.
package struct StudyBuilder: Sendable {
  package let options: BuildOptions
  package let folder: StudyFolder
  let store: Store
  let workers: Workers
  let program: String
  /// Called with a few words as the build goes on, from any thread.
  let progress: @Sendable (String) -> Void

  /// - Returns: nil where there is no such folder.
  package init?(_ options: BuildOptions, progress: @escaping @Sendable (String) -> Void = { _ in }) {
    guard let folder = StudyFolder(options.study) else { return nil }
    self.options = options
    self.folder = folder
    self.progress = progress
    store = Store(folder: options.usesCache ? folder.root + "/.valuemap/cache" : nil, isWritable: options.writesCache)
    workers = Workers(jobs: options.jobs)
    program = programStamp()
  }

  /// The study as declared, and what is wrong with the declaration.
  package func readStudy() -> (study: Study, diagnostics: [Diagnostic]) {
    do throws(StudyFolder.Refusal) {
      let bytes = try folder.read("valuemap.yaml", limit: 4 << 20)
      guard let text = String(validating: bytes, as: UTF8.self) else {
        return (Study(), [invalidText("valuemap.yaml", bytes)])
      }
      return Study.read(text)
    } catch {
      return (Study(), [error.diagnostic("valuemap.yaml", at: SourcePosition(file: "valuemap.yaml"))])
    }
  }

  /// Builds everything. Errors leave `site` nil; all that was found wrong is reported at once.
  ///
  /// - Parameter keepingNothing: Makes every page, whatever stands in the output folder.
  package func build(keepingNothing: Bool = false) async -> BuiltSite {
    var list = DiagnosticList(limit: 50)
    var counts = BuildCounts()
    let (study, declared) = readStudy()
    list.add(contentsOf: declared)
    // Files are looked at while findings are.
    async let remembered = keepingNothing ? nil : earlierBuild()
    async let listed = listContents()
    let (parts, outlines, found) = await analysed(study)
    let earlier = await remembered
    list.add(contentsOf: found)
    let served = ServedSegments(parts.filter { $0.0.groupOf == nil }.map(\.1.findings))
    counts.analyses = parts.count
    counts.analysesComputed = parts.count { $0.1.wasComputed }
    let style = FigureStyle(
      theme: study.accent.map { Theme(accent: $0) } ?? Theme(), language: study.language, client: study.client,
      font: study.font,
      fontsStamp: fontsStamp())
    if let position = study.fontPosition, resolvedFamily(study.font) != study.font {
      list.add(
        Diagnostic(
          .caution, "study.font-missing", at: position,
          "figures are set in '\(study.font)' where it is installed, and it is not here",
          hint: "'\(resolvedFamily(study.font))' is used instead"))
    }
    let painted = await paint(parts, style: style, served: served, earlier: earlier, list: &list, counts: &counts)
    let contents = readContents(await listed, &list, after: earlier)
    let sheet = stylesheet(contents.templates, theme: style.theme)
    let icon = favicon(style.theme)
    let script = siteScript(contents.templates)
    var input = SiteInput(
      study: facts(study, outlines: outlines, style: style), parts: painted.map(\.part), sources: contents.pages,
      assets: Set(contents.assets), templates: TemplateLibrary(overrides: contents.templates),
      pageTemplates: templateFiles(below: "pages/", overrides: contents.templates),
      stylesheet: "assets/site.\(Digest(sheet).short).css", script: "assets/site.\(Digest(script).short).js",
      icon: "assets/icon.\(Digest(icon).short).svg")
    input.withDrafts = options.withDrafts
    input.audience = options.audience
    input.memory = StoredTexts(store: store, program: program)
    input.earlier = earlier
    input.explained = options.explained
    input.reread = { path throws(Rejection) in try reread(path) }
    input.printRules = printRules(contents.templates)
    input.gathersExternalLinks = options.gathersExternalLinks
    if options.isSingleFile {
      input.printForm = .singleFile(
        ReportFiles(
          figures: painted.flatMap(\.files).compactMap { file in file.bytes.map { (file.path, $0) } }, styles: sheet,
          iconText: icon, folder: folder))
    }
    if let logo = study.logo, !contents.assets.contains(logo) {
      list.add(
        Diagnostic(
          .error, "study.logo-missing", at: study.logoPosition,
          "the logo is a file below content/, and there is no '\(logo)'",
          hint: nearestName(to: logo, among: contents.assets).map { "did you mean '\($0)'?" }))
    }
    input.failed = Set(study.analyses.map(\.id) + study.unread).subtracting(parts.map(\.0.id))
    progress("writing \(contents.pages.count) pages")
    // Without the study's ids every name on a page would be called unknown.
    let composed =
      study.isReadable
      ? await composeSite(input, parallel: workers) : .empty
    list.add(contentsOf: composed.diagnostics)
    counts.pages = composed.pages.count
    counts.pagesMade = composed.pages.count { $0.bytes != nil }

    if options.isSingleFile { return reportAlone(composed, counts, &list) }

    var site = SiteFiles()
    for file in composed.pages + composed.search + composed.report {
      if let bytes = file.bytes {
        site.add(bytes, at: file.path)
      } else if let kept = earlier?.file(file.path) {
        site.keep(file.path, kept.digest, size: kept.size)
      }
    }
    site.add(sheet, at: input.stylesheet)
    site.add(script, at: input.script)
    site.add(icon, at: input.icon)
    site.add(
      study.isConfidential ? "User-agent: *\nDisallow: /\n" : "User-agent: *\nAllow: /\n" + sitemapLine(study),
      at: "robots.txt")
    if !study.isConfidential, let url = study.siteURL {
      site.add(sitemap(composed.pages.map(\.path), url), at: "sitemap.xml")
    }
    for part in painted {
      let findings = FindingsFiles(part: part.part, store: store, program: program, earlier: earlier).run()
      for file in part.files + findings {
        if let bytes = file.bytes {
          site.add(bytes, at: file.path)
        } else {
          site.keep(file.path, file.digest, size: file.size)
        }
      }
    }
    addAssets(composed.assets + contents.assets.filter { $0 == study.logo }, to: &site, &list)

    let all = list.all
    counts.cautions = list.count(of: .caution)
    let failed = list.hasErrors || (options.isStrict && counts.cautions > 0)
    // Steps of pages that were kept asked for nothing: what they hold is still of use.
    if !failed, earlier == nil { store.prune() }
    var built = BuiltSite(site: failed ? nil : site, diagnostics: all, counts: counts, earlier: earlier)
    built.explanation = composed.explanation
    built.sources = contents.sources
    built.record = composed.record
    built.externalLinks = composed.externalLinks.map { ExternalLink(url: $0.url, position: $0.position) }
    return built
  }

  private func facts(_ study: Study, outlines: [String: TableOutline], style: FigureStyle) -> StudyFacts {
    var facts = StudyFacts(
      title: study.title, language: TemplateLanguage(study.language, currency: study.currency), theme: style.theme)
    facts.client = study.client
    facts.dataAsOf = outlines.values.compactMap(\.newestDate).max()
    facts.date = study.date.map { "\($0)" } ?? facts.dataAsOf
    facts.isConfidential = study.isConfidential
    facts.siteURL = study.siteURL
    facts.logo = study.logo
    return facts
  }
}

/// Tells one build of the program from another, so that a newer program does not use an older one's results. Never reaches output.
private func programStamp() -> String {
  var status = stat()
  guard stat("/proc/self/exe", &status) == 0 else { return "unknown" }
  return "\(status.st_size) \(status.st_mtim.tv_sec) \(status.st_mtim.tv_nsec)"
}

/// Changes when fonts are installed or removed.
private func fontsStamp() -> String {
  ["/var/cache/fontconfig", "/usr/share/fonts", "/usr/local/share/fonts", "/etc/fonts/conf.d"].map { path in
    var status = stat()
    return stat(path, &status) == 0 ? "\(status.st_mtim.tv_sec)" : "-"
  }.joined(separator: " ")
}
