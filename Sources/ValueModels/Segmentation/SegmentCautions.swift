import Diagnostics
import Tables

/// Doubts that groups found and groups in the data have in common.
extension SegmentTables {
  /// Small and hidden groups; `people` is what bases count.
  func cautions(_ privacy: Privacy, people: String) -> [Caution] {
    var cautions: [Caution] = []
    let concealed = (0..<grouping.count).filter { grouping.hidden[$0] }
    if !concealed.isEmpty {
      let tiny = concealed.count { grouping.sizes[$0] < privacy.suppressBelow }
      let more = concealed.count - tiny
      cautions.append(
        Caution(
          "suppressed",
          "\(tiny) of \(grouping.count) groups \(tiny == 1 ? "rests" : "rest") on fewer than \(privacy.suppressBelow) "
            + "\(people) and \(tiny == 1 ? "is" : "are") not shown"
            + (more > 0
              ? ", nor \(more == 1 ? "is 1 other" : "are \(more) others") from which it could be worked out" : ""),
          rows: concealed.map { grouping.names[$0] }))
    }
    let small = (0..<grouping.count).filter {
      !grouping.hidden[$0] && grouping.sizes[$0] > 0 && grouping.sizes[$0] < privacy.minimumBase
    }
    if !small.isEmpty {
      cautions.append(
        Caution(
          "small-base",
          "\(small.count) of \(grouping.count) groups \(small.count == 1 ? "rests" : "rest") on fewer than "
            + "\(privacy.minimumBase) \(people)",
          rows: small.map { grouping.names[$0] }))
    }
    if let caution = smallCells(privacy, people: people, except: small) { cautions.append(caution) }
    return cautions
  }

  /// Segments that other samples of the same people would not bring back.
  var instability: Caution? {
    guard let stability else { return nil }
    let loose = stability.indices.filter { !grouping.hidden[$0] && stability[$0] < 0.6 }
    guard !loose.isEmpty else { return nil }
    return Caution(
      "unstable-segments",
      "\(loose.count) of \(grouping.count) segments \(loose.count == 1 ? "does" : "do") not come back in samples drawn from "
        + "the same people (Jaccard similarity below 0.6)",
      rows: loose.map { grouping.names[$0] })
  }

  /// Groups that are large enough, but few of whom answered one of the questions.
  private func smallCells(_ privacy: Privacy, people: String, except small: [Int]) -> Caution? {
    var rows: [String] = []
    for profile in profiles {
      for g in 0..<grouping.count where !grouping.hidden[g] && !small.contains(g) {
        let isSmall = profile.bases[g] > 0 && profile.bases[g] < privacy.minimumBase
        if isSmall || profile.hidden[g] { rows.append("\(grouping.names[g]), \(profile.name)") }
      }
    }
    guard !rows.isEmpty else { return nil }
    return Caution(
      "small-base",
      "\(rows.count == 1 ? "one cell of the profile rests" : "\(rows.count) cells of the profile rest") on fewer than "
        + "\(privacy.minimumBase) \(people), or \(rows.count == 1 ? "is" : "are") hidden to keep others from being worked out",
      rows: rows)
  }
}

extension Groundwork {
  /// One row a respondent: a second row of the same one is an error, since bases count respondents.
  mutating func checkOneRowEach(_ column: Column, in rows: SourceRows) {
    let (codes, levels) = column.codes()
    var first = [Int](repeating: -1, count: levels.count)
    for row in rows.kept where codes[row] >= 0 {
      let code = Int(codes[row])
      guard first[code] >= 0 else {
        first[code] = row
        continue
      }
      // The respondent is not named: a message may be passed on.
      let line = rows.table.line(ofRow: first[code])
      fail(
        "analysis.repeated-respondent", at: rows.position(row, column),
        "each respondent has one row, and this one "
          + (line > 0 ? "has another on line \(line)" : "has another before it"))
    }
  }

  /// The profile columns that can be shown; what cannot is left out with a caution, or an error for a column that has
  /// no values at all and was named.
  mutating func profileVariables(_ columns: [Column], in rows: SourceRows, areNamed: Bool) -> [ProfileVariable] {
    var variables: [ProfileVariable] = []
    for column in columns {
      if let objection = ProfileColumns.objection(to: column, rows: rows.kept) {
        if areNamed || column.type == .category || column.type == .text {
          cautions.append(
            Caution(
              "not-profiled", "'\(column.name)' is left out of the profiles: it \(objection)", rows: [column.name]))
        }
      } else {
        variables.append(ProfileVariable(column, rows: rows.kept))
      }
    }
    return variables
  }

  /// How many rows have no value in each of the columns profiled, where there are any.
  func emptyCells(_ variables: [ProfileVariable], people: String) -> Caution? {
    let gaps = variables.map { (name: $0.name, count: $0.missing) }.filter { $0.count > 0 }
    guard !gaps.isEmpty else { return nil }
    let worst = gaps.reduce(gaps[0]) { $1.count > $0.count ? $1 : $0 }
    return Caution(
      "empty-cells",
      "\(gaps.count == 1 ? "One variable has" : "\(gaps.count) variables have") empty cells, '\(worst.name)' "
        + "\(gaps.count == 1 ? "with" : "most with") \(grouped(worst.count)) of \(grouped(variables[0].count)) \(people); "
        + "bases differ by variable",
      rows: gaps.map(\.name))
  }
}
