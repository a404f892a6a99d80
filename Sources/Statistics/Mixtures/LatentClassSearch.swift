/// Climbs from many beginnings over the same weighted patterns.
struct LatentClassSearch: Sendable {
  /// Where a climb came to.
  struct Climbed: Sendable {
    /// As `LatentClassAscent.values`.
    var values: [Double]
    var logLikelihood: Double
    /// Whether the last cycle of steps gained less than asked for.
    var hasConverged: Bool
  }

  let patterns: AnswerPatterns
  /// One a pattern.
  let weights: [Double]
  let classes: Int
  /// The share of each answer among all, question by question.
  private let marginals: [[Double]]

  /// Log-likelihoods this near the best, per unit of its size, count as the same solution.
  static let sameSolution = 1e-8
  /// Passes over the patterns after which a climb is given up.
  static let mostPasses = 6_000

  /// A climb this far below the best when it has become slow is not followed further.
  static let promising = 3.0
  /// Patterns × blocks of questions above which climbs are cut short, and few further beginnings are made of what they found.
  static let mostCellsForLongSearch = 12_000
  /// Passes of the first climbs over so many cells.
  static let shortPasses = 200
  /// How many of them, the best, are followed then, and for how many passes.
  static let followed = 10
  static let longPasses = 900

  private var isLarge: Bool { patterns.count * patterns.blocks.count > Self.mostCellsForLongSearch }

  init(_ patterns: AnswerPatterns, weights: [Double], classes: Int) {
    self.patterns = patterns
    self.weights = weights
    self.classes = classes
    marginals = patterns.marginals(weights)
  }

  /// The best of several random starts; of equals the first.
  ///
  /// Starts are climbed to the end, every one. Where few of them agree on the best, each is combined with another, the
  /// better of two drawn by chance, and keeps what comes of it if that is better.
  ///
  /// - Returns: The best, and how many starts, once combined, came to it.
  func best(starts: Int, seed: UInt64, isThorough: Bool = true) -> (best: Climbed, hits: Int) {
    let runs = classes == 1 ? 1 : max(1, starts)
    let beginnings = (0..<runs).map { start in
      var generator = SeededGenerator(seed: seed, stream: UInt64(start) + 1)
      return beginning(isNear: start % 2 == 1, &generator)
    }
    var found = climbed(beginnings)
    found.sort { $0.logLikelihood > $1.logLikelihood }
    let population = isLarge ? min(runs, 24) : runs
    for round in 0..<(isThorough ? isLarge ? 6 : 8 : 0) where runs > 1 && hits(found) < max(2, runs / 5) {
      var generator = SeededGenerator(seed: seed, stream: 0x6C63_6100_0000 + UInt64(round))
      let children = (0..<population).map { start -> [Double] in
        let (a, b) = (generator.index(below: population), generator.index(below: population))
        let mate = found[a].logLikelihood >= found[b].logLikelihood ? a : b
        return combined(found[start].values, found[mate].values, &generator)
      }
      for (start, child) in climbed(children).enumerated() where child.logLikelihood > found[start].logLikelihood {
        found[start] = child
      }
    }
    let top = found.reduce(-.infinity) { max($0, $1.logLikelihood) }
    let best = found.first { $0.logLikelihood == top } ?? found[0]
    return (polished(best), hits(found))
  }

  /// The best of a solution for a like sample and a few random starts: for resamples, of which there are many.
  func quickBest(near values: [Double], starts: Int, seed: UInt64) -> Climbed {
    var best = climbed(softened(values), passes: 300, until: 1e-3)
    for start in 0..<starts {
      var generator = SeededGenerator(seed: seed, stream: UInt64(start) + 1)
      let found = climbed(beginning(isNear: start % 2 == 1, &generator), passes: 300, until: 1e-2)
      if found.logLikelihood > best.logLikelihood { best = found }
    }
    return best
  }

  private func hits(_ found: [Climbed]) -> Int {
    let top = found.reduce(-.infinity) { max($0, $1.logLikelihood) }
    return found.count { top - $0.logLikelihood <= Self.sameSolution * max(1, abs(top)) }
  }

