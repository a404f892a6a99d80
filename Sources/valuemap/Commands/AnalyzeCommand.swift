import ArgumentParser
import Diagnostics
import Publishing
import ValueModels

struct Analyze: AsyncParsableCommand {
  enum Format: String, ExpressibleByArgument, CaseIterable, Sendable { case text, json, csv }

  static let configuration = CommandConfiguration(abstract: "Print one analysis' findings, writing nothing.")

  @Argument(help: "The analysis' id in valuemap.yaml.")
  var id: String
  @OptionGroup var study: StudyOptions
  @Option(help: "text, json (as in findings/ID.json) or csv (all tables, each after a line with its name).")
  var format = Format.text
  @Option(help: "With --format csv: this table only.")
  var table: String?

  func run() async throws {
    var options = BuildOptions(study: try study.folder())
    options.jobs = availableCores()
    options.writesCache = false
    guard let builder = StudyBuilder(options) else { throw ExitCode.wrongUse }
    let (declared, problems) = builder.readStudy()
    guard declared.mayHave(id) else {
      Terminal.print(problems, format: .text)
      printError(
        "error: the study has no analysis '\(id)'"
          + (nearestHint(to: id, among: declared.analyses.map(\.id)).map { "\n  hint: \($0)" } ?? ""))
      throw problems.contains { $0.severity == .error } ? ExitCode.studyErrors : ExitCode.wrongUse
    }
    let (all, _, found) = await builder.analyse(declared, only: [id])
    Terminal.print(problems + found, format: .text)
    guard !(problems + found).contains(where: { $0.severity == .error }),
      let findings = all.first(where: { $0.id == id })
    else {
      if (problems + found).contains(where: { $0.severity == .error }) { throw ExitCode.studyErrors }
      printError(
        "error: the study has no analysis '\(id)'"
          + (nearestHint(to: id, among: all.map(\.id)).map { "\n  hint: \($0)" } ?? ""))
      throw ExitCode.wrongUse
    }
    switch format {
    case .json: print(findings.json(), terminator: "")
    case .text: print(findings.text, terminator: "")
    case .csv: try printTables(findings)
    }
  }

  private func printTables(_ findings: Findings) throws {
    if let table {
      guard let found = findings.table(table) else {
        printError(
          "error: '\(id)' has no table '\(table)'"
            + (nearestHint(to: table, among: findings.tables.map(\.name)).map { "\n  hint: \($0)" } ?? ""))
        throw ExitCode.wrongUse
      }
      print(found.csv, terminator: "")
      return
    }
    for (number, table) in findings.tables.enumerated() {
      print("\(number == 0 ? "" : "\r\n")# \(table.name)\r\n\(table.csv)", terminator: "")
    }
  }
}

extension Findings {
  /// As a person reads it on a terminal.
  fileprivate var text: String {
    var out = "\(title) (\(type))\n\(method.summary)\n\n"
    let width = facts.map(\.name.count).max() ?? 0
    for fact in facts where !fact.value.isMissing {
      out +=
        fact.name + String(repeating: " ", count: width - fact.name.count + 2) + (fact.value.text ?? fact.value.json)
        + "\n"
    }
    for table in tables { out += "\n" + table.text }
    for caution in cautions { out += "\ncaution: \(caution.message) [\(caution.id)]\n" }
    return out
  }
}

extension FindingsTable {
  fileprivate var text: String {
    let limit = 40
    func cell(_ value: Value) -> String {
      switch value {
      case .missing: ""
      case .text(let text): text
      case .number(let number):
        number == 0 || (abs(number) >= 1e-3 && abs(number) < 1e7)
          ? "\((number * 1e4).rounded() / 1e4)" : "\(Float(number))"
      default: value.json
      }
    }
    let shown = rows.prefix(limit).map { $0.map(cell) }
    let widths = columns.indices.map { column in ([columns[column].name.count] + shown.map(\.[column].count)).max() ?? 0
    }
    func line(_ cells: [String], isHead: Bool = false) -> String {
      cells.indices.map { index in
        let space = String(repeating: " ", count: max(0, widths[index] - cells[index].count))
        return columns[index].format == .text ? cells[index] + space : space + cells[index]
      }.joined(separator: "  ").trimmedRight + "\n"
    }
    var out = "\(name): \(title)\n" + line(columns.map(\.name))
    for row in shown { out += line(row) }
    if rows.count > limit { out += "… and \(grouped(rows.count - limit)) more rows (--format csv prints all)\n" }
    return out
  }
}

extension String {
  fileprivate var trimmedRight: String {
    var text = self[...]
    while text.last == " " { text = text.dropLast() }
    return String(text)
  }
}
