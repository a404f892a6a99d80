/// Majorisation from many starts: stress has many local minima, and no single start is safe.
struct StartSearch: Sendable {
  struct Found: Sendable {
    var best: Majorisation.Outcome
    var starts: Int
    var startsAtBest: Int
  }

  private let dissimilarities: Dissimilarities
  private let majorisation: Majorisation
  private let dimensions: Int
  private let seed: UInt64
  private let classical: Matrix

  init(
    _ dissimilarities: Dissimilarities, _ level: ScalingLevel, dimensions: Int, seed: UInt64
  ) throws(Dissimilarities.Failure) {
    self.dissimilarities = dissimilarities
    self.dimensions = dimensions
    self.seed = seed
    majorisation = try Majorisation(dissimilarities, level)
    let coordinates = try ClassicalScaling.fit(table: dissimilarities.filled()).coordinates
    var start = Matrix(rows: dissimilarities.count, columns: dimensions)
    // A dimension that classical scaling does not have gets a little noise, or no step could ever open it.
    var generator = SeededGenerator(seed: seed, stream: 1)
    let size = (coordinates.storage.reduce(0) { $0 + $1 * $1 } / Double(max(1, coordinates.storage.count))).squareRoot()
    for i in 0..<start.rows {
      for j in 0..<dimensions {
        start[i, j] = j < coordinates.columns ? coordinates[i, j] : 0.01 * size * generator.normal()
      }
    }
    classical = start
  }

  func run(starts: Int) -> Found {
    // One dimension orders the objects, and steps cannot pass one object through another: only more starts help.
    let random = dimensions == 1 ? starts * 4 : starts
    var outcomes = [majorisation.run(from: classical, tolerance: 1e-8, limit: 500)]
    for start in 0..<random {
      var generator = SeededGenerator(seed: seed, stream: UInt64(start) + 2)
      var configuration = classical
      for at in configuration.storage.indices { configuration.storage[at] = generator.normal() }
      outcomes.append(majorisation.run(from: configuration, tolerance: 1e-8, limit: 500))
    }
    var best = outcomes[0]
    // The few best to the end; which of two equal ones leads is left to their order.
    let leading = outcomes.indices.sorted { (outcomes[$0].stress, $0) < (outcomes[$1].stress, $1) }
    for (rank, at) in leading.prefix(4).enumerated() {
      outcomes[at] = majorisation.run(from: outcomes[at].configuration, tolerance: 1e-14, limit: 5_000)
      if rank == 0 || outcomes[at].stress < best.stress - 1e-9 { best = outcomes[at] }
    }
    if dimensions == 1 { best = reordered(best) }
    let reached = outcomes.count { $0.stress <= max(best.stress * 1.001, best.stress + 1e-4) }
    return Found(best: best, starts: outcomes.count, startsAtBest: reached)
  }

  /// One dimension: every object tried at every other place of the order, as long as that helps.
  private func reordered(_ start: Majorisation.Outcome) -> Majorisation.Outcome {
    let n = dissimilarities.count
    guard n <= 30 else { return start }
    var best = start
    var improved = true
    var rounds = 0
    while improved, rounds < 20 {
      improved = false
      rounds += 1
      for object in 0..<n {
        let values = best.configuration.storage
        let others = (0..<n).filter { $0 != object }.map { values[$0] }.sorted()
        for gap in 0...others.count {
          let place: Double =
            gap == 0
            ? (others.first ?? 0) - 0.1
            : gap == others.count ? (others.last ?? 0) + 0.1 : (others[gap - 1] + others[gap]) / 2
          var configuration = Matrix(rows: n, columns: 1, storage: values)
          configuration[object, 0] = place
          let outcome = majorisation.run(from: configuration, tolerance: 1e-9, limit: 60)
          guard outcome.stress < best.stress - 1e-7 else { continue }
          best = majorisation.run(from: outcome.configuration, tolerance: 1e-14, limit: 5_000)
          improved = true
          break
        }
      }
    }
    return best
  }
}
