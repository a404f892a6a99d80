import Diagnostics
import Settings
import Statistics

/// What is said of a map's credibility: facts, cautions and a sentence.
extension MapCredibility {
  /// The draws behind the regions.
  var draws: Int? { regions?.draws }

  /// Pairs of brands that are not told apart, in the order of the table of distances; nil without regions.
  private func undistinguished(_ shown: [Int]) -> [(Int, Int)]? {
    guard pairs != nil else { return nil }
    var found: [(Int, Int)] = []
    for (at, i) in shown.enumerated() {
      for j in shown.dropFirst(at + 1) where distinguishes(i, j) == false { found.append((i, j)) }
    }
    return found
  }

  /// - Parameter shown: The brands on the map.
  func facts(_ shown: [Int]) -> [Fact] {
    var facts: [Fact] = []
    if let pValue { facts.append(Fact("p_value", pValue, .probability)) }
    if let draws { facts.append(Fact("resamples", draws)) }
    if let pairs = undistinguished(shown) { facts.append(Fact("undistinguished_pairs", pairs.count)) }
    return facts
  }

  private var probability: String {
    guard let pValue else { return "" }
    if pValue < 0.001 { return "p < 0.001" }
    let thousandths = Int((pValue * 1000).rounded())
    let digits = String(1000 + thousandths % 1000).dropFirst()
    return "p = \(thousandths / 1000).\(digits)"
  }

  private var how: String {
    permutations.map { "\(grouped($0)) permutations of brands \(permutesBetween ? "between" : "within") respondents" }
      ?? "χ² test, if every answer counts as independent"
  }

  /// Whether the map shows more than chance; nil where that is not tested.
  var showsStructure: Bool? { pValue.map { $0 <= 1 - confidence + 1e-12 } }

  /// Says whether the map shows more than chance.
  var sentence: String? {
    showsStructure.map { shows in
      shows
        ? "The map shows more than chance (\(probability), \(how))"
        : "The map shows no more than chance would (\(probability), \(how))"
    }
  }

  func warn(_ table: BrandTable, _ ground: inout Groundwork) {
    if table.sample == nil, table.respondents == nil {
      Self.sayNoRespondents(movesOfAnswers == nil ? ["bootstrap", "permutation"] : ["permutation"], &ground)
    }
    if showsStructure == false, let sentence {
      ground.cautions.append(
        Caution("no-structure", sentence + ": differences between brands are not to be read off it"))
    }
    warnOfPairs(table.brands, shown: table.shown, &ground)
  }

  /// Says of settings that draw respondents that there are none.
  static func sayNoRespondents(_ keys: [String], _ ground: inout Groundwork) {
    for key in keys {
      if let setting = ground.setting(key), !setting.isOff {
        ground.cautions.append(
          Caution("no-respondents", "'\(key)' draws respondents, and this table has none: there are only positions"))
      }
      ground.record(key, .none)
    }
  }

  /// Says which brands are not told apart and how many resamples were lost.
  /// - Parameter shown: The brands on the map.
  func warnOfPairs(_ brands: [String], shown: [Int], _ ground: inout Groundwork) {
    if replaced > 0 {
      ground.cautions.append(
        Caution(
          "resamples-replaced",
          pairs == nil
            ? "No regions: most resamples of respondents could not be analysed, since brands or attributes have too few answers"
            : "\(grouped(replaced)) resamples of respondents could not be analysed and were replaced: some brands or attributes "
              + "have few answers"))
    }
    guard let found = undistinguished(shown), !found.isEmpty else { return }
    let all = shown.count * (shown.count - 1) / 2
    let listed = found.prefix(6).map { "\(brands[$0.0]) and \(brands[$0.1])" }.joined(separator: "; ")
    let rest = found.count > 6 ? "; and \(found.count - 6) more, see the table of distances" : ""
    ground.cautions.append(
      Caution(
        "not-distinguished",
        "\(grouped(found.count)) of \(grouped(all)) pairs of brands are not told apart: \(listed)\(rest)",
        rows: brands.indices.filter { brand in found.contains { $0.0 == brand || $0.1 == brand } }
          .map { brands[$0] }))
  }
}

extension Setting {
  /// `false` or 0.
  fileprivate var isOff: Bool {
    guard case .scalar(let text, quoted: false) = value else { return false }
    return strictTruth(text) == false || strictInteger(text) == 0
  }
}
