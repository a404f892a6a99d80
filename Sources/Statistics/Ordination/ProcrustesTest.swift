extension Procrustes {
  /// Whether two configurations agree more than by chance: the points of one are dealt anew among its places
  /// (Jackson, Écoscience 2, 1995).
  ///
  /// - Parameter draws: > 0.
  /// - Returns: The share of draws, the real one among them, that fit at least as well, in (0, 1].
  package static func permutationProbability(
    _ configuration: Matrix, to target: Matrix, draws: Int, seed: UInt64
  ) throws(Failure) -> Double {
    let real = try fit(configuration, to: target, scaling: true).statistic
    var generator = SeededGenerator(seed: seed, stream: 77)
    var order = Array(0..<configuration.rows)
    var asGood = 1
    for _ in 0..<max(1, draws) {
      generator.shuffle(&order)
      if try fit(configuration.selecting(rows: order), to: target, scaling: true).statistic <= real + 1e-12 {
        asGood += 1
      }
    }
    return Double(asGood) / Double(max(1, draws) + 1)
  }
}
