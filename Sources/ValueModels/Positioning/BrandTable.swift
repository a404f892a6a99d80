import Diagnostics
import Statistics
import Tables

/// Brands by attributes: what every map is computed from, whatever the form of the file.
struct BrandTable {
  /// In order of first appearance.
  var brands: [String]
  var attributes: [String]
  /// Sums or counts, brands × attributes (components of ratings: means).
  var values: Matrix
  /// What a row of the brands' table rests on: distinct respondents, or the row's sum for whole counts; nil if unknown.
  var bases: [Int?]
  var attributeBases: [Int?]
  /// Distinct respondents; nil for a table of counts.
  var respondents: Int?
  /// (Σw)² / Σw² over respondents.
  var effectiveBase: Double?
  /// For the method's sentence: "counts", "ticks of 302 respondents".
  var content: String
  /// Where each brand first stands, for errors.
  var brandCells: Cells
  /// Where each attribute first stands: in a column, or nowhere but in the header.
  var attributeCells: Cells?
  /// The table that it was read from, for errors.
  var file: Table?
  /// Brands with too few respondents to be shown.
  var suppressed: [String] = []
  /// Brands left out because a cell of their row is empty.
  var incomplete: [String] = []
  /// What each respondent adds; nil where there are none or nothing asks for them.
  var sample: RespondentSample?
  /// Brands as single segments see them, where they are asked for.
  var segments: SegmentRows?
  /// Whether the segments' rows stand at the end of `values`.
  var hasSegmentRows = false
  var supplementaryBrands: [Int] = []
  var supplementaryAttributes: [Int] = []
  /// With waves: which of the brands is which brand in which wave.
  var waves: WaveRows?

  /// The first row in which each of some names stands.
  struct Cells {
    var column: Column
    var rows: [Int]
  }

  var baseOf: String { respondents == nil ? "answers" : "respondents" }

  /// The facts that are sizes.
  var sizes: [Fact] {
    var facts = [Fact("brands", shown.count)]
    if !attributes.isEmpty { facts.append(Fact("attributes", attributes.count)) }
    if let respondents { facts.append(Fact("base", respondents)) }
    if let effectiveBase { facts.append(Fact("effective_base", effectiveBase)) }
    return facts
  }

  /// The brands that stand on the map: with waves those of the base wave.
  var shown: [Int] { waves?.shown ?? Array(brands.indices) }
  var activeBrands: [Int] { brands.indices.filter { !supplementaryBrands.contains($0) } }
  var activeAttributes: [Int] { attributes.indices.filter { !supplementaryAttributes.contains($0) } }

  /// Reads the table in its form and checks it for the method. Nil where errors were reported.
  static func read(
    _ form: MapForm, _ settings: PerceptualMapSettings, _ rows: inout SourceRows, _ ground: inout Groundwork
  ) -> BrandTable? {
    let weights = form.input == .ratings || form.input == .long ? ground.weights(in: &rows) : nil
    let table: BrandTable?
    switch form.input {
    case .counts, .auto: table = .counts(form, settings, &rows, &ground)
    case .ratings: table = .ratings(form, settings, weights, &rows, &ground)
    case .long: table = .long(form, settings, weights, &rows, &ground)
    // Brands by brands, without attributes: `DissimilarityTable` reads those.
    case .dissimilarities, .similarities: table = nil
    }
    if form.input != .ratings, form.input != .long, ground.setting("weight") != nil {
      ground.fail(
        "settings.wrong-type", at: ground.position(of: "weight"),
        "weights belong to respondents, and a table of \(form.input.rawValue) has none")
    }
    if let named = settings.segments, form.input != .ratings, form.input != .long {
      ground.fail(
        "settings.wrong-type", at: named.position,
        "segments are groups of respondents, and a table of \(form.input.rawValue) has none")
    }
    guard var table else { return nil }
    table.file = rows.table
    // Faults of names and columns leave a table that is too small for its own reasons: those are not said then.
    let isWhole = !ground.hasErrors
    table.findNamed(settings, attributesAreChecked: form.input != .long || form.chosen != nil, &ground)
    if isWhole, settings.method.isComputed { table.check(settings, form, rows, &ground) }
    return ground.hasErrors ? nil : table
  }

