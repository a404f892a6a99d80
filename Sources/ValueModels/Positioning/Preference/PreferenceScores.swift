import Diagnostics
import Statistics
import Tables

/// Preferences by case and brand of the map: a case is a person, or a segment that has only means.
struct PreferenceScores {
  /// Places of the map's brands, in their order.
  let brands: [String]
  /// Cases × brands; NaN where there is no answer.
  private(set) var values: [Double] = []
  private(set) var weights: [Double] = []
  /// The segment of each case; −1 for none.
  private(set) var segmentOf: [Int32] = []
  /// In order of first appearance.
  private(set) var segments: [String] = []
  private(set) var arePersons = true
  /// Brands named with preferences and not on the map.
  private(set) var strangers: [String] = []
  /// Cases with answers in more than one segment.
  private(set) var torn = 0
  private(set) var repeats = 0

  var count: Int { weights.count }

  /// The same for some of the brands, in another order if need be.
  func selecting(_ names: [String]) -> PreferenceScores {
    let chosen = names.compactMap { brands.firstIndex(of: $0) }
    var result = PreferenceScores(brands: chosen.map { brands[$0] })
    let width = brands.count
    result.values = (0..<count).flatMap { i in chosen.map { values[i * width + $0] } }
    (result.weights, result.segmentOf, result.segments) = (weights, segmentOf, segments)
    (result.arePersons, result.strangers, result.torn, result.repeats) = (arePersons, strangers, torn, repeats)
    return result
  }

  /// - Returns: The scores, and `source.rows` without the rows that could not be used.
  static func read(_ source: inout PreferenceSource, brands: [String]) -> PreferenceScores {
    var scores = PreferenceScores(brands: brands)
    // A column of words that names no brand, beside columns that do: whoever answered, under a name of its own.
    if source.isOwnTable, source.settings.named("brand") == nil, case .brandRows(let names, let columns) = source.form,
      names.name != "brand", !scores.places(names.codes().levels).contains(where: { $0 >= 0 }),
      columns.count(where: { brands.contains($0.name) }) > 1
    {
      source.form = .personRows(columns: columns.filter { $0.name != source.weight?.name })
      source.columnsArePersons = false
    }
    switch source.form {
    case .brandRows(let brand, let columns): scores.read(brand, columns, &source)
    case .answers(let brand, let score, let respondent): scores.read(brand, score, respondent, &source)
    case .personRows(let columns): scores.read(columns, &source)
    }
    return scores
  }

  private init(brands: [String]) { self.brands = brands }

  /// The place on the map of each level of a column of brands; −1 where it has none.
  private mutating func places(_ levels: [String]) -> [Int] {
    let place = Dictionary(brands.enumerated().map { ($1, $0) }) { first, _ in first }
    return levels.map { place[$0] ?? -1 }
  }

  private mutating func read(_ brand: Column, _ columns: [Column], _ source: inout PreferenceSource) {
    let (codes, levels) = brand.codes()
    let place = places(levels)
    dropStrangers(codes, levels, place, brand, &source)
    arePersons = source.columnsArePersons
    values = [Double](repeating: .nan, count: columns.count * brands.count)
    for (k, column) in columns.enumerated() {
      let numbers = column.numbers()
      for row in source.rows.kept { values[k * brands.count + place[Int(codes[row])]] = numbers[row] }
    }
    weights = columns.map { _ in 1 }
    segments = arePersons ? [] : columns.map(\.name)
    segmentOf = columns.indices.map { arePersons ? -1 : Int32(clamping: $0) }
  }

  private mutating func read(
    _ brand: Column, _ score: Column, _ respondent: Column?, _ source: inout PreferenceSource
  ) {
    let (codes, levels) = brand.codes()
    let place = places(levels)
    if let respondent { source.rows.dropMissing(respondent, as: "no respondent") }
    source.rows.dropMissing(score, as: "no preference")
    dropStrangers(codes, levels, place, brand, &source)
    let numbers = score.numbers()
    let weight = source.weight?.numbers()
    let groups = source.segment?.codes()
    arePersons = respondent != nil
    if respondent == nil, groups == nil { segments = ["All"] }
    if let groups { segments = groups.levels }
    // Without respondents a case is a segment, and repeated answers are averaged.
    let (caseCodes, caseCount): ([Int32], Int) =
      if let respondent {
        { ($0.codes, $0.levels.count) }(respondent.codes())
      } else if let groups { (groups.codes, groups.levels.count) } else {
        ([Int32](repeating: 0, count: source.rows.table.rowCount), 1)
      }
    var places = [Int32](repeating: -1, count: caseCount)
    var counts: [Int32] = []
    var isTorn: [Bool] = []
    let width = brands.count
    for row in source.rows.kept {
      let code = Int(caseCodes[row])
      guard code >= 0 else { continue }
      if let weight, weight[row].isNaN { continue }
      if places[code] < 0 {
        places[code] = Int32(clamping: weights.count)
        weights.append(weight?[row] ?? 1)
        segmentOf.append(groups.map { $0.codes[row] } ?? (respondent == nil ? 0 : -1))
        isTorn.append(false)
        values.append(contentsOf: repeatElement(.nan, count: width))
        counts.append(contentsOf: repeatElement(0, count: width))
      }
      let at = Int(places[code])
      if let groups, groups.codes[row] != segmentOf[at], respondent != nil { isTorn[at] = true }
      let cell = at * width + place[Int(codes[row])]
      counts[cell] += 1
      values[cell] =
        counts[cell] == 1 ? numbers[row] : values[cell] + (numbers[row] - values[cell]) / Double(counts[cell])
      if counts[cell] > 1, respondent != nil { repeats += 1 }
    }
    torn = isTorn.count { $0 }
  }

  private mutating func read(_ columns: [Column], _ source: inout PreferenceSource) {
    let place = places(columns.map(\.name))
    strangers = zip(columns, place).filter { $1 < 0 }.map(\.0.name)
    if let groups = source.segment?.codes() {
      segments = groups.levels
      segmentOf = source.rows.kept.map { groups.codes[$0] }
    } else {
      segmentOf = source.rows.kept.map { _ in -1 }
    }
    weights = [Double](repeating: 1, count: source.rows.kept.count)
    if let weight = source.weight?.numbers() {
      for (k, row) in source.rows.kept.enumerated() { weights[k] = weight[row].isNaN ? 0 : weight[row] }
    }
    values = [Double](repeating: .nan, count: weights.count * brands.count)
    for (column, at) in zip(columns, place) where at >= 0 {
      let numbers = column.numbers()
      for (k, row) in source.rows.kept.enumerated() { values[k * brands.count + at] = numbers[row] }
    }
  }

  private mutating func dropStrangers(
    _ codes: [Int32], _ levels: [String], _ place: [Int], _ brand: Column, _ source: inout PreferenceSource
  ) {
    source.rows.dropMissing(brand, as: "no brand")
    var seen = [Bool](repeating: false, count: levels.count)
    for row in source.rows.kept { seen[Int(codes[row])] = true }
    strangers = levels.indices.filter { seen[$0] && place[$0] < 0 }.map { levels[$0] }
    guard !strangers.isEmpty else { return }
    source.rows.keep(orDropAs: "its brand is not on the map") { place[Int(codes[$0])] >= 0 }
  }
}
