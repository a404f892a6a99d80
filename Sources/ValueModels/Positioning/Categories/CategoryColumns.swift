import Diagnostics
import Tables

/// The columns of answers in categories: which are variables of the map, and which stand by.
struct CategoryColumns {
  /// More answers than this are no categories.
  static let mostLevels = 100
  static let mostBrands = 250
  /// Columns are taken of their own accord up to this many answers.
  static let fewLevels = 30

  var brand: Column?
  var respondent: Column?
  var active: [Column] = []
  var passive: [Column] = []

  init(
    _ rows: SourceRows, _ settings: PerceptualMapSettings, _ categories: CategorySettings, _ ground: inout Groundwork
  ) {
    brand = ground.column("brand", in: rows, standard: "brand", isNeeded: categories.brandRole == .active)
    respondent = ground.column("respondent", in: rows, standard: "respondent", isNeeded: false)
    for key in ["wave", "by"] where ground.setting(key) != nil { _ = ground.column(key, in: rows) }
    if brand == nil { ground.record("brands", .none) }
    passive = settings.supplementaryAttributes.compactMap { ground.column($0, of: "supplementary", in: rows) }
    if let listed = ground.columns("attributes", in: rows) {
      active = listed.filter { column in !passive.contains { $0.name == column.name } }
    } else {
      var used = [brand?.name, respondent?.name].compactMap { $0 } + passive.map(\.name)
      for key in ["weight", "wave", "by"] {
        if case .scalar(let name, _)? = ground.setting(key)?.value { used.append(name) }
      }
      if case .map(let entries)? = ground.setting("where")?.value { used += entries.map(\.key) }
      active = rows.table.columns.filter { !used.contains($0.name) && Self.isCategorical($0) }
    }
    for column in active + passive where column.name == brand?.name || column.name == respondent?.name {
      ground.fail(
        "settings.wrong-type", at: ground.position(of: "attributes"),
        "a variable is a column of its own, and '\(column.name)' holds brands or respondents",
        hint: column.name == brand?.name ? "set 'brands: active' to give brands a say" : nil)
    }
    for column in active + passive { check(column, rows, &ground) }
    if let brand { check(brand, rows, &ground, atMost: Self.mostBrands) }
    ground.record("attributes", .list((active + passive).map { .text($0.name) }))
    if categories.brandRole == .active, let brand { active.append(brand) }
    if categories.brandRole == .supplementary, let brand { passive.append(brand) }
    if active.count < 2, !ground.hasErrors {
      ground.fail(
        "analysis.too-few-attributes",
        at: ground.setting("attributes") != nil
          ? ground.position(of: "attributes") : active.first.map(rows.headerPosition) ?? rows.position,
        "multiple correspondence analysis needs at least 2 variables with categories, and \(active.count) "
          + "\(active.count == 1 ? "was" : "were") found",
        hint: "name the columns with 'attributes'; columns of '\(rows.name)' are "
          + quotedList(Array(rows.table.columnNames.prefix(12))))
    }
  }

  /// Words, truths and few whole numbers.
  private static func isCategorical(_ column: Column) -> Bool {
    guard column.missingCount < column.count else { return false }
    switch column.type {
    case .category, .truth, .integer: break
    case .number, .text, .date: return false
    }
    let levels = column.codes().levels.count
    return levels >= 2 && levels <= (column.type == .integer ? 11 : fewLevels)
  }

  private func check(
    _ column: Column, _ rows: SourceRows, _ ground: inout Groundwork, atMost limit: Int = CategoryColumns.mostLevels
  ) {
    // Whole numbers with gaps may have been declared numbers.
    let levels = column.codes().levels
    guard levels.count > limit || column.type == .date else { return }
    let first = (0..<column.count).first { !column.isMissing($0) } ?? 0
    ground.fail(
      "analysis.too-many-categories", at: rows.position(first, column),
      "a variable has at most \(limit) categories, and '\(column.name)' has \(grouped(levels.count)) different "
        + "values", hint: "put values together in the file, or leave the column out of 'attributes'")
  }
}
