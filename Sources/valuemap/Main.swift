import ArgumentParser
import Diagnostics
import Glibc

@main
struct Valuemap: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "valuemap",
    abstract: "Turns a folder of CSV, Markdown and one valuemap.yaml into a static site of customer value maps.",
    version: "valuemap 0.1.0",
    subcommands: [
      Build.self, Serve.self, Check.self, Analyze.self, FigureCommand.self, Analyses.self, Assign.self, Init.self,
      Diff.self, Pack.self,
    ])

  /// Exit codes are a contract: 0 done, 1 the study has errors, 2 wrong use, 3 our fault.
  static func main() async {
    // A reader that goes away (`| head`) ends the program quietly.
    signal(SIGPIPE, SIG_DFL)
    refuseUnknownCommand()
    do {
      var command = try parseAsRoot()
      if var asynchronous = command as? any AsyncParsableCommand {
        try await asynchronous.run()
      } else {
        try command.run()
      }
    } catch let code as ExitCode {
      Glibc.exit(code.rawValue)
    } catch {
      let code = exitCode(for: error)
      let text = fullMessage(for: error)
      if code == .success {
        print(text)
        Glibc.exit(0)
      }
      printError(text)
      Glibc.exit(code == .validationFailure ? 2 : 3)
    }
  }
}

extension Valuemap {
  /// A verb that does not exist is answered with the nearest that does.
  private static func refuseUnknownCommand() {
    guard let verb = CommandLine.arguments.dropFirst().first, !verb.hasPrefix("-"), verb != "help" else { return }
    let known = configuration.subcommands.map { $0._commandName }
    guard !known.contains(verb) else { return }
    printError("error: there is no command '\(verb)'")
    if let hint = nearestHint(to: verb, among: known) { printError("  hint: \(hint)") }
    Glibc.exit(ExitCode.wrongUse.rawValue)
  }
}

extension ExitCode {
  /// The study has errors.
  static let studyErrors = ExitCode(1)
  static let wrongUse = ExitCode(2)
  static let ourFault = ExitCode(3)
}
