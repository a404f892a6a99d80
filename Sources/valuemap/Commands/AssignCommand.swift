import ArgumentParser
import Diagnostics
import Publishing

struct Assign: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Put new people into the segments of an analysis by its typing tool. Nothing is written into the site.",
    discussion:
      "The file has a row a person and a column for each question of the typing tool; 'valuemap analyze ID' lists them."
  )

  @Argument(help: "The analysis' id in valuemap.yaml: a segmentation or segment-profile with a typing tool.")
  var id: String
  @Argument(help: "A CSV of people, read as the analysis' own table is.")
  var people: String
  @OptionGroup var study: StudyOptions
  @Option(name: .shortAndLong, help: "The file to write; by default standard output.")
  var output: String?
  @Option(help: "The column that names people in the result; by default the analysis' own, else rows are counted.")
  var respondent: String?

  func run() async throws {
    let folder = try study.folder()
    if let output, isInSite(output, of: folder) {
      printError("error: who belongs to which segment stays outside the site, and '\(output)' lies in it")
      throw ExitCode.wrongUse
    }
    var options = BuildOptions(study: folder)
    options.jobs = availableCores()
    options.writesCache = false
    guard let builder = StudyBuilder(options) else { throw ExitCode.wrongUse }
    let csv: String
    do throws(PeopleAssignment.Failure) {
      let result = try await PeopleAssignment(builder: builder).assign(id, people, respondent: respondent)
      Terminal.print(result.diagnostics, format: .text)
      csv = result.csv
    } catch {
      switch error {
      case .use(let message):
        printError("error: \(message)")
        throw ExitCode.wrongUse
      case .study(let diagnostics):
        Terminal.print(diagnostics, format: .text)
        throw ExitCode.studyErrors
      }
    }
    guard let output else { return print(csv, terminator: "") }
    if let reason = writeResult(csv, to: output) {
      printError("error: the file can be written, and '\(output)' cannot: \(reason)")
      throw ExitCode.wrongUse
    }
  }
}
