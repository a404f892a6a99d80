import ArgumentParser
import Diagnostics
import Glibc
import Pages
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
  @Option(help: "Say why a page was made anew or kept: its address in the site, its source, or its name in links.")
  var explain: String?
  @Option(help: "How to print diagnostics and the summary: text or json.")
  var format = OutputFormat.text

  func validate() throws {
    if singleFile, arguments.pdf {
      throw ValidationError(
        "'--pdf' adds files beside the pages, and with '--single-file' there is nothing beside them")
    }
    if singleFile, explain != nil {
      throw ValidationError("'--explain' tells of a page of the site, and '--single-file' makes one page of them all")
    }
  }

  func run() async throws {
    let watch = Stopwatch()
    let folder = try study.folder()
    let progress = Progress()
    var options = arguments.options(study: folder)
    options.isSingleFile = singleFile
    guard let place = StudyFolder(folder) else { throw ExitCode.wrongUse }
    let target = output ?? place.root + "/public"
    options.output = target
    options.explained = explain
    guard let builder = StudyBuilder(options, progress: { progress.tell($0) }) else { throw ExitCode.wrongUse }
    let done = await builder.publish(clean: clean)
    progress.clear()
    Terminal.print(done.diagnostics, format: format)
    let errors = done.diagnostics.count { $0.severity == .error }
    if done.result != nil, let explain { tell(done.built.explanation, of: explain) }
    report(
      Summary(done.built.counts, seconds: watch.text, written: done.result, errors: done.result == nil ? errors : 0),
      done)
    if done.result == nil || errors > 0 { throw ExitCode.studyErrors }
    if explain != nil, done.built.explanation == nil { throw ExitCode.wrongUse }
    // To free ten thousand pages one by one takes longer than to end.
    fflush(nil)
    Glibc.exit(0)
  }

  /// Why a page was made anew, or was not.
  private func tell(_ explanation: PageExplanation?, of name: String) {
    guard let explanation else {
      printError(
        "error: no page is called '\(name)'\n  hint: write its address in the site, its source, or its name in links")
      return
    }
    if format == .text { print(explanation.text) }
  }

  private func report(_ summary: Summary, _ done: PublishedBuild) {
    switch format {
    case .text: printError(summary.text)
    case .json: print(summary.json(done.diagnostics, done.built.explanation))
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

  func json(_ diagnostics: [Diagnostic], _ explanation: PageExplanation? = nil) -> String {
    var fields = [
      "\"pages\":\(counts.pages)", "\"pages_made\":\(counts.pagesMade)", "\"figures\":\(counts.figures)",
      "\"figures_drawn\":\(counts.figuresDrawn)",
      "\"analyses\":\(counts.analyses)", "\"analyses_computed\":\(counts.analysesComputed)", "\"seconds\":\(seconds)",
      "\"errors\":\(errors)", "\"cautions\":\(counts.cautions)",
    ]
    if let written {
      fields.append("\"written\":\(written.written)")
      fields.append("\"kept\":\(written.kept)")
      fields.append("\"removed\":\(written.removed)")
    }
    if let explanation { fields.append("\"explanation\":\(explanation.json)") }
    fields.append("\"diagnostics\":[\(diagnostics.map(\.json).joined(separator: ","))]")
    return "{" + fields.joined(separator: ",") + "}"
  }
}
