import Diagnostics
import Tables

/// Variables of the methods that take categories: latent classes, and beside numbers k-prototypes.
extension SegmentationSettings {
  /// Columns of categories, with numbers where the method takes both, that have no other part to play. What looks like
  /// names of persons is left out with a caution.
  static func standardVariables(
    _ work: inout Groundwork, in rows: SourceRows, apart: [String], demand: SegmentationMethod.Variables
  ) -> [Column] {
    work.refuseSpoiledNumbers(in: rows, apart: apart)
    let free = rows.table.columns.filter { $0.missingCount < $0.count && !apart.contains($0.name) }
    var chosen: [Column] = []
    var identifiers: [String] = []
    var others: [String] = []
    for column in free {
      let isIdentifier = ProfileColumns.looksLikeIdentifier(column) && !CategoryVariable.isYesOrNo(column)
      if CategoryVariable.isCategory(column) {
        let hasTooMany = column.codes().levels.count > CategoryVariable.mostLevels
        if isIdentifier || hasTooMany { identifiers.append(column.name) } else { chosen.append(column) }
      } else if column.isNumeric, demand == .mixed {
        if isIdentifier { identifiers.append(column.name) } else { chosen.append(column) }
      } else {
        others.append(column.name)
      }
    }
    if !identifiers.isEmpty {
      work.cautions.append(
        Caution(
          "identifier-left-out",
          "\(quotedList(identifiers)) \(identifiers.count == 1 ? "tells" : "tell") rows apart or "
            + "\(identifiers.count == 1 ? "has" : "have") more than \(CategoryVariable.mostLevels) different values and "
            + "\(identifiers.count == 1 ? "is" : "are") no variable"))
    }
    if !others.isEmpty {
      work.cautions.append(
        Caution(
          "columns-left-out",
          "\(quotedList(others)) \(others.count == 1 ? "holds" : "hold") "
            + (demand == .mixed ? "dates" : "numbers or dates, not categories,")
            + " and \(others.count == 1 ? "takes" : "take") no part in forming the segments; name "
            + "\(others.count == 1 ? "it" : "them") in 'describe' to profile the segments by "
            + "\(others.count == 1 ? "it" : "them")", rows: others))
    }
    work.record("variables", .list(chosen.map { .text($0.name) }))
    if chosen.isEmpty {
      work.fail(
        "analysis.no-variables", at: rows.position,
        "segments are formed from columns of categories\(demand == .mixed ? " and numbers" : ""), and table '\(rows.name)' "
          + "has none but those with another part to play",
        hint: others.isEmpty ? nil : "numbers of few values count as categories where 'variables' names them")
    }
    return chosen
  }

  /// Which of the variables count as categories: all of them, or those that are no numbers but 0 and 1.
  var categoryColumns: [Column] {
    switch SegmentationMethod.named(method)?.variables {
    case .categories?: variables
    case .mixed?: variables.filter(CategoryVariable.isCategory)
    default: []
    }
  }

  /// What makes segments of categories impossible.
  func checkCategories(_ work: inout Groundwork) {
    guard !categoryColumns.isEmpty, !work.problems.hasErrors else { return }
    guard !rows.kept.isEmpty else { return noRows(&work) }
    let people = rows.kept.count
    guard people > count.least else {
      work.fail(
        "analysis.too-few-rows", at: work.position(of: "segments"),
        "\(count.least) segments need more than \(count.least) rows, and there \(people == 1 ? "is" : "are") \(people)")
      return
    }
    for column in categoryColumns {
      let place = namePosition(column.name, work) ?? rows.position(rows.kept[0], column)
      guard column.type != .date else {
        work.fail(
          "analysis.too-many-categories", at: place, "a variable holds categories, and '\(column.name)' holds dates",
          hint: "make classes of it, for example a column of years or quarters")
        continue
      }
      let variable = CategoryVariable(column, rows: rows.kept)
      let answered = variable.codes.count { $0 >= 0 }
      if answered == 0 {
        work.fail(
          "analysis.no-variance", at: place,
          "a variable tells people apart, and '\(column.name)' has no value in any row used",
          hint: "leave it out of 'variables'")
      } else if variable.levels.count > CategoryVariable.mostLevels {
        let isName = Double(variable.levels.count) >= 0.95 * Double(answered)
        work.fail(
          "analysis.too-many-categories", at: place,
          "a variable of categories has at most \(CategoryVariable.mostLevels) different values, and '\(column.name)' has "
            + "\(grouped(variable.levels.count))",
          hint: isName
            ? "it seems to tell rows apart: name it as 'respondent', or leave it out of 'variables'"
            : column.isNumeric
              ? "make classes of it, or take 'method: k-prototypes', which keeps numbers as numbers"
              : "put rare values together, or leave it out of 'variables'")
      } else if variable.levels.count == 1 {
        work.fail(
          "analysis.no-variance", at: place,
          "a variable tells people apart, and '\(column.name)' is \(excerpt(variable.levels[0])) in every row used that "
            + "has a value", hint: "leave it out of 'variables'")
      }
    }
  }
}

extension SegmentCount {
  /// The numbers to try: those asked for, as far as there are rows that differ; with a number given the smaller ones and
  /// its neighbours up to 8, but for large tables.
  func candidates(distinct: Int, isLarge: Bool) -> [Int] {
    switch self {
    case .chosen(let range, _): Array(range.lowerBound...max(range.lowerBound, min(range.upperBound, distinct)))
    case .given(let wanted): isLarge ? [wanted] : Array(2...max(wanted, min(8, distinct)))
    }
  }
}
