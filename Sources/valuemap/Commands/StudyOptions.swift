import ArgumentParser
import Diagnostics
import Glibc
import Publishing

enum OutputFormat: String, ExpressibleByArgument, CaseIterable, Sendable { case text, json }

/// Where the study is, for all commands.
struct StudyOptions: ParsableArguments {
  @Option(
    name: [.short, .customLong("study")],
    help: "The study folder; by default the nearest one upwards with a valuemap.yaml.")
  var study: String?

  /// The study's folder, or the end of the program with a word of why.
  func folder() throws -> String {
    if let study {
      guard isFolder(study) else {
        printError("error: a study is a folder, and there is none at '\(study)'")
        throw ExitCode.wrongUse
      }
      return study
    }
    guard let found = findStudy(from: currentFolder()) else {
      printError(
        "error: no valuemap.yaml here or in a folder above\n  hint: name the study with -s, or make one with 'valuemap init'"
      )
      throw ExitCode.wrongUse
    }
    return found
  }
}

/// How a study is built, for `build`, `check` and `serve`.
struct BuildArguments: ParsableArguments {
  @Flag(help: "Cautions count as errors.")
  var strict = false
  @Flag(help: "Also pages marked 'draft: true'.")
  var drafts = false
  @Option(help: "Also pages for this audience.")
  var audience: String?
  @Flag(help: "Also a PDF of every figure.")
  var pdf = false
  @Option(help: "How many cores to use; by default all.")
  var jobs: Int?
  @Flag(name: .customLong("no-cache"), help: "Compute and draw everything anew. The site is the same.")
  var noCache = false

  func validate() throws {
    if let jobs, jobs < 1 { throw ValidationError("'--jobs' is a number from 1") }
  }

  func options(study: String) -> BuildOptions {
    var options = BuildOptions(study: study)
    options.isStrict = strict
    options.withDrafts = drafts
    options.audience = audience
    options.withPDF = pdf
    options.jobs = min(jobs ?? availableCores(), 64)
    options.usesCache = !noCache
    return options
  }
}

func availableCores() -> Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

func currentFolder() -> String {
  guard let path = getcwd(nil, 0) else { return "." }
  defer { free(path) }
  return String(cString: path)
}

func isFolder(_ path: String) -> Bool {
  var status = stat()
  return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
}

/// The nearest folder upwards that holds a `valuemap.yaml`.
func findStudy(from folder: String) -> String? {
  var folder = folder
  while true {
    if access(folder + "/valuemap.yaml", F_OK) == 0 { return folder }
    guard let slash = folder.lastIndex(of: "/"), folder != "/" else { return nil }
    folder = slash == folder.startIndex ? "/" : String(folder[..<slash])
  }
}