  /// Climbs from each beginning, on several cores.
  ///
  /// All go to where a cycle gains little; those that may still come to the best go on to where it gains next to nothing.
  /// Over many cells a climb to the end takes many seconds where there are more classes than the answers bear: there all go a
  /// short way, and only the best of them further.
  func climbed(_ beginnings: [[Double]]) -> [Climbed] {
    if isLarge { return shortlyClimbed(beginnings) }
    let first = ParallelWork.map(beginnings.count) { climbed(beginnings[$0], passes: Self.mostPasses, until: 1e-3) }
    let top = first.reduce(-.infinity) { max($0, $1.logLikelihood) }
    return ParallelWork.map(first.count) { start in
      top - first[start].logLikelihood > Self.promising
        ? first[start] : climbed(first[start].values, passes: Self.mostPasses, until: 1e-7)
    }
  }

  private func shortlyClimbed(_ beginnings: [[Double]]) -> [Climbed] {
    let first = ParallelWork.map(beginnings.count) { climbed(beginnings[$0], passes: Self.shortPasses, until: 1e-2) }
    let order = first.indices.sorted { (-first[$0].logLikelihood, $0) < (-first[$1].logLikelihood, $1) }
    let best = order.prefix(Self.followed).filter { !first[$0].hasConverged }
    let further = ParallelWork.map(best.count) {
      climbed(first[best[$0]].values, passes: Self.longPasses, until: 1e-3)
    }
    var found = first
    for (at, start) in best.enumerated() { found[start] = further[at] }
    return found
  }

  /// Climbs on to where steps gain nothing that can be seen.
  func polished(_ found: Climbed) -> Climbed {
    climbed(found.values, passes: isLarge ? 2 * Self.longPasses : Self.mostPasses, until: isLarge ? 1e-5 : 1e-10)
  }

  /// Equal shares, and probabilities drawn by chance: around those of all where `isNear`, which finds small differences,
  /// else anywhere, which finds large ones. Neither finds every optimum.
  private func beginning(isNear: Bool, _ generator: inout SeededGenerator) -> [Double] {
    var values = [Double](repeating: 1 / Double(classes), count: classes)
    for marginal in marginals {
      var block = [Double](repeating: 0, count: marginal.count * classes)
      for k in 0..<classes {
        var sum = 0.0
        for (level, share) in marginal.enumerated() {
          let drawn = isNear ? (share + 1e-6) * exponential(generator.normal()) : generator.uniform() + 1e-3
          block[level * classes + k] = drawn
          sum += drawn
        }
        for level in marginal.indices { block[level * classes + k] /= sum }
      }
      values += block
    }
    return values
  }

  /// Classes taken from two solutions: each of the first is paired with the most alike of the second still free, and one
  /// of each pair kept by chance. Probabilities are drawn a little to those of all, so that none stays at 0.
  private func combined(_ first: [Double], _ second: [Double], _ generator: inout SeededGenerator) -> [Double] {
    var free = [Bool](repeating: true, count: classes)
    var child = first
    let size = first.count / classes
    for k in 0..<classes {
      var nearest = (other: -1, square: Double.infinity)
      for other in 0..<classes where free[other] {
        var square = 0.0
        for i in 1..<size {
          let difference = first[i * classes + k] - second[i * classes + other]
          square += difference * difference
        }
        if nearest.other < 0 || square < nearest.square { nearest = (other, square) }
      }
      free[nearest.other] = false
      guard generator.next() & 1 == 1 else { continue }
      for i in 0..<size { child[i * classes + k] = second[i * classes + nearest.other] }
    }
    return softened(child)
  }

  /// Shares and probabilities drawn a little to equal shares and to the probabilities of all.
  func softened(_ values: [Double]) -> [Double] {
    var result = values
    let sum = values.prefix(classes).reduce(0, +)
    for k in 0..<classes { result[k] = 0.95 * values[k] / sum + 0.05 / Double(classes) }
    for (i, share) in marginals.joined().enumerated() {
      for k in 0..<classes {
        result[(i + 1) * classes + k] = 0.98 * values[(i + 1) * classes + k] + 0.02 * share
      }
    }
    return result
  }
}
