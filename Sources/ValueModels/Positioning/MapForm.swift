import Diagnostics
import Settings
import Tables

/// The form of the table behind a map and the columns it is made of.
struct MapForm {
  var input: MapInput
  var brand: Column?
  var respondent: Column?
  /// Counts and ratings: active and supplementary attributes, in the order of the setting or the table.
  var attributes: [Column] = []
  /// Long: where attributes and answers stand, and the attributes asked for.
  var attribute: Column?
  var score: Column?
  var chosen: [Groundwork.Named]?
  /// Pairs: where the second brand stands.
  var other: Column?

  /// Finds the columns; what cannot be found is reported and left out.
  init(_ rows: SourceRows, _ settings: inout PerceptualMapSettings, _ ground: inout Groundwork) {
    input = settings.input
    let table = rows.table
    func has(_ key: String) -> Bool { ground.setting(key) != nil || table[key] != nil }
    if input == .auto {
      if has("other"), has("dissimilarity") || has("similarity") {
        input = has("dissimilarity") ? .dissimilarities : .similarities
      } else if has("attribute") && has("score") {
        input = .long
      } else if has("respondent") {
        input = .ratings
      }
    }
    brand = Self.brandColumn(rows, &ground)
    // Not computed yet, and still no column may be named that does not exist.
    if ground.setting("by") != nil { _ = ground.column("by", in: rows) }
    if input == .auto {
      // A square table with a method for counts named is a table of counts, of switching for instance.
      let mayBeSquare = !settings.methodIsGiven || settings.method == .scaling
      // With scaling asked for, a name that does not fit is a fault to be said, not a table of another form.
      let isMeant = settings.methodIsGiven && settings.method == .scaling && ground.setting("attributes") == nil
      let square = brand.map { isSquare(table, $0, mostStrangers: isMeant ? table.rowCount / 4 : 0) } == true
      input = mayBeSquare && square ? .dissimilarities : .counts
    }
    ground.record("input", .text(input.rawValue))
    settle(&settings, &ground)
    switch input {
    case .ratings: respondent = ground.column("respondent", in: rows, standard: "respondent")
    case .long:
      respondent = ground.column("respondent", in: rows, standard: "respondent", isNeeded: false)
      attribute = ground.column("attribute", in: rows, standard: "attribute")
      score = ground.column("score", in: rows, standard: "score")
      chosen = ground.texts("attributes")
      return
    case .dissimilarities, .similarities:
      readPairs(rows, &ground)
      return
    default:
      if ground.setting("respondent") != nil {
        ground.fail(
          "settings.wrong-type", at: ground.position(of: "respondent"),
          "a table of \(input.rawValue) has no respondents, and 'respondent' is set",
          hint: "for a row a respondent and brand set 'input: ratings'")
      }
    }
    attributes = attributeColumns(rows, settings, &ground)
  }

  /// Brand by brand in rows, where there is a column for the other brand; else the table is square.
  private mutating func readPairs(_ rows: SourceRows, _ ground: inout Groundwork) {
    guard ground.setting("other") != nil || rows.table["other"] != nil else {
      if ground.setting("respondent") != nil {
        ground.fail(
          "settings.wrong-type", at: ground.position(of: "respondent"),
          "a square table of \(input.rawValue) has no respondents, and 'respondent' is set",
          hint: "name the column of the other brand with 'other'")
      }
      return
    }
    let word = input == .similarities ? "similarity" : "dissimilarity"
    other = ground.column("other", in: rows, standard: "other")
    score = ground.column(word, in: rows, standard: word)
    respondent = ground.column("respondent", in: rows, standard: "respondent", isNeeded: false)
  }

  /// Dissimilarities are scaled, and nothing else is.
  private func settle(_ settings: inout PerceptualMapSettings, _ ground: inout Groundwork) {
    guard input == .dissimilarities || input == .similarities else { return }
    if settings.methodIsGiven, settings.method != .scaling {
      ground.fail(
        "settings.wrong-type", at: ground.position(of: "method"),
        "\(input.rawValue) need 'method: multidimensional-scaling', and '\(settings.method.rawValue)' was found")
    }
    settings.method = .scaling
    ground.record("method", .text(settings.method.rawValue))
  }

  private static func brandColumn(_ rows: SourceRows, _ ground: inout Groundwork) -> Column? {
    if ground.setting("brand") == nil, rows.table["brand"] == nil {
      let others = ["respondent", "attribute", "other", "weight", "wave", "by"].compactMap { key -> String? in
        if case .scalar(let name, _)? = ground.setting(key)?.value { return name }
        return key
      }
      let texts = rows.table.columns.filter { !$0.isNumeric && !others.contains($0.name) }
      if texts.count == 1 {
        ground.record("brand", .text(texts[0].name))
        return texts[0]
      }
    }
    return ground.column("brand", in: rows, standard: "brand")
  }

  /// The attributes listed, or all numeric columns that no other setting names; supplementary ones join at the end.
  private func attributeColumns(
    _ rows: SourceRows, _ settings: PerceptualMapSettings, _ ground: inout Groundwork
  ) -> [Column] {
    var found: [Column]
    if let listed = ground.columns("attributes", in: rows) {
      found = listed
    } else {
      var used = [brand?.name, respondent?.name].compactMap { $0 }
      for key in ["weight", "wave", "by"] {
        if case .scalar(let name, _)? = ground.setting(key)?.value { used.append(name) }
      }
      if case .map(let entries)? = ground.setting("where")?.value { used += entries.map(\.key) }
      used += PreferenceSettings.columnsInUse(ground)
      if let segments = settings.segments { used.append(segments.name) }
      let further = settings.supplementaryAttributes.map(\.name)
      ground.refuseSpoiledNumbers(in: rows, apart: used + further)
      found = rows.table.columns.filter { $0.isNumeric && $0.missingCount < $0.count && !used.contains($0.name) }
    }
    for named in settings.supplementaryAttributes where !found.contains(where: { $0.name == named.name }) {
      if let column = ground.column(named, of: "supplementary", in: rows) { found.append(column) }
    }
    for column in found where column.name == brand?.name || column.name == respondent?.name {
      ground.fail(
        "settings.wrong-type", at: ground.position(of: "attributes"),
        "an attribute is a column of its own, and '\(column.name)' holds brands or respondents")
    }
    ground.record("attributes", .list(found.map { .text($0.name) }))
    return found
  }
}

/// True where the numeric columns are named like the brands in the rows: a table of brands by brands.
/// - Parameter mostStrangers: So many columns may have names that no brand has.
private func isSquare(_ table: Table, _ brand: Column, mostStrangers: Int) -> Bool {
  let numeric = table.columns.filter { $0.isNumeric && $0.name != brand.name }.map(\.name)
  guard numeric.count >= 2, numeric.count == table.rowCount else { return false }
  return Set(numeric).subtracting(brand.texts.compactMap { $0 }).count <= mostStrangers
}
