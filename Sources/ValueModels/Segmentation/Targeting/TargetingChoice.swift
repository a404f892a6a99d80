import Statistics

/// Where segments stand under some weights, and which of them are then chosen.
struct TargetingChoice {
  let segments: Int
  private let rules: TargetingRules
  private let named: Set<Int>
  /// Scores and weights by criterion and segment, each side by itself.
  private let sides: [[(scores: [Double], weights: [Double])]]
  /// Place of each criterion in `sides`, in the order of the weighing.
  private let places: [(side: Int, at: Int)]

  init(_ weighing: Weighing, _ rules: TargetingRules) {
    segments = weighing.segments.count
    self.rules = rules
    var sides: [[(scores: [Double], weights: [Double])]] = [[], []]
    var places: [(side: Int, at: Int)] = []
    for criterion in weighing.criteria {
      let side = criterion.side == .attractiveness ? 0 : 1
      places.append((side, sides[side].count))
      sides[side].append((criterion.scores.map { $0 ?? 0 }, criterion.weights.map { $0 ?? 0 }))
    }
    self.sides = sides
    self.places = places
    if case .named(let names) = rules.choice {
      named = Set(names.compactMap { name in weighing.segments.firstIndex(of: name.name) })
    } else {
      named = []
    }
  }

  /// Attractiveness and strength by segment, weighted means; each weight is multiplied by its criterion's factor.
  func positions(_ factors: [Double]) -> [(attractiveness: Double, strength: Double)] {
    var sums = [[(score: Double, weight: Double)]](repeating: .init(repeating: (0, 0), count: segments), count: 2)
    for (criterion, place) in places.enumerated() {
      let (scores, weights) = sides[place.side][place.at]
      for s in 0..<segments {
        let weight = weights[s] * factors[criterion]
        sums[place.side][s].score += weight * scores[s]
        sums[place.side][s].weight += weight
      }
    }
    func mean(_ side: Int, _ s: Int) -> Double {
      let sum = sums[side][s]
      // All weights of a side may vanish together where 'vary' is 1: then they were alike in that.
      return sum.weight > 0
        ? sum.score / sum.weight : sides[side].reduce(0) { $0 + $1.scores[s] } / Double(sides[side].count)
    }
    return (0..<segments).map { (mean(0, $0), mean(1, $0)) }
  }

  var even: [Double] { [Double](repeating: 1, count: places.count) }

  func priority(_ at: (attractiveness: Double, strength: Double)) -> Double {
    rules.balance * at.attractiveness + (1 - rules.balance) * at.strength
  }

  /// Segments by falling priority; of equals the earlier one first.
  func ranking(_ positions: [(attractiveness: Double, strength: Double)]) -> [Int] {
    positions.indices.sorted { a, b in
      let (p, q) = (priority(positions[a]), priority(positions[b]))
      return abs(p - q) > 1e-12 ? p > q : a < b
    }
  }

  /// How high a score stands: 0, 1, and with two cuts 2. A score on a cut counts as above it.
  func level(_ score: Double, _ side: TargetingSide) -> Int { rules.cuts(side).count { score >= $0 - 1e-12 } }

  func zone(_ at: (attractiveness: Double, strength: Double)) -> TargetingZone {
    TargetingZone(
      attractiveness: level(at.attractiveness, .attractiveness), strength: level(at.strength, .strength),
      of: rules.cuts(.attractiveness).count + 1)
  }

  func chosen(_ positions: [(attractiveness: Double, strength: Double)], isSensitivity: Bool = false) -> [Bool] {
    switch rules.choice {
    case .grow: positions.map { zone($0) == .grow }
    case .first(let count): among(ranking(positions).prefix(count))
    // A decision stands whatever the weights; asked is how often they would have led to it.
    case .named:
      isSensitivity ? among(ranking(positions).prefix(named.count)) : (0..<segments).map { named.contains($0) }
    case .atLeast(let attractiveness, let strength):
      positions.map { $0.attractiveness >= attractiveness - 1e-12 && $0.strength >= strength - 1e-12 }
    }
  }

