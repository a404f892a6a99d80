/// Means and commonest levels of clusters.
struct Prototypes: Sendable {
  let clusters: Int
  /// Clusters × numbers, row by row, centred.
  var means: [Double]
  /// Clusters × categories: where the level stands among the levels of all categories.
  var places: [Int32]

  init(clusters: Int, numbers: Int, categories: Int) {
    self.clusters = clusters
    means = [Double](repeating: 0, count: clusters * numbers)
    places = [Int32](repeating: 0, count: clusters * categories)
  }
}

/// Descents from many beginnings over the same cases.
struct KPrototypesSearch: Sendable {
  struct Descended: Sendable {
    var objective: Double
    var assignments: [Int32]
    var prototypes: Prototypes
  }

  let cases: MixedCases
  let clusters: Int

  /// The best of several starts, of equals the first, and how many came to it.
  ///
  /// Where few starts agree, each is combined with another, the better of two drawn by chance, and keeps what comes of
  /// it if that is better.
  func best(starts: Int, seed: UInt64, isThorough: Bool = true) -> (best: Descended, hits: Int) {
    let runs = clusters == 1 ? 1 : max(1, starts)
    var found = ParallelWork.map(runs) { start in
      var generator = SeededGenerator(seed: seed, stream: UInt64(start) + 1)
      return descended(drawn(&generator))
    }
    let rounds = isThorough ? cases.rows > 5_000 ? 2 : 8 : 0
    for round in 0..<rounds where runs > 1 && hits(found) < max(2, runs / 5) {
      var generator = SeededGenerator(seed: seed, stream: 0x6B70_0000_0000 + UInt64(round))
      let children = found.indices.map { start -> Prototypes in
        let (a, b) = (generator.index(below: runs), generator.index(below: runs))
        let mate = found[a].objective <= found[b].objective ? a : b
        return combined(found[start].prototypes, found[mate].prototypes, &generator)
      }
      let grown = ParallelWork.map(runs) { descended(children[$0]) }
      for start in found.indices where grown[start].objective < found[start].objective { found[start] = grown[start] }
    }
    let least = found.reduce(.infinity) { min($0, $1.objective) }
    return (found.first { $0.objective == least } ?? found[0], hits(found))
  }

  private func hits(_ found: [Descended]) -> Int {
    let least = found.reduce(.infinity) { min($0, $1.objective) }
    return found.count { $0.objective - least <= 1e-9 * least + 1e-300 }
  }

  /// Cases drawn as prototypes, each with probability in proportion to its weight and its dissimilarity to the nearest
  /// one so far (k-means++ with the dissimilarity of mixed cases).
  private func drawn(_ generator: inout SeededGenerator) -> Prototypes {
    var result = Prototypes(clusters: clusters, numbers: cases.numbers, categories: cases.categories)
    var nearest = [Double](repeating: .infinity, count: cases.rows)
    var chosen = draw(cases.weights, &generator)
    for c in 0..<clusters {
      for j in 0..<cases.numbers { result.means[c * cases.numbers + j] = cases.points[chosen * cases.numbers + j] }
      for q in 0..<cases.categories {
        result.places[c * cases.categories + q] = cases.places[chosen * cases.categories + q]
      }
      guard c + 1 < clusters else { break }
      for i in 0..<cases.rows { nearest[i] = min(nearest[i], cases.dissimilarity(i, chosen)) }
      let shares = nearest.indices.map { nearest[$0] * cases.weights[$0] }
      chosen = shares.contains { $0 > 0 } ? draw(shares, &generator) : generator.index(below: cases.rows)
    }
    return result
  }

  private func draw(_ shares: [Double], _ generator: inout SeededGenerator) -> Int {
    var left = generator.uniform() * shares.reduce(0, +)
    var last = 0
    for (i, share) in shares.enumerated() where share > 0 {
      last = i
      left -= share
      if left < 0 { return i }
    }
    return last
  }

  /// Prototypes taken from two solutions: each of the first is paired with the nearest of the second still free, and one
  /// of each pair kept by chance.
  private func combined(_ first: Prototypes, _ second: Prototypes, _ generator: inout SeededGenerator) -> Prototypes {
    let (p, q) = (cases.numbers, cases.categories)
    var free = [Bool](repeating: true, count: clusters)
    var child = first
    for c in 0..<clusters {
      var nearest = (other: -1, cost: Double.infinity)
      for other in 0..<clusters where free[other] {
        var cost = 0.0
        for j in 0..<p {
          let difference = first.means[c * p + j] - second.means[other * p + j]
          cost += difference * difference
        }
        for j in 0..<q where first.places[c * q + j] != second.places[other * q + j] { cost += cases.gamma }
        if nearest.other < 0 || cost < nearest.cost { nearest = (other, cost) }
      }
      free[nearest.other] = false
      guard generator.next() & 1 == 1 else { continue }
      for j in 0..<p { child.means[c * p + j] = second.means[nearest.other * p + j] }
      for j in 0..<q { child.places[c * q + j] = second.places[nearest.other * q + j] }
    }
    return child
  }
}
