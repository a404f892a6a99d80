import Settings
import Statistics

/// The settings of multidimensional scaling, as understood.
struct ScalingSettings {
  enum Level: String, CaseIterable { case ordinal, interval, ratio }
  enum Algorithm: String, CaseIterable { case majorisation, classical }
  enum Conversion: String, CaseIterable {
    case maxMinus = "max-minus"
    case minusLog = "minus-log"
  }

  var level: Level
  var ties: ScalingLevel.Ties
  var algorithm: Algorithm
  var conversion: Conversion
  var takesMean: Bool
  /// Random starts besides the classical one.
  var starts: Int
  var seed: UInt64

  var statistical: ScalingLevel {
    switch level {
    case .ordinal: .ordinal(ties)
    case .interval: .interval
    case .ratio: .ratio
    }
  }

  /// Ratio dissimilarities are scaled the classical way unless said otherwise; an order or a line needs majorisation.
  init(_ ground: inout Groundwork, isSimilarities: Bool) {
    level = ground.option("level", standard: .ordinal)
    ties = ground.option("ties", standard: .primary)
    algorithm = ground.option("algorithm", standard: level == .ratio ? .classical : .majorisation)
    if algorithm == .classical, level != .ratio {
      ground.fail(
        "settings.wrong-type", at: ground.position(of: "algorithm"),
        "classical scaling keeps ratios, and 'level' is \(level.rawValue)", hint: "set 'level: ratio'")
    }
    conversion = ground.option("convert", standard: .maxMinus)
    takesMean = ground.setting("symmetrize") != nil
    if takesMean { _ = ground.choice("symmetrize", among: ["mean"], standard: "mean") }
    starts = ground.integer("starts", standard: 50, in: 1...1_000)
    seed = UInt64(clamping: ground.integer("seed", standard: 1, in: 0...Int.max))
    // What has no say is not printed as if it had.
    if level != .ordinal { ground.record("ties", .none) }
    if algorithm == .classical { ground.record("starts", .none) }
    if !isSimilarities {
      ground.record("convert", .none)
      if ground.setting("convert") != nil {
        ground.fail(
          "settings.wrong-type", at: ground.position(of: "convert"),
          "'convert' turns similarities into dissimilarities, and the table holds none",
          hint: "set 'input: similarities'")
      }
    }
    for key in ["scaling", "scale"] { ground.record(key, .none) }
    ground.notComputed("focus", "a scaled map of two dimensions shows all brands alike")
    ground.notComputed("figures", "a scaled map is one of two dimensions")
    ground.notComputed("permutation", "the dimensions of a scaled map are not tested")
  }

  /// With another method these settings have no say: their words are checked, and it is said.
  static func sayUnused(_ ground: inout Groundwork) {
    let options: [(key: String, words: [String])] = [
      ("level", Level.allCases.map(\.rawValue)), ("ties", ScalingLevel.Ties.allCases.map(\.rawValue)),
      ("algorithm", Algorithm.allCases.map(\.rawValue)), ("convert", Conversion.allCases.map(\.rawValue)),
      ("symmetrize", ["mean"]), ("starts", []),
    ]
    for (key, words) in options where ground.setting(key) != nil {
      if !words.isEmpty { _ = ground.choice(key, among: words, standard: words[0]) }
      ground.record(key, .none)
      ground.cautions.append(
        Caution("unused-setting", "'\(key)' belongs to 'method: multidimensional-scaling' and has no say here"))
    }
  }
}