  private func among(_ chosen: ArraySlice<Int>) -> [Bool] {
    var out = [Bool](repeating: false, count: segments)
    for at in chosen { out[at] = true }
    return out
  }

  // MARK: Sensitivity

  /// In which share of the draws each segment is chosen, weights being multiplied independently by uniform numbers in
  /// 1 − vary … 1 + vary.
  func chosenIn() -> [Double] {
    var counts = [Int](repeating: 0, count: segments)
    var generator = SeededGenerator(seed: UInt64(rules.seed))
    for _ in 0..<rules.draws {
      let factors = places.map { _ in 1 + rules.vary * (2 * generator.uniform() - 1) }
      for (s, isChosen) in chosen(positions(factors), isSensitivity: true).enumerated() where isChosen {
        counts[s] += 1
      }
    }
    return counts.map { Double($0) / Double(rules.draws) }
  }

  /// The least and the greatest weighted mean that weights within `vary` can give a segment on one side.
  ///
  /// Exact: the mean is greatest where the weights of the best scores are raised and those of the others lessened, so that
  /// only as many combinations count as there are criteria.
  func extremes(_ segment: Int, _ side: TargetingSide) -> (least: Double, greatest: Double) {
    let criteria = sides[side == .attractiveness ? 0 : 1]
    let sorted = criteria.map { (score: $0.scores[segment], weight: $0.weights[segment]) }.sorted {
      $0.score > $1.score
    }
    var (least, greatest) = (Double.infinity, -Double.infinity)
    for split in 0...sorted.count {
      for sign in [1.0, -1.0] {
        var (score, weight) = (0.0, 0.0)
        for (at, one) in sorted.enumerated() {
          let factor = one.weight * (1 + (at < split ? sign : -sign) * rules.vary)
          score += factor * one.score
          weight += factor
        }
        guard weight > 0 else { continue }
        least = min(least, score / weight)
        greatest = max(greatest, score / weight)
      }
    }
    return (least, greatest)
  }

  /// Segments whose choice changes when the weight of one criterion alone is lessened or raised as far as it may be.
  func changes(_ criterion: Int) -> [Int] {
    let now = chosen(positions(even), isSensitivity: true)
    var changed = Set<Int>()
    for factor in [1 - rules.vary, 1 + rules.vary] {
      var factors = even
      factors[criterion] = factor
      for (s, isChosen) in chosen(positions(factors), isSensitivity: true).enumerated() where isChosen != now[s] {
        changed.insert(s)
      }
    }
    return changed.sorted()
  }
}

/// What a place on the grid asks for.
enum TargetingZone: String {
  case grow, select, harvest

  /// - Parameters:
  ///   - attractiveness: 0 is the lowest band.
  ///   - count: bands a side, 2 or 3.
  init(attractiveness: Int, strength: Int, of count: Int) {
    let sum = attractiveness + strength
    self = sum >= (count == 3 ? 3 : 2) ? .grow : sum == (count == 3 ? 2 : 1) ? .select : .harvest
  }
}

/// The name of a cell of the grid (McDonald & Dunbar; the nine-cell matrix of General Electric and McKinsey).
package func targetingCell(attractiveness: Int, strength: Int, of count: Int) -> String {
  let nine = [
    ["leave", "earn while it lasts", "protect and refocus"],
    ["harvest or limit", "select for earnings", "build selectively"],
    ["choose where to build", "invest to build", "invest to lead"],
  ]
  let four = [["leave", "keep at low cost"], ["build up", "serve first"]]
  let names = count == 3 ? nine : four
  guard names.indices.contains(attractiveness), names[attractiveness].indices.contains(strength) else { return "" }
  return names[attractiveness][strength]
}