  /// Looks up own, supplementary and orienting names.
  /// - Parameter attributesAreChecked: Supplementary attributes that do not exist were reported before.
  private mutating func findNamed(
    _ settings: PerceptualMapSettings, attributesAreChecked: Bool, _ ground: inout Groundwork
  ) {
    func index(_ named: Groundwork.Named, in names: [String], _ rule: String) -> Int? {
      if let index = names.firstIndex(of: named.name) { return index }
      // Known and hidden: that is said already.
      if suppressed.contains(named.name) { return nil }
      if incomplete.contains(named.name) {
        ground.fail(
          "analysis.unknown-name", at: named.position,
          "\(rule), and '\(named.name)' is left out because a cell of its row is empty",
          hint: "fill the cell, or leave the attribute of that cell out of 'attributes'")
        return nil
      }
      ground.fail(
        "analysis.unknown-name", at: named.position, "\(rule), and there is no '\(named.name)'",
        hint: nearestHint(to: named.name, among: names))
      return nil
    }
    if let own = settings.own {
      let base = settings.waves.map { " in its base wave '\($0.names[$0.base])'" } ?? ""
      _ = index(own, in: shownNames(settings), "'own' is a brand of the table" + base)
    }
    guard !attributes.isEmpty else { return }
    supplementaryBrands = settings.supplementaryBrands.compactMap {
      index($0, in: brands, "'supplementary' names brands of the table")
    }
    if let waves = settings.waves {
      supplementaryBrands = brands.indices.filter {
        supplementaryBrands.contains($0) || waves.isPassive(brands[$0])
      }
    }
    supplementaryAttributes = settings.supplementaryAttributes.compactMap {
      attributesAreChecked
        ? attributes.firstIndex(of: $0.name)
        : index($0, in: attributes, "'supplementary' names attributes of the table")
    }
    for named in [settings.right, settings.up].compactMap({ $0 }) {
      _ = index(named, in: attributes, "'orient' names attributes of the table")
    }
  }

  /// The names that brands may be called by: with waves those of the base wave.
  private func shownNames(_ settings: PerceptualMapSettings) -> [String] {
    brands.filter { settings.waves?.isBase($0) ?? true }
  }

  /// Where a brand first stands.
  func position(ofBrand brand: Int?) -> SourcePosition? {
    guard let file else { return nil }
    guard let brand, brandCells.rows.indices.contains(brand) else {
      return file.headerPosition(column: brandCells.column.name)
    }
    return file.position(row: brandCells.rows[brand], column: brandCells.column.name)
  }

  /// Where an attribute first stands: its cell in a column of attributes, or the head of its own column.
  func position(ofAttribute attribute: Int?) -> SourcePosition? {
    guard let file, let attribute, attributes.indices.contains(attribute) else { return position(ofBrand: nil) }
    guard let attributeCells else { return file.headerPosition(column: attributes[attribute]) }
    guard attributeCells.rows.indices.contains(attribute) else { return nil }
    return file.position(row: attributeCells.rows[attribute], column: attributeCells.column.name)
  }

  /// The rules of the method, each broken one with its place.
  private func check(
    _ settings: PerceptualMapSettings, _ form: MapForm, _ rows: SourceRows, _ ground: inout Groundwork
  ) {
    let active = activeBrands
    let said = activeAttributes
    let isCounts = settings.method == .correspondence
    if settings.method == .discriminant, respondents == nil {
      ground.fail(
        "settings.wrong-type", at: ground.position(of: "method"),
        "'method: discriminant' needs answers of single respondents, and this table has none",
        hint: "give a table with a row a respondent and brand, or set 'method: correspondence'")
    }
    // Correspondence has min(r, c) − 1 dimensions, components min(r − 1, c).
    let fewestBrands = settings.dimensions + 1
    let fewestAttributes = isCounts ? settings.dimensions + 1 : settings.dimensions
    if active.count < fewestBrands {
      ground.fail(
        "analysis.too-few-brands", at: position(ofBrand: active.last),
        "a map in \(settings.dimensions) dimensions needs at least \(fewestBrands) brands, and \(active.count) "
          + "\(active.count == 1 ? "was" : "were") found" + named(active.map { brands[$0] }),
        hint: absentBrands(rows, ground))
    }
    if said.count < fewestAttributes {
      ground.fail(
        "analysis.too-few-attributes",
        at: said.isEmpty && ground.setting("attributes") != nil
          ? ground.position(of: "attributes") : position(ofAttribute: said.last),
        "a map in \(settings.dimensions) dimensions needs at least \(fewestAttributes) attributes, and \(said.count) "
          + "\(said.count == 1 ? "was" : "were") found" + named(said.map { attributes[$0] }),
        hint: form.unusableColumns(rows, ground))
    }
    guard !ground.hasErrors else { return }
    if isCounts {
      for brand in brands.indices where !said.contains(where: { values[brand, $0] > 0 }) {
        ground.fail(
          "analysis.empty-brand", at: position(ofBrand: brand),
          "a brand needs an answer on some attribute, and '\(brands[brand])' has none",
          hint: "leave it out with 'where'")
      }
      for attribute in attributes.indices where !active.contains(where: { values[$0, attribute] > 0 }) {
        ground.fail(
          "analysis.empty-attribute", at: position(ofAttribute: attribute),
          "an attribute needs an answer for some brand, and '\(attributes[attribute])' has none",
          hint: settings.waves.map {
            $0.mode == .stacked
              ? "leave it out of 'attributes'"
              : "no brand of the base wave '\($0.names[$0.base])' has one: leave it out of 'attributes', or set another 'base'"
          } ?? "leave it out of 'attributes'")
      }
    } else if settings.method == .components, settings.usesCorrelation {
      for attribute in attributes.indices {
        guard let first = active.first.map({ values[$0, attribute] }),
          active.allSatisfy({ values[$0, attribute] == first })
        else { continue }
        ground.fail(
          "analysis.constant-attribute", at: position(ofAttribute: attribute),
          "a correlation needs values that differ, and '\(attributes[attribute])' is the same for every brand",
          hint: "leave it out of 'attributes', or set 'scale: covariance'")
      }
    }
  }
}
