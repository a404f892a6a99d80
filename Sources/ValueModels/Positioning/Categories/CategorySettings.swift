import Settings
import Statistics

/// The settings of multiple correspondence analysis, as understood.
struct CategorySettings {
  enum BrandRole: String, CaseIterable { case supplementary, active }
  enum Missing: String, CaseIterable { case drop, category }

  static let keys: [AnalysisKind.SettingDescription] = [
    .init(
      "inertia", "adjusted",
      "Multiple correspondence: adjusted (Greenacre: what different variables have in common, so that the percentages are "
        + "fair), benzecri (the same as a share of its own sum: too favourable), indicator or burt (of those tables: "
        + "percentages far too low)."),
    .init(
      "brands", "supplementary",
      "Multiple correspondence: brands are placed on the map of the answers without a say in it (supplementary), or the "
        + "column of brands is one of the variables (active)."),
    .init(
      "missing", "drop",
      "Multiple correspondence: rows without an answer to a variable are left out (drop), or no answer is an answer of its "
        + "own, 'no answer' (category)."),
  ]

  var inertia: MultipleCorrespondence.Inertia
  var brandRole: BrandRole
  var missing: Missing

  init(_ settings: PerceptualMapSettings, _ ground: inout Groundwork) {
    inertia = ground.option("inertia", standard: .adjusted)
    brandRole = ground.option("brands", standard: .supplementary)
    missing = ground.option("missing", standard: .drop)
    if settings.input != .auto, settings.input != .ratings {
      ground.fail(
        "settings.wrong-type", at: ground.position(of: "input"),
        "'method: multiple-correspondence' needs a row a respondent (or a respondent and brand) with a column a variable, "
          + "and 'input: \(settings.input.rawValue)' was found", hint: "leave 'input' out")
    }
    ground.record("input", .text(MapInput.ratings.rawValue))
    if let first = settings.supplementaryBrands.first {
      ground.fail(
        "settings.wrong-type", at: first.position,
        "with 'method: multiple-correspondence' all brands are supplementary or none is",
        hint: "set 'brands: supplementary' or 'brands: active'")
    }
    if let segments = settings.segments {
      ground.fail(
        "settings.wrong-type", at: segments.position,
        "with 'method: multiple-correspondence' segments are a variable without a say",
        hint: "set 'supplementary: {attributes: [\(segments.name)]}'")
    }
    for key in ["scaling", "scale"] { ground.record(key, .none) }
    ground.notComputed("wave", "the map of answers takes all waves together")
    for key in ["scaling", "scale", "rotation", "focus", "permutation"] where ground.setting(key) != nil {
      if key == "focus" || key == "permutation" { ground.record(key, .none) }
      ground.cautions.append(
        Caution("unused-setting", "'\(key)' has no say with 'method: multiple-correspondence'"))
    }
    ground.record("permutation", .none)
  }

  /// With another method these settings have no say: their words are checked, and it is said.
  static func sayUnused(_ ground: inout Groundwork) {
    let options: [(key: String, words: [String])] = [
      ("inertia", MultipleCorrespondence.Inertia.allCases.map(\.rawValue)),
      ("brands", BrandRole.allCases.map(\.rawValue)), ("missing", Missing.allCases.map(\.rawValue)),
    ]
    for (key, words) in options where ground.setting(key) != nil {
      _ = ground.choice(key, among: words, standard: words[0])
      ground.record(key, .none)
      ground.cautions.append(
        Caution("unused-setting", "'\(key)' belongs to 'method: multiple-correspondence' and has no say here"))
    }
  }
}
