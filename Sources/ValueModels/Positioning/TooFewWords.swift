import Tables

/// What a table that is too small for a map lacks: said with the error, since cautions are not seen where it stops.
extension BrandTable {
  /// Which brands and rows are not in, and why; nil where all are.
  func absentBrands(_ rows: SourceRows, _ ground: Groundwork) -> String? {
    if !suppressed.isEmpty {
      return "\(quotedList(suppressed)) \(suppressed.count == 1 ? "has" : "have") fewer than "
        + "\(ground.input.privacy.suppressBelow) respondents and so no place on the map ('suppress_below' under 'privacy')"
    }
    return rows.lossInWords
      ?? (activeBrands.count == 2
        ? "two brands differ in one way only: compare them in a table of their attributes, or add rows of other brands"
        : "add rows of other brands: a map compares them")
  }
}

extension MapForm {
  /// Columns that would be attributes did they hold numbers, and where the first of their other values stand; nil where
  /// attributes were named or there are no such columns.
  func unusableColumns(_ rows: SourceRows, _ ground: Groundwork) -> String? {
    guard input != .long, ground.setting("attributes") == nil else { return nil }
    let parts = ["wave", "by"].compactMap { key -> String? in
      if case .scalar(let name, _)? = ground.setting(key)?.value { return name }
      return nil
    }
    let columns = rows.table.columns.filter {
      !$0.isNumeric && $0.name != brand?.name && $0.name != respondent?.name && !parts.contains($0.name)
    }
    guard !columns.isEmpty else { return nil }
    let places = columns.map { column in
      column.firstNonNumeric.map { "'\(column.name)' (line \(rows.table.line(ofRow: $0)))" } ?? "'\(column.name)'"
    }
    let named = places.prefix(5).joined(separator: ", ") + (places.count > 5 ? ", …" : "")
    return
      "\(columns.count == 1 ? "column" : "columns") \(named) \(columns.count == 1 ? "holds" : "hold") other values "
      + "than numbers, so \(columns.count == 1 ? "it is" : "they are") not counted in: numbers are written without '%' or "
      + "thousands separators, ticks as 1 and 0 or true and false"
  }
}

/// ": 'X', 'Y'", the few that there are; nothing where there is none.
func named(_ names: [String]) -> String { names.isEmpty ? "" : ": " + quotedList(names.map { excerpt($0) }) }
