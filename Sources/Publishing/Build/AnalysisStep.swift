import Diagnostics
import Tables
import ValueModels

/// Findings with what they are known by.
struct AnalysedFindings: Sendable {
  var findings: Findings
  /// Of the findings' own bytes: what is drawn and printed depends on nothing else.
  var digest: Digest
  var wasComputed: Bool
}

/// One analysis as a pure function of its settings and tables, remembered by their content.
struct AnalysisStep: Sendable {
  let analysis: Study.Analysis
  let study: Study
  let outlines: [String: TableOutline]
  let tables: StudyTables
  let store: Store
  let program: String

  func run(others: [String: AnalysedFindings]) -> Result<AnalysedFindings, Rejection> {
    let key = self.key(others)
    if let bytes = store.load(key), let findings = Findings(packed: bytes) {
      return .success(AnalysedFindings(findings: findings, digest: Digest(bytes), wasComputed: false))
    }
    var input = AnalysisInput(
      id: analysis.id, settings: analysis.settings, position: analysis.position, tables: [:], privacy: study.privacy)
    var problems: [Diagnostic] = []
    for (role, name) in analysis.data {
      guard let set = study.data.first(where: { $0.name == name }), let outline = outlines[name] else { continue }
      switch tables.table(set) {
      case .success(let table):
        input.tables[role] = StudyTable(
          name: name, table: table, sha256: outline.sha256, source: set.source, collected: set.collected)
      case .failure(let rejection): problems += rejection.diagnostics
      }
    }
    for (role, id) in analysis.needs { input.others[role] = others[id]?.findings }
    guard problems.isEmpty else { return .failure(Rejection(problems)) }
    do throws(Rejection) {
      let findings = try analysis.kind.compute(input)
      let bytes = findings.packed
      store.save(bytes, under: key)
      return .success(AnalysedFindings(findings: findings, digest: Digest(bytes), wasComputed: true))
    } catch {
      return .failure(error)
    }
  }

  private func key(_ others: [String: AnalysedFindings]) -> Digest {
    var parts = [
      "analysis", program, analysis.id, analysis.settings.canonical,
      "\(study.privacy.minimumBase) \(study.privacy.suppressBelow)",
    ]
    for (role, name) in analysis.data {
      let set = study.data.first { $0.name == name }
      parts += [role, name, outlines[name]?.key.hex ?? "", set?.source?.rawValue ?? "", set?.collected ?? ""]
    }
    for (role, id) in analysis.needs { parts += [role, others[id]?.digest.hex ?? ""] }
    return Digest(of: parts)
  }
}
