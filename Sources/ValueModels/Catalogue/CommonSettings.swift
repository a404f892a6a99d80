extension AnalysisKind.SettingDescription {
  /// Settings that mean the same in every analysis of one table.
  static let filter = Self("where", nil, "Keeps the rows that have one of the values given: {column: [values]}.")
  static let weight = Self("weight", nil, "Column of case weights, rescaled to the base.")
  static let seed = Self("seed", "1", "Start of every random draw; the same seed gives the same findings.")
  static let groups = Self(
    "by", nil,
    "Column of groups: the analysis is repeated for each, as <id>-<group>; groups too small to show are left out.")
}
