import Diagnostics
import Tables

/// Where preferences stand: the columns, found and checked before anything is computed.
struct PreferenceSource {
  enum Form {
    /// A row a brand, a column a segment or person.
    case brandRows(brand: Column, columns: [Column])
    /// A row an answer.
    case answers(brand: Column, score: Column, respondent: Column?)
    /// A row a person, a column a brand.
    case personRows(columns: [Column])
  }

  let settings: PreferenceSettings
  var form: Form
  var rows: SourceRows
  var segment: Column?
  var weight: Column?
  /// Columns of brand rows are persons.
  var columnsArePersons = false
  /// Preferences come from a table of their own.
  var isOwnTable: Bool

  /// Nil where no preference is asked for, or where errors were reported.
  static func read(_ map: MapForm, _ rows: SourceRows, _ ground: inout Groundwork) -> PreferenceSource? {
    guard let settings = PreferenceSettings(&ground), settings.columns.isEmpty == settings.hasTable else { return nil }
    if settings.hasTable { return read(table: settings, &ground) }
    let columns = settings.columns.compactMap { ground.column($0, of: "preference", in: rows) }
    guard columns.count == settings.columns.count else { return nil }
    var form: Form?
    switch map.input {
    case .ratings:
      if let brand = map.brand, columns.count == 1 {
        form = .answers(brand: brand, score: columns[0], respondent: map.respondent)
      } else if columns.count > 1 {
        ground.fail(
          "settings.wrong-type", at: settings.columns[1].position,
          "in a table with a row a respondent and brand one column holds preferences, and \(columns.count) were named",
          hint: "for segments of respondents set 'segment' under 'preference'")
      }
    case .counts, .auto: form = map.brand.map { .brandRows(brand: $0, columns: columns) }
    case .long, .dissimilarities, .similarities:
      ground.fail(
        "settings.wrong-type", at: ground.position(of: "preference"),
        "'columns' of preferences belong to a table with a row a brand or a row a respondent and brand, and this one "
          + "holds \(map.input == .long ? "single answers" : map.input.rawValue)",
        hint: "put preferences into a table of their own: respondent, brand, score, and name it with 'table'")
    }
    guard let form else { return nil }
    var source = PreferenceSource(settings: settings, form: form, rows: rows, isOwnTable: false)
    source.columnsArePersons = settings.columnsArePersons ?? false
    source.findFurther(&ground)
    if source.weight == nil, case .text(let name)? = ground.setting("weight")?.printed {
      source.weight = rows.table[name]
    }
    return source.checked(&ground)
  }

  private static func read(table settings: PreferenceSettings, _ ground: inout Groundwork) -> PreferenceSource? {
    guard let study = ground.input.tables["preference.table"] else {
      ground.fail(
        "analysis.unknown-table", at: ground.setting("preference")?["table"]?.position,
        "'table' under 'preference' names a table of the study")
      return nil
    }
    let rows = SourceRows(key: "preference.table", study)
    func found(_ key: String) -> Column? {
      guard let named = settings.named(key) else { return rows.table[key] }
      return ground.column(named, of: key, in: rows)
    }
    let (brand, score, respondent) = (found("brand"), found("score"), found("respondent"))
    var isPersons = false
    let form: Form
    if let brand, let score {
      form = .answers(brand: brand, score: score, respondent: respondent)
    } else if let brand = brand ?? (respondent == nil ? onlyText(rows) : nil) {
      isPersons = settings.columnsArePersons ?? true
      form = .brandRows(brand: brand, columns: rows.table.columns.filter { $0.isNumeric && $0.name != brand.name })
    } else {
      let others = [respondent?.name, found("segment")?.name, found("weight")?.name]
      form = .personRows(columns: rows.table.columns.filter { $0.isNumeric && !others.contains($0.name) })
    }
    var source = PreferenceSource(settings: settings, form: form, rows: rows, isOwnTable: true)
    source.columnsArePersons = isPersons
    source.findFurther(&ground)
    if source.segment == nil, settings.named("segment") == nil { source.segment = rows.table["segment"] }
    return source.checked(&ground)
  }

  private static func onlyText(_ rows: SourceRows) -> Column? {
    let texts = rows.table.columns.filter { !$0.isNumeric && $0.name != "segment" }
    return texts.count == 1 ? texts[0] : nil
  }

  private mutating func findFurther(_ ground: inout Groundwork) {
    segment = settings.named("segment").flatMap { ground.column($0, of: "segment", in: rows) }
    weight = settings.named("weight").flatMap { ground.column($0, of: "weight", in: rows) }
    if case .brandRows = form, let named = settings.named("segment") {
      ground.fail(
        "settings.wrong-type", at: named.position,
        "'segment' groups respondents, and this table has a row a brand: its columns are the segments themselves")
    }
  }

  /// Preferences and weights are numbers, weights 0 or more.
  private func checked(_ ground: inout Groundwork) -> PreferenceSource? {
    let columns: [Column] =
      switch form {
      case .brandRows(_, let columns), .personRows(let columns): columns
      case .answers(_, let score, _): [score]
      }
    if columns.isEmpty {
      ground.fail(
        "analysis.no-answers", at: rows.position,
        "a table of preferences has columns of numbers, and '\(rows.name)' has none",
        hint: "give respondent, brand, score, or a row a brand and a column a person")
    }
    var isSound = !columns.isEmpty
    for column in columns { isSound = ground.numbers(column, in: rows, as: "preference") != nil && isSound }
    if case .brandRows(let brand, _) = form, isOwnTable {
      var seen = Set<String>()
      for row in rows.kept {
        guard let name = brand.text(row), !seen.insert(name).inserted else { continue }
        isSound = false
        ground.failCell(
          "analysis.repeated-brand", rows, row, brand,
          "a brand has one row, and '\(excerpt(name))' stands above already",
          hint: "for a row an answer give respondent, brand, score")
      }
    }
    if let weight {
      guard let numbers = ground.numbers(weight, in: rows, as: "weight") else { return nil }
      for row in rows.kept where numbers[row] < 0 {
        isSound = false
        ground.failCell(
          "analysis.negative-weight", rows, row, weight, "weights are 0 or more, and \(numbers[row]) was found")
      }
    }
    return isSound ? self : nil
  }
}
