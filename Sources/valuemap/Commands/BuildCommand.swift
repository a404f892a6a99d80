import ArgumentParser
import Diagnostics
import Publishing

struct Build: AsyncParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Build the site.")

  @OptionGroup var study: StudyOptions
  @OptionGroup var arguments: BuildArguments
  @Option(name: .shortAndLong, help: "The folder to write; by default public/ in the study.")
  var output: String?
  @Flag(help: "Also remove files in the output folder that valuemap did not write.")
  var clean = false
  @Flag(
    name: .customLong("single-file"),
    help: "The whole report as one file with everything in it: index.html, alone in the output folder.")
  var singleFile = false
  @Option(help: "How to print diagnostics and the summary: text or json.")
  var format = OutputFormat.text

  func validate() throws {
    if singleFile, arguments.pdf {
      throw ValidationError(
        "'--pdf' adds files beside the pages, and with '--single-file' there is nothing beside them")
    }
  }

  func run() async throws {
    let watch = Stopwatch()
    let folder = try study.folder()
    let progress = Progress()
    var options = arguments.options(study: folder)
    options.isSingleFile = singleFile
    guard let builder = StudyBuilder(options, progress: { progress.tell($0) }) else {
      throw ExitCode.wrongUse
    }
    let built = await builder.build()
    progress.clear()
    guard let site = built.site else {
      Terminal.print(built.diagnostics, format: format)
      let errors = built.diagnostics.count { $0.severity == .error }
      report(Summary(built.counts, seconds: watch.text, written: nil, errors: errors), built.diagnostics)
      throw ExitCode.studyErrors
    }
    var errors = 0
    do throws(Rejection) {
      let target = output ?? builder.folder.root + "/public"
      let result = try SitePublisher(output: target, study: builder.folder.root).publish(site, clean: clean)
      let diagnostics = built.diagnostics + PrivateFiles(builder, output: target).write()
      errors = diagnostics.count { $0.severity == .error }
      Terminal.print(diagnostics, format: format)
      report(Summary(built.counts, seconds: watch.text, written: result, errors: 0), diagnostics)
    } catch {
      Terminal.print(built.diagnostics + error.diagnostics, format: format)
      report(
        Summary(built.counts, seconds: watch.text, written: nil, errors: error.diagnostics.count),
        built.diagnostics + error.diagnostics)
      throw ExitCode.studyErrors
    }
    if errors > 0 { throw ExitCode.studyErrors }
  }

  private func report(_ summary: Summary, _ diagnostics: [Diagnostic]) {
    switch format {
    case .text: printError(summary.text)
    case .json: print(summary.json(diagnostics))
    }
  }
}

struct Check: AsyncParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Check everything that build checks, and write nothing.")

  @OptionGroup var study: StudyOptions
  @OptionGroup var arguments: BuildArguments
  @Flag(help: "Also ask every address that pages link to. Without it nothing is asked of the network.")
  var external = false
  @Option(help: "How to print diagnostics and the summary: text or json.")
  var format = OutputFormat.text

  func run() async throws {
    let watch = Stopwatch()
    let folder = try study.folder()
    let progress = Progress()
    var options = arguments.options(study: folder)
    options.writesCache = false
    options.gathersExternalLinks = external
    guard let builder = StudyBuilder(options, progress: { progress.tell($0) }) else { throw ExitCode.wrongUse }
    let built = await builder.build()
    let asked = LinkCheck(built.externalLinks).run { progress.tell("asking addresses: \($0) of \($1)") }
    progress.clear()
    let diagnostics = built.diagnostics + asked
    Terminal.print(diagnostics, format: format)
    let errors = diagnostics.count { $0.severity == .error }
    var counts = built.counts
    let doubts = asked.count { $0.severity == .caution }
    counts.cautions += doubts
    let summary = Summary(counts, seconds: watch.text, written: nil, errors: errors, isCheck: true)
    switch format {
    case .text: printError(summary.text)
    case .json: print(summary.json(diagnostics))
    }
    if built.site == nil || errors > 0 || (arguments.strict && doubts > 0) { throw ExitCode.studyErrors }
  }
}

/// The one line that ends a build.
struct Summary {
  let counts: BuildCounts
  let seconds: String
  let written: SitePublisher.Result?
  let errors: Int
  let isCheck: Bool

  init(_ counts: BuildCounts, seconds: String, written: SitePublisher.Result?, errors: Int, isCheck: Bool = false) {
    self.counts = counts
    self.seconds = seconds
    self.written = written
    self.errors = errors
    self.isCheck = isCheck
  }

  private func many(_ count: Int, _ one: String, _ more: String) -> String { "\(count) \(count == 1 ? one : more)" }

  private var doubts: String { many(counts.cautions, "caution", "cautions") }

  private var work: String {
    let kept = counts.figures - counts.figuresDrawn
    return "\(many(counts.pages, "page", "pages")), \(many(counts.figures, "figure", "figures")) "
      + "(\(counts.figuresDrawn) drawn, \(kept) kept) in \(seconds) s"
  }

  /// `38 pages, 61 figures (4 drawn, 57 kept) in 0.31 s, 2 cautions`
  var text: String {
    if errors > 0 { return "\(many(errors, "error", "errors")), \(doubts); nothing was written (\(work))" }
    if isCheck { return "\(work), \(doubts); nothing was written" }
    guard let written else { return "\(doubts) counted as errors; nothing was written (\(work))" }
    let change = written.written == 0 && written.removed == 0 ? "; nothing changed" : ""
    return "\(work), \(doubts)\(change)"
  }

  /// The same for a build that is shown and not written.
  func text(isShown: Bool) -> String {
    if isShown { return "\(work), \(doubts)" }
    return errors > 0
      ? "\(many(errors, "error", "errors")), \(doubts) (\(work))" : "\(doubts) counted as errors (\(work))"
  }

  func json(_ diagnostics: [Diagnostic]) -> String {
    var fields = [
      "\"pages\":\(counts.pages)", "\"figures\":\(counts.figures)", "\"figures_drawn\":\(counts.figuresDrawn)",
      "\"analyses\":\(counts.analyses)", "\"analyses_computed\":\(counts.analysesComputed)", "\"seconds\":\(seconds)",
      "\"errors\":\(errors)", "\"cautions\":\(counts.cautions)",
    ]
    if let written {
      fields.append("\"written\":\(written.written)")
      fields.append("\"kept\":\(written.kept)")
      fields.append("\"removed\":\(written.removed)")
    }
    fields.append("\"diagnostics\":[\(diagnostics.map(\.json).joined(separator: ","))]")
    return "{" + fields.joined(separator: ",") + "}"
  }
}
