import Diagnostics
import Settings
import ValueModels

extension Study {
  mutating func readAnalysis(_ entry: Setting.Entry, _ problems: inout DiagnosticList) {
    let id = entry.key
    guard let first = id.utf8.first, first < 0x80, Character(Unicode.Scalar(first)).isLetter,
      id.utf8.allSatisfy({
        (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0) || $0 == 0x2D
          || $0 == 0x5F
      }),
      id.utf8.count <= 80
    else {
      problems.add(
        Diagnostic(
          .error, "study.bad-id", at: entry.keyPosition,
          "an analysis' id begins with a letter and holds letters a to z, digits, '-' and '_', and '\(id)' does not"))
      return
    }
    guard id != "study" else {
      problems.add(
        Diagnostic(
          .error, "study.bad-id", at: entry.keyPosition,
          "pages call the study itself 'study' ({{study.title}}), and an analysis has that id",
          hint: "give it another id"))
      return
    }
    guard case .map = entry.value.value else {
      problems.add(
        Diagnostic(
          .error, "settings.wrong-type", at: entry.value.position,
          "an analysis is a map with 'type', and '\(id)' is none"))
      return
    }
    guard let type = entry.value["type"], case .scalar(let name, _) = type.value else {
      problems.add(
        Diagnostic(
          .error, "settings.missing", at: entry.keyPosition, "an analysis has a 'type', and '\(id)' has none",
          hint: nearestHint(to: "", among: AnalysisCatalogue.kinds.map(\.name))))
      return
    }
    guard let kind = AnalysisCatalogue.kind(name) else {
      let isPlanned = AnalysisCatalogue.planned.contains(name)
      problems.add(
        Diagnostic(
          .error, isPlanned ? "study.type-unavailable" : "study.unknown-type", at: type.position,
          isPlanned
            ? "this version does not compute '\(name)' yet" : "a type is a kind of analysis, and there is no '\(name)'",
          hint: isPlanned
            ? "see 'valuemap analyses' for those it does"
            : nearestHint(to: name, among: AnalysisCatalogue.kinds.map(\.name))))
      return
    }
    var analysis = Analysis(id: id, position: entry.keyPosition, kind: kind, settings: entry.value, data: [], needs: [])
    // The question is the study's to word; it changes nothing that is computed.
    if case .map(var entries) = entry.value.value, let place = entries.firstIndex(where: { $0.key == "question" }) {
      if case .scalar(let text, _) = entries[place].value.value {
        analysis.question = text
      } else {
        problems.add(
          Diagnostic(.error, "settings.wrong-type", at: entries[place].value.position, "'question' is a text"))
      }
      entries.remove(at: place)
      analysis.settings.value = .map(entries)
    }
    for role in kind.tables {
      guard let value = entry.value.value(at: role.name), !value.isNull else { continue }
      guard case .scalar(let name, _) = value.value else {
        problems.add(
          Diagnostic(
            .error, "settings.wrong-type", at: value.position,
            "'\(role.name)' names a table of 'data:', and something else was found"))
        continue
      }
      guard data.contains(where: { $0.name == name }) || unreadData.contains(name) else {
        problems.add(
          Diagnostic(
            .error, "study.unknown-table", at: value.position,
            "'\(role.name)' names a table of 'data:', and there is no '\(name)'",
            hint: nearestHint(to: name, among: data.map(\.name))))
        continue
      }
      analysis.data.append((role.name, name))
    }
    for key in kind.needs {
      guard let value = entry.value[key], case .scalar(let other, _) = value.value, !value.isNull else { continue }
      analysis.needs.append((key, other))
    }
    analyses.append(analysis)
  }

  /// Analyses that read others: those exist, and no circle leads back.
  func checkNeeds(_ problems: inout DiagnosticList) {
    for analysis in analyses {
      for need in analysis.needs where !analyses.contains(where: { $0.id == need.id }) {
        problems.add(
          Diagnostic(
            .error, "study.unknown-analysis", at: analysis.settings[need.key]?.position ?? analysis.position,
            "'\(need.key)' names another analysis, and there is no '\(need.id)'",
            hint: nearestHint(to: need.id, among: analyses.map(\.id))))
      }
      var seen: Set<String> = []
      var pending = analysis.needs.map(\.id)
      while let next = pending.popLast() {
        if next == analysis.id {
          problems.add(
            Diagnostic(
              .error, "study.circle", at: analysis.position,
              "analyses do not wait for themselves, and '\(analysis.id)' does"))
          break
        }
        guard seen.insert(next).inserted else { continue }
        pending += analyses.first { $0.id == next }?.needs.map(\.id) ?? []
      }
    }
  }
}

extension Study {
  /// True for the id of an analysis, and for what may be a group of one: which groups there are its table tells.
  package func mayHave(_ id: String) -> Bool {
    analyses.contains { $0.id == id || ($0.hasGroups && id.hasPrefix($0.id + "-")) }
  }

  /// The analyses named and all that they need. A name that begins with the id of an analysis with groups may be one of them.
  func analyses(needed ids: Set<String>) -> [Analysis] {
    var all = ids.union(
      analyses.filter { analysis in analysis.hasGroups && ids.contains { $0.hasPrefix(analysis.id + "-") } }.map(\.id))
    var grown = true
    while grown {
      let more = Set(analyses.filter { all.contains($0.id) }.flatMap { $0.needs.map(\.id) })
      grown = !more.isSubset(of: all)
      all.formUnion(more)
    }
    return analyses.filter { all.contains($0.id) }
  }
}

extension Study.Analysis {
  /// True where `by` repeats it for each group of a column.
  package var hasGroups: Bool {
    guard groupOf == nil, kind.isRepeatable, let by = settings["by"] else { return false }
    return !by.isNull
  }
}

extension Setting {
  var text: String? {
    if case .scalar(let text, _) = value { text } else { nil }
  }

  /// The setting under a key, or under keys in each other joined by dots: `preference.table`.
  fileprivate func value(at path: String) -> Setting? {
    path.split(separator: ".").reduce(Optional(self)) { $0?[String($1)] }
  }
}
