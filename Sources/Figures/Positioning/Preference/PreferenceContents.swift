import ValueModels

/// Preferences as their figure needs them, read from findings.
struct PreferenceContents {
  struct Row {
    var segment: String
    /// As printed.
    var label: String
    /// `vector`, `ideal`, `anti-ideal` or `saddle`.
    var kind: String
    var model: String
    var x: Double
    var y: Double
    var isInside: Bool
    /// Where preference rises at the middle of the brands, length 1.
    var direction: (x: Double, y: Double)?
    var rSquared: Double
    var pValue: Double?
    var isSignificant: Bool
    var base: Double?
    /// The brands it likes best by its model, the best first.
    var favourites: [String]

    /// Drawn as an arrow: there is no point, or none among the brands.
    var isArrow: Bool { kind == "vector" || !isInside }
  }

  let rows: [Row]
  /// Rows that have no place on the map.
  let unplaced: [String]
  let demand: DemandGrid?
  let level: Double
  let persons: Double?
  /// Brands stand where preferences alone place them.
  let isInternal: Bool

  init(_ findings: Findings) {
    guard let table = findings.table("preferences") else {
      (rows, unplaced, demand, level, persons, isInternal) = ([], [], nil, 0.05, nil, false)
      return
    }
    let brands = PreferenceContents.brands(findings)
    var rows: [Row] = []
    var unplaced: [String] = []
    func number(_ row: [Value], _ column: String) -> Double? { table.index(of: column).flatMap { row[$0].number } }
    func text(_ row: [Value], _ column: String) -> String { table.index(of: column).flatMap { row[$0].text } ?? "" }
    for row in table.rows {
      let segment = text(row, "segment")
      let isTotal = segment == "All" && findings.number("preference_base") != nil
      let label = isTotal ? "All persons" : segment.contains(" ") ? segment : segment.replacing("_", with: " ")
      guard let x = number(row, "x"), let y = number(row, "y"), x.isFinite, y.isFinite,
        let fit = number(row, "r_squared")
      else {
        unplaced.append(label)
        continue
      }
      let inside = table.index(of: "inside").map { row[$0] == .truth(true) } ?? false
      var direction: (x: Double, y: Double)?
      if let a = number(row, "direction_x"), let b = number(row, "direction_y"), a * a + b * b > 0 {
        direction = (a, b)
      }
      let c = ["intercept", "b_x", "b_y", "b_xx", "b_yy", "b_xy"].map { number(row, $0) ?? 0 }
      let liked = brands.enumerated().map { at, brand in
        (
          value: c[0] + c[1] * brand.x + c[2] * brand.y + c[3] * brand.x * brand.x + c[4] * brand.y * brand.y
            + c[5] * brand.x * brand.y, at: at, label: brand.label
        )
      }.sorted { ($0.value, -$0.at) > ($1.value, -$1.at) }
      rows.append(
        Row(
          segment: segment, label: label, kind: text(row, "kind"), model: text(row, "model"), x: x, y: y,
          isInside: inside, direction: direction, rSquared: fit, pValue: number(row, "p_value"),
          isSignificant: table.index(of: "significant").map { row[$0] == .truth(true) } ?? true,
          base: number(row, "base"), favourites: liked.prefix(2).map(\.label)))
    }
    self.rows = rows
    self.unplaced = unplaced
    let settings = findings.setting("preference")
    switch settings?.entry("level") {
    case .number(let value)?: level = value
    default: level = 0.05
    }
    persons = findings.number("preference_base")
    isInternal = PreferenceFigure.isInternal(findings)
    demand = DemandGrid(findings, contours: settings?.entry("contours")?.text ?? "auto")
  }

  private static func brands(_ findings: Findings) -> [(label: String, x: Double, y: Double)] {
    guard let table = findings.table("brands") else { return [] }
    return zip(table.texts("brand"), zip(table.numbers("x"), table.numbers("y"))).compactMap { name, place in
      guard let x = place.0, let y = place.1 else { return nil }
      return (name.contains(" ") ? name : name.replacing("_", with: " "), x, y)
    }
  }
}

extension SettingValue {
  /// The value under a key of a map.
  func entry(_ key: String) -> SettingValue? {
    guard case .map(let entries) = self else { return nil }
    return entries.first { $0.name == key }?.value
  }
}
