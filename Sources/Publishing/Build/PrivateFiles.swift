import Diagnostics
import Glibc
import ValueModels

/// Files about single persons that analyses were asked for. Only a build writes them, after the site, and never into it.
package struct PrivateFiles: Sendable {
  let builder: StudyBuilder
  /// The folder the site was written to.
  let output: String

  package init(_ builder: StudyBuilder, output: String) {
    self.builder = builder
    self.output = output
  }

  /// Computes and writes all; a study that asks for none costs nothing.
  /// - Returns: a note a file written, and what went wrong.
  package func write() -> [Diagnostic] {
    let (study, _) = builder.readStudy()
    // No cache: what it held would be a step's, and this is none.
    let tables = StudyTables(folder: builder.folder, store: Store(folder: nil, isWritable: false), program: "")
    var diagnostics: [Diagnostic] = []
    for analysis in study.analyses {
      guard let compute = analysis.kind.privateFile, analysis.settings["publish_scores"] != nil else { continue }
      do throws(Rejection) {
        guard let file = try compute(try input(analysis, study, tables)) else { continue }
        diagnostics.append(write(file))
      } catch {
        diagnostics += error.diagnostics
      }
    }
    return diagnostics
  }

  private func input(
    _ analysis: Study.Analysis, _ study: Study, _ tables: StudyTables
  ) throws(Rejection) -> AnalysisInput {
    var input = AnalysisInput(
      id: analysis.id, settings: analysis.settings, position: analysis.position, tables: [:], privacy: study.privacy)
    for (role, name) in analysis.data {
      guard let set = study.data.first(where: { $0.name == name }) else { continue }
      if case .failure(let rejection) = tables.outline(set) { throw rejection }
      switch tables.table(set) {
      case .success(let table):
        input.tables[role] = StudyTable(
          name: name, table: table, sha256: "", source: set.source, collected: set.collected)
      case .failure(let rejection): throw rejection
      }
    }
    return input
  }

  private func write(_ file: PrivateFile) -> Diagnostic {
    let path = file.path.hasPrefix("/") ? file.path : builder.folder.root + "/" + file.path
    let folder = path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    guard let place = realPath(folder) else {
      return Diagnostic(
        .error, "output.unwritable", at: file.position,
        "scores are written into a folder that exists, and "
          + "that of '\(file.path)' does not")
    }
    for site in [output, builder.folder.root + "/public", builder.folder.root + "/content"] {
      if let site = realPath(site), (place + "/").hasPrefix(site + "/") {
        return Diagnostic(
          .error, "analysis.scores-in-site", at: file.position,
          "scores of single customers stay outside the site and what it is made from, and '\(file.path)' lies in it",
          hint: "name a file beside the study, such as '../scores.csv'")
      }
    }
    guard writeAtomically(Array(file.csv.utf8), to: path) else {
      return Diagnostic(
        .error, "output.unwritable", at: file.position,
        "the file of scores can be written, and '\(file.path)' cannot: \(String(cString: strerror(errno)))")
    }
    return Diagnostic(
      .note, "output.scores", at: file.position,
      "scores of \(grouped(file.rows)) customers were written to '\(file.path)'; they are no part of the site")
  }
}
