import ArgumentParser
import Diagnostics
import Publishing

struct FigureCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "figure", abstract: "Write one figure as .png, .svg, .pdf or .txt (the drawing as text).")

  @Argument(help: "ID or ID/NAME.")
  var reference: String
  @OptionGroup var study: StudyOptions
  @Option(name: .shortAndLong, help: "The file to write; its ending says what it holds.")
  var output: String
  @Option(help: "narrow, normal or wide.")
  var width = "normal"

  func run() async throws {
    var options = BuildOptions(study: try study.folder())
    options.jobs = availableCores()
    options.writesCache = false
    guard let builder = StudyBuilder(options) else { throw ExitCode.wrongUse }
    do throws(FigureExport.Failure) {
      let diagnostics = try await FigureExport(builder: builder).write(reference, to: output, width: width)
      Terminal.print(diagnostics, format: .text)
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
  }
}
