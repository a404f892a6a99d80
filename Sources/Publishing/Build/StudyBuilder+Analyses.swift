import Diagnostics
import ValueModels

extension StudyBuilder {
  /// Findings of all analyses, or of those named and what they need.
  package func analyse(
    _ study: Study, only ids: Set<String>? = nil
  ) async -> (findings: [Findings], counts: BuildCounts, diagnostics: [Diagnostic]) {
    let (parts, outlines, diagnostics) = await analysed(study, only: ids)
    _ = outlines
    var counts = BuildCounts()
    counts.analyses = parts.count
    counts.analysesComputed = parts.count { $0.1.wasComputed }
    return (parts.map(\.1.findings), counts, diagnostics)
  }

  func analysed(
    _ study: Study, only ids: Set<String>? = nil
  ) async -> (parts: [(Study.Analysis, AnalysedFindings)], outlines: [String: TableOutline], diagnostics: [Diagnostic])
  {
    var wanted = ids.map { study.analyses(needed: $0) } ?? study.analyses
    var diagnostics: [Diagnostic] = []
    let used = Set(wanted.flatMap { $0.data.map(\.name) })
    let sets = study.data.filter { ids == nil || used.contains($0.name) }
    let tables = StudyTables(folder: folder, store: store, program: program)
    progress("reading \(sets.count) tables")
    let read = await workers.map(sets.count) { tables.outline(sets[$0]) }
    var outlines: [String: TableOutline] = [:]
    for (set, outcome) in zip(sets, read) {
      switch outcome {
      case .success(let outline):
        outlines[set.name] = outline
        diagnostics += outline.diagnostics
      case .failure(let rejection): diagnostics += rejection.diagnostics
      }
    }
    let expansion = await GroupExpansion(
      study: study, outlines: outlines, tables: tables, store: store, program: program
    ).expand(wanted, on: workers)
    diagnostics += expansion.diagnostics
    wanted = expansion.analyses
    if let ids {
      wanted = wanted.filter { $0.groupOf.map { group in ids.contains(group.id) } ?? true || ids.contains($0.id) }
    }
    // In rounds: each takes what waits for nothing any more. The order of results is the study's.
    var done: [String: AnalysedFindings] = [:]
    var notes = expansion.notes
    var left = wanted
    while !left.isEmpty {
      let ready = left.filter { analysis in
        analysis.needs.allSatisfy { done[$0.id] != nil } && analysis.groupOf.map { done[$0.id] != nil } ?? true
      }
      left.removeAll { analysis in ready.contains { $0.id == analysis.id } }
      // What waits for an analysis that failed is not computed; the failure has been told.
      guard !ready.isEmpty else { break }
      let runnable = ready.filter { $0.data.allSatisfy { outlines[$0.name] != nil } }
      progress("computing \(runnable.map(\.id).joined(separator: ", "))")
      let (known, finished) = (outlines, done)
      let results = await workers.map(runnable.count) { index in
        AnalysisStep(
          analysis: runnable[index], study: study, outlines: known, tables: tables, store: store, program: program
        )
        .run(others: finished)
      }
      for (analysis, result) in zip(runnable, results) {
        switch result {
        case .success(let findings): done[analysis.id] = findings
        // A group that cannot be computed is a doubt of the whole, not its end.
        case .failure(let rejection) where analysis.groupOf != nil: notes.fail(analysis, rejection)
        // A table that is not there was told when the study was read.
        case .failure(let rejection): diagnostics += rejection.diagnostics.filter { $0.id != "analysis.unknown-table" }
        }
      }
    }
    notes.withhold(&done, wanted)
    let parts = wanted.compactMap { analysis in done[analysis.id].map { (analysis, notes.added(to: $0)) } }
    for (analysis, part) in parts {
      for caution in part.findings.cautions {
        diagnostics.append(
          Diagnostic(.caution, "analysis.\(caution.id)", at: analysis.position, "\(analysis.id): \(caution.message)"))
      }
    }
    return (parts, outlines, diagnostics)
  }
}
