import Diagnostics
import Pages
import Settings
import ValueModels

/// Puts behind each analysis with `by: column` one for each group of the column.
struct GroupExpansion: Sendable {
  struct Expanded: Sendable {
    /// In the study's order, groups right behind the analysis they are groups of.
    var analyses: [Study.Analysis] = []
    var notes = GroupNotes()
    var diagnostics: [Diagnostic] = []
  }

  let study: Study
  let outlines: [String: TableOutline]
  let tables: StudyTables
  let store: Store
  let program: String

  func expand(_ analyses: [Study.Analysis], on workers: Workers) async -> Expanded {
    let repeated = analyses.filter { analysis in
      analysis.hasGroups && analysis.data.allSatisfy { outlines[$0.name] != nil }
    }
    var result = Expanded()
    guard !repeated.isEmpty else {
      result.analyses = analyses
      return result
    }
    let found = await workers.map(repeated.count) { groups(of: repeated[$0]) }
    let taken = Set(study.analyses.map(\.id) + study.unread)
    var made: [String: String] = [:]
    for analysis in analyses {
      result.analyses.append(analysis)
      guard let at = repeated.firstIndex(where: { $0.id == analysis.id }) else { continue }
      switch found[at] {
      case .failure(let rejection): result.diagnostics += rejection.diagnostics
      case .success(nil): break
      case .success(let groups?):
        result.notes.add(groups, of: analysis, limit: study.privacy.suppressBelow)
        for group in groups.groups {
          let id = "\(analysis.id)-\(group.suffix)"
          if let other = taken.contains(id) ? id : made[id] {
            result.diagnostics.append(
              Diagnostic(
                .error, "study.same-id", at: analysis.settings["by"]?.position ?? analysis.position,
                "an analysis has an id of its own, and the group '\(group.label)' of '\(analysis.id)' would be '\(id)', as is "
                  + (taken.contains(id) ? "another analysis" : "a group of '\(other)'"),
                hint: "give one of them another id"))
            continue
          }
          made[id] = analysis.id
          result.analyses.append(one(group, of: analysis, groups.column, id: id))
        }
      }
    }
    return result
  }

  private func one(
    _ group: AnalysisGroups.Group, of analysis: Study.Analysis, _ column: String, id: String
  ) -> Study.Analysis {
    var one = analysis
    one.id = id
    let given = analysis.settings["title"]?.text ?? ""
    one.settings = AnalysisInput.settings(
      analysis.settings, of: group, in: column, title: given.isEmpty ? readableTitle(analysis.id) : given)
    one.groupOf = (analysis.id, group.label)
    return one
  }

  /// Remembered by the table and the settings that choose rows, so that an unchanged build reads no table.
  private func groups(of analysis: Study.Analysis) -> Result<AnalysisGroups?, Rejection> {
    guard let (_, name) = analysis.data.first(where: { $0.key == "data" }), let outline = outlines[name],
      let set = study.data.first(where: { $0.name == name })
    else { return .success(nil) }
    let key = Digest(of: [
      "groups", program, outline.key.hex, analysis.kind.name, analysis.settings.canonical,
      "\(study.privacy.suppressBelow)",
    ])
    if let bytes = store.load(key), let groups = AnalysisGroups(packed: bytes) { return .success(groups) }
    switch tables.table(set) {
    case .failure(let rejection): return .failure(rejection)
    case .success(let table):
      var input = AnalysisInput(
        id: analysis.id, settings: analysis.settings, position: analysis.position, tables: [:], privacy: study.privacy)
      input.tables["data"] = StudyTable(name: name, table: table, sha256: outline.sha256)
      do throws(Rejection) {
        let groups = try AnalysisGroups.divide(input, analysis.kind)
        if let groups { store.save(groups.packed, under: key) }
        return .success(groups)
      } catch {
        return .failure(error)
      }
    }
  }
}

/// What is said of groups with the analysis they are groups of.
struct GroupNotes: Sendable {
  private var cautions: [String: [Caution]] = [:]
  /// Labels of groups that are not shown, by analysis.
  private var withheld: [String: [String]] = [:]
  private var limit = 0

  mutating func add(_ groups: AnalysisGroups, of analysis: Study.Analysis, limit: Int) {
    self.limit = limit
    withheld[analysis.id] = groups.withheld
    if groups.ungrouped > 0 {
      cautions[analysis.id, default: []].append(
        Caution(
          "no-group",
          "\(grouped(groups.ungrouped)) \(groups.ungrouped == 1 ? "row names" : "rows name") no group in '\(groups.column)' and \(groups.ungrouped == 1 ? "counts" : "count") in the whole only"
        ))
    }
  }

  /// Takes out groups in which something is hidden, where the whole less the other groups would show it, and with a single one the
  /// smallest of the others.
  mutating func withhold(_ done: inout [String: AnalysedFindings], _ analyses: [Study.Analysis]) {
    for parent in analyses where parent.hasGroups && parent.kind.addsUp {
      let groups = analyses.filter { $0.groupOf?.id == parent.id && done[$0.id] != nil }
      var out = groups.filter { done[$0.id]?.findings.cautions.contains { $0.id == "suppressed" } ?? false }
      if out.count == 1, withheld[parent.id]?.isEmpty ?? true {
        let others = groups.filter { $0.id != out[0].id }
        func base(_ group: Study.Analysis) -> Double { done[group.id]?.findings.number("base") ?? .infinity }
        if let least = others.min(by: { base($0) < base($1) }) { out.append(least) }
      }
      for group in out {
        done[group.id] = nil
        withheld[parent.id, default: []].append(group.groupOf?.label ?? group.id)
      }
    }
    for analysis in analyses {
      guard let labels = withheld[analysis.id], !labels.isEmpty else { continue }
      let count = labels.count
      cautions[analysis.id, default: []].insert(
        Caution(
          "group-withheld",
          "\(count) \(count == 1 ? "group is" : "groups are") not shown singly: fewer than \(limit) people in it or in a part of it, or hidden so that such a group cannot be had by subtraction",
          rows: labels), at: 0)
    }
  }

  /// A group whose analysis was refused, with the first reason.
  mutating func fail(_ analysis: Study.Analysis, _ rejection: Rejection) {
    guard let (id, label) = analysis.groupOf else { return }
    let reason = rejection.diagnostics.first?.message ?? "the analysis refuses it"
    cautions[id, default: []].append(
      Caution("group-not-computed", "The group '\(label)' has no analysis: \(reason)", rows: [label]))
  }

  /// The findings with what is to be said of their groups.
  func added(to part: AnalysedFindings) -> AnalysedFindings {
    guard let more = cautions[part.findings.id] else { return part }
    var part = part
    part.findings.cautions += more
    part.digest = Digest(part.findings.packed)
    return part
  }
}

extension AnalysisGroups {
  fileprivate var packed: [UInt8] {
    var packer = Packer()
    packer.add(column)
    packer.add(groups) {
      $0.add($1.label)
      $0.add($1.suffix)
    }
    packer.add(withheld) { $0.add($1) }
    packer.add(ungrouped)
    return packer.bytes
  }

  fileprivate init?(packed bytes: [UInt8]) {
    var reader = Unpacker(bytes)
    do throws(Unpacker.Damaged) {
      self.init(
        column: try reader.text(),
        groups: try reader.list { (r) throws(Unpacker.Damaged) in Group(label: try r.text(), suffix: try r.text()) },
        withheld: try reader.list { (r) throws(Unpacker.Damaged) in try r.text() }, ungrouped: try reader.integer())
    } catch {
      return nil
    }
    guard reader.isAtEnd, !column.isEmpty else { return nil }
  }
}
