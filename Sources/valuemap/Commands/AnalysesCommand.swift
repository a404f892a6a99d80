import ArgumentParser
import Diagnostics
import ValueModels

struct Analyses: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "List the kinds of analysis; with TYPE, its settings, columns, findings and references.")

  @Argument(help: "A kind of analysis.")
  var type: String?

  func run() throws {
    guard let type else {
      let width = AnalysisCatalogue.kinds.map(\.name.count).max() ?? 0
      for kind in AnalysisCatalogue.kinds {
        print(kind.name + String(repeating: " ", count: width - kind.name.count + 2) + kind.question)
      }
      return
    }
    guard let kind = AnalysisCatalogue.kind(type) else {
      printError(
        AnalysisCatalogue.planned.contains(type)
          ? "error: this version does not compute '\(type)' yet"
          : "error: there is no kind of analysis '\(type)'"
            + (nearestHint(to: type, among: AnalysisCatalogue.kinds.map(\.name)).map { "\n  hint: \($0)" } ?? ""))
      throw ExitCode.wrongUse
    }
    print("\(kind.name): \(kind.question)")
    section("Tables it reads", kind.tables.map { ($0.name, $0.meaning) })
    section(
      "Settings",
      kind.settings.map { ($0.name, $0.meaning + ($0.standard.map { " (default: \($0))" } ?? "")) })
    section("Facts", kind.facts.map { ($0.name, $0.meaning) })
    section("Tables of findings", kind.findings.map { ($0.name, $0.meaning) })
    section("Figures", kind.figures.map { ($0.name, $0.meaning) })
    print("\nReferences")
    for reference in kind.references { print("  \(reference)") }
  }

  private func section(_ title: String, _ lines: [(String, String)]) {
    guard !lines.isEmpty else { return }
    print("\n\(title)")
    let width = min(28, lines.map(\.0.count).max() ?? 0)
    for (name, meaning) in lines {
      print("  " + name + String(repeating: " ", count: max(0, width - name.count) + 2) + meaning)
    }
  }
}
