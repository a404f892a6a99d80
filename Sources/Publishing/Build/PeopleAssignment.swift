import Diagnostics
import Glibc
import Tables
import ValueModels

/// Puts people of a file outside the study into the segments of an analysis, by its typing tool.
package struct PeopleAssignment: Sendable {
  package enum Failure: Error, Sendable {
    /// The command was wrong.
    case use(String)
    case study([Diagnostic])
  }

  let builder: StudyBuilder

  package init(builder: StudyBuilder) { self.builder = builder }

  /// - Parameters:
  ///   - id: the analysis.
  ///   - path: a CSV, read as the analysis' own table is: its delimiter, names of columns, types.
  ///   - respondent: the column that names people in the result; by default the analysis' own where the file has it.
  /// - Returns: the result as CSV, and notes on the way.
  package func assign(_ id: String, _ path: String, respondent: String?) async throws(Failure) -> (
    csv: String, diagnostics: [Diagnostic]
  ) {
    let (study, declared) = builder.readStudy()
    guard study.mayHave(id) else {
      if declared.contains(where: { $0.severity == .error }) { throw .study(declared) }
      throw .use("the study has no analysis '\(id)'" + hint(id, study.analyses.map(\.id)))
    }
    let (all, _, found) = await builder.analyse(study, only: [id])
    var diagnostics = declared + found
    guard !diagnostics.contains(where: { $0.severity == .error }), let findings = all.first(where: { $0.id == id })
    else {
      if diagnostics.contains(where: { $0.severity == .error }) { throw .study(diagnostics) }
      throw .use("the study has no analysis '\(id)'" + hint(id, all.map(\.id)))
    }
    guard let functions = PublishedFunctions(findings) else {
      throw .use(
        "people are assigned by a typing tool, and '\(id)' has none\n  hint: set 'typing: true' in that analysis")
    }
    let data = findings.data.first?.name
    let options = study.data.first { $0.name == data }?.options ?? TableOptions()
    let table: Table
    switch read(path, options) {
    case .success(let (read, notes)):
      table = read
      diagnostics += notes
    case .failure(let failure): throw failure
    }
    do {
      let people = try functions.assign(table, respondent: try column(respondent, findings, table))
      return (people.csv, diagnostics)
    } catch let failure as Failure {
      throw failure
    } catch let rejection as Rejection {
      throw .study(rejection.diagnostics)
    } catch {
      throw .use("\(error)")
    }
  }

  private func column(_ wanted: String?, _ findings: Findings, _ table: Table) throws(Failure) -> Column? {
    guard let wanted else { return findings.setting("respondent")?.text.flatMap { table[$0] } }
    if let column = table[wanted] { return column }
    throw .use("'--respondent' names a column of the file, and it has no '\(wanted)'" + hint(wanted, table.columnNames))
  }

  private func read(_ path: String, _ options: TableOptions) -> Result<(Table, [Diagnostic]), Failure> {
    let bytes: [UInt8]
    switch wholeFile(path) {
    case .success(let read): bytes = read
    case .failure(let failure): return .failure(failure)
    }
    // New people may come without columns that the study renames or types for other purposes.
    var plain = options
    plain.columns = []
    plain.types = []
    let (first, _) = TableReader(name: "people", file: path, options: plain).read(bytes: bytes)
    var fitting = options
    if let headers = first?.headers {
      fitting.columns = options.columns.filter { headers.contains($0.theirs) }
      let names = headers + fitting.columns.map(\.ours)
      fitting.types = options.types.filter { names.contains($0.column) }
    }
    let (table, diagnostics) = TableReader(name: "people", file: path, options: fitting).read(bytes: bytes)
    guard let table else { return .failure(.study(diagnostics)) }
    return .success((table, diagnostics))
  }

  private func hint(_ name: String, _ names: [String]) -> String {
    nearestHint(to: name, among: names).map { "\n  hint: \($0)" } ?? ""
  }
}

/// The bytes of a regular file anywhere.
private func wholeFile(_ path: String) -> Result<[UInt8], PeopleAssignment.Failure> {
  let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
  guard descriptor >= 0 else {
    return .failure(.use("the file can be read, and '\(path)' cannot: \(String(cString: strerror(errno)))"))
  }
  defer { close(descriptor) }
  var status = stat()
  guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
    return .failure(.use("people are read from a file, and '\(path)' is none"))
  }
  guard status.st_size <= 1 << 30 else {
    return .failure(.use("a file of people holds at most 1 GB, and '\(path)' more"))
  }
  var bytes: [UInt8] = []
  bytes.reserveCapacity(Int(status.st_size))
  var buffer = [UInt8](repeating: 0, count: 1 << 18)
  while true {
    let count = buffer.withUnsafeMutableBytes { part in
      retrying { Glibc.read(descriptor, part.baseAddress, part.count) }
    }
    if count < 0 {
      return .failure(.use("the file can be read, and '\(path)' cannot: \(String(cString: strerror(errno)))"))
    }
    if count == 0 { return .success(bytes) }
    bytes += buffer[..<count]
  }
}

/// Whether a file would lie in the site of a study, where the next visitor could read it.
package func isInSite(_ path: String, of study: String) -> Bool {
  guard let site = realpath(study + "/public", nil) else { return false }
  defer { free(site) }
  let folder = path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
  guard let place = realpath(folder, nil) else { return false }
  defer { free(place) }
  return (String(cString: place) + "/").hasPrefix(String(cString: site) + "/")
}

/// Writes a file whole or not at all.
/// - Returns: nil, or why it could not be written.
package func writeResult(_ text: String, to path: String) -> String? {
  writeAtomically(Array(text.utf8), to: path) ? nil : String(cString: strerror(errno))
}
